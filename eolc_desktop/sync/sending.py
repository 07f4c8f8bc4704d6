"""Sending: a change-set is noted as sent before the first byte, and what became of it is found out, never assumed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from eolc_desktop.care_plan.leaving import Hold
from eolc_desktop.record.exchange import ChangeSet, SharedResource
from eolc_desktop.record.exchange_marks import PAPERS_DUE, PAPERS_REFUSED
from eolc_desktop.sync.asking import (
    Stopped,
    ask,
    entries_of,
    etag_of,
    read_by_name,
    receipt_exists,
    status_of,
    words_of,
)
from eolc_desktop.sync.beginning import door_version, looked_at_first
from eolc_desktop.sync.effects import JSON, Request, Response, Steps, Transaction
from eolc_desktop.sync.names import door_key, key_of, manifest_key, stamp_of, stamps_in, updated_of, version_of
from eolc_desktop.sync.ports import Ledger, Setup
from eolc_desktop.sync.reconciling import ENTRY, Whole, reconcile
from eolc_desktop.sync.refreshing import refresh
from eolc_desktop.sync.restoring import SET_BACK, begin_anew
from eolc_desktop.sync.sealing import MOST_ENTRIES, Ready, prepare, rest, seal, write_ahead
from eolc_desktop.sync.staging import stage
from eolc_desktop.sync.tally import Tally

ROUNDS = 3
"""How often a person's change-set is put together anew in one exchange when others keep writing."""
SMALLEST = 4
"""A transaction of no more entries than this is not made smaller: an entry, the manifest, the receipt, the Patient."""
MISSING_VERSION = frozenset({404, 409, 410, 412})
BEGINNING = 'W/"0"'
"""The version by which some servers are asked to begin a resource and replace none."""


Contents: TypeAlias = Mapping[str, str]
"""The bytes (base64) that go into the Binaries of a change-set on the way, by key: they are kept nowhere else."""


class Sent(StrEnum):
    """What became of one change-set."""

    DONE = "done"
    ANEW = "anew"  # somebody else wrote first: look again
    WAITS = "waits"


def send_all(setup: Setup, tally: Tally) -> Steps[Stopped | None]:
    """Send what waits, person by person, whoever waits longest first. One person's trouble never stops another's."""
    people: list[str] = yield Transaction(lambda ledger: list(ledger.people(waiting=True)))
    desk = Desk()
    for number, person_id in enumerate(people):
        desk.after = people[number + 1] if number + 1 < len(people) else ""
        stopped = yield from _send_person(setup, tally, person_id, desk)
        if stopped is not None:
            return stopped
    return None


@dataclass(slots=True)
class Desk:
    """What was worked out ahead, by person, while the server was busy; who is next; whose seals were looked at."""

    ready: dict[str, Ready] = field(default_factory=dict)
    after: str = ""
    whole: set[str] = field(default_factory=set)


def _meanwhile(ledger: Ledger, setup: Setup, desk: Desk, person_id: str) -> None:
    """While the server has a change-set of one person, get the next one ready: theirs, or that of the next person.

    Only reads, and may be left out.
    """
    left = desk.ready.get(person_id)
    if left is not None and left.going.entries:
        write_ahead(ledger, setup, left)
    elif desk.after and not ledger.person(desk.after).staged and not ledger.in_doubt(desk.after):
        desk.whole.add(desk.after)
        desk.ready[desk.after] = prepare(ledger, setup, desk.after)


def _send_person(setup: Setup, tally: Tally, person_id: str, desk: Desk) -> Steps[Stopped | None]:
    rounds = 0
    while rounds <= ROUNDS:
        door = ""
        look: list[str] | ChangeSet | None = yield Transaction(_look_and_seal, setup, tally, person_id, desk)
        if isinstance(look, list):
            if not setup.abilities.begins_once:
                version = yield from door_version(person_id)
                if isinstance(version, Stopped):
                    return version
                door = version
            stopped = yield from refresh(setup, person_id, look)
            if stopped is not None:
                return stopped
            sealed: ChangeSet | None = yield Transaction(_next, setup, tally, person_id, door, desk)
        else:
            sealed = look
        if sealed is None:
            return None
        meanwhile = Transaction(_meanwhile, setup, desk, person_id)
        sent = yield from send(setup, tally, sealed, meanwhile=meanwhile, is_again=rounds > 0)
        if isinstance(sent, Stopped):
            return sent
        if sent is not Sent.DONE:
            desk.ready.pop(person_id, None)  # what was worked out for after it
        if sent is Sent.WAITS:
            return None
        if sent is Sent.ANEW:
            rounds += 1
    return None


