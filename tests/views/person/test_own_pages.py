"""The pages of a plan that are no forms: history, versions compared, and what is worth a second look."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.services import plans
from eolc_desktop.views.person.rail import COMPARE, FINDINGS
from tests import accessibility
from tests.views.person.conftest import Ward, go, page_of


def test_any_two_versions_are_compared_by_keyboard_and_lead_to_the_place(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person(about_me={"most_important": "My own bed"})

    def change() -> bool:
        seen = plans.read_plan(ward.session, who)
        now = plans.save_entry(ward.session, seen, "about_me", MAIN, {"most_important": "The garden"}).plan
        plans.save_entry(ward.session, now, "plan_control", MAIN, {"agreed": "yes", "agreed_with": "Peggy"})
        return True

    ward.on_store(change)
    page = ward.open(who)
    go(page, "history", qtbot)
    page.wait_until_says("3 saves.")
    assert page.says("Agreed: ")
    page.press("Compare two versions")
    page.wait_until_says("2 things differ between version 2 and version 3.")
    assert page.says("with Peggy")
    assert page.says("Version 2: Nothing was recorded about agreement while this version stood.")
    page.reach("From version")
    page.key("End")
    page.wait_until_says("between version 1 and version 3.")
    page.wait_until_says("What matters most now: changed from “My own bed” to “The garden”")
    assert accessibility.faults(page.root) == []
    assert accessibility.unreached(page.root) == []
    page.press("Open: What matters to them")
    qtbot.waitUntil(lambda: page_of(page).places.place == "about_me")


def test_what_does_not_fit_is_shown_with_its_sources_who_can_say_and_a_way_to_each_place(
    ward: Ward, qtbot: QtBot
) -> None:
    who = ward.person(
        cpr={"decision": "not_for", "decided_by_name": "Dr A Khan", "decided_by_role": "consultant"},
        respect={"exists": "yes", "cpr_recommendation": "attempts_recommended"},
    )
    page = ward.open(who)
    page.wait_until_has("Worth a second look")
    page.press("Worth a second look")
    qtbot.waitUntil(lambda: page_of(page).places.place == FINDINGS)
    page.wait_until_says("Two different CPR decisions are recorded: read both.")
    assert page.says("recorded 03-Nov-2026")
    assert page.says("Who can say: Dr A Khan, consultant.")
    assert accessibility.faults(page.root) == []
    assert accessibility.unreached(page.root) == []
    ways = [n.name for n in accessibility.tree(page.root) if n.name.startswith("Go to: CPR recommendation")]
    page.press(ways[0])
    qtbot.waitUntil(lambda: page_of(page).places.place == "cpr")


def test_a_plan_that_fits_says_so_calmly(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person(
        death={"died_on": "2026-11-01", "place": "home", "preferred_achieved": "yes"}, plan_control={"status": "closed"}
    )
    ward.desk.session = replace(ward.desk.session, made_up=True)
    page = ward.open(who)
    go(page, FINDINGS, qtbot)
    ward.on_store(lambda: True)
    page.wait_until_says("as far as the program can see.")
    assert accessibility.faults(page.root) == []


def test_versions_of_a_new_plan_are_one_and_the_same(ward: Ward, qtbot: QtBot) -> None:
    page = ward.open(ward.person())
    go(page, COMPARE, qtbot)
    page.wait_until_says("This is one and the same version.")
    page.press("Back to History")
    qtbot.waitUntil(lambda: page_of(page).places.place == "history")


@pytest.mark.parametrize("place", [COMPARE, FINDINGS, "who_to_call", "conversations", "closure", "anticipatory"])
def test_nothing_is_cut_off_in_large_text_on_a_small_screen(
    ward: Ward, qtbot: QtBot, dress: Callable[[ThemeName, int], None], place: str
) -> None:
    dress("bright", 200)
    who = ward.person(
        cpr={"decision": "not_for", "decided_by_name": "Dr A Khan"},
        respect={"exists": "yes", "cpr_recommendation": "attempts_recommended"},
        who_to_call__one={"situation": "Pain", "first_call_name": "Hospice line", "first_call_phone": "0113 496 0199"},
        anticipatory={"state": "box_issued", "where_kept": "Top of the wardrobe"},
        conversations__one={"on": "2026-11-05", "discussed": "The garden"},
        death={"died_on": "2026-11-10"} if place == "closure" else {},
    )
    page = ward.open(who, 1024, 600)
    go(page, place, qtbot)
    for _ in range(2):
        ward.on_store(lambda: True)
    qtbot.waitUntil(lambda: accessibility.cut_off(page.root) == [], timeout=3000)
