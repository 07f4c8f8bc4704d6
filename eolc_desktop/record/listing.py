"""The typed columns by which people are listed, searched and measured, kept in step with the journal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Update, bindparam, select, text, update

from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.care_plan.nhs_number import nhs_number_words
from eolc_desktop.care_plan.paper_copies import SECTION as PAPER_COPIES
from eolc_desktop.care_plan.plan import Edit, Op
from eolc_desktop.models.tables import current, person
from eolc_desktop.record.folding import fold, search_words, sound_of
from eolc_desktop.record.rows import from_text

LISTED = {
    ("person", "family_name"): "family_name",
    ("person", "given_names"): "given_names",
    ("person", "title"): "title",
    ("person", "preferred_name"): "preferred_name",
    ("person", "birth_date"): "birth_date",
    ("person", "gender"): "gender",
    ("person", "nhs_number"): "nhs_number",
    ("person", "postcode"): "postcode",
    ("cpr", "decision"): "cpr_decision",
    ("places", "preferred_death"): "preferred_death",
    ("plan_control", "review_date"): "review_date",
    ("death", "died_on"): "died_on",
}
"""Which fields stand in columns of their own."""
_NAMED_BY = frozenset({"family_name", "given_names", "preferred_name", "nhs_number", "postcode", "birth_date"})
_NAME_COLUMNS = select(
    person.c.number,
    person.c.id,
    person.c.family_name,
    person.c.given_names,
    person.c.preferred_name,
    person.c.nhs_number,
    person.c.postcode,
    person.c.birth_date,
)
_ONE_NAME = _NAME_COLUMNS.where(person.c.id == bindparam("person_id"))
_UNFIND = text("DELETE FROM person_search WHERE rowid = :number")
_FIND = text("INSERT INTO person_search (rowid, words) VALUES (:number, :words)")


def column_value(value: Value) -> str:
    """A listed value as its column holds it: text as it is; an absence, or nothing, is empty."""
    return value if isinstance(value, str) else ""


@cache
def _touch(columns: frozenset[str]) -> Update:
    return (
        update(person)
        .where(person.c.id == bindparam("of_person"))
        .values({c: bindparam(c) for c in columns if c != "of_person"} | {"version": person.c.version + 1})
    )


def follow(connection: Connection, saves: Sequence[tuple[str, str, Iterable[Edit]]], at: str, author: str) -> None:
    """Bring the listed columns in step with edits that were just written. `at` is the moment as text."""
    plain: dict[frozenset[str], list[dict[str, Any]]] = {}
    renamed: list[str] = []
    for person_id, _save_id, edits in saves:
        values: dict[str, Any] = {}
        changed = False
        for edit in edits:
            if edit.op is Op.SET and edit.section != PAPER_COPIES:  # a page that was printed is no change of the plan
                changed = True
                if edit.entry == MAIN and (column := LISTED.get((edit.section, edit.field))):
                    values[column] = column_value(edit.value)
        if not changed:
            continue
        if not _NAMED_BY.isdisjoint(values):
            renamed.append(person_id)
        values |= {"last_change_at": at, "last_change_by": author, "of_person": person_id}
        plain.setdefault(frozenset(values), []).append(values)
    for columns, rows in plain.items():
        connection.execute(_touch(columns), rows)
    if renamed:
        _rename(connection, renamed)


def _rename(connection: Connection, person_ids: Sequence[str]) -> None:
    rows: list[Any] = []
    if len(person_ids) > 50:
        wanted = set(person_ids)
        rows = [row for row in connection.execute(_NAME_COLUMNS) if row.id in wanted]
    else:
        for person_id in person_ids:
            rows += connection.execute(_ONE_NAME, {"person_id": person_id}).all()
    connection.execute(
        update(person)
        .where(person.c.number == bindparam("of_number"))
        .values(sort_name=bindparam("sort"), sound_name=bindparam("sound")),
        [
            {
                "of_number": row.number,
                "sort": f"{fold(row.family_name)} {fold(row.given_names)}".strip(),
                "sound": sound_of(row.family_name, row.given_names),
            }
            for row in rows
        ],
    )
    connection.execute(_UNFIND, [{"number": row.number} for row in rows])
    connection.execute(_FIND, [{"number": row.number, "words": _words(row)} for row in rows])


def _words(row: Any) -> str:
    postcode = fold(row.postcode)
    return " ".join(
        (
            search_words(row.family_name, row.given_names, row.preferred_name),
            row.nhs_number,
            nhs_number_words(row.nhs_number).replace("\u00a0", " ") if row.nhs_number else "",
            postcode,
            postcode.replace(" ", ""),
            f"born{row.birth_date.replace('-', '')}" if row.birth_date else "",
        )
    )


def rebuild(connection: Connection, person_id: str) -> None:
    """Write the listed columns of one person anew from the current values."""
    rows = connection.execute(
        select(current.c.section, current.c.field, current.c.value).where(
            current.c.person_id == person_id, current.c.entry == MAIN
        )
    )
    values = dict.fromkeys(LISTED.values(), "")
    for row in rows:
        if column := LISTED.get((row.section, row.field)):
            values[column] = column_value(from_text(row.value))
    connection.execute(update(person).where(person.c.id == person_id).values(values))
    _rename(connection, [person_id])
