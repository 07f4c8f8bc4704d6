"""Whom to call at any moment: from the hours of the who-to-call card exactly one first call, and one if nobody answers.

The answer is read from the plan and from nothing else. Only where the plan names nobody for an hour does the national
number stand, and it is said that it does not come from the plan.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time

from eolc_desktop.care_plan.bank_holidays import is_bank_holiday
from eolc_desktop.care_plan.fields import is_empty
from eolc_desktop.care_plan.plan import Entry, Plan
from eolc_desktop.clock import LOCAL

SECTION = "who_to_call"
DAY_BEGINS, DAY_ENDS = time(8), time(18, 30)
"""Outside these hours surgeries are closed (NHS England: GP out-of-hours is 18:30 to 08:00)."""
KINDS = ("weekday", "night", "weekend", "bank_holiday")
_RANK = {"bank_holiday": 4, "weekend": 3, "night": 2, "weekday": 1}
_HOUR = re.compile(r"\s*([01]?[0-9]|2[0-4])(?:[:.]([0-5][0-9]))?\s*(am|pm)?\s*\Z", re.IGNORECASE)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody to call. `entry` is the line of the card it comes from, "" when it stands elsewhere in the plan, and
    `is_from_plan` is False only for the national number."""

    name: str
    phone: str
    entry: str = ""
    is_from_plan: bool = True


NHS_111 = Call("NHS 111, at any hour", "111", is_from_plan=False)
EMERGENCY = Call("999, in an emergency", "999", is_from_plan=False)


@dataclass(frozen=True, slots=True)
class WhoToCall:
    """The answer for a moment: what kind of hour it is, the first call, and the one if nobody answers."""

    when: str
    first: Call
    then: Call


def kinds_at(moment: datetime, also: frozenset[date] = frozenset()) -> frozenset[str]:
    """Which of the card's times a moment belongs to, in England: at least one, and on a Saturday night two."""
    local = moment.astimezone(LOCAL)
    found = set()
    if is_bank_holiday(local.date(), also):
        found.add("bank_holiday")
    if local.weekday() >= 5:
        found.add("weekend")
    if not DAY_BEGINS <= local.time() < DAY_ENDS:
        found.add("night")
    return frozenset(found or {"weekday"})


def who_to_call(plan: Plan, moment: datetime, also: frozenset[date] = frozenset(), situation: str = "") -> WhoToCall:
    """Whom to call at a moment: exactly one first call, and one other. `situation` is the id of a line of the card.

    Among the lines that hold at that hour, the one made for it comes first: for the situation, then with hours of its
    own, then for a bank holiday, the weekend, the night; a line for any time comes last.
    """
    kinds = kinds_at(moment, also)
    local = moment.astimezone(LOCAL)
    holding = [entry for entry in plan.entries(SECTION) if _holds(entry, kinds, local.time())]
    ranked = sorted(holding, key=lambda entry: _rank(entry, kinds, situation), reverse=True)
    candidates = [*_in_order(ranked), *_elsewhere(plan, kinds), NHS_111, EMERGENCY]
    first = candidates[0]
    then = next(call for call in candidates[1:] if _digits(call.phone) != _digits(first.phone))
    return WhoToCall(f"{DAYS[local.weekday()]} {local:%H:%M}", first, then)


def _in_order(ranked: list[Entry]) -> Iterator[Call]:
    """The first call of the best line, whoever stands in for it, then the other lines in their order."""
    for entry in ranked:
        yield Call(entry.text("first_call_name") or "Name not recorded", entry.text("first_call_phone"), entry.id)
        if entry.text("if_no_answer_phone"):
            name = entry.text("if_no_answer_name") or "Name not recorded"
            yield Call(name, entry.text("if_no_answer_phone"), entry.id)


def _elsewhere(plan: Plan, kinds: frozenset[str]) -> Iterator[Call]:
    """The care team and the key worker, in daytime or at night as their numbers say."""
    is_day = kinds == {"weekday"}
    for entry in plan.entries("care_team"):
        phone = entry.text("phone_day" if is_day else "phone_night")
        if phone:
            yield Call(entry.text("name") or entry.text("organisation") or "Care team", phone)
    phone = plan.text("key_people", "key_worker_phone")
    if phone and is_day:
        yield Call(plan.text("key_people", "key_worker_name") or "Key worker", phone)


def _holds(entry: Entry, kinds: frozenset[str], at: time) -> bool:
    if not entry.text("first_call_phone"):
        return False
    when = entry.value("when")
    if isinstance(when, list) and when and kinds.isdisjoint(when):
        return False
    hours = hours_of(entry)
    return hours is None or _within(hours, at)


def _rank(entry: Entry, kinds: frozenset[str], situation: str) -> tuple[bool, bool, int, int]:
    when = entry.value("when")
    matching = kinds.intersection(when) if isinstance(when, list) else frozenset()
    best = max((_RANK[kind] for kind in matching), default=0)
    return (entry.id == situation, hours_of(entry) is not None, best, len(matching))


def hours_of(entry: Entry) -> tuple[time, time] | None:
    """The hours of a line, or None where none are given or they cannot be read: then it holds at every hour."""
    begins, ends = (hour(entry.text(key)) for key in ("hours_from", "hours_to"))
    return (begins, ends) if begins is not None and ends is not None and begins != ends else None


def hour(words: str) -> time | None:
    """An hour as it was typed: "18:30", "8", "8.30", "6pm". None where it is something else."""
    found = _HOUR.match(words)
    if found is None:
        return None
    hours, minutes, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
    if half:
        if not 1 <= hours <= 12:
            return None
        hours = hours % 12 + (12 if half == "pm" else 0)
    return time(0) if hours == 24 else time(hours, minutes)


def _within(hours: tuple[time, time], at: time) -> bool:
    begins, ends = hours
    return begins <= at < ends if begins < ends else at >= begins or at < ends


def _digits(phone: str) -> str:
    return "".join(letter for letter in phone if letter.isdigit())


def has_card(plan: Plan) -> bool:
    """Whether anybody is named on the card."""
    return any(not is_empty(entry.value("first_call_phone")) for entry in plan.entries(SECTION))
