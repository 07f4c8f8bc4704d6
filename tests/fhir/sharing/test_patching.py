"""What others wrote survives our writing; what they changed in ours is seen and offered, never taken in by itself."""

from __future__ import annotations

import json
from copy import deepcopy
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eolc_desktop.fhir.sharing.elements import PROJECTION_VERSION, Resource
from eolc_desktop.fhir.sharing.offers import Offer, offers
from eolc_desktop.fhir.sharing.patching import OWNED, changed_elements, may_be_written, patched
from eolc_desktop.fhir.sharing.projecting import projected
from tests.fhir.sharing.plans import ids, shared_plan
from tests.fhir.sharing.test_projecting import PAPER, keyed, one
from tests.fhir.sharing.valid import assert_valid
from tests.plans import plan_with

ON = date(2026, 11, 12)
THEIR_EXTENSION = {"url": "https://ambulance.example/crew", "valueString": "A12"}
MADE = projected(shared_plan(), ids, PAPER)


def of_others(resource: Resource) -> Resource:
    """A resource as it comes back from the server after another system added what is its own to it."""
    seen = deepcopy(resource)
    seen["meta"] = {**seen.get("meta", {}), "versionId": "7", "lastUpdated": "2026-11-12T10:00:00Z"}
    if resource["resourceType"] != "Binary":
        seen["extension"] = [THEIR_EXTENSION, *seen["extension"]]
        seen["identifier"] = [*seen["identifier"], {"system": "https://ambulance.example/id", "value": "9"}]
    seen["language"] = "en-GB"
    if resource["resourceType"] == "Binary":
        return seen
    seen["text"] = {"status": "generated", "div": '<div xmlns="http://www.w3.org/1999/xhtml">made by the server</div>'}
    return seen


@pytest.mark.parametrize("ours", MADE, ids=lambda r: f"{r['resourceType']} {r['id'][:4]}")
def test_what_others_wrote_comes_back_unchanged(ours: Resource) -> None:
    seen = of_others(ours)
    written = patched(seen, ours)
    assert written == seen
    assert changed_elements(seen, ours) == ()
    assert_valid(written)


def test_unknown_elements_survive_while_ours_change() -> None:
    seen = of_others(one(MADE, "Patient"))
    seen["maritalStatus"] = {"text": "widowed"}
    seen["name"][0]["period"] = {"start": "1960"}
    seen["name"].append({"use": "maiden", "family": "Jones"})
    seen["telecom"][0]["extension"] = [THEIR_EXTENSION]
    ours = one(projected(plan_with({"person": {"family_name": "Brown", "given_names": "Ann"}}), ids), "Patient")
    written = patched(seen, ours)
    assert written["maritalStatus"] == {"text": "widowed"}
    assert written["name"][0] == {"use": "official", "family": "Brown", "given": ["Ann"], "period": {"start": "1960"}}
    assert {"use": "maiden", "family": "Jones"} in written["name"]
    assert THEIR_EXTENSION in written["extension"]
    assert "birthDate" not in written
    assert "telecom" not in written


def test_a_code_that_is_replaced_takes_its_translations_with_it() -> None:
    flag = of_others(one(MADE, "Flag", "450476008"))
    flag["code"]["coding"].append({"system": "https://local.example", "code": "DNACPR"})
    same = patched(flag, one(MADE, "Flag", "450476008"))
    assert len(same["code"]["coding"]) == 2
    reversed_plan = plan_with({"cpr": {"decision": "for"}})
    written = patched(flag, one(projected(reversed_plan, ids), "Flag", "450475007"))
    assert [c["code"] for c in written["code"]["coding"]] == ["450475007"]


@pytest.mark.hazard("H28")
@pytest.mark.parametrize(
    "mark",
    [
        {"modifierExtension": [{"url": "https://x.example/not", "valueBoolean": True}]},
        {"implicitRules": "https://x.example/rules"},
        {"extension": [{"url": PROJECTION_VERSION, "valueInteger": 2}]},
        {"extension": [{"url": PROJECTION_VERSION, "valueString": "?"}]},
    ],
)
def test_what_is_not_understood_is_not_written_over(mark: dict[str, Any]) -> None:
    seen = of_others(one(MADE, "Flag", "450476008")) | mark
    assert not may_be_written(seen)
    assert patched(seen, one(MADE, "Flag", "450476008")) == seen


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


@given(st.sampled_from(MADE), st.data())
@settings(max_examples=150, deadline=None)
def test_whatever_stands_there_ours_is_laid_over_it_and_the_rest_is_kept(ours: Resource, data: st.DataObject) -> None:
    kind = ours["resourceType"]
    names = [*sorted(OWNED[kind]), "extension", "identifier", "meta", "photo", "x"]
    seen = {"resourceType": kind, "id": ours["id"]} | data.draw(st.dictionaries(st.sampled_from(names), json_values))
    if not may_be_written(seen):
        return
    written = patched(seen, ours)
    for name in set(seen) - OWNED[kind] - {"extension", "identifier", "meta"}:
        assert written[name] == seen[name]
    assert patched(written, ours) == written, "written once is written"
    assert changed_elements(written, ours) == ()
    for name in OWNED[kind]:
        assert (name in written) == (name in ours)


# What others changed


def changed(kind: str, code: str, change: dict[str, Any]) -> Offer | None:
    """What is offered when another system changed one resource of a full plan."""
    plan = shared_plan()
    made = projected(plan, ids)
    there = of_others(one(made, kind, code)) | change
    found = offers(plan, made, keyed([of_others(r) if r["id"] != there["id"] else there for r in made]), ids, ON)
    assert len(found) <= 1
    return found[0] if found else None