def _look_and_seal(
    ledger: Ledger, setup: Setup, tally: Tally, person_id: str, desk: Desk
) -> list[str] | ChangeSet | None:
    """What has to be read by name first; where that is nothing, the next change-set. None where nothing is sent."""
    begun = _look_first(ledger, setup, tally, person_id, desk)
    return _next(ledger, setup, tally, person_id, "", desk) if begun == [] else begun


def _look_first(ledger: Ledger, setup: Setup, tally: Tally, person_id: str, desk: Desk) -> list[str] | None:
    """What has to be read by name first; None where nothing is sent because what is recorded here is in doubt."""
    if (resting := tally.resting.get(person_id)) is not None and resting.holds(ledger):
        return []  # nothing is sent about them; their seals were looked at when they were merged
    if person_id not in desk.whole:
        if ledger.in_doubt(person_id):
            ledger.put_person(replace(ledger.person(person_id), hold=Hold.IN_DOUBT.value))
            return None
        desk.whole.add(person_id)
    return looked_at_first(ledger, setup, person_id)


def _next(ledger: Ledger, setup: Setup, tally: Tally, person_id: str, door: str, desk: Desk) -> ChangeSet | None:
    """The next change-set of a person, looked at anew: consent and what is kept back count at the moment of sending."""
    if ledger.change_sets("sent", person_id) or ledger.change_sets("refused", person_id):
        return None
    if ledger.person(person_id).staged:
        return None  # something was received that could not be merged yet
    if (resting := tally.resting.pop(person_id, None)) is not None and resting.holds(ledger):
        rest(ledger, person_id, resting.hold)
        return None
    return seal(ledger, setup, person_id, door, desk.ready)


def send(
    setup: Setup,
    tally: Tally,
    sealed: ChangeSet,
    contents: Contents | None = None,
    meanwhile: Transaction | None = None,
    *,
    is_again: bool = False,
) -> Steps[Sent | Stopped]:
    """Send a change-set and find out what became of it. `contents` is given for a document (`sync.papers`): one that
    is refused keeps nothing else from being sent. `is_again` where the one before it was refused for a version: if
    this one is too, everything that it writes is read by name."""
    request = Request("POST", "", body=with_contents(sealed.bundle, contents), minimal=True, meanwhile=meanwhile)
    answer = yield from ask(request, again=False)
    if isinstance(answer, Stopped):
        return answer
    if answer.status == 401:  # nothing was done; with the new sign-in it is put together anew
        yield Transaction(_drop, setup, sealed)
        return Sent.ANEW
    if answer.status in (200, 201):
        return (yield from _settle(setup, tally, sealed, answer))
    if answer.status in MISSING_VERSION:
        there = yield from receipt_exists(sealed.id)
        if isinstance(there, Stopped):
            return there
        if there:  # an earlier delivery of ours came through
            return (yield from _settle_unheard(setup, tally, sealed))
        yield Transaction(_drop, setup, sealed)
        stopped = yield from refresh(setup, sealed.person_id, list(written(sealed)), believes_nothing=is_again)
        return stopped or Sent.ANEW
    if answer.status == 413 and len(sealed.bundle["entry"]) > SMALLEST:
        yield Transaction(_smaller, setup, sealed)
        return Sent.ANEW
    yield Transaction(_refuse if contents is None else _refuse_document, sealed, answer)
    tally.refused += 1
    return Sent.WAITS


def with_contents(bundle: JSON, contents: Contents | None) -> JSON:
    """The transaction as it travels, with the bytes of its Binaries."""
    if not contents:
        return bundle
    filled = []
    for entry in bundle["entry"]:
        data = contents.get(key_of(entry["resource"]))
        filled.append(entry if data is None else {**entry, "resource": {**entry["resource"], "data": data}})
    return {**bundle, "entry": filled}


