"""Conflicts between two people as a user sees and settles them: both versions, who recorded each, and one reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.check import check_entry
from eolc_desktop.care_plan.conflicts import Choice, Conflict, SideBySide, side_by_side, title_of
from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, Edit, Plan
from eolc_desktop.care_plan.said import Place, plan_from
from eolc_desktop.errors import InvalidValue
from eolc_desktop.record import conflicts as tables
from eolc_desktop.record import people, versions
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services.roles import Right, needs, require_for_edits, spend_signature
from eolc_desktop.services.session import Changes, Session
from eolc_desktop.services.sharing import setup_for
from eolc_desktop.sync import settling
from eolc_desktop.sync.store_ledger import StoreLedger


@dataclass(frozen=True, slots=True)
class ConflictShown:
    """A conflict as the screen shows it. `seen` names what stood on it, and is handed back to settle it; `put_aside`
    is the version that does not stand, place by place."""

    id: str
    person_id: str
    name: str
    title: str
    rows: tuple[SideBySide, ...]
    found_at: datetime
    found_by: str
    is_open: bool
    choice: Choice | None
    reason: str
    settled_by: str
    settled_at: datetime | None
    seen: Mapping[Place, str]
    put_aside: Mapping[Place, Value]


@needs(Right.READ)
def conflicts(session: Session, person_id: str = "", *, open_only: bool = True) -> tuple[ConflictShown, ...]:
    """The conflicts about one person, or about everybody, oldest first."""
    shown = []
    with session.store.reading() as connection:
        for conflict in tables.conflicts_of(connection, person_id, open_only=open_only):
            version = versions.version_of(connection, conflict.person_id)
            shown.append(
                _shown(session, conflict, plan_from(conflict.person_id, session.catalogue, version, session.clock()))
            )
    return tuple(shown)


def _shown(session: Session, conflict: Conflict, plan: Plan) -> ConflictShown:
    seen = {}
    for place in conflict.places:
        section, entry, key = place
        found = next((e for e in plan.all_entries(section) if e.id == entry), None)
        item = found.items.get(key) if found is not None else None
        if key != ENTRY_ITSELF:
            seen[place] = item.change_id if item is not None else ""
    return ConflictShown(
        conflict.id,
        conflict.person_id,
        plan.banner_name,
        title_of(session.catalogue, conflict),
        _in_order_of_the_plan(session.catalogue, side_by_side(session.catalogue, conflict, plan.links)),
        conflict.found_at,
        conflict.found_by.words,
        conflict.is_open,
        conflict.choice,
        conflict.reason,
        conflict.settled_by.words if conflict.settled_by else "",
        conflict.settled_at,
        seen,
        {item.place: item.mine.item.value if item.mine is not None else None for item in conflict.items},
    )


def _in_order_of_the_plan(catalogue: Catalogue, rows: Sequence[SideBySide]) -> tuple[SideBySide, ...]:
    """Where the versions differ first, then in the order in which the plan asks."""
    sections = {section.key: number for number, section in enumerate(catalogue)}

    def rank(row: SideBySide) -> tuple[bool, int, str, int]:
        section, entry, key = row.place
        keys = [field.key for field in catalogue[section].fields] if section in catalogue else []
        at = keys.index(key) if key in keys else -1
        return row.mine == row.theirs, sections.get(section, len(sections)), entry, at

    return tuple(sorted(rows, key=rank))


@needs(Right.RECORD)
def settle(
    session: Session,
    shown: ConflictShown,
    choice: Choice,
    reason: str,
    values: Mapping[Place, Value] | None = None,
) -> Changes:
    """Settle a conflict, as looked at on the screen; `values` are what is combined or written anew.

    Raises InvalidValue without a reason and for a value that cannot be kept, ChangedElsewhere when something else
    stands by now, UserError when somebody else has settled it; NotAllowed, SignatureWanted as for recording the same.
    """
    edits = (
        [Edit(row.place[0], row.place[1], row.place[2]) for row in shown.rows] if choice is not Choice.THEIRS else []
    )
    require_for_edits(session, edits)
    _refuse_what_cannot_be_kept(session, values or {})
    with session.store.writing() as connection:
        ledger = StoreLedger(connection, session.pen())
        settling.settle(ledger, setup_for(session), shown.person_id, shown.id, choice, reason, values, shown.seen)
    spend_signature(session, edits)
    return Changes(frozenset((shown.person_id,)))


def _refuse_what_cannot_be_kept(session: Session, values: Mapping[Place, Value]) -> None:
    for (section, _entry, key), value in values.items():
        if key != ENTRY_ITSELF and section in session.catalogue:
            for problem in check_entry(session.catalogue[section], {key: value}):
                if problem.unusable and problem.field_key == key:
                    raise InvalidValue(problem.says, "Nothing was changed, and what you typed is kept.", "", key)


@needs(Right.READ)
def to_settle(session: Session) -> tuple[tuple[PersonRow, ConflictShown], ...]:
    """Every open conflict with the person it is about, the oldest first."""
    found = conflicts(session)
    with session.store.reading() as connection:
        rows = {shown.person_id: people.row_of(connection, shown.person_id) for shown in found}
    return tuple((row, shown) for shown in found if (row := rows[shown.person_id]) is not None)
