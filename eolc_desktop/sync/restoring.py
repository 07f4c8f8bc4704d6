"""The server went back in time (a backup was restored): forget what it had, compare everything, send what it lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from eolc_desktop.record.exchange_marks import PAPERS_DUE
from eolc_desktop.sync.asking import Stopped
from eolc_desktop.sync.effects import JSON
from eolc_desktop.sync.names import QUESTIONNAIRES, updated_of
from eolc_desktop.sync.ports import Ledger, Setup
from eolc_desktop.sync.staging import moment

COMPARED = "compared"
"""The mark that remembers when every manifest was last read."""
DRIFT = timedelta(seconds=5)
"""How far the clocks of the nodes of one server may differ: less than that says nothing."""
SET_BACK = Stopped("The shared record was set back to an earlier state. Everything is compared with it anew.", 1)


def went_back(listed: JSON, known_updated: str) -> bool:
    """Whether the server, asked by name, has an older version than it had."""
    try:
        return moment(updated_of(listed)) < moment(known_updated) - DRIFT
    except ValueError:
        return False


def begin_anew(ledger: Ledger, setup: Setup) -> None:
    """Forget what was known of the server: everybody is compared with what it has now.

    Nothing is taken from a plan for that. What the journal has followed since is sent again; what somebody else has
    recorded on the server meanwhile is merged, and asked about where it matters.
    """
    ledger.forget_bases()
    ledger.set_mark(COMPARED, "")
    ledger.set_mark(QUESTIONNAIRES, "")
    for there in [*ledger.change_sets("done"), *ledger.change_sets("kept")]:
        ledger.put_change_set(replace(there, state="dropped"))
    head, everybody = ledger.changed_since(0)
    for person_id in everybody:
        person = ledger.person(person_id)
        ledger.put_person(replace(person, waiting_since=setup.now().isoformat(), staged=False))
        if setup.papers:
            # Somebody else may bring the plan back first: a scan that only this laptop has is due all the same.
            ledger.set_mark(PAPERS_DUE + person_id, setup.now().isoformat())
    ledger.set_mark("journal", str(head))
    ledger.note("the shared record was set back", "", {"people": len(everybody)})
