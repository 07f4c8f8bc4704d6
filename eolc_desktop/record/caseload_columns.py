"""What the caseload can be sorted, grouped and narrowed by: the typed columns of the list, and nothing else is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, select

from eolc_desktop.care_plan.listed import ABSENT
from eolc_desktop.models.tables import person
from eolc_desktop.record import people

NOT_RECORDED = ""
"""In place of a value: nothing is recorded, or only why there is no answer."""


@dataclass(frozen=True, slots=True)
class Stored:
    """Where the value of a column stands: in `column` of the list (`care_plan.listed`), and from which field.

    `order`: keys of a choice in the order they are shown in.
    """

    column: str
    section: str = ""
    field: str = ""
    order: tuple[str, ...] = ()

    @property
    def value(self) -> ColumnElement[str]:
        """The value of one person as text; NULL where nothing is recorded."""
        column = person.c[self.column]
        return case((func.substr(column, 1, len(ABSENT)).in_(("", ABSENT)), None), else_=column)

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
    value = stored.value
    rows = connection.execute(select(value, func.count()).where(people.is_listed(), *among).group_by(value)).all()
    found = [Counted(str(row[0]) if row[0] is not None else NOT_RECORDED, int(row[1])) for row in rows]
    place = {key: place for place, key in enumerate(stored.order)}

    def by(one: Counted) -> tuple[bool, int, str]:
        return one.value == NOT_RECORDED, place.get(one.value, len(place)), one.value.casefold()

    return tuple(sorted(found, key=by))
