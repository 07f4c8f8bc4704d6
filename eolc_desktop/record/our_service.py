"""Writing and reading what the organisation keeps of itself: changes are added, none is altered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, NOT_STATED, Author, Edit, Entry, EntryState, Item, Plan
from eolc_desktop.models.service_tables import service_change
from eolc_desktop.record.rows import author_of, from_text, moment_of, moment_text, new_id, to_text

NOBODY = ""
"""In place of a person's id: what is read here is about nobody."""


@dataclass(frozen=True, slots=True)
class ServiceChange:
    """One line of the journal, for what was so when."""

    section: str
    entry: str
    field: str
    value: Value
    at: datetime
    by: Author


def append(connection: Connection, author: Author, at: datetime, edits: Sequence[Edit]) -> int:
    """Add edits as one save; returns how many lines were written."""
    rows = [
        {
            "id": new_id(),
            "section": edit.section,
            "entry": edit.entry,
            "field": edit.field,
            "value": to_text(edit.value),
            "recorded_at": moment_text(at),
            "author_id": author.user_id,
            "author_name": author.name,
            "author_role": author.role,
            "author_organisation": author.organisation,
            "reason": edit.reason,
        }
        for edit in edits
    ]
    if rows:
        connection.execute(insert(service_change), rows)
    return len(rows)


def read(connection: Connection, catalogue: Catalogue, as_of: datetime) -> Plan:
    """What is kept, as it stands now, in the shape that forms, words and papers read: a snapshot about nobody."""
    items: dict[tuple[str, str], dict[str, Item]] = {}
    states: dict[tuple[str, str], EntryState] = {}
    reasons: dict[tuple[str, str], str] = {}
    version = 0
    for row in connection.execute(select(service_change).order_by(service_change.c.sequence)):
        place = row.section, row.entry
        of_entry = items.setdefault(place, {})
        version = row.sequence
        value = from_text(row.value)
        if row.field == ENTRY_ITSELF:
            states[place] = EntryState.of(value)
            reasons[place] = row.reason
        else:
            of_entry[row.field] = Item(value, row.id, moment_of(row.recorded_at), author_of(row), NOT_STATED)
    sections: dict[str, list[Entry]] = {}
    for (section, entry), values in items.items():
        place = section, entry
        state = states.get(place, EntryState.CURRENT)
        sections.setdefault(section, []).append(Entry(entry, section, values, state, "", reasons.get(place, "")))
    return Plan(NOBODY, catalogue, {key: tuple(made) for key, made in sections.items()}, version, as_of)


def changes(connection: Connection, section: str, field: str) -> tuple[ServiceChange, ...]:
    """Every value that a field of a section ever had, the oldest first."""
    wanted = (
        select(service_change)
        .where(service_change.c.section == section, service_change.c.field == field)
        .order_by(service_change.c.sequence)
    )
    return tuple(
        ServiceChange(
            row.section, row.entry, row.field, from_text(row.value), moment_of(row.recorded_at), author_of(row)
        )
        for row in connection.execute(wanted)
    )
