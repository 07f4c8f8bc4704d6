"""Putting together what is sent: one person, one transaction Bundle, checked against what may leave this laptop."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from uuid import uuid4

from eolc_desktop.care_plan.conflicts import Conflict
from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.leaving import CONSENT_TO_SHARE, Hold, Leaving, what_may_leave
from eolc_desktop.care_plan.merge import is_waiting
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.rules import Setting
from eolc_desktop.care_plan.said import Place, Said, Version, content, origin, plan_from
from eolc_desktop.record.exchange import ChangeSet, SharedResource
from eolc_desktop.sync.bundles import bundle_of, carried_over, superseded
from eolc_desktop.sync.conflict_task import task_key, task_of
from eolc_desktop.sync.effects import JSON
from eolc_desktop.sync.names import (
    bare,
    door,
    entry_key,
    key_of,
    manifest,
    manifest_key,
    stamp_of,
    stamped,
    stamps_in,
)
from eolc_desktop.sync.ports import Ledger, Setup, Unreadable
from eolc_desktop.sync.reconciling import ENTRY, TASK, decoded, raw_of, waiting_conflicts

MOST_ENTRIES = "most entries"
"""The mark that remembers how many entries a server takes at a time, where it took fewer than it was thought to."""


@dataclass(frozen=True, slots=True)
class WaitingEntry:
    """One entry that says something the shared record does not: what would be sent, and which places of it are new."""

    section: str
    entry: str
    part: Version
    new: frozenset[Place]
    group: str


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What would leave about one person now. Sending and the outbox both read this, and nothing else.

    `plan` holds what may leave and nothing else: other systems' resources, and the words of links, are made from it.
    `undecided` are all open conflicts that may be told; `untold` that there is one which may not. `number` is the NHS
    number as it is recorded here.
    """

    person_id: str
    leaving: Leaving
    entries: tuple[WaitingEntry, ...]
    conflicts: tuple[Conflict, ...]
    plan: Plan
    undecided: tuple[Conflict, ...] = ()
    untold: bool = False
    number: str = ""

    @property
    def places(self) -> frozenset[Place]:
        """Every value that would be sent and is not in the shared record yet."""
        return frozenset(place for entry in self.entries for place in entry.new)


def outgoing(ledger: Ledger, setup: Setup, person_id: str) -> Outgoing:
    """Work out what would leave about one person now."""
    version = ledger.version(person_id)
    held = ledger.resources(person_id)
    plan = plan_from(person_id, setup.catalogue, version, setup.now())
    number = plan.text("person", "nhs_number")
    others = ledger.others_with_number(person_id, number)
    shared = held.get(manifest_key(person_id))
    decide = partial(
        what_may_leave,
        plan,
        setting=Setting(training=setup.training, others_with_this_number=others),
        shared_before=shared is not None and shared.base is not None,
        disputed=disputed(ledger, person_id),
    )
    leaving = decide(version)
    parts: dict[tuple[str, str], dict[Place, Said]] = {}
    for place, said in version.items():
        if leaving.may_leave(place):
            parts.setdefault(place[:2], {})[place] = said
    entries = []
    for (section, entry), part in parts.items():
        known = held.get(entry_key(person_id, section, entry))
        if known is not None and known.seen is not None:
            continue  # received and not merged, or not readable: nothing is written over it
        try:
            base = decoded(setup, known.base, person_id) if known is not None and known.base is not None else {}
        except Unreadable:
            continue
        new = {place: said for place, said in part.items() if is_waiting(base.get(place), said, place)}
        if new:
            # What is kept back neither comes nor goes: the shared record keeps what it had.
            entries.append(WaitingEntry(section, entry, {**base, **new}, frozenset(new), _group(setup, new)))
    entries.sort(key=lambda waiting: (not waiting.group, waiting.group))
    is_open = [c for c in ledger.conflicts(person_id) if c.is_open]
    told = [c for c in waiting_conflicts(ledger, person_id, held) if all(map(whole(decide), sides(c)))]
    undecided = [c for c in is_open if all(map(whole(decide), sides(c)))]
    leaves = plan
    if len(leaving.places) < len(version):
        leaves = plan_from(person_id, setup.catalogue, version, setup.now(), leaving.places)
    untold = len(undecided) < len(is_open)
    return Outgoing(person_id, leaving, tuple(entries), tuple(told), leaves, tuple(undecided), untold, number)


