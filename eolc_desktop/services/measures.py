"""The figures of the service, the people behind each, and what leaves of them: small numbers hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from eolc_desktop.care_plan import dates
from eolc_desktop.care_plan.counted_people import FIELDS, CountedPerson, counted, postcode_key
from eolc_desktop.care_plan.service_measures import Figures, Period, figures_of
from eolc_desktop.record import measured, people
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import our_service
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

AT_A_TIME = 250
"""People counted between two looks at whether to stop."""


@dataclass(frozen=True, slots=True)
class Span:
    """A time that can be chosen: its key, how it is called, and its days."""

    key: str
    words: str
    period: Period


def spans(on: date, first_year: int) -> tuple[Span, ...]:
    """The times to choose from: the last 3 and 12 months, each year from the first with a death, and all of it."""
    years = [
        Span(str(year), str(year), Period(date(year, 1, 1), date(year, 12, 31)))
        for year in range(on.year, first_year - 1, -1)
    ]
    return (
        Span("year", "The last 12 months", Period(on - timedelta(days=364), on)),
        Span("quarter", "The last 3 months", Period(on - timedelta(days=91), on)),
        *years,
        Span("all", "All the years recorded", Period(date(min(first_year, on.year), 1, 1), on)),
    )


@dataclass(frozen=True, slots=True)
class Read:
    """The figures that were asked for, the times there are to choose from, and how many are recorded in all."""

    figures: Figures
    span: Span
    spans: tuple[Span, ...]
    people: int
    has_areas: bool


@dataclass(slots=True)
class Counting:
    """Figures that are being counted, a portion at a time; `read` are the figures when it is done."""

    span_key: str
    grouping: str
    now: datetime
    areas: Mapping[str, str]
    reading: measured.Reading = field(repr=False)
    waiting: list[str] = field(repr=False)
    known: list[CountedPerson] = field(repr=False, default_factory=list)
    read: Read | None = None

    @property
    def of(self) -> int:
        """How many steps there are: the reading of all plans, and every portion of people."""
        return 1 + -(-len(self.reading.people) // AT_A_TIME)

    @property
    def done(self) -> int:
        """How many of them are done."""
        return int(not self.reading.waiting) + -(-len(self.known) // AT_A_TIME)

    @property
    def words(self) -> str:
        """How far it has come."""
        if self.reading.waiting:
            return "Reading all plans"
        return f"Counting: {len(self.known):,} of {len(self.reading.people):,} people"


@needs(Right.READ)
def begin(session: Session, span_key: str = "year", grouping: str = "age") -> Counting:
    """Begin to count everything anew from what stands in the plans now."""
    areas = area_table(session)
    with session.store.reading() as connection:
        reading = measured.begin(connection, FIELDS)
    return Counting(span_key, grouping, session.clock(), areas, reading, list(reading.people))


@needs(Right.READ)
def go_on(session: Session, counting: Counting) -> Counting:
    """Read the plans, or count a few more people, or, at the end, add it all up.

    What is saved meanwhile asks for a new count: whoever counts begins anew when something has changed.
    """
    if counting.reading.waiting:
        with session.store.reading() as connection:
            measured.read_on(connection, counting.reading)
    elif counting.waiting:
        portion, counting.waiting = counting.waiting[:AT_A_TIME], counting.waiting[AT_A_TIME:]
        counting.known += [counted(one, counting.reading.entries_of(one), counting.now) for one in portion]
    if not counting.reading.waiting and not counting.waiting:
        counting.read = _add_up(counting)
    return counting


@needs(Right.READ)
def read(session: Session, span_key: str = "year", grouping: str = "age") -> Read:
    """Count everything anew at once."""
    counting = begin(session, span_key, grouping)
    while counting.read is None:
        go_on(session, counting)
    return counting.read


def _add_up(counting: Counting) -> Read:
    on = dates.today(counting.now)
    known, areas = counting.known, counting.areas
    offered = spans(on, _first_year(known, on))
    span = next((one for one in offered if one.key == counting.span_key), offered[0])
    return Read(figures_of(known, span.period, counting.grouping, areas, on), span, offered, len(known), bool(areas))


def _first_year(known: list[CountedPerson], on: date) -> int:
    days = [day for person in known for day in (person.died_on, person.received_on) if day is not None]
    return max(on.year - 20, min((day.year for day in days), default=on.year))


@needs(Right.READ)
def area_table(session: Session) -> Mapping[str, str]:
    """The fifths of deprivation by how postcodes begin, as the organisation entered them."""
    plan = our_service.read(session)
    return {
        postcode_key(entry.text("begins")): entry.text("fifth")
        for entry in plan.entries("areas")
        if entry.text("begins") and entry.text("fifth")
    }


@needs(Right.READ)
def rows(session: Session, person_ids: tuple[str, ...]) -> tuple[PersonRow, ...]:
    """The people behind a figure, by name."""
    with session.store.reading() as connection:
        found: list[PersonRow] = []
        for start in range(0, len(person_ids), 500):
            found += people.rows_of(connection, person_ids[start : start + 500])
    return tuple(sorted(found, key=lambda row: (row.family_name.casefold(), row.given_names.casefold())))
