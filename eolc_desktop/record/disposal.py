"""Deleting a record when its time is over: the one way anything leaves the journal, with a log of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, text

from eolc_desktop.models.service_tables import metadata
from eolc_desktop.models.tables import audit, change, disposal, draft, person, seal
from eolc_desktop.record.rows import moment_of, moment_text

_STAYS = {audit.name, seal.name, disposal.name}
"""What goes on holding the person's random id: who did what, the seals, and the log. None holds what was said."""
_GUARD = "change_is_never_deleted"


@dataclass(frozen=True, slots=True)
class Disposed:
    """One line of the log: a random id, when, by whom (their id), the rule in words, and how many changes went."""

    person_id: str
    at: datetime
    by_user: str
    rule: str
    changes: int


def dispose(connection: Connection, person_id: str, at: datetime, by_user: str, rule: str) -> None:
    """Delete everything about a person, in the caller's transaction. The guard of the journal stands again after it."""
    count = connection.execute(
        select(func.count()).select_from(change).where(change.c.person_id == person_id)
    ).scalar_one()
    guard = connection.execute(text("SELECT sql FROM sqlite_master WHERE name = :name"), {"name": _GUARD}).scalar_one()
    number = connection.execute(select(person.c.number).where(person.c.id == person_id)).scalar_one()
    connection.execute(text("DELETE FROM person_search WHERE rowid = :number"), {"number": number})
    connection.exec_driver_sql(f"DROP TRIGGER {_GUARD}")
    for table in reversed(metadata.sorted_tables):
        if "person_id" in table.c and table.name not in _STAYS:
            connection.execute(delete(table).where(table.c.person_id == person_id))
    connection.execute(delete(draft).where(draft.c.person_id == person_id))
    connection.execute(delete(person).where(person.c.id == person_id))
    connection.exec_driver_sql(str(guard))
    connection.execute(
        insert(disposal).prefix_with("OR REPLACE"),  # somebody who was brought back may leave again
        {"person_id": person_id, "at": moment_text(at), "by_user": by_user, "rule": rule, "changes": count},
    )


def log(connection: Connection) -> tuple[Disposed, ...]:
    """The log, the latest first."""
    return tuple(
        Disposed(row.person_id, moment_of(row.at), row.by_user, row.rule, row.changes)
        for row in connection.execute(select(disposal).order_by(disposal.c.at.desc()))
    )
