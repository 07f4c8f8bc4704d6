"""For one person: promises over time, and services near here put into their plan."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.documents.making import make
from eolc_desktop.documents.raster import text_of
from eolc_desktop.services import our_service, printing, tasks
from eolc_desktop.views.person.rail import PROMISES, SERVICES
from tests.views.conftest import LOOKS, walked
from tests.views.person.conftest import Ward, page_of

SITTERS = {"name": "Night sitters", "what": "Somebody sits.", "phone": "0113 496 0177", "refer": "Ring by four."}


def test_the_two_sides_stand_together_and_over_time(ward: Ward) -> None:
    person = ward.person(
        commitments__1={"state": "partly", "verdict": "no", "verdict_words": "Nobody asked."},
        compact__a={"asked_on": "2026-10-01", "q1": "no"},
        compact__b={"asked_on": "2026-11-01", "q1": "yes"},
    )
    base = ward.plan(person).item("commitments", "state", "1")
    assert base is not None
    ward.write(person, [Edit("commitments", "1", "state", "met", base=base.change_id)])
    page = ward.open(person)
    page_of(page).go_to(PROMISES)
    page.wait_until_says("The team: Met")
    assert page.says("“Nobody asked.”")
    assert page.says("The team over time: ")
    page.press("Ask the seven questions")
    assert page_of(page).places.place == "compact"


def test_a_service_is_put_into_the_plan_as_whom_to_call(ward: Ward) -> None:
    ward.on_store(lambda: our_service.save(ward.session, "services", "s1", SITTERS))
    person = ward.person()
    page = ward.open(person)
    page_of(page).go_to(SERVICES)
    page.wait_until_says("1 of 1.")
    assert page.says("How to refer: Ring by four.")
    for button in ("Among whom to call", "On the care team", "As a task: refer"):
        page.press(f"Put in the plan: {button}")
        ward.on_store(lambda: True)
    page.wait_until_says("Put in the plan, under ")
    ward.qtbot.waitUntil(lambda: bool(ward.plan(person).entries("tasks")), timeout=5000)
    plan = ward.plan(person)
    (call,) = plan.entries("who_to_call")
    assert (call.text("first_call_name"), call.text("first_call_phone")) == ("Night sitters", "0113 496 0177")
    assert plan.entries("care_team")[0].text("phone_day") == "0113 496 0177"
    assert plan.entries("tasks")[0].text("what") == "Refer to Night sitters"
    listed = ward.on_store(lambda: tasks.tasks(ward.session))
    assert [one.to_do.what for one in listed.tasks] == ["Refer to Night sitters"]
    prepared = ward.on_store(lambda: printing.prepare(ward.session, person, "family-plan"))
    paper = " ".join(" ".join(text_of(make(prepared.order))).split())
    assert paper.count("Night sitters") >= 2, "on the family’s plan: among whom to call, and on the team"
    assert "0113 496 0177" in paper


@pytest.mark.parametrize("place", [PROMISES, SERVICES])
def test_both_are_reached_read_and_never_cut_off(
    ward: Ward, dress: Callable[[ThemeName, int], None], place: str
) -> None:
    dress(*LOOKS[3][:2])
    ward.on_store(lambda: our_service.save(ward.session, "services", "s1", SITTERS))
    page = ward.open(ward.person(compact__a={"asked_on": "2026-10-01", "q1": "no"}), *LOOKS[3][2])
    page_of(page).go_to(place)
    ward.on_store(lambda: True)
    ward.on_store(lambda: True)
    assert walked(page) == []
