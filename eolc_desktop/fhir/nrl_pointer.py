"""The pointer by which the National Record Locator would tell others that there is a plan, and where.

A laptop in a nurse's bag is no producer of pointers: that takes a service on the NHS network that an organisation is
authorised for. What is made here is the pointer as a document, for the server that holds the shared record to publish.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from eolc_desktop.care_plan.nhs_number import is_valid
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.errors import InvalidValue
from eolc_desktop.fhir.references import NHS_NUMBER_SYSTEM
from eolc_desktop.fhir.sharing.documents import UNSTRUCTURED, Paper, attachment
from eolc_desktop.fhir.sharing.elements import CARE_PLAN_CATEGORY, CARE_PLAN_CODE, Ids, Resource, moment, snomed
from eolc_desktop.fhir.sharing.person import ODS

STABILITY = "https://fhir.nhs.uk/England/StructureDefinition/Extension-England-ContentStability"
_STABILITY_CODES = "https://fhir.nhs.uk/England/CodeSystem/England-NRLContentStability"
_ODS_CODE = re.compile(r"[A-Z0-9]{3,12}\Z")


@dataclass(frozen=True, slots=True)
class Publishing:
    """Who publishes the pointer and where the document will be fetched: `ods` is the organisation's code, `address` an
    `https` or `ssp` address, `replaces` the id of a pointer that this one takes the place of."""

    ods: str
    address: str
    replaces: str = ""


def nrl_pointer(plan: Plan, ids: Ids, paper: Paper, publishing: Publishing) -> Resource:
    """The pointer to a plan's PDF, after the National Record Locator's data model (October 2024).

    Raises InvalidValue without a valid NHS number, for a code that is none, and for an address that is not one.
    """
    nothing = "Nothing was made."
    number = plan.text("person", "nhs_number")
    if not is_valid(number):
        raise InvalidValue("A pointer needs a valid NHS number.", nothing, "Record it first.", "nhs_number")
    ods = publishing.ods.strip().upper()
    if not _ODS_CODE.match(ods):
        raise InvalidValue("This is not an ODS code.", nothing, "For example: RXX or B83620.", "ods")
    whole = urlsplit(publishing.address)
    if whole.scheme not in ("https", "ssp") or (not whole.netloc and whole.scheme == "https"):
        raise InvalidValue("The address begins with https:// or ssp://.", nothing, "", "address")
    organisation = {"identifier": {"system": ODS, "value": ods}}
    stability = {"coding": [{"system": _STABILITY_CODES, "code": "static", "display": "Static"}]}
    made: Resource = {
        "resourceType": "DocumentReference",
        "id": f"{ods}-{ids('nrl', moment(paper.made_at))}",
        "status": "current",
        "docStatus": "final",
        "type": {"coding": [dict(CARE_PLAN_CODE)]},
        "category": [{"coding": [dict(CARE_PLAN_CATEGORY)]}],
        "subject": {"identifier": {"system": NHS_NUMBER_SYSTEM, "value": number}},
        "date": moment(paper.made_at),
        "author": [organisation],
        "custodian": organisation,
        "content": [
            {
                "extension": [{"url": STABILITY, "valueCodeableConcept": stability}],
                "attachment": attachment(paper, publishing.address),
                "format": dict(UNSTRUCTURED),
            }
        ],
        "context": {"practiceSetting": snomed("103735009", "Palliative care")},
    }
    if publishing.replaces:
        target = {"type": "DocumentReference", "identifier": {"value": publishing.replaces}}
        made["relatesTo"] = [{"code": "replaces", "target": target}]
    return made
