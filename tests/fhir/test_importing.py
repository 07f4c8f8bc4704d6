"""What a FHIR file proposes: who the person is, what stands, what stays out and why, and whom each record is about."""

from __future__ import annotations

import copy
import json
import pickle
from itertools import product
from typing import Any

import pytest

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.check import check_entry
from eolc_desktop.errors import ImportRefused
from eolc_desktop.fhir.allergies import Reading, read_one
from eolc_desktop.fhir.importing import propose
from tests.fhir.files import (
    NHS,
    ON,
    PATIENT,
    SYNTHEA,
    Json,
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

# Who the person is


def test_a_person_comes_in_as_the_plan_holds_them() -> None:
    assert person(patient()).person_values == {
        "title": "Mrs",
        "given_names": "Ewa Maria",
        "family_name": "Nowak",
        "preferred_name": "Ewa",
        "birth_date": "1938-01-11",
        "nhs_number": "9990000026",
        "gender": "female",
        "address": "3 Weir Cottages\nBridge Street\nOtley",
        "postcode": "LS21 1BQ",
        "phone": "01943 496 0111",
        "mobile": "07700 900111",
        "language": {"text": "Polish", "system": "urn:ietf:bcp:47", "code": "pl"},
    }


@pytest.mark.parametrize(
    ("names", "family", "given", "called"),
    [
        ([{"family": "A"}, {"use": "official", "family": "B"}], "B", "", ""),
        ([{"use": "usual", "family": "A"}, {"family": "B"}], "B", "", ""),
        ([{"use": "usual", "family": "A", "given": ["X"]}], "A", "X", ""),
        ([{"use": "maiden", "family": "A"}, {"use": "official", "family": "B"}], "B", "", ""),
        ([{"use": "official", "family": "A", "period": {"end": "2020"}}, {"family": "B"}], "A", "", ""),
        ([{"use": "official", "family": "A", "period": {"end": "2020-01-01"}}, {"family": "B"}], "B", "", ""),
        ([{"use": "official", "family": "A", "period": {"end": "2030-01-01"}}, {"family": "B"}], "A", "", ""),
        ([{"family": "A", "given": ["X"]}, {"use": "nickname", "given": ["Peggy"]}], "A", "X", "Peggy"),
        ([{"use": "official", "family": "A", "given": ["X"]}, {"use": "usual", "given": ["X"]}], "A", "X", ""),
        ([{"text": "Ewa Nowak"}], "Ewa Nowak", "", ""),
    ],
)
def test_the_name_is_chosen_by_its_use_and_its_time(names: list[Json], family: str, given: str, called: str) -> None:
    found = person(patient(name=names))
    assert (found.text("family_name"), found.text("given_names"), found.text("preferred_name")) == (
        family,
        given,
        called,
    )


@pytest.mark.parametrize("born", ["1938", "1938-01", "1938-01-11"])
def test_a_date_of_birth_never_becomes_more_exact(born: str) -> None:
    assert person(patient(birthDate=born)).text("birth_date") == born


@pytest.mark.parametrize("born", ["1938-02-30", "38-01-11", "11/01/1938", "1738-01-11", "2026-11-13", 1938, None])
def test_a_date_of_birth_that_cannot_be_right_stays_out(born: Any) -> None:
    found = person(patient(birthDate=born))
    assert "birth_date" not in found.person_values
    assert any("date of birth" in note for note in found.notes) is (born is not None)


@pytest.mark.parametrize(
    ("identifiers", "number", "said"),
    [
        ([{"system": NHS, "value": "999 000 0018"}], "9990000018", ""),
        ([{"system": NHS, "value": "999-000-0018"}], "9990000018", ""),
        ([{"system": NHS, "value": "9990000019"}], "", "does not pass its own check"),
        ([{"system": NHS, "value": "9991234567"}], "", "does not pass its own check"),
        ([{"system": "http://hospital.example/mrn", "value": "9990000018"}], "", ""),
        ([{"system": NHS, "value": "9990000018", "use": "old"}], "", ""),
        ([{"system": NHS, "value": "9990000018"}, {"system": NHS, "value": "9990000026"}], "", "more than one"),
        ([{"system": NHS, "value": "9990000018"}, {"system": NHS, "value": "999 000 0018"}], "9990000018", ""),
        (None, "", ""),
    ],
)
def test_an_nhs_number_comes_in_only_when_it_is_one(identifiers: Any, number: str, said: str) -> None:
    found = person(patient(identifier=identifiers))
    assert found.text("nhs_number") == number
    assert any(said in note for note in found.notes) if said else not found.notes


def test_why_there_is_no_number_comes_in_with_its_code() -> None:
    reason = {
        "url": "https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberUnavailableReason",
        "valueCodeableConcept": concept(
            "overseas-patient", system="https://fhir.hl7.org.uk/CodeSystem/UKCore-NHSNumberUnavailableReason"
        ),
    }
    found = person(patient(identifier=[{"system": NHS, "extension": [reason]}]))
    assert found.text("nhs_number_missing_reason") == "overseas"


@pytest.mark.parametrize(
    ("gender", "value"), [("male", "male"), ("other", "other"), ("unknown", {"absent": "not_known"}), ("M", None)]
)
def test_gender(gender: str, value: Any) -> None:
    assert person(patient(gender=gender)).person_values.get("gender") == value


def test_the_usual_address_is_a_home_that_still_is() -> None:
    found = person(
        patient(
            address=[
                {"use": "old", "line": ["1 Past Road"]},
                {"use": "home", "line": ["2 Past Road"], "period": {"end": "2026-11-11"}},
                {"use": "home", "type": "postal", "line": ["PO Box 7"]},
                {"use": "home", "type": "both", "line": ["4 Weir Close"], "postalCode": "LS21 1BQ", "country": "GB"},
                {"use": "temp", "line": ["St Gemma’s"], "city": "Leeds", "period": {"start": "2026-11-01"}},
            ]
        )
    )
    assert (found.text("address"), found.text("postcode")) == ("4 Weir Close", "LS21 1BQ")
    assert found.text("current_location") == "St Gemma’s, Leeds"
    assert found.text("current_location_since") == "2026-11-01"


def test_a_restricted_record_keeps_its_address_off_every_copy() -> None:
    marked = {"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"}]}
    found = person(patient(meta=marked))
    assert found.person_values["address_restricted"] is True
    assert any("restricted" in note for note in found.notes)


