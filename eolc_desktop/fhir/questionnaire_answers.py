"""A recorded value as the answers of a QuestionnaireResponse, and back, without losing anything."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any

from eolc_desktop.care_plan.check import DECIMAL
from eolc_desktop.care_plan.dates import is_partial_date, is_time
from eolc_desktop.care_plan.fields import Absence, Audience, Field, Kind, Value, absence_of
from eolc_desktop.care_plan.words import display
from eolc_desktop.fhir.addresses import (
    BASE,
    DATA_ABSENT_REASON,
    ENTRY_SYSTEM,
    EXACT_VALUE,
    STANDARD_CODE,
    options_system,
)
from eolc_desktop.fhir.elements import extension
from eolc_desktop.fhir.reading import visible_text

ABSENT_CODES: Mapping[Absence, str] = {
    Absence.DECLINED: "asked-declined",
    Absence.NOT_KNOWN: "unknown",
    Absence.DOES_NOT_APPLY: "not-applicable",
}
"""The absences as codes of http://terminology.hl7.org/CodeSystem/data-absent-reason."""

_CODE = re.compile(r"[^\s]+(?: [^\s]+)*\Z")
_DATE_TIME = re.compile(
    r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))\Z", re.ASCII
)
_LARGEST_INTEGER = 2**31 - 1

Answer = dict[str, Any]


def answered(section_key: str, field: Field, value: Value, links: Mapping[str, str]) -> dict[str, Any]:
    """The `answer` and `extension` of a response's item that say this value.

    An answer has the FHIR type of its kind. What that type cannot hold to the letter (a date that is none, a space at
    the end, an answer taken back) stands beside it as JSON, so that reading gives the same value again.
    """
    if (absence := absence_of(value)) and value == absence.value_to_store:
        return {"extension": [{"url": DATA_ABSENT_REASON, "valueCode": ABSENT_CODES[absence]}]}
    exact = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    answers = _answers(section_key, field, json.loads(exact), links)
    said: dict[str, Any] = {"answer": answers} if answers else {}
    if not answers or _value(field, answers) != value or type(_value(field, answers)) is not type(value):
        said["extension"] = [{"url": EXACT_VALUE, "valueString": exact}]
    return said


def value_of(section_key: str, field: Field, item: Mapping[str, Any], links: Mapping[str, str]) -> Value:
    """The value that an item of a response says; None when it says nothing.

    The exact value beside the answers counts only where the answers still say the same: somebody may have changed
    them in a program that does not know it, and what people see is what counts.
    """
    answers = [answer for answer in _list(item.get("answer")) if isinstance(answer, dict)]
    exact = extension(item, EXACT_VALUE).get("valueString")
    if isinstance(exact, str):
        try:
            value: Value = json.loads(exact)
        except (ValueError, RecursionError):
            value = None
        if _bare(_answers(section_key, field, value, links)) == _bare(answers):
            return value
    if not answers:
        code = extension(item, DATA_ABSENT_REASON).get("valueCode")
        absence = next((known for known, ours in ABSENT_CODES.items() if ours == code), None)
        if absence is not None:
            return absence.value_to_store
        return {"absent": code} if isinstance(code, str) and code else None
    return _value(field, answers)


def coding(section_key: str, field: Field, key: str) -> dict[str, Any]:
    """An option as a Coding of our own, with the published codes that mean the same beside it."""
    option = field.option(key)
    found: dict[str, Any] = {"system": options_system(section_key, field.key), "code": key}
    if option is not None:
        found["display"] = option.words(Audience.STAFF)
        codes = [
            {"url": STANDARD_CODE, "valueCoding": {"system": c.system, "code": c.code} | _display(c.display)}
            for c in option.codes
        ]
        if codes:
            found = {"extension": codes} | found
    return found


def _display(words: str) -> dict[str, str]:
    return {"display": words} if words else {}


def _answers(section_key: str, field: Field, value: Value, links: Mapping[str, str]) -> list[Answer]:
    """The value in the FHIR type of its kind, or in words where it is not a value of its kind."""
    if value is None or value in ("", [], {}):
        return []
    match field.kind, value:
        case Kind.CHOICE, str() if _CODE.match(value) and visible_text(value) == value:
            return [{"valueCoding": coding(section_key, field, value)}]
        case Kind.CHOICES, list() if all(isinstance(k, str) and _CODE.match(k) for k in value):
            if all(visible_text(key) == key for key in value):
                return [{"valueCoding": coding(section_key, field, key)} for key in value]
        case Kind.YES_NO, bool():
            return [{"valueBoolean": value}]
        case Kind.DATE, str() if value.isascii() and is_partial_date(value):
            return [{"valueDate": value}]
        case Kind.DATE_TIME, str() if moment := _moment(value):
            return [{"valueDateTime": moment}]
        case Kind.DECIMAL, str() if DECIMAL.match(value):
            return [{"valueDecimal": float(value)}]
        case Kind.TIME, str() if is_time(value):
            return [{"valueTime": f"{value}:00"}]
        case Kind.NUMBER, int() if not isinstance(value, bool) and abs(value) <= _LARGEST_INTEGER:
            return [{"valueInteger": value}]
        case Kind.CODED, dict() if answer := _coded_answer(value):
            return [answer]
        case Kind.LINK, str() if _string(value) == value:
            return [
                {
                    "valueReference": {
                        "identifier": {"system": ENTRY_SYSTEM, "value": value},
                        "display": _string(display(field, value, links=links)) or "An entry",
                    }
                }
            ]
        case _, str():
            return _said(value)
    return _said(display(field, value, links=links))


