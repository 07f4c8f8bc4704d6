"""The told stories: Barbara and John, Tony and Joan, and Peggy, each as they were meant."""

from __future__ import annotations

import pytest

from eolc_desktop.care_plan.check import check_entry
from eolc_desktop.care_plan.nhs_number import is_valid
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.under_18 import SECTION as CHILDREN
from eolc_desktop.services import plans as plan_services
from eolc_desktop.services.invented.filling import fill
from eolc_desktop.services.invented.stories import BARBARA, PEGGY, TONY, tell_stories
from eolc_desktop.services.session import Session
from tests.services.invented_people import PRINTED, SEED, read_all, session, values

__all__ = ["session"]


@pytest.fixture
def stories(session: Session) -> dict[str, Plan]:
    tell_stories(session)
    return {plan.person_id: plan for plan in read_all(session)}


def test_barbara_had_no_plan_and_died_in_hospital(stories: dict[str, Plan], session: Session) -> None:
    plan = stories[BARBARA]
    assert "own bed" in plan.text("about_me", "most_important")
    assert plan.value("cpr", "decision") is None
    assert plan.value("places", "preferred_death") is None
    assert not plan.entries("who_to_call")
    (stay,) = plan.entries("admissions")
    assert stay.value("plan_seen") == "not_seen"
    assert plan.value("death", "place") == "hospital"
    assert plan.value("death", "preferred_achieved") == "no"
    assert "John had waited for a taxi" in plan.text("death", "reason_words")
    assert plan.value("commitments", "verdict", "6") == "no"


def test_joans_strain_rose_until_it_was_a_hospital_death(stories: dict[str, Plan], session: Session) -> None:
    plan = stories[TONY]
    strains = [line.value for line in plan_services.history_of(session, TONY, "carer", field="strain")]
    assert strains == [3, 6, 9]
    (stay,) = plan.entries("admissions")
    assert "111" in stay.text("reason")
    assert "999" in stay.text("reason")
    assert plan.value("death", "place") == "hospital"
    assert plan.value("places", "preferred_death") == "home"
    assert plan.value("death", "reason_not") == ["carer_could_not_cope", "no_package", "plan_not_seen"]


def test_what_came_after_is_written_down(stories: dict[str, Plan], session: Session) -> None:
    for person_id, kept in ((BARBARA, ["no", "no"]), (TONY, ["no", "yes"])):
        plan = stories[person_id]
        assert [entry.value("kept") for entry in plan.entries("looking_back")] == kept
        assert plan.entries("closure")
        (grieving,) = plan.entries("bereavement")
        assert grieving.value("contact") == plan.entries("contacts")[0].id
    assert stories[TONY].value("fast_track", "received_at") is None
    assert [entry.value("score") for entry in stories[TONY].entries("akps")] == ["60", "50", "30"]
    times = [
        stories[PEGGY].text("fast_track", f"{key}_at") for key in ("signed", "sent", "received", "decided", "started")
    ]
    assert times == sorted(times)


def test_peggy_has_a_whole_good_plan(stories: dict[str, Plan], session: Session) -> None:
    plan = stories[PEGGY]
    assert plan.text("person", "nhs_number") == "9990000018"
    assert plan.banner_name == "SMITH, Margaret Rose (Mrs)"
    assert plan.called == "Peggy"
    assert plan.text("person", "birth_date") == "1941-04-05"
    assert not plan.value("death", "died_on")
    filled_sections = {section.key for section, *_rest in plan.recorded()}
    not_hers = {"death", "admissions", "kept_back", "capacity", "household", "devices", "alerts"}
    not_hers |= {"other_addresses", "other_ways", "dying", "last_days", "speak_up", "disagreements"}
    not_hers |= {"looking_back", "certification", "closure", "bereavement", PRINTED, CHILDREN}
    assert filled_sections == {section.key for section in plan.catalogue} - not_hers
    assert plan.words("cpr", "decided_at") == "12-Oct-2026"
    assert "must_not_be_told" in values(plan, "contacts", "involvement")
    cpr = plan.item("cpr", "decision")
    assert cpr is not None
    assert cpr.confirmed_at is not None
    assert cpr.recorded_by.name == "Dr A Khan"
    assert len(plan_services.history_of(session, PEGGY, "about_me", field="most_important")) == 2
    assert len(plan.entries("compact")) == 2


def test_the_stories_are_sound_and_told_in_the_past(stories: dict[str, Plan], session: Session) -> None:
    for plan in stories.values():
        for section in plan.catalogue:
            for entry in plan.entries(section.key):
                problems = check_entry(section, entry.values, plan.today)
                assert not [p.says for p in problems if p.severity != "missing"], section.key
        assert is_valid(plan.text("person", "nhs_number"))
        history = plan_services.history_of(session, plan.person_id)
        assert len({line.save_id for line in history}) >= 5
        moments = [line.recorded_at for line in history]
        assert moments == sorted(moments)
        assert moments[-1] <= session.clock()
        assert (moments[-1] - moments[0]).days > 40


def test_the_stories_stand_beside_a_caseload(session: Session) -> None:
    tell_stories(session)
    fill(session, 30, SEED)
    numbers = [plan.text("person", "nhs_number") for plan in read_all(session)]
    assert len({n for n in numbers if n}) == len([n for n in numbers if n])
