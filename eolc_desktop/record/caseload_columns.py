"""What the caseload can be sorted, grouped and narrowed by: places of the plan, answered in the question that lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, not_, select

from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, EntryState
from eolc_desktop.models.tables import current, person
from eolc_desktop.record import across, people
from eolc_desktop.record.rows import to_text

NOT_RECORDED = ""
"""In place of a value: nothing is recorded, or only that it was not answered."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Where the value of a column stands: a typed column of the list (`listed`), else a field of a section.

    `latest`: of a section that repeats, the latest date. `order`: keys of a choice in the order they are shown in.
    `words`: within the value, its text, as coded values have it.
    """

    section: str = ""
    field: str = ""
    listed: str = ""
    latest: bool = False
    words: bool = False
    order: tuple[str, ...] = ()

    @property
    def value(self) -> ColumnElement[str]:
        """The value of one person as text; NULL or "" where nothing is recorded."""
        if self.listed:
            return func.nullif(person.c[self.listed], "")
        here = [current.c.person_id == person.c.id, current.c.section == self.section, current.c.field == self.field]
        text = current.c.value
        if self.latest:
            return select(func.max(func.json_extract(text, "$"))).where(*here, text.startswith('"2')).scalar_subquery()
        inside = "$.text" if self.words else "$"
        answered = not_(text.startswith("{")) if not self.words else text.contains('"text"')
        itself = current.alias()
        gone = select(itself.c.value).where(
            itself.c.person_id == person.c.id,
            itself.c.section == self.section,
            itself.c.entry == MAIN,
            itself.c.field == ENTRY_ITSELF,
            itself.c.value != to_text(EntryState.CURRENT.value),
        )
        stands = not_(gone.exists())
        wanted = select(func.json_extract(text, inside)).where(*here, current.c.entry == MAIN, answered, stands)
        return func.nullif(wanted.scalar_subquery(), "")

    def in_order(self, *, descending: bool) -> list[ColumnElement[Any]]:
        """By what the list is sorted; people without a value always stand last."""
        value = self.value
        sorted_by: ColumnElement[Any] = func.lower(value)
        if self.order:
            places = {key: place for place, key in enumerate(self.order)}
            sorted_by = case(places, value=value, else_=len(places))
        return [value.is_(None), sorted_by.desc() if descending else sorted_by]

    def is_value(self, wanted: str) -> ColumnElement[bool]:
        """The condition that a person has this value; `NOT_RECORDED` for none."""
        return self.value.is_(None) if wanted == NOT_RECORDED else self.value == wanted


@dataclass(frozen=True, slots=True)
class Counted:
    """A value of a column and how many people have it."""

    value: str
    people: int


def counted(connection: Connection, stored: Stored, among: Sequence[ColumnElement[bool]]) -> tuple[Counted, ...]:
    """The values of a column among the listed people of these conditions, in their order, those without last."""
    value = stored.value.label("of")
    each = select(value).select_from(person).where(people.is_listed(), *among).subquery()
    rows = connection.execute(select(each.c.of, func.count()).group_by(each.c.of)).all()
    found = [Counted(str(row[0]) if row[0] is not None else NOT_RECORDED, int(row[1])) for row in rows]
    place = {key: place for place, key in enumerate(stored.order)}

    def by(one: Counted) -> tuple[bool, int, str]:
        return one.value == NOT_RECORDED, place.get(one.value, len(place)), one.value.casefold()

    return tuple(sorted(found, key=by))


def values_of(
    connection: Connection, person_ids: Sequence[str], wanted: Mapping[str, Stored]
) -> dict[str, dict[str, Value]]:
    """The values of these columns for these people, by person and key of the column; those of the list are left out."""
    fields: dict[str, tuple[str, ...]] = {}
    for stored in wanted.values():
        if not stored.listed:
            fields[stored.section] = (*fields.get(stored.section, ()), stored.field)
    if not fields or not person_ids:
        return {}
    by_place = {(s.section, s.field): key for key, s in wanted.items() if not s.listed}
    latest = {(s.section, s.field) for s in wanted.values() if s.latest}
    found: dict[str, dict[str, Value]] = {}
    for person_id, entries in across.entries(connection, fields, person_ids=person_ids):
        values: dict[str, Value] = {}
        for entry in entries:
            for field, value in entry.values.items():
                place = entry.section, field
                key = by_place.get(place)
                if key is None:
                    continue
                if place in latest:
                    values[key] = max(str(values.get(key) or ""), str(value or ""))
                elif entry.entry == MAIN:
                    values[key] = value
        found[person_id] = values
    return found