def whole(decide: Callable[[Version], Leaving]) -> Callable[[Version], bool]:
    """Whether everything of a version may leave."""
    return lambda version: decide(version).places == frozenset(version)


def sides(conflict: Conflict) -> list[Version]:
    """The versions that a conflict holds: each of them would be told with it."""
    found = [[(i.place, i.base) for i in conflict.items], [(i.place, i.mine) for i in conflict.items]]
    found.append([(i.place, i.theirs) for i in conflict.items])
    return [{place: said for place, said in side if said is not None} for side in found]


def disputed(ledger: Ledger, person_id: str) -> list[Value]:
    """Every answer on consent to share in conflicts that nobody has settled."""
    return [
        content(said, item.place)
        for conflict in ledger.conflicts(person_id)
        if conflict.is_open
        for item in conflict.items
        if item.place == CONSENT_TO_SHARE
        for said in (item.mine, item.theirs)
    ]


def _group(setup: Setup, places: Version) -> str:
    for section, _entry, key in places:
        field = setup.catalogue.field(section, key)
        if field is not None and field.coherence_group:
            return field.coherence_group
    return ""


def to_be_written(ledger: Ledger, setup: Setup, person_id: str) -> list[str]:
    """The keys of what would be written about one person now, without the manifest."""
    going = outgoing(ledger, setup, person_id)
    if not going.entries and not going.conflicts:
        return []
    projected = _projected(ledger, setup, going, ledger.resources(person_id))
    entries = [entry_key(person_id, waiting.section, waiting.entry) for waiting in going.entries]
    return [*map(key_of, projected), *entries, *map(task_key, going.conflicts)]


@dataclass(slots=True)
class Ready:
    """What would leave about one person, worked out ahead while the server was busy with somebody else's.

    It is a memory and nothing more: it is used only where everything that it was made from is as it was, so that
    consent, and what is kept back, count at the moment of sending. `made` are entries as they travel, by key. `bases`
    says of everything, also of what is not to be written, which versions of the server's it was made from: reading by
    name may have merged what stood in the way before, and the journal does not show that.
    """

    going: Outgoing
    projected: Mapping[str, JSON]
    looked_at: tuple[object, ...]
    bases: Mapping[str, tuple[str, str, str]]
    made: dict[str, JSON]

    def holds(self, ledger: Ledger, held: Mapping[str, SharedResource]) -> bool:
        """Whether nothing has come in between."""
        person_id = self.going.person_id
        if looked_at(ledger, person_id, self.going.number) != self.looked_at or ledger.person(person_id).staged:
            return False
        return all(_versions(held.get(key)) == versions for key, versions in self.bases.items())

    def without(self, written: Mapping[str, JSON]) -> Ready:
        """What is left of it once a change-set is there."""
        going = self.going
        entries = tuple(e for e in going.entries if entry_key(going.person_id, e.section, e.entry) not in written)
        conflicts = tuple(c for c in going.conflicts if task_key(c) not in written)
        bases = {key: versions for key, versions in self.bases.items() if key not in written}
        made = {key: one for key, one in self.made.items() if key not in written}
        return Ready(replace(going, entries=entries, conflicts=conflicts), {}, self.looked_at, bases, made)


def looked_at(ledger: Ledger, person_id: str, number: str) -> tuple[object, ...]:
    """Everything on this laptop that decides what may leave about a person, beside what the server has."""
    others = ledger.others_with_number(person_id, number)
    # Of a proposal nothing changes but what is decided.
    proposals = tuple((p.id, p.accepted, p.decided_at) for p in ledger.proposals(person_id))
    return ledger.journal_head(person_id), others, tuple(ledger.conflicts(person_id)), proposals


def _versions(known: SharedResource | None) -> tuple[str, str, str]:
    """Which version of a resource the server had, and which change-set wrote it; and which was received since."""
    return (known.base_version, stamp_of(known.base), known.seen_version) if known is not None else ("", "", "")


