"""What an item's age, its history and its end look like on the screen, by keyboard."""

from __future__ import annotations

from datetime import timedelta

from pytestqt.qtbot import QtBot

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.services import plans
from tests import accessibility
from tests.views.person.conftest import Ward, go, page_of


def test_an_item_past_its_age_asks_and_one_key_confirms_the_whole_section(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person(places={"preferred_death": "home", "preferred_care": "home"})
    ward.clock.advance(days=100)
    page = ward.open(who)
    go(page, "places", qtbot)
    page.wait_until_says("Last heard 109 days ago. Is it still so?")
    version = ward.plan(who).version
    page.press("Everything here is still so: Preferred place of care and death")
    page.wait_until_says("Confirmed as still so")
    assert not page.says("Is it still so?")
    assert ward.plan(who).version == version, "confirming is not an edit"


def test_a_standing_cpr_decision_shows_its_dates_and_no_doubt(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person(cpr={"decision": "not_for"})
    ward.clock.advance(days=400)
    page = ward.open(who)
    go(page, "cpr", qtbot)
    page.wait_until_says("Last confirmed 03-Nov-2026; no review date set.")
    assert not page.says("Is it still so?")


def test_an_item_entered_in_error_is_taken_back_with_a_reason_and_stays_in_its_history(
    ward: Ward, qtbot: QtBot
) -> None:
    who = ward.person(cpr={"decision": "not_for", "form_location": "Hall table"})
    page = ward.open(who)
    go(page, "cpr", qtbot)
    called = "Where the original form is in the house"
    page.press(f"History of {called}")
    page.wait_until_has(f"Entered in error: {called}")
    assert accessibility.faults(page.root) == []
    page.press(f"Entered in error: {called}")
    page.keys("Read from the wrong page")
    page.press(f"Mark as entered in error: {called}")
    page.wait_until_says("Marked as “entered in error” on this laptop")
    assert ward.plan(who).value("cpr", "form_location") is None
    history = ward.on_store(lambda: plans.history_of(ward.session, who, "cpr", MAIN, "form_location"))
    assert [line.value for line in history] == ["Hall table", None]
    assert history[-1].reason == "Entered in error: Read from the wrong page"
    page.press(f"History of {called}")
    page.wait_until_says("taken away; it said: Hall table")
    assert page_of(page).plan is not None
    assert history[-1].recorded_at - history[0].recorded_at == timedelta(days=9)
