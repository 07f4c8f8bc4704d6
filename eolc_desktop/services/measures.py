"""The figures of the service, the people behind each, and what leaves of them: small numbers hidden."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from eolc_desktop.care_plan import dates
from eolc_desktop.care_plan.counted_people import FIELDS, CountedPerson, counted, postcode_key
from eolc_desktop.care_plan.service_measures import Figures, Period, figures_of
from eolc_desktop.record import measured, people
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import our_service
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session


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


@needs(Right.READ)
def read(session: Session, span_key: str = "year", grouping: str = "age") -> Read:
    """Count everything anew from what stands in the plans now."""
    now = session.clock()
    on = dates.today(now)
    with session.store.reading() as connection:
        everybody = measured.everybody(connection, FIELDS)
    areas = area_table(session)
    known = [counted(person_id, entries, now) for person_id, entries in everybody.items()]
    offered = spans(on, _first_year(known, on))
    span = next((one for one in offered if one.key == span_key), offered[0])
    return Read(figures_of(known, span.period, grouping, areas, on), span, offered, len(known), bool(areas))


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
