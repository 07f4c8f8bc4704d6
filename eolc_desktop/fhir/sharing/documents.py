"""The plan as a PDF, and the files attached to it: each a DocumentReference (UK Core) with its Binary."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime

from eolc_desktop.care_plan.plan import Entry
from eolc_desktop.fhir.addresses import EXTENSION
from eolc_desktop.fhir.sharing.elements import (
    CARE_PLAN_CATEGORY,
    CARE_PLAN_CODE,
    Making,
    Resource,
    author,
    concept,
    filled,
    listed,
    moment,
    said,
    snomed,
)

SHARED_VERSION = f"{EXTENSION}/shared-version"
"""Which version of the shared plan a PDF was made of: the same name on every laptop."""

UNSTRUCTURED = {
    "system": "https://fhir.nhs.uk/England/CodeSystem/England-NRLFormatCode",
    "code": "urn:nhs-ic:unstructured",
    "display": "Unstructured Document",
}
PALLIATIVE_CARE = snomed("103735009", "Palliative care")


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF made from the same plan, with its title; `version` names the version of the shared plan it was made of."""

    title: str
    content: bytes
    made_at: datetime
    version: str = ""


def document(making: Making, paper: Paper) -> tuple[Resource, Resource]:
    """The Binary first, then the DocumentReference that points at it and holds its size and hash."""
    binary = _binary(making, "application/pdf", paper.content, "document", *listed(paper.version), "content")
    made = making.resource("DocumentReference", "document", profile="UKCore-DocumentReference")
    if paper.version:
        made["extension"].append({"url": SHARED_VERSION, "valueString": paper.version})
    reference = filled(
        made,
        status="current",
        docStatus="final",
        type={"coding": [dict(CARE_PLAN_CODE)]},
        category=[{"coding": [dict(CARE_PLAN_CATEGORY)]}],
        subject=making.person,
        date=moment(paper.made_at),
        author=listed(author(making.plan.last_change_by)),
        description=paper.title,
        content=[{"attachment": attachment(paper, f"Binary/{binary['id']}"), "format": dict(UNSTRUCTURED)}],
        context={"practiceSetting": PALLIATIVE_CARE},
    )
    return binary, reference


def attached_file(making: Making, entry: Entry, content: bytes, media_type: str) -> tuple[Resource, Resource]:
    """A file that is attached to the plan, as the entry describes it: the Binary, then its DocumentReference.

    Both are named after what the file holds (`sha256` of the entry), so that the same file is there once, and what has
    that name is never anything else.
    """
    sha256 = entry.text("sha256")
    item = entry.items["sha256"]
    binary = _binary(making, media_type, content, "file", sha256, "content")
    kind = making.plan.catalogue["documents"].find("kind")
    chosen = entry.value("kind")
    option = kind.option(chosen) if kind is not None and isinstance(chosen, str) else None
    holds: Resource = {
        "contentType": media_type,
        "url": f"Binary/{binary['id']}",
        "size": len(content),
        "hash": _sha1(content),
    }
    if title := said(entry, "title"):
        holds["title"] = title
    reference = filled(
        making.resource("DocumentReference", "file", sha256, profile="UKCore-DocumentReference"),
        status="current",
        type=concept("documents", kind, option) if kind is not None else None,
        subject=making.person,
        date=moment(item.recorded_at),
        author=listed(author(item.recorded_by)),
        description=said(entry, "title"),
        content=[{"attachment": holds}],
    )
    return binary, reference


def _binary(making: Making, media_type: str, content: bytes, *names: str) -> Resource:
    """The bytes. Who may read the Patient may read them (`securityContext`): an address alone opens nothing."""
    return {
        "resourceType": "Binary",
        "id": making.ids(*names),
        "contentType": media_type,
        "securityContext": making.person,
        "data": base64.b64encode(content).decode(),
    }


def attachment(paper: Paper, url: str) -> Resource:
    """Where a PDF is, how large, and the SHA-1 by which FHIR R4 checks that it is whole (not that it is unforged)."""
    return {
        "contentType": "application/pdf",
        "language": "en-GB",
        "url": url,
        "title": paper.title,
        "creation": moment(paper.made_at),
        "size": len(paper.content),
        "hash": _sha1(paper.content),
    }


def _sha1(content: bytes) -> str:
    return base64.b64encode(hashlib.sha1(content, usedforsecurity=False).digest()).decode()
