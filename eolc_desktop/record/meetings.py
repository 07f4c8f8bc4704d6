"""Meetings of the team as the store holds them: when, who was there, and whom they were about, in order."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from eolc_desktop.models.desk_tables import meeting, meeting_person
from eolc_desktop.record.rows import moment_text, new_id

WAITING, TALKED, LATER = "", "talked", "later"
"""How far a meeting has come with one person: not yet, talked about, or put off to another meeting."""


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting. Days are as the record stores them; `ended_at` is "" while it goes on."""

    id: str
    held_on: str
    title: str
    attendees: str
    apologies: str
    next_on: str
    begun_at: str
    ended_at: str


@dataclass(frozen=True, slots=True)
class OnAgenda:
    """One person of an agenda. `entry` is the entry of their team meetings, `tasks` the tasks that were given."""

    person_id: str
    place: int
    state: str
    entry: str
    tasks: tuple[str, ...]


def begin(
    connection: Connection, held_on: str, title: str, attendees: str, apologies: str, people: Sequence[str],
    at: datetime, by: str,
) -> str:  # fmt: skip
    """Begin a meeting about these people, in this order, and return its id."""
    key = new_id()
    values = {
        "id": key, "held_on": held_on, "title": title, "attendees": attendees, "apologies": apologies,
        "begun_at": moment_text(at), "begun_by": by,
    }  # fmt: skip
    connection.execute(insert(meeting), values)
    if people:
        rows = [{"meeting_id": key, "person_id": who, "place": n} for n, who in enumerate(dict.fromkeys(people))]
        connection.execute(insert(meeting_person), rows)
    return key


def of(connection: Connection, meeting_id: str) -> Meeting | None:
    """A meeting, or None."""
    row = connection.execute(select(meeting).where(meeting.c.id == meeting_id)).mappings().first()
    return _meeting(row) if row else None


def latest(connection: Connection, limit: int = 20) -> tuple[Meeting, ...]:
    """The meetings, the latest first."""
    wanted = select(meeting).order_by(meeting.c.held_on.desc(), meeting.c.begun_at.desc()).limit(limit)
    return tuple(_meeting(row) for row in connection.execute(wanted).mappings())


def agenda(connection: Connection, meeting_id: str) -> tuple[OnAgenda, ...]:
    """Whom it is about, in order."""
    wanted = select(meeting_person).where(meeting_person.c.meeting_id == meeting_id).order_by(meeting_person.c.place)
    return tuple(
        OnAgenda(row["person_id"], row["place"], row["state"], row["entry"], tuple(json.loads(row["tasks"])))
        for row in connection.execute(wanted).mappings()
    )


def note_person(
    connection: Connection, meeting_id: str, person_id: str, state: str, entry: str, tasks: Sequence[str]
) -> None:
    """Note how far the meeting has come with one person."""
    connection.execute(
        update(meeting_person)
        .where(meeting_person.c.meeting_id == meeting_id, meeting_person.c.person_id == person_id)
        .values(state=state, entry=entry, tasks=json.dumps(list(tasks)))
    )


def change(connection: Connection, meeting_id: str, **values: str) -> None:
    """Change what stands at the head of a meeting: attendees, apologies, the next one, when it ended."""
    connection.execute(update(meeting).where(meeting.c.id == meeting_id).values(**values))


def _meeting(row: Any) -> Meeting:
    return Meeting(**{key: row[key] for key in Meeting.__slots__})
