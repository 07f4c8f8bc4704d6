"""One list of everything that is to be done, by owner and day, for one person or the whole caseload."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection

from eolc_desktop.care_plan import dates, to_do
from eolc_desktop.care_plan.to_do import BY_SECTION, CLOCKED, ToDo, owner_key
from eolc_desktop.errors import StoreFull, UserError
from eolc_desktop.record import across, people, plans, to_do_lines
from eolc_desktop.record.people import PersonRow
from eolc_desktop.record.to_do_lines import Line, Owned
from eolc_desktop.services import plans as plan_services
from eolc_desktop.services.plans import SaveResult
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

MOST_SHOWN = 200
ANYBODY, NOBODY = "", "?"
"""In place of an owner: everybody's tasks, and those that nobody is named for."""
DAYS = {
    "": "Any day",
    "overdue": "Overdue",
    "today": "Today and overdue",
    "week": "Within 7 days, and overdue",
    "undated": "Without a date",
}
"""Which days are wanted, and how the choice is called."""
_LAST_DAYS: Mapping[str, Callable[[date], date]] = {
    "overdue": lambda day: day - timedelta(days=1),
    "today": lambda day: day,
    "week": lambda day: day + timedelta(days=7),
}
AT_ONCE = 100
"""Plans that are read in one go when the list is made ready: the store is free for others in between."""


