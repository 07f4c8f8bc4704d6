"""A section of the plan as a FHIR R4 Questionnaire, with its version in its address (decision 12)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from eolc_desktop.care_plan.fields import Field, Kind, Option, Section, When
from eolc_desktop.fhir.addresses import questionnaire_address
from eolc_desktop.fhir.questionnaire_answers import coding

TYPES: Mapping[Kind, str] = {
    Kind.TEXT: "string",
    Kind.LONG_TEXT: "text",
    Kind.CHOICE: "choice",
    Kind.CHOICES: "choice",
    Kind.YES_NO: "boolean",
    Kind.DATE: "date",
    Kind.DATE_TIME: "dateTime",
    Kind.NUMBER: "integer",
    Kind.PHONE: "string",
    Kind.NHS_NUMBER: "string",
    Kind.CODED: "open-choice",
    Kind.LINK: "reference",
}
"""The FHIR type of the answers of each kind. A FHIR date may be a year or a month, as ours may."""
assert set(TYPES) == set(Kind), "every kind of field has a FHIR type"

_MINIMUM = "http://hl7.org/fhir/StructureDefinition/minValue"
_MAXIMUM = "http://hl7.org/fhir/StructureDefinition/maxValue"
_CONTROL = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"


def questionnaire(section: Section) -> dict[str, Any]:
    """The Questionnaire of a section.

    Its version is made of what it asks, so that two programs that ask differently never share an address, and nobody
    has to remember to count it up. Options and fields that are no longer offered stay in it, for answers of old.
    """
    items = [item for field in section.fields for item in _items(section, field)]
    version = _version(section, items)
    made: dict[str, Any] = {
        "resourceType": "Questionnaire",
        "id": f"{section.key.replace('_', '-')[:40]}-{version}",
        "url": questionnaire_address(section.key),
        "version": version,
        "name": "".join(part.capitalize() for part in section.key.split("_")),
        "title": section.title,
        "status": "active",
        "subjectType": ["Patient"],
    }
    if section.intro:
        made["description"] = section.intro
    return made | {"item": items}


def canonical(section: Section) -> str:
    """The address of a section's Questionnaire with its version, as a response names it."""
    made = questionnaire(section)
    return f"{made['url']}|{made['version']}"


def _version(section: Section, items: list[dict[str, Any]]) -> str:
    asked = json.dumps([section.repeats, section.parent, items], sort_keys=True)
    return f"{section.version}-{hashlib.sha256(asked.encode()).hexdigest()[:10]}"


def _items(section: Section, field: Field) -> list[dict[str, Any]]:
    item: dict[str, Any] = {
        "linkId": field.key,
        "text": field.label,
        "type": TYPES[field.kind],
        "required": False,  # nothing stops a nurse from saving
    }
    limits = [
        {"url": url, "valueInteger": limit}
        for url, limit in ((_MINIMUM, field.minimum), (_MAXIMUM, field.maximum))
        if limit is not None
    ]
    if limits:
        item["extension"] = limits
    if field.codes:
        item["code"] = [
            {"system": c.system, "code": c.code} | ({"display": c.display} if c.display else {}) for c in field.codes
        ]
    if field.show_when is not None:
        item |= _shown_when(section, field.show_when)
    if field.kind is Kind.CHOICES:
        item["repeats"] = True
    if field.kind in (Kind.TEXT, Kind.LONG_TEXT):
        item["maxLength"] = field.max_length
    if field.retired:
        item["readOnly"] = True
    if field.options:
        item["answerOption"] = [{"valueCoding": _option(section, field, option)} for option in field.options]
    if field.help:
        item["item"] = [_help(field)]
    return [item]


def _option(section: Section, field: Field, option: Option) -> dict[str, Any]:
    if field.kind is Kind.CODED and option.codes:
        first = option.codes[0]
        return {"system": first.system, "code": first.code, "display": option.label}
    return coding(section.key, field, option.key)


def _help(field: Field) -> dict[str, Any]:
    control = {"coding": [{"system": "http://hl7.org/fhir/questionnaire-item-control", "code": "help"}]}
    return {
        "linkId": f"{field.key}.help",
        "text": field.help,
        "type": "display",
        "extension": [{"url": _CONTROL, "valueCodeableConcept": control}],
    }


def _shown_when(section: Section, when: When) -> dict[str, Any]:
    """`enableWhen`: any of the values, or, negated, none of them. An unanswered question passes “!=” in FHIR too."""
    other = section[when.field]
    found: list[dict[str, Any]] = []
    for value in when.is_in:
        if isinstance(value, bool):
            answer: dict[str, Any] = {"answerBoolean": value}
        else:
            answer = {"answerCoding": coding(section.key, other, value)}
        found.append({"question": when.field, "operator": "!=" if when.negate else "="} | answer)
    return {"enableWhen": found} | ({"enableBehavior": "all" if when.negate else "any"} if len(found) > 1 else {})
