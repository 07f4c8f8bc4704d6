"""Who is on this laptop and why; letting a person leave it on a named user's word, and never with unsent work."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from eolc_desktop.care_plan.dates import day_words, today
from eolc_desktop.care_plan.leaving import what_may_leave
from eolc_desktop.care_plan.rules import Setting
from eolc_desktop.care_plan.said import content, plan_from
from eolc_desktop.errors import InvalidValue, NotAllowed
from eolc_desktop.record import attachments, audit, disposal, drafts, people, versions
from eolc_desktop.record import exchange as tables
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Changes, Session
from eolc_desktop.services.sharing import setup_for
from eolc_desktop.services.sharing_use import is_set_up
from eolc_desktop.sync import sealing
from eolc_desktop.sync.exchange import notice_edits
from eolc_desktop.sync.names import file_key
from eolc_desktop.sync.store_ledger import StoreLedger

REASONS = (
    "Discharged from our care",
    "Moved to the care of another team",
    "Moved away",
    "This laptop is not used for them any more",
)
"""Why somebody's record may leave a laptop. Each is a user's own statement: nothing is inferred from absence."""
LEFT = "left this laptop"
MOST_IN_A_DAY = 20
SHARE_OF_ALL = 10
"""When more than this many people, or one in so many of the caseload, would leave on one day, somebody has to look."""


@dataclass(frozen=True, slots=True)
class Here:
    """One person who is on this laptop, and why."""

    row: PersonRow
    words: str


@needs(Right.READ)
def count(session: Session) -> int:
    """How many people are on this laptop."""
    with session.store.reading() as connection:
        return people.listed(connection, "", 0, 1).everyone


@needs(Right.READ)
def who_is_here(session: Session, most: int) -> tuple[Here, ...]:
    """People in the order of the caseload, each with how they came here and how they stand with the shared record."""
    with session.store.reading() as connection:
        rows = people.listed(connection, "", 0, most).rows
        return tuple(Here(row, _why(connection, row.id)) for row in rows)


def _why(connection: Connection, person_id: str) -> str:
    began = tables.began(connection, person_id)
    standing = tables.shared_person_of(connection, person_id)
    if began is None:
        words = "Received from the shared record; nothing is recorded yet"
    else:
        at, by, received = began
        how = "Received from the shared record, first recorded" if received else "Added on this laptop"
        words = f"{how} {day_words(today(at))}{f' by {by}' if by else ''}"
    latest = max(standing.last_sent, standing.last_received)
    shared = f"shared as of {day_words(today(datetime.fromisoformat(latest)))}" if latest else "only on this laptop"
    return f"{words}; {shared}"


@dataclass(frozen=True, slots=True)
class MayLeave:
    """Whether a person's record may leave this laptop now: `stays` says, one by one, what keeps it here."""

    row: PersonRow
    why_here: str
    stays: tuple[str, ...]


@needs(Right.READ)
def may_leave(session: Session, person_id: str) -> MayLeave | None:
    """What keeps somebody's record on this laptop; None for nobody who is here."""
    with session.store.writing() as connection:
        notice_edits(StoreLedger(connection, session.pen()), session.clock())
        row = people.row_of(connection, person_id)
        if row is None:
            return None
        return MayLeave(row, _why(connection, person_id), _what_keeps(session, connection, person_id))


