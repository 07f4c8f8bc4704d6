"""The longest that the window could not paint while it exchanged with a real HAPI FHIR: people sent, then received."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

import pytest

from eolc_desktop.clock import system_clock
from eolc_desktop.policy import NO_POLICY
from eolc_desktop.services import shared_record
from eolc_desktop.services.shared_record import RecordSettings
from eolc_desktop.services.sharing_use import Hold
from tests.bench.bench import Bench
from tests.bench.figures import Figure
from tests.bench.processes import program
from tests.bench.stores import PASSPHRASE, Kept
from tests.servers.hapi import Hapi

LIMIT_MS = 50.0
FEW = 20


def measure(bench: Bench) -> Iterator[Figure]:
    """One window sends everybody it may, another receives them, each with a heart that beats every 5 ms."""
    try:
        server = Hapi()
    except pytest.skip.Exception as reason:
        print(f"sharing: not measured. {reason}")
        return
    try:
        server.begin()
        count = bench.times(500, 100)
        for what, kept in (
            (f"{count} people are sent", bench.stores.of(count)),
            (f"{count} people are received", bench.stores.of(FEW)),
        ):
            told = _shared(bench, kept, server.address)
            longer = len(told["gaps"])
            yield Figure(
                f"sharing: longest wait while {what}",
                told["longest"] * 1000,
                "ms",
                LIMIT_MS,
                f"{told['seconds']:.0f} s; longer than {LIMIT_MS:.0f} ms: {longer} times",
            )
    finally:
        server.end()


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
