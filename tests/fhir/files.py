"""FHIR files made for tests: small, whole, and changed in one place at a time."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from eolc_desktop.fhir.importing import propose
from eolc_desktop.fhir.proposal import Proposed, ProposedEntry, ProposedPerson

ON = date(2026, 11, 12)
SYNTHEA = sorted((Path(__file__).parent.parent / "data" / "synthea").glob("*.json"))
SNOMED = "http://snomed.info/sct"
NHS = "https://fhir.nhs.uk/Id/nhs-number"
CLINICAL = "http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical"
VERIFICATION = "http://terminology.hl7.org/CodeSystem/allergyintolerance-verification"
PATIENT = "urn:uuid:patient-1"

Json = dict[str, Any]


def concept(code: str = "", words: str = "", system: str = SNOMED, text: str = "") -> Json:
    made: Json = {"coding": [{"system": system, "code": code, "display": words}]} if code else {}
    return made | ({"text": text} if text else {})


def patient(**changes: Any) -> Json:
    """A Patient in England with everything the plan has a place for; `None` takes an element away."""
    made: Json = {
        "resourceType": "Patient",
        "id": "patient-1",
        "identifier": [{"system": NHS, "value": "999 000 0026"}],
        "name": [
            {"use": "official", "family": "Nowak", "given": ["Ewa", "Maria"], "prefix": ["Mrs."]},
            {"use": "usual", "text": "Ewa"},
        ],
        "gender": "female",
        "birthDate": "1938-01-11",
        "telecom": [
            {"system": "phone", "value": "01943 496 0111", "use": "home"},
            {"system": "phone", "value": "07700 900111", "use": "mobile"},
        ],
        "address": [
            {"use": "home", "line": ["3 Weir Cottages", "Bridge Street"], "city": "Otley", "postalCode": "ls21 1bq"}
        ],
        "communication": [{"language": concept("pl", "Polish", "urn:ietf:bcp:47"), "preferred": True}],
    }
    made |= changes
    return {key: value for key, value in made.items() if value is not None}


def allergy(substance: Json | None = None, clinical: str = "active", verified: str = "confirmed", **more: Any) -> Json:
    made: Json = {
        "resourceType": "AllergyIntolerance",
        "patient": {"reference": PATIENT},
        "code": concept("91936005", "Allergy to penicillin") if substance is None else substance,
    }
    if clinical:
        made["clinicalStatus"] = concept(clinical, system=CLINICAL)
    if verified:
        made["verificationStatus"] = concept(verified, system=VERIFICATION)
    return made | more


def cpr_flag(code: str = "450476008", status: str = "active", **more: Any) -> Json:
    made: Json = {
        "resourceType": "Flag",
        "status": status,
        "code": concept(code),
        "subject": {"reference": PATIENT},
        "period": {"start": "2026-10-12T09:15:00+01:00"},
        "author": {"display": "Dr A Khan", "type": "Practitioner"},
    }
    return made | more


def bundle(*resources: Json, kind: str = "collection", first: str = PATIENT) -> Json:
    """A Bundle; the first resource has the address `first`, the others one of their own."""
    entries = [
        {"fullUrl": first if n == 0 else f"urn:uuid:other-{n}", "resource": resource}
        for n, resource in enumerate(resources)
    ]
    return {"resourceType": "Bundle", "type": kind, "entry": entries}


def data(whole: Any) -> bytes:
    return json.dumps(whole, ensure_ascii=False).encode()


def proposed(*resources: Json, kind: str = "collection") -> Proposed:
    return propose(data(bundle(*resources, kind=kind)), ON)


def person(*resources: Json) -> ProposedPerson:
    """The one person that these resources, the Patient first, propose."""
    (found,) = proposed(*resources).people
    return found


def entries(of: ProposedPerson, section: str) -> list[ProposedEntry]:
    return [entry for entry in of.entries if entry.section == section]


def everything() -> Json:
    """A bundle with one of each thing that comes in, and some that do not."""
    around = {
        "contact": [
            {
                "relationship": [concept("C", "Emergency contact", "http://terminology.hl7.org/CodeSystem/v2-0131")],
                "name": {"family": "Nowak", "given": ["Piotr"]},
                "telecom": [{"system": "phone", "value": "07700 900222", "rank": 1}],
            }
        ],
        "generalPractitioner": [{"reference": "urn:uuid:other-3"}],
        "deceasedDateTime": "2026-11-10T03:20:00Z",
        "extension": [
            {
                "url": "http://hl7.org/fhir/StructureDefinition/patient-interpreterRequired",
                "valueBoolean": True,
            }
        ],
        "meta": {"security": [{"system": "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", "code": "R"}]},
    }
    return bundle(
        patient(**around),
        {
            "resourceType": "RelatedPerson",
            "patient": {"reference": PATIENT},
            "relationship": [concept("DAU", "daughter", "http://terminology.hl7.org/CodeSystem/v3-RoleCode")],
            "name": [{"family": "Shah", "given": ["Anna"]}],
            "telecom": [{"system": "phone", "value": "07700 900333"}, {"system": "email", "value": "anna@example.org"}],
            "period": {"start": "2020-01-01"},
        },
        {
            "resourceType": "CareTeam",
            "status": "active",
            "subject": {"reference": PATIENT},
            "participant": [
                {
                    "role": [concept("305578001", "District nurse")],
                    "member": {"reference": "urn:uuid:other-3"},
                    "onBehalfOf": {"reference": "urn:uuid:other-5"},
                    "period": {"start": "2026-01-01"},
                }
            ],
        },
        {
            "resourceType": "PractitionerRole",
            "practitioner": {"reference": "urn:uuid:other-4"},
            "organization": {"reference": "urn:uuid:other-5"},
            "code": [concept("62247001", "General practitioner")],
            "telecom": [{"system": "phone", "value": "01943 496 0150"}],
        },
        {"resourceType": "Practitioner", "name": [{"family": "Khan", "given": ["Aisha"], "prefix": ["Dr."]}]},
        {
            "resourceType": "Organization",
            "name": "Bridge Street Surgery",
            "identifier": [{"system": "https://fhir.nhs.uk/Id/ods-organization-code", "value": "B83620"}],
        },
        allergy(
            criticality="high",
            type="allergy",
            onsetDateTime="1985",
            reaction=[{"manifestation": [concept("271807003", "Rash")], "severity": "moderate"}],
        ),
        cpr_flag(author={"reference": "urn:uuid:other-4"}),
        {"resourceType": "Condition", "subject": {"reference": PATIENT}, "code": concept("38341003", "Hypertension")},
        {"resourceType": "Encounter", "subject": {"reference": PATIENT}},
    )
