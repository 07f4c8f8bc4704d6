"""When a question of an organisation's form is shown: FHIR's `enableWhen`, with all or any, on answers beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

from eolc_desktop.care_plan.dates import is_partial_date
from eolc_desktop.care_plan.fields import Compare, Comparison, Condition, Field, Kind, Together
from eolc_desktop.fhir.elements import parts, text
from eolc_desktop.fhir.own_form_answers import Choices

_ORDERED = frozenset((Kind.NUMBER, Kind.DECIMAL, Kind.DATE, Kind.DATE_TIME, Kind.TIME))


class _CannotFollow(Exception):
    """This condition cannot be followed here."""


class Conditions:
    """Gathers what is asked and what is wanted to be shown when, and puts the two together at the end."""

    def __init__(self, departures: list[str]) -> None:
        self._departures = departures
        self._asked: dict[str, tuple[str, Field]] = {}
        self._wanted: dict[tuple[str, str], tuple[dict[str, Any], ...]] = {}

    def asked(self, name: str, section: str, field: Field) -> None:
        """A question is there to be answered."""
        self._asked[name] = (section, field)

    def wanted(self, section: str, key: str, items: tuple[dict[str, Any], ...]) -> None:
        """A field is to be shown only when the conditions of these items, all of them, hold."""
        if items:
            self._wanted[section, key] = items

    def applied(self, section: str, fields: list[Field]) -> list[Field]:
        """The fields of a section with their conditions. One that cannot be followed is named, and its field shown."""
        found: dict[str, Condition] = {}
        for field in fields:
            items = self._wanted.get((section, field.key), ())
            try:
                made = [self._condition(section, item) for item in items]
            except _CannotFollow:
                self._say_always(field)
                continue
            if made:
                found[field.key] = made[0] if len(made) == 1 else Together(tuple(made))
        circular = {field.key for field in fields if _reaches(field.key, found)}
        for field in fields:
            if field.key in circular:
                self._say_always(field)
        return [
            replace(field, show_when=found[field.key]) if field.key in found and field.key not in circular else field
            for field in fields
        ]

    def _say_always(self, field: Field) -> None:
        self._departures.append(
            f"“{field.label}” is always shown: the form shows it only under a condition that cannot be followed here."
        )

    def _condition(self, section: str, item: dict[str, Any]) -> Condition:
        written = item.get("enableWhen")
        whens = parts(written)
        if not whens or not isinstance(written, list) or len(whens) != len(written):
            raise _CannotFollow
        made = tuple(self._compare(section, when) for when in whens)
        if len(made) == 1:
            return made[0]
        behaviour = item.get("enableBehavior")
        if behaviour not in ("any", "all"):
            raise _CannotFollow
        return Together(made, any_of=behaviour == "any")

    def _compare(self, section: str, when: dict[str, Any]) -> Compare:
        where, field = self._asked.get(text(when.get("question")), ("", None))
        operator = when.get("operator")
        answers = [value for key, value in when.items() if key.startswith("answer")]
        if field is None or where != section or operator not in set(Comparison) or len(answers) != 1:
            raise _CannotFollow
        how = Comparison(operator)
        answer = answers[0]
        if how is Comparison.EXISTS:
            if not isinstance(answer, bool):
                raise _CannotFollow
            return Compare(field.key, how, answer)
        if how not in (Comparison.EQUAL, Comparison.NOT_EQUAL) and field.kind not in _ORDERED:
            raise _CannotFollow
        return Compare(field.key, how, _value(field, answer))


def _value(field: Field, answer: Any) -> str | int | bool:
    """What to compare with, in the way the plan holds answers of this kind."""
    found: Any = None
    match field.kind:
        case Kind.CHOICE | Kind.CHOICES:
            found = Choices(field.options, "").key_for(answer)
        case Kind.CODED:
            found = (answer.get("code") or answer.get("display")) if isinstance(answer, dict) else answer
        case Kind.YES_NO:
            found = answer if isinstance(answer, bool) else None
        case Kind.NUMBER | Kind.DECIMAL:
            number = answer.get("value") if isinstance(answer, dict) else answer
            found = str(number) if isinstance(number, int | Decimal) and not isinstance(number, bool) else None
        case Kind.TIME:
            found = answer[:5] if isinstance(answer, str) else None
        case Kind.DATE:
            found = answer if isinstance(answer, str) and is_partial_date(answer) else None
        case Kind.DATE_TIME:
            found = None  # moments in several zones do not sort as text
        case _:
            found = answer
    if found is None or found == "" or not isinstance(found, str | int):
        raise _CannotFollow
    return found


def _reaches(key: str, conditions: dict[str, Condition]) -> bool:
    """Whether a field is shown, in the end, depending on itself: then nobody could ever answer it."""
    seen: set[str] = set()
    waiting = list(_questions(conditions.get(key)))
    while waiting:
        asked = waiting.pop()
        if asked == key:
            return True
        if asked not in seen:
            seen.add(asked)
            waiting += _questions(conditions.get(asked))
    return False


def _questions(condition: Condition | None) -> Iterator[str]:
    match condition:
        case Compare():
            yield condition.field
        case Together():
            for part in condition.parts:
                yield from _questions(part)
