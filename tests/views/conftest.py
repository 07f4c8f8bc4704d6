"""The signed-in window, or one of its pages, over a real encrypted store with a fixed clock."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeVar

import pytest
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from eolc_desktop.app.pages import PAGES
from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.care_plan.nhs_number import with_check_digit
from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.desktop.background import Background
from eolc_desktop.desktop.settings import Settings, ThemeName
from eolc_desktop.desktop.worker import Worker
from eolc_desktop.paths import Profile
from eolc_desktop.record import audit, journal
from eolc_desktop.record.rows import new_id
from eolc_desktop.services import plans
from eolc_desktop.services.session import Changes, Session
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.shell import Shell
from tests import accessibility
from tests.fixed_clock import FixedClock
from tests.pages import OpenWindow, Page
from tests.sessions import begin
from tests.strictness import settle

T = TypeVar("T")

LOOKS: list[tuple[ThemeName, int, tuple[int, int]]] = [
    ("light", 100, (1366, 706)),
    ("dark", 200, (1366, 706)),
    ("bright", 100, (1024, 560)),
    ("light", 200, (1024, 560)),
]
"""Theme, size of the text in per cent, and size of the window in which pages are walked."""

PEGGY: dict[str, Value] = {
    "title": "Mrs",
    "given_names": "Margaret Rose",
    "family_name": "Smith",
    "preferred_name": "Peggy",
    "birth_date": "1941-04-05",
    "nhs_number": "9990000018",
    "gender": "female",
    "postcode": "LS21 1AA",
}
AHMED: dict[str, Value] = {
    "title": "Mr",
    "given_names": "Ahmed",
    "family_name": "Khan",
    "birth_date": "1938-01-11",
    "nhs_number": "9990000026",
}
MARY: dict[str, Value] = {
    "title": "Mrs",
    "given_names": "Margaret",
    "family_name": "Smyth",
    "birth_date": "1938-02-20",
    "nhs_number": "9990000034",
}
EWA: dict[str, Value] = {
    "given_names": "Ewa",
    "family_name": "Nowak",
    "birth_date": "1950-07-30",
    "nhs_number": "9990000042",
}


def walked(page: Page) -> list[str]:
    """What would stop somebody who cannot see the page or has no pointer, and words that are cut off."""
    for _ in range(5):
        # A layout asks the one around it for room, and that takes a turn of the loop each.
        settle()
    return [
        *accessibility.faults(page.root),
        *(f"Tab never comes to {name!r}" for name in accessibility.unreached(page.root)),
        *accessibility.cut_off(page.root),
    ]


class Paper(QWidget):
    """Stands where the print page would, so that going about need not wait for a worker process to draw."""

    closed = Signal()
    page_title = "Print"

    def __init__(self, _desk: Desk, person_id: str, document_key: str = "") -> None:
        super().__init__()
        self.person_id = person_id
        self.document_key = document_key
        button = QPushButton("Back to the plan", self)
        button.clicked.connect(self.closed)


class Office:
    """The desk, the record behind it, and a way to open windows."""

    def __init__(
        self, desk: Desk, background: Background, clock: FixedClock, qtbot: QtBot, open_window: OpenWindow
    ) -> None:
        self.desk = desk
        self.background = background
        self.clock = clock
        self.qtbot = qtbot
        self.open_window = open_window
        self.shells: list[Shell] = []

    @property
    def session(self) -> Session:
        """The session of the nurse."""
        return self.desk.session

    def on_store(self, function: Callable[[], T]) -> T:
        """What a function returns, run where the store may be used, after all that was asked before it."""
        results: list[T] = []
        work = self.background.run("a test looks", function)
        work.done.connect(results.append)
        self.qtbot.waitUntil(lambda: bool(results), timeout=10_000)
        return results[0]

    def do(self, function: Callable[[], object]) -> None:
        """Do something where the store may be used, and wait until it is done."""

        def done() -> bool:
            function()
            return True

        self.on_store(done)

    def settle(self) -> None:
        """Wait until everything that was asked of the store has been answered and shown."""
        for _ in range(3):
            self.on_store(lambda: True)

    def person(self, values: Mapping[str, Value] = PEGGY, **more: Mapping[str, Value]) -> str:
        """Begin a record. `more` gives further sections: places={"preferred_death": "own_home"}."""

        def fill() -> str:
            with self.session.store.writing() as connection:
                person_id = journal.add_person(connection, self.session.pen())
                sections = {"person": values, **more}
                edits = [
                    Edit(s, MAIN, key, value) for s, of_section in sections.items() for key, value in of_section.items()
                ]
                journal.append(connection, self.session.pen(), person_id, edits)
                return person_id

        return self.on_store(fill)

    def crowd(self, count: int, family_name: str = "Person") -> None:
        """Add many people at once: "PERSON-0001, Ann" and on, with numbers for testing."""
        numbers = (number for n in range(100, 100_000) if (number := with_check_digit(f"99900{n:04d}")))
        people = []
        for place in range(count):
            values = {
                "family_name": f"{family_name} {place:04d}",
                "given_names": "Ann",
                "birth_date": f"19{30 + place % 50}-03-04",
                "nhs_number": next(numbers),
            }
            people.append((new_id(), [Edit("person", MAIN, key, value) for key, value in values.items()]))

        def fill() -> bool:
            with self.session.store.writing() as connection:
                journal.append_new_people(connection, self.session.pen(), people)
            return True

        self.on_store(fill)

    def write(self, person_id: str, section: str, values: Mapping[str, Value]) -> None:
        """Record something as this user, and let every view know."""

        def put() -> Changes:
            plan = plans.read_plan(self.session, person_id)
            return plans.save_entry(self.session, plan, section, MAIN, values).changes

        self.desk.changed.emit(self.on_store(put))
        self.settle()

    def audit_actions(self) -> list[str]:
        """What the audit says was done, in order."""

        def look() -> list[str]:
            with self.session.store.reading() as connection:
                return [line.action for line in audit.lines(connection)]

        return self.on_store(look)

    def show(self, widget: QWidget, width: int = 1366, height: int = 706) -> Page:
        """Open a page by itself and wait until it has read what it shows."""
        page = self.open_window(widget, width, height)
        self.settle()
        return page

    def shell(self, width: int = 1366, height: int = 706, **parts: Any) -> tuple[Shell, Page]:
        """Open the whole signed-in window, on the real pages but for paper."""
        made = Shell(self.desk, replace(PAGES, **{"printing": Paper, **parts}))
        self.shells.append(made)
        return made, self.show(made, width, height)

    def rows(self, shown: Sequence[Any]) -> list[str]:
        """The ids of rows."""
        return [row.id for row in shown]


@pytest.fixture
def made_up() -> bool:
    """Whether the store of the test is marked as made up."""
    return False


@pytest.fixture
def office(
    profile: Profile, clock: FixedClock, background: Background, qtbot: QtBot, page: OpenWindow, made_up: bool
) -> Iterator[Office]:
    """A nurse who is signed in to an empty record."""
    made: list[Session] = []
    work = background.run("begin", lambda: replace(begin(profile, clock), made_up=made_up))
    work.done.connect(made.append)
    qtbot.waitUntil(lambda: bool(made), timeout=10_000)
    worker = Worker()
    desk = Desk(made[0], background, worker, Settings(theme="light"))
    office = Office(desk, background, clock, qtbot, page)
    yield office
    for shell in office.shells:
        shell.leave()
    office.settle()
    worker.close()
    background.run("close", made[0].store.close)
    desk.deleteLater()
