"""Reading one person by name: the answers are the truth, whatever a search said, and however a version number went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from eolc_desktop.record.exchange import SharedResource
from eolc_desktop.sync.asking import Stopped, read_by_name
from eolc_desktop.sync.effects import JSON, Steps, Transaction
from eolc_desktop.sync.names import manifest_key, stamp_of, stamps_in, version_of
from eolc_desktop.sync.ports import Ledger, Setup
from eolc_desktop.sync.reconciling import ENTRY, TASK, Whole, reconcile
from eolc_desktop.sync.restoring import SET_BACK, begin_anew, went_back
from eolc_desktop.sync.staging import stage

NOT_THEIRS = "Something in the shared record that should be about this person is not. Nothing of it was taken in."
ROUNDS = 3
"""How often a person is read anew in one exchange when others keep writing."""


class Look(StrEnum):
    """What is seen of what was read by name, before anything of it is taken over."""

    SET_BACK = "set_back"  # it is older than what the server had
    REFUSED = "refused"  # it is not about this person


def refresh(
    setup: Setup, person_id: str, begun: Sequence[str] = (), *, believes_nothing: bool = False
) -> Steps[Stopped | None]:
    """Read one person by name, as `refresh_all` does. `begun` names what this laptop is about to begin: it may be there
    although this laptop has never seen it."""
    return (yield from refresh_all(setup, {person_id: begun}, believes_nothing=believes_nothing))


def refresh_all(
    setup: Setup, people: Mapping[str, Sequence[str]], *, believes_nothing: bool = False, just_searched: bool = False
) -> Steps[Stopped | None]:
    """Read people by name, from their manifests on, until manifest and entries fit, and merge each. On a busy morning
    these are many, so they are asked for together.

    The answers are the truth even where a version number went down. An entry that still does not fit when nothing has
    moved was written by another program, and is taken as it is. Beside each person stands what this laptop is about to
    begin. With `believes_nothing` all of them is read, also what is held here as the manifest says: the manifest of a
    server that was set back can name what went with it. With `just_searched` what other systems write too is not read
    again where it bears the stamp that the manifest names: reading by name costs a server ten times what a search does.
    """
    left = dict(people)
    before: dict[str, str] = {}
    for _round in range(ROUNDS + 1):
        listed = yield from read_by_name([manifest_key(person_id) for person_id in left])
        if isinstance(listed, Stopped):
            return listed
        wanted: dict[str, list[str]] = {}
        for person_id in list(left):
            manifest = listed[manifest_key(person_id)]
            if manifest is None:
                stopped = yield from _without_manifest(setup, person_id, left.pop(person_id))
                if stopped is not None:
                    return stopped
                continue
            look: list[str] | Look = yield Transaction(
                _to_read, setup, person_id, manifest, left[person_id], believes_nothing, just_searched
            )
            if look is Look.SET_BACK:
                return SET_BACK
            if look is Look.REFUSED:
                del left[person_id]
            else:
                wanted[person_id] = look
        got = yield from read_by_name([key for keys in wanted.values() for key in keys])
        if isinstance(got, Stopped):
            return got
        for person_id, keys in wanted.items():
            version = version_of(listed[manifest_key(person_id)] or {})
            unmoved = version == before.get(person_id)
            whole: Whole | Look = yield Transaction(
                _take_read, setup, person_id, {key: got[key] for key in keys}, unmoved
            )
            if whole is Look.SET_BACK:
                return SET_BACK
            if whole is not Whole.NOT_YET:
                del left[person_id]
            before[person_id] = version
        if not left:
            return None
    return None


def _to_read(
    ledger: Ledger,
    setup: Setup,
    person_id: str,
    listed: JSON,
    begun: Sequence[str],
    believes_nothing: bool,
    just_searched: bool,
) -> list[str] | Look:
    """What has to be read by name beside the manifest, or what the manifest itself shows."""
    manifest = ledger.resource(manifest_key(person_id))
    if manifest is not None and went_back(listed, manifest.base_updated):
        begin_anew(ledger, setup)
        return Look.SET_BACK
    if not stage(ledger, listed, asked_for=manifest_key(person_id)):
        _not_theirs(ledger, person_id)
        return Look.REFUSED
    held = ledger.resources(person_id)
    stamps = stamps_in(listed)
    wanted = []
    for key, stamp in stamps.items():
        known = held.get(key)
        # What others write too may bear our stamp and have been changed all the same: only a search can have told that.
        is_here = known is not None and known.latest is not None and stamp_of(known.latest) == stamp
        if not is_here or not (just_searched or key.startswith((ENTRY, TASK))):
            wanted.append(key)
    for key, known in held.items():
        # What no manifest names may be gone, or have been written again on a server that was set back.
        came = known.base is not None or (known.seen is not None and key.startswith((ENTRY, TASK)))
        if known.is_unsure or (came and key not in stamps):
            wanted.append(key)
    wanted += [key for key in begun if believes_nothing or key not in held or held[key].latest is None]
    return list(dict.fromkeys(key for key in wanted if key != manifest_key(person_id)))


def _take_read(
    ledger: Ledger, setup: Setup, person_id: str, got: Mapping[str, JSON | None], as_read: bool
) -> Whole | Look:
    held = ledger.resources(person_id)
    if any(r is not None and key in held and went_back(r, held[key].base_updated) for key, r in got.items()):
        begin_anew(ledger, setup)
        return Look.SET_BACK
    refused = False
    for key, resource in got.items():
        if resource is not None:
            refused = not _stage_begun(ledger, person_id, key, resource) or refused
        elif (known := ledger.resource(key)) is not None:
            ledger.put_resources(SharedResource(known.key, known.person_id))
    if refused:
        _not_theirs(ledger, person_id)
        return Whole.YES
    return reconcile(ledger, setup, person_id, as_read=as_read)


def _not_theirs(ledger: Ledger, person_id: str) -> None:
    """Something that bears a name of this person's record is not about them: nothing of what was read is taken over.

    It is read anew at each exchange, and nothing is sent about them until it is put right: whose record it is, is not
    certain (decision 6).
    """
    ledger.put_person(replace(ledger.person(person_id), trouble=NOT_THEIRS, staged=True))


def _stage_begun(ledger: Ledger, person_id: str, key: str, resource: JSON) -> bool:
    """Put what was read by name beside what is known, also where this laptop has never seen it: its name is ours.

    False when it is not what was asked for, or not about this person.
    """
    if ledger.resource(key) is None:
        ledger.put_resources(SharedResource(key, person_id))
    return bool(stage(ledger, resource, asked_for=key))


def _without_manifest(setup: Setup, person_id: str, begun: Sequence[str]) -> Steps[Stopped | None]:
    """The server has no manifest of the person: a first share that is not whole yet, or a server that was set back.

    Nothing is taken from here for that: what the server has is followed, and all the rest waits to be sent.
    """
    held: list[str] = yield Transaction(lambda ledger: list(ledger.resources(person_id)))
    got = yield from read_by_name([key for key in dict.fromkeys([*held, *begun]) if key != manifest_key(person_id)])
    if isinstance(got, Stopped):
        return got
    stopped: Stopped | None = yield Transaction(_lost, setup, person_id, got)
    return stopped


def _lost(ledger: Ledger, setup: Setup, person_id: str, got: Mapping[str, JSON | None]) -> Stopped | None:
    manifest = ledger.resource(manifest_key(person_id))
    if manifest is not None and manifest.base is not None:
        begin_anew(ledger, setup)  # it was there once: what others wrote about others may be gone as well
        return SET_BACK
    for known in ledger.resources(person_id).values():
        ledger.put_resources(SharedResource(known.key, known.person_id))
    for key, there in got.items():
        if there is not None:
            _stage_begun(ledger, person_id, key, there)
    if reconcile(ledger, setup, person_id, without_manifest=True) is Whole.IN_DOUBT:
        return None
    person = ledger.person(person_id)
    since = person.waiting_since or setup.now().isoformat()
    ledger.put_person(replace(person, staged=False, waiting_since=since))
    return None
