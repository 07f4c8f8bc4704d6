"""What several people on this laptop have in common and may be offered again: surgeries, advice lines, own numbers."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from eolc_desktop.models.tables import current
from eolc_desktop.record.rows import from_text, to_text

MOST = 6
PEOPLE = 2
"""A pair is offered once so many people have it: what only one family has is never shown beside another's name."""


def shared_pairs(connection: Connection, section: str, first: str, second: str) -> tuple[tuple[str, str], ...]:
    """Pairs of values of two fields that at least two people have in one entry, the most frequent first."""
    other = current.alias("other")
    wanted = (
        select(current.c.value, other.c.value, func.count(func.distinct(current.c.person_id)).label("people"))
        .join_from(
            current,
            other,
            (other.c.person_id == current.c.person_id)
            & (other.c.section == current.c.section)
            & (other.c.entry == current.c.entry),
        )
        .where(current.c.section == section, current.c.field == first, other.c.field == second)
        .group_by(current.c.value, other.c.value)
        .having(func.count(func.distinct(current.c.person_id)) >= PEOPLE)
        .order_by(func.count(func.distinct(current.c.person_id)).desc(), current.c.value)
        .limit(MOST)
    )
    pairs = [(from_text(row[0]), from_text(row[1])) for row in connection.execute(wanted)]
    return tuple((one, two) for one, two in pairs if isinstance(one, str) and isinstance(two, str) and one and two)


def own_phone(connection: Connection, name: str) -> str:
    """The telephone number last recorded for a key worker of this name, or ""."""
    other = current.alias("other")
    wanted = (
        select(other.c.value)
        .join_from(current, other, (other.c.person_id == current.c.person_id) & (other.c.section == current.c.section))
        .where(
            current.c.section == "key_people",
            current.c.field == "key_worker_name",
            current.c.value == to_text(name),
            other.c.field == "key_worker_phone",
        )
        .order_by(other.c.set_by.desc())
        .limit(1)
    )
    found = connection.execute(wanted).scalar()
    value = from_text(found) if found else ""
    return value if isinstance(value, str) else ""
