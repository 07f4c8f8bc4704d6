"""What other systems act on: valid FHIR after UK Core, always the same, and never anything that is to stay here."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eolc_desktop.care_plan.fields import Kind, Value
from eolc_desktop.care_plan.plan import EntryState, Plan
from eolc_desktop.fhir.sharing.documents import Paper
from eolc_desktop.fhir.sharing.elements import PROJECTION, Resource
from eolc_desktop.fhir.sharing.patching import OWNED
from eolc_desktop.fhir.sharing.projecting import KINDS, laid_over, only, projected
from tests.authors import AT
from tests.fhir.sharing.plans import ids, random_plan, shared_plan
from tests.fhir.sharing.uk_core import CARRIED, LEAST, NO_PROFILE, lacking
from tests.fhir.sharing.valid import assert_valid
from tests.plans import canary, full_plan, plan_with

PAPER = Paper("End of life care plan", b"%PDF-1.7 made up", AT)


def one(made: list[Resource], kind: str, code: str = "") -> Resource:
    found = [r for r in made if r["resourceType"] == kind and code in json.dumps(r)]
    assert len(found) == 1, [r["id"] for r in found]
    return found[0]


def keyed(made: list[Resource]) -> dict[str, Resource]:
    return {f"{r['resourceType']}/{r['id']}": r for r in made}


def test_a_full_plan_makes_every_kind_and_each_is_valid() -> None:
    made = projected(shared_plan(), ids, PAPER)
    assert {r["resourceType"] for r in made} == set(KINDS)
    for resource in made:
        assert_valid(resource)


@given(st.integers(0, 10**9))
@settings(max_examples=40, deadline=None)
def test_whatever_is_recorded_makes_valid_resources(seed: int) -> None:
    made = projected(random_plan(seed), ids)
    for resource in made:
        assert_valid(resource)
        assert not lacking(resource, LEAST[resource["resourceType"]])
        assert set(resource) <= OWNED[resource["resourceType"]] | {
            "resourceType",
            "id",
            "meta",
            "extension",
            "identifier",
        }
    assert len(keyed(made)) == len(made), "no two resources have one id"
    assert json.dumps(made) == json.dumps(projected(random_plan(seed), ids)), "always the same"


@pytest.mark.parametrize("kind", list(LEAST))
def test_uk_core_has_what_it_asks_for(kind: str) -> None:
    made = [r for r in projected(shared_plan(), ids, PAPER) if r["resourceType"] == kind]
    assert made
    for resource in made:
        assert not lacking(resource, LEAST[kind])
        profile = resource.get("meta", {}).get("profile", [])
        expected = [] if kind in NO_PROFILE else [f"https://fhir.hl7.org.uk/StructureDefinition/UKCore-{kind}"]
        assert profile == expected
    carried = {element for resource in made for element in resource}
    assert set(CARRIED[kind]) - carried == set()


def test_the_least_that_is_recorded_is_a_patient_and_a_plan() -> None:
    made = projected(plan_with({"person": {"family_name": "Smith"}}), ids)
    assert [r["resourceType"] for r in made] == ["Patient", "CarePlan"]


def test_every_reference_is_to_something_that_is_sent() -> None:
    made = projected(shared_plan(), ids, PAPER)
    known = set(keyed(made))
    found: list[str] = []

    def walk(held: object) -> None:
        if isinstance(held, dict):
            if isinstance(held.get("reference"), str) and not held["reference"].startswith("#"):
                found.append(held["reference"])
            for value in held.values():
                walk(value)
        elif isinstance(held, list):
            for value in held:
                walk(value)

    walk(made)
    assert found
    assert set(found) <= known


# What decides care


def test_a_decision_against_cpr_is_an_active_flag_with_its_code_and_no_end() -> None:
    flag = one(projected(shared_plan(), ids), "Flag", "450476008")
    assert flag["status"] == "active"
    assert flag["period"] == {"start": "2026-03-12"}, "a day of review is not the end of a decision"
    assert any(e.get("valueDate") == "2026-12-01" for e in flag["extension"])


def test_the_register_the_places_and_the_function_are_where_others_look_for_them() -> None:
    made = projected(shared_plan(), ids)
    register = one(made, "Flag", '"admin"')
    assert register["status"] == "active"
    assert register["code"]["coding"][0]["system"] == "http://snomed.info/sct"
    assert one(made, "Observation", "901671000000100")["valueInteger"] == 40
    death = one(made, "Observation", "395091006")
    assert death["valueCodeableConcept"]["text"] == "Hospice"
    assert death["component"][0]["code"]["coding"][0]["code"] == "second_choice"
    assert "preferred_care" in json.dumps([r["code"] for r in made if r["resourceType"] == "Observation"])


@pytest.mark.parametrize("value", ["no_decision", None])
def test_no_decision_is_no_flag(value: Value) -> None:
    plan = plan_with({"person": {"family_name": "Smith"}, "cpr": {"decision": value} if value else {"reason": "x"}})
    assert "Flag" not in {r["resourceType"] for r in projected(plan, ids)}


def test_a_decision_that_is_taken_back_leaves_no_active_flag_behind() -> None:
    before = projected(plan_with({"cpr": {"decision": "not_for"}}), ids)
    after = laid_over(projected(plan_with({"cpr": {"decision": "no_decision"}}), ids), keyed(before), ids)
    flag = one(after, "Flag")
    assert flag["status"] == "inactive"
    assert "450476008" not in json.dumps(flag)
    assert_valid(flag)


def test_no_known_allergies_is_said_only_when_it_is_recorded() -> None:
    said = projected(plan_with({"allergies": {"status": "none_known"}}), ids)
    assert one(said, "AllergyIntolerance", "716186003")["clinicalStatus"]["coding"][0]["code"] == "active"
    for status in ("not_recorded", "unavailable", "known"):
        kinds = {r["resourceType"] for r in projected(plan_with({"allergies": {"status": status}}), ids)}
        assert "AllergyIntolerance" not in kinds


def test_an_allergy_beside_none_known_is_what_counts() -> None:
    plan = plan_with({"allergies": {"status": "none_known"}, "allergy": {"substance": {"text": "Penicillin"}}})
    allergy = one(projected(plan, ids), "AllergyIntolerance")
    assert allergy["code"]["text"] == "Penicillin"


@pytest.mark.parametrize(
    ("state", "kind", "expected"),
    [
        (EntryState.ENTERED_IN_ERROR, "verificationStatus", "entered-in-error"),
        (EntryState.WITHDRAWN, "clinicalStatus", "inactive"),
    ],
)
def test_an_allergy_that_no_longer_stands_says_so(state: EntryState, kind: str, expected: str) -> None:
    plan = plan_with({"allergy": {"substance": {"text": "Penicillin"}}})
    entry = replace(plan.sections["allergy"][0], state=state)
    made = projected(replace(plan, sections={"allergy": (entry,)}), ids)
    allergy = one(made, "AllergyIntolerance")
    assert allergy[kind]["coding"][0]["code"] == expected
    assert_valid(allergy)


@pytest.mark.parametrize(
    ("answer", "status", "provision"),
    [("given", "active", "permit"), ("withdrawn", "inactive", "deny"), ("declined", "rejected", "deny")],
)
def test_consent_says_what_was_said(answer: str, status: str, provision: str) -> None:
    made = one(projected(plan_with({"consent": {"to_share": answer}}), ids), "Consent")
    assert (made["status"], made["provision"]["type"]) == (status, provision)


def test_the_plan_of_somebody_who_died_is_completed() -> None:
    made = projected(plan_with({"death": {"died_on": "2026-11-10"}}), ids)
    assert one(made, "CarePlan")["status"] == "completed"
    assert one(made, "Patient")["deceasedDateTime"] == "2026-11-10"


def test_no_recorded_birth_date_before_reason_is_sent() -> None:
    made = one(projected(plan_with({"person": {"birth_date": "0001"}}), ids), "Patient")
    assert "birthDate" not in made


# What stays here


def words_of(value: Value) -> list[str]:
    """What would give a canary away: its word, whatever the kind of the field."""
    if isinstance(value, dict):
        return [str(value.get("text", ""))]
    return [value] if isinstance(value, str) and len(value) > 5 else []


def tells(sent: str, word: str) -> bool:
    """Whether a canary is in what is sent: as a whole, since some words begin with others."""
    return re.search(rf"{re.escape(word)}(?![a-z0-9])", sent) is not None


def test_an_item_that_may_not_leave_is_in_no_resource() -> None:
    """Each field of each section is kept back in turn; its canary is looked for in everything that would be sent."""
    plan = full_plan({"death": {"died_on": None}, "consent": {"to_share": "given"}})
    whole = json.dumps(projected(plan, ids))
    told = 0
    for section in plan.catalogue:
        for field in section.fields:
            if field.kind not in (Kind.TEXT, Kind.LONG_TEXT, Kind.CODED, Kind.PHONE):
                continue
            (word,) = words_of(canary(section, field)) or [""]
            if not word or not tells(whole, word):
                continue
            told += 1
            kept = only(plan, lambda s, _e, f, key=(section.key, field.key): (s, f) != key)  # type: ignore[misc]
            sent = json.dumps(projected(kept, ids))
            assert not tells(sent, word), f"{section.key}.{field.key} was kept back and would be sent"
    assert told > 30


@given(st.integers(0, 10**9))
@settings(max_examples=25, deadline=None)
def test_whole_sections_kept_back_leave_no_word(seed: int) -> None:
    plan = full_plan()
    keys = [section.key for section in plan.catalogue]
    kept_back = {key for number, key in enumerate(keys) if (seed >> (number % 29)) & 1}
    sent = json.dumps(projected(only(plan, lambda section, _e, _f: section not in kept_back), ids))
    for key in kept_back:
        section = plan.catalogue[key]
        for field in section.fields:
            if field.kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.CODED):
                assert not tells(sent, words_of(canary(section, field))[0])


def test_what_is_no_longer_shared_is_put_away_without_its_words() -> None:
    plan = shared_plan()
    before = keyed(projected(plan, ids, PAPER))
    left = only(plan, lambda section, _e, _f: section == "person")
    after = keyed(laid_over(projected(left, ids), before, ids))
    assert set(after) == set(before) - {k for k in before if k.startswith("Binary")}
    for key, resource in after.items():
        assert_valid(resource)
        if not key.startswith(("Patient", "CarePlan")):
            assert resource["identifier"][0]["system"] == PROJECTION
            for section in plan.catalogue:
                for field in section.fields:
                    if field.kind in (Kind.TEXT, Kind.LONG_TEXT, Kind.CODED):
                        assert not tells(json.dumps(resource), words_of(canary(section, field))[0])


def test_what_others_made_for_themselves_is_not_put_away() -> None:
    theirs = {"resourceType": "Flag", "id": "theirs", "status": "active", "code": {"text": "Falls"}}
    assert "Flag/theirs" not in keyed(laid_over(projected(shared_plan(), ids), {"Flag/theirs": theirs}, ids))


def test_the_author_of_a_change_is_named_and_no_account_is() -> None:
    plan: Plan = shared_plan()
    sent = json.dumps(projected(plan, ids))
    assert "Jo Okafor" in sent
    assert "nurse-1" not in sent
    assert date(2026, 11, 12).isoformat() in sent
