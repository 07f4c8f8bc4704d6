"""The Questionnaires that entries answer: put into the shared record once for each version of what they ask.

Their version stands in their address, and their name is made of what they ask, so that two laptops can only ever put
the same there. Nothing waits for them: an answer carries the words of its question too.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from urllib.parse import urlencode

from eolc_desktop.fhir.questionnaire import canonical, questionnaire
from eolc_desktop.sync.asking import Stopped, ask, ask_together, entries_of, status_of
from eolc_desktop.sync.effects import JSON, Request, Steps, Transaction
from eolc_desktop.sync.names import QUESTIONNAIRES
from eolc_desktop.sync.ports import Ledger, Setup

AT_ONCE = 20
"""How many are sent in one request."""


def send_questionnaires(setup: Setup) -> Steps[Stopped | None]:
    """Put those there that are missing, when somebody's answers wait to be sent. No request where all are there."""
    if not (yield Transaction(_are_due, setup)):
        return None
    asked = {str(made["id"]): made for made in map(questionnaire, setup.catalogue)}
    there = yield from _there(list(asked))
    if isinstance(there, Stopped):
        return there
    missing = [made for name, made in asked.items() if name not in there]
    refused = 0
    for start in range(0, len(missing), AT_ONCE):
        got = yield from _put(missing[start : start + AT_ONCE])
        if isinstance(got, Stopped):
            return got
        refused += got
    yield Transaction(_sent, setup, len(missing) - refused, refused)
    return None


def _name(setup: Setup) -> str:
    """A name of all that is asked on this laptop."""
    return hashlib.sha256("\n".join(map(canonical, setup.catalogue)).encode()).hexdigest()[:32]


def _are_due(ledger: Ledger, setup: Setup) -> bool:
    return bool(ledger.people(waiting=True)) and ledger.mark(QUESTIONNAIRES) != _name(setup)


def _sent(ledger: Ledger, setup: Setup, taken: int, refused: int) -> None:
    """Those that the server will not have are not sent to it again: what waits for them is nobody's plan."""
    ledger.set_mark(QUESTIONNAIRES, _name(setup))
    ledger.note("sent questionnaires", "", {"taken": taken, "refused": refused})


def _there(names: Sequence[str]) -> Steps[set[str] | Stopped]:
    """The names of those that the server has; none where it does not say."""
    found: set[str] = set()
    for start in range(0, len(names), AT_ONCE):
        part = names[start : start + AT_ONCE]
        wanted = {"_id": ",".join(part), "_elements": "id", "_count": str(len(part))}
        answers = yield from ask_together([f"Questionnaire?{urlencode(wanted)}"])
        if isinstance(answers, Stopped):
            return answers
        page = answers[0].get("resource")
        entries = page.get("entry") if status_of(answers[0]) == 200 and isinstance(page, dict) else None
        for entry in entries if isinstance(entries, list) else []:
            resource = entry.get("resource") if isinstance(entry, dict) else None
            if isinstance(resource, dict):
                found.add(str(resource.get("id", "")))
    return found


def _put(questionnaires: Sequence[JSON]) -> Steps[int | Stopped]:
    """Put some there, each by itself. Returns how many the server would not have."""
    entries = [
        {"resource": one, "request": {"method": "PUT", "url": f"Questionnaire/{one['id']}"}} for one in questionnaires
    ]
    answer = yield from ask(Request("POST", body={"resourceType": "Bundle", "type": "batch", "entry": entries}))
    if isinstance(answer, Stopped):
        return answer
    taken = sum(status_of(entry) in (200, 201) for entry in entries_of(answer)) if answer.status == 200 else 0
    return len(questionnaires) - taken
