"""The exchange without a server: a person's plan in a file, and its merging by the same engine and rules as sync.

A server hands out versions, from which each laptop knows what both sides began from. A file has no such numbers: it
says instead which changes its maker's journal knows, and what both began from follows, place by place. Where one side
has seen what the other says, it is ahead; where neither has, both changed it, and `merge` decides what must be asked.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Protocol

from eolc_desktop.care_plan.check import check
from eolc_desktop.care_plan.conflicts import Conflict
from eolc_desktop.care_plan.leaving import Leaving, what_may_leave
from eolc_desktop.care_plan.merge import Clash, confirmation_key, merge
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, EntryState
from eolc_desktop.care_plan.rules import Setting
from eolc_desktop.care_plan.said import (
    Place,
    Said,
    Version,
    content,
    origin,
    plan_from,
    said_from_json,
    said_to_json,
)
from eolc_desktop.record.conflicts import conflict_from_json, conflict_to_json
from eolc_desktop.sync.ports import Ledger, Setup, Unreadable
from eolc_desktop.sync.sealing import disputed, sides, whole

Known = Mapping[str, int]
"""How often each change, and each confirmation, stands in a journal."""


class CarryLedger(Ledger, Protocol):
    """The tables of this laptop as the exchange by file needs them."""

    def times_known(self, person_id: str) -> Known:
        """How often each change, and each confirmation, stands in the journal of a person."""

    def last_common(self, person_id: str, besides: Mapping[Place, Collection[str]], known: Known) -> Version:
        """What last stood at these places, by this laptop's journal, under a change that the other one knows too, and
        that is none of those named beside the place: they stand now, on one side or the other."""


@dataclass(frozen=True, slots=True)
class Packet:
    """What one laptop says about one person: the values that may leave, its conflicts, the changes it knows."""

    person_id: str
    version: Version
    conflicts: tuple[Conflict, ...]
    known: Known


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of taking over a packet: how much is new here, how many conflicts it began, who it was about."""

    person_id: str
    lines: int
    conflicts: int
    is_new: bool


def pack(ledger: CarryLedger, setup: Setup, person_id: str) -> tuple[Packet, Leaving]:
    """What may leave about one person, decided as for the shared record; nothing where it says `hold`."""
    version = ledger.version(person_id)
    plan = plan_from(person_id, setup.catalogue, version, setup.now())
    others = ledger.others_with_number(person_id, plan.text("person", "nhs_number"))
    decide = partial(
        what_may_leave,
        plan,
        setting=Setting(training=setup.training, others_with_this_number=others),
        shared_before=False,
        disputed=disputed(ledger, person_id),
    )
    leaving = decide(version)
    going = {place: said for place, said in version.items() if leaving.may_leave(place)}
    may_go = whole(decide)
    told = tuple(c for c in ledger.conflicts(person_id) if all(may_go(side) for side in sides(c)))
    return Packet(person_id, going, told, ledger.times_known(person_id)), leaving


def take(ledger: CarryLedger, setup: Setup, packet: Packet) -> Taken:
    """Merge a packet into the plan on this laptop, in the caller's transaction. Taking it twice changes nothing."""
    person_id = packet.person_id
    mine = ledger.version(person_id)
    known_here = ledger.times_known(person_id)
    # Nothing is inferred from absence: what the packet does not say stands as it is.
    not_said = {place: said for place, said in mine.items() if place not in packet.version}
    base: dict[Place, Said] = dict(not_said)
    not_behind: set[str] = set()
    unsure: dict[Place, frozenset[str]] = {}
    for place, there in packet.version.items():
        here = mine.get(place)
        who = _who_is_ahead(here, there, known_here, packet.known)
        if who in ("we", "same"):
            base[place] = there
            continue
        not_behind |= {origin(there.item.change_id), confirmation_key(there)}
        if who == "they" and here is not None:
            base[place] = here
        elif here is not None:
            unsure[place] = frozenset(origin(said.item.change_id) for said in (here, there))
    for place, said in ledger.last_common(person_id, unsure, packet.known).items():
        # Each has said something since. After files that crossed, what one journal knew last can say the same again as
        # one side does now, and would make that side look as if it had said nothing.
        if content(said, place) not in (content(mine.get(place), place), content(packet.version[place], place)):
            base[place] = said
    theirs = {**not_said, **packet.version}
    known = {name: at for name, at in ledger.known(person_id).items() if name not in not_behind}
    merged = merge(setup.catalogue, base, mine, theirs, known)
    waiting: set[Place] = set()
    begun = 0
    for clash in merged.clashes:
        conflict_id = _conflict_id(person_id, clash)
        kept = next((c for c in ledger.conflicts(person_id) if c.id == conflict_id), None)
        told = next((c for c in packet.conflicts if c.id == conflict_id), None)
        settled_here, settled_there = (c is not None and not c.is_open for c in (kept, told))
        if settled_there and not settled_here:
            continue  # settled there by somebody who saw both: what they decided is taken over
        if kept is not None and not (settled_here and settled_there):
            waiting |= clash.places  # it waits for a person here already, or was settled here and not yet there
            continue
        if kept is not None and told is not None:
            # Two people settled the same conflict, each in their own way: it is asked once more.
            conflict_id = _again(kept, told)
        begun += 1
        found = Conflict(conflict_id, person_id, clash.unit, clash.items, setup.now(), setup.author)
        ledger.put_conflict(found)
        ledger.note("found a conflict", person_id, {"conflict": conflict_id, "items": len(clash.items)})
    lines = [line for line in merged.lines if line.place not in waiting]
    is_new = not mine
    ledger.append(person_id, lines)
    for theirs_of in packet.conflicts:
        held = next((c for c in ledger.conflicts(person_id) if c.id == theirs_of.id), None)
        if (held is None or (held.is_open and not theirs_of.is_open)) and held != theirs_of:
            ledger.put_conflict(theirs_of)
            state = "open" if theirs_of.is_open else "settled"
            ledger.note("received a conflict", person_id, {"conflict": theirs_of.id, "state": state})
    return Taken(person_id, len(lines), begun, is_new)


