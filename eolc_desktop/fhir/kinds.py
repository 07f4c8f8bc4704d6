"""The kinds of FHIR record in words, and why those that do not come in stay out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import groupby

from eolc_desktop.fhir.elements import text, words_of
from eolc_desktop.fhir.proposal import LeftOut
from eolc_desktop.fhir.reading import Resource

_BILLS = "bills and insurance are not part of a care plan"
_RESULTS = "results and measurements are not part of a care plan"
_MEDICINES = "medicines are not brought in: doses must be read where they were prescribed"
_PLANS = "another organisation’s plan stays there: record here what the person says"
_DECISIONS = "decisions and consent are recorded here with the person or their team, never taken from a file"
_SERVICES = "only those that belong to the person’s own team are named in a plan"

_KINDS: Mapping[str, tuple[str, str]] = {
    "AllergyIntolerance": ("Allergies", "they could not be read as allergies that stand"),
    "RelatedPerson": ("Family and friends", "they could not be read as people who matter now"),
    "CareTeam": ("Care teams", "they are not marked as standing"),
    "Practitioner": ("Practitioners", "only those that belong to the person’s own team are named in a plan"),
    "PractitionerRole": ("Practitioners’ roles", "only those that belong to the person’s own team are named in a plan"),
    "Organization": ("Organisations", _SERVICES),
    "Location": ("Places", _SERVICES),
    "HealthcareService": ("Services", _SERVICES),
    "Flag": ("Alerts", "alerts are recorded here by the person’s own team"),
    "Condition": ("Diagnoses and problems", "this version of the plan has no place for diagnoses"),
    "Encounter": ("Visits and stays", "visits are not part of a care plan"),
    "EpisodeOfCare": ("Episodes of care", "visits are not part of a care plan"),
    "Appointment": ("Appointments", "visits are not part of a care plan"),
    "Observation": ("Results and measurements", _RESULTS),
    "DiagnosticReport": ("Reports of tests", _RESULTS),
    "ImagingStudy": ("Scans", _RESULTS),
    "Specimen": ("Samples", _RESULTS),
    "Procedure": ("Procedures", "what was done before is not part of a care plan"),
    "Immunization": ("Vaccinations", "vaccinations are not part of a care plan"),
    "MedicationRequest": ("Prescriptions", _MEDICINES),
    "MedicationStatement": ("Medicines taken", _MEDICINES),
    "MedicationAdministration": ("Medicines given", _MEDICINES),
    "MedicationDispense": ("Medicines handed out", _MEDICINES),
    "Medication": ("Medicines", _MEDICINES),
    "Device": ("Devices", "devices are recorded here by the person’s own team"),
    "DeviceUseStatement": ("Devices in use", "devices are recorded here by the person’s own team"),
    "CarePlan": ("Care plans", _PLANS),
    "Goal": ("Goals", _PLANS),
    "Composition": ("The document’s cover", "it is only the cover of the file"),
    "QuestionnaireResponse": ("Answers to questionnaires", _PLANS),
    "Consent": ("Consent and advance decisions", _DECISIONS),
    "ServiceRequest": ("Orders and referrals", _DECISIONS),
    "ClinicalImpression": ("Clinical assessments", _DECISIONS),
    "Task": ("Tasks", "tasks belong to the system that set them"),
    "Communication": ("Messages", "messages are not part of a care plan"),
    "DocumentReference": ("Documents", "documents are not brought in: read them where they are kept"),
    "Binary": ("Attached files", "documents are not brought in: read them where they are kept"),
    "FamilyMemberHistory": ("Illness in the family", "it is about other people"),
    "Claim": ("Bills", _BILLS),
    "ClaimResponse": ("Answers to bills", _BILLS),
    "ExplanationOfBenefit": ("Insurance statements", _BILLS),
    "Coverage": ("Insurance", _BILLS),
    "Account": ("Accounts", _BILLS),
    "Provenance": ("Notes on where records came from", "only what this program read itself is noted"),
    "OperationOutcome": ("Messages from the other system", "they are about the file, not about the person"),
}
_NAMED = frozenset(("Condition", "AllergyIntolerance", "CarePlan", "Flag", "Consent", "RelatedPerson"))
"""Kinds whose own words a nurse may want to read although they do not come in."""
_MOST_NAMES = 12


def what(kind: str) -> str:
    """The kind of record in words; one that has none is called by its FHIR name."""
    return _KINDS[kind][0] if kind in _KINDS else f"Other records ({kind})"


def left_out(resources: Iterable[Resource], reasons: Mapping[int, str] | None = None) -> tuple[LeftOut, ...]:
    """What does not come in, counted by kind and reason. `reasons` gives its own reason for a record, by its place.

    A record that carries a mark this program does not know is named as such, whatever its kind: what it seems to say
    may not be what it means (hazard H28).
    """
    given = reasons or {}
    lines = [(resource.kind, _why(resource, given), resource) for resource in resources]
    lines.sort(key=lambda line: (what(line[0]), line[1]))
    return tuple(
        LeftOut(kind, what(kind), len(members), why, _names(kind, members))
        for (kind, why), group in groupby(lines, key=lambda line: line[:2])
        for members in ([line[2] for line in group],)
    )


def _why(resource: Resource, reasons: Mapping[int, str]) -> str:
    if resource.not_understood:
        return (
            "marked in a way that changes what is meant, which this program does not know: read it in the other system"
        )
    if resource.place in reasons:
        return reasons[resource.place]
    return _KINDS[resource.kind][1] if resource.kind in _KINDS else "not part of a care plan"


def _names(kind: str, resources: list[Resource]) -> tuple[str, ...]:
    if kind not in _NAMED:
        return ()
    found = dict.fromkeys(name for name in map(_name, resources) if name)
    names = list(found)[:_MOST_NAMES]
    return (*names, f"and {len(found) - _MOST_NAMES} more") if len(found) > _MOST_NAMES else tuple(names)


_SEMANTIC_TAG = re.compile(r" \((?:disorder|finding|situation|procedure|substance|product)\)\Z")


def _name(resource: Resource) -> str:
    body = resource.body
    if resource.not_understood:
        return ""  # its words could mean the opposite
    if said := words_of(body.get("code")) or text(body.get("title")):
        return _SEMANTIC_TAG.sub("", said)
    categories = body.get("category")
    return next((said for said in map(words_of, categories) if said), "") if isinstance(categories, list) else ""