def test_numbers_that_no_longer_hold_stay_out() -> None:
    telecom = [
        {"system": "phone", "value": "1", "use": "old"},
        {"system": "phone", "value": "01943 1", "rank": 3},
        {"system": "phone", "value": "01943 2", "rank": 1},
        {"system": "phone", "value": "01943 3", "use": "work"},
        {"system": "phone", "value": "01943 4", "period": {"end": "2020-01-01"}},
        {"system": "fax", "value": "01943 5"},
        {"system": "email", "value": "ewa@example.org"},
    ]
    values = person(patient(telecom=telecom)).person_values
    assert (values["phone"], values.get("mobile"), values["email"]) == ("01943 2", None, "ewa@example.org")


# Allergies


CLINICAL = ["", "active", "inactive", "resolved", "newer-code"]
VERIFIED = ["", "confirmed", "unconfirmed", "presumed", "refuted", "entered-in-error", "newer-code"]
CODES = {
    "substance": concept("91936005", "Allergy to penicillin"),
    "words": concept(text="Elastoplast"),
    "none": concept("716186003", "No known allergy"),
    "none, older": concept("160244002", "No known allergies"),
    "none, IPS": concept("no-known-allergies", system="http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"),
    "no drug": concept("409137002", "No known drug allergy"),
    "no food, IPS": concept(
        "no-known-food-allergies", system="http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"
    ),
    "no information": concept("no-allergy-info", system="http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips"),
    "none in words": concept(text="NKDA"),
    "nothing": {},
}


@pytest.mark.parametrize("code", CODES)
def test_the_whole_table_of_allergy_states(code: str) -> None:
    """Hazard H11, over every combination: an allergy stands, "none known" stands, or nothing is said."""
    for clinical, verified in product(CLINICAL, VERIFIED):
        record = allergy(CODES[code], clinical, verified)
        reading, why = read_one(record)
        stands = clinical in ("", "active") and verified in ("", "confirmed", "unconfirmed", "presumed")
        if stands and code in ("substance", "words"):
            expected = Reading.STANDS
        elif stands and code in ("none", "none, older", "none, IPS") and verified in ("", "confirmed"):
            expected = Reading.NONE_KNOWN
        else:
            expected = Reading.NOT_TAKEN
        assert reading is expected, (clinical, verified)
        assert bool(why) is (expected is Reading.NOT_TAKEN)
        assert ("ruled out" in why) is (verified == "refuted")
        found = person(patient(), record)
        status = [entry.values["status"] for entry in entries(found, "allergies")]
        assert status == {Reading.STANDS: ["known"], Reading.NONE_KNOWN: ["none_known"], Reading.NOT_TAKEN: []}[reading]
        assert len(entries(found, "allergy")) == (reading is Reading.STANDS)
        assert [line.kind for line in found.left_out] == ["AllergyIntolerance"] * (reading is Reading.NOT_TAKEN)


