"""What other systems changed in what was shared, as whole proposals that a person accepts or declines (decision 12).

Nothing comes in by itself. A proposal says in words what the plan holds and what the other system says, and which
values would be recorded on a yes; what cannot be turned into values is named, so that somebody looks there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from eolc_desktop.care_plan.fields import MAIN, Audience, Value, is_empty
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.words import display
from eolc_desktop.fhir import allergies, decisions
from eolc_desktop.fhir.elements import text, words_of
from eolc_desktop.fhir.reading import File
from eolc_desktop.fhir.reading import Resource as ReadResource
from eolc_desktop.fhir.references import Addresses
from eolc_desktop.fhir.sharing.elements import Ids, Resource
from eolc_desktop.fhir.sharing.patching import changed_elements, may_be_written
from eolc_desktop.fhir.sharing.projecting import name_of
from eolc_desktop.fhir.sharing.reading_back import Offered, read_back

KIND_WORDS = {
    "Patient": "Who they are",
    "RelatedPerson": "A person who matters",
    "CareTeam": "The care team",
    "Consent": "Consent to share",
    "Flag": "A flag",
    "Condition": "A diagnosis",
    "AllergyIntolerance": "An allergy",
    "Observation": "Where they want to be, or an assessment",
    "Goal": "A goal or hope",
    "CarePlan": "The plan as a whole",
    "Task": "A next step",
    "Appointment": "A next contact",
    "DocumentReference": "The document",
}
_ELEMENTS = {
    "status": "how it stands",
    "clinicalStatus": "whether it still holds",
    "verificationStatus": "how certain it is",
    "lifecycleStatus": "how it stands",
    "active": "whether it is in use",
    "code": "what it is",
    "period": "since when",
    "author": "who decided",
    "name": "the name",
    "telecom": "telephone or e-mail",
    "address": "the address",
    "note": "a note",
    "participant": "who takes part",
    "description": "what it is",
    "owner": "who does it",
    "restriction": "by when",
    "content": "the document itself",
}


@dataclass(frozen=True, slots=True)
class Offer:
    """One resource in which another system says something else than the plan.

    `lines` holds label, what the plan says and what the other system says; `unread` names what cannot be turned into
    values; `urgent` is set for CPR and allergies. `version` is the version of the resource that was looked at.
    """

    key: str
    version: str
    heading: str
    lines: tuple[tuple[str, str, str], ...]
    values: tuple[Offered, ...]
    unread: tuple[str, ...] = ()
    urgent: bool = False


def offers(plan: Plan, made: list[Resource], seen: Mapping[str, Resource], ids: Ids, on: date) -> tuple[Offer, ...]:
    """Everything on the server that another system changed or added, beside what was last published.

    To be asked only when nothing of this laptop waits to be sent: `made` is then what was published. Pure.
    """
    published = {f"{one['resourceType']}/{one['id']}": one for one in made}
    found = []
    for key, there in sorted(seen.items()):
        ours = published.get(key)
        if ours is not None:
            offer = _changed(plan, key, ours, there, on)
        elif there.get("resourceType") in ("Flag", "AllergyIntolerance") and not name_of(there):
            offer = _added(plan, key, there, ids, on)
        else:
            offer = None
        if offer is not None:
            found.append(offer)
    return tuple(found)


def _changed(plan: Plan, key: str, ours: Resource, there: Resource, on: date) -> Offer | None:
    kind = ours["resourceType"]
    if there.get("resourceType") != kind or kind == "Binary":
        return None
    if not may_be_written(there):
        if _marked(there):
            why = "a mark that changes what it means, which this program cannot read: look in the other system"
            return Offer(key, _version(there), KIND_WORDS[kind], (), (), (why,), kind in _URGENT)
        return None
    changed = changed_elements(there, ours)
    if not changed:
        return None
    understood, values = read_back(name_of(ours), there, changed, plan, on)
    values = tuple(v for v in values if plan.value(v.section, v.field, v.entry) != v.value)
    unread = tuple(_ELEMENTS.get(name, name) for name in changed if name not in understood)
    if not values and not unread:
        return None
    return Offer(key, _version(there), KIND_WORDS[kind], _lines(plan, values), values, unread, kind in _URGENT)


_URGENT = frozenset({"Flag", "AllergyIntolerance", "Consent"})


def _added(plan: Plan, key: str, there: Resource, ids: Ids, on: date) -> Offer | None:
    """A CPR status or an allergy that another system recorded for itself, and the plan does not say."""
    record = ReadResource(
        1, str(there.get("resourceType")), text(there.get("id")), "", dict(there), False, _marked(there)
    )
    if record.kind == "AllergyIntolerance":
        proposed = allergies.propose([record]).entries
        values = tuple(
            Offered("allergy", ids("offered", key), field, value)
            for entry in proposed
            if entry.section == "allergy" and not _has_allergy(plan, entry.values)
            for field, value in entry.values.items()
            if not is_empty(value)
        )
        heading = f"An allergy that another system recorded: {words_of(there.get('code'))}"
    else:
        read = decisions.read_cpr([record], Addresses(File("", (record,))), on)
        values = tuple(
            Offered("cpr", MAIN, field, value)
            for entry in read.entries
            for field, value in entry.values.items()
            if plan.value("cpr", "decision") != entry.values.get("decision") and not is_empty(value)
        )
        heading = "A CPR recommendation that another system recorded"
    return Offer(key, _version(there), heading, _lines(plan, values), values, (), True) if values else None


def _has_allergy(plan: Plan, values: Mapping[str, Value]) -> bool:
    wanted = values.get("substance")
    said = str(wanted.get("text", "")).casefold() if isinstance(wanted, dict) else ""
    known = [entry.value("substance") for entry in plan.entries("allergy")]
    return any(isinstance(one, dict) and one.get("text", "").casefold() == said for one in known)


def _lines(plan: Plan, values: tuple[Offered, ...]) -> tuple[tuple[str, str, str], ...]:
    return tuple(_line(plan, offered) for offered in values)


def _line(plan: Plan, offered: Offered) -> tuple[str, str, str]:
    field = plan.catalogue[offered.section][offered.field]
    now = plan.value(offered.section, offered.field, offered.entry)
    return (
        field.label,
        display(field, now, Audience.STAFF, plan.links),
        display(field, offered.value, Audience.STAFF, plan.links),
    )


def _version(resource: Mapping[str, Any]) -> str:
    meta = resource.get("meta")
    return str(meta.get("versionId", "")) if isinstance(meta, dict) else ""


def _marked(resource: Resource) -> bool:
    return bool(resource.get("modifierExtension") or resource.get("implicitRules"))
