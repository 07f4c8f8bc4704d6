"""Sharing with others: exchanging, what waits and what stays, conflicts to settle, what other systems propose."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from eolc_desktop.care_plan.conflicts import Choice, Conflict, SideBySide, side_by_side, title_of, value_words
from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.care_plan.leaving import Hold, kept_back_in_words_only
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, Edit, Op, Plan, Source, Told
from eolc_desktop.care_plan.said import Place, content, plan_from
from eolc_desktop.care_plan.words import entry_title
from eolc_desktop.errors import UserError
from eolc_desktop.record import audit, journal, plans, versions
from eolc_desktop.record import exchange as tables
from eolc_desktop.record.exchange import Proposal, SharedPerson
from eolc_desktop.services import restoring
from eolc_desktop.services.roles import Right, needs, require_for_edits, spend_signature
from eolc_desktop.services.session import Changes, Session
from eolc_desktop.sync import sealing, settling
from eolc_desktop.sync.effects import Answer, RenewSignIn, Request, Steps, Transaction
from eolc_desktop.sync.entry_codec import EntryCodec
from eolc_desktop.sync.exchange import Outcome, exchange, notice_edits
from eolc_desktop.sync.names import entry_key
from eolc_desktop.sync.ports import Projection, ServerAbilities, Setup
from eolc_desktop.sync.store_ledger import StoreLedger
from eolc_desktop.sync.tally import Tally


@needs(Right.SHARE)
def setup_for(
    session: Session,
    abilities: ServerAbilities,
    projection: Projection | None = None,
    scope: tuple[tuple[str, str], ...] = (),
) -> Setup:
    """Everything one exchange of this session is given. `abilities` are what the probe of the server found."""
    return Setup(
        catalogue=session.catalogue,
        codec=EntryCodec(session.catalogue),
        author=session.user.author,
        laptop_id=session.laptop_id,
        clock=session.clock,
        abilities=abilities,
        projection=projection,
        scope=scope,
        training=session.made_up,
    )


class Exchange:
    """One exchange under way. Its steps run on the store thread; whoever drives it asks the server in between.

    Letting go of it at any moment is safe: that is a crash, and every one is allowed for.
    """

    def __init__(self, session: Session, setup: Setup) -> None:
        self._session = session
        self._setup = setup
        self._compares = False
        self.tally = Tally()
        self._steps: Steps[Outcome] | None = None
        self.outcome: Outcome | None = None

    def advance(self, answer: Answer | bool | None = None) -> Request | RenewSignIn | None:
        """Go on with an answer (None to begin), through every transaction, to the next request; None at the end."""
        given: object = answer
        steps = self._steps = self._steps or self._begin()
        try:
            while True:
                effect = steps.send(given)
                if not isinstance(effect, Transaction):
                    return effect
                with self._session.store.writing() as connection:
                    given = effect.run(StoreLedger(connection, self._session.pen()))
        except StopIteration as ended:
            self.outcome = ended.value
            if self._compares and ended.value.stopped is None:
                restoring.note_compared(self._session)
            return None

    def _begin(self) -> Steps[Outcome]:
        """After a restore nothing is sent before all that others have was received and compared: an old copy of a
        record would otherwise look like the newest."""
        setup = self._setup
        self._compares = restoring.after_restore(self._session) is not None
        if self._compares:
            setup = replace(setup, abilities=replace(setup.abilities, may_write=False))
        return exchange(setup, self.tally)


# What waits, what stays


@dataclass(frozen=True, slots=True)
class OutboxLine:
    """One value that would be sent: where it stands, what it says, and whether it only confirms what was there."""

    place: Place
    label: str
    words: str
    confirms: bool


@dataclass(frozen=True, slots=True)
class StaysLine:
    """One value that stays here, and why. `shared_before` means that an earlier version is in the shared record, where
    it cannot be called back from here."""

    place: Place
    label: str
    reason: str
    shared_before: bool


@dataclass(frozen=True, slots=True)
class Outbox:
    """What would leave about one person now, and what stays here. `hold` says why nothing is sent, "" when it is.

    `look_for` is what the person keeps back in words that the program cannot find by itself.
    """

    person_id: str
    name: str
    goes: tuple[OutboxLine, ...]
    stays: tuple[StaysLine, ...]
    hold: str
    look_for: tuple[str, ...]
    trouble: str


@needs(Right.SHARE)
def outbox(session: Session, setup: Setup, person_id: str) -> Outbox:
    """Exactly what would leave about one person now: the same function as in sending. Raises NoSuchPerson."""
    with session.store.reading() as connection:
        ledger = StoreLedger(connection, session.pen())
        plan = plans.plan_of(connection, session.catalogue, person_id, session.clock())
        going = sealing.outgoing(ledger, setup, person_id)
        held = ledger.resources(person_id)
        version = ledger.version(person_id)
        standing = ledger.person(person_id)
    goes = []
    for waiting in going.entries:
        known = held.get(entry_key(person_id, waiting.section, waiting.entry))
        base = setup.codec.decode(known.base) if known is not None and known.base is not None else {}
        for place in sorted(waiting.new):
            words = value_words(session.catalogue, place, waiting.part[place], plan.links)
            confirms = content(base.get(place), place) == content(waiting.part[place], place)
            goes.append(OutboxLine(place, label_of(plan, place), words, confirms))
    stays = []
    for place, why in going.leaving.stays.items():
        known = held.get(entry_key(person_id, place[0], place[1]))
        shared = setup.codec.decode(known.base) if known is not None and known.base is not None else {}
        if content(version.get(place), place) is not None:
            stays.append(StaysLine(place, label_of(plan, place), why.words, place in shared))
    hold = going.leaving.hold.words if going.leaving.hold else ""
    return Outbox(
        person_id, plan.banner_name, tuple(goes), tuple(stays), hold, kept_back_in_words_only(plan), standing.trouble
    )


def label_of(plan: Plan, place: Place) -> str:
    """What a place is called: section, entry and field."""
    section_key, entry_id, key = place
    if section_key not in plan.catalogue:
        return "Recorded by a newer version of the program"
    section = plan.catalogue[section_key]
    field = section.find(key)
    name = "Whether it stands" if key == ENTRY_ITSELF else (field.label if field is not None else key)
    if entry_id == MAIN:
        return f"{section.title}: {name}"
    values = next((e.values for e in plan.all_entries(section_key) if e.id == entry_id), {})
    return f"{section.title}, {entry_title(section, entry_id, values, links=plan.links)}: {name}"


@dataclass(frozen=True, slots=True)
class Status:
    """How sharing stands, in words, from our own tables. `all_shared` is True only when nothing at all is left."""

    lines: tuple[str, ...]
    all_shared: bool
    waiting: int
    waiting_since: datetime | None
    held: int
    in_trouble: int
    conflicts: int
    proposals: int


@needs(Right.BE_HERE)
def status(session: Session) -> Status:
    """How sharing stands: what waits and since when, what is held and why, what was refused, what asks for a person."""
    with session.store.writing() as connection:
        ledger = StoreLedger(connection, session.pen())
        notice_edits(ledger, session.clock())
        everybody = tables.all_shared_people(connection)
        in_doubt = tables.change_sets(connection, "sent")
        conflicts = len(versions.conflicts_of(connection, open_only=True))
        proposals = sum(1 for p in tables.proposals_of(connection) if p.accepted is None)
    waiting = [p for p in everybody if p.waiting_since and not p.hold]
    held = [p for p in everybody if p.hold]
    trouble = [p for p in everybody if p.trouble]
    oldest = min((datetime.fromisoformat(p.waiting_since) for p in waiting), default=None)
    lines = _status_lines(waiting, held, trouble, conflicts, proposals, len(in_doubt))
    nothing_left = not (waiting or held or trouble or conflicts or proposals or in_doubt)
    return Status(
        lines or ("Everything is shared.",),
        nothing_left,
        len(waiting),
        oldest,
        len(held),
        len(trouble),
        conflicts,
        proposals,
    )


def _status_lines(
    waiting: list[SharedPerson],
    held: list[SharedPerson],
    trouble: list[SharedPerson],
    conflicts: int,
    proposals: int,
    in_doubt: int,
) -> tuple[str, ...]:
    lines = []
    if waiting:
        lines.append(f"{_people(len(waiting))} with changes that are not shared yet.")
    if in_doubt:
        lines.append("It is not certain yet that the last sending arrived. It is looked into at the next exchange.")
    for hold in Hold:
        if found := [p for p in held if p.hold == hold.value]:
            lines.append(f"{_people(len(found))} held here. {hold.words}")
    if trouble:
        lines.append(f"{_people(len(trouble))} whose changes the shared record did not take.")
    if conflicts:
        one = "1 conflict has" if conflicts == 1 else f"{conflicts} conflicts have"
        lines.append(f"{one} to be settled.")
    if proposals:
        one = "1 change" if proposals == 1 else f"{proposals} changes"
        lines.append(f"{one} from other systems to accept or decline.")
    return tuple(lines)


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"


@needs(Right.SHARE)
def try_again(session: Session, person_id: str) -> None:
    """Send again what the shared record refused: somebody has put right why."""
    with session.store.writing() as connection:
        for refused in tables.change_sets(connection, "refused", person_id):
            tables.put_change_set(connection, replace(refused, state="dropped"))
        standing = tables.shared_person_of(connection, person_id)
        since = standing.waiting_since or session.clock().isoformat()
        tables.put_shared_person(connection, replace(standing, trouble="", waiting_since=since))
        audit.note(connection, session.clock(), session.user.id, "asked to send again", person_id)


# Conflicts


@dataclass(frozen=True, slots=True)
class ConflictShown:
    """A conflict as the screen shows it. `seen` names what stood on it, and is handed back to settle it."""

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


@needs(Right.READ)
def conflicts(session: Session, person_id: str = "", *, open_only: bool = True) -> tuple[ConflictShown, ...]:
    """The conflicts about one person, or about everybody, oldest first."""
    shown = []
    with session.store.reading() as connection:
        for conflict in versions.conflicts_of(connection, person_id, open_only=open_only):
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
        side_by_side(session.catalogue, conflict, plan.links),
        conflict.found_at,
        conflict.found_by.words,
        conflict.is_open,
        conflict.choice,
        conflict.reason,
        conflict.settled_by.words if conflict.settled_by else "",
        conflict.settled_at,
        seen,
    )


@needs(Right.RECORD)
def settle(
    session: Session,
    setup: Setup,
    shown: ConflictShown,
    choice: Choice,
    reason: str,
    values: Mapping[Place, Value] | None = None,
) -> Changes:
    """Settle a conflict, as looked at on the screen; `values` are what is combined or written anew.

    Raises InvalidValue without a reason, ChangedElsewhere when something else stands by now, UserError when somebody
    else has settled it; NotAllowed and SignatureWanted as for recording the same.
    """
    edits = (
        [Edit(row.place[0], row.place[1], row.place[2]) for row in shown.rows] if choice is not Choice.THEIRS else []
    )
    require_for_edits(session, edits)
    with session.store.writing() as connection:
        ledger = StoreLedger(connection, session.pen())
        settling.settle(ledger, setup, shown.person_id, shown.id, choice, reason, values, shown.seen)
    spend_signature(session, edits)
    return Changes(frozenset((shown.person_id,)))


# What other systems propose


@needs(Right.READ)
def inbox(session: Session, person_id: str = "", *, open_only: bool = True) -> tuple[Proposal, ...]:
    """What other systems changed in the shared record, for a person to accept or decline, oldest first."""
    with session.store.reading() as connection:
        found = tables.proposals_of(connection, person_id)
    return tuple(proposal for proposal in found if not open_only or proposal.accepted is None)


@needs(Right.RECORD)
def decide(session: Session, proposal: Proposal, *, accept: bool, reason: str = "") -> Changes:
    """Accept a proposal whole, or decline it: then what this record says is published again.

    What is accepted is recorded by whoever accepts it, with the other system as its source. Raises UserError when it
    has been decided already.
    """
    with session.store.writing() as connection:
        found = next((p for p in tables.proposals_of(connection, proposal.person_id) if p.id == proposal.id), None)
        if found is None or found.accepted is not None:
            raise UserError("This has been decided already.", "Nothing was changed.", "Read what stands now.")
        edits = _edits(connection, found, reason) if accept else []
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
