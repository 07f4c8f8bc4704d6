"""How sharing stands, in words and from our own tables: what waits and since when, what was sent, taken or refused."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from eolc_desktop.care_plan.dates import moment_words, time_words, today
from eolc_desktop.care_plan.leaving import Hold
from eolc_desktop.record import conflicts as conflict_tables
from eolc_desktop.record import exchange as tables
from eolc_desktop.record import exchange_marks, people
from eolc_desktop.record.exchange import SharedPerson
from eolc_desktop.record.exchange_marks import PAPERS_DUE, PAPERS_REFUSED
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import restoring
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session
from eolc_desktop.services.sharing_use import is_set_up
from eolc_desktop.sync.timing import is_stalled

if TYPE_CHECKING:
    from eolc_desktop.sync.exchange import Outcome

NOT_SET_UP = "Not shared: sharing is not set up."
LAST, TROUBLE, SIGN_IN, MOVED = "last exchange", "last trouble", "sign in", "last moved"
"""The marks that say when an exchange last came to its end, why a later one did not, whether a sign-in is wanted; and
what the last one brought and took that brought or took anything."""
MOST_LINES = 200
STUCK = (
    "The shared record answers, but for more than ten minutes nothing of what waits here has gone to it. Your work is "
    "safe on this laptop. Please tell whoever looks after the shared record."
)


@dataclass(frozen=True, slots=True)
class Status:
    """How sharing stands. `all_shared` is True only when nothing at all is left.

    `last_shared` is when an exchange last came to its end; `stopped` why a later one did not, in words; `sign_in` that
    somebody has to sign in first; `is_stuck` that exchanges come to their end and yet nothing of what waits moves;
    `why` explains what a count does not: what holds people here, and doubt; `is_restored` that nothing is sent before
    a record that was put back from a backup was compared.
    """

    lines: tuple[str, ...]
    all_shared: bool
    waiting: int
    waiting_since: datetime | None
    held: int
    in_trouble: int
    conflicts: int
    proposals: int
    in_doubt: int = 0
    is_set_up: bool = True
    last_shared: datetime | None = None
    stopped: str = ""
    sign_in: bool = False
    why: tuple[str, ...] = ()
    papers_due: int = 0
    papers_refused: int = 0
    is_restored: bool = False
    is_stuck: bool = False
    moved: str = ""
    """What the last exchange that brought or took anything did, in words."""

    def in_short(self, now: datetime) -> str:
        """One line for the foot of the window. "Shared" stands in it alone only when nothing is left."""
        if not self.is_set_up:
            return NOT_SET_UP
        asks = [
            _count(self.in_trouble, "change was not accepted – see why", "changes were not accepted – see why"),
            _count(self.conflicts, "conflict needs a decision", "conflicts need a decision"),
            _count(self.proposals, "change from another system to decide on", "changes from others to decide on"),
        ]
        parts = [part for part in asks if part]
        if self.sign_in:
            parts.insert(0, "Sign in to share – your work is safe here")
        if self.is_restored:
            parts.append(restoring.PAUSED)
        if self.waiting_since is not None:
            parts.append(f"{people_words(self.waiting)} waiting to be shared, {_since(self.waiting_since, now)}")
        if self.is_stuck:
            parts.append("nothing has gone out for over 10 min – see why")
        if self.in_doubt:
            parts.append("not certain yet that the last sending arrived")
        if self.papers_refused:
            parts.append(f"{people_words(self.papers_refused)}: a scan or PDF was not accepted – see why")
        elif self.papers_due:
            parts.append(f"{people_words(self.papers_due)}: a scan or PDF still to go")
        if self.held:
            parts.append(f"{people_words(self.held)} not shared: Sharing says why")
        if self.all_shared and self.last_shared is not None:
            return f"Shared with the team {_when(self.last_shared, now)}."
        last = f"Last shared {_when(self.last_shared, now)}" if self.last_shared else "Not shared yet"
        return " · ".join([*parts, last]) + "."


@needs(Right.BE_HERE)
def status(session: Session) -> Status:
    """How sharing stands: what waits and since when, what is held and why, what was refused, what asks for a person."""
    if not is_set_up(session) and not _was_ever_used(session):
        return Status((NOT_SET_UP,), False, 0, None, 0, 0, 0, 0, is_set_up=False)
    from eolc_desktop.sync.exchange import notice_edits  # noqa: PLC0415  2 MB that a laptop which shares nothing is spared
    from eolc_desktop.sync.store_ledger import StoreLedger  # noqa: PLC0415

    with session.store.writing() as connection:
        ledger = StoreLedger(connection, session.pen())
        notice_edits(ledger, session.clock())
        everybody = tables.all_shared_people(connection)
        in_doubt = tables.change_sets(connection, "sent")
        conflicts = len(conflict_tables.conflicts_of(connection, open_only=True))
        proposals = sum(1 for p in tables.proposals_of(connection) if p.accepted is None)
        due = len(exchange_marks.marked(connection, PAPERS_DUE))
        refused = len(exchange_marks.marked(connection, PAPERS_REFUSED))
        restored, began = restoring.restored(session, connection), restoring.began_at(connection)
        marks = (exchange_marks.mark(connection, name) for name in (LAST, TROUBLE, SIGN_IN, MOVED))
        last, stopped, sign_in, brought = marks
    waiting = [p for p in everybody if p.waiting_since and not p.hold]
    held = [p for p in everybody if p.hold]
    trouble = [p for p in everybody if p.trouble]
    oldest = min((datetime.fromisoformat(p.waiting_since) for p in waiting), default=None)
    moved = max((datetime.fromisoformat(p.last_sent) for p in everybody if p.last_sent), default=None)
    is_stuck = (
        restored is None and bool(last) and is_stalled(datetime.fromisoformat(last), oldest, moved, online=not stopped)
    )
    stuck = (STUCK,) if is_stuck else ()
    lines = (
        *((restored.words,) if restored is not None else ()),
        *_status_lines(waiting, held, trouble, conflicts, proposals, len(in_doubt)),
        *_paper_lines(due, refused),
        *stuck,
    )
    nothing_left = not (restored or waiting or held or trouble or conflicts or proposals or in_doubt or due or refused)
    began_line = (restoring.began_words(began),) if began is not None else ()
    return Status(
        (*(lines or ("Everything is shared.",)), *began_line),
        nothing_left,
        len(waiting),
        oldest,
        len(held),
        len(trouble),
        conflicts,
        proposals,
        len(in_doubt),
        is_set_up=True,
        last_shared=datetime.fromisoformat(last) if last else None,
        stopped=stopped,
        sign_in=bool(sign_in),
        why=(*_status_lines([], held, [], 0, 0, len(in_doubt)), *stuck),
        papers_due=due,
        papers_refused=refused,
        is_restored=restored is not None,
        is_stuck=is_stuck,
        moved=brought,
    )


def _was_ever_used(session: Session) -> bool:
    with session.store.reading() as connection:
        return bool(tables.all_shared_people(connection))


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
        lines.append(f"{people_words(len(waiting))} with changes that are not shared yet.")
    if in_doubt:
        lines.append("It is not certain yet that the last sending arrived. It is looked into at the next exchange.")
    for hold in Hold:
        if found := [p for p in held if p.hold == hold.value]:
            lines.append(f"{people_words(len(found))} held here. {hold.words}")
    if trouble:
        lines.append(f"{people_words(len(trouble))} whose changes the shared record did not take.")
    if conflicts:
        one = "1 conflict has" if conflicts == 1 else f"{conflicts} conflicts have"
        lines.append(f"{one} to be settled.")
    if proposals:
        one = "1 change" if proposals == 1 else f"{proposals} changes"
        lines.append(f"{one} from other systems to accept or decline.")
    return tuple(lines)


def _paper_lines(due: int, refused: int) -> list[str]:
    lines = []
    if due:
        lines.append(
            f"{people_words(due)} whose plan is shared, and of whom a scan or the PDF of the plan is on its way."
        )
    if refused:
        lines.append(f"{people_words(refused)} of whom the shared record did not take a scan or the PDF of the plan.")
    return lines


def people_words(count: int) -> str:
    """How many people, in words: "1 person", "3 people"."""
    return "1 person" if count == 1 else f"{count:,} people"


def _count(count: int, one: str, many: str) -> str:
    return "" if not count else f"1 {one}" if count == 1 else f"{count:,} {many}"


def _when(at: datetime, now: datetime) -> str:
    return time_words(at) if today(at) == today(now) else moment_words(at)


def _since(at: datetime, now: datetime) -> str:
    """How long something has waited: minutes, hours or days, never rounded up."""
    waited = max(now - at, timedelta())
    minutes = int(waited.total_seconds() // 60)
    if minutes < 1:
        return "just recorded"
    if minutes < 60:
        return f"the oldest for {minutes} min"
    if minutes < 48 * 60:
        return f"the oldest for {minutes // 60} h"
    return f"the oldest for {minutes // (24 * 60)} days"


@needs(Right.READ)
def person_words(session: Session, person_id: str) -> str:
    """How one person's plan stands with the shared record, in a sentence."""
    if not is_set_up(session):
        return NOT_SET_UP
    with session.store.reading() as connection:
        standing = tables.shared_person_of(connection, person_id)
        head = tables.journal_head(connection, person_id)
        seen = int(exchange_marks.mark(connection, "journal") or 0)
    now = session.clock()
    if standing.trouble:
        return "The shared record did not accept the last change: Sharing says why."
    if standing.hold in set(Hold) and standing.hold:
        return f"Not shared. {Hold(standing.hold).words}"
    if standing.waiting_since or head > seen:
        return "Waiting to be shared."
    latest = max(standing.last_sent, standing.last_received)
    if latest:
        return f"Shared record as of {_when(datetime.fromisoformat(latest), now)}."
    return "Not shared yet."


