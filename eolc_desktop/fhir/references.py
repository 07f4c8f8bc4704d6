"""Following references inside a FHIR file, and saying whom each record is about: never guessed, never left open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from eolc_desktop.care_plan.nhs_number import digits_of
from eolc_desktop.fhir.reading import File, Resource, refusal

NHS_NUMBER_SYSTEM = "https://fhir.nhs.uk/Id/nhs-number"
_SUBJECT_ELEMENTS = ("subject", "patient", "beneficiary", "for", "individual")
_ABOUT_NOBODY = frozenset(
    (
        "Practitioner", "PractitionerRole", "Organization", "OrganizationAffiliation", "Location", "HealthcareService",
        "Medication", "Substance", "Endpoint", "Binary", "Provenance", "AuditEvent", "OperationOutcome", "Schedule",
        "Slot", "Appointment", "AppointmentResponse", "Person", "Group", "Device", "Bundle", "Parameters", "Basic",
        "MessageHeader", "Linkage", "Questionnaire", "PlanDefinition", "ActivityDefinition", "CapabilityStatement",
        "CodeSystem", "ValueSet", "ConceptMap", "NamingSystem", "StructureDefinition", "SearchParameter", "Library",
        "InsurancePlan", "MedicationKnowledge", "PaymentNotice", "PaymentReconciliation",
    )
)  # fmt: skip
"""Kinds of record that need not be about a person. Where one of them does name a person, it is checked all the same."""
_LOCAL = re.compile(r"([A-Z][A-Za-z]{1,50})/([A-Za-z0-9\-.]{1,64})(?:/_history/[A-Za-z0-9\-.]{1,64})?\Z")
_KIND_NAMED = re.compile(r"(?:^|/)([A-Z][A-Za-z]{1,50})/[A-Za-z0-9\-.]{1,64}\Z")
_VERSION = re.compile(r"/_history/[A-Za-z0-9\-.]{1,64}\Z")


@dataclass(frozen=True)
class Sorted:
    """The records of a file by whom they are about.

    `about` holds them by the place of their Patient; `shared` are those about nobody (practitioners, organisations);
    `unsaid` are those that should say whom they are about and do not.
    """

    patients: tuple[Resource, ...]
    about: Mapping[int, tuple[Resource, ...]]
    shared: tuple[Resource, ...]
    unsaid: tuple[Resource, ...]


@dataclass(frozen=True)
class Addresses:
    """Where the records of a file are found. Nothing outside the file is ever looked up."""

    file: File

    @cached_property
    def _by_address(self) -> dict[str, Resource]:
        return {r.full_url: r for r in self.file.resources if r.full_url}

    @cached_property
    def _by_kind_and_id(self) -> dict[str, Resource]:
        return {f"{r.kind}/{r.id}": r for r in self.file.resources if r.id}

    def find(self, reference: Any, holder: Resource) -> Resource | None:
        """The record that a Reference in `holder` points at, or None when it is not in the file.

        A short reference ("Patient/1") belongs to the server its holder came from; the same short name of another
        server is another record (bundle rules of FHIR R4, section 2.36.4.1).
        """
        text = reference.get("reference") if isinstance(reference, dict) else None
        if not isinstance(text, str):
            return None
        if text.startswith("#"):
            return _contained(holder, text[1:])
        text = _VERSION.sub("", text)
        if found := self._by_address.get(text):
            return found
        if not _LOCAL.match(text):
            return None
        base = _base(holder)
        if base and (found := self._by_address.get(f"{base}/{text}")):
            return found
        found = self._by_kind_and_id.get(text)
        return found if found and (not base or not _base(found) or base == _base(found)) else None


def _base(resource: Resource) -> str:
    """The server that a record came from, or "" where its address does not tell."""
    ending = f"/{resource.kind}/{resource.id}"
    address = resource.full_url
    return address.removesuffix(ending) if address.startswith("http") and address.endswith(ending) else ""


def _contained(holder: Resource, name: str) -> Resource | None:
    inside = holder.body.get("contained")
    for body in inside if isinstance(inside, list) else []:
        if isinstance(body, dict) and name and body.get("id") == name and isinstance(body.get("resourceType"), str):
            kind = body["resourceType"]
            return Resource(holder.place, kind, name, "", body, holder.had_hidden, holder.not_understood)
    return None


def sort_by_person(file: File, addresses: Addresses) -> Sorted:
    """Say of every record whom it is about.

    Raises ImportRefused, naming the kind of record and its number in the file, when one is about a person who is not
    in the file, or about two: a file that mixes people is not taken in part (threat T6, hazard H03).
    """
    patients = tuple(resource for resource in file.resources if resource.kind == "Patient")
    if not patients:
        raise refusal(
            "There is nobody in this file (no Patient record).", "Ask for a file with the person’s own details."
        )
    about: dict[int, list[Resource]] = {patient.place: [] for patient in patients}
    shared: list[Resource] = []
    unsaid: list[Resource] = []
    for resource in file.resources:
        if resource.kind == "Patient":
            continue
        people = {patient.place for patient in _people(resource, addresses, patients)}
        if len(people) > 1:
            raise refusal(f"Record {resource.place} of this file ({resource.kind}) is about more than one person.")
        if people:
            about[people.pop()].append(resource)
        elif resource.kind in _ABOUT_NOBODY:
            shared.append(resource)
        else:
            unsaid.append(resource)
    return Sorted(patients, {place: tuple(found) for place, found in about.items()}, tuple(shared), tuple(unsaid))


def _people(resource: Resource, addresses: Addresses, patients: tuple[Resource, ...]) -> Iterator[Resource]:
    for element in _SUBJECT_ELEMENTS:
        named = resource.body.get(element)
        for reference in named if isinstance(named, list) else [named]:
            if isinstance(reference, dict) and (patient := _person(resource, reference, addresses, patients)):
                yield patient


def _person(
    resource: Resource, reference: dict[str, Any], addresses: Addresses, patients: tuple[Resource, ...]
) -> Resource | None:
    text, identifier = reference.get("reference"), reference.get("identifier")
    if isinstance(text, str):
        found = addresses.find(reference, resource)
        if any(found is patient for patient in patients):
            return found
        named = _KIND_NAMED.search(_VERSION.sub("", text))
        kind = found.kind if found else (named[1] if named else reference.get("type", "Patient"))
        if kind != "Patient":
            return None  # about a group, a device or a place
    elif isinstance(identifier, dict):
        number = _nhs_number(identifier)
        for patient in patients:
            if number and number in nhs_numbers(patient.body):
                return patient
    else:
        return None  # a name alone says nothing that could be relied on
    raise refusal(
        f"Record {resource.place} of this file ({resource.kind}) is about somebody else, or about somebody who is not "
        "in the file.",
        "Ask for a file that holds one person’s record and nobody else’s.",
    )


def _nhs_number(identifier: Any) -> str:
    if isinstance(identifier, dict) and identifier.get("system") == NHS_NUMBER_SYSTEM:
        value = identifier.get("value")
        return digits_of(value) if isinstance(value, str) else ""
    return ""


def nhs_numbers(patient: Mapping[str, Any]) -> tuple[str, ...]:
    """The digits of every NHS number a Patient is given, in the order given; those marked as old are left out."""
    identifiers = patient.get("identifier")
    found = [
        _nhs_number(identifier)
        for identifier in (identifiers if isinstance(identifiers, list) else [])
        if isinstance(identifier, dict) and identifier.get("use") != "old"
    ]
    return tuple(dict.fromkeys(number for number in found if number))
