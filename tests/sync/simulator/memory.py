"""The tables of a laptop in memory, for the speed of it. The real ones are swept as well, and must do the same."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from eolc_desktop.care_plan.conflicts import Conflict
from eolc_desktop.care_plan.merge import Line, confirmation_key
from eolc_desktop.care_plan.plan import NOT_STATED, Author, Item, Op
from eolc_desktop.care_plan.said import Place, Said, Version, origin
from eolc_desktop.clock import Clock
from eolc_desktop.record.exchange import ChangeSet, Proposal, SharedPerson, SharedResource


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line of the journal, as far as a simulation looks at it."""

    sequence: int
    person_id: str
    place: Place
    said: Said
    op: Op
    is_ours: bool


class MemoryLedger:
    """Dictionaries in place of tables."""

    def __init__(self, author: Author, clock: Clock, new_id: Callable[[], str]) -> None:
        self.author = author
        self.clock = clock
        self.new_id = new_id
        self.journal: list[JournalLine] = []
        self.standing: dict[str, dict[Place, Said]] = {}
        self.known_of: dict[str, dict[str, int]] = {}
        self.heads: dict[str, int] = {}
        self.shared: dict[str, SharedPerson] = {}
        self.held: dict[str, dict[str, SharedResource]] = {}
        self.owner: dict[str, str] = {}
        self.sets: dict[str, ChangeSet] = {}
        self.open: dict[str, dict[str, Conflict]] = {}
        self.proposed: dict[str, dict[str, Proposal]] = {}
        self.marks: dict[str, str] = {}
        self.files: dict[tuple[str, str], tuple[bytes, str]] = {}
        self.audit: list[tuple[str, str, Mapping[str, str | int]]] = []

    def version(self, person_id: str) -> Version:
        return self.standing.get(person_id, {})

    def known(self, person_id: str) -> Mapping[str, int]:
        return self.known_of.get(person_id, {})

    def write(self, person_id: str, place: Place, said: Said, op: Op, *, is_ours: bool) -> None:
        """One line of the journal, and what follows from it."""
        sequence = len(self.journal) + 1
        self.journal.append(JournalLine(sequence, person_id, place, said, op, is_ours))
        self.heads[person_id] = sequence
        known = self.known_of.setdefault(person_id, {})
        standing = self.standing.setdefault(person_id, {})
        if op is Op.SET:
            standing.pop(place, None)  # the order is that of the journal, as the real table has it
            if said.item.confirmed_at is not None or said.item.confirmed_by is not None:
                said = replace(said, item=replace(said.item, confirmed_at=None, confirmed_by=None))
            standing[place] = said
            known[origin(said.item.change_id)] = sequence
        else:
            before = standing[place]
            item = replace(before.item, confirmed_at=said.item.confirmed_at, confirmed_by=said.item.confirmed_by)
            standing[place] = replace(before, item=item)
            known[confirmation_key(said)] = sequence
        known.pop("", None)

    def append(self, person_id: str, lines: Sequence[Line]) -> None:
        self.standing.setdefault(person_id, {})
        for line in lines:
            said = line.said
            if said is None:
                said = Said(Item(None, f":{self.new_id()}", self.clock(), self.author, NOT_STATED), "", "put aside")
            elif line.op is Op.SET:
                change = said.item.change_id or self.new_id()
                if origin(change) in self.known_of.get(person_id, ()):
                    change = f"{origin(change)}:{self.new_id()}"
                if change != said.item.change_id:
                    said = replace(said, item=replace(said.item, change_id=change))
            self.write(person_id, line.place, said, line.op, is_ours=line.is_ours)

    def journal_head(self, person_id: str) -> int:
        return self.heads.get(person_id, 0)

    def changed_since(self, sequence: int, *, recorded_here: bool = False) -> tuple[int, Collection[str]]:
        lines = [line for line in self.journal[sequence:] if line.is_ours or not recorded_here]
        return len(self.journal), list(dict.fromkeys(line.person_id for line in lines))

    def others_with_number(self, person_id: str, nhs_number: str) -> int:
        return 0

    def has_left(self, person_id: str) -> bool:
        return False

    def person(self, person_id: str) -> SharedPerson:
        return self.shared.get(person_id, SharedPerson(person_id))

    def put_person(self, person: SharedPerson) -> None:
        self.shared[person.person_id] = person

    def people(self, *, waiting: bool = False, staged: bool = False, hold: str = "") -> Sequence[str]:
        found = sorted(self.shared.values(), key=lambda person: (person.waiting_since, person.person_id))
        return [
            p.person_id
            for p in found
            if (not waiting or p.waiting_since) and (not staged or p.staged) and (not hold or p.hold == hold)
        ]

    def resources(self, person_id: str) -> Mapping[str, SharedResource]:
        return dict(self.held.get(person_id, {}))

    def resource(self, key: str) -> SharedResource | None:
        owner = self.owner.get(key)
        return self.held[owner][key] if owner is not None else None

    def unsettled(self, person_id: str) -> tuple[bool, bool]:
        held = self.held.get(person_id, {}).values()
        return any(k.seen is not None for k in held), any(k.base is not None and not k.base_version for k in held)

    def put_resources(self, *resources: SharedResource) -> None:
        for resource in resources:
            self.owner[resource.key] = resource.person_id
            self.held.setdefault(resource.person_id, {})[resource.key] = resource

    def versions_held(self, person_id: str) -> Mapping[str, tuple[str, str]]:
        return {key: (k.base_version, k.seen_version) for key, k in self.held.get(person_id, {}).items()}

    def expect(self, keys: Collection[str]) -> None:
        pass

    def follow(self, taken: Sequence[SharedResource]) -> None:
        for known in taken:
            self.put_resources(known.merged())

    def forget_bases(self) -> None:
        for held in self.held.values():
            for key, known in held.items():
                held[key] = SharedResource(key, known.person_id)
        for name in self.marks:
            if name.startswith("read:"):
                self.marks[name] = ""
        self.shared = {k: replace(person, staged=False) for k, person in self.shared.items()}

    def change_sets(self, state: str, person_id: str = "") -> Sequence[ChangeSet]:
        return [s for s in self.sets.values() if s.state == state and (not person_id or s.person_id == person_id)]

    def put_change_set(self, change_set: ChangeSet) -> None:
        self.sets[change_set.id] = change_set

    def newest_kept(self, most: int) -> Sequence[ChangeSet]:
        kept = [(s.done_at, number, s) for number, s in enumerate(self.sets.values()) if s.state == "kept"]
        return [change_set for _, _, change_set in sorted(kept, key=lambda one: one[:2], reverse=True)[:most]]

    def conflicts(self, person_id: str) -> Sequence[Conflict]:
        return list(self.open.get(person_id, {}).values())

    def put_conflict(self, conflict: Conflict) -> None:
        self.open.setdefault(conflict.person_id, {})[conflict.id] = conflict

    def proposals(self, person_id: str) -> Sequence[Proposal]:
        return list(self.proposed.get(person_id, {}).values())

    def put_proposal(self, proposal: Proposal) -> None:
        self.proposed.setdefault(proposal.person_id, {})[proposal.id] = proposal

    def mark(self, name: str) -> str:
        return self.marks.get(name, "")

    def set_mark(self, name: str, value: str) -> None:
        self.marks[name] = value

    def marked(self, prefix: str) -> Sequence[str]:
        return sorted(
            name.removeprefix(prefix) for name, word in self.marks.items() if word and name.startswith(prefix)
        )

    def file(self, person_id: str, sha256: str) -> tuple[bytes, str] | None:
        return self.files.get((person_id, sha256))

    def has_file(self, person_id: str, sha256: str) -> bool:
        return (person_id, sha256) in self.files

    def keep_file(self, person_id: str, data: bytes, media_type: str) -> None:
        self.files[person_id, hashlib.sha256(data).hexdigest()] = (data, media_type)

    def in_doubt(self, person_id: str) -> bool:
        return False

    def note(self, action: str, person_id: str, detail: Mapping[str, str | int]) -> None:
        self.audit.append((action, person_id, detail))
