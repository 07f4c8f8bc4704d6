"""A person's page over a real encrypted store, with a realistic invented plan."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.care_plan.plan import Edit, Plan, Source, Told
from eolc_desktop.desktop.background import Background
from eolc_desktop.desktop.settings import Settings
from eolc_desktop.desktop.worker import Worker
from eolc_desktop.paths import Profile
from eolc_desktop.record import journal
from eolc_desktop.record.journal import Pen
from eolc_desktop.services import plans
from eolc_desktop.services.session import Session
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.person.page import PersonPage
from tests.authors import DOCTOR, NURSE
from tests.fixed_clock import FixedClock
from tests.pages import OpenWindow, Page
from tests.sessions import begin

TOLD = Told(Source.PERSON)
PEGGY: Mapping[str, Value] = {
    "title": "Mrs",
    "given_names": "Margaret Rose",
    "family_name": "Smith",
    "preferred_name": "Peggy",
    "birth_date": "1941-04-05",
    "nhs_number": "9990000018",
    "gender": "female",
}


@dataclass
class Ward:
    """The desk, and what a test needs to look at the record behind it."""

    desk: Desk
    session: Session
    background: Background
    clock: FixedClock
    qtbot: QtBot
    open_window: OpenWindow
    pages: list[PersonPage] = field(default_factory=list)

    def on_store(self, function: Callable[[], Any]) -> Any:
        """What a function returns, run where the store may be used."""
        results: list[Any] = []
        work = self.background.run("a test looks", function)
        work.done.connect(results.append)
        self.qtbot.waitUntil(lambda: bool(results), timeout=10_000)
        return results[0]

    def person(self, **sections: Mapping[str, Value]) -> str:
        """Begin a record. Sections that repeat are given as `contacts__anna`."""

        def fill() -> str:
            with self.session.store.writing() as connection:
                pen = Pen(NURSE, self.session.clock() - timedelta(days=9), "laptop-1")
                person_id = journal.add_person(connection, pen)
                journal.append(connection, pen, person_id, edits_of({"person": PEGGY, **sections}))
                return person_id

        return str(self.on_store(fill))

    def write(self, person_id: str, edits: Sequence[Edit], author: object = NURSE) -> None:
        """Write in the record behind the page's back, and let the desk tell everyone."""
        writer = DOCTOR if author is DOCTOR else NURSE

        def put() -> bool:
            with self.session.store.writing() as connection:
                pen = Pen(writer, self.session.clock(), "laptop-1")
                journal.append(connection, pen, person_id, edits)
            return True

        self.on_store(put)

    def plan(self, person_id: str) -> Plan:
        """The plan as it is recorded now."""
        plan = self.on_store(lambda: plans.read_plan(self.session, person_id))
        assert isinstance(plan, Plan)
        return plan

    def open(self, person_id: str, width: int = 1366, height: int = 706) -> Page:
        """Open the person's page and wait until it shows."""
        shown = PersonPage(self.desk, person_id)
        self.pages.append(shown)
        page = self.open_window(shown, width, height)
        self.qtbot.waitUntil(lambda: shown.plan is not None, timeout=10_000)
        shown.focus_first()
        return page

    def close(self, page: Page) -> None:
        """Leave the page, as the window does when another is opened."""
        shown = page_of(page)
        shown.leave()
        shown.hide()
        self.pages.remove(shown)
        self.on_store(lambda: True)


def edits_of(sections: Mapping[str, Mapping[str, Value]], told: Told = TOLD) -> list[Edit]:
    """Edits for sections given by key, or as "contacts__anna" for an entry of one that repeats."""
    edits = []
    for place, values in sections.items():
        section, _, entry = place.partition("__")
        edits += [Edit(section, entry or MAIN, key, value, told=told) for key, value in values.items()]
    return edits


def page_of(page: Page) -> PersonPage:
    """The page under test."""
    assert isinstance(page.root, PersonPage)
    return page.root


def go(page: Page, section: str, qtbot: QtBot) -> None:
    """Go to a section as a shortcut does, and wait until all its rows or entries are there."""
    shown = page_of(page)
    shown.go_to(section)
    qtbot.waitUntil(lambda: not shown.places.is_growing, timeout=5000)


@pytest.fixture
def ward(profile: Profile, clock: FixedClock, background: Background, qtbot: QtBot, page: OpenWindow) -> Iterator[Ward]:
    made: list[Session] = []
    work = background.run("begin", lambda: begin(profile, clock))
    work.done.connect(made.append)
    qtbot.waitUntil(lambda: bool(made), timeout=10_000)
    worker = Worker()
    desk = Desk(made[0], background, worker, Settings())
    ward = Ward(desk, made[0], background, clock, qtbot, page)
    yield ward
    for shown in ward.pages:
        shown.leave()
    ward.on_store(lambda: True)
    worker.close()
    background.run("close", made[0].store.close)
    desk.deleteLater()
