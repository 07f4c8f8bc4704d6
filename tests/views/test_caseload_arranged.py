"""The caseload as somebody arranged it: views, groups, narrowed, picked, taken out, with details beside it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractItemView, QComboBox

from eolc_desktop.desktop.background import Work
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import caseload_export, caseload_table
from eolc_desktop.views.caseload.model import ROW
from eolc_desktop.views.caseload.page import CaseloadPage
from tests.pages import Page
from tests.views.caseloads import TABLE, caseload, names, page_of
from tests.views.conftest import EWA, Office, walked

__all__ = ["caseload"]


SHOW = "Which people of the caseload are shown"


def choose_view(page: Page, office: Office, words: str) -> None:
    menu = page.field(SHOW)
    assert isinstance(menu, QComboBox)
    menu.setFocus()
    menu.setCurrentIndex(menu.findText(words))
    menu.activated.emit(menu.currentIndex())
    office.settle()


def test_a_view_is_chosen_says_that_it_is_a_part_and_is_kept(caseload: Page, office: Office) -> None:
    choose_view(caseload, office, "No CPR decision recorded")
    assert names(caseload) == ["KHAN, Ahmed (Mr)", "NOWAK, Ewa"]
    assert caseload.says("Showing 2 of 3: no CPR decision recorded")
    again = office.show(CaseloadPage(office.desk))
    assert names(again) == ["KHAN, Ahmed (Mr)", "NOWAK, Ewa"]
    assert again.says("Showing 2 of 3: no CPR decision recorded")
    again.press("Show everyone")
    office.settle()
    assert again.says("3 people")
    assert len(names(again)) == 3


def test_what_is_typed_within_a_view_says_so(caseload: Page, office: Office) -> None:
    choose_view(caseload, office, "No CPR decision recorded")
    page_of(caseload).search("khan")
    office.settle()
    assert caseload.says("1 of 3 people matches “khan”, among: no CPR decision recorded")
    page_of(caseload).search("smith")
    office.settle()
    assert caseload.says("No one matches “smith” among those shown: no CPR decision recorded")
    caseload.press("Show everyone")
    office.settle()
    assert len(names(caseload)) == 3


def test_a_view_with_nobody_in_it_does_not_look_like_an_empty_caseload(caseload: Page, office: Office) -> None:
    choose_view(caseload, office, "After death")
    assert caseload.says("Nobody here is in this view: after death")
    assert caseload.says("Showing 0 of 3: after death")
    assert not caseload.says("There is nobody on this computer yet")
    assert walked(caseload) == []
    caseload.press("Show everyone")
    office.settle()
    assert len(names(caseload)) == 3


def test_somebody_who_leaves_a_view_stays_under_the_pointer_until_asked(caseload: Page, office: Office) -> None:
    choose_view(caseload, office, "No CPR decision recorded")
    office.write(first_id(caseload), "cpr", {"decision": "for"})
    assert names(caseload) == ["KHAN, Ahmed (Mr)", "NOWAK, Ewa"]
    caseload.press("Show the list as it is now")
    office.settle()
    assert names(caseload) == ["NOWAK, Ewa"]


def first_id(page: Page) -> str:
    view = page.field(TABLE)
    assert isinstance(view, QAbstractItemView)
    row = view.model().index(0, 0).data(ROW)
    assert isinstance(row, PersonRow)
    return row.id


# Arranged


def keys_of(office: Office) -> caseload_table.Arrangement:
    return office.on_store(lambda: caseload_table.kept(office.session))


def test_it_is_sorted_grouped_and_narrowed_by_keyboard_and_kept(caseload: Page, office: Office) -> None:
    caseload.key("Ctrl+Shift+A")
    caseload.choose("Sort by", "Born")
    office.settle()
    assert [name.split(",")[0] for name in names(caseload)] == ["KHAN", "SMITH", "NOWAK"]
    caseload.tick("From the other end")
    office.settle()
    assert [name.split(",")[0] for name in names(caseload)] == ["NOWAK", "SMITH", "KHAN"]
    caseload.choose("Put in groups by", "Stage")
    office.settle()
    assert names(caseload)[0] == "Not recorded: 3 people"
    caseload.tick("Column: Key worker")
    office.settle()
    kept = keys_of(office)
    assert (kept.sort, kept.descending, kept.group) == ("born", True, "stage")
    assert "worker" in kept.columns
    assert {"born", "nhs"} <= set(kept.columns), "two identifiers in every row"
    caseload.press("As it was at first")
    office.settle()
    assert keys_of(office) == caseload_table.Arrangement()


def test_narrowing_says_what_is_left_out_and_is_not_kept(caseload: Page, office: Office) -> None:
    caseload.key("Ctrl+Shift+A")
    caseload.choose("Narrow the list by", "Preferred place")
    office.settle()
    caseload.choose("To", "Not recorded (3)")
    office.settle()
    assert caseload.says("Showing 3 of 3: Preferred place: Not recorded")
    assert keys_of(office).narrowed == ()
    caseload.press("Show the others too: not only Preferred place, Not recorded")
    office.settle()
    assert caseload.says("3 people")


def test_the_highlight_passes_over_the_headings_of_groups(caseload: Page, office: Office) -> None:
    page_of(caseload)._on_arranged(caseload_table.Arrangement(group="place"))
    office.settle()
    page_of(caseload).focus_first()
    caseload.key("Down")
    assert caseload.read(TABLE).startswith("KHAN")


def test_people_are_picked_by_key_and_taken_out_as_a_spreadsheet(
    caseload: Page, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    caseload.key("Down")
    caseload.key("Ctrl+Space")
    assert caseload.has("Those picked (1): print, save, or take to a meeting")
    path = tmp_path / "list.csv"
    given = office.on_store(
        lambda: caseload_export.save_csv(office.session, caseload_table.Wanted(), page_of(caseload)._model.picked, path)
    )
    assert given == 1
    text = path.read_text(encoding="utf-8-sig")
    assert "KHAN, Ahmed (Mr)" in text
    assert "SMITH" not in text
    assert "exported a list" in office.audit_actions()
    caseload.press("Pick nobody")
    assert caseload.has("This list: print, save, or take to a meeting")


def test_a_cell_that_a_spreadsheet_would_work_out_is_shown_as_it_is(office: Office, tmp_path: Path) -> None:
    office.person({**EWA, "preferred_name": '=HYPERLINK("x")'})
    path = tmp_path / "list.csv"
    office.on_store(lambda: caseload_export.save_csv(office.session, caseload_table.Wanted(), (), path))
    assert "\"'=HYPERLINK" in path.read_text(encoding="utf-8-sig")


def test_details_stand_beside_the_list_and_follow_the_highlight(caseload: Page, office: Office) -> None:
    caseload.key("Ctrl+Shift+D")
    caseload.key("Down")
    office.qtbot.waitUntil(lambda: caseload.says("Nothing waiting."), timeout=5_000)
    assert caseload.says("KHAN, Ahmed (Mr)\nBorn 11-Jan-1938 (88y)\nNHS No. 999\u00a0000\u00a00026")
    caseload.key("Down")
    assert not caseload.says("Nothing waiting."), "what was read of the one before is gone at once"
    office.qtbot.waitUntil(lambda: caseload.says("Nothing waiting."), timeout=5_000)


@pytest.mark.parametrize("keys", ["Ctrl+Shift+A", "Ctrl+Shift+D"])
def test_what_stands_beside_the_list_is_worked_without_eyes_or_pointer(
    caseload: Page, office: Office, keys: str
) -> None:
    caseload.key("Down")
    caseload.key(keys)
    office.qtbot.waitUntil(lambda: not office.desk.findChildren(Work), timeout=5_000)
    assert walked(caseload) == []
