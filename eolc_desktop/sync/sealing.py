"""Putting together what is sent: one person, one transaction Bundle, checked against what may leave this laptop."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from uuid import uuid4

from eolc_desktop.care_plan.conflicts import Conflict
from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.leaving import CONSENT_TO_SHARE, Leaving, what_may_leave
from eolc_desktop.care_plan.merge import is_waiting
from eolc_desktop.care_plan.plan import Author, Plan
from eolc_desktop.care_plan.rules import Setting
from eolc_desktop.care_plan.said import Place, Said, Version, content, origin, plan_from
from eolc_desktop.fhir.addresses import EXTENSION
from eolc_desktop.record.exchange import ChangeSet, SharedResource
from eolc_desktop.sync.conflict_task import task_key, task_of
from eolc_desktop.sync.effects import JSON
from eolc_desktop.sync.names import (
    bare,
    door,
    entry_key,
    key_of,
    manifest,
    manifest_key,
    paper_key,
    stamp_of,
    stamped,
    stamps_in,
)
from eolc_desktop.sync.ports import Ledger, Setup, Unreadable
from eolc_desktop.sync.reconciling import ENTRY, decoded, raw_of, waiting_conflicts

CHANGE = f"{EXTENSION}/change"
"""The extension of a receipt that names a line of the journal that went with it."""
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
    `undecided` are all open conflicts that may be told; `untold` that there is one which may not.
    """

    person_id: str
    leaving: Leaving
    entries: tuple[WaitingEntry, ...]
    conflicts: tuple[Conflict, ...]
    plan: Plan
    undecided: tuple[Conflict, ...] = ()
    untold: bool = False

    @property
    def places(self) -> frozenset[Place]:
        """Every value that would be sent and is not in the shared record yet."""
        return frozenset(place for entry in self.entries for place in entry.new)


def outgoing(ledger: Ledger, setup: Setup, person_id: str) -> Outgoing:
    """Work out what would leave about one person now."""
    version = ledger.version(person_id)
    held = ledger.resources(person_id)
    plan = plan_from(person_id, setup.catalogue, version, setup.now())
    others = ledger.others_with_number(person_id, plan.text("person", "nhs_number"))
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
    return Outgoing(person_id, leaving, tuple(entries), tuple(told), leaves, tuple(undecided), untold)


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


def seal(ledger: Ledger, setup: Setup, person_id: str, door_version: str = "") -> ChangeSet | None:
    """Freeze the next change-set of a person and note that it may be on its way; None when there is nothing to send.

    The first share of a long plan takes several: each is then whole in itself, and the manifest, without which no
    other laptop takes any of it over, comes with the last. It needs the `door_version` where the server does not guard
    the beginning of a record itself (`sync.beginning`).
    """
    going = outgoing(ledger, setup, person_id)
    held = ledger.resources(person_id)
    hold = going.leaving.hold.value if going.leaving.hold else ""
    tasks = [(task_key(conflict), task_of(setup.catalogue, conflict)) for conflict in going.conflicts]
    decided = any(proposal.accepted is not None for proposal in ledger.proposals(person_id))
    written = {key_of(r): r for r in _projected(ledger, setup, going, held)} if going.entries or decided else {}
    shared = held.get(manifest_key(person_id))
    first = shared is None or shared.base is None
    if not going.entries and not tasks and not written and (first or not _unnamed(held, shared)):
        ledger.put_person(replace(ledger.person(person_id), hold=hold, waiting_since=""))
        return None
    through_door = first and not setup.abilities.begins_once
    if through_door and not door_version:
        return None  # recorded since the door was looked for: the next exchange looks for it
    change_set = uuid4()
    most = min(setup.abilities.most_entries, int(ledger.mark(MOST_ENTRIES) or setup.abilities.most_entries))
    room = max(most - 2 - through_door, 1)
    entries = _as_many_as_fit(going.entries, room - len(written))
    for waiting in entries:
        key = entry_key(person_id, waiting.section, waiting.entry)
        part = {place: _sent(said) for place, said in waiting.part.items()}
        fresh = setup.codec.encode(person_id, waiting.section, waiting.entry, part, going.plan.links)
        known = held.get(key)
        written[key] = carried_over(
            {**fresh, "id": key.partition("/")[2]}, known.base if known is not None and known.base is not None else {}
        )
    for key, task in tasks[: max(room - len(written), 0)]:
        written[key] = task
    if entries and setup.papers and len(written) < room:
        written |= superseded(held, person_id)
    is_last = len(entries) == len(going.entries)
    if is_last or not first:
        stamps = stamps_in(shared.base if shared is not None else None)
        stamps |= {k: stamp_of(r.base) for k, r in held.items() if r.base is not None and k.startswith(ENTRY)}
        stamps |= dict.fromkeys(written, str(change_set))
        written[manifest_key(person_id)] = manifest(person_id, stamps)
    bundle = bundle_of(setup, str(change_set), written, held, _lines_of(entries))
    if through_door:
        passed = stamped(door(person_id), str(change_set))
        request = {"method": "PUT", "url": key_of(passed), "ifMatch": f'W/"{door_version}"'}
        bundle["entry"].insert(0, {"resource": passed, "request": request})
    sent = ChangeSet(
        id=str(change_set),
        person_id=person_id,
        state="sent",
        bundle=bundle,
        journal_head=ledger.journal_head(person_id),
        sent_at=setup.now().isoformat(),
    )
    ledger.put_change_set(sent)
    ledger.put_person(replace(ledger.person(person_id), hold=hold))
    return sent


