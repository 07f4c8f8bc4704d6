"""The newest seal on the shared record: an older file put back is noticed although all that is beside it was put back
with it, and what is meant to be older is not taken for one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fhir.resources.R4B.list import List

from eolc_desktop.errors import NotAsWritten
from eolc_desktop.models import keys
from eolc_desktop.models.store import open_store
from eolc_desktop.services import going_out, people, restoring, sharing, trust
from eolc_desktop.services.head_elsewhere import key_of_head
from eolc_desktop.services.session import Doubt, Session
from eolc_desktop.sync.effects import Request, Response
from eolc_desktop.sync.exchange import Outcome
from eolc_desktop.sync.ports import ServerAbilities
from eolc_desktop.sync.projecting import PlanProjection
from tests.services.exchanging import exchange, nurse, save, server
from tests.services.laptop import CHEAP, GOOD
from tests.sync.simulator.server import Server

__all__ = ["nurse", "server"]

pytestmark = pytest.mark.hazard("H30")

OLDER = "An older copy of the record is in its place"


def again(session: Session, file: bytes | None = None) -> Session:
    """The record closed and opened again; with `file` in its place, as whoever has the laptop in hand may do."""
    place = session.store.place
    session.store.close()
    if file is not None:
        place.path.write_bytes(file)
    return replace(session, store=open_store(place.path, place.key, place.store_id), doubt=Doubt())


def file_of(session: Session) -> tuple[Session, bytes]:
    """The file of a record as it is now, with everything in it."""
    place = session.store.place
    session.store.close()
    file = place.path.read_bytes()
    return replace(session, store=open_store(place.path, place.key, place.store_id)), file


def ended(session: Session, server: Server) -> tuple[Outcome, list[Request]]:
    """An exchange that may be stopped; how it ended, and what was asked."""
    work = sharing.Exchange(session, sharing.setup_for(session, ServerAbilities(), PlanProjection()))
    asked, requests = work.advance(), []
    while asked is not None:
        assert isinstance(asked, Request)
        requests.append(asked)
        asked = work.advance(server.answer(asked, 1, server.now))
    assert work.outcome is not None
    return work.outcome, requests


@pytest.fixture
def put_back(nurse: Session, server: Server) -> Iterator[tuple[Session, str]]:
    """A record that was shared, went on, was shared again, and then was put back with all that lies beside it."""
    person_id = people.add_person(nurse, {"family_name": "Smith"}).plan.person_id
    save(nurse, person_id, "consent", to_share="given")
    save(nurse, person_id, "cpr", decision="for")
    exchange(nurse, server)
    nurse, file = file_of(nurse)
    save(nurse, person_id, "cpr", decision="not_for")
    exchange(nurse, server)
    older = again(nurse, file)
    assert not trust.look_first(older)  # nothing on the laptop knows of anything newer
    yield older, person_id
    older.store.close()


def test_an_older_file_is_noticed_by_what_the_shared_record_knows(
    put_back: tuple[Session, str], server: Server
) -> None:
    session, person_id = put_back
    outcome, asked = ended(session, server)
    assert outcome.stopped is not None
    assert OLDER in outcome.stopped.reason
    assert [request.method for request in asked] == ["GET"]  # nothing was sent, and nothing received
    assert OLDER in " ".join(trust.doubt_about(session, person_id).lines)
    with pytest.raises(NotAsWritten):
        going_out.refuse_record(session)


def test_who_compared_goes_on_and_it_is_the_newest_from_then_on(put_back: tuple[Session, str], server: Server) -> None:
    session, _person_id = put_back
    place = session.store.place
    names = (session.user.id, session.user.name)
    slots = (session.profile.keys, *names, GOOD, session.clock)
    keys.create_slots(*slots, store_id=place.store_id, key=place.key, costs=CHEAP)
    session = replace(session, costs=CHEAP)
    ended(session, server)
    trust.accept_as_it_is(session, GOOD, "Compared with the paper in the house.")
    exchange(session, server)
    assert not trust.doubt_about(session)
    session = again(session)
    exchange(session, server)
    assert not trust.doubt_about(session)


def test_a_record_that_was_restored_on_purpose_is_compared_and_not_doubted(
    put_back: tuple[Session, str], server: Server
) -> None:
    session, _person_id = put_back
    restoring.note_restored(session, session.clock(), is_new_laptop=False)
    for _ in range(2):
        exchange(session, server)
        assert not trust.doubt_about(session)


def test_what_goes_is_a_list_of_a_number_and_a_code_and_goes_only_when_there_is_a_newer_one(
    nurse: Session, server: Server
) -> None:
    person_id = people.add_person(nurse, {"family_name": "Quixworth"}).plan.person_id
    save(nurse, person_id, "consent", to_share="given")
    exchange(nurse, server)
    kept = server.current(key_of_head(nurse.store.store_id))
    assert kept is not None
    assert not any(word in str(kept).casefold() for word in ("quixworth", person_id, nurse.user.name.casefold()))
    List.model_validate(kept)
    while len(asked := exchange(nurse, server)) > 2:
        pass  # its own news has come back
    assert [request.method for request in asked] == ["GET", "POST"]
    assert server.current(key_of_head(nurse.store.store_id)) is not None


@pytest.mark.parametrize("answer", [Response(404), Response(200, {}, {"resourceType": "List", "extension": [{}, 3]})])
def test_a_shared_record_that_knows_nothing_says_nothing(nurse: Session, server: Server, answer: Response) -> None:
    people.add_person(nurse, {"family_name": "Smith"})

    def instead(asked: Request) -> Response | None:
        return answer if asked.method == "GET" and asked.path == key_of_head(nurse.store.store_id) else None

    exchange(nurse, server, instead)
    assert not trust.doubt_about(nurse)


def test_another_record_under_its_name_is_noticed(nurse: Session, server: Server) -> None:
    """The same number, and another code: lines were written anew with the keys of the laptop at hand."""
    person_id = people.add_person(nurse, {"family_name": "Smith"}).plan.person_id
    save(nurse, person_id, "consent", to_share="given")
    exchange(nurse, server)
    key = key_of_head(nurse.store.store_id)
    kept = server.history[key][-1]
    said = kept["extension"][0]["valueString"]
    mac = said.rpartition('"mac": "')[2][:64]
    server.history[key][-1] = {
        **kept,
        "extension": [{**kept["extension"][0], "valueString": said.replace(mac, "0" * 64)}],
    }
    outcome, _asked = ended(nurse, server)
    assert outcome.stopped is not None
    assert "changed outside the program" in outcome.stopped.reason
