"""One exchange with the shared record, from beginning to end."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from eolc_desktop.care_plan.leaving import Hold
from eolc_desktop.sync.asking import Stopped
from eolc_desktop.sync.effects import Steps, Transaction
from eolc_desktop.sync.ports import Ledger, Setup
from eolc_desktop.sync.receiving import receive_all
from eolc_desktop.sync.restoring import SET_BACK
from eolc_desktop.sync.sending import send_all, settle_doubts
from eolc_desktop.sync.tally import Tally


@dataclass(frozen=True, slots=True)
class Outcome:
    """How an exchange ended. `stopped` is None when it came to its end; what is left is told by the tables. `received`
    counts what was read, our own among it; `merged` the people about whom there was news."""

    stopped: Stopped | None
    sent: int
    refused: int
    received: int
    restored: bool
    merged: int = 0


def exchange(setup: Setup, tally: Tally | None = None) -> Steps[Outcome]:
    """Find out what became of what was sent, receive, then send.

    Receiving comes before sending, so that consent withdrawn elsewhere stops what waits here; consent withdrawn in
    between moves the manifest, and the server then refuses what was put together before (I2, decision 7).
    It may be stopped at any step and begun again: cancelling is crashing.
    """
    tally = tally if tally is not None else Tally()
    yield Transaction(notice_edits, setup.now())
    stopped = yield from _once(setup, tally)
    if stopped is SET_BACK:
        tally.restored = True
        stopped = yield from _once(setup, tally)
    return Outcome(stopped, tally.sent, tally.refused, tally.received, tally.restored, len(tally.merged))


def _once(setup: Setup, tally: Tally) -> Steps[Stopped | None]:
    tally.resting.clear()
    stopped = yield from settle_doubts(setup, tally)
    if stopped is None:
        stopped = yield from receive_all(setup, tally)
    if stopped is not None:
        return stopped
    if not setup.papers:
        return (yield from send_all(setup, tally)) if setup.abilities.may_write else None
    from eolc_desktop.sync import files, papers, questionnaires  # noqa: PLC0415  the first picture does not wait for them

    if setup.abilities.may_write:
        stopped = yield from questionnaires.send_questionnaires(setup)
        stopped = stopped or (yield from send_all(setup, tally))
        stopped = stopped or (yield from papers.send_papers(setup, tally))
    return stopped or (yield from files.fetch_files(setup))


def notice_edits(ledger: Ledger, now: datetime) -> None:
    """Note who has something new in the journal since the last look: they wait from now on, until it is sent."""
    before = int(ledger.mark("journal") or 0)
    head, people = ledger.changed_since(before, recorded_here=True)
    if people:
        # Whose record it is may have been settled in the other record with the same number.
        people = [*people, *ledger.people(hold=Hold.IDENTITY.value)]
    if doubted := ledger.people(hold=Hold.IN_DOUBT.value):
        # Whether they still are is looked at anew each time.
        people = list(dict.fromkeys([*people, *doubted]))
    for person_id in people:
        person = ledger.person(person_id)
        if not person.waiting_since:
            ledger.put_person(replace(person, waiting_since=now.isoformat()))
    if head != before:
        ledger.set_mark("journal", str(head))
