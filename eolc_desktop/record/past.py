"""The versions of a plan, and the plan as it stood at any of them, read from the journal alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, select

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.paper_copies import SECTION as PAPER_COPIES
from eolc_desktop.care_plan.plan import Author, Item, Op, Plan
from eolc_desktop.models.tables import change, person
from eolc_desktop.record.plans import Line, entries_of
from eolc_desktop.record.rows import author_of, from_text, moment_of, told_of


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a plan: a save that changed it. `last_line` is the last line of the journal before the next
    version begins, so that what was confirmed meanwhile belongs to this one."""

    number: int
    save_id: str
    at: datetime
    by: Author
    sections: tuple[str, ...]
    last_line: int


def versions(connection: Connection, person_id: str) -> tuple[Version, ...]:
    """Every version of a plan, oldest first. There are as many as `Plan.version` says.

    A page that was printed stands in the journal too, and is no change of the plan.
    """
    wanted = select(change).where(change.c.person_id == person_id, change.c.section != PAPER_COPIES)
    found: list[Version] = []
    for row in connection.execute(wanted.order_by(change.c.sequence)):
        if row.op == Op.SET.value and (not found or found[-1].save_id != row.save_id):
            made = Version(len(found) + 1, row.save_id, moment_of(row.recorded_at), author_of(row), (), row.sequence)
            found.append(made)
        if found:
            sections = found[-1].sections
            if row.op == Op.SET.value and row.section not in sections:
                sections = (*sections, row.section)
            found[-1] = replace(found[-1], sections=sections, last_line=row.sequence)
    return tuple(found)


def plan_at(connection: Connection, catalogue: Catalogue, person_id: str, version: Version) -> Plan:
    """The plan as it stood at a version, with every envelope as it was then."""
    rows = connection.execute(
        select(change)
        .where(change.c.person_id == person_id, change.c.sequence <= version.last_line)
        .order_by(change.c.sequence)
    )
    set_by: dict[tuple[str, str, str], Any] = {}
    confirmed_by: dict[tuple[str, str, str], Any] = {}
    for row in rows:
        key = (row.section, row.entry, row.field)
        if row.op == Op.SET.value:
            set_by[key] = row
            confirmed_by.pop(key, None)
        else:
            confirmed_by[key] = row
    added = connection.execute(select(person.c.added_at).where(person.c.id == person_id)).scalar_one()
    return Plan(
        person_id=person_id,
        catalogue=catalogue,
        sections=entries_of(
            Line(*key, row.parent, row.sequence, row.reason, _item(row, confirmed_by.get(key)))
            for key, row in set_by.items()
        ),
        version=version.number,
        as_of=version.at,
        created_at=moment_of(added),
        last_change_at=version.at,
        last_change_by=version.by,
    )


def _item(row: Any, confirmation: Any) -> Item:
    return Item(
        value=from_text(row.value),
        change_id=row.id,
        recorded_at=moment_of(row.recorded_at),
        recorded_by=author_of(row),
        told=told_of(row),
        confirmed_at=moment_of(confirmation.recorded_at) if confirmation is not None else None,
        confirmed_by=author_of(confirmation) if confirmation is not None else None,
    )
