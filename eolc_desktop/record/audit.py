"""Who looked, printed, imported and signed in: a list that is only ever added to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select

from eolc_desktop.models.tables import audit
from eolc_desktop.record.rows import moment_of, moment_text

_INSERT = insert(audit)


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One thing that was done. `detail` holds ids, counts and names of documents, never a recorded value."""

    sequence: int
    at: datetime
    user_id: str
    action: str
    person_id: str
    detail: Mapping[str, str | int]


def note(
    connection: Connection,
    at: datetime,
    user_id: str,
    action: str,
    person_id: str = "",
    detail: Mapping[str, str | int] | None = None,
) -> None:
    """Add a line to the audit."""
    connection.execute(
        _INSERT,
        {
            "at": moment_text(at),
            "user_id": user_id,
            "action": action,
            "person_id": person_id,
            "detail": json.dumps(dict(detail or {}), ensure_ascii=False, sort_keys=True),
        },
    )


def lines(connection: Connection, person_id: str | None = None) -> tuple[AuditLine, ...]:
    """The audit, oldest first: all of it, or what concerns one person."""
    wanted = select(audit).order_by(audit.c.sequence)
    if person_id is not None:
        wanted = wanted.where(audit.c.person_id == person_id)
    return tuple(
        AuditLine(row.sequence, moment_of(row.at), row.user_id, row.action, row.person_id, json.loads(row.detail))
        for row in connection.execute(wanted)
    )
