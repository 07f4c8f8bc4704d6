"""Three laptops, overlapping edits, kills of laptops and of HAPI, a network that loses, delays and cuts: the oracle.

What the simulator's oracle sees at each commit is read afterwards from the server's own history: no version replaces
what its author had not seen (I2), no change-set takes effect twice (I4). What must hold at the end is asked at the end.
"""

from __future__ import annotations

import json
import os
import random
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eolc_desktop.care_plan.conflicts import Choice
from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.plan import ENTRY_ITSELF
from eolc_desktop.care_plan.said import Place, content
from eolc_desktop.clock import system_clock
from eolc_desktop.record import conflicts as conflict_tables
from eolc_desktop.record import exchange as tables
from eolc_desktop.record import shared_resources, versions
from eolc_desktop.record.users import User
from eolc_desktop.sync import settling
from eolc_desktop.sync.effects import JSON, Draw, NoAnswer, RenewSignIn, Request, Transaction
from eolc_desktop.sync.exchange import exchange
from eolc_desktop.sync.http import Http
from eolc_desktop.sync.http_effects import answer_to
from eolc_desktop.sync.names import bare, key_of, manifest_key, paper_key, stamp_of
from eolc_desktop.sync.papers import paper_version, shared_version
from eolc_desktop.sync.ports import ServerAbilities
from eolc_desktop.sync.probe import body_of
from eolc_desktop.sync.server import Request as Asked
from eolc_desktop.sync.server import server_at
from eolc_desktop.sync.store_ledger import StoreLedger
from tests.servers.hapi import Hapi
from tests.servers.laptops import Laptop, laptop
from tests.servers.proxy import FAULTS, Proxy
from tests.sessions import DOCTOR_USER, NURSE_USER

ROUNDS = int(os.environ.get("EOLC_HAPI_ROUNDS", "90"))
SERVER_KILLS = 3
KILLED = 0.003
"""How likely a laptop is killed at each step of an exchange."""
ABILITIES = ServerAbilities(begins_at_0=True, etags_in_transactions=True, lists_changes="_history")
ENTRY = "QuestionnaireResponse/"
PLACES: tuple[Place, ...] = (
    ("person", "main", "phone"),
    ("about_me", "main", "most_important"),
    ("places", "main", "preferred_death"),
    ("cpr", "main", "reason"),
    ("conveyance", "main", "go_for"),
)
WORDS = {"preferred_death": ("home", "family_home", "hospice", "hospital")}

pytestmark = pytest.mark.xdist_group("hapi")


class Killed(Exception):
    """The laptop stops here."""


class Watched:
    """A laptop whose edits and requests are written down, for the reckoning."""

    def __init__(self, made: Laptop, proxy: Proxy, chance: random.Random) -> None:
        self.made, self.proxy, self.chance = made, proxy, chance
        self.edits: list[tuple[str, Place, Value]] = []
        self.knew: dict[str, dict[str, JSON | None]] = {}
        self.kills = 0

    def version(self, person_id: str) -> dict[Place, Value]:
        with self.made.session.store.reading() as connection:
            found = versions.version_of(connection, person_id)
        return {place: content(said, place) for place, said in found.items()}

    def record(self, person_id: str, number: int) -> None:
        """Something new in a list, or something that others may be changing at this moment."""
        undecided = {place for conflict in self.made.conflicts(person_id) for place in conflict.places}
        place = self.chance.choice(PLACES)
        if undecided or self.chance.random() < 0.4:
            value = f"Step {number}"
            self.made.save(person_id, "next_steps", {"what": value}, "")
            entry = next(p for p, v in self.version(person_id).items() if p[2] == "what" and v == value)
            self.edits.append((person_id, entry, value))
            return
        value = self.chance.choice(WORDS.get(place[2], (f"Said {number}",)))
        if self.version(person_id).get(place) != value:
            self.made.save(person_id, place[0], {place[2]: value})
            self.edits.append((person_id, place, value))

    def settle(self, person_id: str) -> int:
        undecided = self.made.conflicts(person_id)
        with self.made.session.store.writing() as connection:
            ledger = StoreLedger(connection, self.made.session.pen())
            for conflict in undecided:
                choice = self.chance.choice((Choice.MINE, Choice.THEIRS))
                settling.settle(ledger, self.made.setup, person_id, conflict.id, choice, "Talked it over")
        return len(undecided)

    def sync(self, killed: float) -> bool:
        """One exchange through the bad network; False when it did not come to its end."""
        steps, answer = exchange(self.made.setup), None
        with Http(server_at(self.proxy.address), whole_seconds=20.0) as http, suppress(Killed):
            while True:
                try:
                    step = steps.send(answer)
                except StopIteration as ended:
                    return ended.value.stopped is None
                self._maybe_killed(killed)
                answer = self._done(http, step)
                self._maybe_killed(killed)
        self.kills += 1
        return False

    def _maybe_killed(self, likelihood: float) -> None:
        if self.chance.random() < likelihood:
            raise Killed

    def _done(self, http: Http, step: Any) -> Any:
        if isinstance(step, Transaction):
            with self.made.session.store.writing() as connection:
                return step.run(StoreLedger(connection, self.made.session.pen()))
        if isinstance(step, RenewSignIn):
            return False
        if isinstance(step, Draw):
            return self.made.drawn(step.plan)
        assert isinstance(step, Request)
        if step.body is not None and step.body["type"] == "transaction":
            self._leaving(step.body)
        return answer_to(http, step)

    def _leaving(self, bundle: JSON) -> None:
        """Write down what the laptop knew of each resource that it is about to replace."""
        with self.made.session.store.reading() as connection:
            known = {
                key_of(e["resource"]): shared_resources.one(connection, key_of(e["resource"])) for e in bundle["entry"]
            }
        self.knew[bundle["entry"][-1]["resource"]["id"]] = {k: r.base if r else None for k, r in known.items()}


