"""What follows a death is read from the plan: usual steps, wishes, the five priorities; and nothing is decided."""

from __future__ import annotations

import pytest

from eolc_desktop.care_plan.after_death import (
    PRIORITIES,
    closing_steps,
    is_closed,
    missing_for,
    preference_achieved,
    same_place,
    spoken_of,
    wishes,
)
from eolc_desktop.care_plan.value_sets import value_set
from tests.care_plan.made import made_plan

DIED = {"died_on": "2026-11-10", "place": "hospital"}


def test_everybody_has_the_same_few_steps_and_the_plan_adds_others() -> None:
    usual = {step.key for step in closing_steps(made_plan({"death": DIED})) if step.is_usual}
    assert usual == {
        "gp_told", "out_of_hours_told", "ambulance_told", "appointments", "family_contacted", "record_closed"
    }  # fmt: skip
    plan = made_plan(
        {
            "death": DIED,
            "anticipatory": {"state": "box_issued", "where_kept": "the dresser", "syringe_driver": True},
            "equipment": [{"what": "bed", "state": "in_place"}],
            "consent": {"share_with": ["hospice", "pharmacy"]},
            "home_access": {"key_safe": True},
        }
    )
    steps = {step.key: step for step in closing_steps(plan)}
    more = {key for key, step in steps.items() if step.is_usual} - usual
    assert more == {"medicines", "syringe_driver", "equipment", "hospice_told", "pharmacy_told", "key_safe"}
    assert steps["medicines"].why == "Kept: the dresser"
    assert "bed" in steps["equipment"].why.lower()


def test_every_step_of_the_list_is_offered_once_and_what_was_added_comes_last() -> None:
    plan = made_plan({"death": DIED, "closure": [{"what": "other", "words": "Ring the choir"}, {"what": "gp_told"}]})
    keys = [step.key for step in closing_steps(plan)]
    assert keys == [option.key for option in value_set("closure_step") if option.key != "other"] + ["other"]
    assert closing_steps(plan)[-1].words == "Ring the choir"


def test_a_record_is_closed_when_the_list_says_so_and_nothing_is_left() -> None:
    closed = {"what": "record_closed", "state": "done"}
    assert not is_closed(made_plan({"death": DIED}))
    assert not is_closed(made_plan({"closure": [closed, {"what": "medicines", "state": "to_do"}]}))
    assert not is_closed(made_plan({"closure": [{"what": "medicines", "state": "done"}]}))
    assert is_closed(made_plan({"closure": [closed, {"what": "medicines", "state": "not_needed"}]}))


def test_wishes_are_those_the_plan_records_each_with_what_was_said_afterwards() -> None:
    plan = made_plan(
        {
            "death": DIED,
            "places": {"preferred_death": "home"},
            "about_me": {"most_important": "The dog on the bed."},
            "cpr": {"decision": "no_decision"},
            "contacts": [{"name": "Ivy", "involvement": "must_not_be_told"}],
            "looking_back": [{"wish": "place_of_death", "kept": "no"}, {"wish": "other", "wish_words": "Jazz"}],
        }
    )
    found = {wish.key: wish for wish in wishes(plan)}
    assert list(found) == ["place_of_death", "not_told", "what_mattered", "other"]
    assert found["place_of_death"].wished == "Own home"
    assert found["place_of_death"].kept == "no"
    assert found["not_told"].wished == "Ivy"
    assert found["what_mattered"].wished == "The dog on the bed."
    assert found["what_mattered"].kept == ""


@pytest.mark.parametrize(
    ("preferred", "actual", "same"),
    [
        ("home", "home", True),
        ("home", "hospital", False),
        ("undecided", "hospital", None),
        ("", "hospital", None),
        ("hospice", "", None),
    ],
)
def test_two_places_are_compared_only_where_there_are_two(preferred: str, actual: str, same: bool | None) -> None:
    assert same_place(preferred, actual) is same
    said = {True: "yes", False: "no", None: "no_preference" if actual else ""}[same]
    assert (
        preference_achieved(made_plan({"places": {"preferred_death": preferred}, "death": {"place": actual}})) == said
    )


def test_where_they_usually_lived_is_one_place_whatever_it_is_called() -> None:
    plan = made_plan(
        {
            "places": {"preferred_death": "home", "is_usual_residence": True},
            "death": {"place": "nursing_home", "usual_residence": True},
        }
    )
    assert preference_achieved(plan) == "yes"


def test_each_priority_says_what_is_recorded_and_what_is_not() -> None:
    plan = made_plan({"dying": {"recognised_on": "2026-11-09"}, "last_days": {"food_and_drink": "Sips."}})
    first, *_between, last = PRIORITIES
    assert spoken_of(plan, first) == (("Recognised on", "09-Nov-2026"),)
    assert missing_for(plan, first) == ("By whom", "What was looked for that might be put right")
    assert ("Food and drink", "Sips.") in spoken_of(plan, last)
    assert [priority.number for priority in PRIORITIES] == [1, 2, 3, 4, 5]