@needs(Right.SHARE)
def note_exchange(session: Session, outcome: Outcome | None, stopped: str = "", *, sign_in: bool = False) -> Status:
    """Keep how an exchange ended. `outcome` is None where it could not even begin: `stopped` then says why."""
    if outcome is not None and outcome.stopped is not None:
        stopped, sign_in = outcome.stopped.reason, outcome.stopped.sign_in
    with session.store.writing() as connection:
        if outcome is not None and (outcome.merged or outcome.sent or outcome.refused):
            exchange_marks.set_mark(connection, MOVED, f"{moment_words(session.clock())}: {outcome_words(outcome)}")
        if outcome is not None and outcome.stopped is None:
            exchange_marks.set_mark(connection, LAST, session.clock().isoformat())
        exchange_marks.set_mark(connection, TROUBLE, stopped)
        exchange_marks.set_mark(connection, SIGN_IN, "yes" if sign_in else "")
    return status(session)


def outcome_words(outcome: Outcome) -> str:
    """What an exchange brought and took. A long plan goes in several sendings."""
    received = f"news received about {people_words(outcome.merged)}" if outcome.merged else "no news received"
    sent = _count(outcome.sent, "sending accepted", "sendings accepted") or "nothing was sent"
    refused = _count(outcome.refused, "not accepted", "not accepted")
    return f"{'; '.join(part for part in (received, sent, refused) if part)}."


