"""Somebody's record leaves a laptop on a named user's word alone, and never while anything is only there."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.documents.attached import inspect
from eolc_desktop.errors import InvalidValue, NotAllowed
from eolc_desktop.record import exchange as tables
from eolc_desktop.record.exchange import Proposal
from eolc_desktop.services import attachments, held_here, people, plans
from eolc_desktop.services.session import Session
from eolc_desktop.sync.effects import Request, Response
from tests.documents.test_attached import pdf
from tests.services.exchanging import doctor, exchange, nurse, save, server
from tests.sync.simulator.server import Server

__all__ = ["doctor", "nurse", "server"]  # fixtures

MOVED = held_here.REASONS[2]
REFUSES = Response(422, {}, {"resourceType": "OperationOutcome", "issue": [{"code": "invariant"}]})


@pytest.fixture
def peggy(nurse: Session, server: Server) -> str:
    """Somebody who agreed to sharing, and of whom the shared record has everything."""
    person_id = people.add_person(nurse, {"family_name": "Ogden", "nhs_number": "9990000018"}).plan.person_id
    save(nurse, person_id, "consent", to_share="given")
    save(nurse, person_id, "cpr", decision="not_for")
    exchange(nurse, server)
    assert stays(nurse, person_id) == ()
    return person_id


def stays(session: Session, person_id: str) -> tuple[str, ...]:
    found = held_here.may_leave(session, person_id)
    assert found is not None
    return found.stays


def records_something(nurse: Session, _doctor: Session, _server: Server, who: str) -> None:
    save(nurse, who, "about_me", most_important="the sea")


def keeps_something_back(nurse: Session, _doctor: Session, server: Server, who: str) -> None:
    save(nurse, who, "kept_back", "", what=["about_me.fears"])
    save(nurse, who, "about_me", fears="My brother’s opinions")
    exchange(nurse, server)


def withdraws_consent(nurse: Session, _doctor: Session, server: Server, who: str) -> None:
    save(nurse, who, "consent", to_share="withdrawn")
    exchange(nurse, server)


def begins_to_write(nurse: Session, _doctor: Session, _server: Server, who: str) -> None:
    plans.keep_draft(nurse, who, "about_me/main", {"most_important": "the s"}, 1)


def sends_what_is_refused(nurse: Session, _doctor: Session, server: Server, who: str) -> None:
    save(nurse, who, "about_me", most_important="the sea")

    def refuse(asked: Request) -> Response | None:
        return REFUSES if asked.body is not None and asked.body.get("type") == "transaction" else None

    exchange(nurse, server, refuse)


def sends_and_hears_nothing(nurse: Session, _doctor: Session, server: Server, who: str) -> None:
    save(nurse, who, "about_me", most_important="the sea")

    class Cut(Exception):
        pass

    def cut(asked: Request) -> Response | None:
        if asked.body is not None and asked.body.get("type") == "transaction":
            raise Cut
        return None

    with pytest.raises(Cut):
        exchange(nurse, server, cut)


def is_told_otherwise(nurse: Session, doctor: Session, server: Server, who: str) -> None:
    exchange(doctor, server)
    save(doctor, who, "cpr", decision="for", reason="She wishes it")
    exchange(doctor, server)
    save(nurse, who, "conveyance", to_hospital="avoid")
    exchange(nurse, server)
    exchange(nurse, server)


def hears_a_proposal(nurse: Session, _doctor: Session, _server: Server, who: str) -> None:
    changes = (("cpr", MAIN, "decision", "for"),)
    with nurse.store.writing() as connection:
        tables.put_proposal(connection, Proposal("p", who, "Flag/1", "CPR", nurse.clock().isoformat(), "999", changes))


def attaches_a_scan(nurse: Session, _doctor: Session, _server: Server, who: str) -> None:
    scan = pdf(2)
    attachments.attach(nurse, plans.read_plan(nurse, who), {"title": "CPR form"}, scan, inspect(scan))


KEEPS: dict[Callable[[Session, Session, Server, str], None], str] = {
    records_something: "Something recorded here is not in the shared record yet.",
    keeps_something_back: "Something is kept back, and so is only on this laptop.",
    withdraws_consent: "Their plan is not shared. Consent to sharing was withdrawn.",
    begins_to_write: "Somebody began to write something and has not saved it.",
    sends_what_is_refused: "Something was sent to the shared record that it may not have taken.",
    sends_and_hears_nothing: "Something was sent to the shared record that it may not have taken.",
    is_told_otherwise: "Two versions of something recorded here still have to be settled.",
    hears_a_proposal: "A change from another system waits to be accepted or declined.",
    attaches_a_scan: "Scans or photographs of theirs are only on this laptop.",
}


@pytest.mark.parametrize("happens", KEEPS, ids=lambda happens: happens.__name__)
def test_whoever_has_something_that_nobody_else_has_stays(
    nurse: Session,
    doctor: Session,
    server: Server,
    peggy: str,
    happens: Callable[[Session, Session, Server, str], None],
) -> None:
    happens(nurse, doctor, server, peggy)
    assert any(words.startswith(KEEPS[happens]) for words in stays(nurse, peggy)), stays(nurse, peggy)
    with pytest.raises(NotAllowed):
        held_here.leave(nurse, peggy, MOVED)
    assert held_here.count(nurse) == 1


def test_nobody_leaves_because_of_what_a_server_lacks(nurse: Session, server: Server, peggy: str) -> None:
    """Gone from the server, empty, or put back to before: that says nothing about who is cared for here."""
    server.restore(Server(server.habits, server.chance).snapshot())
    exchange(nurse, server)
    exchange(nurse, server)
    assert held_here.count(nurse) == 1
    assert plans.read_plan(nurse, peggy).text("cpr", "decision") == "not_for"
    assert any(key.startswith("QuestionnaireResponse/") for key in server.history), "it is sent there again"


def test_a_reason_is_one_of_those_that_a_person_can_give(nurse: Session, peggy: str) -> None:
    for reason in ("", "Not in the shared record"):
        with pytest.raises(InvalidValue, match="say why"):
            held_here.leave(nurse, peggy, reason)
    held_here.leave(nurse, peggy, MOVED)
    assert held_here.count(nurse) == 0


def test_when_many_leave_on_one_day_somebody_has_to_look(nurse: Session, server: Server, peggy: str) -> None:
    other = people.add_person(nurse, {"family_name": "Khan"}).plan.person_id
    save(nurse, other, "consent", to_share="given")
    exchange(nurse, server)
    held_here.leave(nurse, peggy, MOVED)
    with pytest.raises(NotAllowed, match="left this laptop today already"):
        held_here.leave(nurse, other, MOVED)


def test_it_says_who_is_here_and_why(nurse: Session, doctor: Session, server: Server, peggy: str) -> None:
    exchange(doctor, server)
    (here,) = held_here.who_is_here(nurse, 10)
    assert here.words == "Added on this laptop 12-Nov-2026 by Jo Okafor; shared as of 12-Nov-2026"
    (there,) = held_here.who_is_here(doctor, 10)
    assert there.words.startswith("Received from the shared record, first recorded 12-Nov-2026 by Jo Okafor")
    people.add_person(nurse, {"family_name": "Khan"})
    assert "only on this laptop" in held_here.who_is_here(nurse, 10)[0].words
