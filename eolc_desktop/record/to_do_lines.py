"""What is to be done across the caseload, kept ready as lines: read again only for a person whose plan has changed.

The lines are no truth of their own. Each person's are made from the current values (`care_plan.to_do`) and kept with
the version of the plan they were read from; a plan of another version is read again before anything is listed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, bindparam, case, delete, func, insert, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from eolc_desktop.care_plan.dates import last_day
from eolc_desktop.care_plan.to_do import LASTING, Entries, ToDo, owner_key
from eolc_desktop.models.desk_tables import to_do, to_do_read
from eolc_desktop.models.tables import person, set_aside
from eolc_desktop.record import across
from eolc_desktop.record.across import Found

WORDING = 2
"""Raised by one when other words, or other parts of the plan, are made into lines: all are then read again."""
_KEPT = tuple(ToDo.__dataclass_fields__)
_IS_LISTED = person.c.id.not_in(select(set_aside.c.person_id))
_BY_DAY = case((to_do.c.due == "", "9999"), else_=to_do.c.due)
_FORGET = delete(to_do).where(to_do.c.person_id == bindparam("of_person"))
_PUT_READ = upsert(to_do_read)
_PUT_READ = _PUT_READ.on_conflict_do_update(
    index_elements=[to_do_read.c.person_id],
    set_={"version": _PUT_READ.excluded.version, "wording": _PUT_READ.excluded.wording},
)

Gather = Callable[[Entries], Sequence[ToDo]]


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do, and whose plan it stands in."""

    person_id: str
    to_do: ToDo


@dataclass(frozen=True, slots=True)
class Owned:
    """How much is open for one owner: the key, the spelling met most often, and the count."""

    key: str
    name: str
    waiting: int


def stale(connection: Connection, limit: int = -1) -> dict[str, int]:
    """People whose plan is not the one their lines were made from, and its version."""
    wanted = (
        select(person.c.id, person.c.version)
        .join_from(person, to_do_read, to_do_read.c.person_id == person.c.id, isouter=True)
        .where(
            or_(func.coalesce(to_do_read.c.version, -1) != person.c.version, to_do_read.c.wording != WORDING),
            _IS_LISTED,
        )
        .limit(limit)  # -1 is no limit, as SQLite has it
    )
    return {row.id: row.version for row in connection.execute(wanted)}


def renew(connection: Connection, versions: dict[str, int], gather: Gather) -> None:
    """Make the lines of these people anew. `gather` says what is to be done in the entries of one plan."""
    if not versions:
        return
    rows: list[dict[str, Any]] = []
    for line in read(connection, tuple(versions), gather):
        one = line.to_do
        kept: dict[str, Any] = {key: getattr(one, key) for key in _KEPT}
        due_by = last_day(one.due).isoformat() if one.due else ""
        rows.append(kept | {"person_id": line.person_id, "owner_key": owner_key(one.owner), "due_by": due_by})
    connection.execute(_FORGET, [{"of_person": person_id} for person_id in versions])
    if rows:
        connection.execute(insert(to_do), rows)
    connection.execute(_PUT_READ, [{"person_id": k, "version": v, "wording": WORDING} for k, v in versions.items()])


def read(connection: Connection, person_ids: Sequence[str], gather: Gather) -> list[Line]:
    """The lines of these people as their plans say now, none of them kept."""
    read_now = across.entries(connection, LASTING, person_ids=person_ids)
    return [Line(person_id, one) for person_id, found in read_now for one in gather(by_section(found))]


def by_section(found: Sequence[Found]) -> Entries:
    """The entries of one person as `care_plan.to_do` reads them."""
    sections: dict[str, list[tuple[str, Any]]] = {}
    for one in found:
        sections.setdefault(one.section, []).append((one.entry, one.values))
    return sections


def lines(
    connection: Connection, conditions: Sequence[ColumnElement[bool]], limit: int, *, last_first: bool
) -> list[Line]:
    """The lines of these conditions, the earliest day first and those without a day last; or the other way about."""
    order = (_BY_DAY, to_do.c.at, to_do.c.person_id, to_do.c.what)
    wanted = select(to_do).where(to_do.c.person_id.in_(select(person.c.id).where(_IS_LISTED)), *conditions)
    wanted = wanted.order_by(*(part.desc() for part in order) if last_first else order).limit(limit)
    return [Line(row["person_id"], _to_do(row)) for row in connection.execute(wanted).mappings()]


def _to_do(row: RowMapping) -> ToDo:
    values = {key: row[key] for key in _KEPT}
    return ToDo(**values | {"is_done": bool(row["is_done"]), "can_be_marked": bool(row["can_be_marked"])})


def count(connection: Connection, conditions: Sequence[ColumnElement[bool]]) -> int:
    """How many lines meet these conditions."""
    wanted = select(func.count()).select_from(to_do)
    listed = to_do.c.person_id.in_(select(person.c.id).where(_IS_LISTED))
    return int(connection.execute(wanted.where(listed, *conditions)).scalar_one())


def owners(connection: Connection, conditions: Sequence[ColumnElement[bool]]) -> list[Owned]:
    """Who has how much of what meets these conditions; the key "" is for nobody named."""
    listed = to_do.c.person_id.in_(select(person.c.id).where(_IS_LISTED))
    wanted = (
        select(to_do.c.owner_key, to_do.c.owner, func.count())
        .where(listed, *conditions)
        .group_by(to_do.c.owner_key, to_do.c.owner)
        .order_by(to_do.c.owner_key, func.count().desc(), to_do.c.owner)
    )
    found: dict[str, Owned] = {}
    for key, owner, many in connection.execute(wanted):
        before = found.get(key)
        name = before.name if before else owner.split(",")[0].strip()
        found[key] = Owned(key, name, many + (before.waiting if before else 0))
    return list(found.values())


def of(person_id: str, besides: Sequence[str] = ()) -> list[ColumnElement[bool]]:
    """The conditions under which lines are of one person ("" for everybody), and not of those besides."""
    conditions: list[ColumnElement[bool]] = [to_do.c.person_id == person_id] if person_id else []
    return [*conditions, to_do.c.person_id.not_in(besides)] if besides else conditions


def is_open() -> ColumnElement[bool]:
    """Something is left to do."""
    return to_do.c.is_done == 0


def is_done() -> ColumnElement[bool]:
    """It was done, or is not needed any more."""
    return to_do.c.is_done == 1


def is_of(key: str) -> ColumnElement[bool]:
    """It is this owner's (`care_plan.to_do.owner_key`); "" for nobody named."""
    return to_do.c.owner_key == key


def has_no_day() -> ColumnElement[bool]:
    """No day is named for it."""
    return to_do.c.due_by == ""


def is_due_before(day: date) -> ColumnElement[bool]:
    """It was due before this day."""
    return and_(to_do.c.due_by != "", to_do.c.due_by < day.isoformat())
