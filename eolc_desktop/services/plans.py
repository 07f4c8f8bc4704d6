"""Opening a plan, recording in it, withdrawing, taking back, undoing, and reading its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from eolc_desktop.care_plan.check import check_entry
from eolc_desktop.care_plan.conflicts import Conflict
from eolc_desktop.care_plan.fields import MAIN, Value, is_empty
from eolc_desktop.care_plan.own_words import why_not
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, NOT_STATED, Change, Edit, Entry, EntryState, Op, Plan, Told
from eolc_desktop.errors import ChangedElsewhere, InvalidValue, StoreFull, UserError
from eolc_desktop.record import audit, conflicts, drafts, history, journal, plans
from eolc_desktop.record.history import LastSave
from eolc_desktop.record.journal import Saved
from eolc_desktop.record.rows import new_id
from eolc_desktop.services import trust
from eolc_desktop.services.roles import Right, needs, require_for_edits, spend_signature
from eolc_desktop.services.session import Changes, Session


@dataclass(frozen=True, slots=True)
class SaveResult:
    """What a save did, the plan as it stands after it, and what views should read again."""

    saved: Saved
    plan: Plan
    changes: Changes

    @property
    def entry_id(self) -> str:
        """The entry that was written, for a save of one entry."""
        return self.saved.touched[0][1] if self.saved.touched else MAIN


@needs(Right.READ)
def open_plan(session: Session, person_id: str) -> Plan:
    """Read a person's plan and note in the audit that it was opened. Raises NoSuchPerson.

    On a full disk the plan is read all the same, and the line of the audit is written when there is room again.
    """
    now = session.clock()

    def read(connection: Connection) -> tuple[Plan, dict[str, str | int]]:
        plan = plans.plan_of(connection, session.catalogue, person_id, now, session.user.id)
        trust.person_in_doubt(session, connection, person_id)
        why = {"reason": session.visit.reason} if session.visit.reason else {}
        return plan, {"version": plan.version, **why}

    try:
        with session.store.writing() as connection:
            plan, detail = read(connection)
            audit.note(connection, now, session.user.id, "opened", person_id, detail)
    except StoreFull:
        with session.store.reading() as connection:
            plan, detail = read(connection)
        session.unnoted.append((now, "opened", person_id, detail))
    return plan


@needs(Right.READ)
def read_plan(session: Session, person_id: str, known: Plan | None = None) -> Plan:
    """Read a plan that is already open anew, from what is `known` of it, without another line in the audit."""
    with session.store.reading() as connection:
        return plans.plan_of(connection, session.catalogue, person_id, session.clock(), session.user.id, known)


@needs(Right.RECORD)
def record(
    session: Session, person_id: str, edits: Sequence[Edit], draft_place: str = "", known: Plan | None = None
) -> SaveResult:
    """Record edits of one person as one save; the draft they came from goes in the same transaction.

    With the plan that is `known`, only what was recorded since is read again for the result.
    Returns only after the store has said that everything is on the disk. Raises InvalidValue for a value that cannot
    be kept as it is, NotAllowed or SignatureWanted for a decision that is not the user's to record or not signed yet,
    ChangedElsewhere (also for what waits in a conflict), StoreFull; in each case nothing at all was written.
    """
    require_for_edits(session, edits)
    _refuse_what_cannot_be_kept(session, edits)
    _refuse_to_touch_their_words(session, edits)
    with session.store.writing() as connection:
        _refuse_what_is_in_conflict(session, edits, conflicts.conflicts_of(connection, person_id, open_only=True))
        _refuse_what_does_not_stand(connection, person_id, edits, known)
        saved = journal.append(connection, session.pen(), person_id, edits)
        if draft_place:
            drafts.forget(connection, session.user.id, person_id, draft_place)
        plan = plans.plan_of(connection, session.catalogue, person_id, session.clock(), session.user.id, known)
    spend_signature(session, edits)
    sections = frozenset(section for section, _entry, _field in saved.touched)
    return SaveResult(saved, plan, Changes(frozenset((person_id,)), sections))


@needs(Right.RECORD)
def save_entry(
    session: Session,
    plan: Plan,
    section: str,
    entry_id: str,
    values: Mapping[str, Value],
    told: Told = NOT_STATED,
    parent: str = "",
    draft_place: str = "",
    reason: str = "",
) -> SaveResult:
    """Record the fields of one entry that differ from the plan the author was looking at.

    `entry_id` "" makes a new entry with a random id. A field left out of `values` is left alone; one that is None is
    recorded as no longer answered.
    """
    entry_id = entry_id or new_id()
    edits = edits_for(plan, section, entry_id, values, told, parent, reason)
    return record(session, plan.person_id, edits, draft_place, plan)


def edits_for(
    plan: Plan,
    section: str,
    entry_id: str,
    values: Mapping[str, Value],
    told: Told = NOT_STATED,
    parent: str = "",
    reason: str = "",
) -> list[Edit]:
    """The edits that bring an entry from what the author saw to these values."""
    known = {entry.id: entry for entry in plan.all_entries(section)}.get(entry_id)
    edits = []
    for key, value in values.items():
        item = known.items.get(key) if known else None
        if (item.value if item else None) == value or (item is None and is_empty(value)):
            continue
        edits.append(
            Edit(
                section,
                entry_id,
                key,
                None if is_empty(value) else value,
                base=item.change_id if item else "",
                parent=parent or (known.parent if known else ""),
                told=told,
                reason=reason,
            )
        )
        if (section, key) == ("person", "nhs_number"):
            edits += _number_not_traced(known, value)
    return edits


def _number_not_traced(known: Entry | None, number: Value) -> list[Edit]:
    """A number that somebody typed has not been traced (SCCI1580 item 10), whatever was known of the one before."""
    before = known.items.get("nhs_number_status") if known else None
    status = None if is_empty(number) else "not_traced"
    if (before.value if before else None) == status:
        return []
    return [Edit("person", MAIN, "nhs_number_status", status, base=before.change_id if before else "")]


@needs(Right.RECORD)
def set_state(session: Session, plan: Plan, section: str, entry_id: str, state: EntryState, reason: str) -> SaveResult:
    """Withdraw an entry, mark it as entered in error, or let it stand again, with a reason that stays beside it."""
    if not reason.strip():
        raise InvalidValue(
            "Please say why.", "Nothing was changed.", "A short reason is enough; it stays in the history."
        )
    with session.store.reading() as connection:
        _value, base = journal.current_value(connection, plan.person_id, section, entry_id, ENTRY_ITSELF)
    known = next((entry for entry in plan.all_entries(section) if entry.id == entry_id), None)
    edit = Edit(
        section,
        entry_id,
        ENTRY_ITSELF,
        state.value,
        base=base,
        parent=known.parent if known else "",
        reason=reason.strip(),
    )
    return record(session, plan.person_id, [edit], known=plan)


@needs(Right.RECORD)
def take_back(
    session: Session, plan: Plan, section: str, entry_id: str, field: str, state: EntryState, reason: str
) -> SaveResult:
    """Say that one item is no longer so, or was entered in error: it is empty from now on, and history keeps it.

    Raises InvalidValue without a reason, ChangedElsewhere when the item is no longer what the author saw.
    """
    if not reason.strip():
        raise InvalidValue(
            "Please say why.", "Nothing was changed.", "A short reason is enough; it stays in the history."
        )
    item = plan.item(section, field, entry_id)
    if item is None or is_empty(item.value):
        raise UserError("There is nothing recorded here.", "Nothing was changed.", "Record it first.")
    entry = plan.entry(section, entry_id)
    edit = Edit(
        section,
        entry_id,
        field,
        None,
        base=item.change_id,
        parent=entry.parent if entry else "",
        reason=f"{state.words}: {reason.strip()}",
    )
    return record(session, plan.person_id, [edit], known=plan)


@needs(Right.RECORD)
def undo_last(session: Session, person_id: str) -> SaveResult:
    """Take back this user's last save of this plan by recording again what stood before. History keeps both.

    An entry that the save made is marked as entered in error. Confirmations cannot be taken back this way.
    """
    with session.store.reading() as connection:
        last = history.last_save_by(connection, person_id, session.user.id)
    edits = _edits_to_undo(last)
    if not edits:
        raise UserError(
            "There is nothing of yours to undo here.",
            "Nothing was changed.",
            "The last change was made by someone else, or only confirmed what stood.",
        )
    return record(session, person_id, edits)


def _edits_to_undo(last: LastSave) -> list[Edit]:
    reason = "Undone"
    begun = {place for place in last.begun if place[1] != MAIN}
    error = EntryState.ENTERED_IN_ERROR.value
    edits = [Edit(section, entry, ENTRY_ITSELF, error, reason=reason) for section, entry in sorted(begun)]
    for line in last.changes:
        if line.op is not Op.SET or (line.section, line.entry) in begun:
            continue
        before: Value = line.before
        if line.field == ENTRY_ITSELF and before is None:
            before = EntryState.CURRENT.value
        edits.append(Edit(line.section, line.entry, line.field, before, base=line.id, reason=reason))
    return edits


@needs(Right.READ)
def history_of(
    session: Session, person_id: str, section: str | None = None, entry: str | None = None, field: str | None = None
) -> tuple[Change, ...]:
    """Every change of a plan, or of one section, entry or item of it, oldest first."""
    with session.store.reading() as connection:
        return history.changes_of(connection, person_id, section, entry, field)


def _refuse_what_is_in_conflict(session: Session, edits: Sequence[Edit], waiting: Sequence[Conflict]) -> None:
    """What two people recorded differently is settled before anything else is recorded there, so that nobody writes a
    third version over two that wait."""
    for conflict in waiting:
        for edit in edits:
            field = session.catalogue.field(edit.section, edit.field)
            together = field is not None and bool(field.coherence_group)
            if (edit.section, edit.entry, edit.field) in conflict.places or (
                together and field is not None and conflict.unit == ("group", field.coherence_group)
            ):
                raise ChangedElsewhere(
                    "Two people recorded different things here, and that has to be settled first.",
                    journal.NOT_CONFIRMED if edit.op is Op.CONFIRM else journal.NOT_WRITTEN_OVER,
                    "Open the conflict and read both: then choose one, or write it anew there.",
                )


def _refuse_what_does_not_stand(
    connection: Connection, person_id: str, edits: Sequence[Edit], known: Plan | None
) -> None:
    """Who confirms or changes an entry that somebody has just withdrawn has not seen that: its items are as they were,
    so no base tells. Whoever changes one that they know not to stand may, and so may a save that lets it stand again.
    """
    settled = {(edit.section, edit.entry) for edit in edits if edit.field == ENTRY_ITSELF}
    for edit in {(e.section, e.entry): e for e in edits if e.entry != MAIN}.values():
        is_known = known is not None and known.entry(edit.section, edit.entry) is None and edit.op is Op.SET
        if is_known or (edit.section, edit.entry) in settled:
            continue
        state, _change = journal.current_value(connection, person_id, edit.section, edit.entry, ENTRY_ITSELF)
        if EntryState.of(state) is not EntryState.CURRENT:
            raise ChangedElsewhere(
                "Somebody said meanwhile that this does not stand any more.",
                journal.NOT_CONFIRMED if edit.op is Op.CONFIRM else journal.NOT_WRITTEN_OVER,
                "Read why, then decide whether it should stand again.",
            )


def _refuse_what_cannot_be_kept(session: Session, edits: Sequence[Edit]) -> None:
    entries: dict[tuple[str, str], dict[str, Value]] = {}
    for edit in edits:
        if edit.op is Op.SET and edit.field != ENTRY_ITSELF:
            entries.setdefault((edit.section, edit.entry), {})[edit.field] = edit.value
    for (section_key, _entry), values in entries.items():
        if section_key not in session.catalogue:
            continue
        for problem in check_entry(session.catalogue[section_key], values):
            if problem.unusable:
                raise InvalidValue(
                    problem.says, "Nothing was saved, and what you typed is kept.", "", problem.field_key
                )


def _refuse_to_touch_their_words(session: Session, edits: Sequence[Edit]) -> None:
    for edit in edits:
        field = session.catalogue.field(edit.section, edit.field)
        if field is not None and (says := why_not(field, edit)):
            raise InvalidValue(
                f"{field.label}: {says}", "Nothing was saved, and what you typed is kept.", "", field.key
            )


@needs(Right.RECORD)
def keep_draft(session: Session, person_id: str, place: str, values: Mapping[str, Value], plan_version: int) -> None:
    """Keep what is being written, encrypted, until it is saved or put aside."""
    with session.store.writing() as connection:
        drafts.keep(
            connection,
            drafts.Draft(session.user.id, person_id, place, dict(values), session.clock(), plan_version),
        )


@needs(Right.RECORD)
def forget_draft(session: Session, person_id: str, place: str) -> None:
    """Put a draft aside for good: its author chose not to use it."""
    with session.store.writing() as connection:
        drafts.forget(connection, session.user.id, person_id, place)


@needs(Right.READ)
def kept_drafts(session: Session, person_id: str | None = None) -> tuple[drafts.Draft, ...]:
    """This user's drafts, the latest first; only those on one person where one is named."""
    with session.store.reading() as connection:
        return drafts.kept(connection, session.user.id, person_id)
