"""Measures of a plan over time: function, phase, symptoms, frailty; what was recorded, in order, and in words."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from eolc_desktop.care_plan.dates import date_words, day_words, first_day, is_partial_date, today
from eolc_desktop.care_plan.fields import absence_of, is_empty
from eolc_desktop.care_plan.plan import Entry, Plan
from eolc_desktop.care_plan.sections.ipos import TOPICS
from eolc_desktop.care_plan.words import display


@dataclass(frozen=True, slots=True)
class Reading:
    """One assessment. `value` is None where it gives no number that can be placed; `words` say it all the same."""

    day: date
    when: str
    value: float | None
    short: str
    words: str
    by: str
    entry: str


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure with its readings, the oldest first.

    `levels` are the lines of its scale with their words, from the lowest; `joined` says whether what lies between two
    readings can be thought of as a way from one to the other.
    """

    key: str
    title: str
    section: str
    levels: tuple[tuple[float, str], ...]
    readings: tuple[Reading, ...]
    joined: bool = True
    meaning: str = ""

    @property
    def summary(self) -> str:
        """The latest reading and the one before it, in a sentence."""
        if not self.readings:
            return f"{self.title}: nothing recorded."
        last = self.readings[-1]
        said = f"{self.title}: {last.words} ({last.when})."
        if len(self.readings) > 1:
            before = self.readings[-2]
            said += f" Before that: {before.words} ({before.when})."
        return said


PHASES = ("stable", "unstable", "deteriorating", "dying", "deceased")
FULL_IPOS = 68


def measures_of(plan: Plan) -> tuple[Measure, ...]:
    """The measures that have been taken, in the order of the plan; a scale without readings is left out."""
    found = (_akps(plan), _phase(plan), _ipos_total(plan), *_ipos_items(plan), _cfs(plan), _efi(plan))
    return tuple(measure for measure in found if measure.readings)


Read = tuple[float | None, str, str]
"""A value, the short words that stand at its point, and the words of the sentence and the table."""


def _readings(plan: Plan, section: str, read: Callable[[Entry], Read | None]) -> tuple[Reading, ...]:
    made = []
    for entry in plan.entries(section):
        found = read(entry)
        if found is None:
            continue
        value, short, words = found
        said = entry.text("on")
        if is_partial_date(said):
            day, when = first_day(said), date_words(said)
        else:
            day = min(today(item.recorded_at) for item in entry.items.values())
            when = f"no date given; recorded {day_words(day)}"
        made.append(Reading(day, when, value, short, words, entry.text("by"), entry.id))
    return tuple(sorted(made, key=lambda reading: reading.day))


def _akps(plan: Plan) -> Measure:
    def read(entry: Entry) -> Read | None:
        score = entry.text("score")
        if not score:
            return None
        return _number(score), score, display(plan.catalogue["akps"]["score"], score)

    levels = tuple((float(score), str(score)) for score in (0, 20, 40, 60, 80, 100))
    meaning = "100 is normal activity; the lower, the more help is needed."
    return Measure("akps", "Function (AKPS)", "akps", levels, _readings(plan, "akps", read), meaning=meaning)


def _phase(plan: Plan) -> Measure:
    field = plan.catalogue["phase"]["phase"]

    def read(entry: Entry) -> Read | None:
        phase = entry.text("phase")
        if not phase:
            return None
        words = display(field, phase)
        return float(len(PHASES) - 1 - PHASES.index(phase)) if phase in PHASES else None, words, words

    levels = tuple((float(n), display(field, phase)) for n, phase in enumerate(reversed(PHASES)))
    meaning = "The phases do not follow one another in order."
    return Measure(
        "phase",
        "Phase of illness",
        "phase",
        levels,
        _readings(plan, "phase", read),
        joined=False,
        meaning=meaning,
    )


def _ipos_total(plan: Plan) -> Measure:
    """The total as the form counts it: only where all seventeen were answered. A part of it would mislead."""

    def read(entry: Entry) -> Read | None:
        scores = [entry.value(key) for key, _topic in TOPICS]
        given = [score for score in scores if isinstance(score, int) and not isinstance(score, bool)]
        if not given:
            return None
        if len(given) < len(TOPICS):
            return None, "", f"no total: {len(given)} of {len(TOPICS)} answered"
        return float(sum(given)), str(sum(given)), f"{sum(given)} of {FULL_IPOS}"

    levels = tuple((float(score), str(score)) for score in (0, 17, 34, 51, 68))
    meaning = "The sum of the seventeen answers; the higher, the more troubles the person."
    return Measure(
        "ipos",
        "Symptoms and concerns (IPOS), total",
        "ipos",
        levels,
        _readings(plan, "ipos", read),
        meaning=meaning,
    )


def _ipos_items(plan: Plan) -> Iterator[Measure]:
    levels = ((0.0, "0"), (2.0, "2"), (4.0, "4"))
    for key, _topic in TOPICS:
        field = plan.catalogue["ipos"][key]

        def read(entry: Entry, key: str = key) -> Read | None:
            value = entry.value(key)
            if is_empty(value):
                return None
            words = display(plan.catalogue["ipos"][key], value)
            if absence_of(value) or not isinstance(value, int):
                return None, "", words
            return float(value), str(value), f"{value} of 4"

        yield Measure(f"ipos.{key}", field.label, "ipos", levels, _readings(plan, "ipos", read))


def _cfs(plan: Plan) -> Measure:
    def read(entry: Entry) -> Read | None:
        value = entry.value("cfs")
        if not isinstance(value, int) or entry.text("scale") != "cfs":
            return None
        return float(value), str(value), f"{value} of 9"

    levels = tuple((float(score), str(score)) for score in (1, 3, 5, 7, 9))
    meaning = "1 is very fit, 9 is terminally ill."
    return Measure(
        "cfs", "Clinical Frailty Scale", "frailty", levels, _readings(plan, "frailty", read), meaning=meaning
    )


def _efi(plan: Plan) -> Measure:
    band = plan.catalogue["frailty"]["efi_band"]

    def read(entry: Entry) -> Read | None:
        said = entry.text("efi")
        if entry.text("scale") != "efi" or not (said or entry.text("efi_band")):
            return None
        in_words = display(band, entry.text("efi_band")) if entry.text("efi_band") else ""
        words = ", ".join(part for part in (said, in_words) if part)
        return _number(said.replace(",", ".")), said, words

    levels = ((0.0, "0"), (0.12, "0.12"), (0.24, "0.24"), (0.36, "0.36"), (0.6, "0.6"))
    meaning = "Fit to 0.12, mild frailty to 0.24, moderate to 0.36, severe above."
    return Measure(
        "efi", "Electronic frailty index", "frailty", levels, _readings(plan, "frailty", read), meaning=meaning
    )


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if 0 <= number <= 1000 else None
