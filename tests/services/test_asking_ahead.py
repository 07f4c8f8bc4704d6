"""The next page is asked for while the present one is put on the disk: given to who asks for it, or thrown away."""

from __future__ import annotations

from dataclasses import replace
from threading import Event

import pytest

from eolc_desktop.services import people, sharing
from eolc_desktop.services.asking_ahead import AskingAhead, only_reads
from eolc_desktop.services.session import Session
from eolc_desktop.sync.asking import reading_of
from eolc_desktop.sync.effects import Answer, NoAnswer, RenewSignIn, Request, Response
from eolc_desktop.sync.ports import ServerAbilities
from eolc_desktop.sync.projecting import PlanProjection
from tests.services.exchanging import doctor, exchange, nurse, save, server
from tests.sync.simulator.server import Server

__all__ = ["doctor", "nurse", "server"]

FIRST, SECOND = reading_of(["List?_count=1"]), reading_of(["List?_count=2"])
WRITING = Request("POST", body={"resourceType": "Bundle", "type": "transaction", "entry": []})
WAIT = 30.0


class Network:
    """Answers each request with its number, once it is let."""

    def __init__(self) -> None:
        self.asked: list[Request] = []
        self.open = Event()
        self.begun = Event()
        self.stopped = False
        self.open.set()

    def answer(self, asked: Request) -> Answer | bool:
        self.asked.append(asked)
        self.begun.set()
        assert self.open.wait(WAIT)
        return NoAnswer("stopped") if self.stopped else Response(200, body={"number": len(self.asked)})

    def stop(self) -> None:
        self.stopped = True
        self.open.set()


def test_what_was_asked_ahead_is_given_to_who_asks_for_it_and_not_asked_again() -> None:
    network = Network()
    with AskingAhead(network.answer, network.stop) as asking:
        asking.begin(FIRST)
        asking.begin(SECOND)  # one at a time: this is left out
        assert asking.answer(reading_of(["List?_count=1"])) == Response(200, body={"number": 1})
        assert asking.answer(SECOND) == Response(200, body={"number": 2})
    assert network.asked == [FIRST, SECOND]


def test_an_answer_that_nobody_asks_for_is_thrown_away() -> None:
    network = Network()
    with AskingAhead(network.answer, network.stop) as asking:
        asking.begin(FIRST)
        assert asking.answer(SECOND) == Response(200, body={"number": 2})
        assert asking.answer(FIRST) == Response(200, body={"number": 3}), "not the answer of a while ago"


def test_nothing_that_writes_is_asked_ahead() -> None:
    network = Network()
    assert not only_reads(WRITING)
    assert not only_reads(Request("GET", "List/1"))
    mixed = reading_of(["List?_count=1"])
    assert mixed.body is not None
    mixed.body["entry"].append({"request": {"method": "PUT", "url": "List/1"}})
    assert not only_reads(mixed)
    with AskingAhead(network.answer, network.stop) as asking:
        asking.begin(WRITING)
        asking.begin(mixed)
    assert network.asked == []


def test_an_exchange_that_ends_otherwise_does_not_wait_for_what_nobody_wants() -> None:
    network = Network()
    network.open.clear()
    with pytest.raises(ZeroDivisionError):
        leave_after_asking(network)
    assert network.stopped


def leave_after_asking(network: Network) -> None:
    with AskingAhead(network.answer, network.stop) as asking:
        asking.begin(FIRST)
        assert network.begun.wait(WAIT)
        raise ZeroDivisionError


def test_what_the_exchange_names_ahead_is_what_it_asks_for_next(
    nurse: Session, doctor: Session, server: Server
) -> None:
    """A request that is named ahead and not asked for would cost the server work for nothing."""
    for number in range(6):
        peggy = people.add_person(nurse, {"family_name": f"Zqogden{number}"}).plan.person_id
        save(nurse, peggy, "consent", to_share="given")
        save(nurse, peggy, "about_me", strength="The garden.")
    exchange(nurse, server)
    setup = sharing.setup_for(doctor, ServerAbilities(), PlanProjection(), papers=False)
    work = sharing.Exchange(doctor, replace(setup, page=3))
    named: list[Request] = []
    work.ask_ahead = named.append
    asked = work.advance()
    came = 0
    while asked is not None:
        assert not isinstance(asked, RenewSignIn)
        assert isinstance(asked, Request)
        if named:
            assert all(ahead == asked for ahead in named)
            came += 1
            named.clear()
        asked = work.advance(server.answer(asked, 1, server.now))
    assert not named
    assert came >= 3
    assert work.outcome is not None
    assert work.outcome.stopped is None
    with doctor.store.reading() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM person").scalar() == 6
