"""A section of the plan as a FHIR R4 Questionnaire, with its version in its address (decision 12)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from eolc_desktop.care_plan.fields import Compare, Comparison, Condition, Field, Kind, Option, Section, Together, When
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
    Kind.DECIMAL: "decimal",
    Kind.TIME: "time",
    Kind.PHONE: "string",
    Kind.NHS_NUMBER: "string",
    Kind.CODED: "open-choice",
    Kind.LINK: "reference",
}
"""The FHIR type of the answers of each kind. A FHIR date may be a year or a month, as ours may."""
assert set(TYPES) == set(Kind), "every kind of field has a FHIR type"

_MINIMUM = "http://hl7.org/fhir/StructureDefinition/minValue"
_MAXIMUM = "http://hl7.org/fhir/StructureDefinition/maxValue"
_UNIT = "http://hl7.org/fhir/StructureDefinition/questionnaire-unit"
_TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
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


@lru_cache(maxsize=1_000)
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
    beside: list[dict[str, Any]] = [
        {"url": url, "valueInteger": limit}
        for url, limit in ((_MINIMUM, field.minimum), (_MAXIMUM, field.maximum))
        if limit is not None
    ]
    if field.unit:
        beside.append({"url": _UNIT, "valueCoding": {"display": field.unit}})
    if beside:
        item["extension"] = beside
    if field.other_languages:
        item["_text"] = {"extension": [_translation(tag, words) for tag, words in field.other_languages]}
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
    if field.retired or field.read_only:
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


def _translation(tag: str, words: str) -> dict[str, Any]:
    parts = [{"url": "lang", "valueCode": tag}, {"url": "content", "valueString": words}]
    return {"url": _TRANSLATION, "extension": parts}


def _shown_when(section: Section, condition: Condition) -> dict[str, Any]:
    """`enableWhen` with its behaviour.

    FHIR has one list with one behaviour: a condition within a condition says that any, or all, of the simple ones it
    is made of must hold only where that is the same. Elsewhere the item is left without, and so always shown.
    """
    match condition:
        case When():
            found = [_when(section, condition, value) for value in condition.is_in]
            behaviour = "all" if condition.negate else "any"
        case Compare():
            found, behaviour = [_compare(section, condition)], "any"
        case Together():
            simple = [part for part in condition.parts if isinstance(part, Compare)]
            if len(simple) < len(condition.parts):
                return {}
            found, behaviour = [_compare(section, part) for part in simple], "any" if condition.any_of else "all"
    return {"enableWhen": found} | ({"enableBehavior": behaviour} if len(found) > 1 else {})


def _when(section: Section, when: When, value: str | bool) -> dict[str, Any]:
    """Any of the values, or, negated, none of them. An unanswered question passes “!=” in FHIR too."""
    operator = "!=" if when.negate else "="
    return {"question": when.field, "operator": operator} | _answer(section, when.field, value)


def _compare(section: Section, compare: Compare) -> dict[str, Any]:
    said: dict[str, Any] = {"question": compare.field, "operator": compare.how.value}
    if compare.how is Comparison.EXISTS:
        return said | {"answerBoolean": bool(compare.to)}
    return said | _answer(section, compare.field, compare.to)


def _answer(section: Section, key: str, value: str | int | bool) -> dict[str, Any]:
    field = section[key]
    if isinstance(value, bool):
        return {"answerBoolean": value}
    match field.kind:
        case Kind.CHOICE | Kind.CHOICES:
            return {"answerCoding": coding(section.key, field, str(value))}
        case Kind.NUMBER:
            return {"answerInteger": int(value)}
        case Kind.DECIMAL:
            return {"answerDecimal": float(value)}
        case Kind.DATE:
            return {"answerDate": str(value)}
        case Kind.DATE_TIME:
            return {"answerDateTime": str(value)}
        case Kind.TIME:
            return {"answerTime": f"{value}:00"}
        case Kind.CODED:
            return {"answerCoding": {"code": str(value)}}
    return {"answerString": str(value)}
