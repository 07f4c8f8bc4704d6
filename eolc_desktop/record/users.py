"""The people who use this laptop, and what the store knows of itself."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from eolc_desktop.care_plan.plan import Author
from eolc_desktop.models.tables import fact, user, user_role
from eolc_desktop.record.rows import moment_text

FRESH_DAYS = "fresh_days"
"""The fact that holds how long items stay fresh here, where that is not as the program ships."""


@dataclass(frozen=True, slots=True)
class User:
    """Somebody who signs in.

    `role` is what they are, in their own words: "district nurse". `roles` are what they are to this program, which
    decides what they may do (`services.roles`).
    """

    id: str
    name: str
    role: str
    organisation: str
    closed: bool = False
    roles: frozenset[str] = frozenset()

    @property
    def author(self) -> Author:
        """The user as the journal names them."""
        return Author(self.id, self.name, self.role, self.organisation)


def add(connection: Connection, who: User, at: datetime) -> None:
    """Add a user."""
    connection.execute(
        insert(user),
        {
            "id": who.id,
            "name": who.name,
            "role": who.role,
            "organisation": who.organisation,
            "added_at": moment_text(at),
        },
    )
    set_roles(connection, who.id, who.roles)


def set_roles(connection: Connection, user_id: str, roles: Iterable[str]) -> None:
    """Let a user hold these roles from now on, and no others."""
    connection.execute(delete(user_role).where(user_role.c.user_id == user_id))
    rows = [{"user_id": user_id, "role": str(role)} for role in sorted(set(roles))]
    if rows:
        connection.execute(insert(user_role), rows)


def close(connection: Connection, user_id: str, at: datetime) -> None:
    """Close a user off. What they recorded stays, under their name."""
    connection.execute(update(user).where(user.c.id == user_id).values(closed_at=moment_text(at)))


def reopen(connection: Connection, user_id: str) -> None:
    """Let a user who was closed off come back."""
    connection.execute(update(user).where(user.c.id == user_id).values(closed_at=None))


def change_details(connection: Connection, user_id: str, name: str, role: str, organisation: str) -> None:
    """Change how a user is named from now on. What they recorded before keeps the name it was recorded under."""
    connection.execute(update(user).where(user.c.id == user_id).values(name=name, role=role, organisation=organisation))


def get(connection: Connection, user_id: str) -> User | None:
    """The user with this id, or None."""
    return next((one for one in all_users(connection) if one.id == user_id), None)


def all_users(connection: Connection) -> tuple[User, ...]:
    """Everybody who has ever used this laptop, in the order they were added."""
    held: dict[str, set[str]] = {}
    for row in connection.execute(select(user_role)):
        held.setdefault(row.user_id, set()).add(row.role)
    return tuple(
        User(row.id, row.name, row.role, row.organisation, row.closed_at is not None, frozenset(held.get(row.id, ())))
        for row in connection.execute(select(user).order_by(user.c.added_at))
    )


def know(connection: Connection, name: str, value: str) -> None:
    """Keep a fact of the store ("laptop_id", "number_to_call") in place of the one before it."""
    statement = upsert(fact).values(name=name, value=value)
    connection.execute(statement.on_conflict_do_update(index_elements=[fact.c.name], set_={"value": value}))


def known(connection: Connection, name: str) -> str:
    """A fact of the store, or "" when it is not known."""
    return connection.execute(select(fact.c.value).where(fact.c.name == name)).scalar() or ""


def fresh_days(connection: Connection) -> dict[str, int]:
    """How many days items stay fresh here, by "section.field"; only those that differ from what the program ships."""
    return fresh_days_in(known(connection, FRESH_DAYS))


def fresh_days_in(kept: str | None) -> dict[str, int]:
    """The days as the fact `FRESH_DAYS` keeps them."""
    return {key: int(days) for key, days in json.loads(kept or "{}").items()}
