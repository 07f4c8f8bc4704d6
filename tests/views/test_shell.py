"""The signed-in window: one person at a time, everything by keyboard, true words about what is kept where."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget

from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.errors import StoreFull
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services.session import Changes
from eolc_desktop.views.identity import confusable
from eolc_desktop.views.person.page import PersonPage
from eolc_desktop.views.places import Place
from eolc_desktop.views.shell import Shell
from tests.views.conftest import AHMED, EWA, LOOKS, MARY, PEGGY, Office, walked
from tests.views.shells import deeds, wait_for_plan


def person_pages(shell: Shell) -> list[str]:
    return [page.person_id for page in shell.findChildren(PersonPage)]


# Going about


def test_it_opens_on_today_and_the_rail_leads_on(office: Office) -> None:
    shell, page = office.shell()
    assert shell.places.page_title == "Today"
    page.press("Caseload")
    assert shell.places.page_title == "Caseload"
    page.press("Settings")
    assert shell.places.page_title == "Settings"


def test_there_is_never_more_than_one_persons_page(office: Office) -> None:
    """Hazard H01: not for a moment, whichever way the next person is opened."""
    ids = [office.person(values) for values in (PEGGY, AHMED, EWA)]
    shell, _page = office.shell()
    most = 0
    seen: list[str] = []

    def note(_place: object) -> None:
        nonlocal most
        pages = person_pages(shell)
        most = max(most, len([p for p in pages if p]))
        seen.extend(pages)

    shell.places.shown.connect(note)
    for person_id in (*ids, *reversed(ids)):
        shell.show_person(person_id)
        assert person_pages(shell).count(person_id) == 1
        office.settle()
        assert person_pages(shell) == [person_id]
    assert set(ids) == set(seen)


def test_the_page_that_is_left_is_told_so_that_it_keeps_its_drafts(office: Office) -> None:
    left: list[str] = []

    class Written(QWidget):
        page_title = "Plan"

        def __init__(self, _desk: object, person_id: str) -> None:
            super().__init__()
            self.person_id = person_id

        def leave(self) -> None:
            left.append(self.person_id)

    shell, _page = office.shell(person=Written)
    shell.show_person("one")
    shell.show_person("two")
    assert left == ["one"]
    shell.show_caseload()
    assert left == ["one", "two"]
    shell.show_person("three")
    assert shell.leave() == "three"
    assert left == ["one", "two", "three"]
    shell.show_today()


def test_back_leads_the_way_one_came(office: Office) -> None:
    peggy = office.person(PEGGY)
    shell, page = office.shell()
    page.key("Ctrl+2")
    shell.show_person(peggy)
    wait_for_plan(office, shell)
    shell.show_printing(peggy, "")
    assert shell.places.place == Place("printing", peggy)
    shell.go_back()
    assert shell.places.place == Place("person", peggy)
    shell.go_back()
    assert shell.places.page_title == "Caseload"
    page.key("Alt+Left")
    assert shell.places.page_title == "Today"


def test_every_key_of_a_plan_is_there_for_the_next_person_too(office: Office) -> None:
    peggy, ahmed = office.person(PEGGY), office.person(AHMED)
    shell, _page = office.shell()
    shell.show_person(peggy)
    wait_for_plan(office, shell)
    before = [(deed.words, deed.keys) for deed in deeds(shell) if deed.menu == "This page"]
    assert ("Save", "Ctrl+Return or Ctrl+Enter") in before
    shell.show_caseload()
    shell.show_person(ahmed)
    wait_for_plan(office, shell)
    assert [(deed.words, deed.keys) for deed in deeds(shell) if deed.menu == "This page"] == before


def test_the_search_is_as_it_was_left(office: Office) -> None:
    peggy = office.person(PEGGY)
    office.person(AHMED)
    shell, page = office.shell()
    page.key("Ctrl+2")
    page.keys("smi")
    office.settle()
    shell.show_person(peggy)
    wait_for_plan(office, shell)
    shell.go_back()
    assert page.read("Find in the caseload by name, NHS number, postcode or date of birth") == "smi"


def test_the_title_of_the_window_never_names_anybody(office: Office) -> None:
    """Titles are seen in task lists, on projectors, and in reports of other programs."""
    peggy = office.person(PEGGY)
    shell, _page = office.shell()
    titles: list[str] = []
    shell.title_changed.connect(titles.append)
    shell.show_caseload()
    shell.show_person(peggy)
    plan = wait_for_plan(office, shell)
    plan.go_to("about_me")
    shell.show_printing(peggy, "")
    shell.show_add_person()
    shell.show_settings()
    assert len(titles) >= 5
    assert not any(word in title for title in titles for word in ("Smith", "SMITH", "Peggy", "Margaret", "999"))


# Who is this?


def test_a_similar_name_is_asked_about_above_the_open_plan(office: Office) -> None:
    peggy = office.person(PEGGY)
    office.person(MARY)
    shell, page = office.shell()
    shell.show_person(peggy)
    wait_for_plan(office, shell)
    office.settle()
    assert page.says("Please check who this is: SMITH, Margaret Rose (Mrs)")
    page.wait_until_says("not to be taken for SMYTH, Margaret (Mrs), born 20 February 1938")
    page.press("This is the right person")
    assert not page.has("This is the right person")
    assert shell.places.place == Place("person", peggy)


def test_the_wrong_person_is_left_at_once(office: Office) -> None:
    peggy = office.person(PEGGY)
    office.person(MARY)
    shell, page = office.shell()
    shell.show_person(peggy)
    wait_for_plan(office, shell)
    office.settle()
    page.press("Go back")
    assert shell.places.page_title == "Today"
    assert person_pages(shell) == [] or not shell.places.place.person_id


def test_a_name_of_its_own_is_not_asked_about(office: Office) -> None:
    peggy = office.person(PEGGY)
    office.person(AHMED)
    shell, page = office.shell()
    shell.show_person(peggy)
    wait_for_plan(office, shell)
    office.settle()
    assert not page.has("This is the right person")


def row(**values: str) -> PersonRow:
    known = dict.fromkeys(PersonRow.__slots__, "") | {"version": 1, "looks_alike": True, "cpr_conflict": False} | values
    return PersonRow(**known)  # type: ignore[arg-type]


SMITH = row(id="1", family_name="Smith", given_names="Margaret Rose", birth_date="1941-04-05", nhs_number="9990000018")


@pytest.mark.parametrize(
    ("other", "is_close"),
    [
        (row(family_name="Smith", given_names="Margaret", birth_date="1938-01-11"), True),
        (row(family_name="Smyth", given_names="Margret", birth_date="1938-01-11"), True),
        (row(family_name="Smith", given_names="Joan", birth_date="1941-04-05"), True),
        (row(family_name="Jones", given_names="Margaret", birth_date="1941-04-05"), True),
        (row(family_name="Okonkwo", given_names="Chidi", nhs_number="9990000018"), True),
        (row(family_name="Smith", given_names="Joan", birth_date="1950-01-01"), False),
        (row(family_name="Sneed", given_names="Maud", birth_date="1950-01-01"), False),
        (row(family_name="Jones", given_names="Margaret", birth_date="1941"), False),
    ],
)
def test_only_who_could_really_be_taken_for_another_is_asked_about(other: PersonRow, is_close: bool) -> None:
    """On a caseload of 2,000 most names sound like somebody's: a question at every plan would be clicked away."""
    assert confusable(SMITH, other) is is_close
    assert confusable(other, SMITH) is is_close