def test_an_allergy_keeps_what_it_says() -> None:
    (entry,) = entries(
        person(
            patient(),
            allergy(
                verified="unconfirmed",
                type="intolerance",
                onsetDateTime="1985-06",
                criticality="high",
                reaction=[
                    {"manifestation": [concept("247472004", "Hives")], "severity": "mild"},
                    {"manifestation": [{"text": "Swollen face"}], "severity": "severe"},
                ],
            ),
        ),
        "allergy",
    )
    assert entry.values == {
        "substance": {"text": "Allergy to penicillin", "system": "http://snomed.info/sct", "code": "91936005"},
        "reaction": "Hives; Swollen face",
        "severity": "severe",
        "kind": "intolerance",
        "when": "1985-06",
        "certainty": "likely",
    }
    assert entry.notes == ("The other system marks the risk as high.",)


def test_no_allergy_record_says_nothing_about_allergies() -> None:
    assert not entries(person(patient()), "allergies")


def test_none_known_gives_way_to_an_allergy_and_to_what_could_not_be_read() -> None:
    none = allergy(CODES["none"])
    both = person(patient(), none, allergy())
    assert [entry.values for entry in entries(both, "allergies")] == [{"status": "known"}]
    assert any("no known allergies" in note for note in both.notes)
    unread = person(patient(), none, allergy(modifierExtension=[{"url": "http://example.org/not"}]))
    assert not entries(unread, "allergies")
    assert any("could not be read safely" in note for note in unread.notes)
    unknown = person(patient(), none, allergy(clinical="newer-code"))
    assert not entries(unknown, "allergies")


def test_an_allergy_too_long_to_keep_is_never_cut() -> None:
    found = person(patient(), allergy(concept(text="x" * 6_000)))
    assert not entries(found, "allergy")
    assert any("Allergies" in note and "could not be taken in" in note for note in found.notes)


# CPR and death: questions, never values that slip in


def test_a_cpr_status_is_a_question_with_its_date_and_author() -> None:
    (entry,) = entries(person(patient(), cpr_flag()), "cpr")
    assert entry.values == {
        "decision": "not_for",
        "decided_at": "2026-10-12",
        "decided_time": "09:15",
        "decided_by_name": "Dr A Khan",
    }
    assert entry.question == (
        "The file says: Do not attempt CPR, decided 12-Oct-2026 by Dr A Khan. Bring it in as the CPR recommendation?"
    )
    assert "seen the signed form" in entry.notes[0]


@pytest.mark.parametrize(
    "flags",
    [
        [cpr_flag(status="inactive")],
        [cpr_flag(status="entered-in-error")],
        [cpr_flag(status="newer-status")],
        [cpr_flag(), cpr_flag(code="450475007")],
        [cpr_flag(), cpr_flag(period={"start": "2026-09-01"})],
        [cpr_flag(modifierExtension=[{"url": "http://example.org/negated"}])],
        [cpr_flag(code="304253006") | {"code": concept("304253006", "Not for resuscitation")}],
        [{"resourceType": "Flag", "status": "active", "subject": {"reference": PATIENT}, "code": {"text": "DNACPR"}}],
    ],
)
def test_a_cpr_status_that_is_not_one_clear_standing_one_is_named_and_left_out(flags: list[Json]) -> None:
    found = person(patient(), *flags)
    assert not entries(found, "cpr")
    assert sum(line.count for line in found.left_out if line.kind == "Flag") == len(flags)


@pytest.mark.parametrize("kind", ["Observation", "Condition", "ServiceRequest", "Consent", "Procedure"])
def test_what_speaks_of_cpr_elsewhere_is_pointed_out(kind: str) -> None:
    about = {"resourceType": kind, "subject": {"reference": PATIENT}, "code": {"text": "Not for resuscitation"}}
    found = person(patient(), about)
    assert not entries(found, "cpr")
    assert any("about CPR" in note for note in found.notes)


def test_the_same_cpr_status_twice_is_one() -> None:
    assert len(entries(person(patient(), cpr_flag(), cpr_flag()), "cpr")) == 1