def _unnamed(held: Mapping[str, SharedResource], shared: SharedResource | None) -> bool:
    """Whether the server has an entry that its manifest does not name: it was set back in between."""
    named = stamps_in(shared.base if shared is not None else None)
    return any(known.base is not None and key.startswith(ENTRY) and key not in named for key, known in held.items())


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


def carried_over(fresh: JSON, before: JSON) -> JSON:
    """A resource with what it held before that this program does not know: other programs' elements and extensions."""
    made = {**{k: v for k, v in before.items() if k not in _OWN and k not in fresh}, **fresh}
    ours = {e.get("url") for e in fresh.get("extension") or []}
    others = [e for e in before.get("extension") or [] if isinstance(e, dict) and e.get("url") not in ours]
    if others:
        made["extension"] = [*(fresh.get("extension") or []), *others]
    return made


_OWN = frozenset({"meta", "text", "item", "contained", "source", "author", "authored", "extension"})
"""The elements of a QuestionnaireResponse that are written anew each time: left out when we have nothing to say."""


def bundle_of(
    setup: Setup,
    change_set: str,
    written: Mapping[str, JSON],
    held: Mapping[str, SharedResource],
    lines: Sequence[Said],
) -> JSON:
    """The transaction: each resource over the version that is known of it, or where none is, and the receipt.

    A Binary cannot bear the stamp, and needs no guard: it is named after what it holds.
    """
    entries = []
    for key, resource in written.items():
        request: JSON = {"method": "PUT", "url": key}
        known = held.get(key)
        if resource.get("resourceType") == "Binary":
            entries.append({"resource": resource, "request": request})
            continue
        if known is not None and known.base is not None:
            request["ifMatch"] = f'W/"{known.base_version}"'
        else:
            request |= setup.abilities.only_new
        entries.append({"resource": stamped(resource, change_set), "request": request})
    receipt = _receipt(setup, change_set, list(written), lines)
    entries.append({"resource": receipt, "request": {"method": "PUT", "url": key_of(receipt)}})
    return {"resourceType": "Bundle", "type": "transaction", "entry": entries}


def _receipt(setup: Setup, change_set: str, keys: Sequence[str], lines: Sequence[Said]) -> JSON:
    """The Provenance under the id of the change-set: that it is there says that the change-set is."""
    by: dict[Author, None] = {}
    for said in lines:
        by[(said.item.confirmed_by if said.item.confirmed_by else said.item.recorded_by)] = None
    authors = list(by) or [setup.author]
    changes = [change for change in dict.fromkeys(origin(said.item.change_id) for said in lines) if change]
    named = {"extension": [{"url": CHANGE, "valueId": change} for change in changes]} if changes else {}
    return named | {
        "resourceType": "Provenance",
        "id": change_set,
        "target": [{"reference": key} for key in keys],
        "recorded": setup.now().isoformat(),
        "agent": [{"who": {"display": author.words or "Somebody not named"}} for author in authors]
        + [{"type": {"text": "sent by"}, "who": {"display": setup.author.words or "Somebody not named"}}],
    }


def superseded(held: Mapping[str, SharedResource], person_id: str) -> dict[str, JSON]:
    """The DocumentReference of the PDF, no longer current: it goes with a newer version of the plan, so that nobody
    takes the PDF of the one before for the newest while its own is on the way."""
    known = held.get(paper_key(person_id))
    if known is None or known.seen is not None or known.base is None or known.base.get("status") != "current":
        return {}
    return {known.key: {**known.base, "status": "superseded"}}