def wait_to_be_shared(ledger: Ledger, setup: Setup, person_id: str) -> None:
    """What came from another laptop waits to be sent to the shared record, as if it had been recorded here."""
    standing = ledger.person(person_id)
    ledger.put_person(replace(standing, waiting_since=standing.waiting_since or setup.now().isoformat()))


def _who_is_ahead(here: Said | None, there: Said, known_here: Known, known_there: Known) -> str:
    """Who has seen what the other says: "they", "we", "same" or "neither"."""
    if here is None:
        return "they"
    ours, theirs = origin(here.item.change_id), origin(there.item.change_id)
    if ours == theirs and ours:
        ours, theirs = confirmation_key(here), confirmation_key(there)
        if ours == theirs:
            return "same"
        if not ours or not theirs:
            return "they" if theirs else "we"
    they_know_ours = _all_known(here, known_there)
    we_know_theirs = _all_known(there, known_here)
    if they_know_ours and we_know_theirs:
        # One of them came back to an earlier value: in whose journal it stands more often has gone on.
        more_there = known_there.get(theirs, 0) > known_here.get(theirs, 0)
        more_here = known_here.get(ours, 0) > known_there.get(ours, 0)
        if more_there != more_here:
            return "they" if more_there else "we"
        return "neither"
    if they_know_ours:
        return "they"
    return "we" if we_know_theirs else "neither"


def _all_known(said: Said, known: Known) -> bool:
    """Whether a journal knows a value, and its confirmation where it has one. A value that a merge put aside is named
    nowhere, and counts as known only by what it left empty."""
    name, confirmation = origin(said.item.change_id), confirmation_key(said)
    return bool(name) and name in known and (not confirmation or confirmation in known)


def _conflict_id(person_id: str, clash: Clash) -> str:
    """The same on both laptops, whichever takes the other's file first: so a conflict is settled once."""
    pairs = sorted(
        (item.place, sorted(origin(side.item.change_id) for side in (item.mine, item.theirs) if side is not None))
        for item in clash.items
    )
    return hashlib.sha256(json.dumps([person_id, pairs]).encode()).hexdigest()[:32]


def _again(here: Conflict, there: Conflict) -> str:
    settlements = sorted(json.dumps(conflict_to_json(c).get("settled"), sort_keys=True) for c in (here, there))
    return hashlib.sha256(json.dumps([here.id, settlements]).encode()).hexdigest()[:32]


# The packet as JSON


def to_json(packet: Packet) -> dict[str, Any]:
    """The packet as it stands in the file."""
    return {
        "person": packet.person_id,
        "values": [[*place, said_to_json(said)] for place, said in packet.version.items()],
        "conflicts": [conflict_to_json(conflict) for conflict in packet.conflicts],
        "known": dict(packet.known),
    }


def from_json(setup: Setup, kept: Any) -> Packet:
    """What `to_json` wrote. Raises Unreadable for what cannot be taken over: nothing of the person is then."""
    try:
        person_id = str(kept["person"])
        version: dict[Place, Said] = {}
        for section, entry, key, body in kept["values"]:
            place = (str(section), str(entry), str(key))
            said = said_from_json(body)
            if said is None or not all(place) or not _fits(setup, place, said):
                raise Unreadable("Something in it does not fit the plan.")
            version[place] = said
        conflicts = tuple(conflict_from_json(body) for body in kept["conflicts"])
        known = Counter({str(name): int(count) for name, count in kept["known"].items()})
    except (KeyError, TypeError, ValueError, AttributeError):
        raise Unreadable("It cannot be read.") from None
    if not person_id or any(conflict.person_id != person_id for conflict in conflicts):
        raise Unreadable("Something in it is about somebody else.")
    return Packet(person_id, version, conflicts, known)


def _fits(setup: Setup, place: Place, said: Said) -> bool:
    """Whether a value can stand at its place. What only a newer program knows is carried on as it is."""
    section, _entry, key = place
    if key == ENTRY_ITSELF:
        return str(said.item.value) in set(EntryState)
    field = setup.catalogue.field(section, key) if section in setup.catalogue else None
    if field is None or content(said, place) is None:
        return True
    problem = check(field, said.item.value)
    return problem is None or not problem.unusable


def files_named(packet: Packet) -> Sequence[str]:
    """The attached files that what goes names."""
    return sorted(
        {
            str(said.item.value)
            for (section, _entry, key), said in packet.version.items()
            if section == "documents" and key == "sha256" and isinstance(said.item.value, str)
        }
    )
