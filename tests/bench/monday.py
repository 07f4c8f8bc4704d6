"""A Monday morning: two hundred laptops exchange with one HAPI FHIR at once, each with the product's engine.

The laptops are headless: their tables are in memory, so that the server is what is measured and not two hundred
encrypted files on one disk. Each does what the program does when the server is busy: it waits, longer each time.
"""

from __future__ import annotations

import json
import random
import statistics
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import cast
from uuid import uuid4

import httpx2
import pytest

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.plan import NOT_STATED, Author, Item, Op
from eolc_desktop.care_plan.said import Place, Said, content
from eolc_desktop.sync.effects import JSON, Request, Transaction
from eolc_desktop.sync.entry_codec import EntryCodec
from eolc_desktop.sync.exchange import Outcome, exchange
from eolc_desktop.sync.http import Http
from eolc_desktop.sync.http_effects import answer_to
from eolc_desktop.sync.ports import Setup
from eolc_desktop.sync.projecting import PlanProjection
from eolc_desktop.sync.server import server_at
from eolc_desktop.sync.timing import Rhythm
from tests.bench.bench import Bench
from tests.bench.exchange import ABILITIES, is_transaction, with_other_ids
from tests.bench.figures import Figure
from tests.servers.hapi import Hapi
from tests.sync.simulator.memory import MemoryLedger

LAPTOPS = 200
PEOPLE_EACH = 1
LOOKED_AT = 10
"""So many laptops read everything once more and are compared: each reads the whole record, which takes its time."""
SLOWER = 1.5
SAID: tuple[tuple[Place, object], ...] = (
    (("consent", "main", "to_share"), "given"),
    (("cpr", "main", "decision"), "not_for"),
    (("places", "main", "preferred_death"), "home"),
    (("about_me", "main", "most_important"), "My own bed, the window open, and tea at four in the afternoon."),
    (("allergies", "main", "status"), "none_known"),
)
CATALOGUE = built_in()


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Headless:
    """One laptop: the product's engine, with tables in memory."""

    number: int
    address: str
    requests: int = 0
    waits: list[float] = field(default_factory=list)
    seconds: float = 0.0
    sent: list[JSON] = field(default_factory=list)

    def __post_init__(self) -> None:
        author = Author(f"nurse-{self.number}", f"Nurse {self.number}", "district nurse", f"Team {self.number // 5}")
        self.ledger = MemoryLedger(author, now, lambda: uuid4().hex)
        self.rhythm = Rhythm(random.Random(self.number))
        self.setup = Setup(
            CATALOGUE,
            EntryCodec(CATALOGUE),
            author,
            f"laptop-{self.number}",
            now,
            projection=PlanProjection(),
            abilities=ABILITIES,
            training=True,
        )

    def record(self, person_id: str, place: Place, value: object) -> None:
        said = Said(Item(value, uuid4().hex, now(), self.setup.author, NOT_STATED))  # type: ignore[arg-type]
        self.ledger.write(person_id, place, said, Op.SET, is_ours=True)

    def once(self) -> Outcome:
        """One exchange."""
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
                self.requests += 1
                if is_transaction(step) and step.body is not None:
                    self.sent.append(step.body)
                answer = answer_to(http, step)

    def until_shared(self, over: threading.Event) -> None:
        """Exchange as the program does: again after a wait, until nothing waits."""
        began = time.monotonic()
        while not over.is_set():
            outcome = self.once()
            left = any(p.waiting_since or p.staged for p in self.ledger.shared.values())
            if outcome.stopped is None and not left:
                break
            wait = self.rhythm.after(outcome, something_waits=True) if outcome.stopped is not None else 0.0
            self.waits.append(wait)
            over.wait(wait)
        self.seconds = time.monotonic() - began


def measure(bench: Bench) -> Iterator[Figure]:
    """Everybody at once; then the server's own rate of the same transactions."""
    try:
        server = Hapi()
    except pytest.skip.Exception as reason:
        print(f"monday: not measured. {reason}")
        return
    try:
        server.begin()
        yield from _morning(server.address, bench.times(LAPTOPS, 20))
    finally:
        server.end()


