"""The inbox: what other systems changed in the shared record, for a person to accept or decline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from eolc_desktop.care_plan.conflicts import label_of, value_words, who_and_when
from eolc_desktop.care_plan.plan import NOT_STATED, Edit, Item, Op, Source, Told
from eolc_desktop.care_plan.said import Place, Said
from eolc_desktop.errors import ChangedElsewhere, InvalidValue, UserError
from eolc_desktop.record import audit, conflicts, journal, people, versions
from eolc_desktop.record import exchange as tables
from eolc_desktop.record.exchange import Proposal
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services.roles import Right, needs, require_for_edits, spend_signature
from eolc_desktop.services.session import Changes, Session


@needs(Right.READ)
def inbox(session: Session, person_id: str = "", *, open_only: bool = True) -> tuple[Proposal, ...]:
    """What other systems changed in the shared record, for a person to accept or decline, oldest first."""
    with session.store.reading() as connection:
        found = tables.proposals_of(connection, person_id)
    return tuple(proposal for proposal in found if not open_only or proposal.accepted is None)


@dataclass(frozen=True, slots=True)
class ProposedLine:
    """One value that another system proposes, beside what stands here now, with who recorded that, and when."""

    place: Place
    label: str
    ours: str
    ours_by: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal as the screen shows it. `seen` names what stood on it, and is handed back to decide."""

    row: PersonRow
    proposal: Proposal
    lines: tuple[ProposedLine, ...]
    seen: Mapping[Place, str]


@needs(Right.READ)
def to_decide(session: Session) -> tuple[Proposed, ...]:
    """Every proposal that nobody has decided on, the oldest first."""
    found = inbox(session)
    with session.store.reading() as connection:
        shown = [_shown(session, connection, proposal) for proposal in found]
    return tuple(each for each in shown if each is not None)


def _shown(session: Session, connection: Connection, proposal: Proposal) -> Proposed | None:
    row = people.row_of(connection, proposal.person_id)
    if row is None:
        return None
    standing = versions.version_of(connection, proposal.person_id)
    lines, seen = [], {}
    for section, entry, key, value in proposal.changes:
        place, now = (section, entry, key), standing.get((section, entry, key))
        offered = Said(Item(value, "", session.clock(), session.user.author, NOT_STATED))
        lines.append(
            ProposedLine(
                place,
                label_of(session.catalogue, place, {}),
                value_words(session.catalogue, place, now, {}),
                who_and_when(now),
                value_words(session.catalogue, place, offered, {}),
            )
        )
        seen[place] = now.item.change_id if now is not None else ""
    return Proposed(row, proposal, tuple(lines), seen)


@needs(Right.RECORD)
def decide(
    session: Session, proposal: Proposal, *, accept: bool, reason: str = "", seen: Mapping[Place, str] | None = None
) -> Changes:
    """Accept a proposal whole, or decline it: then what this record says is published again.

    What is accepted is recorded by whoever accepts it, with the other system as its source. `seen` is what stood beside
    it on the screen. Raises UserError when it has been decided already, InvalidValue without a reason, ChangedElsewhere
    when something else stands by now or waits in a conflict.
    """
    with session.store.writing() as connection:
        found = next((p for p in tables.proposals_of(connection, proposal.person_id) if p.id == proposal.id), None)
        if found is None or found.accepted is not None:
            raise UserError("This has been decided already.", "Nothing was changed.", "Read what stands now.")
        if not reason.strip():
            raise InvalidValue("Please say why.", "Nothing was changed.", "A short reason is enough.", "reason")
        edits = _edits(connection, found, reason) if accept else []
        _refuse_what_was_not_seen(connection, found, edits, seen or {})
        require_for_edits(session, edits)
        journal.append(connection, session.pen(), found.person_id, edits)
        decided = replace(
            found,
            accepted=accept,
            decided_at=session.clock().isoformat(),
            decided_by=session.user.author.words,
            reason=reason.strip(),
        )
        tables.put_proposal(connection, decided)
        standing = tables.shared_person_of(connection, found.person_id)
        since = standing.waiting_since or session.clock().isoformat()
        tables.put_shared_person(connection, replace(standing, waiting_since=since))
        action = "accepted a proposal" if accept else "declined a proposal"
        audit.note(connection, session.clock(), session.user.id, action, found.person_id, {"resource": found.key})
    spend_signature(session, edits)
    return Changes(frozenset((found.person_id,)))


def _edits(connection: Connection, found: Proposal, reason: str) -> list[Edit]:
    told = Told(Source.OTHER_SYSTEM, found.who or "the shared record")
    edits = []
    for section, entry, key, value in found.changes:
        _value, base = journal.current_value(connection, found.person_id, section, entry, key)
        edits.append(Edit(section, entry, key, value, Op.SET, base, told=told, reason=reason.strip()))
    return edits


def _refuse_what_was_not_seen(
    connection: Connection, found: Proposal, edits: list[Edit], seen: Mapping[Place, str]
) -> None:
    places = {(edit.section, edit.entry, edit.field) for edit in edits}
    if any(
        conflict.places & places for conflict in conflicts.conflicts_of(connection, found.person_id, open_only=True)
    ):
        raise ChangedElsewhere(
            "Two people recorded different things here, and that has to be settled first.",
            "Nothing was changed.",
            "Open the conflict under Sharing, then come back to this.",
        )
    bases = {(edit.section, edit.entry, edit.field): edit.base for edit in edits}
    if any(place in bases and bases[place] != change for place, change in seen.items()):
        raise ChangedElsewhere(
            "This was changed after you last saw it.",
            "Nothing was written over.",
            "Read what stands now, then decide again.",
        )
