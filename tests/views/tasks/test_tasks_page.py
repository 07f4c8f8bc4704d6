"""The page of tasks by keyboard: narrowed, marked in the entry, opened where it stands, and never moving by itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox

from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.record import journal
from eolc_desktop.services import plans
from eolc_desktop.views.person.page import PersonPage
from eolc_desktop.views.places import Place
from eolc_desktop.views.tasks.page import TasksPage
from eolc_desktop.views.tasks.task_list import TaskList
from tests.pages import Page
from tests.views.conftest import AHMED, LOOKS, MARY, PEGGY, Office, walked

LIST = "What is to be done"


def record(office: Office, person_id: str, entries: Mapping[tuple[str, str], Mapping[str, Value]]) -> None:
    edits = [Edit(s, e, key, value) for (s, e), values in entries.items() for key, value in values.items()]

    def put() -> None:
        with office.session.store.writing() as connection:
            journal.append(connection, office.session.pen(), person_id, edits)

    office.do(put)


@pytest.fixture
def peggy(office: Office) -> str:
    person_id = office.person(PEGGY, plan_control={"review_date": "2026-11-20", "review_responsible": "Jo Okafor"})
    record(
        office,
        person_id,
        {
            ("tasks", "bed"): {"what": "Order a bed", "owner": "Ali Reid", "due_on": "2026-11-09"},
            ("next_steps", "sitter"): {"what": "Night sitter", "who": office.session.user.name},
        },
    )
    other = office.person(AHMED)
    record(office, other, {("tasks", "gp"): {"what": "Ring the GP", "owner": "Ali Reid", "due_on": "2026-11-12"}})
    return person_id


@pytest.fixture
def tasks_page(office: Office, peggy: str) -> Page:
    page = office.show(TasksPage(office.desk))
    root(page).focus_first()
    return page


def root(page: Page) -> TasksPage:
    assert isinstance(page.root, TasksPage)
    return page.root


def listed(page: Page) -> list[str]:
    view = page.root.findChild(TaskList)
    assert view is not None
    return [task.to_do.what for task in view.people.tasks]


def spoken(page: Page, row: int) -> str:
    view = page.root.findChild(TaskList)
    assert view is not None
    return str(view.model().index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole))


def choose(page: Page, office: Office, menu: str, key: object) -> None:
    box = page.field(menu)
    assert isinstance(box, QComboBox)
    assert box.findData(key) >= 0
    box.setCurrentIndex(box.findData(key))
    box.activated.emit(box.currentIndex())
    office.settle()


def test_everybodys_tasks_stand_in_one_list_the_earliest_first(tasks_page: Page) -> None:
    assert listed(tasks_page) == ["Order a bed", "Ring the GP", "Review of the plan", "Night sitter"]
    assert tasks_page.says("4 to do; 1 overdue")
    assert spoken(tasks_page, 0) == (
        "Order a bed, Overdue by 3 days (09\u2011Nov\u20112026), Ali Reid, Task, for SMITH, Margaret Rose (Mrs), "
        "preferred name Peggy, born 5 April 1941, 85 years, NHS number 999\u00a0000\u00a00018"
    )


def test_a_choice_by_owner_and_by_day_says_that_it_is_a_part(tasks_page: Page, office: Office) -> None:
    choose(tasks_page, office, "Whose tasks are shown", "ali reid")
    assert listed(tasks_page) == ["Order a bed", "Ring the GP"]
    assert tasks_page.says("Showing 2 of 4 to do; 1 overdue: Ali Reid")
    choose(tasks_page, office, "Due when", "overdue")
    assert listed(tasks_page) == ["Order a bed"]
    choose(tasks_page, office, "Whose tasks are shown", "?")
    assert tasks_page.says("Nothing waiting: Nobody named, Overdue")
    assert walked(tasks_page) == []
    tasks_page.press("Show everything to do")
    office.settle()
    assert len(listed(tasks_page)) == 4


def test_marking_by_key_is_an_edit_of_the_entry_and_can_be_marked_back(
    tasks_page: Page, office: Office, peggy: str
) -> None:
    tasks_page.key("Ctrl+D")
    office.settle()
    assert listed(tasks_page) == ["Ring the GP", "Review of the plan", "Night sitter"]
    entry = office.on_store(lambda: plans.read_plan(office.session, peggy)).entry("tasks", "bed")
    assert entry is not None
    assert (entry.value("state"), entry.value("done_by")) == ("done", office.session.user.name)
    choose(tasks_page, office, "To do, or done", True)
    assert listed(tasks_page) == ["Order a bed"]
    tasks_page.press("Mark as not done")
    office.settle()
    assert tasks_page.says("Nothing is marked as done.")


def test_a_review_cannot_be_marked_and_says_why(tasks_page: Page, office: Office) -> None:
    tasks_page.key(Qt.Key.Key_Down)
    tasks_page.key(Qt.Key.Key_Down)
    assert not tasks_page.has("Mark as done")
    assert tasks_page.says("This is done by recording what came of it: open it.")
    tasks_page.key("Ctrl+D")
    office.settle()
    assert len(listed(tasks_page)) == 4


def test_what_others_change_is_offered_and_moves_nothing(tasks_page: Page, office: Office, peggy: str) -> None:
    office.write(peggy, "plan_control", {"review_date": "2026-11-01"})
    assert listed(tasks_page) == ["Order a bed", "Ring the GP", "Review of the plan", "Night sitter"]
    tasks_page.press("Show the list as it is now")
    office.settle()
    assert listed(tasks_page)[0] == "Review of the plan"


def test_enter_opens_the_person_at_the_entry_and_asks_where_names_are_alike(office: Office, peggy: str) -> None:
    office.person(MARY | {"given_names": "Margaret Rose"})
    shell, page = office.shell()
    page.key("Ctrl+3")
    office.settle()
    page.key(Qt.Key.Key_Return)
    office.settle()
    assert shell.places.place == Place("person", peggy, "tasks/bed")
    opened = shell.places.page
    assert isinstance(opened, PersonPage)
    assert opened.places.place == "tasks"
    assert opened.places.entry_page is not None
    assert opened.places.entry_page.place.entry == "bed"
    assert page.says("Please check who this is")


def test_a_section_without_entries_is_opened_itself(office: Office, peggy: str) -> None:
    shell, _page = office.shell()
    office.desk.entry_wanted.emit(peggy, f"plan_control/{MAIN}")
    office.settle()
    opened = shell.places.page
    assert isinstance(opened, PersonPage)
    assert opened.places.place == "plan_control"


def test_one_persons_tasks_are_reached_from_their_plan(office: Office, peggy: str) -> None:
    shell, page = office.shell()
    office.desk.place_wanted.emit(Place("person_tasks", peggy))
    office.settle()
    assert isinstance(shell.places.page, TasksPage)
    assert page.says("SMITH, Margaret Rose (Mrs) · Born 05-Apr-1941 (85y)")
    tasks = Page(office.qtbot, shell.places.page)
    assert listed(tasks) == ["Order a bed", "Review of the plan", "Night sitter"]


@pytest.mark.parametrize(("colours", "percent", "size"), LOOKS)
def test_it_is_reached_read_and_never_cut_off(
    office: Office,
    peggy: str,
    dress: Callable[[ThemeName, int], None],
    colours: ThemeName,
    percent: int,
    size: tuple[int, int],
) -> None:
    dress(colours, percent)
    page = office.show(TasksPage(office.desk), *size)
    assert walked(page) == []
