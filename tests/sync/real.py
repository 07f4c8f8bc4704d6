"""Laptops with the real encrypted store and the product's own JSON, before a simulated server."""

from __future__ import annotations

import random
import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.conflicts import Conflict
from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.plan import Author, Edit, Op, Plan
from eolc_desktop.care_plan.said import Place, content
from eolc_desktop.models.store import Store, create_store, open_store
from eolc_desktop.models.tables import current
from eolc_desktop.record import conflicts, journal, people, plans, versions
from eolc_desktop.record import exchange as tables
from eolc_desktop.record.journal import Pen
from eolc_desktop.sync.effects import Draw, RenewSignIn, Transaction
from eolc_desktop.sync.entry_codec import EntryCodec
from eolc_desktop.sync.exchange import Outcome, exchange
from eolc_desktop.sync.ports import ServerAbilities, Setup
from eolc_desktop.sync.store_ledger import StoreLedger
from tests.sync.simulator.server import BEGUN, LONGEST, Habits, Server

CATALOGUE = built_in()
CONSENT: Place = ("consent", "main", "to_share")


class Crash(Exception):
    """The laptop stops here."""


@dataclass
class Crashes:
    """Stops a laptop at the event with this number; counts them where there is none."""

    at: int = -1
    seen: int = 0

    def event(self) -> None:
        self.seen += 1
        if self.seen - 1 == self.at:
            raise Crash


@dataclass
class RealLaptop:
    """One laptop: a store file that is closed and opened again after each crash."""

    name: str
    folder: Path
    server: Server
    clock: Callable[[], datetime]
    abilities: ServerAbilities = field(default_factory=ServerAbilities)
    key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    store_id: str = field(default_factory=lambda: str(uuid4()))
    store: Store = field(init=False)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.store = create_store(self.path, self.key, self.store_id)
        self.author = Author(self.name, f"Nurse {self.name}", "district nurse", "Team")

    @property
    def path(self) -> Path:
        return self.folder / "record.db"

    @property
    def pen(self) -> Pen:
        return Pen(self.author, self.clock(), self.name)

    @property
    def setup(self) -> Setup:
        return Setup(
            catalogue=CATALOGUE,
            codec=EntryCodec(CATALOGUE),
            author=self.author,
            laptop_id=self.name,
            clock=self.clock,
            abilities=self.abilities,
            training=True,
            request_life=timedelta(seconds=LONGEST),
            overlap=timedelta(seconds=LONGEST + 5),
        )

    def record(self, person_id: str, values: Mapping[Place, Value], *, confirm: bool = False) -> None:
        with self.store.writing() as connection:
            if not versions.version_of(connection, person_id):
                journal.add_person(connection, self.pen, person_id)
            edits = []
            for (section, entry, key), value in values.items():
                _, base = journal.current_value(connection, person_id, section, entry, key)
                edits.append(Edit(section, entry, key, value, Op.CONFIRM if confirm else Op.SET, base))
            journal.append(connection, self.pen, person_id, edits)

    def exchange(self, crashes: Crashes | None = None) -> Outcome:
        crashes = crashes or Crashes()
        steps = exchange(self.setup)
        answer: Any = None
        while True:
            try:
                effect = steps.send(answer)
            except StopIteration as ended:
                return ended.value  # type: ignore[no-any-return]
            crashes.event()
            if isinstance(effect, Transaction):
                with self.store.writing() as connection:
                    answer = effect.run(StoreLedger(connection, self.pen))
            elif isinstance(effect, RenewSignIn | Draw):
                answer = True
            else:
                answer = self.server.answer(effect, 1, self.server.stamp(), self)
            crashes.event()

    def reopen(self) -> None:
        self.store.close()
        self.store = open_store(self.path, self.key, self.store_id)

    def says(self, person_id: str) -> dict[Place, Value]:
        with self.store.reading() as connection:
            found = versions.version_of(connection, person_id)
        return {place: content(said, place) for place, said in found.items() if content(said, place) is not None}

    def plan(self, person_id: str) -> Plan:
        with self.store.reading() as connection:
            return plans.plan_of(connection, CATALOGUE, person_id, self.clock())

    def conflicts(self, person_id: str, *, open_only: bool = True) -> tuple[Conflict, ...]:
        with self.store.reading() as connection:
            return conflicts.conflicts_of(connection, person_id, open_only=open_only)

    def left(self) -> list[str]:
        """What is not shared yet, in words; empty when everything is."""
        with self.store.reading() as connection:
            waiting = [f"{p}" for p in tables.all_shared_people(connection) if p.waiting_since or p.staged]
            return waiting + [s.id for s in tables.change_sets(connection, "sent")]

    def journal_agrees(self) -> bool:
        """Whether the current values are what the journal says (decision 3)."""
        with self.store.reading() as connection:
            for person_id in people.all_ids(connection):
                stored = connection.execute(
                    select(current)
                    .where(current.c.person_id == person_id)
                    .order_by(current.c.section, current.c.entry, current.c.field)
                )
                if [dict(row._mapping) for row in stored] != plans.replayed(connection, person_id):
                    return False
        return True

    def close(self) -> None:
        self.store.close()


@dataclass
class Team:
    """Two laptops and a server, whose state can be kept and brought back: a sweep begins each time from the same."""

    folder: Path
    habits: Habits = field(default_factory=Habits)
    abilities: ServerAbilities = field(default_factory=ServerAbilities)
    now: int = 0
    kept: Any = None

    def __post_init__(self) -> None:
        self.server = Server(self.habits, random.Random(1))
        self.ann = RealLaptop("ann", self.folder / "ann", self.server, self.clock, self.abilities)
        self.bob = RealLaptop("bob", self.folder / "bob", self.server, self.clock, self.abilities)

    def clock(self) -> datetime:
        return BEGUN + timedelta(seconds=self.now)

    def later(self, seconds: int = LONGEST + 6) -> None:
        self.now += seconds
        self.server.now = self.now

    def exchange(self, *laptops: RealLaptop) -> None:
        for laptop in laptops:
            self.later()
            assert laptop.exchange().stopped is None

    def keep(self) -> None:
        for laptop in (self.ann, self.bob):
            laptop.close()
            shutil.copy(laptop.path, laptop.path.with_suffix(".kept"))
            laptop.store = open_store(laptop.path, laptop.key, laptop.store_id)
        self.kept = (self.server.snapshot(), self.now)

    def bring_back(self) -> None:
        for laptop in (self.ann, self.bob):
            laptop.close()
            for side in ("-wal", "-shm"):
                laptop.path.with_name(laptop.path.name + side).unlink(missing_ok=True)
            shutil.copy(laptop.path.with_suffix(".kept"), laptop.path)
            laptop.store = open_store(laptop.path, laptop.key, laptop.store_id)
        self.server.restore(self.kept[0])
        self.now = self.server.now = self.kept[1]

    def close(self) -> None:
        self.ann.close()
        self.bob.close()
