"""What does not fit together within one entry: a review before its decision, an hour that is no hour."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime

from eolc_desktop.care_plan.dates import age_on, first_day, is_partial_date, last_day
from eolc_desktop.care_plan.fields import Value, is_empty

Doubt = tuple[str, str]
"""The key of a field and a sentence about it."""

ADULT, OLDEST = 18, 120
_TIME = re.compile(r"([01]?[0-9]|2[0-3])[:.][0-5][0-9]\Z")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]+\Z")


def doubts_about(section_key: str, values: Mapping[str, Value], today: date | None = None) -> Iterator[Doubt]:
    """Sentences about what is worth a second look in one entry. Dates in the future are looked at only with `today`."""
    if today is not None:
        yield from _in_the_future(section_key, values, today)
        if section_key == "person":
            yield from _age(values, today)
    for key in _TIMES.get(section_key, ()):
        if (said := _text(values, key)) and not _TIME.match(said):
            yield key, f"“{said}” is not a time of day. Please type it as hours and minutes, for example 14:30."
    if (said := _text(values, "email")) and not _EMAIL.match(said):
        yield "email", "This does not look like an e-mail address. Please check it."
    if section_key in _DOUBTS:
        yield from _DOUBTS[section_key](values)


_TIMES: Mapping[str, tuple[str, ...]] = {
    "cpr": ("decided_time",),
    "death": ("died_time",),
    "who_to_call": ("hours_from", "hours_to"),
}

_EFI = re.compile(r"0(\.[0-9]{1,3})?|1(\.0{1,3})?")

# Dates of things that have happened. A review date or a next step belongs in the future and is not here.
_HAPPENED: Mapping[str, tuple[str, ...]] = {
    "person": ("birth_date", "current_location_since"),
    "consent": ("taken_on", "withdrawn_on"),
    "plan_control": ("last_mdt", "agreed_on"),
    "admissions": ("date_in", "date_out"),
    "commitment_evidence": ("on",),
    "compact": ("asked_on",),
    "cpr": ("decided_at",),
    "respect": ("made_on", "confirmed_on"),
    "escalation": ("decided_on",),
    "conveyance": ("decided_on", "icd_state_on"),
    "advance_refusal": ("made_on",),
    "attorneys": ("made_on",),
    "other_legal": ("advance_statement_on",),
    "capacity": ("assessed_on",),
    "allergies": ("last_checked",),
    "allergy": ("when",),
    "call_card": ("read_back_on",),
    "death": ("died_on", "verified_on"),
    "team_reviews": ("on",),
    "conversations": ("on",),
    "tasks": ("done_on",),
    "speak_up": ("on", "closed_on"),
    "disagreements": ("on", "settled_on"),
    "diagnosis": ("diagnosed_on",),
    "problems": ("onset",),
    "devices": ("since",),
    "register": ("registered_on", "tool_on"),
    "prognosis": ("judged_on",),
    "akps": ("on",),
    "phase": ("on",),
    "frailty": ("on",),
    "ipos": ("on",),
    "dying": ("recognised_on",),
    "anticipatory": ("issued_on", "checked_on"),
    "stopped_medicines": ("on",),
    "fast_track": ("completed_on",),
    "documents": ("dated", "taken_on", "filed_on"),
    "last_days": ("looked_at_on",),
    "expected_death": ("recorded_on", "last_seen_by_doctor"),
    "certification": ("issued_on",),
    "closure": ("done_on",),
}


def _in_the_future(section_key: str, values: Mapping[str, Value], today: date) -> Iterator[Doubt]:
    for key in _HAPPENED.get(section_key, ()):
        day = _day(values, key)
        if day and first_day(day) > today:
            yield key, "This date is in the future. Please check it."


def _age(values: Mapping[str, Value], today: date) -> Iterator[Doubt]:
    age = age_on(_day(values, "birth_date"), today)
    if age is not None and age >= OLDEST:
        yield "birth_date", f"This would make the person {age} years old. Please check the year."
    if age is not None and 0 <= age < ADULT:
        yield "birth_date", "This person is under 18: outside the adult standard. Please check the year."


def _person(values: Mapping[str, Value]) -> Iterator[Doubt]:
    if not is_empty(values.get("nhs_number")) and not is_empty(values.get("nhs_number_missing_reason")):
        yield (
            "nhs_number_missing_reason",
            "There is an NHS number and a reason for having none. Please clear one of them.",
        )


def _consent(values: Mapping[str, Value]) -> Iterator[Doubt]:
    both = set(_list(values, "share_with")) & set(_list(values, "not_with"))
    if both:
        yield "not_with", "Somebody is in both lists: those it may be shared with and those it may not. Please check."
    if values.get("to_record") == "declined" and values.get("to_share") == "given":
        yield "to_share", "The person did not agree to this record, and agreed to sharing it. Please check both."


def _cpr(values: Mapping[str, Value]) -> Iterator[Doubt]:
    if _certainly_before(values, "review_on", "decided_at"):
        yield "review_on", "The review date is before the date of the decision. Please check both on the form."
    if values.get("no_review") is True and _day(values, "review_on"):
        yield "no_review", "There is a review date, and also “no review date”. Please check the form."


def _admissions(values: Mapping[str, Value]) -> Iterator[Doubt]:
    if _certainly_before(values, "date_out", "date_in"):
        yield "date_out", "The person came home before they were admitted. Please check both dates."


def _care_team(values: Mapping[str, Value]) -> Iterator[Doubt]:
    if _certainly_before(values, "until_date", "from_date"):
        yield "until_date", "The end is before the beginning. Please check both dates."


def _who_to_call(values: Mapping[str, Value]) -> Iterator[Doubt]:
    if bool(_text(values, "hours_from")) != bool(_text(values, "hours_to")):
        yield "hours_to", "One of the two hours is missing. Please give both, or neither for the whole time."


def _frailty(values: Mapping[str, Value]) -> Iterator[Doubt]:
    index = _text(values, "efi").strip()
    if index and not _EFI.fullmatch(index):
        yield "efi", "The electronic frailty index is a number from 0 to 1, such as 0.27. Please check it."


def _problem(values: Mapping[str, Value]) -> Iterator[Doubt]:
    if _certainly_before(values, "ended_on", "onset"):
        yield "ended_on", "The end is before the beginning. Please check both dates."


def _medicine(values: Mapping[str, Value]) -> Iterator[Doubt]:
    if _certainly_before(values, "ends_on", "started_on"):
        yield "ends_on", "The end is before the beginning. Please check both dates."


_FAST_TRACK_ORDER = (
    ("signed_at", "sent_at", "Sent before it was signed."),
    ("sent_at", "received_at", "Received before it was sent."),
    ("received_at", "decided_at", "Decided before it was received."),
    ("received_at", "started_at", "The care began before the form was received."),
)


def _fast_track(values: Mapping[str, Value]) -> Iterator[Doubt]:
    for earlier, later, says in _FAST_TRACK_ORDER:
        first, second = _moment(values, earlier), _moment(values, later)
        if first is not None and second is not None and second < first:
            yield later, f"{says} Please check both times."


def _moment(values: Mapping[str, Value], key: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(_text(values, key))
    except ValueError:
        return None
    return moment if moment.tzinfo else None


def _cpr_and_who_knows(values: Mapping[str, Value]) -> Iterator[Doubt]:
    yield from _cpr(values)
    told = _list(values, "family_informed")
    if "nobody" in told and len(told) > 1:
        yield "family_informed", "“Nobody” is ticked together with somebody. Please check."


def _certainly_before(values: Mapping[str, Value], one: str, other: str) -> bool:
    """Whether one date lies before another however inexact they are."""
    first, second = _day(values, one), _day(values, other)
    return bool(first and second and last_day(first) < first_day(second))


def _text(values: Mapping[str, Value], key: str) -> str:
    value = values.get(key)
    return value if isinstance(value, str) else ""


def _day(values: Mapping[str, Value], key: str) -> str:
    text = _text(values, key)
    return text if text.isascii() and is_partial_date(text) else ""


def _list(values: Mapping[str, Value], key: str) -> list[str]:
    value = values.get(key)
    return [key for key in value if isinstance(key, str)] if isinstance(value, list) else []


_DOUBTS: Mapping[str, Callable[[Mapping[str, Value]], Iterator[Doubt]]] = {
    "person": _person,
    "consent": _consent,
    "cpr": _cpr_and_who_knows,
    "admissions": _admissions,
    "care_team": _care_team,
    "problems": _problem,
    "medicines": _medicine,
    "frailty": _frailty,
    "fast_track": _fast_track,
    "who_to_call": _who_to_call,
}
