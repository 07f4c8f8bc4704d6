"""The answers that a question of an organisation's form offers: options, limits, units, and the one it suggests."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from eolc_desktop.care_plan.dates import is_partial_date, is_time
from eolc_desktop.care_plan.fields import Code, Kind, Option, Value
from eolc_desktop.fhir.elements import codings, parts, text

MAX_OPTIONS = 400
_MINIMUM = "http://hl7.org/fhir/StructureDefinition/minValue"
_MAXIMUM = "http://hl7.org/fhir/StructureDefinition/maxValue"
_UNITS = (
    "http://hl7.org/fhir/StructureDefinition/questionnaire-unit",
    "http://hl7.org/fhir/StructureDefinition/questionnaire-unitOption",
)


@dataclass(frozen=True, slots=True)
class Choices:
    """The options of a question; `note` says why there are none, or fewer than the form means."""

    options: tuple[Option, ...]
    note: str

    def key_for(self, answer: Any) -> str:
        """The key of the option that an answer of the form means, or ""."""
        wanted = _read(answer)
        if wanted is None:
            return ""
        for option in self.options:
            if any(c.code == wanted.code and (c.system == wanted.system or not wanted.system) for c in option.codes):
                return option.key
        return next((option.key for option in self.options if option.key == wanted.key), "")

    @staticmethod
    def codes_of(item: dict[str, Any]) -> tuple[Code, ...]:
        """The codes of the question itself."""
        found = codings({"coding": item.get("code")})
        return tuple(Code(code, system, display) for system, code, display in found if code and system)


@dataclass(frozen=True, slots=True)
class _Answer:
    key: str
    label: str
    code: str = ""
    system: str = ""


def _key(words: str) -> str:
    plain = re.sub("[^a-z0-9]+", "_", words.lower()).strip("_")[:40]
    if plain == words:
        return plain
    return f"{plain or 'answer'}_{hashlib.sha256(words.encode('utf-8', 'replace')).hexdigest()[:6]}"


def _read(answer: Any) -> _Answer | None:
    """One answer[x], value[x] or Coding as the form writes it."""
    if isinstance(answer, dict):
        code, system, display = (text(answer.get(key)) for key in ("code", "system", "display"))
        said = display or code or text(answer.get("reference"))
        return _Answer(_key(code or said), said, code, system) if said else None
    if isinstance(answer, bool) or answer is None:
        return None
    said = text(answer) if isinstance(answer, str) else str(answer)
    return _Answer(_key(said), said) if said else None


def choices_of(item: dict[str, Any], body: dict[str, Any]) -> Choices:
    """The options of a question, from its own list or from a value set inside the form."""
    found: list[_Answer] = []
    note = ""
    for option in parts(item.get("answerOption")):
        value = next((value for key, value in option.items() if key.startswith("value")), None)
        if answer := _read(value):
            found.append(answer)
    address = text(item.get("answerValueSet"))
    if address:
        inside, note = _of_value_set(address, body)
        found += inside
    unique = {answer.key: answer for answer in found}
    if len(unique) > MAX_OPTIONS:
        return Choices((), f"has {len(unique):,} answers to choose from. Here it is answered in words.")
    options = tuple(
        Option(a.key, a.label, (Code(a.code, a.system, a.label),) if a.code and a.system else ())
        for a in unique.values()
    )
    if not options and not note:
        note = "offers no answers to choose from. Here it is answered in words."
    return Choices(options, note)


def _of_value_set(address: str, body: dict[str, Any]) -> tuple[list[_Answer], str]:
    if not address.startswith("#"):
        return [], f"takes its answers from a list kept elsewhere ({address}). Here it is answered in words."
    for held in parts(body.get("contained")):
        if held.get("resourceType") == "ValueSet" and held.get("id") == address[1:]:
            return _members(held)
    return [], "takes its answers from a list that is not in the file. Here it is answered in words."


def _members(value_set: dict[str, Any]) -> tuple[list[_Answer], str]:
    expansion = value_set.get("expansion")
    expanded = list(_contains(expansion.get("contains"))) if isinstance(expansion, dict) else []
    if expanded:
        return expanded, ""
    compose = value_set.get("compose")
    included = parts(compose.get("include")) if isinstance(compose, dict) else []
    found = [
        answer
        for include in included
        for concept in parts(include.get("concept"))
        if (answer := _read(concept | {"system": include.get("system")}))
    ]
    whole = all(include.get("concept") and not include.get("filter") for include in included)
    if isinstance(compose, dict) and compose.get("exclude"):
        whole = False
    if whole:
        return found, ""
    return [], "takes some of its answers from a list kept elsewhere. Here it is answered in words."


def _contains(members: Any, level: int = 1) -> Iterator[_Answer]:
    for member in parts(members):
        if member.get("abstract") is not True and (answer := _read(member)):
            yield answer
        if level < 8:
            yield from _contains(member.get("contains"), level + 1)


def limits_of(item: dict[str, Any]) -> tuple[int | None, int | None]:
    """The least and the most that a number may be, where they are whole numbers."""
    return _limit(item, _MINIMUM), _limit(item, _MAXIMUM)


def _limit(item: dict[str, Any], address: str) -> int | None:
    for held in parts(item.get("extension")):
        if held.get("url") == address:
            value = held.get("valueInteger", held.get("valueDecimal"))
            if isinstance(value, int | Decimal) and not isinstance(value, bool) and abs(Decimal(value)) < 10**12:
                return int(value) if Decimal(value) == int(value) else None
    return None


def units_of(item: dict[str, Any]) -> tuple[str, ...]:
    """The units that a quantity may be given in, in words."""
    found = []
    for held in parts(item.get("extension")):
        coding = held.get("valueCoding")
        if held.get("url") in _UNITS and isinstance(coding, dict):
            found.append(text(coding.get("display")) or text(coding.get("code")))
    for initial in parts(item.get("initial")):
        quantity = initial.get("valueQuantity")
        if not found and isinstance(quantity, dict):
            found.append(text(quantity.get("unit")) or text(quantity.get("code")))
    return tuple(dict.fromkeys(unit for unit in found if unit))[:12]


def suggested_of(item: dict[str, Any], kind: Kind, chosen: Choices) -> Value:
    """The answer that the form fills in, as a value of the question's kind; None where there is none to offer."""
    given = [value for initial in parts(item.get("initial")) for key, value in initial.items() if key[:5] == "value"]
    for option in parts(item.get("answerOption")):
        if option.get("initialSelected") is True:
            given += [value for key, value in option.items() if key.startswith("value")]
    if not given:
        return None
    if kind is Kind.CHOICES:
        return [key for key in (chosen.key_for(value) for value in given) if key] or None
    return _as(kind, given[0], chosen)


def _as(kind: Kind, value: Any, chosen: Choices) -> Value:
    match kind:
        case Kind.CHOICE:
            return chosen.key_for(value) or None
        case Kind.CODED:
            answer = _read(value)
            if answer is None:
                return None
            return {"text": answer.label} | ({"system": answer.system, "code": answer.code} if answer.system else {})
        case Kind.YES_NO:
            return value if isinstance(value, bool) else None
        case Kind.NUMBER:
            return value if isinstance(value, int) and not isinstance(value, bool) else None
        case Kind.DECIMAL:
            number = value.get("value") if isinstance(value, dict) else value
            return str(number) if isinstance(number, int | Decimal) and not isinstance(number, bool) else None
        case Kind.DATE:
            return value if isinstance(value, str) and is_partial_date(value) else None
        case Kind.TIME:
            return value[:5] if isinstance(value, str) and is_time(value[:5]) else None
    return text(value) or None
