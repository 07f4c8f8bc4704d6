"""The longest that the window could not paint while it exchanged with a real HAPI FHIR: people sent, then received."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from functools import partial
from typing import Any

from eolc_desktop.clock import system_clock
from eolc_desktop.policy import NO_POLICY
from eolc_desktop.services import shared_record
from eolc_desktop.services.shared_record import RecordSettings
from eolc_desktop.services.sharing_use import Hold
from tests.bench.bench import Bench
from tests.bench.figures import Figure
from tests.bench.hapi import on_hapi
from tests.bench.processes import program
from tests.bench.stores import PASSPHRASE, Kept
from tests.servers.hapi import Hapi

LIMIT_MS = 50.0
FEW = 20


def measure(bench: Bench) -> Iterator[Figure]:
    """One window sends everybody it may, another receives them, each with a heart that beats every 5 ms."""
    yield from on_hapi("sharing", partial(_waits, bench))


def _waits(bench: Bench, server: Hapi) -> Iterator[Figure]:
    count = bench.times(500, 100)
    for what, kept in (
        (f"{count} people are sent", bench.stores.of(count)),
        (f"{count} people are received", bench.stores.of(FEW)),
    ):
        told = _shared(bench, kept, server.address)
        waits = [wait * 1000 for wait in told["waits"]]
        over = sum(wait > LIMIT_MS for wait in waits)
        detail = f"{told['seconds']:.0f} s; longer than {LIMIT_MS:.0f} ms: {over} times"
        yield Figure(f"sharing: longest wait while {what}", max(waits), "ms", LIMIT_MS, detail)


def _shared(bench: Bench, kept: Kept, address: str) -> Any:
    """What a window tells that shares this record with a server, somebody sitting at the caseload."""
    own = kept.copied_to(bench.new_folder() / "profile")
    wanted = RecordSettings(address)
    session = replace(own.open(), made_up=True)
    with closing(session.store):
        found = shared_record.try_server(wanted, NO_POLICY, system_clock, Hold(), made_up=True)
        shared_record.change(session, wanted, found)
    with program(bench.new_folder(), own.profile.folder) as started:
        started.ask("unlock", passphrase=PASSPHRASE, wait_seconds=1.0)
        told = started.ask("share")
    assert not told["stopped"], told["stopped"]
    return told
