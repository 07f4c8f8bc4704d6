"""Memory with 2,000 people, against the bare window; and after a print."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from tests.bench.bench import Bench
from tests.bench.figures import Figure
from tests.bench.processes import bare_window, program
from tests.bench.stores import PASSPHRASE, SEED

LIMIT_RATIO = 2.4
LIMIT_AFTER_PRINT_MB = 250.0


def measure(bench: Bench) -> Iterator[Figure]:
    """Unlock, look through the caseload, open a few people, then print for one; and open a bare window."""
    kept = bench.stores.of(2_000)
    people = [row.id for row in Random(SEED).sample(kept.rows, 5)]
    home = bench.new_folder()
    with bare_window(home) as started:
        bare = started.ask("memory")["own"]
    with program(home, kept.copied_to(bench.new_folder() / "profile").profile.folder) as started:
        started.ask("unlock", passphrase=PASSPHRASE, wait_seconds=1.0)
        started.ask("search", words=["smith", "an"])
        for person_id in people:
            started.ask("open_person", person_id=person_id)
        before = started.ask("memory")
        started.ask("print", person_id=people[-1], document="family-plan", folder=str(home))
        after = started.ask("memory")
    told = f"resident {before['own']['rss']:.0f} MB; a bare window {bare['rss']:.0f} MB{_others(before)}"
    yield Figure("memory: 2,000 people", before["own"]["rss"] / bare["rss"], "×", LIMIT_RATIO, told)
    told = f"resident, the program's own process; at its peak {after['own']['peak']:.0f} MB{_others(after)}"
    yield Figure("memory: after a print", after["own"]["rss"], "MB", LIMIT_AFTER_PRINT_MB, told)


def _others(measured: dict[str, Any]) -> str:
    """What is told about the worker process beside it, which has no limit of its own."""
    children = sum(child["pss"] for child in measured["children"])
    together = measured["own"]["pss"] + children
    return f"; its own share (PSS) {measured['own']['pss']:.0f} MB, with the worker process {together:.0f} MB"
