"""The page of the team meeting: prognosis while family are in the room, going back and forth, and no pointer needed."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.services import meetings, plans
from eolc_desktop.services.meetings import Agenda, Said, Task
from eolc_desktop.views.meeting.page import MeetingPage
from tests import accessibility
from tests.pages import Page
from tests.views.conftest import AHMED, LOOKS, PEGGY, Office, walked


@pytest.fixture
def people(office: Office) -> list[str]:
    peggy = office.person(PEGGY, plan_control={"rag": "red"})

    def measured() -> object:
        plan = plans.read_plan(office.session, peggy)
        return plans.save_entry(office.session, plan, "akps", "", {"on": "2026-11-01", "score": "30"})

    office.do(measured)
    return [peggy, office.person(AHMED)]


@pytest.fixture
def meeting(office: Office, people: list[str]) -> Page:
    page = office.show(MeetingPage(office.desk, people))
    page.type("Who is there (optional)", "Jo Okafor")
    page.press("Begin the meeting")
    office.settle()
    office.settle()
    return page


def plan_of(office: Office, person_id: str) -> Plan:
    return office.on_store(lambda: plans.read_plan(office.session, person_id))


def test_with_family_in_the_room_no_word_hints_at_how_long(meeting: Page, office: Office) -> None:
    assert meeting.says("AKPS: 30")
    assert meeting.read("Stage") == "Red – days"
    meeting.tick("Family are in the room: no words about prognosis")
    assert not meeting.says("AKPS")
    assert meeting.read("Stage") == "Red"
    assert not any(word in meeting.read("Stage") for word in ("days", "weeks", "months", "years"))


def test_going_back_keeps_what_was_typed_and_passing_by_records_nothing(
    meeting: Page, office: Office, people: list[str]
) -> None:
    meeting.type("What is decided (optional)", "A night sitter")
    meeting.key("Ctrl+Shift+G")
    office.settle()
    assert plan_of(office, people[0]).entries("team_reviews")[0].text("decided") == "A night sitter"
    meeting.key("Return")
    office.settle()
    assert meeting.says("KHAN, Ahmed (Mr)"), "the highlight stands on the first who waits"
    meeting.key("Ctrl+PgUp")
    office.settle()
    assert meeting.read("What is decided (optional)") == "A night sitter"
    assert not plan_of(office, people[1]).entries("team_reviews")
    meeting.key("Ctrl+Return")
    office.settle()
    assert len(plan_of(office, people[0]).entries("team_reviews")) == 1, "the same meeting, brought up to date"


def test_a_day_that_is_not_understood_is_asked_about_before_anything_is_lost(meeting: Page, office: Office) -> None:
    meeting.type("Task", "Ring the GP")
    meeting.type("By when", "soonish")
    meeting.key("Ctrl+Return")
    assert meeting.says("Please type a date, for example 14/12/2026.")
    assert meeting.read("Task") == "Ring the GP"


def test_the_big_screen_hides_who_it_is_until_names_are_wanted(
    meeting: Page, office: Office, dress: Callable[[ThemeName, int], None]
) -> None:
    meeting.press("Big screen")
    page = meeting.root
    assert isinstance(page, MeetingPage)
    screen = page.screen_shown
    assert screen is not None
    shown = " ".join(label.text() for label in screen.labels)
    assert "SMITH" not in shown
    assert "M R S" in shown
    sizes = []
    for width, height in ((1024, 560), (1920, 1080)):
        screen.resize(width, height)
        office.settle()
        sizes.append(screen.labels[-1].font().pointSizeF())
        assert all(label.height() >= label.heightForWidth(label.width()) for label in screen.labels), "nothing cut off"
    assert sizes[0] < sizes[1], "the letters grow with the screen"
    dress("bright", 100)
    office.settle()
    assert screen.labels[-1].font().pointSizeF() == sizes[1], "another theme does not take them away"
    meeting.tick("Show names there")
    assert any("SMITH" in label.text() for label in screen.labels)
    meeting.tick("Family are in the room: no words about prognosis")
    assert not any("AKPS" in label.text() for label in screen.labels)
    assert accessibility.faults(screen) == []
    page.leave()
    assert page.screen_shown is None


def test_a_meeting_that_goes_on_is_gone_on_with(office: Office, people: list[str]) -> None:
    begun = office.on_store(lambda: meetings.begin(office.session, people, "Jo Okafor"))
    assert isinstance(begun, Agenda)
    said = Said("amber", "", "Stay at home", (Task("Order a bed", "Ali Reid", "2026-12-01"),))
    office.do(lambda: meetings.record(office.session, begun.meeting.id, people[0], said))
    page = office.show(MeetingPage(office.desk))
    office.settle()
    assert page.says("1 person is left.")
    plan = plan_of(office, people[0])
    assert plan.text("plan_control", "last_mdt") == begun.meeting.held_on
    assert [entry.text("from_where") for entry in plan.entries("tasks")] == ["meeting"]


@pytest.mark.parametrize(("colours", "percent", "size"), LOOKS)
def test_every_part_is_worked_without_eyes_or_pointer(
    office: Office,
    people: list[str],
    dress: Callable[[ThemeName, int], None],
    colours: ThemeName,
    percent: int,
    size: tuple[int, int],
) -> None:
    dress(colours, percent)
    page = office.show(MeetingPage(office.desk, people), *size)
    assert walked(page) == []
    page.press("Begin the meeting")
    office.settle()
    office.settle()
    page.type("Task", "Ring the GP")
    page.key("Return")
    assert walked(page) == []
    page.key("Ctrl+Shift+G")
    office.settle()
    assert walked(page) == []
