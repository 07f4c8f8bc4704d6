"""Writing the journal: changes are added, none is altered, and current values follow in the same transaction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.merge import Line
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, NOT_STATED, Author, Edit, EntryState, Op
from eolc_desktop.care_plan.said import origin
from eolc_desktop.errors import ChangedElsewhere
from eolc_desktop.models.sealing import CHANGE_COLUMNS
from eolc_desktop.models.tables import change, current, person
from eolc_desktop.record import chain, listing
from eolc_desktop.record.at_once import ONE_OF, ForManyRows, listed, one_of
from eolc_desktop.record.rows import from_text, moment_text, new_id, to_text

_CURRENT = select(current.c.section, current.c.entry, current.c.field, current.c.value, change.c.id).join_from(
    current, change, change.c.sequence == current.c.set_by
)
_CURRENT_OF_PERSON = _CURRENT.where(current.c.person_id == bindparam("person_id"))
_CURRENT_OF_ITEM = _CURRENT_OF_PERSON.where(
    current.c.section == bindparam("section"),
    current.c.entry == bindparam("entry"),
    current.c.field == bindparam("field"),
)
_INSERT_CHANGE = ForManyRows(insert(change), CHANGE_COLUMNS)
_INSERT_CURRENT = upsert(current)
_PUT_CURRENT = ForManyRows(
    _INSERT_CURRENT.on_conflict_do_update(
        index_elements=[current.c.person_id, current.c.section, current.c.entry, current.c.field],
        set_={
            "value": _INSERT_CURRENT.excluded.value,
            "parent": _INSERT_CURRENT.excluded.parent,
            "set_by": _INSERT_CURRENT.excluded.set_by,
            "confirmed_by": _INSERT_CURRENT.excluded.confirmed_by,  # none: what is set anew is not confirmed yet
        },
    ),
    ("person_id", "section", "entry", "field", "value", "parent", "set_by", "confirmed_by"),
)
_CONFIRM_CURRENT = (
    update(current)
    .where(
        current.c.person_id == bindparam("of_person"),
        current.c.section == bindparam("of_section"),
        current.c.entry == bindparam("of_entry"),
        current.c.field == bindparam("of_field"),
    )
    .values(confirmed_by=bindparam("confirmed"))
)
_TAKEN = select(change.c.id).where(change.c.id.in_(one_of()))
_LAST_SEQUENCE = select(func.coalesce(func.max(change.c.sequence), 0))
_TOUCH_PERSON = update(person).where(person.c.id == bindparam("of_person"))


@dataclass(frozen=True, slots=True)
class Pen:
    """Who writes, when, and on which laptop: the same for all lines of one save."""

    author: Author
    at: datetime
    laptop_id: str


@dataclass(frozen=True, slots=True)
class Saved:
    """What one save did. `touched` names (section, entry, field); empty when everything already stood as given."""

    person_id: str
    save_id: str
    at: datetime
    touched: tuple[tuple[str, str, str], ...]


def add_person(connection: Connection, pen: Pen, person_id: str = "") -> str:
    """Make an empty record of a person and return its id, which is random and never taken from a number they have."""
    person_id = person_id or new_id()
    connection.execute(insert(person), {"id": person_id, "added_at": moment_text(pen.at)})
    return person_id


def append(connection: Connection, pen: Pen, person_id: str, edits: Sequence[Edit]) -> Saved:
    """Add edits of one person to the journal as one save, and bring the current values up to date.

    Edits that change nothing are left out. Raises ChangedElsewhere, before anything is written, when an item has
    moved on since the author saw it (`Edit.base`); ValueError for a confirmation of something that is not there, and
    for two edits of one item, whose order nobody could tell.
    """
    if len({(edit.section, edit.entry, edit.field) for edit in edits}) != len(edits):
        raise ValueError("one save records each item once")
    standing = _standing(connection, person_id, edits)
    wanted = []
    for edit in edits:
        row = standing.get((edit.section, edit.entry, edit.field))
        if edit.base != (row.id if row else ""):
            raise _moved_on(edit)
        if edit.op is Op.CONFIRM:
            if row is None:
                raise ValueError("there is nothing recorded here to confirm")
            wanted.append(edit)
        elif (row is None and not _says_nothing(edit)) or (row is not None and row.value != to_text(edit.value)):
            wanted.append(edit)
    save_id = new_id()
    if wanted:
        _write(connection, pen, [(person_id, save_id, wanted)])
    return Saved(person_id, save_id, pen.at, tuple((edit.section, edit.entry, edit.field) for edit in wanted))


NOT_CONFIRMED = "Nothing was confirmed."
NOT_WRITTEN_OVER = "Nothing was written over, and what you typed is kept."
"""What is safe when an edit is refused because somebody else was there first."""


def _moved_on(edit: Edit) -> ChangedElsewhere:
    happened = "This was changed after you last saw it."
    if edit.op is Op.CONFIRM:
        return ChangedElsewhere(happened, NOT_CONFIRMED, "Read what stands now, then say whether it is still so.")
    next_step = "Read what stands now, then decide whether yours should follow it."
    return ChangedElsewhere(happened, NOT_WRITTEN_OVER, next_step)


PUT_ASIDE = "Put aside: the shared record says otherwise, and somebody has to settle it"
"""The reason of a line that takes back what was recorded here, while a conflict waits."""
SHARED_RECORD = "shared"
"""Stands for the laptop in lines that came from the shared record."""


def _standing(connection: Connection, person_id: str, edits: Sequence[Edit]) -> dict[tuple[str, str, str], Any]:
    """What stands for the items of these edits: one look-up for one item, one reading of the person for more."""
    if len(edits) == 1:
        key = {"section": edits[0].section, "entry": edits[0].entry, "field": edits[0].field}
        rows = connection.execute(_CURRENT_OF_ITEM, {"person_id": person_id} | key)
    else:
        rows = connection.execute(_CURRENT_OF_PERSON, {"person_id": person_id})
    return {(row.section, row.entry, row.field): row for row in rows}


def append_new_people(connection: Connection, pen: Pen, people: Iterable[tuple[str, Sequence[Edit]]]) -> int:
    """Add whole records of people who are not in the store yet, quickly, and return how many.

    For imports and invented caseloads: nothing is there to be compared with, so the rows go in by the thousand.
    """
    batch = [(person_id, new_id(), list(edits)) for person_id, edits in people]
    connection.execute(insert(person), [{"id": p, "added_at": moment_text(pen.at)} for p, _save, _edits in batch])
    _write(connection, pen, batch)
    return len(batch)


def _says_nothing(edit: Edit) -> bool:
    return edit.value is None or (edit.field == ENTRY_ITSELF and edit.value == EntryState.CURRENT)


def _write(connection: Connection, pen: Pen, saves: Sequence[tuple[str, str, Sequence[Edit]]]) -> None:
    sequence = connection.execute(_LAST_SEQUENCE).scalar_one()
    lines: list[dict[str, Any]] = []
    puts: list[dict[str, Any]] = []
    confirmations: list[dict[str, Any]] = []
    sealed: list[tuple[str, Sequence[dict[str, Any]]]] = []
    at = moment_text(pen.at)
    for person_id, save_id, edits in saves:
        begun = len(lines)
        for edit in edits:
            sequence += 1
            value = to_text(edit.value)
            key = {"person_id": person_id, "section": edit.section, "entry": edit.entry, "field": edit.field}
            lines.append(
                key
                | {
                    "sequence": sequence,
                    "id": new_id(),
                    "op": edit.op.value,
                    "value": value,
                    "parent": edit.parent,
                    "base_change": edit.base,
                    "save_id": save_id,
                    "recorded_at": at,
                    "author_id": pen.author.user_id,
                    "author_name": pen.author.name,
                    "author_role": pen.author.role,
                    "author_organisation": pen.author.organisation,
                    "source": edit.told.source.value,
                    "source_detail": edit.told.detail,
                    "reason": edit.reason,
                    "laptop_id": pen.laptop_id,
                }
            )
            if edit.op is Op.SET:
                puts.append(key | {"value": value, "parent": edit.parent, "set_by": sequence, "confirmed_by": None})
            else:
                confirmations.append(
                    {f"of_{k.removesuffix('_id')}": v for k, v in key.items()} | {"confirmed": sequence}
                )
        sealed.append((person_id, lines[begun:]))
    _add(connection, sealed, lines, puts, confirmations)
    listing.follow(connection, saves, at, pen.author.words)


def _add(
    connection: Connection,
    sealed: Sequence[tuple[str, Sequence[dict[str, Any]]]],
    lines: Sequence[dict[str, Any]],
    puts: Sequence[dict[str, Any]],
    confirmations: Sequence[dict[str, Any]],
) -> None:
    _INSERT_CHANGE.run(connection, lines)
    chain.seal_saves(connection, sealed)
    _PUT_CURRENT.run(connection, puts)
    if confirmations:
        connection.execute(_CONFIRM_CURRENT, confirmations)


def append_merged(connection: Connection, pen: Pen, person_id: str, merged: Sequence[Line]) -> None:
    """Add what a merge with the shared record asks for, each line under its own author, moment and source.

    A line whose change is in the journal already (the shared version stands again) gets an id that names the one it
    repeats; `pen` writes only what puts a value aside.
    """
    bases = {place: row.id for place, row in _standing(connection, person_id, []).items()}
    named = [m.said.item.change_id for m in merged if m.said is not None]
    taken = set(connection.execute(_TAKEN, {ONE_OF: listed(named)}).scalars())
    save_id = new_id()
    sequence = connection.execute(_LAST_SEQUENCE).scalar_one()
    lines: list[dict[str, Any]] = []
    puts: list[dict[str, Any]] = []
    confirmations: list[dict[str, Any]] = []
    edits: list[Edit] = []
    for wanted in merged:
        sequence += 1
        section, entry, field = wanted.place
        key = {"person_id": person_id, "section": section, "entry": entry, "field": field}
        line = key | _merged_line(wanted, pen, bases.get(wanted.place, ""), taken)
        lines.append(line | {"sequence": sequence, "save_id": save_id})
        taken.add(line["id"])
        edits.append(Edit(section, entry, field, from_text(line["value"]), wanted.op))
        # Of one item a merge sets a value before it confirms it, never the other way about.
        if wanted.op is Op.SET:
            bases[wanted.place] = line["id"]
            put = {"value": line["value"], "parent": line["parent"], "set_by": sequence, "confirmed_by": None}
            puts.append(key | put)
        else:
            confirmations.append({f"of_{k.removesuffix('_id')}": v for k, v in key.items()} | {"confirmed": sequence})
    _add(connection, [(person_id, lines)], lines, puts, confirmations)
    latest = max(lines, key=lambda line: str(line["recorded_at"]))
    by = Author(latest["author_id"], latest["author_name"], latest["author_role"], latest["author_organisation"])
    listing.follow(connection, [(person_id, save_id, edits)], latest["recorded_at"], by.words)


def _merged_line(line: Line, pen: Pen, base: str, taken: Collection[str]) -> dict[str, Any]:
    """The columns of a line of the journal that a merge asks for, but for its place and number."""
    said = line.said
    if said is None:
        by, at, told = pen.author, pen.at, NOT_STATED
        change_id, value, parent, reason = f":{new_id()}", None, "", PUT_ASIDE
    else:
        item = said.item
        confirms = line.op is Op.CONFIRM
        by = (item.confirmed_by or item.recorded_by) if confirms else item.recorded_by
        at = (item.confirmed_at or item.recorded_at) if confirms else item.recorded_at
        told = NOT_STATED if confirms else item.told
        value, parent, reason = item.value, said.parent, said.reason
        change_id = new_id() if confirms or not item.change_id else item.change_id
        if change_id in taken:
            change_id = f"{origin(change_id)}:{new_id()}"
    return {
        "id": change_id,
        "op": line.op.value,
        "value": to_text(value),
        "parent": parent,
        "base_change": base,
        "recorded_at": moment_text(at),
        "author_id": by.user_id,
        "author_name": by.name,
        "author_role": by.role,
        "author_organisation": by.organisation,
        "source": told.source.value,
        "source_detail": told.detail,
        "reason": reason,
        "laptop_id": pen.laptop_id if line.is_ours or said is None else SHARED_RECORD,
    }


def current_value(connection: Connection, person_id: str, section: str, entry: str, field: str) -> tuple[Value, str]:
    """The value that stands and the id of the change that set it; (None, "") where nothing is recorded."""
    row = connection.execute(
        _CURRENT_OF_ITEM, {"person_id": person_id, "section": section, "entry": entry, "field": field}
    ).first()
    return (from_text(row.value), row.id) if row else (None, "")