def _morning(address: str, count: int) -> Iterator[Figure]:
    laptops = [Headless(number, address) for number in range(count)]
    for laptop in laptops:
        for number in range(PEOPLE_EACH):
            person_id = uuid4().hex
            laptop.record(person_id, ("person", "main", "family_name"), f"Ogden-{laptop.number}-{number}")
            for place, value in SAID:
                laptop.record(person_id, place, value)
    _rate(address, [Headless(-1, address)], warm=True)
    over = threading.Event()
    began = time.monotonic()
    with ThreadPoolExecutor(count) as pool:
        for _ in pool.map(lambda laptop: laptop.until_shared(over), laptops):
            pass
    seconds = time.monotonic() - began
    sent = sum(len(laptop.ledger.change_sets("done")) + len(laptop.ledger.change_sets("kept")) for laptop in laptops)
    tries = sum(len(laptop.sent) for laptop in laptops)
    requests = sum(laptop.requests for laptop in laptops)
    waits = [wait for laptop in laptops for wait in laptop.waits if wait]
    own = _rate(address, laptops)
    times = [laptop.seconds for laptop in laptops]
    apart = _apart(laptops, over)
    left = sum(any(p.waiting_since for p in laptop.ledger.shared.values()) for laptop in laptops)
    yield Figure(f"monday: {count} laptops, with something not shared", left, "", 0.0)
    yield Figure(f"monday: of {LOOKED_AT} looked at, not as the others", apart, "", 0.0)
    yield Figure(
        f"monday: {count} laptops, to the server's own rate",
        seconds / (sent / own),
        "×",
        SLOWER,
        f"{sent} transactions ({tries} tries) in {seconds:.0f} s, {requests} requests; alone {own:.1f} a second",
    )
    yield Figure(
        f"monday: {count} laptops, the last one done, to the middle one",
        max(times) / statistics.median(times),
        "×",
        None,
        f"middle {statistics.median(times):.0f} s, last {max(times):.0f} s; {len(waits)} waits after a failure, "
        f"longest {max(waits, default=0.0):.0f} s; {requests / count:.1f} requests each",
    )


def _rate(address: str, laptops: list[Headless], *, warm: bool = False) -> float:
    """Transactions a second that the server takes when nothing but these is asked of it, eight at a time."""
    # One for each person: what was sent again would meet itself.
    bundles = [with_other_ids(laptop.sent[-1], "own") for laptop in laptops if laptop.sent]
    if warm:
        one = laptops[0]
        for number in range(20):
            person_id = uuid4().hex
            one.record(person_id, ("person", "main", "family_name"), f"Warm-{number}")
            for place, value in SAID:
                one.record(person_id, place, value)
        one.once()
        return 0.0
    headers = {"Content-Type": "application/fhir+json", "Prefer": "return=representation"}
    with httpx2.Client(base_url=address, headers=headers, timeout=600) as client:

        def post(bundle: JSON) -> None:
            answer = client.post("", content=json.dumps(bundle).encode())
            assert answer.status_code == 200, answer.text[:500]

        began = time.monotonic()
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(post, bundles))
        return len(bundles) / (time.monotonic() - began)


def _apart(laptops: list[Headless], over: threading.Event) -> int:
    """How many laptops do not say of everybody what the one who recorded it says, once each has looked once more."""
    looked_at = laptops[:: max(1, len(laptops) // LOOKED_AT)]
    with ThreadPoolExecutor(4) as pool:
        for _ in pool.map(lambda laptop: laptop.until_shared(over), looked_at):
            pass
    says: dict[str, dict[Place, object]] = {}
    for laptop in laptops:
        for person_id, version in laptop.ledger.standing.items():
            if any(said.item.recorded_by == laptop.setup.author for said in version.values()):
                says[person_id] = {place: content(said, place) for place, said in version.items()}

    def agrees(laptop: Headless) -> bool:
        versions = {person: laptop.ledger.version(person) for person in says}
        return all({p: content(s, p) for p, s in versions[person].items()} == said for person, said in says.items())

    return sum(not agrees(laptop) for laptop in looked_at)
