"""A simulated laptop: its user, its clock, its tables, and the product's own exchange."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.conflicts import Choice, Conflict
from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, NOT_STATED, Author, Item, Op
from eolc_desktop.care_plan.said import Place, Said, content
from eolc_desktop.sync import settling
from eolc_desktop.sync.effects import Answer, Effect, Request, Steps, Transaction
from eolc_desktop.sync.exchange import Outcome, exchange
from eolc_desktop.sync.ports import Ledger, ServerAbilities, Setup
from tests.sync.simulator.memory import MemoryLedger
from tests.sync.simulator.papers import OnlyPapers
from tests.sync.simulator.plain_codec import PlainCodec
from tests.sync.simulator.server import BEGUN, LONGEST

CATALOGUE = built_in()
CONSENT: Place = ("consent", MAIN, "to_share")
GROUP: tuple[Place, ...] = (
    ("cpr", MAIN, "decision"),
    ("cpr", MAIN, "reason"),
    ("conveyance", MAIN, "to_hospital"),
    ("escalation", "e1", "treatment"),
)
PLACES: tuple[Place, ...] = (
    ("person", MAIN, "phone"),
    ("person", MAIN, "email"),
    ("about_me", MAIN, "most_important"),
    ("places", MAIN, "preferred_death"),
    ("goals", "g1", "goal"),
    *GROUP,
)


def _numbered_like(section: str, key: str) -> frozenset[Place]:
    """The places in use here that are one item of the data dictionary with this field."""
    number = CATALOGUE[section][key].standard
    return frozenset(p for p in PLACES if (f := CATALOGUE.field(p[0], p[2])) and f.standard == number)


KEPT: Mapping[str, frozenset[Place]] = {
    "person.phone": _numbered_like("person", "phone"),
    "about_me.most_important": _numbered_like("about_me", "most_important"),
}
"""What a user may keep back here, by the name of the option, and the places that it covers."""


@dataclass(slots=True)
class Edit:
    """What a user was told is saved, and what was on the screen then: known to the oracle, never to the engine."""

    id: str
    laptop: str
    person_id: str
    place: Place
    value: Value
    op: Op
    number: int
    seen: dict[Place, Value]
    settles: str = ""


@dataclass
class Laptop:
    """One laptop. `steps` is the exchange that is under way; it is lost in a crash, the ledger is not."""

    name: str
    chance: random.Random
    skew: int
    world_now: list[int]
    abilities: ServerAbilities
    page: int = 3
    papers: bool = False
    edits: list[Edit] = field(default_factory=list)
    steps: Steps[Outcome] | None = None
    outcome: Outcome | None = None
    token: int = 1
    ids: int = 0
    began: int = 0

    def __post_init__(self) -> None:
        self.author = Author(self.name, f"Nurse {self.name}", "district nurse", "Team")
        self.ledger: Ledger = MemoryLedger(self.author, self.clock, self.new_id)
        self.setup = Setup(
            catalogue=CATALOGUE,
            codec=PlainCodec(),
            author=self.author,
            laptop_id=self.name,
            clock=self.clock,
            abilities=self.abilities,
            training=True,
            request_life=timedelta(seconds=LONGEST),
            overlap=timedelta(seconds=LONGEST + 5),
            page=self.page,
            projection=OnlyPapers() if self.papers else None,
            papers=self.papers,
        )

    def clock(self) -> datetime:
        return BEGUN + timedelta(seconds=self.world_now[0] + self.skew)

    def new_id(self) -> str:
        self.ids += 1
        return f"{self.name}-{self.ids}"

    # The exchange

    def begin(self) -> None:
        self.began = self.world_now[0]
        self.steps = exchange(self.setup)

    def advance(self, answer: Answer | bytes | bool | None) -> Effect | None:
        """Give an answer and return what the exchange wants next; None at its end."""
        assert self.steps is not None
        try:
            return self.steps.send(answer)
        except StopIteration as ended:
            self.steps, self.outcome = None, ended.value
            return None

    def run(self, work: Transaction) -> Any:
        return work.run(self.ledger)

    def crash(self) -> None:
        self.steps = None

    # The user

    def known_people(self) -> list[str]:
        assert isinstance(self.ledger, MemoryLedger)
        return list(self.ledger.standing)

    def screen(self, person_id: str, places: tuple[Place, ...]) -> dict[Place, Value]:
        version = self.ledger.version(person_id)
        return {place: content(version.get(place), place) for place in places}

    def locked(self, person_id: str) -> set[Place]:
        """Places that the screen shows as a conflict: they are changed only by settling it."""
        found: set[Place] = set()
        for conflict in self.ledger.conflicts(person_id):
            if conflict.is_open:
                found |= conflict.places | (set(GROUP) if conflict.unit == ("group", "cpr_and_escalation") else set())
        return found

    def record(self, person_id: str, place: Place, value: Value, op: Op = Op.SET, settles: str = "") -> Edit | None:
        """The user records something; nothing where it stands so already."""
        version = self.ledger.version(person_id)
        before = version.get(place)
        if op is Op.SET and content(before, place) == value:
            return None
        change = self.new_id()
        edit = Edit(
            change, self.name, person_id, place, value, op, len(self.edits), self.screen(person_id, GROUP), settles
        )
        assert isinstance(self.ledger, MemoryLedger)
        if op is Op.SET:
            said = Said(Item(value, change, self.clock(), self.author, NOT_STATED))
        else:
            assert before is not None
            # The clock of a laptop may stand still: what is confirmed twice is told apart all the same.
            at = self.clock() + timedelta(microseconds=self.ids)
            said = replace(before, item=replace(before.item, confirmed_at=at, confirmed_by=self.author))
        self.ledger.write(person_id, place, said, op, is_ours=True)
        self.edits.append(edit)
        return edit

    def attach(self, person_id: str) -> None:
        """The user attaches a scan to a plan."""
        entry = self.new_id()
        data = f"scan {entry}".encode()
        self.ledger.keep_file(person_id, data, "image/png")
        says: dict[str, Value] = {
            "title": f"v:{entry}",
            "sha256": hashlib.sha256(data).hexdigest(),
            "media_type": "image/png",
            "size": len(data),
        }
        for key, value in says.items():
            self.record(person_id, ("documents", entry, key), value)

    def settle(self, conflict: Conflict, choice: Choice) -> None:
        """Settle a conflict. What is chosen counts as recorded by the user, having seen everything."""
        values = {item.place: f"v:{self.new_id()}" for item in conflict.items if item.place[2] != ENTRY_ITSELF}
        if CONSENT in values:
            values[CONSENT] = "given"
        before = self.screen(conflict.person_id, tuple(conflict.places))
        settling.settle(
            self.ledger, self.setup, conflict.person_id, conflict.id, choice, "Talked it over", values=values
        )
        after = self.ledger.version(conflict.person_id)
        for place in conflict.places:
            value = content(after.get(place), place)
            if value != before[place]:
                said = after[place]
                self.edits.append(
                    Edit(
                        said.item.change_id,
                        self.name,
                        conflict.person_id,
                        place,
                        value,
                        Op.SET,
                        len(self.edits),
                        self.screen(conflict.person_id, GROUP),
                        conflict.id,
                    )
                )


def is_request(effect: Effect | None) -> bool:
    return isinstance(effect, Request)
