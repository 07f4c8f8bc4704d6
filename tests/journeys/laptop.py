"""A laptop with the program on it: a profile of its own, the real window, and keys."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from eolc_desktop.app.opening import begin_session, make_record
from eolc_desktop.app.start import Start
from eolc_desktop.app.window import Program
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.clock import system_clock
from eolc_desktop.desktop.settings import Loaded, Settings
from eolc_desktop.desktop.theme import Theme
from eolc_desktop.paths import Profile
from eolc_desktop.services import people, plans, sign_in
from eolc_desktop.services.sign_in import NewUser
from eolc_desktop.views.person.page import PersonPage
from eolc_desktop.views.shell import Shell
from eolc_desktop.views.widgets import ask
from tests.pages import Page

PASSPHRASE = "a long walk by the river"
NURSE = NewUser("Jo Okafor", "District nurse", "Airedale community team")
PATIENCE = 20_000


class Files(ask.Ask):
    """Chooses files as the user would in the system's own window."""

    def __init__(self, to_open: Path, save_in: Path) -> None:
        super().__init__()
        self._to_open = to_open
        self._save_in = save_in

    def file_to_open(
        self, parent: QWidget, title: str, kinds: Sequence[ask.FileKind], chosen: Callable[[Path], object]
    ) -> None:
        chosen(self._to_open)

    def file_to_save(
        self,
        parent: QWidget,
        title: str,
        kinds: Sequence[ask.FileKind],
        suggested: str,
        chosen: Callable[[Path], object],
    ) -> None:
        chosen(self._save_in / suggested)


def first_morning(profile: Profile) -> None:
    """Make the record, as the first run does."""
    profile.make_private()
    make_record(profile, NURSE, PASSPHRASE, system_clock).store.close()


def plans_on(profile: Profile) -> list[Plan]:
    """Every plan in the record, read without the window."""
    opened = sign_in.unlock(profile, PASSPHRASE)
    try:
        session = begin_session(opened.store, opened.user_id, profile, system_clock)
        return [plans.read_plan(session, row.id) for row in people.caseload(session).rows]
    finally:
        opened.store.close()


class Laptop:
    """The window, open; worked by keys alone."""

    def __init__(self, qtbot: QtBot, app: QApplication, theme: Theme, profile: Profile) -> None:
        self._qtbot = qtbot
        self.start = Start(app, profile, theme, Loaded(Settings(theme="light"), None))
        self.start.window.resize(1366, 706)
        with qtbot.waitActive(self.start.window, timeout=PATIENCE):
            self.start.show()
        self.page = Page(qtbot, self.start.window)

    def unlock(self) -> None:
        """Type the passphrase and press Enter."""
        self.wait(lambda: self.start.program is not None)
        self.page.type("Passphrase", PASSPHRASE)
        self.page.key("Return")
        self.wait(lambda: self.program.shell is not None)
        self.page.wait_until_says("Today")

    @property
    def program(self) -> Program:
        program = self.start.program
        assert program is not None
        return program

    @property
    def shell(self) -> Shell:
        shell = self.program.shell
        assert shell is not None
        return shell

    @property
    def person(self) -> PersonPage:
        page = self.shell.places.currentWidget()
        assert isinstance(page, PersonPage)
        return page

    def command(self, name: str) -> None:
        """Choose from the command palette."""
        self.page.key("Ctrl+K")
        self.page.keys(name)
        self.page.key("Return")

    def section(self, title: str) -> None:
        """Go through the sections of the plan until one of this title is shown."""
        for _ in range(60):
            if self.person.page_title == title:
                return
            self.page.key("Ctrl+PgDown")
            QApplication.processEvents()
        raise AssertionError(f"there is no section {title!r}")

    def save(self) -> None:
        """Say that the person told it, and save."""
        self.page.choose("Who told you?", "The person")
        self.page.key("Ctrl+Return")
        self.page.wait_until_says("Saved on this laptop")

    def wait(self, holds: Callable[[], bool]) -> None:
        self._qtbot.waitUntil(holds, timeout=PATIENCE)

    def close(self) -> None:
        """Close the window as the user does."""
        self.start.window.close()
        self.start.window.deleteLater()
        self.start.deleteLater()
        QApplication.processEvents()
