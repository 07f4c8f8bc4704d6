"""One list of everything that is to be done, by owner and day, for one person or the whole caseload."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from eolc_desktop.care_plan import dates, to_do
from eolc_desktop.care_plan.to_do import BY_SECTION, FIELDS, ToDo, owner_key
from eolc_desktop.errors import UserError
from eolc_desktop.record import across, people, plans
from eolc_desktop.record.across import Found
from eolc_desktop.record.people import PersonRow
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
    """Read the list in one query over the current values; only the people who are shown are then read."""
    now = session.clock()
    day = dates.today(now)
    gathered: list[tuple[str, ToDo]] = []
    with session.store.reading() as connection:
        for person_id, found in across.entries(connection, FIELDS, wanted.person_id):
            gathered += [(person_id, one) for one in to_do.to_dos(_by_section(found), session.catalogue, now)]
        right = [pair for pair in gathered if _is_wanted(pair[1], wanted, day)]
        right.sort(key=lambda pair: (pair[1].due or "9999", pair[1].at, pair[0], pair[1].what), reverse=wanted.done)
        shown = right[:limit]
        rows = {row.id: row for row in people.rows_of(connection, sorted({person_id for person_id, _one in shown}))}
    waiting = [one for _person_id, one in gathered if not one.is_done]
    return TaskList(
        tuple(Task(rows[person_id], one) for person_id, one in shown),
        len(right),
        len(waiting),
        sum(one.days_over(day) > 0 for one in waiting),
        sum(owner_key(one.owner) == own_key(session) for one in waiting),
        _owners(waiting),
        sum(not owner_key(one.owner) for one in waiting),
        day,
    )


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


def _by_section(found: Sequence[Found]) -> dict[str, list[tuple[str, to_do.Values]]]:
    sections: dict[str, list[tuple[str, to_do.Values]]] = {}
    for one in found:
        sections.setdefault(one.section, []).append((one.entry, one.values))
    return sections


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
    due = dates.last_day(one.due)
    last = {"overdue": day - timedelta(days=1), "today": day, "week": day + timedelta(days=7)}.get(wanted.day)
    return last is not None and due <= last


def _owners(waiting: Sequence[ToDo]) -> tuple[Owner, ...]:
    spelt: dict[str, Counter[str]] = {}
    for one in waiting:
        if key := owner_key(one.owner):
            spelt.setdefault(key, Counter())[one.owner.split(",")[0].strip()] += 1
    owners = [Owner(key, names.most_common(1)[0][0], names.total()) for key, names in spelt.items()]
    return tuple(sorted(owners, key=lambda owner: owner.key))
