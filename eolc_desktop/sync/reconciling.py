"""Bringing what was received together with what stands on this laptop: one person, whole, in one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from uuid import uuid4

from eolc_desktop.care_plan.conflicts import Conflict
from eolc_desktop.care_plan.leaving import Hold
from eolc_desktop.care_plan.merge import Line, merge
from eolc_desktop.care_plan.plan import ENTRY_ITSELF
from eolc_desktop.care_plan.said import Place, Said, Version, plan_from
from eolc_desktop.record.exchange import SharedResource
from eolc_desktop.record.exchange_marks import FILES_WANTED, PAPERS_DUE
from eolc_desktop.sync.conflict_task import conflict_in, task_key
from eolc_desktop.sync.effects import JSON
from eolc_desktop.sync.names import manifest_key, person_of, stamp_of, stamps_in
from eolc_desktop.sync.ports import Ledger, Setup, Unreadable

ENTRY = "QuestionnaireResponse/"
TASK = "Task/"


class Whole(StrEnum):
    """Whether everything of a person's newest version is here."""

    YES = "yes"
    NOT_YET = "not_yet"  # something that the manifest names has not come: it has to be read by name
    BUSY = "busy"  # a change-set of the person may be on its way: first it has to be known what became of it
    IN_DOUBT = "in_doubt"  # what is recorded here is not as it was written: nothing is added to it


def is_whole(held: Mapping[str, SharedResource], person_id: str) -> bool:
    """Whether every entry that the newest manifest names is here as the manifest says."""
    manifest = held.get(manifest_key(person_id))
    if manifest is None or manifest.latest is None:
        return True
    for key, stamp in stamps_in(manifest.latest).items():
        if not key.startswith((ENTRY, TASK)):
            continue  # what other systems write too: their versions have no stamp of ours
        known = held.get(key)
        if known is None or known.latest is None or stamp_of(known.latest) != stamp:
            return False
    named = stamps_in(manifest.latest)
    for key, known in held.items():
        unnamed = key.startswith((ENTRY, TASK)) and key not in named and known.latest is not None
        if known.is_unsure or (unnamed and (known.seen is not None or manifest.seen is not None)):
            # Its version has to be asked for, or the manifest that names it has not come, or names it no more: then
            # the server was set back, and whoever wrote the manifest did not know of it.
            return False
    return True


def reconcile(
    ledger: Ledger, setup: Setup, person_id: str, *, as_read: bool = False, without_manifest: bool = False
) -> Whole:
    """Merge what was received about one person into their plan.

    A plan is never half new: nothing is merged until all of the newest version is here, unless `as_read` says that
    the server itself, asked by name, has it so. `without_manifest` takes what a first share that is not whole yet, or
    a server that was set back, has of a person whom this laptop knows.
    """
    if ledger.change_sets("sent", person_id):
        return Whole.BUSY
    if ledger.in_doubt(person_id):
        ledger.put_person(replace(ledger.person(person_id), hold=Hold.IN_DOUBT.value))
        return Whole.IN_DOUBT
    held = ledger.resources(person_id)
    manifest = held.get(manifest_key(person_id))
    listed = manifest.latest if manifest is not None else None
    if listed is None and not without_manifest:
        ledger.put_person(replace(ledger.person(person_id), staged=False))
        return Whole.YES
    if not as_read and not is_whole(held, person_id):
        return Whole.NOT_YET
    named = stamps_in(listed) if listed is not None else dict.fromkeys(held, "")
    base: dict[Place, Said] = {}
    theirs: dict[Place, Said] = {}
    trouble = ""
    taken: list[SharedResource] = []
    for key, known in held.items():
        if not key.startswith(ENTRY):
            taken.append(known)
            continue
        before = decoded(setup, known.base, person_id) if known.base is not None else {}
        now = before
        if known.seen is not None and (as_read or key in named):
            try:
                now = decoded(setup, known.seen, person_id)
                taken.append(known)
            except Unreadable as error:
                trouble = str(error)
        base |= before
        theirs |= now
    mine = ledger.version(person_id)
    merged = merge(setup.catalogue, base, mine, theirs, ledger.known(person_id))
    ledger.append(person_id, merged.lines)
    if setup.papers:
        _look_after_files(ledger, setup, person_id, merged.lines)
    for clash in merged.clashes:
        conflict = Conflict(uuid4().hex, person_id, clash.unit, clash.items, setup.now(), setup.author)
        ledger.put_conflict(conflict)
        ledger.note("found a conflict", person_id, {"conflict": conflict.id, "items": len(clash.items)})
    for place in merged.agreed:
        ledger.note("recorded alike by two", person_id, {"section": place[0], "entry": place[1], "field": place[2]})
    if joined := [line for line in merged.lines if line.is_ours]:
        ledger.note("kept beside what another recorded", person_id, {"lines": len(joined)})
    newer = [known for known in taken if known.seen is not None]
    for known in newer:
        trouble = _take_conflict(ledger, known, person_id) or trouble
    ledger.follow(newer)
    person = ledger.person(person_id)
    ledger.put_person(
        replace(
            person,
            staged=False,
            trouble=trouble,
            waiting_since=person.waiting_since or setup.now().isoformat(),
            last_received=setup.now().isoformat(),
        )
    )
    if (
        listed is not None
    ):  # of a share that is not whole yet, what others read says more than the entries that are there
        _look_for_proposals(ledger, setup, person_id, theirs)
    return Whole.YES


