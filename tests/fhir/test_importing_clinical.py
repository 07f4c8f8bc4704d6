"""What a FHIR file says of allergies, of CPR and of a death: the whole table, and questions that never slip in."""

from __future__ import annotations

from itertools import product

import pytest

from eolc_desktop.fhir.allergies import Reading, read_one
from tests.fhir.files import (
    PATIENT,
    Json,
    allergy,
    concept,
    cpr_flag,
    entries,
    patient,
    person,
)

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
