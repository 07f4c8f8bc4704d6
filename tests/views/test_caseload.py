"""The caseload: found as you type, said when it is a part, never re-sorted under the pointer, worked by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView

from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.services import people
from eolc_desktop.services.session import Changes
from eolc_desktop.views.caseload.page import CaseloadPage
from tests.pages import Page
from tests.views.caseloads import FIND, TABLE, caseload, cells, chosen_of, names, page_of, row_of
from tests.views.conftest import AHMED, LOOKS, MARY, PEGGY, Office, walked

__all__ = ["caseload"]


def test_everybody_is_listed_by_family_name_in_capitals(caseload: Page) -> None:
    assert names(caseload) == ["KHAN, Ahmed (Mr)", "NOWAK, Ewa", "SMITH, Margaret Rose (Mrs)"]
    assert caseload.says("3 people")


def test_a_row_says_what_tells_people_apart(caseload: Page) -> None:
    assert cells(caseload, 2) == [
        "SMITH, Margaret Rose (Mrs)",
        "Peggy",
        "05-Apr-1941 (85y)",
        "999\u00a0000\u00a00018",
        "Not recorded",
        "Recorded",
        "20-Nov-2026",
        "14:32 today",
    ]


def test_a_cpr_recommendation_is_never_named_in_a_list_where_its_date_is_not(caseload: Page) -> None:
    """Hazard H04: no status without its date and the advance decision beside it; those are in the plan."""
    shown = " ".join(" ".join(cells(caseload, row)) for row in range(3)).casefold()
    assert "attempt" not in shown


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("smi", "SMITH"),
        ("peg", "SMITH"),
        ("999 000 0026", "KHAN"),
        ("5/4/1941", "SMITH"),
        ("ls21", "SMITH"),
        ("nowak ew", "NOWAK"),
    ],
)
def test_people_are_found_as_one_types(caseload: Page, office: Office, typed: str, found: str) -> None:
    caseload.keys(typed)
    office.settle()
    assert [name.split(",")[0] for name in names(caseload)] == [found]
    assert caseload.says(f"1 of 3 people matches “{typed}”")


def test_a_part_of_the_list_says_that_it_is_a_part(caseload: Page, office: Office) -> None:
    caseload.keys("n")
    office.settle()
    assert caseload.says("1 of 3 people matches “n”")
    caseload.press("Show everyone")
    office.settle()
    assert caseload.says("3 people")
    assert len(names(caseload)) == 3


def test_nobody_found_is_said_with_what_was_typed(caseload: Page, office: Office) -> None:
    caseload.keys("zzz")
    office.settle()
    assert caseload.says("No one matches “zzz” on this computer")
    assert caseload.says("People you are not caring for are not kept here.")


def test_the_answer_to_the_last_letters_is_what_is_shown(caseload: Page, office: Office) -> None:
    """Answers to letters that were typed over are dropped, whichever comes last."""
    for typed in ("k", "s", "n", "nx", "kha"):
        page_of(caseload).search(typed)
    office.settle()
    assert names(caseload) == ["KHAN, Ahmed (Mr)"]
    assert caseload.says("1 of 3 people matches “kha”")


def test_the_box_keeps_the_keyboard_while_the_arrows_choose(caseload: Page, office: Office) -> None:
    chosen = chosen_of(caseload)
    assert caseload.focused_name() == FIND
    caseload.key(Qt.Key.Key_Down)
    caseload.key(Qt.Key.Key_Down)
    assert caseload.focused_name() == FIND
    assert caseload.says("NOWAK, Ewa, born 30 July 1950, 76 years, NHS number")
    caseload.key(Qt.Key.Key_Return)
    assert chosen == ["Nowak"]


def test_enter_opens_the_first_match(caseload: Page, office: Office) -> None:
    chosen = chosen_of(caseload)
    caseload.keys("kh")
    office.settle()
    caseload.key(Qt.Key.Key_Return)
    assert chosen == ["Khan"]


def test_enter_before_the_answer_opens_only_a_single_match(office: Office) -> None:
    """Nobody has seen who that would be: with several matches they are shown, and nothing is opened."""
    office.person(PEGGY)
    office.person(MARY)
    page = office.show(CaseloadPage(office.desk))
    page_of(page).focus_first()
    chosen = chosen_of(page)
    page.keys("sm")
    page.key(Qt.Key.Key_Return)
    office.settle()
    assert chosen == []
    assert len(names(page)) == 2
    page.keys("i")
    page.key(Qt.Key.Key_Return)
    office.settle()
    assert chosen == ["Smith"]


def test_nothing_is_highlighted_before_somebody_chose(caseload: Page) -> None:
    chosen = chosen_of(caseload)
    caseload.key(Qt.Key.Key_Return)
    assert chosen == []


def test_the_table_is_worked_by_keyboard_and_letters_go_to_the_box(caseload: Page, office: Office) -> None:
    chosen = chosen_of(caseload)
    caseload.reach(TABLE)
    caseload.key(Qt.Key.Key_Down)
    caseload.key(Qt.Key.Key_Return)
    assert len(chosen) == 1
    caseload.keys("k")
    assert caseload.focused_name() == FIND
    assert caseload.read(FIND) == "k"


def test_similar_names_say_so_and_name_the_other(office: Office) -> None:
    office.person(PEGGY)
    office.person(MARY)
    page = office.show(CaseloadPage(office.desk))
    page_of(page).focus_first()
    page.keys("smith")
    office.settle()
    view = page.field(TABLE)
    assert isinstance(view, QAbstractItemView)
    assert "similar name to another person here" in str(
        view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    )
    page.wait_until_says("not to be taken for SMYTH, Margaret (Mrs), born 20 February 1938")


def test_who_has_died_is_said_in_words(office: Office) -> None:
    office.person(PEGGY, death={"died_on": "2026-11-02"})
    page = office.show(CaseloadPage(office.desk))
    view = page.field(TABLE)
    assert isinstance(view, QAbstractItemView)
    first = view.model().index(0, 0)
    assert "died 2 November 2026" in str(first.data(Qt.ItemDataRole.AccessibleTextRole))
    assert cells(page, 0)[2] == "05-Apr-1941", "an age is not given to somebody who has died"


def test_what_changed_is_shown_where_it_stands(caseload: Page, office: Office) -> None:
    """Hazard H01: the list is never put in another order under the pointer."""
    ahmed = row_of(caseload, 0).id
    office.write(ahmed, "person", {"family_name": "Zaman"})
    assert names(caseload) == ["ZAMAN, Ahmed (Mr)", "NOWAK, Ewa", "SMITH, Margaret Rose (Mrs)"]
    caseload.press("Show the list as it is now")
    office.settle()
    assert names(caseload) == ["NOWAK, Ewa", "SMITH, Margaret Rose (Mrs)", "ZAMAN, Ahmed (Mr)"]
    assert not caseload.has("Show the list as it is now")


def test_a_new_person_waits_until_the_list_is_asked_for(caseload: Page, office: Office) -> None:
    added = office.person(MARY)
    office.desk.changed.emit(Changes(frozenset((added,))))
    office.settle()
    assert len(names(caseload)) == 3
    caseload.press("Show the list as it is now")
    office.settle()
    assert len(names(caseload)) == 4


def test_a_list_that_nobody_looks_at_is_read_again_when_it_is_shown(caseload: Page, office: Office) -> None:
    caseload.root.hide()
    added = office.person(MARY)
    office.desk.changed.emit(Changes(frozenset((added,))))
    office.settle()
    caseload.root.show()
    office.settle()
    assert "SMYTH, Margaret (Mrs)" in names(caseload)


def test_a_long_list_is_read_as_it_is_scrolled_to(office: Office) -> None:
    office.crowd(400)
    page = office.show(CaseloadPage(office.desk))
    assert page.says("400 people")
    assert 0 < len(names(page)) < 400
    page_of(page).focus_first()
    for _ in range(100):
        page.key(Qt.Key.Key_PageDown)
        office.settle()
        if len(names(page)) == 400:
            break
    everyone = office.on_store(lambda: people.caseload(office.session, "", 0, 400))
    assert names(page) == [f"{row.family_name.upper()}, {row.given_names}" for row in everyone.rows]


def test_an_empty_caseload_offers_to_begin(office: Office) -> None:
    page = office.show(CaseloadPage(office.desk))
    with office.qtbot.waitSignal(office.desk.add_person_wanted):
        page.press("Add a person")


@pytest.mark.parametrize(("colours", "percent", "size"), LOOKS)
def test_it_is_read_and_worked_without_eyes_or_pointer(
    office: Office, dress: Callable[[ThemeName, int], None], colours: ThemeName, percent: int, size: tuple[int, int]
) -> None:
    dress(colours, percent)
    office.person(PEGGY | {"family_name": "Featherstonehaugh-Cholmondeley", "given_names": "Bartholomew Maximilian"})
    office.person(AHMED)
    page = office.show(CaseloadPage(office.desk), *size)
    page_of(page).focus_first()
    page.key(Qt.Key.Key_Down)
    office.settle()
    assert walked(page) == []
