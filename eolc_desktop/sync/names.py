"""How resources of the shared record are named, so that every laptop finds the same ones."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid5

from eolc_desktop.fhir.addresses import BASE, EXTENSION
from eolc_desktop.sync.effects import JSON

STAMP = f"{EXTENSION}/last-changeset"
"""The extension with the change-set that last wrote a resource."""
MANIFEST_CODE = {"system": f"{BASE}/CodeSystem/exchange", "code": "manifest"}
CONFLICT_CODE = {"system": f"{BASE}/CodeSystem/exchange", "code": "conflict"}
QUESTIONNAIRES = "questionnaires"
"""The mark that names the Questionnaires which the shared record was last given."""
DOOR_CODE = {"system": f"{BASE}/CodeSystem/exchange", "code": "door"}


@lru_cache(maxsize=20_000)
def fhir_id(person_id: str, *names: str) -> str:
    """The FHIR id of a person's resource: the person's own id for the Patient, one made from the names for others.

    The same on every laptop, so that two people who begin the same part of a plan offline meet in one resource, where
    the version check of the server finds them out.
    """
    person = UUID(person_id)
    return str(uuid5(person, "/".join(names)) if names else person)


def patient_key(person_id: str) -> str:
    """The key of the Patient."""
    return f"Patient/{fhir_id(person_id)}"


def manifest_key(person_id: str) -> str:
    """The key of the List that names every resource of the person, and who last wrote each."""
    return f"List/{fhir_id(person_id, 'manifest')}"


def door_key(person_id: str) -> str:
    """The key of the List whose version guards the beginning of a person's record (`sync.beginning`)."""
    return f"List/{fhir_id(person_id, 'door')}"


def entry_key(person_id: str, section: str, entry: str) -> str:
    """The key of the QuestionnaireResponse of an entry."""
    return f"QuestionnaireResponse/{fhir_id(person_id, 'entry', section, entry)}"


def paper_key(person_id: str) -> str:
    """The key of the DocumentReference of the plan as a PDF."""
    return f"DocumentReference/{fhir_id(person_id, 'document')}"


def file_key(person_id: str, sha256: str) -> str:
    """The key of the DocumentReference of a file that is attached to the plan."""
    return f"DocumentReference/{fhir_id(person_id, 'file', sha256)}"


def file_content_key(person_id: str, sha256: str) -> str:
    """The key of the Binary that holds an attached file."""
    return f"Binary/{fhir_id(person_id, 'file', sha256, 'content')}"


def key_of(resource: JSON) -> str:
    """The key of a resource: its type and id."""
    return f"{resource.get('resourceType')}/{resource.get('id')}"


def person_of(resource: JSON) -> str:
    """The id of the person whom a resource is about; "" when it does not say so in our way."""
    if resource.get("resourceType") == "Patient":
        return _person_id(str(resource.get("id", "")))
    for name in ("subject", "patient", "for"):
        reference = resource.get(name)
        if isinstance(reference, dict) and isinstance(said := reference.get("reference"), str):
            kind, _, found = said.rpartition("/")
            return _person_id(found) if kind.rpartition("/")[2] == "Patient" else ""
    return ""


@lru_cache(maxsize=20_000)
def _person_id(found: str) -> str:
    try:
        return UUID(found).hex
    except ValueError:
        return ""


def stamp_of(resource: JSON | None) -> str:
    """The change-set that last wrote a resource; "" where another system wrote it anew."""
    extensions = resource.get("extension") if resource else None
    if isinstance(extensions, list):
        for extension in extensions:
            if isinstance(extension, dict) and extension.get("url") == STAMP:
                return str(extension.get("valueId", ""))
    return ""


def stamped(resource: JSON, change_set: str) -> JSON:
    """The resource with the stamp of a change-set, so that no write is ever without effect."""
    others = [e for e in _dicts(resource.get("extension")) if e.get("url") != STAMP]
    return {**resource, "extension": [*others, {"url": STAMP, "valueId": change_set}]}


def bare(resource: JSON) -> JSON:
    """A resource without what the server and the exchange add: to compare what it says."""
    kept = {key: value for key, value in resource.items() if key not in ("meta", "text", "extension")}
    if others := [e for e in _dicts(resource.get("extension")) if e.get("url") != STAMP]:
        kept["extension"] = others
    return kept


def version_of(resource: JSON) -> str:
    """The version that the server gave a resource; "" when it does not say."""
    meta = resource.get("meta")
    return str(meta.get("versionId", "")) if isinstance(meta, dict) else ""


def updated_of(resource: JSON) -> str:
    """When the server last changed a resource, as it wrote it."""
    meta = resource.get("meta")
    return str(meta.get("lastUpdated", "")) if isinstance(meta, dict) else ""


def manifest(person_id: str, stamps: dict[str, str]) -> JSON:
    """The List that names every resource of a person with the change-set that last wrote it."""
    return {
        "resourceType": "List",
        "id": fhir_id(person_id, "manifest"),
        "status": "current",
        "mode": "working",
        "title": "Resources of one care plan",
        "code": {"coding": [dict(MANIFEST_CODE)]},
        "subject": {"reference": patient_key(person_id)},
        "entry": [
            {"extension": [{"url": STAMP, "valueId": stamp}], "item": {"reference": key}}
            for key, stamp in sorted(stamps.items())
        ],
    }


def door(person_id: str) -> JSON:
    """The List that guards the beginning of a person's record. It names nobody: the Patient is not there yet."""
    return {
        "resourceType": "List",
        "id": door_key(person_id).partition("/")[2],
        "status": "current",
        "mode": "working",
        "title": "Guards the beginning of one care plan",
        "code": {"coding": [dict(DOOR_CODE)]},
    }


def stamps_in(resource: JSON | None) -> dict[str, str]:
    """What a manifest names: the stamp of each resource by key."""
    found = {}
    for entry in _dicts((resource or {}).get("entry")):
        item = entry.get("item")
        if isinstance(item, dict) and isinstance(key := item.get("reference"), str):
            found[key] = stamp_of(entry)
    return found


def is_manifest(resource: JSON) -> bool:
    """Whether a List is a manifest of this program."""
    person_id = person_of(resource)
    return bool(person_id) and key_of(resource) == manifest_key(person_id)


def _dicts(found: Any) -> Iterator[JSON]:
    if isinstance(found, list):
        yield from (part for part in found if isinstance(part, dict))
