"""Reading the journal: every change of an item, an entry or a whole plan, with what stood before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, func, select

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.paper_copies import SECTION as PAPER_COPIES
from eolc_desktop.care_plan.plan import Change, Op
from eolc_desktop.models.tables import change, person, set_aside
from eolc_desktop.record.rows import author_of, from_text, moment_of, moment_text, told_of


def changes_of(
    connection: Connection,
    person_id: str,
    section: str | None = None,
    entry: str | None = None,
    field: str | None = None,
) -> tuple[Change, ...]:
    """Every change of a person's plan, oldest first, or only those of a section, an entry or a field."""
    wanted = select(change).where(change.c.person_id == person_id)
    for column, key_part in ((change.c.section, section), (change.c.entry, entry), (change.c.field, field)):
        if key_part is not None:
            wanted = wanted.where(column == key_part)
    before: dict[tuple[str, str, str], Value] = {}
    found = []
    for row in connection.execute(wanted.order_by(change.c.sequence)):
        key = (row.section, row.entry, row.field)
        value = from_text(row.value)
        found.append(
            Change(
                sequence=row.sequence,
                id=row.id,
                person_id=person_id,
                section=row.section,
                entry=row.entry,
                field=row.field,
                op=Op(row.op),
                value=value,
                before=before.get(key),
                recorded_at=moment_of(row.recorded_at),
                recorded_by=author_of(row),
                told=told_of(row),
                reason=row.reason,
                save_id=row.save_id,
                base=row.base_change,
            )
        )
        before[key] = value
    return tuple(found)


def last_by(connection: Connection, person_id: str, user_id: str, before: datetime) -> datetime | None:
    """When this user last had a conversation recorded in this plan, before a moment; else last recorded anything."""
    mine = select(func.max(change.c.recorded_at)).where(
        change.c.person_id == person_id,
        change.c.author_id == user_id,
        change.c.recorded_at < moment_text(before),
        change.c.section != PAPER_COPIES,
    )
    found = connection.execute(mine.where(change.c.section == "conversations")).scalar()
    found = found or connection.execute(mine).scalar()
    return moment_of(found) if found else None


@dataclass(frozen=True, slots=True)
class LastSave:
    """The changes of a save, and which entries (section, id) it began: they were not in the plan before it."""

    changes: tuple[Change, ...]
    begun: frozenset[tuple[str, str]]


def last_save_by(connection: Connection, person_id: str, user_id: str) -> LastSave:
    """The latest save of this plan, if this user made it; an empty one otherwise: nobody undoes another's work.

    What the register of paper copies holds is no part of it: a page that was printed cannot be undone.
    """
    newest = connection.execute(
        select(change.c.save_id, change.c.author_id)
        .where(change.c.person_id == person_id, change.c.section != PAPER_COPIES)
        .order_by(change.c.sequence.desc())
        .limit(1)
    ).first()
    if newest is None or newest.author_id != user_id:
        return LastSave((), frozenset())
    lines = changes_of(connection, person_id)
    mine = tuple(line for line in lines if line.save_id == newest.save_id)
    before = {(line.section, line.entry) for line in lines if line.save_id != newest.save_id}
    return LastSave(mine, frozenset((line.section, line.entry) for line in mine) - before)


@dataclass(frozen=True, slots=True)
class StateLine:
    """One value that a field had, of whom and since when: "" once it was taken away."""

    person_id: str
    entry: str
    field: str
    value: str
    at: datetime


def states_of(connection: Connection, section: str, fields: Sequence[str]) -> tuple[StateLine, ...]:
    """Every value that these fields of a section ever had, of everybody who is listed, the oldest first."""
    of_whom = select(person.c.id).where(person.c.id.not_in(select(set_aside.c.person_id)))
    wanted = (
        select(change.c.person_id, change.c.entry, change.c.field, change.c.value, change.c.recorded_at)
        .where(change.c.person_id.in_(of_whom), change.c.section == section, change.c.field.in_(fields))
        .where(change.c.op == Op.SET.value)
        .order_by(change.c.sequence)
    )
    return tuple(
        StateLine(row.person_id, row.entry, row.field, said if isinstance(said, str) else "", moment_of(at))
        for row in connection.execute(wanted)
        for said, at in [(from_text(row.value), row.recorded_at)]
    )
