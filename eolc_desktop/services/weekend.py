"""The weekend check: whether each home is ready until offices open again, per person and for the whole caseload."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eolc_desktop.care_plan import home_ready
from eolc_desktop.care_plan.dates import day_words, today
from eolc_desktop.care_plan.home_ready import FIELDS, Check
from eolc_desktop.documents.lists import NOT_HERE, PeopleList
from eolc_desktop.documents.making import ListOrder
from eolc_desktop.record import across, people
from eolc_desktop.record.people import PersonRow
from eolc_desktop.record.to_do_lines import by_section
from eolc_desktop.services import caseload_views, list_printing
from eolc_desktop.services.kept_on_sheets import KeptOff, kept_off, nothing_kept
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

MOST = 100_000


@dataclass(frozen=True, slots=True)
class Home:
    """One person and the lines about their home."""

    row: PersonRow
    checks: tuple[Check, ...]

    @property
    def open(self) -> int:
        """How many lines somebody should look at."""
        return sum(check.is_open for check in self.checks)


@dataclass(frozen=True, slots=True)
class WeekendCheck:
    """The living of a view, those with most to look at first; until which day is looked ahead."""

    homes: tuple[Home, ...]
    looked_at: int
    as_of: date
    until: date


@needs(Right.READ)
def check(session: Session, view: str = "", *, everybody: bool = False) -> WeekendCheck:
    """Look through the homes of the living of a view of the caseload; with `everybody` also those that are ready."""
    day = today(session.clock())
    until = home_ready.closed_until(day)
    among = caseload_views.among(session, view)
    with session.store.reading() as connection:
        rows = [row for row in people.listed(connection, limit=MOST, among=among).rows if not row.died_on]
        ids = tuple(row.id for row in rows)
        read = {who: by_section(found) for who, found in across.entries(connection, FIELDS, person_ids=ids)}
    homes = [Home(row, home_ready.checks(read.get(row.id, {}), session.catalogue, day, until)) for row in rows]
    shown = [home for home in homes if everybody or home.open]
    shown.sort(key=lambda home: -home.open)
    return WeekendCheck(tuple(shown), len(homes), day, until)


@needs(Right.READ)
def home_of(session: Session, person_id: str) -> WeekendCheck:
    """The lines about one person's home."""
    day = today(session.clock())
    until = home_ready.closed_until(day)
    with session.store.reading() as connection:
        row = people.row_of(connection, person_id)
        read = dict(across.entries(connection, FIELDS, person_id))
    found = home_ready.checks(by_section(read.get(person_id, [])), session.catalogue, day, until)
    return WeekendCheck((Home(row, found),) if row is not None else (), 1, day, until)


@needs(Right.PRINT)
def prepare(session: Session, view: str = "", person_id: str = "") -> ListOrder:
    """The check on paper: for each person what is recorded about each line that somebody should look at.

    What a person keeps back is not on it, whether it is ready or not; the list says so.
    """
    read = home_of(session, person_id) if person_id else check(session, view)
    with session.store.reading() as connection:
        off = kept_off(connection, session.catalogue, [home.row.id for home in read.homes])
    nothing = nothing_kept(session.catalogue)
    lines = tuple(
        list_printing.listed_person(
            home.row,
            tuple(_cell(home, keys, off.get(home.row.id, nothing)) for keys in _ON_PAPER.values()),
        )
        for home in read.homes
    )
    title = f"home readiness until {day_words(read.until)}"
    listed = PeopleList(title, tuple(_ON_PAPER), lines, read.looked_at)
    return list_printing.order_of(session, "caseload-list", listed, [home.row.id for home in read.homes])


_ON_PAPER = {
    "Medicines and chart": ("medicines", "chart", "expiry"),
    "Equipment": ("equipment",),
    "Nights and carer": ("night", "strain"),
    "Who to call": ("calls",),
}


_MADE_FROM = {
    "medicines": ("anticipatory",),
    "chart": ("anticipatory",),
    "expiry": ("anticipatory", "medicine_stock"),
    "equipment": ("equipment",),
    "night": ("carer",),
    "strain": ("carer",),
    "calls": ("who_to_call", "call_card"),
}
"""The sections that each line is made from."""


def _cell(home: Home, keys: tuple[str, ...], off: KeptOff) -> str:
    if any(off.stays(section, FIELDS[section]) for key in keys for section in _MADE_FROM[key]):
        return NOT_HERE  # the whole cell: what is left of it would tell the rest
    found = [f"{one.label}: {one.words}" for one in home.checks if one.key in keys and one.is_open]
    return "; ".join(found) or "Ready"