class HasChanged(UserError):
    """What was to be marked does not stand as it was shown any more."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which tasks are wanted: the owner's key (`owner_key`), a key of `DAYS`, and open ones or those that are done."""

    owner: str = ANYBODY
    day: str = ""
    done: bool = False
    person_id: str = ""


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to do, and for whom."""

    row: PersonRow
    to_do: ToDo


@dataclass(frozen=True, slots=True)
class Owner:
    """Somebody who has something to do: the key, the name as it was typed most often, and how much is open."""

    key: str
    name: str
    waiting: int


@dataclass(frozen=True, slots=True)
class TaskList:
    """What was found. `found` counts what is wanted, of which `tasks` are the first; `waiting` and `overdue` count
    everything that is open, whoever's it is; `own` is how much of it is the user's; `as_of` is the day in England."""

    tasks: tuple[Task, ...]
    found: int
    waiting: int
    overdue: int
    own: int
    owners: tuple[Owner, ...]
    nobodys: int
    as_of: date


@needs(Right.READ)
def tasks(session: Session, wanted: Wanted = Wanted(), limit: int = MOST_SHOWN) -> TaskList:
    """Read the list. Plans that changed since it was read last are read again first; only the people who are shown are
    then read. On a full disk nothing can be kept ready, and those plans are read all the same."""
    now = session.clock()
    day = dates.today(now)
    unkept = _read_again(session)
    with session.store.reading() as connection:
        fresh = [*_fast_tracks(connection, wanted.person_id, now)]
        if unkept:
            fresh += to_do_lines.read(connection, unkept, _gather(session))
        kept = to_do_lines.of(wanted.person_id, besides=unkept)
        fresh = [line for line in fresh if wanted.person_id in ("", line.person_id)]
        fits = [line for line in fresh if _is_wanted(line.to_do, wanted, day)]
        conditions = [*kept, *_conditions(wanted, day)]
        found = [*fits, *to_do_lines.lines(connection, conditions, limit, last_first=wanted.done)]
        found.sort(key=lambda line: (*to_do.in_order(line.to_do), line.person_id, line.to_do.what), reverse=wanted.done)
        shown = found[:limit]
        rows = {row.id: row for row in people.rows_of(connection, sorted({line.person_id for line in shown}))}
        waiting = [line.to_do for line in fresh if not line.to_do.is_done]
        is_open = [*kept, to_do_lines.is_open()]
        owned = _owners(to_do_lines.owners(connection, is_open), waiting)
        overdue = to_do_lines.count(connection, [*is_open, to_do_lines.is_due_before(day)])
        total = to_do_lines.count(connection, conditions) + len(fits)
    by_key = {owner.key: owner for owner in owned}
    return TaskList(
        tuple(Task(rows[line.person_id], line.to_do) for line in shown),
        total,
        sum(owner.waiting for owner in owned),
        overdue + sum(one.days_over(day) > 0 for one in waiting),
        by_key[key].waiting if (key := own_key(session)) in by_key else 0,
        tuple(owner for owner in owned if owner.key),
        by_key[""].waiting if "" in by_key else 0,
        day,
    )


@needs(Right.READ)
def get_ready(session: Session) -> bool:
    """Read some of the plans whose list is not ready, and say whether there are more: for a quiet moment."""
    try:
        return _read_some(session) == AT_ONCE
    except StoreFull:
        return False


def _read_again(session: Session) -> tuple[str, ...]:
    """Make what is to be done ready for everybody. Returns the people for whom it could not be kept."""
    try:
        while _read_some(session):
            pass
    except StoreFull:
        with session.store.reading() as connection:
            return tuple(to_do_lines.stale(connection))
    return ()


def _read_some(session: Session) -> int:
    with session.store.reading() as connection:
        versions = to_do_lines.stale(connection, AT_ONCE)
    if versions:
        with session.store.writing() as connection:
            to_do_lines.renew(connection, versions, _gather(session))
    return len(versions)


def _gather(session: Session) -> to_do_lines.Gather:
    return lambda entries: to_do.lasting(entries, session.catalogue)


def _fast_tracks(connection: Connection, person_id: str, now: datetime) -> Iterator[Line]:
    """What Fast Track asks for at this hour: it changes without anything being recorded."""
    tracks = {"fast_track": CLOCKED["fast_track"]}
    with_one = tuple(of_person for of_person, _found in across.entries(connection, tracks, person_id, living=True))
    for of_person, found in across.entries(connection, CLOCKED, person_ids=with_one):
        for one in to_do.clocked(to_do_lines.by_section(found), now):
            yield Line(of_person, one)


def _conditions(wanted: Wanted, day: date) -> list[ColumnElement[bool]]:
    conditions = [to_do_lines.is_done() if wanted.done else to_do_lines.is_open()]
    if wanted.owner != ANYBODY:
        conditions.append(to_do_lines.is_of("" if wanted.owner == NOBODY else wanted.owner))
    if wanted.day:
        conditions.append(
            to_do_lines.has_no_day()
            if wanted.day == "undated"
            else to_do_lines.is_due_before(_LAST_DAYS[wanted.day](day) + timedelta(days=1))
        )
    return conditions


@needs(Right.BE_HERE)
def own_key(session: Session) -> str:
    """The key of the user as an owner."""
    return owner_key(session.user.name)


@needs(Right.RECORD)
def mark(session: Session, person_id: str, one: ToDo, done: bool) -> SaveResult:
    """Record in its entry that something is done, or open after all. Raises HasChanged when the entry does not stand as
    it was shown, and UserError for what is not done by saying so."""
    source = BY_SECTION.get(one.section)
    if source is None:
        raise UserError(
            "This is not done by marking it.", "Nothing was changed.", "Open it, and record what became of it."
        )
    with session.store.reading() as connection:
        plan = plans.plan_of(connection, session.catalogue, person_id, session.clock(), session.user.id)
    entry = plan.entry(one.section, one.entry)
    if entry is None or entry.text(source.state) != one.state:
        raise HasChanged(
            "This has been changed since the list was read.", "Nothing was changed.", "Look at it again in the list."
        )
    values = to_do.marked(source, session.user.name, plan.today, done=done)
    return plan_services.save_entry(session, plan, one.section, one.entry, values, parent=entry.parent)


def _is_wanted(one: ToDo, wanted: Wanted, day: date) -> bool:
    if one.is_done != wanted.done:
        return False
    key = owner_key(one.owner)
    if wanted.owner != ANYBODY and key != ("" if wanted.owner == NOBODY else wanted.owner):
        return False
    if not wanted.day:
        return True
    if not one.due:
        return wanted.day == "undated"
    return wanted.day != "undated" and dates.last_day(one.due) <= _LAST_DAYS[wanted.day](day)


def _owners(kept: Sequence[Owned], waiting: Sequence[ToDo]) -> list[Owner]:
    """How much is open for whom, in the order of names; the key "" is for nobody named."""
    found = {owned.key: Owner(owned.key, owned.name, owned.waiting) for owned in kept}
    for one in waiting:
        key = owner_key(one.owner)
        before = found.get(key, Owner(key, one.owner.split(",")[0].strip(), 0))
        found[key] = replace(before, waiting=before.waiting + 1)
    return sorted(found.values(), key=lambda owner: owner.key)
