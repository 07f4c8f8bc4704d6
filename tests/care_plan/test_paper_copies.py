"""What a page says, and whether it still holds: values are compared, never clocks or versions."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eolc_desktop.care_plan import paper_copies
from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.item_classes import COHERENCE_GROUPS, SAFEGUARDING
from eolc_desktop.care_plan.paper_copies import SUBJECTS, WHOLE, fingerprint, fingerprints, says_text, to_replace
from eolc_desktop.care_plan.plan import Plan
from tests.care_plan.made import made_plan

CALL: dict[str, Value] = {"situation": "Pain", "first_call_name": "Hospice", "first_call_phone": "01943 496 0199"}
BEFORE: dict[str, Any] = {
    "cpr": {"decision": "attempt"},
    "about_me": {"most_important": "My own bed."},
    "who_to_call": [CALL],
}
PAGE: dict[str, Value] = {"name": "My plan for care", "document": "family-plan", "code": "7K2M9Q", "how": "printed"}


def plan_with_page(says: str, state: str | None = None, **changes: Any) -> Plan:
    page = PAGE | {"says": says} | ({"state": state} if state else {})
    return made_plan({**BEFORE, **changes, "paper_copies": [page]})


def says(document: str = "family-plan", **changes: Any) -> str:
    return says_text(fingerprints(made_plan({**BEFORE, **changes}), document))


def recalled(plan: Plan) -> list[str]:
    return [changed.subject.key for one in to_replace(plan) for changed in one.changed]


@pytest.mark.parametrize(
    ("changes", "subjects"),
    [
        ({}, []),
        ({"cpr": {"decision": "dnacpr"}}, ["cpr"]),
        ({"advance_refusal": {"exists": "yes"}}, ["cpr"]),
        ({"conveyance": {"icd_state": "off"}}, ["cpr"]),
        ({"allergies": {"status": "none_known"}}, ["allergies"]),
        ({"places": {"preferred_death": "hospice"}}, ["places"]),
        ({"who_to_call": [{**CALL, "first_call_phone": "01943 496 0150"}]}, ["who_to_call"]),
        ({"who_to_call": []}, ["who_to_call"]),
        ({"attorneys": [{"name": "Anna Smith"}]}, ["attorneys"]),
        ({"about_me": {"most_important": "The garden."}}, []),
    ],
)
def test_a_page_is_to_be_replaced_when_what_matters_for_safety_on_it_changed(
    changes: dict[str, Any], subjects: list[str]
) -> None:
    assert recalled(plan_with_page(says(), **changes)) == subjects


def test_what_was_changed_and_changed_back_is_right_again() -> None:
    assert recalled(plan_with_page(says(cpr={"decision": "dnacpr"}))) == ["cpr"]
    assert recalled(plan_with_page(says(cpr={"decision": "attempt"}))) == []


@pytest.mark.parametrize("state", ["replaced", "destroyed", "lost"])
def test_a_page_that_is_no_longer_about_is_not_looked_for(state: str) -> None:
    assert recalled(plan_with_page(says(), state, cpr={"decision": "dnacpr"})) == []
    assert recalled(plan_with_page(says(), "in_use", cpr={"decision": "dnacpr"})) == ["cpr"]


def test_what_the_filter_left_out_is_not_on_the_page_and_not_followed() -> None:
    plan = made_plan(BEFORE)
    shown = made_plan({"who_to_call": BEFORE["who_to_call"]})
    said = fingerprints(plan, "family-plan", shown)
    assert "cpr" not in said
    assert "who_to_call" in said
    # Nothing was recorded on allergies, so the page is silent on them, where a new one would speak.
    assert "allergies" in said


def test_a_document_is_followed_in_what_it_shows_and_an_unknown_one_in_everything() -> None:
    assert set(fingerprints(made_plan(BEFORE), "commitments")) == {WHOLE}
    assert set(fingerprints(made_plan(BEFORE), "call-card")) == {"who_to_call", WHOLE}
    assert set(fingerprints(made_plan(BEFORE), "something new")) == {*SUBJECTS, WHOLE}


def test_a_subject_of_a_newer_program_counts_as_changed() -> None:
    assert recalled(plan_with_page("pumps 0123456789ab")) == ["pumps"]


def test_what_is_kept_back_is_in_no_fingerprint() -> None:
    """The register travels to colleagues, and the few values of a decision can be tried one after the other."""
    kept: dict[str, Any] = {"kept_back": [{"what": ["cpr", "places.preferred_death"]}]}
    one = made_plan({**BEFORE, **kept, "places": {"preferred_death": "home"}})
    other = made_plan({**BEFORE, **kept, "places": {"preferred_death": "hospice"}, "cpr": {"decision": "dnacpr"}})
    assert fingerprints(one, "family-plan") == fingerprints(other, "family-plan")


def test_printing_makes_no_page_old() -> None:
    page = says()
    plan = plan_with_page(page)
    assert paper_copies.is_quite_the_newest(plan, paper_copies.copies(plan)[0])


def test_every_group_that_is_printed_is_followed() -> None:
    followed = {group for subject in SUBJECTS.values() for group in subject.groups}
    # Consent, capacity: the attorneys of that group are followed by their section. Safeguarding is never printed.
    assert set(COHERENCE_GROUPS) - followed == {"capacity_attorney_consent", SAFEGUARDING}


words = st.text(st.characters(codec="utf-8"), max_size=20)


@given(words, words)
def test_different_values_have_different_fingerprints_and_equal_ones_the_same(one: str, other: str) -> None:
    def digest(value: str) -> str:
        return fingerprint(made_plan({"who_to_call": [{"situation": value}]}), SUBJECTS["who_to_call"])

    assert (digest(one) == digest(other)) is (one == other)
    assert digest(one) == digest(one)


def test_a_register_with_holes_and_nonsense_is_read() -> None:
    plan = made_plan(
        {"paper_copies": [{"code": "AAAAAA", "made_at": "yesterday", "says": "x\n\na b c"}, {"state": "?"}]}
    )
    found = paper_copies.copies(plan)
    assert [copy.made_at for copy in found] == [None, None]
    assert to_replace(plan) == ()
