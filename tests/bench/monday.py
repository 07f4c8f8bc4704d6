"""A Monday morning: two hundred laptops exchange with one HAPI FHIR at once, each with the product's engine.

Forty teams of five look after four people each, and each laptop was up to date on Friday. On Monday each sends one
answer that was recorded on it since, in each team two of them about the same person, and reads what the others have
sent by then. A laptop waits after a failure as the program does, longer each time. Once all of them share one record,
and once each team has its own on the same server, as docs/shared-record.md says for a region.

In life each laptop has a processor of its own. Here all of them share these cores with the server and its database, so
the laptops' own work is told beside the time that it took, and so is what the server alone had to do.
"""

from __future__ import annotations

import json
import os
import statistics
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any
from uuid import uuid4

import httpx2

from eolc_desktop.care_plan.said import Place
from tests.bench.bench import Bench
from tests.bench.crowd import Bare, Crowd, Told, can_fork
from tests.bench.exchange import with_other_ids
from tests.bench.figures import Figure
from tests.bench.hapi import on_hapi
from tests.bench.headless import Headless, Morning, now
from tests.servers.hapi import Hapi

LAPTOPS = 200
TEAM = 5
PEOPLE_OF_A_TEAM = 4
LOOKED_AT = 10
"""So many laptops read once more and are compared with what all of them recorded."""
SLOWER = 1.5
SAID: dict[Place, object] = {
    ("consent", "main", "to_share"): "given",
    ("cpr", "main", "decision"): "not_for",
    ("places", "main", "preferred_death"): "home",
    ("about_me", "main", "most_important"): "My own bed, the window open, and tea at four in the afternoon.",
    ("allergies", "main", "status"): "none_known",
}
NEW: tuple[tuple[Place, object], ...] = (
    (("about_me", "main", "most_important"), "Her daughter, who comes on Sundays, and the radio."),
    (("places", "main", "preferred_death"), "hospice"),
    (("about_me", "main", "strength"), "Her sister, and the garden."),
    (("places", "main", "preferred_death"), "hospice"),
    (("places", "main", "preferred_death"), "hospice"),
)
"""What each of a team records. The first and the last record it about the same person."""