def _said(words: str) -> list[Answer]:
    said = _string(words)
    return [{"valueString": said}] if said else []


def _string(words: str) -> str:
    """Words that FHIR can carry as a string: nothing unseen, no space around them."""
    return visible_text(words.encode("utf-8", "replace").decode("utf-8")).strip()


def _moment(text: str) -> str:
    """A stored moment as a FHIR dateTime, which has seconds; "" where it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return ""
    if _DATE_TIME.match(text):
        return text
    said = moment.isoformat(timespec="seconds") if moment.tzinfo is not None and not moment.microsecond else ""
    return said if _DATE_TIME.match(said) else ""


def _coded_answer(value: Mapping[str, Any]) -> Answer | None:
    if not set(value) <= {"text", "system", "code"} or not all(isinstance(v, str) and v for v in value.values()):
        return None
    code, said = value.get("code", ""), _string(value.get("text", ""))
    if not code:
        return {"valueString": said} if said else None
    if not _CODE.match(code) or any(_string(value.get(key, "")) != value.get(key, "") for key in ("system", "code")):
        return None
    found = {"system": value.get("system", ""), "code": code, "display": said}
    return {"valueCoding": {key: part for key, part in found.items() if part}}


def _value(field: Field, answers: list[Answer]) -> Value:
    """What the answers say, as a value of this kind where they are of its type."""
    match field.kind:
        case Kind.CHOICES:
            keys = [_key(answer) for answer in answers]
            return [key for key in keys if key] or None
        case Kind.CHOICE:
            return _key(answers[0]) or None
        case Kind.CODED:
            return _coded_value(answers[0])
        case Kind.LINK:
            reference = answers[0].get("valueReference")
            identifier = reference.get("identifier") if isinstance(reference, dict) else None
            found = identifier.get("value") if isinstance(identifier, dict) else answers[0].get("valueString")
            return found if isinstance(found, str) and found else None
    for name, found in answers[0].items():
        if name == "valueTime" and isinstance(found, str):
            return found.removesuffix(":00") if len(found) > len("14:30") else found
        if name.startswith("value") and isinstance(found, float | Decimal):
            return str(found)
        if name == "valueDecimal" and isinstance(found, int):
            return str(found)
        if name.startswith("value") and isinstance(found, str | bool | int):
            return found
        if name.startswith("value") and isinstance(found, dict):
            return _coded_value(answers[0])
    return None


def _key(answer: Answer) -> str:
    """The key of a chosen option; what was written instead of one stays as it was written."""
    chosen = answer.get("valueCoding")
    said = answer.get("valueString")
    found = (chosen.get("code") or chosen.get("display")) if isinstance(chosen, dict) else said
    return found if isinstance(found, str) else ""


def _coded_value(answer: Answer) -> Value:
    chosen = answer.get("valueCoding")
    if not isinstance(chosen, dict):
        said = answer.get("valueString")
        return {"text": said} if isinstance(said, str) and said else None
    parts = {"text": chosen.get("display"), "system": chosen.get("system"), "code": chosen.get("code")}
    return {key: part for key, part in parts.items() if isinstance(part, str) and part} or None


def _bare(answers: list[Answer]) -> list[Answer]:
    """Answers without what a server may add or leave out: ids, extensions, the words beside a code of ours."""
    bare: list[Answer] = []
    for answer in answers:
        kept = {key: part for key, part in answer.items() if key.startswith("value")}
        for key, part in kept.items():
            if isinstance(part, dict):
                # The words beside an option of ours, or beside a link, are a help to read; beside a foreign code they
                # are what was said.
                ours = "identifier" in part or str(part.get("system", "")).startswith(BASE)
                beside = {"id", "extension", "display"} if ours else {"id", "extension"}
                kept[key] = {k: v for k, v in part.items() if k not in beside}
            elif isinstance(part, int | float | Decimal) and not isinstance(part, bool):
                kept[key] = Decimal(str(part)).normalize()
        bare.append(kept)
    return bare


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
