"""What HAPI FHIR really does, on a real database: the probe's answers, and the habits that the exchange relies on."""

from __future__ import annotations

import pytest

from eolc_desktop.clock import system_clock
from eolc_desktop.sync.capabilities import Check
from eolc_desktop.sync.http import Http
from eolc_desktop.sync.probe import probe
from eolc_desktop.sync.server import server_at
from tests.servers.hapi import Hapi

pytestmark = [pytest.mark.xdist_group("hapi"), pytest.mark.timeout(900)]


def test_hapi_can_be_used_as_a_shared_record(hapi: Hapi) -> None:
    with Http(server_at(hapi.address)) as http:
        found = probe(http, system_clock)
    assert found.software == "HAPI FHIR Server 8.8.0"
    assert found.may_write
    passed = {check for check in Check if found.passed(check)}
    # It overwrites in spite of If-None-Match: a first write is guarded by If-Match on version 0 instead.
    assert set(Check) - passed == {Check.CREATE_GUARD}
    assert "can be used as a shared record" in found.words
