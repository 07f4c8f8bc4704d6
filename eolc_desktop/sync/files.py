"""Attached files that other laptops have sent: fetched last of all, and kept only when they are what the plan names."""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass

from eolc_desktop.care_plan.plan import EntryState
from eolc_desktop.care_plan.said import plan_from
from eolc_desktop.record.exchange_marks import FILES_WANTED
from eolc_desktop.sync.asking import Stopped, ask
from eolc_desktop.sync.effects import JSON, Request, Steps, Transaction
from eolc_desktop.sync.names import file_content_key, file_key, stamp_of
from eolc_desktop.sync.papers import files_of
from eolc_desktop.sync.ports import Ledger, Setup

NOT_WHOLE = "file not whole:"
"""The mark, with the stamp of its DocumentReference behind it, of a file that did not come as the plan names it."""
MEDIA_TYPES = frozenset({"image/jpeg", "image/png", "application/pdf"})
"""The kinds of file that this program shows; no other is kept."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that the plan names and that the shared record has. `size` is what the plan says it is, in bytes."""

    person_id: str
    sha256: str
    media_type: str
    size: int
    stamp: str


def fetch_files(setup: Setup) -> Steps[Stopped | None]:
    """Fetch what is missing here, one file after the other, and only what its sender says is there."""
    people: list[str] = yield Transaction(lambda ledger: list(ledger.marked(FILES_WANTED)))
    for person_id in people:
        wanted: list[Wanted] = yield Transaction(_wanted, setup, person_id)
        for one in wanted:
            key = file_content_key(person_id, one.sha256)
            answer = yield from ask(Request("GET", key, fresh=True, expects=one.size * 4 // 3))
            if isinstance(answer, Stopped):
                return answer
            yield Transaction(_take, one, answer.body if answer.status == 200 else None)
    return None


def _wanted(ledger: Ledger, setup: Setup, person_id: str) -> list[Wanted]:
    """What can be fetched now. Once nothing is missing any more, the person is not looked at again."""
    plan = plan_from(person_id, setup.catalogue, ledger.version(person_id), setup.now())
    found, is_missing = [], False
    for sha256, entry in files_of(plan).items():
        if ledger.has_file(person_id, sha256):
            continue
        is_missing = True  # also of one entered in error, which may stand again by the word of this laptop's own user
        if entry.state is EntryState.ENTERED_IN_ERROR:
            continue
        known = ledger.resource(file_key(person_id, sha256))
        if known is None or known.latest is None or ledger.mark(NOT_WHOLE + stamp_of(known.latest)):
            continue
        size = entry.value("size")
        media_type = entry.text("media_type")
        if media_type in MEDIA_TYPES:
            found.append(
                Wanted(person_id, sha256, media_type, size if isinstance(size, int) else 0, stamp_of(known.latest))
            )
    if not is_missing:
        ledger.set_mark(FILES_WANTED + person_id, "")
    return found


def _take(ledger: Ledger, wanted: Wanted, body: JSON | None) -> None:
    """Keep a file that is, to the last byte, the one that the plan names; note one that is not, and ask no more."""
    data = _data_in(body)
    if data is not None and hashlib.sha256(data).hexdigest() == wanted.sha256:
        ledger.keep_file(wanted.person_id, data, wanted.media_type)
        ledger.note("received a file", wanted.person_id, {"file": wanted.sha256, "bytes": len(data)})
        return
    ledger.set_mark(NOT_WHOLE + wanted.stamp, "yes")
    ledger.note("refused a file that is not the one named", wanted.person_id, {"file": wanted.sha256})


def _data_in(body: JSON | None) -> bytes | None:
    said = body.get("data") if body is not None and body.get("resourceType") == "Binary" else None
    if not isinstance(said, str):
        return None
    try:
        return base64.b64decode(said, validate=True)
    except (binascii.Error, ValueError):
        return None
