"""What a plan still lacks: the minimum, no more, and never as a lock."""

from __future__ import annotations

from eolc_desktop.care_plan.fields import Absence, Value
from eolc_desktop.care_plan.readiness import Missing, is_ready, missing_for_sharing
from tests.care_plan.made import made_plan

READY: dict[str, dict[str, Value] | list[dict[str, Value]]] = {
    "person": {
        "family_name": "Smith", "given_names": "Margaret", "birth_date": "1941-04-05", "nhs_number": "9990000018",
        "address": "14 Mill Lane\nOtley", "postcode": "LS21 1AA",
    },
    "communication_needs": {"asked": True},
    "consent": {"to_record": "given", "to_share": "given"},
    "plan_control": {"review_date": "2027-01-12", "review_responsible": "Jo Okafor"},
    "about_me": {"most_important": Absence.DECLINED.value_to_store},
    "places": {"preferred_death": "undecided"},
    "commitments": [{"state": "not_yet"}] * 6,
    "cpr": {"decision": "no_decision"},
    "diagnosis": {"primary": {"text": "Heart failure"}},
    "other_plans": {"known": "none_known"},
    "carer": {"has_carer": Absence.NOT_KNOWN.value_to_store},
    "key_people": {
        "key_worker_name": "Jo Okafor", "key_worker_phone": "01943 496 0150", "gp_name": "Dr B Lee",
        "gp_practice": "Mill Lane Surgery",
    },
    "who_to_call": [{"situation": "Anything", "first_call_name": "Hospice", "first_call_phone": "01943 496 0199"}],
}  # fmt: skip


def missing(**changes: dict[str, Value] | list[dict[str, Value]]) -> list[str]:
    found = missing_for_sharing(made_plan({**READY, **changes}))
    assert all(one.words.endswith(".") for one in found)
    return [f"{one.section}[{one.entry}].{one.field}" for one in found]


def test_the_minimum_is_enough() -> None:
    """Undecided, declined and not known are answers: nothing here says where, what or who."""
    assert missing() == []
    assert is_ready(made_plan(READY))


def test_every_item_of_the_minimum_is_missed_when_it_is_not_there() -> None:
    for section, given in READY.items():
        rows = given if isinstance(given, list) else [given]
        for key in rows[0]:
            without = [{k: v for k, v in row.items() if k != key} for row in rows]
            found = missing(**{section: without if isinstance(given, list) else without[0]})
            assert any(one.endswith(f".{key}") for one in found), f"{section}.{key}"


def test_an_empty_record_asks_for_the_minimum_only() -> None:
    found = missing_for_sharing(made_plan({}))
    assert not is_ready(made_plan({}))
    assert {one.section for one in found} == set(READY)
    assert [one.entry for one in found if one.section == "commitments"] == ["1", "2", "3", "4", "5", "6"]


def test_a_list_with_no_entry_is_said_once() -> None:
    found = [one for one in missing_for_sharing(made_plan({})) if one.section == "who_to_call"]
    assert found == [Missing("who_to_call", "", "situation", "Who to call: nothing has been recorded yet.")]


def test_a_number_without_a_name_is_said_of_its_own_entry() -> None:
    rows: list[dict[str, Value]] = [
        {"situation": "Pain", "first_call_name": "Hospice", "first_call_phone": "01943 496 0199"},
        {"situation": "A fall", "first_call_name": "Anna"},
    ]
    assert missing(who_to_call=rows) == ["who_to_call[2].first_call_phone"]


def test_a_reason_stands_for_the_nhs_number() -> None:
    person = (
        {k: v for k, v in READY["person"].items() if k != "nhs_number"} if isinstance(READY["person"], dict) else {}
    )
    assert missing(person=person) == ["person[main].nhs_number"]
    assert missing(person={**person, "nhs_number_missing_reason": "not_known"}) == []


def test_after_a_death_nothing_is_asked_for() -> None:
    assert missing_for_sharing(made_plan({"death": {"died_on": "2026-11-01"}})) == ()