@pytest.fixture
def three(hapi: Hapi, tmp_path: Path) -> Iterator[tuple[list[Watched], Proxy]]:
    chance = random.Random(1967)
    third = replace(DOCTOR_USER, id="nurse-2", name="Sam Reed")
    users: tuple[User, ...] = (NURSE_USER, DOCTOR_USER, third)
    with ExitStack() as stack:
        proxy = stack.enter_context(Proxy(hapi.address, chance, FAULTS))
        made = [
            stack.enter_context(laptop(tmp_path / user.id, system_clock, user, proxy.address, ABILITIES))
            for user in users
        ]
        yield [Watched(one, proxy, chance) for one in made], proxy


def test_nothing_is_lost_doubled_or_decided_alone(three: tuple[list[Watched], Proxy], hapi: Hapi) -> None:
    laptops, proxy = three
    chance = laptops[0].chance
    faults, proxy.faults = proxy.faults, {}
    people = []
    for number in range(2):
        values = {"family_name": f"Ogden{number}", "birth_date": "1938-04-02"}
        people.append(laptops[0].made.add(values))
        laptops[0].made.save(people[-1], "consent", {"to_share": "given"})
    for one in laptops:
        assert one.sync(0.0)
    proxy.faults = faults
    conflicts, whole, server_kills = 0, 0, 0
    for number in range(ROUNDS):
        one = chance.choice(laptops)
        person_id = chance.choice(people)
        for again in range(chance.randint(1, 3)):
            one.record(person_id, number * 10 + again)
        if number % 9 == 8:
            conflicts += one.settle(person_id)
        if number % (ROUNDS // SERVER_KILLS) == ROUNDS // SERVER_KILLS // 2:
            one.sync(KILLED)  # what was under way is cut off by what follows
            hapi.kill()
            server_kills += 1
            assert not one.sync(0.0)
            hapi.start()
        whole += chance.choice(laptops).sync(KILLED) + one.sync(KILLED)
    proxy.settle()
    for _ in range(6):
        for one in laptops:
            assert one.sync(0.0)
            if settled := sum(one.settle(person_id) for person_id in people):
                conflicts += settled
                assert one.sync(0.0)
    history = {p: histories(hapi.address, p, laptops) for p in people}
    written = [version for found in history.values() for versions_ in found.values() for version in versions_]
    for found in history.values():
        nothing_written_over(found, laptops)
    for person_id in people:
        all_say_the_same(laptops, person_id)
        the_paper_is_the_newest(laptops[0], hapi.address, person_id)
    nothing_lost(laptops, history)
    print(
        f"\nHAPI under faults: {sum(len(one.edits) for one in laptops)} edits, {whole} whole exchanges, "
        f"{sum(one.kills for one in laptops)} laptops and {server_kills} servers killed, {dict(proxy.happened)}, "
        f"{conflicts} conflicts settled, {len(written)} versions looked at: 0 violations"
    )


def histories(address: str, person_id: str, laptops: list[Watched]) -> dict[str, list[JSON]]:
    """Every version of every entry and of the manifest, oldest first, as the server has them."""
    with laptops[0].made.session.store.reading() as connection:
        keys = [k for k in shared_resources.of_person(connection, person_id) if k.startswith((ENTRY, "List/"))]
    found = {}
    with Http(server_at(address)) as http:
        for key in keys:
            newest = body_of(http.send(Asked("GET", key, fresh=True)))
            numbers = range(1, int(newest["meta"]["versionId"]) + 1)
            found[key] = [body_of(http.send(Asked("GET", f"{key}/_history/{n}", fresh=True))) for n in numbers]
    return found


def nothing_written_over(found: dict[str, list[JSON]], laptops: list[Watched]) -> None:
    """I2 and I4, from the server's own history: each version follows one that its author knew, and stands once."""
    knew = {name: known for one in laptops for name, known in one.knew.items()}
    for key, versions_ in found.items():
        assert all(one.get("resourceType") for one in versions_), f"{key}: a version cannot be read"
        stamps = Counter(stamp_of(version) for version in versions_)
        assert max(stamps.values()) == 1, f"{key}: a change-set took effect twice"
        before: JSON | None = None
        for version in versions_:
            base = knew[stamp_of(version)][key]
            assert json.dumps(_said(base), sort_keys=True) == json.dumps(_said(before), sort_keys=True), (
                f"{key}: version {version['meta']['versionId']} replaced what its author had not seen"
            )
            before = version


def _said(resource: JSON | None) -> JSON | None:
    return {k: v for k, v in bare(resource).items() if k != "text"} if resource is not None else None


def all_say_the_same(laptops: list[Watched], person_id: str) -> None:
    """I6: every laptop says what the others say, and nothing is left to send, to merge or to settle."""
    says = [{p: v for p, v in one.version(person_id).items() if v is not None} for one in laptops]
    assert says[0] == says[1] == says[2]
    for one in laptops:
        standing = one.made.standing(person_id)
        assert (standing.waiting_since, standing.staged, standing.trouble) == ("", False, "")
        assert not one.made.conflicts(person_id)
        with one.made.session.store.reading() as connection:
            assert not tables.change_sets(connection, "sent")
            assert shared_resources.one(connection, manifest_key(person_id)) is not None


def the_paper_is_the_newest(one: Watched, address: str, person_id: str) -> None:
    """The PDF that others open is the one of the plan as it is shared now."""
    with one.made.session.store.reading() as connection:
        version = shared_version(shared_resources.of_person(connection, person_id), person_id)
    with Http(server_at(address)) as http:
        assert paper_version(body_of(http.send(Asked("GET", paper_key(person_id), fresh=True)))) == version


def nothing_lost(laptops: list[Watched], history: dict[str, dict[str, list[JSON]]]) -> None:
    """I1: each edit stands, was once in the shared record, is in a conflict that somebody settled, or its own author
    recorded something else before it was sent."""
    for one in laptops:
        for number, (person_id, place, value) in enumerate(one.edits):
            said = one.version(person_id)
            if said.get(place) == value and place[2] != ENTRY_ITSELF:
                continue
            if any(str(value) in json.dumps(v) for found in history[person_id].values() for v in found):
                continue
            with one.made.session.store.reading() as connection:
                settled = conflict_tables.conflicts_of(connection, person_id, open_only=False)
            if any(place in conflict.places for conflict in settled):
                continue
            later = [e for e in one.edits[number + 1 :] if e[:2] == (person_id, place)]
            assert later, f"lost: {place} {value}"


def test_a_laptop_that_hears_nothing_says_so(three: tuple[list[Watched], Proxy]) -> None:
    laptops, proxy = three
    proxy.faults = {"answer lost": 1.0}
    with Http(server_at(proxy.address)) as http:
        assert isinstance(answer_to(http, Request("GET", "metadata")), NoAnswer)
    assert not laptops[0].sync(0.0)
