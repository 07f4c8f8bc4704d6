"""A laptop with the program on it, started again and again on real key slots; the process is not really replaced."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eolc_desktop.app.opening import begin_session, make_record
from eolc_desktop.app.start import ProgramWindow
from eolc_desktop.app.window import LOCKED_AT, Program
from eolc_desktop.desktop.settings import Loaded, load
from eolc_desktop.desktop.theme import Theme
from eolc_desktop.models.key_file import Argon2idCost, Costs, ScryptCost
from eolc_desktop.paths import Profile
from eolc_desktop.services import people, sign_in
from eolc_desktop.services.session import Session
from eolc_desktop.services.sign_in import NewUser
from eolc_desktop.views.unlock import UnlockPage
from tests.fixed_clock import FixedClock
from tests.pages import Page

CHEAP = Costs(Argon2idCost(64, 1, 1), ScryptCost(2))
CRASH_LOG = "eolc_desktop.desktop.crash"
WORDS = "lantern orchard pebble seven"
JO = NewUser("Jo Okafor", "district nurse", "Airedale community team")


class Laptop:
    """A profile, and the program that is started on it, again and again."""

    def __init__(self, qapp: QApplication, theme: Theme, profile: Profile, clock: FixedClock, qtbot: QtBot) -> None:
        self.qapp = qapp
        self.theme = theme
        self.profile = profile
        self.clock = clock
        self.qtbot = qtbot
        self.code = ""
        self.replaced: list[tuple[str, ...]] = []
        self.programs: list[Program] = []
        self.window: ProgramWindow | None = None
        self.page: Page | None = None

    def make(self, fill: Callable[[Session], object] | None = None, made_up: bool = False) -> None:
        """Make the record, as a first run does."""
        made = make_record(self.profile, JO, WORDS, self.clock, costs=CHEAP, made_up=made_up)
        self.code = made.recovery_code
        if fill is not None:
            fill(begin_session(made.store, made.user_id, self.profile, self.clock))
        made.store.close()

    def start(self, locked_at: str = "", loaded: Loaded | None = None) -> Page:
        """Start the program up to its unlock page."""
        window = ProgramWindow()
        self.qtbot.addWidget(window)
        unlock = UnlockPage(locked_at)
        window.show_page(unlock, "Unlock")
        program = Program(
            self.qapp,
            window,
            self.profile,
            self.theme,
            loaded or load(self.profile.settings),
            clock=self.clock,
            costs=CHEAP,
            replace=lambda *arguments: self.replaced.append(arguments),
        )
        self.programs.append(program)
        self.window = window
        with self.qtbot.waitActive(window, timeout=5000):
            window.show()
            window.activateWindow()
        unlock.focus_first()
        program.take_over(unlock)
        self.page = Page(self.qtbot, window)
        return self.page

    @property
    def program(self) -> Program:
        """The program that runs."""
        return self.programs[-1]

    def unlock(self, page: Page, words: str = WORDS) -> None:
        """Type the passphrase and wait until the record is open."""
        page.keys(words)
        page.key(Qt.Key.Key_Return)
        self.qtbot.waitUntil(lambda: self.program.shell is not None, timeout=10_000)
        page.wait_until_says("Jo Okafor, district nurse")

    def settle(self) -> None:
        """Wait until what was asked of the store is done."""
        done: list[bool] = []
        work = self.program.background.run("a test waits", lambda: True)
        work.done.connect(done.append)
        self.qtbot.waitUntil(lambda: bool(done), timeout=10_000)

    def read(self, look: Callable[[Session], object]) -> object:
        """Open the closed record and look."""
        opened = sign_in.unlock(self.profile, WORDS, self.clock, costs=CHEAP)
        try:
            return look(begin_session(opened.store, opened.user_id, self.profile, self.clock))
        finally:
            opened.store.close()

    def lock(self, page: Page) -> None:
        """Lock, and wait until the process would have been replaced."""
        count = len(self.replaced)
        page.key("Ctrl+L")
        self.qtbot.waitUntil(lambda: len(self.replaced) > count, timeout=10_000)


@pytest.fixture
def laptop(qapp: QApplication, theme: Theme, profile: Profile, clock: FixedClock, qtbot: QtBot) -> Iterator[Laptop]:
    made = Laptop(qapp, theme, profile, clock, qtbot)
    yield made
    os.environ.pop(LOCKED_AT, None)
    for program in made.programs:
        program.end()


def add_peggy(session: Session) -> str:
    values = {
        "family_name": "Smith",
        "given_names": "Margaret Rose",
        "birth_date": "1941-04-05",
        "nhs_number": "9990000018",
    }
    return people.add_person(session, values).plan.person_id
