"""Adding a person: a name is enough, look-alikes are shown before anything is added, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView

from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import people, plans
from eolc_desktop.views.add_person import AddPersonPage
from eolc_desktop.views.people_list import LINE
from tests.pages import Page
from tests.views.conftest import AHMED, LOOKS, PEGGY, Office, walked

ALIKE = "People here who could be the same"


def open_page(office: Office, width: int = 1366, height: int = 706) -> Page:
    page = office.show(AddPersonPage(office.desk), width, height)
    page_of(page).focus_first()
    return page


def page_of(page: Page) -> AddPersonPage:
    assert isinstance(page.root, AddPersonPage)
    return page.root


def everyone(office: Office) -> tuple[PersonRow, ...]:
    return office.on_store(lambda: people.caseload(office.session)).rows


def added(page: Page) -> list[str]:
    ids: list[str] = []
    page_of(page).person_added.connect(ids.append)
    return ids


def test_a_person_is_added_with_what_was_typed(office: Office) -> None:
    page = open_page(office)
    ids = added(page)
    assert page.focused_name() == "Family name"
    page.keys("Smith")
    page.type("Given names", "Margaret Rose")
    page.type("Date of birth", "5/4/1941")
    page.type("NHS number", "999 000 0018")
    page.press("Add this person")
    office.settle()
    (row,) = everyone(office)
    assert ids == [row.id]
    assert (row.family_name, row.given_names, row.birth_date, row.nhs_number) == (
        "Smith",
        "Margaret Rose",
        "1941-04-05",
        "9990000018",
    )
    assert "added" in office.audit_actions()


def test_a_name_is_enough_but_one_is_needed(office: Office) -> None:
    page = open_page(office)
    page.type("Date of birth", "5/4/1941")
    page.press("Add this person")
    office.settle()
    assert everyone(office) == ()
    assert page.says("Please give at least one name.")
    page.type("Given names", "Peggy")
    page.press("Add this person")
    page.press("Add this person")
    office.settle()
    assert len(everyone(office)) == 1


def test_a_missing_nhs_number_is_asked_about_once_and_never_blocks(office: Office) -> None:
    page = open_page(office)
    page.keys("Smith")
    page.press("Add this person")
    office.settle()
    assert everyone(office) == ()
    assert page.says("There is no NHS number yet.")
    page.press("Add this person")
    office.settle()
    assert len(everyone(office)) == 1


def test_a_wrong_date_is_said_beside_it_and_nothing_is_added(office: Office) -> None:
    page = open_page(office)
    page.keys("Smith")
    page.type("Date of birth", "31/2/1941")
    page.press("Add this person")
    office.settle()
    assert everyone(office) == ()
    assert page.says("There is no such day")
    assert page.read("Family name") == "Smith"


def test_look_alikes_are_shown_before_anybody_is_added(office: Office) -> None:
    office.person(PEGGY)
    page = open_page(office)
    page.keys("Smyth")
    page.type("Given names", "Mary")
    page.type("NHS number", "999 000 0034")
    page.press("Add this person")
    office.settle()
    assert len(everyone(office)) == 1, "nothing is added before somebody has said that it is another person"
    assert page.says("Is this one of the people who are already here?")
    assert alike(page) == ["Smith"]
    page.press("None of these: add as a new person")
    office.settle()
    assert sorted(row.family_name for row in everyone(office)) == ["Smith", "Smyth"]


def test_the_same_nhs_number_is_named_as_such(office: Office) -> None:
    office.person(PEGGY)
    page = open_page(office)
    page.keys("Somebody")
    page.type("NHS number", "9990000018")
    page.press("Add this person")
    office.settle()
    assert page.says("Somebody with this NHS number is already here. Is it the same person?")
    view = page.field(ALIKE)
    assert isinstance(view, QAbstractItemView)
    assert view.model().index(0, 0).data(LINE).note == "The same NHS number"


def test_choosing_the_one_who_is_here_adds_nobody(office: Office) -> None:
    office.person(PEGGY)
    page = open_page(office)
    chosen: list[str] = []
    page_of(page).person_chosen.connect(lambda row: chosen.append(row.family_name))
    page.keys("Smith")
    page.type("Given names", "Margaret")
    page.type("NHS number", "9990000018")
    page.press("Add this person")
    office.settle()
    page.reach(ALIKE)
    page.key(Qt.Key.Key_Return)
    assert chosen == ["Smith"]
    assert len(everyone(office)) == 1


def test_other_details_are_looked_at_again(office: Office) -> None:
    """A yes given for one name does not hold for another that was typed in its place."""
    office.person(PEGGY)
    office.person(AHMED)
    page = open_page(office)
    page.keys("Smyth")
    page.type("Given names", "Mary")
    page.type("NHS number", "999 000 0034")
    page.press("Add this person")
    office.settle()
    page.press("Look at the details again")
    page.retype("Family name", "Kahn")
    page.retype("Given names", "Adam")
    page.press("Add this person")
    office.settle()
    assert alike(page) == ["Khan"]
    assert len(everyone(office)) == 2


def test_what_was_typed_is_there_again_after_leaving(office: Office) -> None:
    page = open_page(office)
    page.keys("Smith")
    page.type("Date of birth", "5/4/19")
    page_of(page).leave()
    office.settle()
    again = open_page(office)
    office.settle()
    assert again.read("Family name") == "Smith"
    assert again.read("Date of birth") == "5/4/19", "also what cannot be recorded yet"
    assert again.says("This is what you had typed before. Nothing has been added yet.")


def test_what_was_typed_is_kept_within_a_second(office: Office) -> None:
    page = open_page(office)
    page.keys("Smith")
    page.wait_until_says("What you type is kept on this computer until you add the person.", 3000)
    (draft,) = office.on_store(lambda: plans.kept_drafts(office.session))
    assert draft.values["family_name"] == "Smith"


def test_the_draft_goes_when_the_person_was_added_or_not_wanted(office: Office) -> None:
    page = open_page(office)
    page.keys("Smith")
    page.type("NHS number", "999 000 0034")
    page_of(page).leave()
    page.press("Add this person")
    office.settle()
    assert office.on_store(lambda: plans.kept_drafts(office.session)) == ()
    other = open_page(office)
    other.keys("Jones")
    page_of(other).leave()
    office.settle()
    with office.qtbot.waitSignal(page_of(other).closed):
        other.press("Do not add anybody")
    office.settle()
    assert office.on_store(lambda: plans.kept_drafts(office.session)) == ()


@pytest.mark.parametrize(("colours", "percent", "size"), LOOKS)
def test_it_is_read_and_worked_without_eyes_or_pointer(
    office: Office, dress: Callable[[ThemeName, int], None], colours: ThemeName, percent: int, size: tuple[int, int]
) -> None:
    dress(colours, percent)
    office.person(PEGGY)
    page = open_page(office, *size)
    page.keys("Smith")
    page.type("Given names", "Margaret")
    page.type("NHS number", "9990000018")
    page.press("Add this person")
    office.settle()
    assert alike(page) == ["Smith"]
    assert walked(page) == []


def alike(page: Page) -> list[str]:
    view = page.field(ALIKE)
    assert isinstance(view, QAbstractItemView)
    return [view.model().index(row, 0).data(LINE).row.family_name for row in range(view.model().rowCount())]