def _what_keeps(session: Session, connection: Connection, person_id: str) -> tuple[str, ...]:
    """Everything that nobody else has, or that still asks for somebody here. Consent counts here as for sending."""
    standing = tables.shared_person_of(connection, person_id)
    ledger = StoreLedger(connection, session.pen())
    version = versions.version_of(connection, person_id)
    plan = plan_from(person_id, session.catalogue, version, session.clock())
    others = tables.others_with_number(connection, person_id, plan.text("person", "nhs_number"))
    setting = Setting(training=session.made_up, others_with_this_number=others)
    leaving = what_may_leave(plan, version, setting, shared_before=True)
    keeps = []
    if not (standing.last_sent or standing.last_received):
        keeps.append("The shared record has nothing of this person.")
    if leaving.hold is not None:
        keeps.append(f"Their plan is not shared. {leaving.hold.words}")
    elif sealing.outgoing(ledger, setup_for(session), person_id).entries:
        keeps.append("Something recorded here is not in the shared record yet.")
    if any(content(version.get(place), place) is not None for place in leaving.stays):
        keeps.append("Something is kept back, and so is only on this laptop.")
    if unsent := tables.unsent_words(connection, person_id):
        keeps.append(unsent)
    if standing.staged:
        keeps.append("Something was received that is not merged yet.")
    if any(p.accepted is None for p in tables.proposals_of(connection, person_id)):
        keeps.append("A change from another system waits to be accepted or declined.")
    if drafts.wait_about(connection, person_id):
        keeps.append("Somebody began to write something and has not saved it.")
    held = ledger.resources(person_id)
    files = (held.get(file_key(person_id, sha256)) for sha256 in attachments.files_of(connection, person_id))
    if any(known is None or known.base is None for known in files):
        keeps.append("Scans or photographs of theirs are only on this laptop.")
    return tuple(dict.fromkeys(keeps))


@needs(Right.TIDY)
def leave(session: Session, person_id: str, reason: str, detail: str = "") -> Changes:
    """Delete this laptop's copy of a person whom the shared record has whole, on the word of the user.

    `reason` is one of `REASONS`. Raises InvalidValue without one, NotAllowed when anything keeps the record here, or
    when so many have left today that somebody has to look first.
    """
    if reason not in REASONS:
        raise InvalidValue("Please say why.", "Nothing was deleted.", "", "reason")
    now = session.clock()
    if not is_set_up(session):
        raise NotAllowed("There is no shared record that has a copy.", "Nothing was deleted.", "")
    with session.store.writing() as connection:
        notice_edits(StoreLedger(connection, session.pen()), now)
        if keeps := _what_keeps(session, connection, person_id):
            raise NotAllowed(keeps[0], "Nothing was deleted.", "Share or settle it first, then try again.")
        gone = sum(1 for line in disposal.log(connection) if line.rule.startswith(LEFT) and _same_day(line.at, now))
        everyone = people.listed(connection, "", 0, 1).everyone
        if gone >= min(MOST_IN_A_DAY, max(1, everyone // SHARE_OF_ALL)):
            raise NotAllowed(
                f"{gone} {'person has' if gone == 1 else 'people have'} left this laptop today already.",
                "Nothing was deleted.",
                "So many at once may be a mistake: look at who is here, and go on tomorrow.",
            )
        rule = f"{LEFT}: {reason}"
        disposal.dispose(connection, person_id, now, session.user.id, rule)
        tables.forget_return(connection, person_id)
        audit.note(connection, now, session.user.id, LEFT, person_id, {"reason": reason, "detail": detail[:200]})
    return Changes(frozenset((person_id,)))


def _same_day(at: datetime, now: datetime) -> bool:
    return today(at) == today(now)


@needs(Right.TIDY)
def bring_back(session: Session, person_id: str) -> None:
    """Have somebody who left this laptop received again, whole, at the next exchange."""
    with session.store.writing() as connection:
        tables.let_return(connection, person_id)
        audit.note(connection, session.clock(), session.user.id, "brought back to this laptop", person_id)


@dataclass(frozen=True, slots=True)
class Gone:
    """Somebody who left this laptop: nothing of them is here but a random id, when, by whom and why."""

    person_id: str
    words: str
    returns: bool


@needs(Right.TIDY)
def who_left(session: Session) -> tuple[Gone, ...]:
    """Everybody who left this laptop and is not here, the latest first."""
    with session.store.reading() as connection:
        found = [line for line in disposal.log(connection) if line.rule.startswith(LEFT)]
        gone = tables.those_who_left(connection)
        back = {line.person_id for line in found if people.row_of(connection, line.person_id) is not None}
        newest = {line.person_id: line for line in reversed(found) if line.person_id not in back}
        return tuple(
            Gone(
                line.person_id,
                f"Left {day_words(today(line.at))}. {line.rule.partition(': ')[2]}",
                line.person_id not in gone,
            )
            for line in sorted(newest.values(), key=lambda line: line.at, reverse=True)
        )