@needs(Right.BE_HERE)
def received_since(session: Session, since: datetime) -> frozenset[str]:
    """The people whose plan may have changed by what was received since a moment."""
    with session.store.reading() as connection:
        everybody = tables.all_shared_people(connection)
    return frozenset(p.person_id for p in everybody if p.last_received and p.last_received >= since.isoformat())


@needs(Right.BE_HERE)
def still_waiting(session: Session) -> int:
    """How many people still have something to be sent."""
    with session.store.reading() as connection:
        return len(tables.people_in(connection, waiting=True))


@dataclass(frozen=True, slots=True)
class LogLine:
    """One sending about one person, and what became of it, in words."""

    row: PersonRow
    words: str
    sent_at: datetime


@needs(Right.READ)
def log(session: Session) -> tuple[LogLine, ...]:
    """The newest sendings, the latest first, each with what became of it."""
    with session.store.reading() as connection:
        sent = tables.newest_change_sets(connection, MOST_LINES)
        rows = {person_id: people.row_of(connection, person_id) for person_id in {one.person_id for one in sent}}
    lines = []
    for one in sent:
        row = rows[one.person_id]
        if row is not None:
            lines.append(LogLine(row, _became(one), datetime.fromisoformat(one.sent_at)))
    return tuple(lines)


def _became(one: tables.ChangeSet) -> str:
    sent = f"Sent {moment_words(datetime.fromisoformat(one.sent_at))}"
    done = moment_words(datetime.fromisoformat(one.done_at)) if one.done_at else ""
    match one.state:
        case "done":
            return f"{sent}. Accepted by the shared record {done}."
        case "kept":
            return f"{sent}. Accepted by the shared record {done}, and found there again later."
        case "refused":
            return f"{sent}. Not accepted: {one.trouble}"
        case "dropped" if one.trouble:
            return f"{sent}: a scan or the PDF of the plan. Not accepted: {one.trouble}"
        case "dropped":
            return f"{sent}. It did not arrive, or somebody else had written first; it was looked at anew."
    return f"{sent}. Not certain yet that it arrived."
