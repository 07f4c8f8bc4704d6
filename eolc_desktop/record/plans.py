"""Reading one person's plan as a frozen snapshot, and rebuilding the current values from the journal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeAlias

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.conflicts import open_conflict
from eolc_desktop.care_plan.paper_copies import SECTION as PAPER_COPIES
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, Author, Entry, EntryState, InJournal, Item, Op, Plan
from eolc_desktop.errors import UserError
from eolc_desktop.models.tables import change, current, draft, fact, person, seal
from eolc_desktop.record import listing, users
from eolc_desktop.record.conflicts import conflicts_of
from eolc_desktop.record.rows import Envelopes, from_text, moment_of

_confirmation = change.alias("confirmation")
ITEMS = (
    select(
        current.c.section,
        current.c.entry,
        current.c.field,
        current.c.value,
        current.c.parent,
        change.c.sequence,
        change.c.id,
        change.c.recorded_at,
        change.c.author_id,
        change.c.author_name,
        change.c.author_role,
        change.c.author_organisation,
        change.c.source,
        change.c.source_detail,
        change.c.reason,
        _confirmation.c.recorded_at.label("confirmed_at"),
        _confirmation.c.author_id.label("confirmer_id"),
        _confirmation.c.author_name.label("confirmer_name"),
        _confirmation.c.author_role.label("confirmer_role"),
        _confirmation.c.author_organisation.label("confirmer_organisation"),
        change.c.save_id,
        _confirmation.c.sequence.label("confirmed_by_line"),
        _confirmation.c.save_id.label("confirmed_in"),
    )
    .join_from(current, change, change.c.sequence == current.c.set_by)
    .outerjoin(_confirmation, _confirmation.c.sequence == current.c.confirmed_by)
    .where(current.c.person_id == bindparam("person_id"))
)
"""Every value that stands about a person, with who recorded it and who confirmed it."""
_ITEMS_OF_SECTIONS = ITEMS.where(current.c.section.in_(bindparam("sections", expanding=True)))
_LAST_SEAL = select(func.coalesce(func.max(seal.c.number), 0)).scalar_subquery()
_FRESH_DAYS = select(fact.c.value).where(fact.c.name == users.FRESH_DAYS).scalar_subquery()
_DRAFTS = (
    select(func.count())
    .select_from(draft)
    .where(
        draft.c.person_id == bindparam("person_id"),
        draft.c.user_id == bindparam("user_id"),
        draft.c.place.not_like("visit/%"),  # where in a visit the user is, and nothing that waits to be recorded
    )
    .scalar_subquery()
)
_HEAD = select(
    person.c.version,
    person.c.added_at,
    person.c.last_change_at,
    _LAST_SEAL.label("last_seal"),
    _DRAFTS.label("drafts"),
    _FRESH_DAYS.label("fresh_days"),
).where(person.c.id == bindparam("person_id"))
# By the seals of this person, whose numbers are never used twice; those of lines may be, once a record was disposed of.
_SECTIONS_SINCE = (
    select(change.c.section, func.min(change.c.sequence).label("begins"))
    .join_from(seal, change, change.c.sequence.between(seal.c.first, seal.c.last))
    .where(
        seal.c.person_id == bindparam("person_id"),
        seal.c.number > bindparam("last_seal"),
        change.c.person_id == bindparam("person_id"),
    )
    .group_by(change.c.section)
)


Standing: TypeAlias = tuple[str, str, int, int | None]
"""What stands for an item: its value and parent as text, and the numbers of the lines that set and confirmed it."""
REPLAYED = ("section", "entry", "field", "op", "value", "parent", "sequence")
"""What of a line of the journal decides what stands."""


class NoSuchPerson(UserError):
    """Nobody with this id is on this laptop."""


class AsRead(dict[str, tuple[Entry, ...]]):
    """The sections of a plan exactly as they stood after the save with the seal `last_seal`, none left out.

    Reading goes on from here. A snapshot that somebody cut down for a reader has another mapping, which knows no seal:
    nothing is ever read on from that.
    """

    __slots__ = ("last_seal",)

    def __init__(self, sections: Mapping[str, tuple[Entry, ...]], last_seal: int) -> None:
        super().__init__(sections)
        self.last_seal = last_seal


def plan_of(
    connection: Connection,
    catalogue: Catalogue,
    person_id: str,
    as_of: datetime,
    user_id: str = "",
    known: Plan | None = None,
) -> Plan:
    """Read everything that stands, and what was withdrawn, about one person. Raises NoSuchPerson.

    With a plan that is `known`, only the sections that the journal has lines about since then are read again: the
    result is the same, and a save need not read thousands of items to show the one that was written.
    """
    head = connection.execute(_HEAD, {"person_id": person_id, "user_id": user_id}).first()
    if head is None:
        raise NoSuchPerson(
            "This person is not on this laptop.",
            "Nothing was changed.",
            "Look for them again in the caseload.",
        )
    before = known.sections if known is not None and known.person_id == person_id else None
    if known is not None and isinstance(before, AsRead):
        since = {"last_seal": before.last_seal, "person_id": person_id}
        touched = {row.section: row.begins for row in connection.execute(_SECTIONS_SINCE, since)}
        lines = _lines(connection, person_id, tuple(touched)) if touched else []
        sections = {key: value for key, value in before.items() if key not in touched} | entries_of(lines)
        newly = (line for line in lines if line.sequence >= touched[line.section])
        last_change_by = _latest_author(newly) or known.last_change_by
    else:
        lines = _lines(connection, person_id)
        sections = entries_of(lines)
        last_change_by = _latest_author(lines)
    return Plan(
        person_id=person_id,
        catalogue=catalogue,
        sections=AsRead(sections, head.last_seal),
        version=head.version,
        as_of=as_of,
        created_at=moment_of(head.added_at),
        last_change_at=moment_of(head.last_change_at) if head.last_change_at else None,
        last_change_by=last_change_by,
        drafts_waiting=head.drafts if user_id else 0,
        fresh_days=users.fresh_days_in(head.fresh_days),
        conflicts=tuple(
            open_conflict(catalogue, found) for found in conflicts_of(connection, person_id, open_only=True)
        ),
    )


def _latest_author(lines: Iterable[Line]) -> Author | None:
    """Who recorded the newest of these lines; a page that was printed is no change of the plan."""
    of_plan = (line for line in lines if line.section != PAPER_COPIES)
    latest = max(of_plan, key=lambda line: line.sequence, default=None)
    return latest.item.recorded_by if latest is not None else None


class Line(NamedTuple):
    """One item as the journal has it, with where it belongs."""

    section: str
    entry: str
    field: str
    parent: str
    sequence: int
    reason: str
    item: Item


def entries_of(lines: Iterable[Line]) -> dict[str, tuple[Entry, ...]]:
    """Put items together as entries by section, the oldest entry first."""
    places: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        places.setdefault((line.section, line.entry), []).append(line)
    sections: dict[str, list[tuple[int, Entry]]] = {}
    for (section, entry_id), found in places.items():
        items = {line.field: line.item for line in found}
        itself = items.pop(ENTRY_ITSELF, None)
        state = EntryState.of(itself.value if itself is not None else None)
        reason = next((line.reason for line in found if line.field == ENTRY_ITSELF), "")
        parent = next((line.parent for line in found if line.parent), "")
        entry = Entry(entry_id, section, items, state, parent, reason)
        sections.setdefault(section, []).append((min(line.sequence for line in found), entry))
    return {
        key: tuple(entry for _first, entry in sorted(found, key=lambda pair: pair[0]))
        for key, found in sections.items()
    }


def _lines(connection: Connection, person_id: str, sections: Sequence[str] = ()) -> list[Line]:
    """Every item of one person, or of some sections."""
    shared = Envelopes()
    lines = []
    if sections:
        rows = connection.execute(_ITEMS_OF_SECTIONS, {"person_id": person_id, "sections": sections})
    else:
        rows = connection.execute(ITEMS, {"person_id": person_id})
    # Taken apart by place: a full plan has thousands of rows, and a name looked up in each costs as much as the read.
    for (
        section, entry, field, value, parent, sequence, change_id, recorded_at,
        author_id, author_name, author_role, author_organisation, source, detail, reason,
        confirmed_at, confirmer_id, confirmer_name, confirmer_role, confirmer_organisation, save_id, said_by, said_in,
    ) in rows.all():  # fmt: skip
        item = Item(
            from_text(value),
            change_id,
            shared.moment(recorded_at),
            shared.author(author_id, author_name, author_role, author_organisation),
            shared.told(source, detail),
            shared.moment(confirmed_at) if confirmed_at else None,
            shared.author(confirmer_id, confirmer_name, confirmer_role, confirmer_organisation)
            if confirmed_at
            else None,
            InJournal(sequence, save_id, said_by or sequence, said_in or save_id),
        )
        lines.append(Line(section, entry, field, parent, sequence, reason, item))
    return lines


def replay(lines: Iterable[tuple[str, str, str, str, str, str, int]]) -> dict[tuple[str, str, str], Standing]:
    """What stands after lines of one person's journal, in their order, each with the parts that `REPLAYED` names.

    Raises KeyError for a confirmation of what was never set.
    """
    found: dict[tuple[str, str, str], Standing] = {}
    is_set = Op.SET.value
    for section, entry, field, op, value, parent, sequence in lines:
        key = (section, entry, field)
        if op == is_set:
            found[key] = (value, parent, sequence, None)
        else:
            found[key] = (*found[key][:3], sequence)
    return found


def replayed(connection: Connection, person_id: str) -> list[dict[str, Any]]:
    """The current values as the journal alone gives them, in the order of their keys."""
    wanted = select(*(change.c[name] for name in REPLAYED)).where(change.c.person_id == person_id)
    found = replay(tuple(row) for row in connection.execute(wanted.order_by(change.c.sequence)))
    return [
        {
            "person_id": person_id,
            "section": section,
            "entry": entry,
            "field": field,
            "value": value,
            "parent": parent,
            "set_by": set_by,
            "confirmed_by": confirmed_by,
        }
        for (section, entry, field), (value, parent, set_by, confirmed_by) in sorted(found.items())
    ]


def rebuild(connection: Connection, person_id: str) -> None:
    """Throw away the current values of one person and make them anew from the journal (decision 3)."""
    rows = replayed(connection, person_id)
    connection.execute(delete(current).where(current.c.person_id == person_id))
    if rows:
        connection.execute(insert(current), rows)
    listing.rebuild(connection, person_id)
