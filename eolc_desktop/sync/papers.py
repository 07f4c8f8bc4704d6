"""After the plan itself: the files attached to it, and the plan as a PDF, each a transaction of its own.

They come last because a CPR decision must not wait for a scan. Each names the version of the manifest, so that the
server takes none from a laptop that does not know the newest: consent withdrawn elsewhere stops them too. A Binary is
named after what it holds and is therefore never written over; its bytes are in memory only while it is sent.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from uuid import uuid4

from eolc_desktop.care_plan.conflicts import open_conflict
from eolc_desktop.care_plan.plan import Entry, EntryState, Plan
from eolc_desktop.fhir.elements import extension
from eolc_desktop.fhir.sharing.documents import SHARED_VERSION, Paper, attached_file, document
from eolc_desktop.fhir.sharing.elements import Making
from eolc_desktop.record.exchange import ChangeSet, SharedResource
from eolc_desktop.record.exchange_marks import PAPERS_DUE, PAPERS_REFUSED
from eolc_desktop.sync.asking import Stopped
from eolc_desktop.sync.bundles import bundle_of
from eolc_desktop.sync.effects import JSON, Draw, Steps, Transaction
from eolc_desktop.sync.names import file_key, key_of, manifest, manifest_key, paper_key, stamps_in
from eolc_desktop.sync.ports import Ledger, Setup
from eolc_desktop.sync.projecting import ids_of
from eolc_desktop.sync.reconciling import ENTRY
from eolc_desktop.sync.sealing import Outgoing, on_its_way, outgoing
from eolc_desktop.sync.sending import ROUNDS, Contents, Sent, send
from eolc_desktop.sync.tally import Tally

TITLE = "End of life care plan"
AFTER: Mapping[EntryState, str] = {
    EntryState.CURRENT: "current",
    EntryState.WITHDRAWN: "superseded",
    EntryState.ENTERED_IN_ERROR: "entered-in-error",
}
"""The status of the DocumentReference of a file, by the state of the entry that describes it."""


@dataclass(frozen=True, slots=True)
class Sealed:
    """A change-set with a document, and the bytes (base64) that go into it on the way, by the key of their Binary."""

    change_set: ChangeSet
    contents: Contents
    about: str


def send_papers(setup: Setup, tally: Tally) -> Steps[Stopped | None]:
    """Send what is due beside the plans that were sent: scans first, then the PDF. One's trouble stops no other's."""
    people: list[str] = yield Transaction(lambda ledger: list(ledger.marked(PAPERS_DUE)))
    for person_id in people:
        refused: set[str] = set()
        stopped = yield from _send_files(setup, tally, person_id, refused)
        if stopped is None:
            stopped = yield from _send_paper(setup, tally, person_id, refused)
        if stopped is not None:
            return stopped
    return None


def _send_files(setup: Setup, tally: Tally, person_id: str, refused: set[str]) -> Steps[Stopped | None]:
    rounds = 0
    while rounds <= ROUNDS:
        sealed: Sealed | None = yield Transaction(_next_file, setup, person_id, frozenset(refused))
        if sealed is None:
            return None
        sent = yield from send(setup, tally, sealed.change_set, sealed.contents, is_again=rounds > 0)
        if isinstance(sent, Stopped):
            return sent
        if sent is Sent.WAITS:
            refused.add(sealed.about)
        rounds += sent is Sent.ANEW
    return None


def _send_paper(setup: Setup, tally: Tally, person_id: str, refused: Collection[str]) -> Steps[Stopped | None]:
    """The plan as a PDF: drawn by whoever drives the exchange, and sent only if nothing has changed meanwhile."""
    for rounds in range(ROUNDS + 1):
        due: Due | None = yield Transaction(_paper_due, setup, person_id)
        if due is None:
            return None
        content: bytes | None = b""
        if due.plan is not None:
            content = yield Draw(due.plan)
        if not content:
            if content is not None:
                yield Transaction(_nothing_due, setup, person_id, frozenset(refused), bool(refused))
            return None
        assert due.plan is not None
        paper = Paper(TITLE, content, due.plan.as_of, due.version)
        sealed: Sealed | None = yield Transaction(_seal_paper, setup, person_id, paper, due.plan)
        if sealed is None:
            return None
        sent = yield from send(setup, tally, sealed.change_set, sealed.contents, is_again=rounds > 0)
        if isinstance(sent, Stopped):
            return sent
        if sent is not Sent.ANEW:
            is_refused = sent is Sent.WAITS or bool(refused)
            yield Transaction(_nothing_due, setup, person_id, frozenset(refused), is_refused)
            return None
    return None


@dataclass(frozen=True, slots=True)
class Due:
    """Which version of the shared plan a PDF is due of, and the plan to draw; None for the plan where it is there."""

    version: str
    plan: Plan | None


def _nothing_due(ledger: Ledger, setup: Setup, person_id: str, refused: Collection[str], is_refused: bool) -> None:
    """Note that nothing is due any more; but not while others kept writing and a scan was refused each time for that,
    and the PDF was not."""
    going = _going(ledger, setup, person_id)
    if going is None or _file_due(ledger, person_id, going, refused) is not None:
        return
    ledger.set_mark(PAPERS_DUE + person_id, "")
    if not is_refused:
        ledger.set_mark(PAPERS_REFUSED + person_id, "")


def shared_version(held: Mapping[str, SharedResource], person_id: str) -> str:
    """A name of the version of the plan that the server has, the same on every laptop."""
    shared = held.get(manifest_key(person_id))
    stamps = stamps_in(shared.base if shared is not None else None)
    entries = {key: stamp for key, stamp in stamps.items() if key.startswith(ENTRY)}
    return hashlib.sha256(json.dumps(entries, sort_keys=True).encode()).hexdigest()[:32]


def _going(ledger: Ledger, setup: Setup, person_id: str) -> Outgoing | None:
    """What may leave about a person whose plan the server has as it stands here; None for anybody else: later, then."""
    held = ledger.resources(person_id)
    shared = held.get(manifest_key(person_id))
    if shared is None or shared.base is None or not shared.base_version or ledger.person(person_id).staged:
        return None
    if ledger.change_sets("sent", person_id) or ledger.change_sets("refused", person_id) or ledger.in_doubt(person_id):
        return None
    going = outgoing(ledger, setup, person_id)
    if going.leaving.hold is not None or going.entries or going.conflicts:
        return None
    return going


def _next_file(ledger: Ledger, setup: Setup, person_id: str, refused: Collection[str]) -> Sealed | None:
    going = _going(ledger, setup, person_id)
    due = _file_due(ledger, person_id, going, refused) if going is not None else None
    return _sealed(ledger, setup, person_id, *due) if due is not None else None


def _file_due(
    ledger: Ledger, person_id: str, going: Outgoing, refused: Collection[str]
) -> tuple[list[JSON], str] | None:
    """The next attached file that the server does not have as the plan describes it, and its name."""
    held = ledger.resources(person_id)
    making = Making(going.plan, ids_of(person_id))
    for sha256, entry in files_of(going.plan).items():
        known, status = held.get(file_key(person_id, sha256)), AFTER[entry.state]
        if sha256 in refused or (known is not None and known.seen is not None):
            continue
        if known is not None and known.base is not None:
            if known.base.get("status") != status:
                return [{**known.base, "status": status}], sha256
            continue
        file = ledger.file(person_id, sha256) if status == "current" else None
        if file is not None:
            return list(attached_file(making, entry, *file)), sha256
    return None


def files_of(plan: Plan) -> dict[str, Entry]:
    """The attached files that a plan names, each once: by an entry that stands where there is one."""
    found: dict[str, Entry] = {}
    for entry in plan.all_entries("documents"):
        sha256 = entry.text("sha256")
        if sha256 and (sha256 not in found or found[sha256].state is not EntryState.CURRENT):
            found[sha256] = entry
    return found


def _paper_due(ledger: Ledger, setup: Setup, person_id: str) -> Due | None:
    going = _going(ledger, setup, person_id)
    if going is None:
        return None
    held = ledger.resources(person_id)
    version = shared_version(held, person_id)
    known = held.get(paper_key(person_id))
    if known is not None and known.seen is None and known.base is not None and paper_version(known.base) == version:
        return Due(version, None)
    if going.untold:
        return None  # two versions stand of which one must not be told: no paper may show the other alone
    conflicts = tuple(open_conflict(setup.catalogue, conflict) for conflict in going.undecided)
    return Due(version, replace(going.plan, conflicts=conflicts))


def paper_version(reference: JSON) -> str:
    """Which version of the shared plan a DocumentReference holds, while it stands; "" for one that was superseded."""
    said = extension(reference, SHARED_VERSION).get("valueString")
    return said if isinstance(said, str) and reference.get("status") == "current" else ""


def _seal_paper(ledger: Ledger, setup: Setup, person_id: str, paper: Paper, drawn: Plan) -> Sealed | None:
    """Looked at anew: what was drawn goes only where the plan is still the same and may still leave.

    The version alone does not say so: what is kept back while the PDF is drawn changes nothing that is shared.
    """
    due = _paper_due(ledger, setup, person_id)
    if due is None or due.plan is None or due.version != paper.version:
        return None
    if due.plan.sections != drawn.sections or due.plan.conflicts != drawn.conflicts:
        return None
    resources = list(document(Making(due.plan, ids_of(person_id)), paper))
    return _sealed(ledger, setup, person_id, resources, paper.version)


def _sealed(ledger: Ledger, setup: Setup, person_id: str, resources: list[JSON], about: str) -> Sealed:
    """Freeze a change-set with a document, without its bytes, and note that it may be on its way."""
    held = ledger.resources(person_id)
    change_set = str(uuid4())
    contents = {key_of(one): str(one["data"]) for one in resources if one["resourceType"] == "Binary"}
    written = {key_of(one): {k: v for k, v in one.items() if k != "data"} for one in resources}
    stamps = stamps_in(held[manifest_key(person_id)].base)
    stamps |= dict.fromkeys((key for key in written if key not in contents), change_set)
    written[manifest_key(person_id)] = manifest(person_id, stamps)
    bundle = bundle_of(setup, change_set, written, held, ())
    sent = on_its_way(ledger, setup, person_id, change_set, bundle)
    return Sealed(sent, contents, about)
