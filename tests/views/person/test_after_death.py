"""The last days and the page after a death, by keyboard: steps, wishes with their reasons, and who is grieving."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.views.person.rail import AFTER_DEATH, LAST_DAYS
from tests import accessibility
from tests.views.conftest import LOOKS, walked
from tests.views.person.conftest import Ward, page_of

DIED = {"died_on": "2026-11-11", "died_time": "03:20", "place": "hospital", "verified_by": "Dr Bell"}
WISHED = {"preferred_death": "home"}
KEPT_AT = {"state": "box_issued", "where_kept": "the dresser"}


def test_before_a_death_the_page_says_what_recording_one_does(ward: Ward) -> None:
    page = ward.open(ward.person())
    page_of(page).go_to(AFTER_DEATH)
    assert page.says("No death is recorded.")
    page.press("Record a death")
    assert page_of(page).places.place == "death"


def test_steps_are_put_on_the_list_and_marked_with_the_day_and_the_name(ward: Ward) -> None:
    person = ward.person(death=DIED, anticipatory=KEPT_AT, key_people={"key_worker_name": "Ali Reid"})
    page = ward.open(person)
    page_of(page).go_to(AFTER_DEATH)
    assert page.says("Died 11-Nov-2026 at 03:20. Where: Hospital.")
    assert page.says("Kept: the dresser")
    page.press("Put the 7 usual steps on the list")
    page.wait_until_says("7 to do of 7 on the list.")
    assert all(e.text("owner") == "Ali Reid" for e in ward.plan(person).entries("closure"))
    page.press("Done: Just-in-case medicines removed or destroyed")
    page.wait_until_says("6 to do of 7 on the list.")
    page.press("Not needed: Ambulance service told")
    page.wait_until_says("5 to do of 7 on the list.")
    by_what = {e.text("what"): e for e in ward.plan(person).entries("closure")}
    assert by_what["medicines"].text("done_on") == "2026-11-12"
    assert by_what["medicines"].text("done_by") == ward.session.user.name
    assert by_what["ambulance_told"].text("state") == "not_needed"
    page.press("Done: Record closed")
    page.wait_until_says("4 to do of 7 on the list.")
    assert ward.plan(person).text("plan_control", "status") == "closed"


def test_a_wish_that_was_not_kept_asks_why_at_once(ward: Ward) -> None:
    person = ward.person(death=DIED, places=WISHED, about_me={"most_important": "The dog."})
    page = ward.open(person)
    page_of(page).go_to(AFTER_DEATH)
    assert page.says("The two places recorded are not the same.")
    page.press("Yes: What mattered most to them")
    page.wait_until_has("Details: What mattered most to them")
    page.press("No: Where they wanted to die")
    ward.qtbot.waitUntil(lambda: page_of(page).places.place == "looking_back")
    page.wait_until_has("No bed was free", milliseconds=5000)
    plan = ward.plan(person)
    kept = {entry.text("wish"): entry.text("kept") for entry in plan.entries("looking_back")}
    assert kept == {"what_mattered": "yes", "place_of_death": "no"}
    assert plan.text("death", "preferred_achieved") == "no"


def test_the_five_priorities_lead_to_what_is_missing(ward: Ward) -> None:
    page = ward.open(ward.person(dying={"recognised_on": "2026-11-10"}))
    page_of(page).go_to(LAST_DAYS)
    assert page.says("Recognised on: 10-Nov-2026")
    assert page.says("Nothing is recorded yet: Who takes part in decisions, and how far.")
    page.press("Involve: open Care in the last days")
    assert page_of(page).places.place == "last_days"


@pytest.mark.parametrize(("colours", "percent", "size"), LOOKS[::3])
@pytest.mark.parametrize("place", [LAST_DAYS, AFTER_DEATH])
def test_both_pages_are_reached_read_and_never_cut_off(
    ward: Ward,
    dress: Callable[[ThemeName, int], None],
    place: str,
    colours: ThemeName,
    percent: int,
    size: tuple[int, int],
) -> None:
    dress(colours, percent)
    person = ward.person(
        death=DIED,
        places=WISHED,
        anticipatory=KEPT_AT,
        closure__one={"what": "equipment", "state": "done", "done_on": "2026-11-12", "done_by": "Jo"},
        looking_back__one={"wish": "spiritual", "kept": "partly", "reasons": ["no_bed"], "learning": "Ask sooner."},
        bereavement__one={"name": "John", "state": "planned", "follow_up_on": "2026-12-01"},
    )
    page = ward.open(person, *size)
    page_of(page).go_to(place)
    ward.on_store(lambda: True)
    assert walked(page) == []
    assert accessibility.small_targets(page_of(page).places.shown_page) == []
