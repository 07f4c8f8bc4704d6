"""The program's own pages on a record of invented people, with a clock that stands still, for pictures."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from sqlalchemy import delete

from eolc_desktop.app.pages import PAGES
from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.plan import Source, Told
from eolc_desktop.desktop.after_paint import AfterPaint
from eolc_desktop.desktop.background import Background, Work
from eolc_desktop.desktop.settings import Settings, ThemeName
from eolc_desktop.desktop.theme import Theme
from eolc_desktop.desktop.worker import Worker
from eolc_desktop.models import tables
from eolc_desktop.models.key_file import Argon2idCost, Costs, ScryptCost
from eolc_desktop.paths import Profile
from eolc_desktop.record import users
from eolc_desktop.record.users import User
from eolc_desktop.services import people, plans, sign_in, today
from eolc_desktop.services import settings as facts
from eolc_desktop.services.invented.filling import fill
from eolc_desktop.services.invented.stories import tell_stories
from eolc_desktop.services.session import Session
from eolc_desktop.services.sharing_use import SETTINGS
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.person.page import PersonPage
from eolc_desktop.views.shell import Shell
from tests.fixed_clock import FixedClock

WIDTH, HEIGHT = 1366, 768
PASSPHRASE = "four walnuts beside the kettle"
SEED = 20261112
PEOPLE = 60
NURSE = sign_in.NewUser("Jo Okafor", "district nurse", "Airedale community team")
CHEAP = Costs(Argon2idCost(8, 1, 1), ScryptCost(1, 1, 1))
"""Keys made in no time: this record guards nobody."""
SECONDS_AT_MOST = 30.0
SOON = 1000
"""Milliseconds. A timer that goes off by then is part of what was asked for: the rest of a form, a draft to keep. A
later one only tidies up: the offer to undo that goes away by itself."""


class Stage:
    """One record, opened, and the pages on it. Everything it opens is closed by `close`."""

    def __init__(self, app: QApplication, theme: Theme, folder: Path) -> None:
        self.app = app
        self.clock = FixedClock()
        self._theme = theme
        self._background = Background()
        self._worker = Worker()
        self._shown: list[QWidget] = []
        self._empty = self._made(lambda: _new(Profile(folder / "empty"), self.clock))
        self._session = self._made(lambda: _filled(Profile(folder / "profile"), self.clock))
        others: list[tuple[str, str]] = []
        self._on_store(lambda: others.append(_add_others(self._session)))
        ((self.newcomer, self.look_alike),) = others
        self.desk = Desk(self._session, self._background, self._worker, Settings(theme="light"))
        self.dress("light")

    def close(self) -> None:
        """Close every window, the record, the worker process and the threads."""
        self.clear()
        for session in (self._session, self._empty):
            self._background.run("close", session.store.close)
        self._worker.close()
        self._background.close()
        for thing in (self.desk, self._background):
            thing.deleteLater()
        self._let_go()

    # What is shown

    def dress(self, theme: ThemeName, percent: int = 100) -> None:
        """Dress everything in a theme, at a size of text in per cent."""
        self.desk.settings = Settings(theme=theme, text_percent=percent)
        self._theme.use(self.desk.settings)

    def use_pointer(self) -> None:
        """As for somebody who works with the mouse, whatever the scene before did: nothing is ringed."""
        self._theme._focus_ring.note_pointer()

    def show(self, widget: QWidget, width: int = WIDTH, height: int = HEIGHT) -> None:
        """Show a page of its own, as the whole window."""
        self._shown.append(widget)
        widget.resize(width, height)
        widget.show()
        widget.activateWindow()
        self.settle()

    def shell(self, *, made_up: bool = False, empty: bool = False) -> Shell:
        """Show the signed-in window: as it is in use, in the demonstration, or on a record with nobody in it."""
        self.desk.session = self._empty if empty else replace(self._session, made_up=made_up)
        shell = Shell(self.desk, PAGES, CHEAP)
        self.show(shell)
        return shell

    def person(self, person_id: str, section: str = "") -> tuple[Shell, PersonPage]:
        """Show the signed-in window with somebody's plan, at a section of it."""
        shell = self.shell()
        shell.show_person(person_id)
        page = shell.places.currentWidget()
        assert isinstance(page, PersonPage)
        self.until(lambda: page.plan is not None)
        if section:
            page.go_to(section)
        self.settle()
        return shell, page

    def clear(self) -> None:
        """Take everything off the stage."""
        for widget in self._shown:
            leave = getattr(widget, "leave", None)
            if leave is not None:
                leave()
            widget.hide()
            widget.deleteLater()
        self._shown.clear()
        self.settle()
        self._on_store(lambda: _forget(self._session))
        self.desk.sharing.status = None
        self._let_go()

    def remember_open(self, person_id: str) -> None:
        """As if this person's plan had been open when the program was locked."""
        self.on_store(today.remember_open, person_id)

    # Waiting

    def until(self, holds: Callable[[], object]) -> None:
        """Let the program work until something holds."""
        waking = QTimer()
        waking.start(10)
        give_up = time.monotonic() + SECONDS_AT_MOST
        while not holds():
            if time.monotonic() > give_up:
                message = "what the picture waits for did not come"
                raise TimeoutError(message)
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        waking.stop()

    def type(self, words: str) -> None:
        """Type into the line that has the keyboard, and wait until what follows from it is shown."""
        focused = QApplication.focusWidget()
        assert isinstance(focused, QLineEdit)
        QTest.keyClicks(focused, words)
        self.settle()

    def settle(self) -> None:
        """Let the program do whatever has been asked of it, until nothing is under way or about to be, and paint."""
        quiet = 0
        while quiet < 2:
            # What ends may ask for more, and layouts do so with the next events: only twice in a row is it quiet.
            quiet = quiet + 1 if self._is_at_rest() else 0
            self.until(self._is_at_rest)
            self._let_go()

    def _is_at_rest(self) -> bool:
        under_way = self._background.findChildren(Work)
        about_to_be = (
            timer
            for widget in self._shown
            for timer in widget.findChildren(QTimer)
            if timer.isActive() and timer.isSingleShot() and timer.interval() <= SOON
        )
        after_paint = (later for widget in self._shown for later in widget.findChildren(AfterPaint) if later.is_waiting)
        return not under_way and next(about_to_be, None) is None and next(after_paint, None) is None

    def on_store(self, service: Callable[..., object], *arguments: object) -> object:
        """Run a service of the program on the store thread."""
        return self._on_store(lambda: service(self._session, *arguments))

    def _made(self, make: Callable[[], Session]) -> Session:
        session = self._on_store(make)
        assert isinstance(session, Session)
        return session

    def _on_store(self, function: Callable[[], object]) -> object:
        results: list[object] = []
        failures: list[object] = []
        work = self._background.run("for the picture", function)
        work.done.connect(results.append)
        work.failed.connect(failures.append)
        self.until(lambda: results or failures)
        if failures:
            raise RuntimeError(str(failures[0]))
        return results[0]

    def _let_go(self) -> None:
        for _ in range(3):
            self.app.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


