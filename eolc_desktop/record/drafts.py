"""What users were writing: kept encrypted beside the record, offered again to the same user on the same person only."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.models.tables import draft
from eolc_desktop.record.rows import moment_of, moment_text


@dataclass(frozen=True, slots=True)
class Draft:
    """Something begun and not saved. `place` is where on the screen it belongs ("cpr/main"); `plan_version` is what
    the author was looking at, so that an old draft is never laid over a newer plan unseen."""

    user_id: str
    person_id: str
    place: str
    values: dict[str, Value]
    kept_at: datetime
    plan_version: int


_PUT = upsert(draft)
_PUT = _PUT.on_conflict_do_update(
    index_elements=[draft.c.user_id, draft.c.person_id, draft.c.place],
    set_={
        "values": _PUT.excluded["values"],
        "kept_at": _PUT.excluded.kept_at,
        "plan_version": _PUT.excluded.plan_version,
    },
)


def keep(connection: Connection, what: Draft) -> None:
    """Keep a draft in place of the one before it."""
    connection.execute(
        _PUT,
        {
            "user_id": what.user_id,
            "person_id": what.person_id,
            "place": what.place,
            "values": json.dumps(what.values, ensure_ascii=False),
            "kept_at": moment_text(what.kept_at),
            "plan_version": what.plan_version,
        },
    )


def forget(connection: Connection, user_id: str, person_id: str, place: str) -> None:
    """Remove a draft that was saved, or that its author put aside."""
    connection.execute(
        delete(draft).where(draft.c.user_id == user_id, draft.c.person_id == person_id, draft.c.place == place)
    )


def kept(connection: Connection, user_id: str, person_id: str | None = None) -> tuple[Draft, ...]:
    """A user's drafts, the latest first; only those on one person where one is named."""
    wanted = (
        select(draft, draft.c["values"].label("written"))
        .where(draft.c.user_id == user_id)
        .order_by(draft.c.kept_at.desc())
    )
    if person_id is not None:
        wanted = wanted.where(draft.c.person_id == person_id)
    return tuple(_draft(row) for row in connection.execute(wanted))


def wait_about(connection: Connection, person_id: str) -> bool:
    """Whether any user has begun to write something about a person and not saved it; a visit's place is none."""
    wanted = select(draft.c.place).where(draft.c.person_id == person_id, draft.c.place.not_like("visit/%")).limit(1)
    return connection.execute(wanted).first() is not None


def _draft(row: Any) -> Draft:
    return Draft(
        user_id=row.user_id,
        person_id=row.person_id,
        place=row.place,
        values=json.loads(row.written),
        kept_at=moment_of(row.kept_at),
        plan_version=row.plan_version,
    )
