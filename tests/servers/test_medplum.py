"""A server without atomic transactions (Medplum’s router, its store in memory) is found out: read, never written."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from eolc_desktop.clock import system_clock
from eolc_desktop.sync.capabilities import NEEDED, Check
from eolc_desktop.sync.http import Http
from eolc_desktop.sync.probe import body_of, probe
from eolc_desktop.sync.server import Request, server_at
from tests.servers.laptops import laptop
from tests.servers.medplum_router import MedplumRouter
from tests.sessions import NURSE_USER

pytestmark = [pytest.mark.xdist_group("medplum"), pytest.mark.timeout(600)]


@pytest.fixture(scope="module")
def medplum() -> Iterator[MedplumRouter]:
    server = MedplumRouter()
    try:
        server.begin()
        yield server
    finally:
        server.end()


def test_it_is_refused_for_writing_in_words(medplum: MedplumRouter) -> None:
    with Http(server_at(medplum.address)) as http:
        found = probe(http, system_clock)
    assert {check for check in NEEDED if not found.passed(check)} == {Check.ALL_OR_NOTHING}
    assert not found.may_write
    assert not found.abilities.may_write
    assert "can be read, and nothing is sent to it" in found.words
    assert "as a whole or not at all" in found.words


def test_it_is_still_read_and_nothing_is_sent(medplum: MedplumRouter, tmp_path: Path) -> None:
    with Http(server_at(medplum.address)) as http:
        abilities = probe(http, system_clock).abilities
        name = str(uuid4())
        patient = json.dumps({"resourceType": "Patient", "id": name, "name": [{"family": "Elsewhere"}]})
        assert http.send(Request("PUT", f"Patient/{name}", patient.encode())).ok
        before = body_of(http.send(Request("GET", f"Patient/{name}")))["meta"]["versionId"]
    with laptop(tmp_path / "a", system_clock, NURSE_USER, medplum.address, abilities) as nurse:
        person_id = nurse.add({"family_name": "Ogden", "nhs_number": "9990000018"})
        nurse.save(person_id, "consent", {"to_share": "given"})
        outcome = nurse.sync()
        assert (outcome.stopped, outcome.sent) == (None, 0)
        assert nurse.standing(person_id).waiting_since, "it waits, and is shown as waiting"
    with Http(server_at(medplum.address)) as http:
        assert body_of(http.send(Request("GET", f"Patient/{name}")))["meta"]["versionId"] == before
        found = body_of(http.send(Request("POST", "Patient/_search", form={"_count": "50"}, fresh=True)))
    assert [entry["resource"]["id"] for entry in found["entry"]] == [name]