@pytest.mark.hazard("H20")
def test_a_death_is_a_question() -> None:
    (entry,) = entries(person(patient(deceasedDateTime="2026-11-10T03:20:00+00:00")), "death")
    assert entry.values == {"died_on": "2026-11-10", "died_time": "03:20"}
    assert entry.question == "The file says that this person died on 10-Nov-2026. Record the death?"


@pytest.mark.hazard("H20")
@pytest.mark.parametrize(
    "given", [{"deceasedBoolean": True}, {"deceasedDateTime": "yesterday"}, {"deceasedDateTime": "2026-11-13"}]
)
def test_a_death_without_a_day_that_can_be_is_only_said(given: Json) -> None:
    found = person(patient(**given))
    assert not entries(found, "death")
    assert any("died" in note or "death" in note for note in found.notes)


@pytest.mark.parametrize(
    ("written", "day", "time"),
    [
        ("2026-07-01T23:30:00Z", "2026-07-02", "00:30"),
        ("2026-07-01T23:30:00+01:00", "2026-07-01", "23:30"),
        ("2026-01-01T23:30:00Z", "2026-01-01", "23:30"),
        ("2026-01-01T23:30:00.123456789Z", "2026-01-01", "23:30"),
        ("2026-01", "2026-01", ""),
        ("2026", "2026", ""),
    ],
)
def test_a_moment_is_the_day_it_was_in_england(written: str, day: str, time: str) -> None:
    """Hazard H17."""
    (entry,) = entries(person(patient(deceasedDateTime=written)), "death")
    assert entry.values["died_on"] == day
    assert entry.values.get("died_time", "") == time


def test_alive_is_nothing_to_say() -> None:
    found = person(patient(deceasedBoolean=False))
    assert not entries(found, "death")
    assert not found.notes


# The people around


def test_everything_that_comes_in_comes_in() -> None:
    (found,) = propose(data(everything()), ON).people
    assert {entry.section for entry in found.entries} == {
        "person", "cpr", "death", "allergies", "allergy", "contacts", "key_people", "care_team",
    }  # fmt: skip
    assert [dict(entry.values) for entry in entries(found, "contacts")] == [
        {"name": "Anna Shah", "relationship": "daughter", "phone": "07700 900333", "email": "anna@example.org"},
        {"name": "Piotr Nowak", "roles": ["emergency"], "phone": "07700 900222"},
    ]
    assert dict(entries(found, "key_people")[0].values) == {
        "gp_name": "Dr Aisha Khan",
        "gp_practice": "Bridge Street Surgery",
        "gp_practice_ods": "B83620",
        "gp_practice_phone": "01943 496 0150",
    }
    assert dict(entries(found, "care_team")[0].values) == {
        "name": "Dr Aisha Khan",
        "group": "district_nurse",
        "organisation": "Bridge Street Surgery",
        "phone_day": "01943 496 0150",
        "from_date": "2026-01-01",
    }
    assert {line.kind for line in found.left_out} == {"Condition", "Encounter"}


def test_how_far_somebody_is_to_be_involved_is_never_guessed() -> None:
    (found,) = propose(data(everything()), ON).people
    assert all("involvement" not in entry.values for entry in found.entries)
    assert any("please ask" in note for note in found.notes)


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"active": False}, "no longer in touch"),
        ({"period": {"end": "2020-01-01"}}, "no longer in touch"),
        ({"name": []}, "no name"),
    ],
)
def test_people_of_the_past_stay_out(change: Json, why: str) -> None:
    relative = {"resourceType": "RelatedPerson", "patient": {"reference": PATIENT}, "name": [{"text": "Anna"}]} | change
    found = person(patient(), relative)
    assert not entries(found, "contacts")
    assert why in found.left_out[0].why


@pytest.mark.hazard("H25")
def test_an_attorney_is_not_made_by_a_code() -> None:
    role = concept("HPOWATT", "healthcare power of attorney", "http://terminology.hl7.org/CodeSystem/v3-RoleCode")
    relative = {"resourceType": "RelatedPerson", "patient": {"reference": PATIENT}, "name": [{"text": "Anna"}]}
    found = person(patient(), relative | {"relationship": [role]})
    (entry,) = entries(found, "contacts")
    assert "roles" not in entry.values
    assert not entries(found, "attorneys")
    assert any("attorney" in note for note in entry.notes)


@pytest.mark.parametrize("status", ["proposed", "suspended", "inactive", "entered-in-error"])
def test_a_team_that_does_not_stand_stays_out(status: str) -> None:
    whole = everything()
    whole["entry"][2]["resource"]["status"] = status
    (found,) = propose(data(whole), ON).people
    assert not entries(found, "care_team")


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
