"""The typed columns by which people are listed, searched and measured, kept in step with the journal.

Which they are, and how they follow from a plan, `care_plan.listed` says.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Update, bindparam, select, text, update

from eolc_desktop.care_plan import listed
from eolc_desktop.care_plan.nhs_number import nhs_number_words
from eolc_desktop.care_plan.paper_copies import SECTION as PAPER_COPIES
from eolc_desktop.care_plan.plan import Edit, Op
from eolc_desktop.models.tables import current, person
from eolc_desktop.record.folding import fold, search_words, sound_of
from eolc_desktop.record.rows import from_text

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
_LISTED_COLUMNS = select(*(person.c[name] for name in listed.COLUMNS)).where(person.c.id == bindparam("person_id"))
_PLACES = (current.c.section, current.c.entry, current.c.field, current.c.value)
_STANDING = select(*_PLACES).where(
    current.c.person_id == bindparam("of_person"),
    current.c.section.in_(bindparam("sections", expanding=True)),
    current.c.field.in_(sorted(listed.FIELDS)),
)
_EVERYBODYS_STANDING = (
    select(current.c.person_id, *_PLACES)
    .where(current.c.section.in_(sorted(listed.SECTIONS)), current.c.field.in_(sorted(listed.FIELDS)))
    .order_by(current.c.person_id)
)
ROWS_BETWEEN_RESTS = 200
_UNFIND = text("DELETE FROM person_search WHERE rowid = :number")
_FIND = text("INSERT INTO person_search (rowid, words) VALUES (:number, :words)")


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
        sections: set[str] = set()
        changed = False
        for edit in edits:
            if edit.op is Op.SET and edit.section != PAPER_COPIES:  # a page that was printed is no change of the plan
                changed = True
                if listed.stands_in_list(edit.section, edit.field):
                    sections.add(edit.section)
        if not changed:
            continue
        values = of_sections(connection, person_id, sections)
        if listed.NAMED_BY in sections:
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
    values = of_sections(connection, person_id, listed.SECTIONS)
    connection.execute(update(person).where(person.c.id == person_id).values(values))
    _rename(connection, [person_id])


def of_sections(connection: Connection, person_id: str, sections: Collection[str]) -> dict[str, str]:
    """The columns of one person that follow from these sections, made from the current values."""
    if not sections:
        return {}
    rows = connection.execute(_STANDING, {"of_person": person_id, "sections": list(sections)})
    return listed.columns_of(((row[0], row[1], row[2], from_text(row[3])) for row in rows), sections)


def follows(connection: Connection, person_id: str) -> bool:
    """Whether the columns of one person are those that follow from their current values; so for nobody, too."""
    row = connection.execute(_LISTED_COLUMNS, {"person_id": person_id}).first()
    values = of_sections(connection, person_id, listed.SECTIONS)
    return row is None or all(there == values[name] for name, there in zip(listed.COLUMNS, row, strict=True))


def differing(connection: Connection, rest: Callable[[], None]) -> Iterator[str]:
    """The ids of people whose columns are not those that follow from their current values.

    `rest` is called after every few rows; what it raises passes through.
    """
    expected: dict[str, dict[str, str]] = {}
    rows = streamed(connection, _EVERYBODYS_STANDING, rest)
    for person_id, of_person in groupby(rows, itemgetter(0)):
        expected[person_id] = listed.columns_of((row[1], row[2], row[3], from_text(row[4])) for row in of_person)
    blank = listed.columns_of(())
    for row in streamed(connection, select(person.c.id, *(person.c[name] for name in listed.COLUMNS)), rest):
        values = expected.get(row[0], blank)
        if any(there != values[name] for name, there in zip(listed.COLUMNS, row[1:], strict=True)):
            yield row[0]


def streamed(connection: Connection, wanted: Any, rest: Callable[[], None]) -> Iterator[Any]:
    """Rows one by one, none of them kept in memory, with a rest after every few."""
    for number, row in enumerate(connection.execution_options(stream_results=True).execute(wanted)):
        if number % ROWS_BETWEEN_RESTS == 0:
            rest()
        yield row
