"""What is unusable, missing or worth a second look in what was typed; and how typed text becomes a value."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from eolc_desktop.care_plan.dates import DateNotUnderstood, is_time, parse_time, parse_typed
from eolc_desktop.care_plan.entry_checks import doubts_about
from eolc_desktop.care_plan.fields import Authorship, Field, Kind, Need, Section, Value, absence_of, is_empty
from eolc_desktop.care_plan.nhs_number import digits_of, problem_with

LONGEST_PHONE = 60
_SPACES = re.compile(r"[ \t\u00a0\u2007\u202f]+")
DECIMAL = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,8})?\Z")
"""A decimal number in its stored form."""
_POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][0-9A-Z]?[0-9][A-Z]{2}\Z")


class Severity(StrEnum):
    """How much a problem matters. Only what cannot be read back as a value of its kind stops a field being saved."""

    UNUSABLE = "unusable"
    MISSING = "missing"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to tell the user about a field, in a plain sentence."""

    field_key: str
    says: str
    severity: Severity

    @property
    def unusable(self) -> bool:
        """Whether the value cannot be kept as it is. Everything else is saved and mentioned."""
        return self.severity is Severity.UNUSABLE


def check(field: Field, value: Value) -> Problem | None:
    """Say what is wrong with one value, or None. Nothing recorded is never wrong here: see `check_entry`."""
    if is_empty(value):
        return None
    absence = absence_of(value)
    if absence is not None:
        if absence in field.may_be:
            return None
        return _doubtful(field, f"“{absence.words}” is not usually an answer here.")
    if isinstance(value, dict) and "absent" in value:
        return _doubtful(field, "This reason for having no answer is not known to this version of the program.")
    if said := _unusable(field, value):
        return Problem(field.key, f"{field.label}: {said}", Severity.UNUSABLE)
    if said := _doubt(field, value):
        return _doubtful(field, said)
    return None


def check_entry(section: Section, values: Mapping[str, Value], today: date | None = None) -> tuple[Problem, ...]:
    """Everything to say about one entry in the order of its form; with `today`, dates in the future too.

    A field that is wanted and empty is `MISSING`. Nothing but `UNUSABLE` ever stops a nurse from saving.
    """
    problems: list[Problem] = []
    for field in section.visible(values):
        value = values.get(field.key)
        if problem := check(field, value):
            problems.append(problem)
        elif is_empty(value) and is_wanted(section, field, values):
            said = "Not asked yet." if field.authorship is Authorship.VOICE else "Not recorded yet."
            problems.append(Problem(field.key, f"{field.label}: {said}", Severity.MISSING))
    unusable = {problem.field_key for problem in problems if problem.unusable}
    usable = {key: value for key, value in values.items() if key in section and key not in unusable}
    problems += [_doubtful(section[key], says) for key, says in doubts_about(section.key, usable, today)]
    return tuple(problems)


def is_wanted(section: Section, field: Field, values: Mapping[str, Value]) -> bool:
    """Whether a field is asked for in an entry with these values: needed before sharing, or by its condition."""
    if field.retired or (section.key == "person" and field.key == "nhs_number" and _has_reason(values)):
        return False
    if field.need is Need.CONDITION:
        return field.show_when is None or field.show_when.holds(values)
    return field.need is Need.READY


def _has_reason(values: Mapping[str, Value]) -> bool:
    return not is_empty(values.get("nhs_number_missing_reason"))


def _doubtful(field: Field, says: str) -> Problem:
    return Problem(field.key, f"{field.label}: {says}", Severity.DOUBTFUL)


def _unusable(field: Field, value: Value) -> str:
    """Why this cannot be kept as a value of its kind, or ""."""
    match field.kind, value:
        case Kind.TEXT | Kind.LONG_TEXT | Kind.LINK | Kind.CHOICE | Kind.PHONE, str():
            limit = LONGEST_PHONE if field.kind is Kind.PHONE else field.max_length
            return _unusable_text(value, limit)
        case Kind.CHOICES, list() if all(isinstance(key, str) for key in value):
            return ""
        case Kind.YES_NO, bool():
            return ""
        case Kind.NUMBER, int() if not isinstance(value, bool):
            return _unusable_number(field, value)
        case Kind.DECIMAL, str():
            return _unusable_decimal(field, value)
        case Kind.TIME, str():
            return "" if is_time(value) else "Type the time as hours and minutes, for example 14:32 or 2.30pm."
        case Kind.DATE, str():
            return _unusable_date(value)
        case Kind.DATE_TIME, str():
            return _unusable_moment(value)
        case Kind.NHS_NUMBER, str():
            return problem_with(value)
        case Kind.CODED, dict() if any(value.get(key) for key in ("text", "code")):
            parts = list(value.values())
            if all(isinstance(part, str) and not _unusable_text(part, field.max_length) for part in parts):
                return ""
    return "This cannot be kept. Please type it again."


def _unusable_text(text: str, limit: int) -> str:
    if len(text) > limit:
        return (
            f"This is longer than {limit:,} characters (it has {len(text):,}). Nothing has been cut; please shorten it."
        )
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return "Part of this text is damaged. Please type it again."
    return ""


