"""Paper copies on the screen, worked by keys: a code checked, pages to replace listed, what became of each recorded."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.record import journal
from eolc_desktop.services import paper_copies, printing
from eolc_desktop.services.paper_copies import Holder
from eolc_desktop.services.session import Changes
from eolc_desktop.views.paper.page import PaperPage
from eolc_desktop.views.paper.register import RegisterPage
from eolc_desktop.views.person.page import PersonPage
from eolc_desktop.views.places import Place
from eolc_desktop.views.today import TodayPage
from tests.pages import Page
from tests.views.conftest import AHMED, LOOKS, PEGGY, Office, walked

CODE = "Check code at the foot of the page"


def with_daughter(office: Office) -> str:
    person_id = office.person(PEGGY)

    def add() -> None:
        with office.session.store.writing() as connection:
            edits = [
                Edit("contacts", "anna", "name", "Anna Smith"),
                Edit("contacts", "carl", "name", "Carl Smith"),
                Edit("contacts", "carl", "involvement", "must_not_be_told"),
                Edit("who_to_call", "night", "first_call_phone", "01943 496 0199"),
            ]
            journal.append(connection, office.session.pen(), person_id, edits)

    office.do(add)
    return person_id


def print_one(office: Office, person_id: str, kept_where: str = "") -> str:
    """Print a family plan and return its check code."""

    def make() -> str:
        prepared = printing.prepare(office.session, person_id, "family-plan")
        entry = printing.note_made(office.session, prepared, "printed").entry
        if kept_where:
            paper_copies.hand_over(office.session, person_id, entry, Holder("anna", "", kept_where))
        return prepared.order.identity.check_code

    return office.on_store(make)


def change_numbers(office: Office, person_id: str) -> None:
    def change() -> None:
        with office.session.store.writing() as connection:
            _value, base = journal.current_value(connection, person_id, "who_to_call", "night", "first_call_phone")
            edit = Edit("who_to_call", "night", "first_call_phone", "01943 496 0150", base=base)
            journal.append(connection, office.session.pen(), person_id, [edit])

    office.do(change)


def spoken(code: str) -> str:
    return f"{code[:3]} {code[3:]}"


def open_register(office: Office, person_id: str, width: int = 1366, height: int = 706) -> Page:
    register = RegisterPage(office.desk, person_id)
    page = office.show(register, width, height)
    register.focus_first()
    return page


# Is this page still right?


def test_a_scanner_that_types_is_answered_at_once_and_the_next_page_can_be_scanned(office: Office) -> None:
    person_id = with_daughter(office)
    old = print_one(office, person_id, "Yellow folder")
    change_numbers(office, person_id)
    new = print_one(office, person_id)
    shown = PaperPage(office.desk)
    page = office.show(shown)
    shown.focus_first()
    assert page.focused_name() == CODE
    page.keys(f"EOLC:{old}\n")
    page.wait_until_says("Superseded: something on it that matters for safety has changed since.")
    assert page.says("SMITH, Margaret Rose (Mrs) · Born 05-Apr-1941")
    assert page.says("Anna Smith; kept: Yellow folder")
    assert page.says("Changed since: Who to call")
    assert page.says("not exchanged with a shared record")
    page.keys(f"EOLC:{new}\n")
    page.wait_until_says("Current, as far as this laptop knows.")
    page.keys("ZZZZZZ\n")
    page.wait_until_says("Unknown to this laptop, so it counts as old.")
    assert not page.has("Open the plan")
    page.keys("nothing\n")
    page.wait_until_says("This is not a check code.")


def test_the_answer_leads_to_the_plan_and_to_all_pages_of_the_person(office: Office) -> None:
    person_id = with_daughter(office)
    code = print_one(office, person_id)
    page = office.show(PaperPage(office.desk, code))
    page.wait_until_has("Open the plan")
    with office.qtbot.waitSignal(office.desk.person_wanted) as wanted:
        page.press("Open the plan")
    assert wanted.args == [person_id]
    with office.qtbot.waitSignal(office.desk.place_wanted) as wanted:
        page.press("All pages of this person")
    assert wanted.args == [Place("paper_register", person_id)]


def test_a_code_typed_into_find_is_looked_up(office: Office) -> None:
    code = print_one(office, with_daughter(office))
    shell, page = office.shell()
    page.key("Ctrl+F")
    page.keys(f"EOLC:{code}\n")
    office.qtbot.waitUntil(lambda: shell.places.place == Place("paper", document=code), timeout=5000)
    page.wait_until_says("Current, as far as this laptop knows.")


def test_a_name_of_six_letters_is_a_name(office: Office) -> None:
    office.person(PEGGY | {"family_name": "Bakers"})
    shell, page = office.shell()
    page.key("Ctrl+F")
    page.keys("Bakers")
    office.settle()
    page.key(Qt.Key.Key_Return)
    assert shell.places.place.kind == "person"


# Pages to replace


def test_pages_to_replace_are_listed_with_whom_and_where(office: Office) -> None:
    person_id = with_daughter(office)
    office.person(AHMED)
    code = print_one(office, person_id, "Yellow folder")
    page = office.show(PaperPage(office.desk))
    page.wait_until_says("No page that is about says anything that has changed")
    change_numbers(office, person_id)
    office.desk.changed.emit(Changes(frozenset((person_id,))))
    page.wait_until_says("1 page of 1 person")
    assert page.says(spoken(code))
    assert page.says("Anna Smith; kept: Yellow folder")
    name = "SMITH, Margaret Rose (Mrs)"
    with office.qtbot.waitSignal(office.desk.print_wanted) as wanted:
        page.press(f"Print a new copy for {name}", f"Pages of {name}")
    assert wanted.args == [person_id, ""]
    with office.qtbot.waitSignal(office.desk.place_wanted):
        page.press(f"What became of the pages of {name}", f"Pages of {name}")


def test_a_long_list_is_shown_in_parts(office: Office) -> None:
    def fill() -> None:
        with office.session.store.writing() as connection:
            for number in range(30):
                edits = [Edit("person", MAIN, "family_name", f"Person {number:02d}")]
                page = {"name": "My plan", "code": f"AAAA{number:02d}", "says": "cpr 0123456789ab"}
                edits += [Edit("paper_copies", "p", key, value) for key, value in page.items()]
                person_id = journal.add_person(connection, office.session.pen())
                journal.append(connection, office.session.pen(), person_id, edits)

    office.do(fill)
    page = office.show(PaperPage(office.desk))
    page.wait_until_says("30 pages of 30 people")
    assert not page.says("PERSON 29")
    page.press("Show 5 more people")
    page.wait_until_says("PERSON 29")


def test_today_says_that_pages_are_to_be_replaced_and_leads_there(office: Office) -> None:
    person_id = with_daughter(office)
    print_one(office, person_id)
    today = TodayPage(office.desk)
    page = office.show(today)
    assert not page.has("Show the pages to replace")
    change_numbers(office, person_id)
    today.refresh()
    page.wait_until_says("1 paper copy says something that has changed since")
    with office.qtbot.waitSignal(office.desk.place_wanted) as wanted:
        page.press("Show the pages to replace")
    assert wanted.args == [Place("paper")]


def test_the_person_at_a_glance_says_so_too_and_leads_to_their_pages(office: Office) -> None:
    person_id = with_daughter(office)
    print_one(office, person_id, "Yellow folder")
    change_numbers(office, person_id)
    shell, page = office.shell()
    shell.show_person(person_id)
    page.wait_until_has("Paper copies to replace")
    assert page.says("Yellow folder")
    page.press("Paper copies to replace")
    assert shell.places.place == Place("paper_register", person_id)
    page.wait_until_says("To be replaced.")
    page.key("Alt+Left")
    assert shell.places.place.kind == "person"


def test_going_through_the_sections_does_not_lead_out_of_the_plan(office: Office) -> None:
    person_id = office.person()
    shell, _page = office.shell()
    shell.show_person(person_id)
    person = shell.places.page
    assert isinstance(person, PersonPage)
    office.qtbot.waitUntil(lambda: person.plan is not None)
    seen = []
    for _ in range(120):
        seen.append(person.places.place)
        person._step(1)
    assert shell.places.page is person
    assert "death" in seen


# The register


def test_who_has_a_page_and_what_became_of_it_is_recorded(office: Office) -> None:
    person_id = with_daughter(office)
    first, second = print_one(office, person_id), print_one(office, person_id)
    page = open_register(office, person_id)
    page.wait_until_says("2 pages are in use")
    group = f"My plan for care, check code {spoken(first)}"
    page.press("Who has it, and where", group)
    assert not page.says("Carl Smith"), "who must not be told is not offered"
    page.choose("Who has this copy?", "Anna Smith")
    page.type("Where is it kept? (optional)", "In the yellow folder")
    page.press("Keep this")
    page.wait_until_says("Anna Smith; kept: In the yellow folder")
    page.press("Destroyed", group)
    page.wait_until_says("1 page is in use")
    page.press("Show 1 page no longer in use")
    page.wait_until_says("Destroyed (")
    page.press("Still in use after all", group)
    page.wait_until_says("2 pages are in use")
    register = office.on_store(lambda: paper_copies.register_of(office.session, person_id))
    assert {copy.code: copy.state for copy in register.copies} == {first: "in_use", second: ""}


def test_nobody_is_made_to_answer(office: Office) -> None:
    person_id = with_daughter(office)
    print_one(office, person_id)
    page = open_register(office, person_id)
    page.wait_until_has("Who has it, and where")
    page.press("Who has it, and where")
    page.press("Not now")
    assert page.has("Who has it, and where")
    assert page.says("Nobody has said who has it")


def test_somebody_else_is_named_in_words(office: Office) -> None:
    person_id = with_daughter(office)
    print_one(office, person_id)
    page = open_register(office, person_id)
    page.wait_until_has("Who has it, and where")
    page.press("Who has it, and where")
    page.choose("Who has this copy?", "Somebody else, or a team")
    page.type("Who, in words", "Ambulance crew")
    page.press("Keep this")
    page.wait_until_says("Ambulance crew")


def test_a_person_without_pages_is_said_to_have_none(office: Office) -> None:
    page = office.show(RegisterPage(office.desk, office.person()))
    page.wait_until_says("No page of this plan has been printed")


# For everybody


@pytest.mark.parametrize(("look", "percent", "size"), LOOKS)
def test_everything_can_be_heard_reached_and_read(
    office: Office, dress: Callable[[ThemeName, int], None], look: ThemeName, percent: int, size: tuple[int, int]
) -> None:
    dress(look, percent)
    person_id = with_daughter(office)
    code = print_one(office, person_id, "In the yellow folder by the front door, behind the coats")
    print_one(office, person_id)
    change_numbers(office, person_id)
    shown = PaperPage(office.desk, code)
    page = office.show(shown, *size)
    page.wait_until_says("Superseded")
    page.wait_until_says("2 pages of 1 person")
    shown.focus_first()
    assert walked(page) == []
    page = open_register(office, person_id, *size)
    page.wait_until_says("To be replaced.")
    assert walked(page) == []
    page.press("Who has it, and where", f"My plan for care, check code {spoken(code)}")
    assert walked(page) == []