def _new(profile: Profile, clock: FixedClock) -> Session:
    """Make a record with nobody in it."""
    first = sign_in.first_run(profile, NURSE, PASSPHRASE, clock, costs=CHEAP)
    user = User(first.user_id, NURSE.name, NURSE.role, NURSE.organisation, roles=sign_in.FIRST_USER)
    session = Session(first.store, user, clock, built_in(), "laptop-1", profile, made_up=True, costs=CHEAP)
    facts.set_number_to_call(session, "0113 496 0100")
    facts.recovery_code_kept(session)
    return session


def _filled(profile: Profile, clock: FixedClock) -> Session:
    """Make a record with the three told stories and an invented caseload around them."""
    session = _new(profile, clock)
    tell_stories(session)
    fill(session, PEOPLE, SEED)
    return session


def _add_others(session: Session) -> tuple[str, str]:
    """Add somebody of whom little is known yet, and two whose names look alike; return the first one's id, and one's of
    the two."""
    known = (
        ("Whitlock", "Edith May", "Miss", "1938-02-11", "9990000050"),
        ("Hargreaves", "Thomas", "Mr", "1946-09-30", "9990000069"),
        ("Hargreave", "Terence", "Mr", "1949-01-17", "9990000077"),
    )
    keys = ("family_name", "given_names", "title", "birth_date", "nhs_number")
    added = [people.add_person(session, dict(zip(keys, person, strict=True)), Told(Source.PERSON)) for person in known]
    return added[0].plan.person_id, added[1].plan.person_id


def _forget(session: Session) -> None:
    """Forget what a scene left behind: drafts, and whose plan was open."""
    for draft in plans.kept_drafts(session):
        plans.forget_draft(session, draft.person_id, draft.place)
    today.remember_open(session, "")
    with session.store.writing() as connection:
        for table in (tables.conflict, tables.proposal, tables.shared_person, tables.exchange_mark):
            connection.execute(delete(table))
        users.know(connection, SETTINGS, "")
