"""What of a FHIR file stays out and why, what is marked, and whom each record is about."""

from __future__ import annotations

import copy
import json
import pickle
from typing import Any

import pytest

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.check import check_entry
from eolc_desktop.errors import ImportRefused
from eolc_desktop.fhir.importing import propose
from tests.fhir.files import (
    NHS,
    ON,
    PATIENT,
    SYNTHEA,
    allergy,
    bundle,
    concept,
    cpr_flag,
    data,
    entries,
    everything,
    patient,
    person,
    proposed,
)

# What stays out, and what is marked


@pytest.mark.hazard("H28")
def test_a_record_marked_in_an_unknown_way_is_not_read_as_normal() -> None:
    whole = everything()
    for entry in whole["entry"][1:]:
        entry["resource"]["modifierExtension"] = [
            {"url": "http://example.org/means-the-opposite", "valueBoolean": True}
        ]
    found = propose(data(whole), ON)
    (one,) = found.people
    assert {entry.section for entry in one.entries} <= {"person", "death", "contacts", "key_people"}
    marked = [line for line in one.left_out if "changes what is meant" in line.why]
    assert {line.kind for line in marked} == {
        "RelatedPerson",
        "CareTeam",
        "AllergyIntolerance",
        "Flag",
        "Condition",
        "Encounter",
    }
    assert all(not line.names for line in marked), "its words could mean the opposite"
    assert "key_people" not in {entry.section for entry in one.entries}


def test_a_mark_deep_inside_counts_too() -> None:
    reaction = [{"manifestation": [concept("1", "Rash")], "modifierExtension": [{"url": "http://example.org/not"}]}]
    assert not entries(person(patient(), allergy(reaction=reaction)), "allergy")


def test_a_record_that_does_not_say_whom_it_is_about_stays_out() -> None:
    found = proposed(patient(), allergy(patient={"display": "Ewa Nowak"}), allergy(patient=None))
    assert not entries(found.people[0], "allergy")
    assert [(line.count, line.why) for line in found.left_out] == [(2, "they do not say whom they are about")]


def test_a_record_about_a_group_or_a_device_is_not_the_persons() -> None:
    group = {"resourceType": "Observation", "subject": {"reference": "Group/7"}}
    assert proposed(patient(), group).left_out[0].kind == "Observation"


def test_every_record_of_a_file_is_used_or_named() -> None:
    for path in SYNTHEA:
        whole = json.loads(path.read_bytes())
        found = propose(path.read_bytes(), ON)
        (one,) = found.people
        kinds = [entry["resource"]["resourceType"] for entry in whole["entry"]]
        named = {line.kind: line.count for line in one.left_out + found.left_out if line.kind}
        assert named == {kind: kinds.count(kind) for kind in set(kinds) - {"Patient"}}
        assert all(line.why and line.words for line in one.left_out + found.left_out)


@pytest.mark.parametrize("path", SYNTHEA, ids=lambda path: path.name[:8])
def test_real_files_of_another_tool(path: Any) -> None:
    found = propose(path.read_bytes(), ON)
    (one,) = found.people
    assert found.what == "a FHIR transaction"
    assert one.text("family_name") in path.name
    assert len(one.text("birth_date")) == 10
    assert "nhs_number" not in one.person_values
    assert not entries(one, "allergies")
    for entry in one.entries:
        assert not [p for p in check_entry(built_in()[entry.section], entry.values) if p.unusable]
    assert pickle.loads(pickle.dumps(found)) == found


# Whom each record is about


SUBJECTS = ("subject", "patient", "beneficiary", "for")


@pytest.mark.parametrize("path", SYNTHEA, ids=lambda path: path.name[:8])
def test_one_record_of_somebody_else_refuses_the_whole_file(path: Any) -> None:
    """Threat T6: the subject of each record in turn is swapped; every swap is caught, by kind and number."""
    whole = json.loads(path.read_bytes())
    swapped = 0
    for number, entry in enumerate(whole["entry"], 1):
        resource = entry["resource"]
        for element in SUBJECTS:
            if element not in resource:
                continue
            was = resource[element]
            resource[element] = {"reference": "urn:uuid:00000000-0000-4000-8000-000000000000"}
            with pytest.raises(ImportRefused, match=rf"Record {number} of this file \({resource['resourceType']}\)"):
                propose(json.dumps(whole).encode(), ON)
            resource[element] = was
            swapped += 1
    assert swapped > 130
    assert propose(json.dumps(whole).encode(), ON).people


@pytest.mark.parametrize(
    ("address", "reference", "same"),
    [
        ("urn:uuid:1", "urn:uuid:1", True),
        ("urn:uuid:1", "Patient/patient-1", True),
        ("https://a.example/fhir/Patient/patient-1", "Patient/patient-1", True),
        ("https://a.example/fhir/Patient/patient-1", "https://a.example/fhir/Patient/patient-1", True),
        ("https://a.example/fhir/Patient/patient-1", "https://a.example/fhir/Patient/patient-1/_history/2", True),
        ("https://a.example/fhir/Patient/patient-1", "https://b.example/fhir/Patient/patient-1", False),
        ("urn:uuid:1", "https://b.example/fhir/Patient/patient-1", False),
        ("urn:uuid:1", "urn:uuid:2", False),
        ("urn:uuid:1", "Patient/patient-2", False),
    ],
)
def test_a_reference_means_the_person_only_when_it_is_the_same_address(
    address: str, reference: str, same: bool
) -> None:
    whole = data(bundle(patient(), allergy(patient={"reference": reference}), first=address))
    if same:
        assert entries(propose(whole, ON).people[0], "allergy")
    else:
        with pytest.raises(ImportRefused):
            propose(whole, ON)


def test_the_short_name_of_another_server_is_somebody_else() -> None:
    whole = bundle(patient(), allergy(patient={"reference": "Patient/patient-1"}))
    whole["entry"][0]["fullUrl"] = "https://a.example/fhir/Patient/patient-1"
    whole["entry"][1]["fullUrl"] = "https://b.example/fhir/AllergyIntolerance/7"
    whole["entry"][1]["resource"]["id"] = "7"
    with pytest.raises(ImportRefused):
        propose(data(whole), ON)


def test_an_nhs_number_alone_can_say_whom_it_is_about() -> None:
    said = {"identifier": {"system": NHS, "value": "9990000026"}}
    assert entries(person(patient(), allergy(patient=said)), "allergy")


def test_several_people_are_proposed_each_with_their_own() -> None:
    second = patient(id="patient-2", identifier=[{"system": NHS, "value": "9990000034"}], name=[{"family": "Shah"}])
    found = proposed(
        patient(), second, allergy(patient={"reference": "Patient/patient-2"}), cpr_flag(subject={"reference": PATIENT})
    )
    assert [one.text("family_name") for one in found.people] == ["Nowak", "Shah"]
    assert [bool(entries(one, "allergy")) for one in found.people] == [False, True]
    assert [bool(entries(one, "cpr")) for one in found.people] == [True, False]


def test_the_same_file_gives_the_same_proposal() -> None:
    whole = data(everything())
    assert propose(whole, ON) == propose(copy.copy(whole), ON)