def prepare(ledger: Ledger, setup: Setup, person_id: str) -> Ready:
    """Work out what would leave about one person now, and write as much of it as FHIR as goes first."""
    going = outgoing(ledger, setup, person_id)
    held = ledger.resources(person_id)
    decided = any(proposal.accepted is not None for proposal in ledger.proposals(person_id))
    projected = {key_of(r): r for r in _projected(ledger, setup, going, held)} if going.entries or decided else {}
    keys = [*held, *projected, *(entry_key(person_id, e.section, e.entry) for e in going.entries)]
    bases = {key: _versions(held.get(key)) for key in keys}
    ready = Ready(going, projected, looked_at(ledger, person_id, going.number), bases, {})
    write_ahead(ledger, setup, ready)
    return ready


def write_ahead(ledger: Ledger, setup: Setup, ready: Ready) -> None:
    """Write those entries as FHIR that go with the next change-set."""
    held = ledger.resources(ready.going.person_id)
    for waiting in _as_many_as_fit(ready.going.entries, _room(ledger, setup) - len(ready.projected)):
        _as_sent(setup, ready, waiting, held)


def _room(ledger: Ledger, setup: Setup) -> int:
    most = min(setup.abilities.most_entries, int(ledger.mark(MOST_ENTRIES) or setup.abilities.most_entries))
    return max(most - 2, 1)


def _as_sent(setup: Setup, ready: Ready, waiting: WaitingEntry, held: Mapping[str, SharedResource]) -> JSON:
    person_id = ready.going.person_id
    key = entry_key(person_id, waiting.section, waiting.entry)
    if key not in ready.made:
        part = {place: _sent(said) for place, said in waiting.part.items()}
        fresh = setup.codec.encode(person_id, waiting.section, waiting.entry, part, ready.going.plan.links)
        known = held.get(key)
        before = known.base if known is not None and known.base is not None else {}
        ready.made[key] = carried_over({**fresh, "id": key.partition("/")[2]}, before)
    return ready.made[key]


def seal(
    ledger: Ledger, setup: Setup, person_id: str, door_version: str = "", ahead: dict[str, Ready] | None = None
) -> ChangeSet | None:
    """Freeze the next change-set of a person and note that it may be on its way; None when there is nothing to send.

    The first share of a long plan takes several: each is then whole in itself, and the manifest, without which no
    other laptop takes any of it over, comes with the last. It needs the `door_version` where the server does not guard
    the beginning of a record itself (`sync.beginning`). `ahead` holds what was worked out ahead, by person.
    """
    ahead = ahead if ahead is not None else {}
    held = ledger.resources(person_id)
    ready = ahead.pop(person_id, None)
    if ready is None or not ready.holds(ledger, held):
        ready = prepare(ledger, setup, person_id)
    going = ready.going
    hold = going.leaving.hold.value if going.leaving.hold else ""
    tasks = [(task_key(conflict), task_of(setup.catalogue, conflict)) for conflict in going.conflicts]
    written = dict(ready.projected)
    shared = held.get(manifest_key(person_id))
    first = shared is None or shared.base is None
    keeps_manifest = (first and going.leaving.hold is not None) or not is_amiss(held, shared)
    if not going.entries and not tasks and not written and keeps_manifest:
        rest(ledger, person_id, going.leaving.hold)
        return None
    through_door = first and not setup.abilities.begins_once
    if through_door and not door_version:
        return None  # recorded since the door was looked for: the next exchange looks for it
    change_set = uuid4()
    room = max(_room(ledger, setup) - through_door, 1)
    entries = _as_many_as_fit(going.entries, room - len(written))
    for waiting in entries:
        written[entry_key(person_id, waiting.section, waiting.entry)] = _as_sent(setup, ready, waiting, held)
    for key, task in tasks[: max(room - len(written), 0)]:
        written[key] = task
    if entries and setup.papers and len(written) < room:
        written |= superseded(held, person_id)
    is_last = len(entries) == len(going.entries)
    if is_last or not first:
        named = stamps_in(shared.base if shared is not None else None)
        stamps = {key: stamp for key, stamp in named.items() if not _is_gone(held, key)}
        # Tasks too: they can have gone with an earlier part of a first share, and what is not named must be asked for.
        stamps |= {k: stamp_of(r.base) for k, r in held.items() if r.base is not None and k.startswith((ENTRY, TASK))}
        stamps |= dict.fromkeys(written, str(change_set))
        written[manifest_key(person_id)] = manifest(person_id, stamps)
    bundle = bundle_of(setup, str(change_set), written, held, _lines_of(entries))
    if through_door:
        passed = stamped(door(person_id), str(change_set))
        request = {"method": "PUT", "url": key_of(passed), "ifMatch": f'W/"{door_version}"'}
        bundle["entry"].insert(0, {"resource": passed, "request": request})
    sent = on_its_way(ledger, setup, person_id, str(change_set), bundle)
    ledger.put_person(replace(ledger.person(person_id), hold=hold))
    ahead[person_id] = ready.without(written)
    return sent