def _unusable_number(field: Field, number: int) -> str:
    low, high = field.minimum, field.maximum
    if low is not None and high is not None and not low <= number <= high:
        return f"Please give a whole number from {low} to {high}."
    if (low is not None and number < low) or (high is not None and number > high):
        return f"Please give a whole number {f'of {low} or more' if low is not None else f'of {high} or less'}."
    return ""


def _unusable_decimal(field: Field, text: str) -> str:
    if not DECIMAL.match(text):
        return "Type a number, for example 36.5."
    number, low, high = Decimal(text), field.minimum, field.maximum
    if (low is not None and number < low) or (high is not None and number > high):
        if low is not None and high is not None:
            return f"Please give a number from {low} to {high}."
        return f"Please give a number {f'of {low} or more' if low is not None else f'of {high} or less'}."
    return ""


def _unusable_date(text: str) -> str:
    try:
        understood = parse_typed(text)
    except DateNotUnderstood as problem:
        return str(problem)
    return "" if understood == text and text.isascii() else "Type the date as day, month and full year."


def _unusable_moment(text: str) -> str:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return "This is not a date with a time."
    return "" if moment.tzinfo is not None else "This time does not say which zone it is in."


def _doubt(field: Field, value: Value) -> str:
    """What a second look might be worth, or ""."""
    match field.kind, value:
        case Kind.CHOICE, str() if field.option(value) is None:
            return "This answer is not known to this version of the program. Please read where it came from."
        case Kind.CHOICES, list() if any(field.option(key) is None for key in value):
            return "One of these answers is not known to this version of the program."
        case Kind.PHONE, str() if not 3 <= len(digits_of(value)) <= 15:
            return "This does not look like a telephone number. Please check it."
    return ""


def normalise(field: Field, typed: object) -> Value:
    """Turn what was typed or chosen into the value to store; what cannot be understood comes back as it was typed.

    Space around text goes, letters with accents are joined (NFC), a date typed as people in England type it becomes
    "2026-03-12", an NHS number loses its spaces, choices come in the order of the form. Nothing typed gives None.
    Run `check` on the result before saving it. Raises TypeError for what no editor gives (a set, a tuple, a float).
    """
    match typed:
        case None | bool():
            return typed
        case int():
            return typed if field.kind is Kind.NUMBER else normalise(field, str(typed))
        case str():
            return _from_text(field, typed)
        case list():
            keys = list(dict.fromkeys(key.strip() for key in typed if isinstance(key, str) and key.strip()))
            order = {option.key: place for place, option in enumerate(field.options)}
            return sorted(keys, key=lambda key: order.get(key, len(order))) or None
        case dict():
            cleaned = {str(key): _one_line(part) for key, part in typed.items() if isinstance(part, str)}
            return {key: part for key, part in cleaned.items() if part} or None
    raise TypeError(f"{field.key} cannot hold a {type(typed).__name__}")


def _from_text(field: Field, typed: str) -> Value:
    text = _lines(typed) if field.kind is Kind.LONG_TEXT else _one_line(typed)
    if not text:
        return None
    match field.kind:
        case Kind.DATE:
            try:
                return parse_typed(text)
            except DateNotUnderstood:
                return text
        case Kind.NHS_NUMBER:
            digits = digits_of(text)
            return digits if len(digits) == 10 and not any(c.isalpha() for c in text) else text
        case Kind.DECIMAL:
            return text.replace(",", ".") if re.fullmatch(r"-?[0-9]+,[0-9]{1,2}", text) else text.removeprefix("+")
        case Kind.TIME:
            try:
                return parse_time(text)
            except DateNotUnderstood:
                return text
        case Kind.NUMBER:
            return int(text) if re.fullmatch(r"[+-]?[0-9]{1,9}", text) else text
        case Kind.CODED:
            return {"text": text}
        case Kind.CHOICES:
            return [text]
        case Kind.TEXT if field.key == "postcode":
            return _postcode(text)
    return text


def _one_line(text: str) -> str:
    return _SPACES.sub(" ", " ".join(_clean(text).split("\n"))).strip()


def _lines(text: str) -> str:
    """Several lines as they were typed, without space at their ends or empty lines around them."""
    return "\n".join(line.rstrip() for line in _clean(text).split("\n")).strip("\n").strip()


def _clean(text: str) -> str:
    """Text that can be stored and printed: one kind of line end, no control characters, no halves of characters."""
    whole = unicodedata.normalize("NFC", text.encode("utf-8", "replace").decode("utf-8"))
    whole = whole.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(c for c in whole if c in "\n\t" or unicodedata.category(c) != "Cc")


def _postcode(text: str) -> str:
    """A postcode in capitals with its space, where it has the shape of one: "ls21 1aa" is "LS21 1AA"."""
    joined = text.replace(" ", "").upper()
    return f"{joined[:-3]} {joined[-3:]}" if _POSTCODE.match(joined) else text