def values(offer: Offer | None) -> dict[str, Any]:
    assert offer is not None
    return {f"{v.section}.{v.field}": v.value for v in offer.values}


def test_nothing_changed_offers_nothing() -> None:
    assert changed("Flag", "450476008", {}) is None


def test_an_ambulance_crew_reverses_the_cpr_flag() -> None:
    code = {"coding": [{"system": "http://snomed.info/sct", "code": "450475007"}]}
    offer = changed("Flag", "450476008", {"code": code, "author": {"display": "Crew A12"}})
    assert values(offer) == {"cpr.decision": "for", "cpr.decided_by_name": "Crew A12"}
    assert offer is not None
    assert offer.urgent
    assert offer.version == "7"
    assert ("CPR recommendation", "Do not attempt CPR", "CPR may be attempted") in offer.lines
    assert offer.unread == ()


def test_a_flag_that_was_ended_is_told_and_decides_nothing() -> None:
    offer = changed("Flag", "450476008", {"status": "inactive"})
    assert offer is not None
    assert offer.values == ()
    assert offer.unread == ("how it stands",)


def test_withdrawn_consent_is_offered_and_given_consent_is_not() -> None:
    assert values(changed("Consent", "", {"status": "inactive"}))["consent.to_share"] == "withdrawn"
    offer = changed("Consent", "", {"status": "proposed"})
    assert offer is not None
    assert offer.values == ()


def test_a_new_telephone_is_offered_alone() -> None:
    telecom = [{"system": "phone", "value": "01756 700 111", "use": "home"}]
    offer = changed("Patient", "", {"telecom": telecom})
    assert values(offer) == {"person.phone": "01756 700 111"}


def test_a_step_that_was_done_is_offered() -> None:
    assert values(changed("Task", "next_steps", {"status": "completed"})) == {"next_steps.state": "done"}


def test_the_words_of_a_goal_are_the_persons_own() -> None:
    offer = changed("Goal", "", {"description": {"text": "something else"}})
    assert offer is not None
    assert offer.values == ()
    assert offer.unread == ("what it is",)


def test_a_mark_that_changes_the_meaning_is_told() -> None:
    mark = [{"url": "https://x.example/not", "valueBoolean": True}]
    offer = changed("Flag", "450476008", {"modifierExtension": mark})
    assert offer is not None
    assert "mark" in offer.unread[0]


def test_an_allergy_that_another_system_recorded_is_offered_once() -> None:
    plan = plan_with({"allergies": {"status": "none_known"}})
    theirs = {
        "resourceType": "AllergyIntolerance",
        "id": "theirs",
        "clinicalStatus": {
            "coding": [
                {"system": "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical", "code": "active"}
            ]
        },
        "code": {"text": "Penicillin"},
        "patient": {"reference": f"Patient/{ids()}"},
    }
    made = projected(plan, ids)
    seen = keyed(made) | {"AllergyIntolerance/theirs": theirs}
    (offer,) = offers(plan, made, seen, ids, ON)
    assert values(offer) == {"allergy.substance": {"text": "Penicillin"}}
    known = plan_with({"allergy": {"substance": {"text": "penicillin"}}})
    assert offers(known, projected(known, ids), {"AllergyIntolerance/theirs": theirs}, ids, ON) == ()


def test_a_cpr_decision_of_another_system_is_offered_unless_the_plan_says_the_same() -> None:
    theirs = {
        "resourceType": "Flag",
        "id": "theirs",
        "status": "active",
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "450476008"}]},
        "subject": {"reference": f"Patient/{ids()}"},
    }
    none = plan_with({"person": {"family_name": "Smith"}})
    (offer,) = offers(none, projected(none, ids), {"Flag/theirs": theirs}, ids, ON)
    assert values(offer) == {"cpr.decision": "not_for"}
    same = plan_with({"cpr": {"decision": "not_for"}})
    assert offers(same, projected(same, ids), {"Flag/theirs": theirs}, ids, ON) == ()


@given(st.sampled_from(MADE), st.data())
@settings(max_examples=100, deadline=None)
def test_nothing_that_a_server_may_say_breaks_reading_it(ours: Resource, data: st.DataObject) -> None:
    plan = shared_plan()
    names = sorted(OWNED[ours["resourceType"]])
    there = of_others(ours) | data.draw(st.dictionaries(st.sampled_from(names), json_values, min_size=1))
    for offer in offers(plan, MADE, {f"{ours['resourceType']}/{ours['id']}": there}, ids, ON):
        json.dumps([offer.lines, offer.unread])


def test_a_number_of_another_system_is_kept_to_the_digit() -> None:
    """The place of a house, as many systems add it: it stopped every exchange about that person once it was kept."""
    (ours,) = [made for made in projected(shared_plan(), ids) if made["resourceType"] == "Patient"]
    place = {"url": "https://example.org/latitude", "valueDecimal": Decimal("53.830")}
    seen = {**deepcopy(ours), "extension": [*ours.get("extension", []), place]}
    made = patched(seen, ours)
    assert place in made["extension"]
    assert str(made["extension"][-1]["valueDecimal"]) == "53.830"
    assert changed_elements(seen, ours) == ()
    made["extension"][-1]["valueDecimal"] = Decimal(0)
    assert place in seen["extension"], "what is given is JSON of its own"
