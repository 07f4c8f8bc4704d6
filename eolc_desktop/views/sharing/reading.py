"""What the page of sharing shows, read on the store's thread: how it stands, and the list that was chosen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from eolc_desktop.care_plan.dates import moment_words
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import conflicts, held_here, inbox, outbox, sharing_status
from eolc_desktop.services.roles import Right, may
from eolc_desktop.services.session import Session
from eolc_desktop.services.sharing_status import Status
from eolc_desktop.views.people_list import PersonLine

MOST_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Listed:
    """One list of the page: its key and name, where its lines lead to, and what stands there while it is empty."""

    key: str
    name: str
    leads_to: str
    nothing: str
    detail: str
    read: Callable[[Session], tuple[PersonLine, ...]]


@dataclass(frozen=True, slots=True)
class Overview:
    """How sharing stands, which list was asked for, and its lines; `counts` are the lengths of those that wait."""

    status: Status
    key: str
    lines: tuple[PersonLine, ...]
    total: int
    counts: dict[str, int]
    server: str
    reading_only: str


def _waiting(session: Session) -> tuple[PersonLine, ...]:
    lines = []
    for each in outbox.who_waits(session):
        standing = each.standing
        note = standing.trouble or each.hold_words or ("" if standing.waiting_since else each.papers)
        lines.append(PersonLine(each.row, note or "Waiting to be sent: see exactly what"))
    return tuple(lines)


def _conflicts(session: Session) -> tuple[PersonLine, ...]:
    return tuple(
        PersonLine(row, f"CONFLICT. {shown.title}. Found {moment_words(shown.found_at)}", shown.id)
        for row, shown in conflicts.to_settle(session)
    )


def _proposals(session: Session) -> tuple[PersonLine, ...]:
    return tuple(PersonLine(each.row, each.proposal.words, each.proposal.id) for each in inbox.to_decide(session))


def _log(session: Session) -> tuple[PersonLine, ...]:
    return tuple(
        PersonLine(line.row, line.words, str(number)) for number, line in enumerate(sharing_status.log(session))
    )


def _here(session: Session) -> tuple[PersonLine, ...]:
    return tuple(PersonLine(each.row, each.words) for each in held_here.who_is_here(session, MOST_SHOWN))


def _left(session: Session) -> tuple[PersonLine, ...]:
    """Those who left: nothing of them is kept here, their name neither."""
    if not may(session, Right.TIDY):
        return ()
    return tuple(
        PersonLine(_nobody(gone.person_id), gone.words + (" Comes back at the next exchange." if gone.returns else ""))
        for gone in held_here.who_left(session)
    )


def _nobody(person_id: str) -> PersonRow:
    texts = dict.fromkeys(PersonRow.__slots__, "")
    known = {
        "id": person_id,
        "family_name": "Name not kept here",
        "version": 0,
        "looks_alike": False,
        "cpr_conflict": False,
    }
    return PersonRow(**(texts | known))  # type: ignore[arg-type]


LISTS = (
    Listed("settle", "To be settled", "conflict", "No conflict waits to be settled.",
           "When two people record different things without seeing each other’s, both stand here until somebody says "
           "which holds.", _conflicts),
    Listed("inbox", "From other systems", "proposal", "Nothing from other systems waits for you.",
           "What an ambulance service or a hospital changes in the shared record comes here, to be accepted or "
           "declined.", _proposals),
    Listed("waiting", "Waiting to leave, or held here", "outbox", "Nothing waits to leave this laptop.", "", _waiting),
    Listed("log", "What was sent", "outbox", "Nothing has been sent from this laptop yet.", "", _log),
    Listed("here", "Who is on this laptop", "leaving", "There is nobody on this laptop yet.", "", _here),
    Listed("left", "Who left this laptop", "leaving", "Nobody has left this laptop.",
           "Whose record left because the shared record has all of it can be received again from here.", _left),
)  # fmt: skip
"""The lists of the page, what asks for somebody first."""


def overview(session: Session, key: str) -> Overview:
    """Read how sharing stands and one list; "" is the first one with something in it. Runs on the store thread."""
    from eolc_desktop.services import shared_record  # noqa: PLC0415  loads the network when it is wanted

    status = sharing_status.status(session)
    counts = {"settle": status.conflicts, "inbox": status.proposals}
    counts["waiting"] = status.waiting + status.held
    first = next((each.key for each in LISTS if counts.get(each.key)), "waiting")
    listed = next(each for each in LISTS if each.key == (key or first))
    lines = listed.read(session)
    if listed.key == "waiting":
        counts["waiting"] = len(lines)
    found = shared_record.found(session)
    return Overview(
        status,
        listed.key,
        lines[:MOST_SHOWN],
        held_here.count(session) if listed.key == "here" else len(lines),
        counts,
        found.words if found is not None else "",
        "" if found is None or found.may_write else found.words,
    )
