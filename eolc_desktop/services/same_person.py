"""Two records of one person: found, compared, joined without losing anything, and taken apart again; and taking a
wrongly imported person off the lists, with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from eolc_desktop.care_plan.fields import MAIN, Value, is_empty
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, Change, Edit, EntryState, Op, Plan
from eolc_desktop.care_plan.words import display
from eolc_desktop.errors import ChangedElsewhere, InvalidValue, UserError
from eolc_desktop.record import aside, audit, history, journal, plans
from eolc_desktop.record.aside import Aside
from eolc_desktop.record.people import PersonRow
from eolc_desktop.record.rows import new_id
from eolc_desktop.services.roles import Right, needs, require_to_decide
from eolc_desktop.services.session import Changes, Session


@dataclass(frozen=True, slots=True)
class Suspicion:
    """Two people who may be one. `why` says it in words; nothing is ever joined because of it alone (decision 9)."""

    one: PersonRow
    other: PersonRow
    why: str


@dataclass(frozen=True, slots=True)
class Difference:
    """An item that both records hold, differently. `place` names it in the choices of `join`."""

    place: tuple[str, str]
    section_title: str
    label: str
    kept: str
    other: str


@dataclass(frozen=True, slots=True)
class Compared:
    """What joining would do: what has to be chosen, what would be added, and how much both say alike."""

    keep: PersonRow
    other: PersonRow
    differences: tuple[Difference, ...]
    added: tuple[str, ...]
    alike: int
    versions: tuple[int, int]


@needs(Right.TIDY)
def suspicions(session: Session) -> tuple[Suspicion, ...]:
    """Pairs on this laptop with one NHS number, or one date of birth and names that sound alike."""
    with session.store.reading() as connection:
        return tuple(Suspicion(one, other, why) for one, other, why in aside.pairs(connection))


@needs(Right.TIDY)
def compare(session: Session, keep: str, other: str) -> Compared:
    """Say what joining `other` into `keep` would do. Changes nothing. Raises NoSuchPerson."""
    with session.store.reading() as connection:
        first, second = _both(session, connection, keep, other)
        rows = aside.row(connection, keep), aside.row(connection, other)
    differences, added, alike = [], [], 0
    for section in session.catalogue:
        for entry in second.entries(section.key):
            if entry.id != MAIN:
                added.append(section.title)
                continue
            for key, item in entry.items.items():
                field = session.catalogue.field(section.key, key)
                if field is None or is_empty(item.value):
                    continue
                mine = first.item(section.key, key)
                if mine is None or is_empty(mine.value):
                    added.append(f"{section.title}: {field.label}")
                elif mine.value == item.value:
                    alike += 1
                else:
                    shown = display(field, mine.value), display(field, item.value)
                    differences.append(Difference((section.key, key), section.title, field.label, *shown))
    return Compared(*rows, tuple(differences), tuple(added), alike, (first.version, second.version))


@needs(Right.TIDY)
def join(session: Session, seen: Compared, take_other: Mapping[tuple[str, str], bool], reason: str) -> Changes:
    """Join the second record into the first, as one save, and take the second off the lists. Nothing of it is deleted.

    `take_other` answers each difference: whether the other record's value is to stand. Raises InvalidValue when one is
    not answered or there is no reason, ChangedElsewhere when a record has moved on since it was compared; NotAllowed
    for a CPR decision that is not the user's to record.
    """
    if missing := [one for one in seen.differences if one.place not in take_other]:
        raise InvalidValue(
            f"Please say which holds: {missing[0].section_title}, {missing[0].label}.", "Nothing was joined."
        )
    reason = _reason(reason)
    keep, other = seen.keep.id, seen.other.id
    pen = session.pen()
    with session.store.writing() as connection:
        first, second = _both(session, connection, keep, other)
        if (first.version, second.version) != seen.versions:
            raise ChangedElsewhere(
                "One of the two records has changed since they were compared.",
                "Nothing was joined.",
                "Compare them again.",
            )
        edits = list(_edits(session, first, second, take_other, reason))
        require_to_decide(session, edits)
        saved = journal.append(connection, pen, keep, edits)
        aside.put(connection, Aside(other, "joined", keep, reason, pen.at, session.user.id, saved.save_id))
        for person_id, detail in ((keep, {"with": other}), (other, {"into": keep})):
            audit.note(connection, pen.at, session.user.id, "joined", person_id, {**detail, "reason": reason})
    return Changes(frozenset((keep, other)))


@needs(Right.TIDY)
def take_apart(session: Session, other: str, reason: str) -> Changes:
    """Undo a joining: the other record is listed again, and what it brought is taken back where it still stands as it
    was brought. What was changed since stays, and the history keeps everything. Raises UserError, InvalidValue."""
    reason = _reason(reason)
    pen = session.pen()
    with session.store.writing() as connection:
        held = aside.get(connection, other)
        if held is None or held.why != "joined":
            raise UserError("This record was not joined with another.", "Nothing was changed.", "")
        changes = history.changes_of(connection, held.into_person)
        brought = [change for change in changes if change.save_id == held.save_id]
        journal.append(
            connection, pen, held.into_person, list(_taken_back(connection, held.into_person, brought, reason))
        )
        aside.take_back(connection, other)
        for person_id in (held.into_person, other):
            audit.note(connection, pen.at, session.user.id, "took apart", person_id, {"reason": reason})
    return Changes(frozenset((held.into_person, other)))


@needs(Right.TIDY)
def remove(session: Session, person_id: str, reason: str) -> Changes:
    """Take somebody who was imported or added by mistake off the lists, with a reason. Nothing is deleted."""
    reason = _reason(reason)
    pen = session.pen()
    with session.store.writing() as connection:
        aside.put(connection, Aside(person_id, "removed", "", reason, pen.at, session.user.id, ""))
        audit.note(connection, pen.at, session.user.id, "set aside", person_id, {"reason": reason})
    return Changes(frozenset((person_id,)))


@needs(Right.TIDY)
def put_back(session: Session, person_id: str, reason: str) -> Changes:
    """List somebody again who was removed. Raises UserError for one who was not, InvalidValue without a reason."""
    reason = _reason(reason)
    with session.store.writing() as connection:
        held = aside.get(connection, person_id)
        if held is None or held.why != "removed":
            raise UserError("This person was not taken off the lists.", "Nothing was changed.", "")
        aside.take_back(connection, person_id)
        audit.note(connection, session.clock(), session.user.id, "put back", person_id, {"reason": reason})
    return Changes(frozenset((person_id,)))


@needs(Right.TIDY)
def set_aside(session: Session) -> tuple[tuple[PersonRow, Aside], ...]:
    """Everybody who is not listed, and why, the latest first."""
    with session.store.reading() as connection:
        return aside.everybody(connection)


def _both(session: Session, connection: Connection, keep: str, other: str) -> tuple[Plan, Plan]:
    if keep == other or aside.get(connection, keep) or aside.get(connection, other):
        raise UserError("These two cannot be joined.", "Nothing was changed.", "Choose two people who are listed.")
    now = session.clock()
    return (
        plans.plan_of(connection, session.catalogue, keep, now),
        plans.plan_of(connection, session.catalogue, other, now),
    )


def _edits(
    session: Session, first: Plan, second: Plan, take_other: Mapping[tuple[str, str], bool], reason: str
) -> Sequence[Edit]:
    """What the other record adds: items the first lacks, those that were chosen, and every entry that repeats."""
    edits: list[Edit] = []
    renamed: dict[str, str] = {}
    for section in session.catalogue:
        for entry in second.entries(section.key):
            if entry.id != MAIN:
                renamed[entry.id] = new_id()
    for section in session.catalogue:
        for entry in second.entries(section.key):
            target = renamed.get(entry.id, MAIN)
            parent = renamed.get(entry.parent, entry.parent)
            for key, item in entry.items.items():
                if is_empty(item.value):
                    continue
                mine = first.item(section.key, key) if target == MAIN else None
                is_alike = mine is not None and mine.value == item.value
                stays = mine is not None and not is_empty(mine.value) and not take_other.get((section.key, key), False)
                if is_alike or stays:
                    continue
                there = item.recorded_by.words
                why = f"Joined from another record of the same person: {reason}. Recorded there by {there}"
                base = mine.change_id if mine is not None else ""
                edits.append(
                    Edit(section.key, target, key, item.value, base=base, parent=parent, told=item.told, reason=why)
                )
    return edits


def _taken_back(connection: Connection, person_id: str, brought: Sequence[Change], reason: str) -> Sequence[Edit]:
    edits: list[Edit] = []
    begun: set[tuple[str, str]] = set()
    for change in brought:
        value, standing = journal.current_value(connection, person_id, change.section, change.entry, change.field)
        del value
        if change.op is not Op.SET or standing != change.id:
            continue
        if change.entry != MAIN:
            begun.add((change.section, change.entry))
            continue
        before: Value = change.before
        edits.append(
            Edit(change.section, change.entry, change.field, before, base=change.id, reason=f"Taken apart: {reason}")
        )
    error = EntryState.ENTERED_IN_ERROR.value
    edits += [
        Edit(section, entry, ENTRY_ITSELF, error, reason=f"Taken apart: {reason}") for section, entry in sorted(begun)
    ]
    return edits


def _reason(reason: str) -> str:
    reason = " ".join(reason.split())
    if not reason:
        raise InvalidValue("Please say why.", "Nothing was changed.", "A short reason is enough; it is kept.", "reason")
    return reason
