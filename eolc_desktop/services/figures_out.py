"""What leaves of the figures: on paper and as CSV, with small numbers hidden for readers outside."""

from __future__ import annotations

import csv
import io
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.counted_people import grouping
from eolc_desktop.care_plan.dates import day_words
from eolc_desktop.care_plan.service_measures import (
    MEASURES,
    PLACES_DEFINITION,
    PLACES_SOURCE,
    PLACES_TITLE,
    Count,
    ServiceMeasure,
)
from eolc_desktop.care_plan.small_numbers import LEAST, may_be_shown, shown_rows
from eolc_desktop.care_plan.words import display
from eolc_desktop.documents.blocks import BarOf
from eolc_desktop.documents.service_sheets import Numbers, SheetOrder, TableOfFigures, figures_sheet
from eolc_desktop.record import audit
from eolc_desktop.services import going_out, organisation, sheets
from eolc_desktop.services.going_out import Way
from eolc_desktop.services.measures import Read
from eolc_desktop.services.private_file import write_private
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

HIDDEN = "Hidden"
HIDES = (
    f"Numbers of people from 1 to {LEAST - 1}, and what they could be worked out from, are hidden, so that nobody can "
    "be recognised."
)
PLACE_NOT_RECORDED = "Not recorded"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: its name, the numbers (None where they are hidden), and the ids behind them."""

    name: str
    n: int | None
    total: int | None
    count: Count

    @property
    def is_hidden(self) -> bool:
        """Whether the numbers are not to be seen."""
        return self.n is None

    @property
    def share(self) -> str:
        """ "56 in 100", or why there is none."""
        if self.n is None or self.total is None:
            return HIDDEN
        return f"{share_of(self.n, self.total)}" if self.total else "–"

    @property
    def cells(self) -> tuple[str, str, str, str]:
        """The line as a table has it."""
        return self.name, _number(self.n), _number(self.total), self.share


def _number(number: int | None) -> str:
    return HIDDEN if number is None else f"{number:,}"


def share_of(n: int, total: int) -> str:
    """So many in a hundred, to the nearest whole number, halves upwards."""
    return f"{(200 * n + total) // (2 * total)} in 100"


@dataclass(frozen=True, slots=True)
class Shown:
    """One measure as it is shown: the whole, and its lines by group and by year."""

    key: str
    title: str
    definition: str
    source: str
    unit: str
    whole: Line
    groups: tuple[Line, ...]
    years: tuple[Line, ...]
    is_places: bool = False

    @property
    def says(self) -> str:
        """The figure in a sentence."""
        whole = self.whole
        if self.is_places:
            if whole.total is None:
                return "The numbers are too small to be shown (deaths)."
            return f"{whole.total:,} {'death' if whole.total == 1 else 'deaths'} in this time."
        if whole.n is None or whole.total is None:
            return f"The numbers are too small to be shown ({self.unit})."
        if not whole.total:
            return f"Nobody is counted in this time ({self.unit})."
        return f"{whole.n:,} of {whole.total:,} {self.unit}: {whole.share}."


def shown(read: Read, *, for_others: bool) -> tuple[Shown, ...]:
    """Every measure as it is shown to the team, or, with small numbers hidden, to others."""
    figures = read.figures
    made = [_places(read, for_others=for_others)]
    for measure in MEASURES:
        whole = figures.whole[measure.key]
        groups = _lines(figures.by_group[measure.key], whole, for_others=for_others)
        years = _lines(figures.by_year[measure.key], whole, for_others=for_others)
        made.append(_one(measure, _line("Everybody", whole, not for_others or _may(whole)), groups, years))
    return tuple(made)


def _one(measure: ServiceMeasure, whole: Line, groups: tuple[Line, ...], years: tuple[Line, ...]) -> Shown:
    unit = measure.whose.words
    return Shown(measure.key, measure.title, measure.definition, measure.source, unit, whole, groups, years)


def _places(read: Read, *, for_others: bool) -> Shown:
    places = read.figures.places
    total = Count(next(iter(places.values())).of, next(iter(places.values())).of)
    # Each place is a part of one whole: a line that is hidden must not be what the others leave over.
    as_parts = {key: Count(count.holding, count.holding) for key, count in places.items()}
    lines = _lines(as_parts, total, for_others=for_others, names=_place_names())
    whole = _line("Everybody", total, not for_others or _may(total))
    shares = tuple(
        Line(line.name, line.n, whole.total if line.n is not None else None, line.count)
        for line in lines
        if line.is_hidden or line.n
    )
    return Shown("places", PLACES_TITLE, PLACES_DEFINITION, PLACES_SOURCE, "deaths", whole, shares, (), is_places=True)


def _place_names() -> Mapping[Hashable, str]:
    described = built_in()["death"]["place"]
    names: dict[Hashable, str] = {option.key: display(described, option.key) for option in described.options}
    return names | {"": PLACE_NOT_RECORDED}


def _may(count: Count) -> bool:
    return may_be_shown((count.n, count.total))


def _lines(
    rows: Mapping[str, Count] | Mapping[int, Count],
    whole: Count,
    *,
    for_others: bool,
    names: Mapping[Hashable, str] | None = None,
) -> tuple[Line, ...]:
    pairs: dict[Hashable, tuple[int, int]] = {key: (count.n, count.total) for key, count in rows.items()}
    allowed = shown_rows(pairs, (whole.n, whole.total)) if for_others else frozenset(pairs)
    return tuple(_line((names or {}).get(key, str(key)), count, key in allowed) for key, count in rows.items())


def _line(name: str, count: Count, may_show: bool) -> Line:
    return Line(name, count.n, count.total, count) if may_show else Line(name, None, None, count)


def find(made: tuple[Shown, ...], key: str) -> Shown:
    """The measure with this key, the first where there is none."""
    return next((one for one in made if one.key == key), made[0])


@needs(Right.PRINT)
def prepare_sheet(session: Session, read: Read, *, for_others: bool) -> SheetOrder:
    """The figures as a paper."""
    group = grouping(read.figures.grouping)
    lead = [period_words(read), f"By {group.words.lower()}: {group.told_from}"]
    lead += [HIDES] if for_others else ["For the team only: small numbers are shown."]
    tables = []
    for one in shown(read, for_others=for_others):
        head = ("Place" if one.is_places else group.words, "Number", "Of", "Share")
        groups = tuple(line.cells for line in one.groups if line.is_hidden or line.total)
        parts = [Numbers(head, groups, _bars(one))] if one.groups else []
        if len(one.years) > 1:
            parts.append(Numbers(("Year", "Number", "Of", "Share"), tuple(line.cells for line in one.years)))
        notes = (one.definition, f"Source: {one.source}")
        tables.append(TableOfFigures(one.title, one.says, notes, tuple(parts)))
    return sheets.prepare(
        session, "What it adds up to", "figures.pdf", figures_sheet("What it adds up to", lead, tables)
    )


def _bars(one: Shown) -> tuple[BarOf, ...]:
    """A bar for each group whose numbers may be seen and that anybody is in: what is hidden has no length either."""
    return tuple(
        BarOf(line.name, line.n / line.total, line.share) for line in one.groups if line.n is not None and line.total
    )


def period_words(read: Read) -> str:
    """The time that is counted, in words."""
    period = read.span.period
    return f"{read.span.words}: {day_words(period.first)} to {day_words(period.last)}."


@needs(Right.SHARE)
def save_csv(session: Session, read: Read, path: Path, *, for_others: bool) -> None:
    """Write the figures as CSV where the user chose, and note it. Raises PrintFailed; NotAsWritten when in doubt."""
    organisation.refuse_saving(session.policy)
    going_out.refuse_known(session, Way.SAVED)
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(("measure", "broken_down_by", "group", "number", "of", "definition", "source", "from", "to"))
    writer.writerows(_csv_rows(read, for_others=for_others))
    content = out.getvalue().encode("utf-8-sig")
    detail: dict[str, str | int] = {"what": "figures", "small_numbers": "hidden" if for_others else "shown"}
    with session.store.writing() as connection:
        audit.note(connection, session.clock(), session.user.id, "service saved", "", detail)
    write_private(session, path, content)


def _csv_rows(read: Read, *, for_others: bool) -> Iterator[tuple[str, ...]]:
    period = read.span.period
    for one in shown(read, for_others=for_others):
        told = (one.definition, one.source, period.first.isoformat(), period.last.isoformat())
        parts = (("", (one.whole,)), (read.figures.grouping, one.groups), ("year", one.years))
        for by, lines in parts:
            name = "place" if one.is_places and by == read.figures.grouping else by
            for line in lines:
                yield one.title, name, line.name, _plain(line.n), _plain(line.total), *told


def _plain(number: int | None) -> str:
    return HIDDEN if number is None else str(number)
