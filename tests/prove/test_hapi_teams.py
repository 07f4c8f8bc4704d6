"""A HAPI that keeps a record for each team (partitions): the trial finds how it is asked, and no team sees another."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from eolc_desktop.clock import system_clock
from eolc_desktop.sync.capabilities import Capabilities
from eolc_desktop.sync.http import Http
from eolc_desktop.sync.probe import probe
from eolc_desktop.sync.server import server_at
from tests.servers.hapi import Hapi
from tests.servers.laptops import Laptop, laptop
from tests.servers.test_hapi_exchange import asks_for_one_list, begun
from tests.sessions import DOCTOR_USER, NURSE_USER

pytestmark = pytest.mark.xdist_group("hapi")


@pytest.fixture
def teams() -> Iterator[Hapi]:
    server = Hapi(teams=2)
    try:
        server.begin()
        yield server
    finally:
        server.end()


def tried(address: str) -> Capabilities:
    with Http(server_at(address)) as http:
        return probe(http, system_clock)


def test_a_team_reads_its_own_changes_in_one_list_and_nobody_elses(teams: Hapi, tmp_path: Path) -> None:
    ours, others = teams.of_teams
    found = tried(ours)
    assert found.may_write
    assert found.abilities.lists_changes == "TEAM-1/_history"
    with ExitStack() as stack:

        def opened(name: str, address: str, who: object = NURSE_USER) -> Laptop:
            abilities = tried(address).abilities
            made = stack.enter_context(laptop(tmp_path / name, system_clock, who, address, abilities))  # type: ignore[arg-type]
            made.setup = replace(made.setup, overlap=timedelta(seconds=2))
            return made

        nurse, doctor, stranger = opened("a", ours), opened("b", ours, DOCTOR_USER), opened("c", others)
        person_id = begun(nurse)
        for one in (nurse, doctor, stranger, nurse, doctor, stranger):
            assert one.sync().stopped is None
        nurse.save(person_id, "places", {"preferred_death": "hospice"})
        assert nurse.sync().stopped is None
        assert asks_for_one_list(doctor)
        assert doctor.sync().stopped is None
        assert doctor.plan(person_id).text("places", "preferred_death") == "hospice"
        assert asks_for_one_list(doctor), "it did"
        outcome = stranger.sync()
        assert (outcome.stopped, outcome.received, outcome.merged) == (None, 0, 0)