def measure(bench: Bench) -> Iterator[Figure]:
    """Everybody at once; then bare clients with the same transactions alone; then with the same questions too."""
    if not can_fork():
        print("monday: not measured. Two hundred laptops need a system that can fork.")
        return
    count = bench.times(LAPTOPS, 20)
    for what, teams in (("monday", 0), ("monday, a record for each team", count // TEAM)):
        yield from on_hapi(what, partial(_monday, what, count), teams=teams)


def _monday(what: str, count: int, server: Hapi) -> Iterator[Figure]:
    """The laptops share the addresses of the server's records among them, as many laptops at each."""
    records = server.of_teams or [server.address]
    each = count // len(records)
    fridays = [_friday(address, each) for address in records]
    laptops: list[Headless] = []
    expected: list[dict[str, dict[Place, object]]] = []
    for number in range(count):
        friday, holds = fridays[number // each]
        one = number % each
        person = list(holds)[one // TEAM * PEOPLE_OF_A_TEAM + one % TEAM % PEOPLE_OF_A_TEAM]
        place, value = NEW[number % TEAM]
        laptops.append(friday.like(number))
        laptops[-1].record(person, place, value)
        holds[person][place] = value
        expected.append(holds)
    over = threading.Event()

    def holds_all(number: int) -> bool:
        laptops[number].until_shared(over)
        return laptops[number].holds(expected[number]) == expected[number]

    jobs: dict[str, Callable[[int], object]] = {
        "morning": lambda number: laptops[number].until_shared(over),
        "holds all": holds_all,
    }
    with Crowd(count, jobs) as crowd:
        began = now()
        morning = _taken(server, crowd, "morning")
        agree = crowd.all_do("holds all", every=max(1, count // LOOKED_AT))
    mornings: list[Morning] = morning.told.each
    yield Figure(f"{what}: {count} laptops, with something not shared", sum(one.is_left for one in mornings), "", 0.0)
    yield Figure(f"{what}: of {len(agree.each)} looked at, not as the others", agree.each.count(False), "", 0.0)
    asked = {one.number: one.asked for one in mornings}
    addresses = [laptop.address for laptop in laptops]
    write = Bare(addresses, asked, "own", now() - began)
    with Crowd(count, {"write": lambda number: write.asks(number, only_writes=True)}) as crowd:
        own = _taken(server, crowd, "write")
    yield from _figures(what, count, mornings, morning, own)
    with Crowd(count, {"ask": Bare(addresses, asked, "morning", now() - began).asks}) as crowd:
        bare = _taken(server, crowd, "ask")
    yield Figure(
        f"{what}: the same, to bare clients that ask the same",
        morning.told.seconds / bare.told.seconds,
        "×",
        None,
        f"all reads and transactions: {bare.words('bare')}; {sum(bare.told.each) / 1e6:.1f} MB answered",
    )


@dataclass(frozen=True)
class Taken:
    """What a crowd did, and the processor's seconds that the server and its database took for it."""

    told: Told[Any]
    server: float
    database: float

    @property
    def served(self) -> float:
        """The processor's seconds of server and database."""
        return self.server + self.database

    def words(self, who: str) -> str:
        """Where the processors' time went."""
        return (
            f"{self.told.seconds:.1f} s; processor: {who} {self.told.processor:.0f} s, "
            f"HAPI {self.server:.0f} s, database {self.database:.0f} s"
        )


def _taken(server: Hapi, crowd: Crowd, job: str) -> Taken:
    before = server.processor()
    told = crowd.all_do(job)
    after = server.processor()
    return Taken(told, after[0] - before[0], after[1] - before[1])


def _figures(what: str, count: int, mornings: list[Morning], morning: Taken, own: Taken) -> Iterator[Figure]:
    requests = [asked for one in mornings for asked in one.asked]
    sent = sum(asked.is_transaction and asked.is_taken for asked in requests)
    tries = sum(asked.is_transaction for asked in requests)
    unanswered = sum(one.unanswered for one in mornings)
    waits = [wait for one in mornings for wait in one.waits]
    times = [one.seconds for one in mornings]
    seconds, alone = morning.told.seconds, own.told.seconds
    yield Figure(
        f"{what}: {count} laptops, to the server's own rate",
        seconds / alone,
        "×",
        SLOWER,
        f"{morning.words('laptops')}. The {sent} transactions alone: {sent / alone:.1f} a second, {own.words('bare')}",
    )
    yield Figure(
        f"{what}: what the server did, to its transactions",
        morning.served / own.served,
        "×",
        None,
        "processor's time of HAPI and its database: what 200 laptops would wait for that have processors of their own",
    )
    yield Figure(
        f"{what}: the laptops' own part of the time",
        100 * morning.told.processor / (seconds * (os.cpu_count() or 1)),
        "%",
        None,
        f"of {os.cpu_count()} cores shared with the server; {morning.told.processor / count * 1000:.0f} ms each",
    )
    yield Figure(
        f"{what}: {count} laptops, the last one done, to the middle one",
        max(times) / statistics.median(times),
        "×",
        None,
        f"middle {statistics.median(times):.0f} s, last {max(times):.0f} s; {len(requests) / count:.1f} requests each, "
        f"at most {max(len(one.asked) + one.unanswered for one in mornings)}; {tries} tries, {unanswered} unanswered, "
        f"{len(waits)} waits after a failure, longest {max(waits, default=0.0):.0f} s",
    )


def _friday(address: str, count: int) -> tuple[Headless, dict[str, dict[Place, object]]]:
    """A laptop that is up to date, and what it holds. The server has the same once more about others, for bare clients.

    What the server did for it has warmed it up.
    """
    laptop = Headless(count, address)
    for number in range(-(-count // TEAM) * PEOPLE_OF_A_TEAM):
        person_id = uuid4().hex
        laptop.record(person_id, ("person", "main", "family_name"), f"Ogden-{number}")
        for place, value in SAID.items():
            laptop.record(person_id, place, value)
    ended = laptop.once()
    assert ended.stopped is None, ended
    assert not laptop.has_left
    sent = [asked.body for asked in laptop.morning.asked if asked.is_transaction and asked.body is not None]
    with httpx2.Client(base_url=address, headers={"Content-Type": "application/fhir+json"}, timeout=600) as client:

        def post(bundle: Mapping[str, Any]) -> None:
            answer = client.post("", content=json.dumps(bundle).encode())
            assert answer.status_code == 200, answer.text[:500]

        with ThreadPoolExecutor(4) as pool:
            list(pool.map(post, [with_other_ids(bundle, "bare") for bundle in sent]))
    laptop.rest(now())
    return laptop, laptop.holds(laptop.ledger.standing)
