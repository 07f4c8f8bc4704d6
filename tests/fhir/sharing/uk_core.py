"""What the UK Core profiles ask of each resource beyond FHIR itself, as a table: its packages are on no registry here.

Read from the differentials of HL7 UK's published StructureDefinitions (`https://fhir.hl7.org.uk/StructureDefinition/…`),
copy of 20 June 2025: the least number of each element, and what is to be carried when it is recorded ("must support").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

LEAST: Mapping[str, Mapping[str, int]] = {
    # element: how many there are at the least
    "Patient": {"identifier.system": 1, "identifier.value": 1},
    "RelatedPerson": {"patient": 1, "identifier.system": 1, "identifier.value": 1},
    "AllergyIntolerance": {"code": 1, "patient": 1},
    "Condition": {"subject": 1, "code": 1},
    "Observation": {"status": 1, "code": 1, "subject": 1},
    "Flag": {"identifier.system": 1, "identifier.value": 1, "status": 1, "code": 1, "subject": 1},
    "Consent": {"status": 1, "scope": 1, "category": 1, "policyRule": 1},
    "CareTeam": {"subject": 1, "status": 1},
    "CarePlan": {"status": 1, "intent": 1, "subject": 1, "category": 1},
    "Goal": {"lifecycleStatus": 1, "description": 1, "subject": 1},
    "Task": {"status": 1, "intent": 1, "for": 1},
    "Appointment": {"status": 1, "participant": 1, "participant.status": 1},
    "DocumentReference": {"status": 1, "type": 1, "subject": 1, "content": 1, "content.attachment": 1},
}

CARRIED: Mapping[str, tuple[str, ...]] = {
    # carried whenever it is recorded: a plan that records everything has each
    "Patient": (
        "identifier",
        "name",
        "telecom",
        "gender",
        "birthDate",
        "address",
        "communication",
        "generalPractitioner",
    ),
    "RelatedPerson": ("active", "patient", "relationship", "name", "telecom"),
    "AllergyIntolerance": (
        "clinicalStatus",
        "verificationStatus",
        "type",
        "code",
        "onsetDateTime",
        "recordedDate",
        "reaction",
    ),
    "Condition": ("clinicalStatus", "category", "code", "recordedDate", "recorder"),
    "Observation": ("status", "category", "code", "effectiveDateTime", "performer"),
    "Flag": ("status", "category", "code", "period"),
    "Consent": ("status", "dateTime", "performer", "provision"),
    "CareTeam": ("participant", "note"),
    "CarePlan": ("title", "period", "created", "careTeam", "addresses", "goal", "activity"),
    "Goal": ("expressedBy", "note"),
    "Task": ("description",),
    "Appointment": ("requestedPeriod", "description"),
    "DocumentReference": ("docStatus", "category", "date", "author", "context"),
}

NO_PROFILE = frozenset({"Goal", "Appointment", "Binary", "Provenance"})
"""UK Core has none for these: base R4 holds."""


def lacking(resource: dict[str, Any], wanted: Mapping[str, int]) -> list[str]:
    """The elements of which there are too few."""
    return [path for path, least in wanted.items() if any(n < least for n in _counts(resource, path.split(".")))]


def _counts(held: Any, path: list[str]) -> Iterator[int]:
    first, *rest = path
    found = held.get(first, []) if isinstance(held, dict) else []
    members = found if isinstance(found, list) else [found]
    if not rest:
        yield len(members)
        return
    for member in members:
        yield from _counts(member, rest)
