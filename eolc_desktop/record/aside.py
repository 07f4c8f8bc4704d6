"""People who are not listed: joined into another record, or taken off the lists; and who may be one person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, and_, delete, insert, or_, select

from eolc_desktop.models.tables import person
from eolc_desktop.models.tables import set_aside as rows
from eolc_desktop.record import people
from eolc_desktop.record.people import PersonRow
from eolc_desktop.record.plans import NoSuchPerson
from eolc_desktop.record.rows import moment_of, moment_text


@dataclass(frozen=True, slots=True)
class Aside:
    """That a person is not listed. `why` is "joined" or "removed"; `save_id` is the save that brought a joined record's
    items into the other."""

    person_id: str
    why: str
    into_person: str
    reason: str
    at: datetime
    by_user: str
    save_id: str


def put(connection: Connection, what: Aside) -> None:
    """Take somebody off the lists."""
    connection.execute(
        insert(rows),
        {
            "person_id": what.person_id,
            "why": what.why,
            "into_person": what.into_person,
            "reason": what.reason,
            "at": moment_text(what.at),
            "by_user": what.by_user,
            "save_id": what.save_id,
        },
    )


def take_back(connection: Connection, person_id: str) -> None:
    """List somebody again."""
    connection.execute(delete(rows).where(rows.c.person_id == person_id))


def get(connection: Connection, person_id: str) -> Aside | None:
    """Why somebody is not listed; None when they are."""
    row = connection.execute(select(rows).where(rows.c.person_id == person_id)).first()
    if row is None:
        return None
    return Aside(row.person_id, row.why, row.into_person, row.reason, moment_of(row.at), row.by_user, row.save_id)


def everybody(connection: Connection) -> tuple[tuple[PersonRow, Aside], ...]:
    """Everybody who is not listed, the latest first."""
    found = []
    for person_id in connection.execute(select(rows.c.person_id).order_by(rows.c.at.desc())).scalars().all():
        held = get(connection, person_id)
        if held is not None:
            found.append((row(connection, person_id), held))
    return tuple(found)


def row(connection: Connection, person_id: str) -> PersonRow:
    """One person, listed or not. Raises NoSuchPerson."""
    found = people.row_of(connection, person_id)
    if found is None:
        raise NoSuchPerson("This person is not on this laptop.", "Nothing was changed.", "")
    return found


def pairs(connection: Connection) -> tuple[tuple[PersonRow, PersonRow, str], ...]:
    """Pairs of listed people who may be one, each once, with why."""
    other = person.alias("other")
    hidden = select(rows.c.person_id)
    same_number = and_(person.c.nhs_number != "", person.c.nhs_number == other.c.nhs_number)
    same_birth = and_(
        person.c.birth_date != "",
        person.c.birth_date == other.c.birth_date,
        person.c.sound_name != "",
        person.c.sound_name == other.c.sound_name,
    )
    found = connection.execute(
        select(person.c.id, other.c.id.label("other_id"), same_number.label("by_number"))
        .where(
            person.c.number < other.c.number,
            or_(same_number, same_birth),
            person.c.id.not_in(hidden),
            other.c.id.not_in(hidden),
        )
        .order_by(person.c.sort_name)
    ).all()
    return tuple(
        (
            row(connection, pair.id),
            row(connection, pair.other_id),
            "They have the same NHS number."
            if pair.by_number
            else "They were born on the same day, and their names sound alike.",
        )
        for pair in found
    )