def _smaller(ledger: Ledger, setup: Setup, sealed: ChangeSet) -> None:
    """The server takes less at a time than it was thought to: send the same in smaller parts from now on."""
    ledger.set_mark(MOST_ENTRIES, str(len(sealed.bundle["entry"]) // 2))
    _drop(ledger, setup, sealed)


def _refuse(ledger: Ledger, sealed: ChangeSet, answer: Response) -> None:
    """Set a change-set aside that the server will not have: it is never dropped, and others go on (P7)."""
    words = _why(answer)
    ledger.put_change_set(replace(sealed, state="refused", trouble=words))
    ledger.put_person(replace(ledger.person(sealed.person_id), trouble=words))
    ledger.note("the shared record refused a change", sealed.person_id, {"status": answer.status})


def _refuse_document(ledger: Ledger, sealed: ChangeSet, answer: Response) -> None:
    """The server will not have a PDF or a scan. It is tried again once the plan has changed, or when somebody asks."""
    words = _why(answer)
    ledger.put_change_set(replace(sealed, state="dropped", trouble=words))
    ledger.set_mark(PAPERS_REFUSED + sealed.person_id, words)
    ledger.note("the shared record refused a document", sealed.person_id, {"status": answer.status})


def _why(answer: Response) -> str:
    said = {
        400: "The shared record could not read what was sent.",
        403: "You are not allowed to write this to the shared record.",
        413: "This is larger than the shared record takes.",
        422: "The shared record found a mistake in what was sent.",
    }.get(answer.status, "The shared record did not take what was sent.")
    kinds = words_of(answer)
    return f"{said} ({answer.status}{': ' + kinds if kinds else ''})"


def _settle(setup: Setup, tally: Tally, sealed: ChangeSet, answer: Response) -> Steps[Sent | Stopped]:
    settled = yield from _settle_heard(setup, tally, sealed, answer)
    if isinstance(settled, Sent) and _replaced_nothing(sealed.bundle["entry"], entries_of(answer)):
        yield Transaction(begin_anew, setup)
        return SET_BACK
    return settled


def _settle_heard(setup: Setup, tally: Tally, sealed: ChangeSet, answer: Response) -> Steps[Sent | Stopped]:
    """The server took it. Its versions are believed only where the probe saw that they are true."""
    answers = entries_of(answer)
    bundled = sealed.bundle["entry"]
    etags = [etag_of(entry) for entry in answers]
    told = setup.abilities.etags_in_transactions and sealed.guarded
    if told and len(etags) == len(bundled) and all(etags) and all(status_of(e) in (200, 201) for e in answers):
        versions = {key_of(entry["resource"]): etag for entry, etag in zip(bundled, etags, strict=True)}
        whole: Whole = yield Transaction(_settle_as_told, setup, sealed, versions)
        tally.sent += 1
        if whole is Whole.NOT_YET:
            return (yield from refresh(setup, sealed.person_id)) or Sent.DONE
        return Sent.DONE
    return (yield from settle_by_reading(setup, tally, sealed))


def _replaced_nothing(bundled: Sequence[JSON], answers: Sequence[JSON]) -> bool:
    """Whether something was begun anew that should have replaced a version the server had: it was set back.

    Some servers begin what is not there whatever version is asked for. Everything else of that person may be gone too.
    """
    matched = [entry["request"].get("ifMatch", BEGINNING) != BEGINNING for entry in bundled]
    return any(was and status_of(entry) == 201 for was, entry in zip(matched, answers, strict=False))


def _settle_as_told(ledger: Ledger, setup: Setup, sealed: ChangeSet, versions: Mapping[str, str]) -> Whole:
    sent = written(sealed)
    ledger.expect(sent.keys())
    ledger.put_resources(
        *(
            _with_base(ledger.resource(key) or SharedResource(key, sealed.person_id), one, versions[key], "", sealed.id)
            for key, one in sent.items()
        )
    )
    return _done(ledger, setup, sealed)


def settle_by_reading(setup: Setup, tally: Tally, sealed: ChangeSet) -> Steps[Sent | Stopped]:
    """The change-set is on the server: read what it wrote, and whatever others have made of it since."""
    got = yield from read_by_name(list(written(sealed)))
    if isinstance(got, Stopped):
        return got
    whole: Whole = yield Transaction(_settle_as_read, setup, sealed, got)
    tally.sent += 1
    if whole is Whole.NOT_YET:
        return (yield from refresh(setup, sealed.person_id)) or Sent.DONE
    return Sent.DONE


def _settle_unheard(setup: Setup, tally: Tally, sealed: ChangeSet) -> Steps[Sent | Stopped]:
    """The change-set is on the server, and the server's answer to it was not heard.

    Whether it replaced what it should have is then seen from the rest: all that the manifest names must be there.
    """
    settled = yield from settle_by_reading(setup, tally, sealed)
    if isinstance(settled, Stopped) or not setup.abilities.begins_at_0:
        return settled
    named: list[str] = yield Transaction(_named, sealed.person_id)
    got = yield from read_by_name(named)
    if isinstance(got, Stopped):
        return got
    if None in got.values():
        yield Transaction(begin_anew, setup)
        return SET_BACK
    return settled


def _named(ledger: Ledger, person_id: str) -> list[str]:
    manifest = ledger.resource(manifest_key(person_id))
    return list(stamps_in(manifest.base)) if manifest is not None else []


def _settle_as_read(ledger: Ledger, setup: Setup, sealed: ChangeSet, got: Mapping[str, JSON | None]) -> Whole:
    for key, sent in written(sealed).items():
        known = ledger.resource(key) or SharedResource(key, sealed.person_id)
        there = got.get(key)
        if there is not None and stamp_of(there) == sealed.id:
            ledger.put_resources(_with_base(known, there, version_of(there), updated_of(there), sealed.id))
        else:
            # Somebody wrote after us: our own version is what theirs follows.
            ledger.put_resources(_with_base(known, sent, "", "", sealed.id))
            if there is not None:
                stage(ledger, there, asked_for=key)
    return _done(ledger, setup, sealed)


def _with_base(known: SharedResource, base: JSON, version: str, updated: str, change_set: str) -> SharedResource:
    """What is known of a resource once the server has what was sent; a newer version that came meanwhile stays."""
    ours = known.seen is None or stamp_of(known.seen) == change_set or known.seen_version == version
    settled = SharedResource(known.key, known.person_id, base, version, updated or known.base_updated)
    if ours:
        return settled
    return replace(settled, seen=known.seen, seen_version=known.seen_version, seen_updated=known.seen_updated)


def _done(ledger: Ledger, setup: Setup, sealed: ChangeSet) -> Whole:
    now = setup.now().isoformat()
    ledger.put_change_set(replace(sealed, state="done", done_at=now, bundle={}))
    ledger.put_person(replace(ledger.person(sealed.person_id), last_sent=now, trouble=""))
    ledger.note("shared", sealed.person_id, {"change-set": sealed.id, "resources": len(sealed.bundle["entry"])})
    _papers_are_due(ledger, setup, sealed)
    has_seen, is_unsure = ledger.unsettled(sealed.person_id)
    if has_seen:
        return reconcile(ledger, setup, sealed.person_id)
    return Whole.NOT_YET if is_unsure else Whole.YES


def _papers_are_due(ledger: Ledger, setup: Setup, sealed: ChangeSet) -> None:
    if setup.papers and any(key.startswith(ENTRY) for key in written(sealed)):
        ledger.set_mark(PAPERS_DUE + sealed.person_id, setup.now().isoformat())


def written(sealed: ChangeSet) -> dict[str, JSON]:
    """What a change-set writes, by key, without its receipt, the door it went through, and what is never read back
    (Binaries)."""
    resources = {key_of(entry["resource"]): entry["resource"] for entry in sealed.bundle["entry"]}
    left_out = (f"Provenance/{sealed.id}", door_key(sealed.person_id))
    return {k: resource for k, resource in resources.items() if k not in left_out and not k.startswith("Binary/")}


def settle_doubts(setup: Setup, tally: Tally) -> Steps[Stopped | None]:
    """Find out what became of change-sets that may have been on their way when the last exchange ended.

    Whether a request may still take effect is decided before the receipt is asked for: asked the other way about, it
    could take effect in between. A guarded one (all but those of earlier versions of this program) can change nothing
    once others have been written.
    """
    doubtful: list[ChangeSet] = yield Transaction(lambda ledger: list(ledger.change_sets("sent")))
    for sealed in doubtful:
        dead = setup.now() - datetime.fromisoformat(sealed.sent_at) > setup.request_life
        there = yield from receipt_exists(sealed.id)
        if isinstance(there, Stopped):
            return there
        if there:
            settled = yield from _settle_unheard(setup, tally, sealed)
            if isinstance(settled, Stopped):
                return settled
        elif dead or sealed.guarded:
            yield Transaction(_drop, setup, sealed)
    return None


def _drop(ledger: Ledger, setup: Setup, sealed: ChangeSet) -> None:
    """The change-set is not on the server: its edits wait as they did before, and are looked at anew.

    It may still arrive, and nothing waits then any more; its PDF and its scans are due all the same.
    """
    ledger.put_change_set(replace(sealed, state="dropped"))
    _papers_are_due(ledger, setup, sealed)
    person = ledger.person(sealed.person_id)
    ledger.put_person(replace(person, waiting_since=person.waiting_since or setup.now().isoformat()))
