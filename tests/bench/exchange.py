"""The exchange with a real HAPI FHIR, against the bare requests and JSON parsing of the same, and against fhirpy.

What the exchange sends is sent again bare, with other ids; what it reads is read again bare. fhirpy sends one request
for each resource, as its documentation shows. Where Java is missing, the figures are not measured, and that is said.
"""

from __future__ import annotations

import gc
import json
import re
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial

from eolc_desktop.clock import system_clock
from eolc_desktop.documents.making import make
from eolc_desktop.paths import Profile
from eolc_desktop.services import plans, shared_papers, shared_record, sharing
from eolc_desktop.services.session import Session
from eolc_desktop.sync.effects import JSON, Draw, RenewSignIn, Request
from eolc_desktop.sync.http import Http
from eolc_desktop.sync.ports import ServerAbilities
from eolc_desktop.sync.projecting import PlanProjection
from eolc_desktop.sync.server import server_at
from tests.bench.bench import Bench
from tests.bench.figures import Figure, median
from tests.bench.hapi import on_hapi
from tests.bench.long_line import LongLine
from tests.servers.hapi import Hapi
from tests.sessions import DOCTOR_USER, begin

ABILITIES = ServerAbilities(begins_at_0=True, etags_in_transactions=True, lists_changes="_history")
BARE = 1.3
FHIRPY = 0.2
RESUMED_MS = 2_000.0
AWAY_MS = 20.0
"""There and back to a server of the health service, over a line of a desk; a telephone's takes twice as long."""
LATER = timedelta(minutes=6)
_ID = re.compile(r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b")


@dataclass
class Run:
    """One exchange: what was asked, and how long it took. It is left when `people` have been sent, or at `leave`.

    `sending` are the seconds from the last answer before the first change-set to the end; `beside` is done after each
    change-set, and its time is not counted.
    """

    asked: list[Request] = field(default_factory=list)
    seconds: float = 0.0
    people: set[str] = field(default_factory=set)
    sending: float = 0.0
    beside: Callable[[JSON], object] | None = None

    def go(
        self,
        session: Session,
        address: str,
        *,
        most_people: int = 10**9,
        leave_after: int = 10**9,
        papers: bool = False,
    ) -> Run:
        """Exchange, as the command line does; with `papers`, PDFs, scans and Questionnaires too."""
        work = sharing.Exchange(session, sharing.setup_for(session, ABILITIES, PlanProjection(), papers=papers))
        besides = sending_since = 0.0
        with Http(server_at(address)) as http, shared_record.asking(http) as network:
            work.ask_ahead = network.begin
            gc.disable()  # as in the program, in the window and on the command line
            began = heard_at = time.monotonic()
            asked = work.advance()
            while asked is not None:
                assert not isinstance(asked, RenewSignIn)
                if isinstance(asked, Draw):
                    order = shared_papers.order(session, asked.plan)
                    asked = work.advance(make(order) if order is not None else b"")
                    continue
                if is_transaction(asked):
                    self.people |= {subject_of(asked)}
                    if len(self.people) > most_people:
                        break
                    sending_since = sending_since or heard_at
                self.asked.append(asked)
                heard = network.answer(asked, partial(work.meanwhile, asked))
                heard_at = time.monotonic()
                if len(self.asked) == leave_after:
                    break
                if self.beside is not None and is_transaction(asked) and asked.body is not None:
                    self.beside(asked.body)
                    besides += time.monotonic() - heard_at
                asked = work.advance(heard)
            gc.enable()
            self.seconds = time.monotonic() - began - besides
            self.sending = time.monotonic() - sending_since - besides if sending_since else 0.0
        if work.outcome is not None:
            assert work.outcome.stopped is None, work.outcome.stopped
        return self

    @property
    def transactions(self) -> list[JSON]:
        """The change-sets that were sent."""
        return [asked.body for asked in self.asked if is_transaction(asked) and asked.body is not None]


def is_transaction(asked: Request) -> bool:
    return asked.body is not None and asked.body.get("type") == "transaction"


def subject_of(asked: Request) -> str:
    """Whose change-set it is: the id that the manifest, or an entry, is about."""
    found = re.search(r'"Patient/([0-9a-f-]{36})"', json.dumps(asked.body))
    return found.group(1) if found else ""


def with_other_ids(bundle: JSON, salt: str) -> JSON:
    """The same resources under other ids: what the server has to do is the same again."""

    def other(found: re.Match[str]) -> str:
        return str(uuid.uuid5(uuid.UUID(found.group()), salt))

    made: JSON = json.loads(_ID.sub(other, json.dumps(bundle)))
    return made


class Bare:
    """Asks without an engine. `seconds` is what the requests took with the parsing of their answers, and nothing else.

    `wanted` is what the exchange asks for too: of a transaction no more than how it went ("minimal").
    """

    def __init__(self, address: str, wanted: str = "representation") -> None:
        import httpx2  # noqa: PLC0415

        kind = "application/fhir+json"
        headers = {"Content-Type": kind, "Accept": kind, "Cache-Control": "no-cache", "Prefer": f"return={wanted}"}
        self._client = httpx2.Client(base_url=address, headers=headers, timeout=300)
        self.seconds = 0.0

    def ask(self, content: bytes) -> None:
        """Ask once."""
        began = time.monotonic()
        answer = self._client.post("", content=content)
        assert answer.status_code in (200, 201), answer.text[:500]
        json.loads(answer.content)
        self.seconds += time.monotonic() - began

    def close(self) -> None:
        """Close its connection."""
        self._client.close()


def bare(address: str, requests: list[bytes], wanted: str = "representation") -> float:
    """The seconds that these requests take one after the other."""
    with closing(Bare(address, wanted)) as client:
        for content in requests:
            client.ask(content)
        return client.seconds


def measure(bench: Bench) -> Iterator[Figure]:
    """Push and pull a caseload, resume, do nothing; with a HAPI of this run."""
    yield from on_hapi("exchange", partial(_pushed, bench))


def _pushed(bench: Bench, server: Hapi) -> Iterator[Figure]:
    address = server.address
    most, few, measured = bench.times(500, 100), bench.times(50, 20), bench.times(45, 20)
    kept = bench.stores.of(most)
    session = replace(kept.copied_to(bench.new_folder() / "nurse").open(), made_up=True)
    with closing(session.store):
        Run().go(session, address, most_people=few)
        yield _pulled(bench, address, few).figure
        # Measured on a server that has worked for some minutes: one that has just started takes its time.
        # Of so many made-up people one in eight has nothing that may leave; some are left for the line below.
        Run().go(session, address, most_people=most * 8 // 10 - few - measured)
        # By turns, change-set for change-set: a server grows faster while it works, whoever comes second.
        with closing(Bare(address, "minimal")) as other:
            ours = Run(beside=lambda body: other.ask(*_posts([body], "again"))).go(
                session, address, most_people=measured
            )
            again = other.seconds
        resources = sum(len(b["entry"]) for b in ours.transactions)
        yield Figure(
            f"exchange: push of {len(ours.people)} people, to bare transactions",
            ours.sending / again,
            "×",
            BARE,
            f"{resources} resources, {len(ours.transactions)} transactions: {ours.sending:.1f} s; bare {again:.1f} s",
        )
        with LongLine(address, AWAY_MS) as line:
            push = Run().go(session, line.address)
            pull = _received(bench, line.address)
            yield from _against_fhirpy(line.address, push, pull, f"{AWAY_MS:.0f} ms away")
        everybody = _pulled(bench, address, most)
        yield everybody.figure
        yield from _against_fhirpy(address, ours, everybody.received, "no line between")
        yield from _idle_and_resumed(session, address)


def _posts(bundles: list[JSON], salt: str) -> list[bytes]:
    return [json.dumps(with_other_ids(bundle, salt), ensure_ascii=False).encode() for bundle in bundles]


def _against_fhirpy(address: str, push: Run, pull: Received, where: str) -> Iterator[Figure]:
    """Each resource pushed by one and pulled by another, ours (all that the exchange does with it) and fhirpy's: one
    request for each, and nothing done with what comes."""
    from fhirpy import SyncFHIRClient  # noqa: PLC0415

    pushed = push.sending / sum(len(bundle["entry"]) for bundle in push.transactions)
    pulled = pull.seconds / pull.resources
    # From the first of a person on: with it comes the Patient, whom the others name.
    bundles = [with_other_ids(bundle, address) for bundle in push.transactions[:6]]
    resources = [entry["resource"] for bundle in bundles for entry in bundle["entry"]]
    client = SyncFHIRClient(address)
    began = time.monotonic()
    for resource in resources:
        client.resource(resource["resourceType"], **{k: v for k, v in resource.items() if k != "resourceType"}).save()
    saved = (time.monotonic() - began) / len(resources)
    began = time.monotonic()
    for resource in resources:
        client.reference(resource["resourceType"], resource["id"]).to_resource()
    read = (time.monotonic() - began) / len(resources)
    lines = (
        ("each resource pushed", pushed, saved),
        ("each resource pulled", pulled, read),
        ("each resource pushed by one and pulled by another", pushed + pulled, saved + read),
    )
    for what, ours, theirs in lines:
        faster = f"{theirs / ours:.1f} times faster"
        told = f"{ours * 1000:.1f} ms; fhirpy {theirs * 1000:.1f} ms, of {len(resources)}; {faster}"
        yield Figure(f"exchange: {what}, to fhirpy one by one, {where}", ours / theirs, "×", FHIRPY, told)


@dataclass(frozen=True)
class Pulled:
    """A pull that was measured: its figure, and one that took as long as the middle one."""

    figure: Figure
    received: Received


def _pulled(bench: Bench, address: str, count: int) -> Pulled:
    """A new laptop receives everybody, and the same requests are asked bare: by turns who comes first, because a server
    grows faster while it works. The first laptop of all only says what is asked."""
    asked = _received(bench, address).asked
    requests = [json.dumps(request.body).encode() for request in asked if request.method == "POST"]
    ours: list[Received] = []
    theirs: list[float] = []
    for number in range(4 if count <= 50 else 2):
        if number % 2:
            ours.append(_received(bench, address))
        theirs.append(bare(address, requests))
        if not number % 2:
            ours.append(_received(bench, address))
    seconds, processor = median([one.seconds for one in ours]), median([one.processor for one in ours])
    resources = ours[0].resources
    told = f"{resources} resources, {len(requests)} requests: {seconds:.1f} s, of which our processor time "
    told += f"{processor:.1f} s; bare with json {median(theirs):.1f} s"
    name = f"exchange: pull of {count} people, to bare requests"
    return Pulled(Figure(name, seconds / median(theirs), "×", BARE, told), replace(ours[0], seconds=seconds))


@dataclass(frozen=True)
class Received:
    """What a new laptop asked to receive everybody, the seconds it took, those of its processor, and what came."""

    asked: list[Request]
    seconds: float
    processor: float
    resources: int


def _received(bench: Bench, address: str) -> Received:
    session = replace(begin(Profile(bench.new_folder() / "new"), system_clock, DOCTOR_USER), made_up=True)
    with closing(session.store):
        busy = time.process_time()
        run = Run().go(session, address)
        processor = time.process_time() - busy
        with session.store.reading() as connection:
            resources = connection.exec_driver_sql("SELECT count(*) FROM shared_resource").scalar() or 0
    return Received(run.asked, run.seconds, processor, resources)


def _idle_and_resumed(session: Session, address: str) -> Iterator[Figure]:
    Run().go(session, address)
    busy = Run().go(session, address)
    # As if the overlap had gone by: the server is asked for nothing else than it would be then.
    session = replace(session, clock=lambda: system_clock() + LATER)
    Run().go(session, address)
    idle = Run().go(session, address)
    told = f"{idle.seconds:.2f} s; {len(busy.asked)} in {busy.seconds:.1f} s within five minutes of the last change"
    yield Figure("exchange: requests of a sync with nothing to do", len(idle.asked), "", 2.0, told)
    with session.store.reading() as connection:
        person_id = str(connection.exec_driver_sql("SELECT person_id FROM shared_person WHERE hold = ''").scalar())
    plan = plans.read_plan(session, person_id)
    plans.save_entry(session, plan, "about_me", "main", {"strength": "Her sister, and the garden."})
    Run().go(session, address, leave_after=2)  # killed when the server has taken it, and before that was heard
    resumed = Run().go(session, address)
    over = resumed.seconds - idle.seconds
    yield Figure("exchange: overhead of going on after a kill", over * 1000, "ms", RESUMED_MS)
