"""Find: anybody, from anywhere, with the keyboard staying in the box; similar names told apart before one is opened."""

from __future__ import annotations

from PySide6.QtCore import Qt

from eolc_desktop.views.people_list import PeopleList
from eolc_desktop.views.places import Place
from tests.views.conftest import AHMED, MARY, PEGGY, Office
from tests.views.shells import wait_for_plan

FIND = "Find a person by name, NHS number, postcode or date of birth"


def test_find_opens_anywhere_and_two_actions_lead_to_a_plan(office: Office) -> None:
    """Ctrl+F, three letters, Enter (ux.md 3.1)."""
    peggy = office.person(PEGGY)
    office.person(AHMED)
    shell, page = office.shell()
    page.key("Ctrl+F")
    assert page.focused_name() == FIND
    page.keys("smi")
    office.settle()
    assert page.says("1 person matches.")
    page.key(Qt.Key.Key_Return)
    assert shell.places.place == Place("person", peggy)
    wait_for_plan(office, shell)


def test_find_names_at_most_twelve_and_says_that_there_are_more(office: Office) -> None:
    office.crowd(30, "Marsh")
    _shell, page = office.shell()
    page.key("Ctrl+F")
    page.keys("marsh")
    office.settle()
    found = page.field("People found")
    assert isinstance(found, PeopleList)
    assert len(found.lines) == 12
    assert page.says("The first 12 of 30 people who match.")


def test_find_works_on_the_highlighted_while_the_box_keeps_the_keyboard(office: Office) -> None:
    office.person(PEGGY)
    ahmed = office.person(AHMED | {"family_name": "Smithson"})
    shell, page = office.shell()
    page.key("Ctrl+F")
    page.keys("smith")
    office.settle()
    page.key(Qt.Key.Key_Down)
    assert page.focused_name() == FIND
    page.key("Ctrl+P")
    assert shell.places.place == Place("printing", ahmed)


def test_find_says_who_is_not_here(office: Office) -> None:
    _shell, page = office.shell()
    page.key("Ctrl+F")
    page.keys("smyt")
    office.settle()
    assert page.says("No one matches “smyt” on this computer. People you are not caring for are not kept here.")


def test_find_tells_similar_names_apart_before_one_is_opened(office: Office) -> None:
    office.person(PEGGY)
    office.person(MARY)
    _shell, page = office.shell()
    page.key("Ctrl+F")
    page.keys("margaret")
    office.settle()
    page.wait_until_says("not to be taken for SMYTH, Margaret (Mrs), born 20 February 1938")


def test_enter_in_find_before_the_answer_opens_only_a_single_match(office: Office) -> None:
    office.person(PEGGY)
    office.person(MARY)
    shell, page = office.shell()
    page.key("Ctrl+F")
    page.keys("sm")
    page.key(Qt.Key.Key_Return)
    office.settle()
    assert shell.places.page_title == "Today"
    assert page.says("2 people match.")


def test_esc_closes_find_and_the_keyboard_is_where_it_was(office: Office) -> None:
    office.person(PEGGY)
    _shell, page = office.shell()
    page.key("Ctrl+2")
    office.settle()
    before = page.focused_name()
    page.key("Ctrl+F")
    page.keys("smi")
    office.settle()
    page.key(Qt.Key.Key_Escape)
    assert not page.has(FIND)
    assert page.focused_name() == before


def test_tab_stays_in_find_while_it_is_open(office: Office) -> None:
    office.person(PEGGY)
    shell, page = office.shell()
    page.key("Ctrl+F")
    page.keys("smi")
    office.settle()
    for _ in range(4):
        page.key(Qt.Key.Key_Tab)
        focused = shell.window().focusWidget()
        assert focused is not None
        assert shell.panes.find.isAncestorOf(focused)
