"""Real servers for the tests of the exchange: one HAPI FHIR for all of them, one Medplum router."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.servers.hapi import Hapi

SECONDS_WITH_A_SERVER = 900
"""The first test of a server waits until it was fetched, on a new machine, and has started beside other work."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give the tests of this folder the time a server takes."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.timeout(SECONDS_WITH_A_SERVER))


@pytest.fixture(scope="session")
def hapi() -> Iterator[Hapi]:
    """HAPI FHIR, started at the first test that asks for it. Tests that use it belong to one xdist_group, "hapi"."""
    server = Hapi()
    try:
        server.begin()
        yield server
    finally:
        server.end()
