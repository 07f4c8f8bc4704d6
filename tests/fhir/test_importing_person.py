"""Who a FHIR file says the person is: name, birth, number, address, telephones, and the people around them."""

from __future__ import annotations

from typing import Any

import pytest

from eolc_desktop.fhir.importing import propose
from tests.fhir.files import (
    NHS,
    ON,
    PATIENT,
    Json,
    concept,
    data,
    entries,
    everything,
    patient,
    person,
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