def rest(ledger: Ledger, person_id: str, hold: Hold | None) -> None:
    """Note that nothing about a person waits to be sent."""
    ledger.put_person(replace(ledger.person(person_id), hold=hold.value if hold else "", waiting_since=""))


def is_amiss(held: Mapping[str, SharedResource], shared: SharedResource | None) -> bool:
    """Whether the manifest does not name just what the server has, although nothing of it is to be sent.

    The server was set back in between, and what went with it may not leave any more; or the rest of a first share is
    kept back now: what is there is whole without it.
    """
    named = stamps_in(shared.base if shared is not None else None)
    unnamed = (known.base is not None and key.startswith(ENTRY) and key not in named for key, known in held.items())
    return any(unnamed) or any(_is_gone(held, key) for key in named)


def _is_gone(held: Mapping[str, SharedResource], key: str) -> bool:
    """Whether the server does not have what a manifest that was merged names: all of it was read by name then."""
    known = held.get(key)
    return key.startswith((ENTRY, TASK)) and (known is None or known.latest is None)


def _as_many_as_fit(entries: Sequence[WaitingEntry], room: int) -> Sequence[WaitingEntry]:
    """The first entries, as many as fit, without parting those that are read together where that can be helped."""
    if len(entries) <= room:
        return entries
    room = max(room, 1)
    cut = room
    while cut > 0 and entries[cut - 1].group and entries[cut - 1].group == entries[cut].group:
        cut -= 1
    return entries[: cut or room]


def _sent(said: Said) -> Said:
    """A value as it travels: named by the change that recorded it, not by a line that repeats it."""
    return replace(said, item=replace(said.item, change_id=origin(said.item.change_id)))


def _lines_of(entries: Sequence[WaitingEntry]) -> list[Said]:
    return [waiting.part[place] for waiting in entries for place in sorted(waiting.new)]


def _projected(ledger: Ledger, setup: Setup, going: Outgoing, held: Mapping[str, SharedResource]) -> Sequence[JSON]:
    """What other systems read, as it should stand after this change-set, where that differs from what they have.

    What another system changed and nobody has decided on yet is left alone.
    """
    if setup.projection is None or (going.leaving.hold and not going.leaving.consent_only):
        return ()
    undecided = {p.key for p in ledger.proposals(going.person_id) if p.accepted is None}
    found = []
    for resource in setup.projection.resources(going.plan, raw_of(held)):
        key = key_of(resource)
        known = held.get(key)
        if key in undecided or (known is not None and known.seen is not None):
            continue
        if going.leaving.consent_only and resource.get("resourceType") != "Consent":
            continue  # nothing else may be made from a plan of which only the consent may leave
        if known is None or known.base is None or bare(known.base) != bare(resource):
            found.append(resource)
    return found


def on_its_way(ledger: Ledger, setup: Setup, person_id: str, change_set: str, bundle: JSON) -> ChangeSet:
    """Note a change-set, before anything of it leaves, as one that the server may have."""
    sent = ChangeSet(
        id=change_set,
        person_id=person_id,
        state="sent",
        bundle=bundle,
        journal_head=ledger.journal_head(person_id),
        sent_at=setup.now().isoformat(),
    )
    ledger.put_change_set(sent)
    return sent
