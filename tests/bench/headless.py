"""A laptop without a window: the product's engine over real HTTP, with tables in memory, and what it asked.

The tables are in memory so that the server is what is measured, and not two hundred encrypted files on one disk.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import cast
from uuid import uuid4

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.plan import NOT_STATED, Author, Item, Op
from eolc_desktop.care_plan.said import Place, Said, content
from eolc_desktop.sync import all_changes, how_far
from eolc_desktop.sync.effects import JSON, Request, Response, Transaction
from eolc_desktop.sync.entry_codec import EntryCodec
from eolc_desktop.sync.exchange import Outcome, exchange
from eolc_desktop.sync.http import Http
from eolc_desktop.sync.http_effects import answer_to
from eolc_desktop.sync.ports import Setup
from eolc_desktop.sync.projecting import PlanProjection
from eolc_desktop.sync.receiving import OLD_RECEIPTS, types_of
from eolc_desktop.sync.server import server_at
from eolc_desktop.sync.timing import Rhythm
from tests.bench.exchange import ABILITIES, is_transaction
from tests.sync.simulator.memory import MemoryLedger

CATALOGUE = built_in()


def now() -> datetime:
    return datetime.now(UTC)


def history_at(address: str) -> str:
    """How a batch asks for the list of changes, as the trial of the server finds: a team's record by its name."""
    name = address.rpartition("/")[2]
    return f"{name}/_history" if name.startswith("TEAM-") else "_history"


@dataclass(frozen=True)
class Asked:
    """One request that was answered, to be asked again bare."""

    method: str
    path: str
    body: JSON | None
    is_transaction: bool
    is_taken: bool


@dataclass
class Morning:
    """How one laptop's morning went. `waits` are the seconds it waited after each failure."""

    number: int
    asked: list[Asked] = field(default_factory=list)
    unanswered: int = 0
    waits: list[float] = field(default_factory=list)
    seconds: float = 0.0
    is_left: bool = True


class Headless:
    """One laptop."""

    def __init__(self, number: int, address: str) -> None:
        self.address = address
        author = Author(f"nurse-{number}", f"Nurse {number}", "district nurse", f"Team {number // 5}")
        self.ledger = MemoryLedger(author, now, lambda: uuid4().hex)
        self.rhythm = Rhythm(random.Random(number))
        self.setup = Setup(
            CATALOGUE,
            EntryCodec(CATALOGUE),
            author,
            f"laptop-{number}",
            now,
            projection=PlanProjection(),
            abilities=replace(ABILITIES, lists_changes=history_at(address)),
            training=True,
        )
        self.morning = Morning(number)

    def record(self, person_id: str, place: Place, value: object) -> None:
        """Save one answer, over what this laptop holds."""
        before = self.ledger.version(person_id).get(place)
        item = Item(value, uuid4().hex, now(), self.setup.author, NOT_STATED)  # type: ignore[arg-type]
        self.ledger.write(person_id, place, Said(item, before.item.change_id if before else ""), Op.SET, is_ours=True)

    def holds(self, people: Iterable[str]) -> dict[str, dict[Place, object]]:
        """What it says of these people."""
        return {person: {p: content(s, p) for p, s in self.ledger.version(person).items()} for person in people}

    @property
    def has_left(self) -> bool:
        """Whether something is still to be sent, or to be merged."""
        return any(person.waiting_since or person.staged for person in self.ledger.shared.values())

    def once(self) -> Outcome:
        """One exchange, on a connection of its own."""
        steps, answer = exchange(self.setup), None
        with Http(server_at(self.address)) as http:
            while True:
                try:
                    step = steps.send(answer)
                except StopIteration as ended:
                    return cast("Outcome", ended.value)
                if isinstance(step, Transaction):
                    answer = step.run(self.ledger)
                    continue
                assert isinstance(step, Request)
                answer = answer_to(http, step)
                if isinstance(answer, Response):
                    asked = Asked(step.method, step.path, step.body, is_transaction(step), answer.status == 200)
                    self.morning.asked.append(asked)
                else:
                    self.morning.unanswered += 1

    def until_shared(self, over: threading.Event) -> Morning:
        """Exchange as the program does: again after a wait when it was stopped, until nothing is left."""
        began = time.monotonic()
        while not over.is_set():
            outcome = self.once()
            if outcome.stopped is None and not self.has_left:
                break
            if outcome.stopped is not None:
                wait = self.rhythm.after(outcome, something_waits=True)
                self.morning.waits.append(wait)
                over.wait(wait)
        self.morning.seconds = time.monotonic() - began
        self.morning.is_left = self.has_left
        return self.morning

    def rest(self, moment: datetime) -> None:
        """As if all that the server had at `moment` had been read, and the overlap had gone by since."""
        for kind in (*types_of(self.setup), all_changes.all_of(types_of(self.setup))):
            newest = moment.isoformat(timespec="milliseconds")
            how_far.keep(self.ledger, kind, newest)
            how_far.note(self.ledger, self.setup, kind, "")
            how_far.note(self.ledger, self.setup, kind, newest)
        kept = [replace(one, state="kept") for one in self.ledger.change_sets("done")[-OLD_RECEIPTS:]]
        self.ledger.sets = {one.id: one for one in kept}

    def like(self, number: int) -> Headless:
        """Another laptop that holds the same."""
        other = Headless(number, self.address)
        mine, theirs = self.ledger, other.ledger
        theirs.journal = [replace(line, is_ours=False) for line in mine.journal]
        theirs.standing = {person: dict(version) for person, version in mine.standing.items()}
        theirs.known_of = {person: dict(known) for person, known in mine.known_of.items()}
        theirs.held = {person: dict(held) for person, held in mine.held.items()}
        for name in ("heads", "shared", "owner", "sets", "marks"):
            setattr(theirs, name, dict(getattr(mine, name)))
        return other
