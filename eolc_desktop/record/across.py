"""A few sections of many people's plans, read at once for lists and counts: never a plan read for each person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, or_, select

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, EntryState
from eolc_desktop.models.tables import current, person, set_aside
from eolc_desktop.record.rows import from_text


@dataclass(slots=True)
class Found:
    """One entry that stands, of one person."""

    person_id: str
    section: str
    entry: str
    values: dict[str, Value] = field(default_factory=dict)


def entries(
    connection: Connection,
    fields: Mapping[str, tuple[str, ...]],
    person_id: str = "",
    person_ids: Sequence[str] | None = None,
    *,
    living: bool = False,
) -> Iterator[tuple[str, list[Found]]]:
    """The entries that stand of some sections, of everybody, of one person or of these people, person by person.

    `fields` names the fields wanted of each section. Entries withdrawn or entered in error are left
    out, and so are people who are not listed, and with `living` those who have died.
    """
    of_whom = select(person.c.id).where(person.c.id.not_in(select(set_aside.c.person_id)))
    if person_id:
        of_whom = of_whom.where(person.c.id == person_id)
    if living:
        of_whom = of_whom.where(person.c.died_on == "")
    if person_ids is not None:
        of_whom = of_whom.where(person.c.id.in_(person_ids))
    wanted = (
        select(current.c.person_id, current.c.section, current.c.entry, current.c.field, current.c.value)
        # Both columns lead the primary key: each person's few sections are looked up, and nothing else is read.
        .where(current.c.person_id.in_(of_whom), current.c.section.in_(fields))
        .where(
            or_(
                *(
                    (current.c.section == section) & current.c.field.in_((*keys, ENTRY_ITSELF))
                    for section, keys in fields.items()
                )
            )
        )
        .order_by(current.c.person_id, current.c.section, current.c.entry)
    )
    whose = ""
    found: list[Found] = []
    gone: set[tuple[str, str]] = set()
    for of_person, section, entry, key, text in connection.execute(wanted):
        if of_person != whose:
            if found:
                yield whose, _standing(found, gone)
            whose, found, gone = of_person, [], set()
        value = from_text(text)
        if key == ENTRY_ITSELF:
            if EntryState.of(value) is not EntryState.CURRENT:
                gone.add((section, entry))
            continue
        if not found or (found[-1].section, found[-1].entry) != (section, entry):
            found.append(Found(of_person, section, entry))
        found[-1].values[key] = value
    if found:
        yield whose, _standing(found, gone)


def _standing(found: list[Found], gone: set[tuple[str, str]]) -> list[Found]:
    return [one for one in found if (one.section, one.entry) not in gone]
