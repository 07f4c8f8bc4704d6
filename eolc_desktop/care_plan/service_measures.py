"""The measures of a service: for each what is counted, of whom, by whose definition; and the counting.

Everything is counted from what the plans on this laptop record. What is not recorded is never guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from eolc_desktop.care_plan.counted_people import CountedPerson, group_of, grouping
from eolc_desktop.care_plan.value_sets import value_set

ADMISSION_DAYS = 90
MANY_ADMISSIONS = 3
REVIEW_DAYS = 92
"""Three months, as the retired indicator PC002 had it."""
HOMES = ("home", "family_home", "nursing_home", "residential_home")


class Whose(Enum):
    """Whom a measure is about."""

    DIED = "deaths"
    RECEIVED = "forms"
    LIVING = "people"

    @property
    def words(self) -> str:
        """How they are counted: "12 of 40 deaths"."""
        return self.value


@dataclass(frozen=True, slots=True)
class ServiceMeasure:
    """One measure. `counts` says whether a person is counted at all, `holds` whether it holds for them.

    `definition` and `source` stand beside every figure.
    """

    key: str
    title: str
    whose: Whose
    definition: str
    source: str
    counts: Callable[[CountedPerson], bool]
    holds: Callable[[CountedPerson, date], bool]


def emergency_admissions(person: CountedPerson) -> int:
    """Emergency admissions in the last 90 days of life, the day of death included."""
    if person.died_on is None:
        return 0
    first = person.died_on - timedelta(days=ADMISSION_DAYS)
    return sum(first <= day <= person.died_on for day in person.admissions)


def _reviewed(person: CountedPerson, on: date) -> bool:
    return person.last_review is not None and on - timedelta(days=REVIEW_DAYS) <= person.last_review <= on


MEASURES = (
    ServiceMeasure(
        "preferred_place",
        "Died where they wanted to be",
        Whose.DIED,
        "Of those who died with a preferred place and a place of death recorded: the team recorded that they died "
        "where they wanted to be, or, where nobody answered that, both places are of the same kind.",
        "PRSB palliative and end of life care v1.1, after death; NICE QS13.",
        lambda p: p.achieved is not None,
        lambda p, _on: p.achieved is True,
    ),
    ServiceMeasure(
        "usual_residence",
        "Died where they usually lived",
        Whose.DIED,
        "Of those for whom it is recorded: the place of death is where they usually lived.",
        "SCCI1580 item 60; the national indicator of deaths in usual place of residence, as the team records it.",
        lambda p: p.usual_residence is not None,
        lambda p, _on: p.usual_residence is True,
    ),
    ServiceMeasure(
        "three_admissions",
        "Three or more emergency admissions in the last 90 days",
        Whose.DIED,
        f"Of all who died: {MANY_ADMISSIONS} or more emergency hospital stays began in the {ADMISSION_DAYS} days to "
        "the day of death. Stays that nobody recorded here are missing.",
        "IAF: the Improvement and Assessment Framework’s end-of-life metric. A lower share is better.",
        lambda _p: True,
        lambda p, _on: emergency_admissions(p) >= MANY_ADMISSIONS,
    ),
    ServiceMeasure(
        "preference_recorded",
        "Preferred place of death asked and answered",
        Whose.DIED,
        "Of all who died: a preferred place, or one of the four reasons why there is none, is recorded.",
        "SCCI1580 items 36 to 39 and requirement 54; NICE QS13.",
        lambda _p: True,
        lambda p, _on: bool(p.preferred),
    ),
    ServiceMeasure(
        "dying_recognised",
        "Dying was recognised",
        Whose.DIED,
        "Of all who died: the day on which they were recognised as dying is recorded.",
        "NACEL: National Audit of Care at the End of Life, recognising the possibility of imminent death.",
        lambda _p: True,
        lambda p, _on: p.recognised,
    ),
    ServiceMeasure(
        "last_days_plan",
        "Individual plan of care for the last days",
        Whose.DIED,
        "Of all who died: something is recorded under care in the last days.",
        "NACEL: individualised plan of care; the fifth of the five priorities.",
        lambda _p: True,
        lambda p, _on: p.has_last_days_plan,
    ),
    ServiceMeasure(
        "involvement_wish",
        "How far family is to be involved was asked",
        Whose.DIED,
        "Of those who died with somebody among the contacts: the person’s wish on how far to involve them is recorded "
        "for at least one.",
        "NACEL: discussion of the desired level of involvement; the fifth of the six commitments.",
        lambda p: p.contacts > 0,
        lambda p, _on: p.contacts_with_wish > 0,
    ),
    ServiceMeasure(
        "cpr_involved",
        "CPR was talked about with the person, or it says why not",
        Whose.DIED,
        "Of those who died with “Do not attempt CPR” recorded: it was discussed with the person, or the reason "
        "why it was not is recorded.",
        "CQC: Protect, respect, connect, 2021.",
        lambda p: p.cpr == "not_for",
        lambda p, _on: p.cpr_involved,
    ),
    ServiceMeasure(
        "just_in_case",
        "Just-in-case medicines were there",
        Whose.DIED,
        "Of those who died at home, in a relative’s home or in a care home: just-in-case medicines are recorded as "
        "prescribed or issued.",
        "NICE QS144, anticipatory prescribing.",
        lambda p: p.place in HOMES,
        lambda p, _on: p.just_in_case in ("prescribed", "box_issued"),
    ),
    ServiceMeasure(
        "fast_track",
        "Fast Track care began within 48 hours",
        Whose.RECEIVED,
        "Of the Fast Track forms received in the time whose outcome is known: care began within 48 hours of receipt.",
        "National Framework for NHS Continuing Healthcare, 2022.",
        lambda p: p.within_48_hours is not None,
        lambda p, _on: p.within_48_hours is True,
    ),
    ServiceMeasure(
        "plan_agreed",
        "Plan agreed with the person or for them",
        Whose.LIVING,
        "Of everybody alive today: it is recorded that the plan was agreed, in whole or in part, with the person, "
        "their representative, or in their best interests.",
        "SCCI1580; PRSB v1.1. As things stand today, whatever time is chosen.",
        lambda _p: True,
        lambda p, _on: p.agreed in ("yes", "partly", "representative", "parental_responsibility", "best_interests"),
    ),
    ServiceMeasure(
        "on_register",
        "On the palliative care register",
        Whose.LIVING,
        "Of everybody alive today: recorded as on the palliative care register.",
        "QOF PC001 (retired), kept as good practice. As things stand today, whatever time is chosen.",
        lambda _p: True,
        lambda p, _on: p.on_register,
    ),
    ServiceMeasure(
        "reviewed",
        "Reviewed by the team in the last three months",
        Whose.LIVING,
        "Of everybody alive today and on the palliative care register: a team review is recorded in the last "
        f"{REVIEW_DAYS} days.",
        "QOF PC002 (retired), kept as good practice. As things stand today, whatever time is chosen.",
        lambda p: p.on_register,
        _reviewed,
    ),
)
BY_KEY = {measure.key: measure for measure in MEASURES}
PLACES = tuple(option.key for option in value_set("actual_place_of_death"))
PLACES_TITLE = "Where people died"
PLACES_DEFINITION = "Every death in the time, by the kind of place recorded."
PLACES_SOURCE = "PRSB v1.1 actual place of death; NHS Data Dictionary DEATH LOCATION TYPE CODE."


@dataclass(frozen=True, slots=True)
class Period:
    """The time that is looked at, both days included."""

    first: date
    last: date

    def holds(self, day: date | None) -> bool:
        """Whether a day lies in it."""
        return day is not None and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Count:
    """A figure: who is counted, and for whom it holds, by their ids."""

    of: tuple[str, ...] = ()
    holding: tuple[str, ...] = ()

    @property
    def n(self) -> int:
        """For how many it holds."""
        return len(self.holding)

    @property
    def total(self) -> int:
        """How many are counted."""
        return len(self.of)


@dataclass(frozen=True, slots=True)
class Figures:
    """All figures of a period: each measure as a whole, by group, and by year; and the deaths by place."""

    period: Period
    grouping: str
    whole: Mapping[str, Count]
    by_group: Mapping[str, Mapping[str, Count]]
    by_year: Mapping[str, Mapping[int, Count]]
    places: Mapping[str, Count]
    as_of: date


def is_counted(person: CountedPerson, measure: ServiceMeasure, period: Period) -> bool:
    """Whether a person is among those that a measure of a period is about."""
    match measure.whose:
        case Whose.DIED:
            within = period.holds(person.died_on)
        case Whose.RECEIVED:
            within = period.holds(person.received_on)
        case Whose.LIVING:
            within = person.died_on is None
    return within and measure.counts(person)


def _year(person: CountedPerson, measure: ServiceMeasure) -> int | None:
    if measure.whose is Whose.LIVING:
        return None
    day = person.died_on if measure.whose is Whose.DIED else person.received_on
    return day.year if day is not None else None


def figures_of(
    people: Sequence[CountedPerson], period: Period, group_key: str, areas: Mapping[str, str], on: date
) -> Figures:
    """Count everything once. Every count carries the ids behind it, so that a list can never differ from its figure."""
    order = grouping(group_key).groups
    group = {person.id: group_of(person, group_key, on, areas) for person in people}
    whole: dict[str, Count] = {}
    by_group: dict[str, dict[str, Count]] = {}
    by_year: dict[str, dict[int, Count]] = {}
    for measure in MEASURES:
        of = [person for person in people if is_counted(person, measure, period)]
        holding = {person.id for person in of if measure.holds(person, on)}
        whole[measure.key] = _count(of, holding)
        groups: dict[str, list[CountedPerson]] = {name: [] for name in order}
        years: dict[int, list[CountedPerson]] = {}
        for person in of:
            groups[group[person.id]].append(person)
            if (year := _year(person, measure)) is not None:
                years.setdefault(year, []).append(person)
        by_group[measure.key] = {name: _count(members, holding) for name, members in groups.items()}
        by_year[measure.key] = {year: _count(years[year], holding) for year in sorted(years)}
    died = [person for person in people if period.holds(person.died_on)]
    places = {key: _count(died, {p.id for p in died if p.place == key}) for key in (*PLACES, "")}
    known = {one for key in places for one in places[key].holding}
    rest = {person.id for person in died} - known
    places[""] = _count(died, {*places[""].holding, *rest})
    return Figures(period, group_key, whole, by_group, by_year, places, on)


def _count(people: Sequence[CountedPerson], holding: set[str]) -> Count:
    return Count(
        tuple(person.id for person in people), tuple(person.id for person in people if person.id in holding)
    )  # fmt: skip
