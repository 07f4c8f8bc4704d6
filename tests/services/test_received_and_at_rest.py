"""Whoever was received and has nothing to be sent waits no more, at once: as looking at everything again would find."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eolc_desktop.record import exchange as tables
from eolc_desktop.record import shared_resources
from eolc_desktop.services import people, sharing
from eolc_desktop.services.session import Session
from eolc_desktop.sync.effects import Request
from eolc_desktop.sync.names import entry_key, stamped
from eolc_desktop.sync.ports import ServerAbilities
from eolc_desktop.sync.projecting import PlanProjection
from eolc_desktop.sync.sealing import seal
from tests.services.exchanging import doctor, exchange, nurse, save, server
from tests.sync.simulator.server import Server

__all__ = ["doctor", "nurse", "server"]

NUMBER = "9990000018"


def shared(nurse: Session, **values: str) -> str:
    """Somebody whom the nurse looks after, with consent to share."""
    person_id = people.add_person(nurse, {"family_name": "Zqogden", **values}).plan.person_id
    save(nurse, person_id, "consent", to_share="given")
    save(nurse, person_id, "about_me", strength="Her sister, and the garden.")
    return person_id


def standing(session: Session) -> dict[str, tables.SharedPerson]:
    with session.store.reading() as connection:
        return {one.person_id: one for one in tables.all_shared_people(connection)}


@pytest.mark.hazard("H40")
def test_it_is_what_looking_at_everything_again_finds(nurse: Session, doctor: Session, server: Server) -> None:
    """Agreed, withdrawn, kept back in part, and a number that another record here has too."""
    agreed, withdrawn, twice = shared(nurse), shared(nurse), shared(nurse, nhs_number=NUMBER)
    exchange(nurse, server)
    save(nurse, withdrawn, "consent", to_share="withdrawn")
    exchange(nurse, server)
    people.add_person(doctor, {"family_name": "Zqogden", "nhs_number": NUMBER})
    exchange(doctor, server)
    found = standing(doctor)
    assert {person_id: found[person_id].hold for person_id in (agreed, withdrawn, twice)} == {
        agreed: "",
        withdrawn: "withdrawn",
        twice: "identity",
    }
    setup = sharing.setup_for(doctor, ServerAbilities(), PlanProjection())
    for person_id in (agreed, withdrawn, twice):
        assert not found[person_id].waiting_since
        with doctor.store.writing() as connection:
            ledger = sharing.ledger_of(doctor, connection)
            ledger.put_person(replace(found[person_id], hold="", waiting_since="now"))
            assert seal(ledger, setup, person_id, "1") is None
    assert standing(doctor) == found


@pytest.mark.hazard("H40")
def test_what_was_recorded_here_while_it_came_waits_and_is_sent(
    nurse: Session, doctor: Session, server: Server
) -> None:
    peggy = shared(nurse)
    exchange(nurse, server)
    exchange(doctor, server)
    save(nurse, peggy, "about_me", strength="The garden.")
    exchange(nurse, server)
    times = 0

    def records_meanwhile(_asked: Request) -> None:
        nonlocal times
        times += 1
        if times == 1:  # after the exchange has looked who has something new
            save(doctor, peggy, "contacts", "c1", full_name="Sam Zqogden")

    exchange(doctor, server, records_meanwhile)
    key = entry_key(peggy, "contacts", "c1")
    with doctor.store.reading() as connection:
        known = shared_resources.one(connection, key)
    assert known is not None, "it went with the same exchange"
    assert known.base is not None


def test_a_version_is_followed_within_the_table_as_it_would_be_written(nurse: Session) -> None:
    """Moved by the database, or read, merged and written again: the same, to the letter."""
    resource = stamped(
        {"resourceType": "Flag", "id": "a", "text": {"div": "“ä” 1.10"}, "meta": {"versionId": "2"}}, "x"
    )
    seen = tables.SharedResource("Flag/a", "p", {"id": "a"}, "1", "then", resource, "2", "now")
    with nurse.store.writing() as connection:
        unseen = replace(seen, key="Flag/c", seen=None, seen_version="", seen_updated="")
        shared_resources.put(connection, [seen, replace(seen, key="Flag/b"), unseen])
        before = shared_resources.one(connection, "Flag/c")
        shared_resources.follow(connection, ["Flag/a", "Flag/c"])
        assert shared_resources.one(connection, "Flag/a") == seen.merged()
        assert shared_resources.one(connection, "Flag/b") == replace(seen, key="Flag/b")
        assert shared_resources.one(connection, "Flag/c") == before, "nothing newer was seen of it"
        keys = [f"Flag/{number}" for number in range(1200)]
        found = shared_resources.several(connection, ["Flag/a", *keys, "Flag/b"])
        assert found.keys() == {"Flag/a", "Flag/b"}


def test_more_of_the_record_is_kept_at_hand_while_it_is_exchanged_and_no_longer(nurse: Session, server: Server) -> None:
    def kilobytes() -> int:
        with nurse.store.reading() as connection:
            return -int(connection.exec_driver_sql("PRAGMA cache_size").scalar_one())

    before = kilobytes()
    during = []
    exchange(nurse, server, lambda _asked: during.append(kilobytes()))
    assert min(during) > before == kilobytes()