def decoded(setup: Setup, resource: JSON, person_id: str) -> Version:
    """The version that a resource carries. Raises Unreadable, also when it is about somebody else (T6)."""
    if person_of(resource) != person_id:
        raise Unreadable("An entry in the shared record is about somebody else.")
    return setup.codec.decode(resource)


def _take_conflict(ledger: Ledger, known: SharedResource, person_id: str) -> str:
    """Keep a conflict that another laptop found or settled. Returns what is wrong with it, in words."""
    if not known.key.startswith(TASK) or known.seen is None:
        return ""
    try:
        theirs = conflict_in(known.seen)
    except Unreadable as error:
        return str(error)
    if theirs is None:
        return ""
    mine = next((c for c in ledger.conflicts(person_id) if c.id == theirs.id), None)
    if (mine is None or not theirs.is_open) and mine != theirs:
        ledger.put_conflict(theirs)
        state = "open" if theirs.is_open else "settled"
        ledger.note("received a conflict", person_id, {"conflict": theirs.id, "state": state})
    return ""


def _look_for_proposals(ledger: Ledger, setup: Setup, person_id: str, shared: Version) -> None:
    """Keep what other systems changed, where the shared plan itself says something else."""
    if setup.projection is None or not shared:
        return
    held = ledger.resources(person_id)
    seen = raw_of(held)
    known = {proposal.id for proposal in ledger.proposals(person_id)}
    plan = plan_from(person_id, setup.catalogue, shared, setup.now())
    for proposal in setup.projection.proposals(plan, seen):
        if proposal.id not in known:
            ledger.put_proposal(proposal)
            ledger.note("received a proposal", person_id, {"resource": proposal.key})


def raw_of(held: Mapping[str, SharedResource]) -> dict[str, JSON]:
    """The newest raw JSON of what other systems read and write, by key; documents are `sync.papers`’ own."""
    return {
        key: known.latest
        for key, known in held.items()
        if known.latest is not None and not key.startswith((ENTRY, "List/", "DocumentReference/"))
    }


def waiting_conflicts(ledger: Ledger, person_id: str, held: Mapping[str, SharedResource]) -> Sequence[Conflict]:
    """The conflicts that the shared record does not hold yet as they stand here."""
    found = []
    for conflict in ledger.conflicts(person_id):
        known = held.get(task_key(conflict))
        try:
            there = conflict_in(known.base) if known is not None and known.base is not None else None
        except Unreadable:
            continue
        if there != conflict:
            found.append(conflict)
    return found


def _look_after_files(ledger: Ledger, setup: Setup, person_id: str, lines: Sequence[Line]) -> None:
    """A file that the plan names now is wanted here; one that stands again may be on this laptop alone, and is due."""
    moved = {place[2] for place in (line.place for line in lines) if place[0] == "documents"}
    if moved & {"sha256", ENTRY_ITSELF}:
        ledger.set_mark(FILES_WANTED + person_id, setup.now().isoformat())
    if ENTRY_ITSELF in moved:
        ledger.set_mark(PAPERS_DUE + person_id, setup.now().isoformat())
