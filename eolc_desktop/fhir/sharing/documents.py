"""The plan as a PDF for those who read nothing else: a DocumentReference (UK Core) with its Binary."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from datetime import datetime

from eolc_desktop.fhir.sharing.elements import (
    CARE_PLAN_CATEGORY,
    CARE_PLAN_CODE,
    Making,
    Resource,
    author,
    filled,
    listed,
    moment,
    snomed,
)

UNSTRUCTURED = {
    "system": "https://fhir.nhs.uk/England/CodeSystem/England-NRLFormatCode",
    "code": "urn:nhs-ic:unstructured",
    "display": "Unstructured Document",
}
PALLIATIVE_CARE = snomed("103735009", "Palliative care")


@dataclass(frozen=True, slots=True)
class Paper:
    """A PDF made from the same plan, with its title."""

    title: str
    content: bytes
    made_at: datetime


def document(making: Making, paper: Paper) -> tuple[Resource, Resource]:
    """The Binary first, then the DocumentReference that points at it and holds its size and hash."""
    binary: Resource = {
        "resourceType": "Binary",
        "id": making.ids("document", "content"),
        "contentType": "application/pdf",
        "data": base64.b64encode(paper.content).decode(),
    }
    reference = filled(
        making.resource("DocumentReference", "document", profile="UKCore-DocumentReference"),
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


def attachment(paper: Paper, url: str) -> Resource:
    """Where a PDF is, how large, and the SHA-1 by which FHIR R4 checks that it is whole (not that it is unforged)."""
    digest = hashlib.sha1(paper.content, usedforsecurity=False).digest()
    return {
        "contentType": "application/pdf",
        "language": "en-GB",
        "url": url,
        "title": paper.title,
        "creation": moment(paper.made_at),
        "size": len(paper.content),
        "hash": base64.b64encode(digest).decode(),
    }
