"""What must hold whatever happens: it knows everything, and nothing that it knows reaches the engine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Any

from eolc_desktop.care_plan.conflicts import Conflict
from eolc_desktop.care_plan.leaving import SHARING_AGREED
from eolc_desktop.care_plan.merge import is_waiting
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, EntryState, Op
from eolc_desktop.care_plan.said import Place, content, plan_from
from eolc_desktop.record.exchange import SharedResource
from eolc_desktop.sync.effects import JSON
from eolc_desktop.sync.files import MEDIA_TYPES
from eolc_desktop.sync.names import entry_key, key_of, manifest_key, paper_key
from eolc_desktop.sync.papers import files_of, paper_version, shared_version
from tests.sync.simulator.laptop import CATALOGUE, CONSENT, GROUP, KEPT, Edit, Laptop
from tests.sync.simulator.memory import MemoryLedger
from tests.sync.simulator.papers import read
from tests.sync.simulator.plain_codec import values_in
from tests.sync.simulator.server import Server

ENTRY = "QuestionnaireResponse/"


class Violation(Exception):
    """An invariant of `sync.md` §3 does not hold."""


def tables(laptop: Laptop) -> MemoryLedger:
    assert isinstance(laptop.ledger, MemoryLedger)
    return laptop.ledger


class Oracle:
    """Looks at every request when it leaves, at every commit, and at the end."""

    def __init__(self, server: Server, laptops: Sequence[Laptop]) -> None:
        self.server = server
        self.laptops = laptops
        self.applied: Counter[str] = Counter()
        self.history: dict[tuple[str, ...], set[Any]] = {}
        self.sent: set[str] = set()
        self.confirmed: set[tuple[str, Place, str]] = set()
        self.was_restored = False
        self.restored_at = -1
        self.content_of: dict[str, dict[str, JSON]] = {}

    # When a request leaves

    def leaving(self, laptop: Laptop, bundle: JSON) -> dict[str, Any]:
        """Look at a transaction as it leaves a laptop, and remember what its author knew."""
        known = {}
        person_id = self.person_of(laptop, bundle)
        kept = _kept_back(laptop, person_id)
        consent = content(laptop.ledger.version(person_id).get(CONSENT), CONSENT)
        for entry in bundle["entry"]:
            resource = entry["resource"]
            key = key_of(resource)
            held = laptop.ledger.resource(key)
            base = held.base if held is not None else None
            known[key] = base
            if key.startswith(ENTRY):
                before = values_in(base)
                for place, value in values_in(resource).items():
                    if place in kept and before.get(place) != value:
                        raise Violation(f"KEPT BACK AND SENT {laptop.name} {place}")
                if consent not in SHARING_AGREED and resource["questionnaire"] != "consent":
                    raise Violation(f"SENT WITHOUT CONSENT {laptop.name} {resource['questionnaire']}")
            elif key.startswith(("Binary/", "DocumentReference/")):
                self._document_leaves(laptop, resource, consent in SHARING_AGREED, kept)
        if laptop.papers:
            self._older_is_put_away(laptop, person_id, known)
        return {
            "laptop": laptop,
            "known": known,
            "person": person_id,
            "edits": list(laptop.edits),
            "began": laptop.began,
        }

    def _older_is_put_away(self, laptop: Laptop, person_id: str, written: Collection[str]) -> None:
        """With a newer plan goes that its PDF, as far as this laptop knows of one, is not the current one any more."""
        known = laptop.ledger.resource(paper_key(person_id))
        stands = known is not None and known.seen is None and known.base is not None and paper_version(known.base)
        is_newer = any(key.startswith(ENTRY) for key in written)
        has_room = len(written) < laptop.abilities.most_entries
        if stands and is_newer and has_room and paper_key(person_id) not in written:
            raise Violation(f"OLD PAPER GOES ON STANDING {laptop.name} {person_id}")

    def _document_leaves(self, laptop: Laptop, resource: JSON, is_agreed: bool, kept: frozenset[Place]) -> None:
        if not is_agreed and resource.get("status") != "superseded":
            raise Violation(f"SENT WITHOUT CONSENT {laptop.name} {key_of(resource)}")
        if resource.get("contentType") == "application/pdf" and (told := kept & set(read(resource))):
            raise Violation(f"KEPT BACK AND SENT {laptop.name} {told} on paper")

    def person_of(self, laptop: Laptop, bundle: JSON) -> str:
        change_set = bundle["entry"][-1]["resource"]["id"]
        return tables(laptop).sets[change_set].person_id

    # When the server commits

    def commit(self, bundle: JSON, ghost: dict[str, Any]) -> None:
        change_set = bundle["entry"][-1]["resource"]["id"]
        effect = False
        if not self.was_restored:
            self._as_the_plan_is(bundle, ghost["person"])
        for entry in bundle["entry"]:
            resource = entry["resource"]
            key = key_of(resource)
            now = self.server.current(key)
            if now is not None and {**resource, "meta": now["meta"]} == now:
                continue
            effect = True
            if not key.startswith(ENTRY):
                continue
            if now is None and self.was_restored:
                self._remember(ghost["person"], resource)
                continue  # created again on a server that lost it: nothing is written over
            if self.was_restored and ghost["began"] <= self.restored_at:
                # It was put together before the server went back, whose numbers now name other versions: the one
                # moment that no check of versions can guard. What it wrote over is found again at the next exchange.
                self._remember(ghost["person"], resource)
                continue
            if values_in(now) != values_in(ghost["known"].get(key)) and values_in(now) != values_in(resource):
                raise Violation(f"LOST UPDATE {ghost['laptop'].name} {key}")
            self._remember(ghost["person"], resource)
        if effect:
            self.applied[change_set] += 1
            if self.applied[change_set] > 1 and not self.was_restored:
                raise Violation(f"TWICE {change_set}")
            if not self.was_restored:
                self._critical(bundle, ghost)

    def _as_the_plan_is(self, bundle: JSON, person_id: str) -> None:
        """A PDF is taken only while the shared plan is the one that it was drawn from, and says what that says."""
        written = {key_of(entry["resource"]): entry["resource"] for entry in bundle["entry"]}
        version = paper_version(written.get(paper_key(person_id), {}))
        if not version:
            return
        if version != self._version_of(person_id):
            raise Violation(f"PAPER OF ANOTHER VERSION {person_id}")
        pdf = next(one for one in written.values() if one.get("contentType") == "application/pdf")
        there: dict[Place, Any] = {}
        for entry in self._manifest(person_id):
            if entry["item"]["reference"].startswith(ENTRY):
                there |= values_in(self.server.current(entry["item"]["reference"]))
        for place, value in read(pdf).items():
            if place not in there or _hashable(there[place]) != _hashable(value):
                raise Violation(f"PAPER SAYS OTHER {person_id} {place} {value} {there.get(place)}")

    def _version_of(self, person_id: str) -> str:
        key = manifest_key(person_id)
        return shared_version({key: SharedResource(key, person_id, self.server.current(key))}, person_id)

    def _remember(self, person_id: str, resource: JSON) -> None:
        for item in resource["item"]:
            place = (resource["questionnaire"], resource["source"], item["linkId"])
            said = item["said"]
            self.sent.add(said["change"])
            self.history.setdefault((person_id, *place), set()).add(_hashable(said["value"]))
            if "confirmed_at" in said:
                self.confirmed.add((person_id, place, said["confirmed_by"][0]))

    def _critical(self, bundle: JSON, ghost: dict[str, Any]) -> None:
        """No value that is read together with others changes while those differ from what its author had seen."""
        person_id = ghost["person"]
        there = self._group_on_server(person_id)
        new: dict[Place, Any] = {}
        for entry in bundle["entry"]:
            resource = entry["resource"]
            if key_of(resource).startswith(ENTRY):
                base, says = values_in(ghost["known"].get(key_of(resource))), values_in(resource)
                for place in dict.fromkeys([*base, *says]):  # what is taken back is changed too
                    if place in GROUP and base.get(place) != says.get(place):
                        new[place] = says.get(place)
        own: list[Edit] = [e for e in ghost["edits"] if e.person_id == person_id and e.place in GROUP]
        for place, value in new.items():
            edit = next((e for e in reversed(own) if e.place == place and e.value == value), None)
            if edit is None or edit.settles or edit.op is Op.CONFIRM:
                continue
            # Who settles a conflict has looked at the whole group: what they recorded before stands beside that.
            seen = next((e.seen for e in reversed(own) if e.settles and e.number > edit.number), edit.seen)
            for other in GROUP:
                if other not in new and there.get(other) != seen[other]:
                    raise Violation(f"UNSEEN {ghost['laptop'].name} {place} beside {other}")

    def _group_on_server(self, person_id: str) -> dict[Place, Any]:
        found: dict[Place, Any] = {}
        for key in {entry_key(person_id, section, entry) for section, entry, _ in GROUP}:
            found |= {p: v for p, v in values_in(self.server.current(key)).items() if p in GROUP}
        return found

    def _manifest(self, person_id: str) -> Iterable[JSON]:
        listed = self.server.current(manifest_key(person_id))
        return listed["entry"] if listed is not None else []

    # At the end

    def settled(self) -> None:
        """After the faults have stopped and everybody has exchanged and settled: nothing lost, nothing apart."""
        for laptop in self.laptops:
            self._nothing_stuck(laptop)
            self._as_shared(laptop)
            self._nothing_lost(laptop)
            self._audited(laptop)
            if laptop.papers:
                self._on_paper(laptop)

    def _nothing_stuck(self, laptop: Laptop) -> None:
        ledger = tables(laptop)
        if undone := [s for s in ledger.sets.values() if s.state in ("sent", "refused")]:
            raise Violation(f"STUCK {laptop.name} {undone[0].state} {undone[0].trouble}")
        for done in [*ledger.change_sets("done"), *ledger.change_sets("kept")]:
            if self.server.current(f"Provenance/{done.id}") is None:
                raise Violation(f"DONE BUT NOT THERE {laptop.name}")
        for person in ledger.shared.values():
            if person.waiting_since or person.staged:
                raise Violation(f"STILL WAITING {laptop.name} {person}")
        for person_id in ledger.standing:
            if [c for c in ledger.conflicts(person_id) if c.is_open]:
                raise Violation(f"OPEN CONFLICT {laptop.name}")

    def _nothing_lost(self, laptop: Laptop) -> None:
        ledger = tables(laptop)
        conflicts = [c for one in self.laptops for p in tables(one).open.values() for c in p.values()]
        for edit in laptop.edits:
            if not self._is_kept(edit, laptop, conflicts, ledger):
                raise Violation(f"LOST {edit}")

    def _is_kept(self, edit: Edit, laptop: Laptop, conflicts: Sequence[Conflict], ledger: MemoryLedger) -> bool:
        name = (edit.person_id, *edit.place)
        if edit.op is Op.SET and _hashable(edit.value) in self.history.get(name, ()):
            return True
        if edit.op is Op.SET and any(
            isinstance(v, str) and edit.value in v.split("\n") for v in self.history.get(name, ())
        ):
            return True  # both wrote in a log, and both stand in it
        if edit.op is Op.CONFIRM and (edit.person_id, edit.place, laptop.name) in self.confirmed:
            return True
        for conflict in conflicts:
            if conflict.person_id == edit.person_id:
                for item in conflict.items:
                    if item.place == edit.place and content(item.mine, item.place) == _plain(edit.value):
                        return True
        later = [e for e in laptop.edits if e.number > edit.number and (e.person_id, *e.place) == name]
        if later:
            return True  # followed by the same user before it was sent; the journal has both
        if edit.place[0] == "kept_back" or edit.place in _kept_back(laptop, edit.person_id):
            return True
        if ledger.person(edit.person_id).hold:
            return True
        standing = ledger.version(edit.person_id).get(edit.place)
        stands = content(standing, edit.place)
        if edit.op is Op.SET and stands == _plain(edit.value):
            return True  # it is what was shared before, or what another recorded alike
        before = [e for e in laptop.edits if e.number < edit.number and (e.person_id, *e.place) == name]
        if _plain(edit.value) is None and before and before[-1].id not in self.sent:
            return True  # took back, before it was sent, what the same user had recorded
        is_current = edit.place[2] == ENTRY_ITSELF and edit.value == EntryState.CURRENT.value
        if is_current and self.was_restored and any(told[:3] == name[:3] for told in self.history):
            return True  # the server lost that it had been withdrawn: an entry of which nothing is said is current
        if _plain(edit.value) is None and self.was_restored and self._was_settled(edit, conflicts):
            return True  # took back what the server then lost, and somebody decided anew
        # Followed by what somebody else recorded knowing of it, or recorded alike.
        return edit.op is Op.CONFIRM and stands != edit.value and self._was_settled(edit, conflicts)

    def _was_settled(self, edit: Edit, conflicts: Sequence[Conflict]) -> bool:
        return any(c.person_id == edit.person_id and edit.place in c.places for c in conflicts)

    def _as_shared(self, laptop: Laptop) -> None:
        """Each plan says what the shared one says, but for what may not leave this laptop."""
        ledger = tables(laptop)
        codec = laptop.setup.codec
        everyone = {key for key in self.server.history if key.startswith("List/")}
        for person_id in {*ledger.standing, *(p for one in self.laptops for p in tables(one).standing)}:
            if manifest_key(person_id) not in everyone:
                self._may_be_unshared(laptop, person_id)
                continue
            if person_id not in ledger.standing:
                raise Violation(f"MISSING {laptop.name} {person_id}")
            shared: dict[Place, Any] = {}
            for entry in self._manifest(person_id):
                if entry["item"]["reference"].startswith(ENTRY):
                    resource = self.server.current(entry["item"]["reference"])
                    if resource is None:
                        raise Violation(f"NAMED AND NOT THERE {person_id}")
                    shared |= dict(codec.decode(resource))
            mine = ledger.version(person_id)
            stays = _kept_back(laptop, person_id)
            held = bool(ledger.person(person_id).hold)
            for place in {*shared, *mine}:
                if place[0] == "kept_back" or place in stays or (held and place[0] != "consent"):
                    continue
                if content(shared.get(place), place) != content(mine.get(place), place) or is_waiting(
                    shared.get(place), mine.get(place), place
                ):
                    raise Violation(f"APART {laptop.name} {place} {shared.get(place)} {mine.get(place)}")

    def _may_be_unshared(self, laptop: Laptop, person_id: str) -> None:
        """Whom the server has never heard of is somebody who has not agreed to it, or whose plan is held here."""
        if person_id in tables(laptop).standing and self._may_share(laptop, person_id):
            raise Violation(f"NEVER SHARED {laptop.name} {person_id}")

    def _on_paper(self, laptop: Laptop) -> None:
        """The PDF beside each plan is the newest, or none stands; and whatever file a plan names is here."""
        for person_id, standing in tables(laptop).standing.items():
            if self.server.current(manifest_key(person_id)) is None or tables(laptop).person(person_id).hold:
                continue
            paper = self.server.current(paper_key(person_id))
            found = paper_version(paper) if paper is not None else ""
            if found and found != self._version_of(person_id):
                raise Violation(f"OLD PAPER STANDS {person_id}")
            agreed = [one for one in self.laptops if self._may_share(one, person_id)]
            if not found and len(agreed) == len(self.laptops):
                raise Violation(f"NO PAPER {person_id}")
            plan = plan_from(person_id, CATALOGUE, standing, laptop.clock())
            for sha256, entry in files_of(plan).items():
                # Whoever settles a conflict by writing anew can name a file here that nobody has, or a kind that nobody
                # could show.
                if entry.text("media_type") not in MEDIA_TYPES:
                    continue
                there = [one for one in self.laptops if one.ledger.has_file(person_id, sha256)]
                if entry.state is EntryState.CURRENT and there and laptop not in there:
                    raise Violation(f"FILE NOT HERE {laptop.name} {person_id}")

    def _may_share(self, laptop: Laptop, person_id: str) -> bool:
        agreed = content(laptop.ledger.version(person_id).get(CONSENT), CONSENT) in SHARING_AGREED
        return agreed and not laptop.ledger.person(person_id).hold

    def _audited(self, laptop: Laptop) -> None:
        ledger = tables(laptop)
        noted = {str(detail.get("conflict")) for _, _, detail in ledger.audit}
        for conflicts in ledger.open.values():
            if missing := set(conflicts) - noted:
                raise Violation(f"CONFLICT NOT IN THE AUDIT {missing}")


def _kept_back(laptop: Laptop, person_id: str) -> frozenset[Place]:
    found: frozenset[Place] = frozenset()
    for place, said in laptop.ledger.version(person_id).items():
        if place[0] == "kept_back" and place[2] == "what" and isinstance(said.item.value, list):
            found = found.union(*(KEPT[str(name)] for name in said.item.value))
    return found


def _plain(value: Any) -> Any:
    return None if value == "current" else value


def _hashable(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
