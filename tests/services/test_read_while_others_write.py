"""A server answers a batch entry by entry, and others write in between: what came half is read together, and once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from eolc_desktop.record import exchange as tables
from eolc_desktop.services import people, plans
from eolc_desktop.services.session import Session
from eolc_desktop.sync.effects import JSON, Request, Response
from eolc_desktop.sync.names import manifest_key
from tests.services.exchanging import doctor, exchange, nurse, save, server
from tests.sync.simulator.server import Server

__all__ = ["doctor", "nurse", "server"]


def shared(nurse: Session, doctor: Session, server: Server, count: int) -> list[str]:
    """People whom both laptops have, who want to die at home."""
    found = []
    for number in range(count):
        person_id = people.add_person(nurse, {"family_name": f"Zqogden{number}"}).plan.person_id
        save(nurse, person_id, "consent", to_share="given")
        save(nurse, person_id, "cpr", decision="not_for")
        save(nurse, person_id, "places", preferred_death="home")
        found.append(person_id)
    for session in (nurse, doctor, nurse, doctor):
        exchange(session, server)
    server.now += 3600
    return found


def torn(server: Server, meanwhile: Callable[[], object]) -> Callable[[Request], Response | None]:
    """Answer the first reading in two parts; others write before the last entry of it, which reads the plans."""
    begun = False

    def part(asked: Request, entries: list[JSON]) -> list[JSON]:
        heard = server.answer(replace(asked, body={**(asked.body or {}), "entry": entries}), 1, server.now)
        assert heard.body is not None
        answered: list[JSON] = heard.body["entry"]
        return answered

    def answer(asked: Request) -> Response | None:
        nonlocal begun
        entries = (asked.body or {}).get("entry", [])
        if begun or not any("QuestionnaireResponse?" in entry["request"]["url"] for entry in entries):
            return None
        begun = True
        plans_at = next(n for n, entry in enumerate(entries) if "QuestionnaireResponse?" in entry["request"]["url"])
        first = part(asked, entries[:plans_at])
        meanwhile()
        answered = first + part(asked, entries[plans_at:])
        return Response(200, {}, {"resourceType": "Bundle", "type": "batch-response", "entry": answered})

    return answer


def by_name(requests: list[Request]) -> list[list[str]]:
    """What was read by name, request by request."""
    bodies = [r.body for r in requests if r.body is not None and r.body.get("type") == "batch"]
    asked = [[entry["request"]["url"] for entry in body["entry"]] for body in bodies]
    return [urls for urls in asked if not any("?" in url for url in urls)]


@pytest.mark.hazard("H29")
def test_many_of_whom_only_a_part_came_are_read_together_and_whole(
    nurse: Session, doctor: Session, server: Server
) -> None:
    three = shared(nurse, doctor, server, 3)
    for person_id in three:
        save(nurse, person_id, "places", preferred_death="hospice")
    requests = exchange(doctor, server, torn(server, lambda: exchange(nurse, server)))
    manifests, rest = by_name(requests)
    assert sorted(manifests) == sorted(map(manifest_key, three))
    changed = {"Observation", "DocumentReference"}  # the preferred place, and the PDF
    assert {url.partition("/")[0] for url in rest} == changed, "only what does not fit the newer manifest"
    for person_id in three:
        assert plans.read_plan(doctor, person_id).text("places", "preferred_death") == "hospice"


@pytest.mark.hazard("H29")
def test_what_was_read_a_moment_too_early_is_not_taken_for_another_systems_word(
    nurse: Session, doctor: Session, server: Server
) -> None:
    """The Observation says “home” still, the plan “hospice” already: nobody else has said anything."""
    (person_id,) = shared(nurse, doctor, server, 1)
    save(nurse, person_id, "places", preferred_death="hospice")
    exchange(doctor, server, torn(server, lambda: exchange(nurse, server)))
    with doctor.store.reading() as connection:
        assert not tables.proposals_of(connection, person_id)
