"""Laptops for tests of the exchange: the product's own engine on a real encrypted store, over real HTTP."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from eolc_desktop.care_plan.conflicts import Conflict
from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.clock import Clock
from eolc_desktop.documents.making import make
from eolc_desktop.paths import Profile
from eolc_desktop.record import conflicts
from eolc_desktop.record.exchange import Proposal, SharedPerson, proposals_of, shared_person_of
from eolc_desktop.record.users import User
from eolc_desktop.services import people, plans, shared_papers
from eolc_desktop.services.session import Session
from eolc_desktop.sync.effects import Draw, RenewSignIn, Request, Transaction
from eolc_desktop.sync.entry_codec import EntryCodec
from eolc_desktop.sync.exchange import Outcome, exchange
from eolc_desktop.sync.http import Http
from eolc_desktop.sync.http_effects import answer_to
from eolc_desktop.sync.ports import ServerAbilities, Setup
from eolc_desktop.sync.projecting import PlanProjection
from eolc_desktop.sync.server import server_at
from eolc_desktop.sync.store_ledger import StoreLedger
from tests.sessions import begin


class Laptop:
    """One nurse's laptop."""

    def __init__(self, session: Session, address: str, abilities: ServerAbilities) -> None:
        self.session, self.address = session, address
        self.setup = Setup(
            session.catalogue,
            EntryCodec(session.catalogue),
            session.user.author,
            session.laptop_id,
            session.clock,
            projection=PlanProjection(),
            abilities=abilities,
            training=True,
            papers=True,
        )
        self.requests = 0

    def sync(self) -> Outcome:
        """One exchange, from beginning to end."""
        with Http(server_at(self.address)) as http:
            steps = exchange(self.setup)
            answer: Any = None
            while True:
                try:
                    step = steps.send(answer)
                except StopIteration as ended:
                    self.requests = http.sent
                    outcome = ended.value
                    assert isinstance(outcome, Outcome)
                    return outcome
                if isinstance(step, Transaction):
                    with self.session.store.writing() as connection:
                        answer = step.run(StoreLedger(connection, self.session.pen()))
                elif isinstance(step, Request):
                    answer = answer_to(http, step)
                elif isinstance(step, Draw):
                    answer = self.drawn(step.plan)
                else:
                    assert isinstance(step, RenewSignIn)
                    answer = False

    def drawn(self, plan: Plan) -> bytes:
        """The PDF of a plan, as the program makes it for the shared record."""
        order = shared_papers.order(self.session, plan)
        return make(order) if order is not None else b""

    def add(self, values: Mapping[str, Value]) -> str:
        return people.add_person(self.session, values).plan.person_id

    def save(self, person_id: str, section: str, values: Mapping[str, Value], entry: str = MAIN) -> None:
        plans.save_entry(self.session, self.plan(person_id), section, entry, values)

    def plan(self, person_id: str) -> Plan:
        return plans.read_plan(self.session, person_id)

    def conflicts(self, person_id: str) -> tuple[Conflict, ...]:
        with self.session.store.reading() as connection:
            return conflicts.conflicts_of(connection, person_id, open_only=True)

    def proposals(self, person_id: str) -> tuple[Proposal, ...]:
        with self.session.store.reading() as connection:
            return proposals_of(connection, person_id)

    def standing(self, person_id: str) -> SharedPerson:
        with self.session.store.reading() as connection:
            return shared_person_of(connection, person_id)


@contextmanager
def laptop(folder: Path, clock: Clock, who: User, address: str, abilities: ServerAbilities) -> Iterator[Laptop]:
    """A laptop with an empty record, closed at the end."""
    session = begin(Profile(folder), clock, who)
    try:
        yield Laptop(replace(session, laptop_id=f"laptop of {who.id}"), address, abilities)
    finally:
        session.store.close()
