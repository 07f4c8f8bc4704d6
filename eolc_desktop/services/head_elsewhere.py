"""The newest seal, kept on the shared record too: whoever has the laptop in hand cannot put that back with the file.

It is a number and a code under a name made from the record's own id. It says nothing about a person, and nothing of
whose laptop it is (`security.md` §2.5, T17 and T18; hazard H30).
"""

from __future__ import annotations

from eolc_desktop.fhir.addresses import BASE, EXTENSION
from eolc_desktop.models.head_file import KeptHead
from eolc_desktop.record.exchange_marks import HEAD_OVERRULED, HEAD_SENT
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session
from eolc_desktop.services.trust import words_for
from eolc_desktop.sync.asking import Stopped, ask
from eolc_desktop.sync.effects import JSON, Request, Steps, Transaction
from eolc_desktop.sync.names import fhir_id
from eolc_desktop.sync.store_ledger import StoreLedger

SEAL = f"{EXTENSION}/journal-head"
"""The extension with the record, the number and the code."""
_CODE = {"system": f"{BASE}/CodeSystem/exchange", "code": "head"}
_CANNOT_BE_USED = "Nothing was sent or received. Please compare the record first: Settings says how."


def key_of_head(store_id: str) -> str:
    """The key of the List that holds the newest seal of a record."""
    return f"List/{fhir_id(store_id, 'head')}"


@needs(Right.SHARE)
def look(session: Session, *, overrules: bool = False) -> Steps[Stopped | None]:
    """Ask the shared record for the seal it was last given, and compare. What does not fit puts the record in doubt.

    A shared record that has none says nothing: it may be new, or may have been emptied. `overrules` after a restore:
    the record is meant to be an older one, and what it was before is asked about no more.
    """
    answer = yield from ask(Request("GET", key_of_head(session.store.store_id), fresh=True))
    if isinstance(answer, Stopped):
        return answer
    kept = _head_in(answer.body) if answer.status == 200 else None
    if kept is None or kept.store_id != session.store.store_id:
        return None
    if overrules:
        yield Transaction(lambda ledger: ledger.set_mark(HEAD_OVERRULED, kept.as_text()))
        return None
    lines: tuple[str, ...] = yield Transaction(_compare, session, kept)
    return Stopped(" ".join((*lines, _CANNOT_BE_USED))) if lines else None


@needs(Right.SHARE)
def keep(session: Session, *, is_shared: bool) -> Steps[Stopped | None]:
    """Give the shared record the newest seal, where it has an older one. Nothing is kept of a record in doubt.

    It begins with the first exchange that shared anything (`is_shared`): where nobody agreed to that, nothing leaves.
    """
    head: KeptHead | None = yield Transaction(_to_keep, session, is_shared)
    if head is None:
        return None
    answer = yield from ask(Request("PUT", key_of_head(session.store.store_id), body=_resource(head), minimal=True))
    if isinstance(answer, Stopped):
        return answer
    if answer.status in (200, 201):
        yield Transaction(_kept, head)
    return None


def _compare(ledger: StoreLedger, session: Session, kept: KeptHead) -> tuple[str, ...]:
    if kept.as_text() == ledger.mark(HEAD_OVERRULED):
        return ()
    lines = words_for(kept, ledger.newest_seal(), ledger.seal_at(kept.number))
    if lines:
        session.doubt.lines = tuple(dict.fromkeys((*session.doubt.lines, *lines)))
        session.doubt.elsewhere = kept.as_text()
        ledger.note("the shared record knows another seal", "", {"number": kept.number})
    return lines


def _to_keep(ledger: StoreLedger, session: Session, is_shared: bool) -> KeptHead | None:
    before = ledger.mark(HEAD_SENT)
    if session.doubt.lines or not (before or is_shared):
        return None
    newest = ledger.newest_seal()
    head = KeptHead(session.store.store_id, newest.number, newest.mac)
    return head if head.as_text() != before else None


def _kept(ledger: StoreLedger, head: KeptHead) -> None:
    ledger.set_mark(HEAD_SENT, head.as_text())
    ledger.set_mark(HEAD_OVERRULED, "")


def _resource(head: KeptHead) -> JSON:
    return {
        "resourceType": "List",
        "id": key_of_head(head.store_id).partition("/")[2],
        "status": "current",
        "mode": "working",
        "title": "The newest seal of one laptop's record",
        "code": {"coding": [dict(_CODE)]},
        "extension": [{"url": SEAL, "valueString": head.as_text()}],
    }


def _head_in(resource: JSON | None) -> KeptHead | None:
    extensions = (resource or {}).get("extension")
    for one in extensions if isinstance(extensions, list) else []:
        if isinstance(one, dict) and one.get("url") == SEAL and isinstance(said := one.get("valueString"), str):
            return KeptHead.of_text(said)
    return None
