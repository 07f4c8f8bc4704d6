"""The HAPI FHIR of a run of tests, as a fixture for every folder that needs one."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.hapi import Hapi


@pytest.fixture(scope="session")
def hapi() -> Iterator[Hapi]:
    """HAPI FHIR, started at the first test that asks for it. Tests that use it belong to one xdist_group, "hapi"."""
    server = Hapi()
    try:
        server.begin()
        yield server
    finally:
        server.end()