# What is said


def test_the_status_says_only_what_is_true(office: Office) -> None:
    shell, _page = office.shell()
    assert shell.status.words() == "Nothing is recorded on this computer yet. Not shared: sharing is not set up."
    peggy = office.person(PEGGY)
    office.clock.advance(minutes=3)
    office.write(peggy, "about_me", {"most_important": "My own bed."})
    assert shell.status.words() == "Kept on this computer 14:35. Not shared: sharing is not set up."
    office.clock.advance(minutes=1)
    office.desk.changed.emit(Changes(frozenset((peggy,)), drafts_only=True))
    assert shell.status.words().startswith("What you are writing is kept on this computer 14:36.")


def test_the_status_of_another_day_names_the_day(office: Office) -> None:
    office.person(PEGGY)
    office.clock.advance(days=1)
    shell, _page = office.shell()
    assert shell.status.words().startswith("Kept on this computer 12-Nov-2026 14:32.")


def test_who_is_working_is_always_said(office: Office) -> None:
    _shell, page = office.shell()
    assert page.says("Jo Okafor, district nurse")


def test_what_went_wrong_is_said_in_three_parts(office: Office) -> None:
    shell, page = office.shell()
    office.desk.told.emit(StoreFull("The disk is full.", "What was saved is safe.", "Please make some room."))
    assert page.says("The disk is full. What was saved is safe. Please make some room.")
    office.desk.told.emit("Saved to the plan.")
    assert shell.message.words() == "Saved to the plan."


def test_the_lock_is_announced_in_a_bar_that_needs_no_answer(office: Office) -> None:
    shell, page = office.shell()
    before = page.focused_name()
    shell.show_lock_warning(30)
    assert page.says("Locking in 30 seconds – press any key to go on.")
    assert page.focused_name() == before
    shell.hide_lock_warning()
    assert not page.says("Locking in")


@pytest.mark.parametrize("made_up", [True])
def test_made_up_people_are_marked_on_every_page(office: Office) -> None:
    shell, page = office.shell()
    for kind in ("today", "caseload", "settings", "add_person"):
        shell.places.go(Place(kind))
        assert page.says("MADE-UP PEOPLE")


def test_real_people_are_not_called_made_up(office: Office) -> None:
    _shell, page = office.shell()
    assert not page.says("MADE-UP")


# For everyone


@pytest.mark.parametrize(("colours", "percent", "size"), LOOKS)
@pytest.mark.parametrize("pane", ["find", "palette", "shortcuts", "help", "about", "licences", "check", "locking"])
def test_it_is_read_and_worked_without_eyes_or_pointer(
    office: Office,
    dress: Callable[[ThemeName, int], None],
    colours: ThemeName,
    percent: int,
    size: tuple[int, int],
    pane: str,
) -> None:
    dress(colours, percent)
    peggy = office.person(PEGGY)
    office.person(MARY)
    shell, page = office.shell(*size)
    if pane == "find":
        page.key("Ctrl+F")
        page.keys("margaret")
    elif pane == "check":
        shell.show_printing(peggy, "")
        shell.show_person(peggy)
        wait_for_plan(office, shell)
    elif pane == "locking":
        shell.show_lock_warning(30)
    else:
        getattr(shell.panes, f"show_{pane}")()
    office.settle()
    found = [fault for fault in walked(page) if not _behind(fault, pane)]
    assert found == []


def _behind(fault: str, pane: str) -> bool:
    """What lies under an open pane is not reached by Tab, on purpose: Tab stays in the pane."""
    return pane in ("find", "palette", "shortcuts", "help", "about", "licences") and fault.startswith(
        "Tab never comes to"
    )
