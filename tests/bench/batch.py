"""Printing for many: 500 plans in one batch into a folder, and how long the window ever waited meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.bench import Bench
from tests.bench.figures import Figure
from tests.bench.processes import program
from tests.bench.stores import PASSPHRASE

LIMIT_MS = 50.0


def measure(bench: Bench) -> Iterator[Figure]:
    """Save the family plans of many people, with a heart that beats every 5 ms in the window's own loop."""
    kept = bench.stores.of(2_000)
    count = bench.times(500, 40)
    folder = bench.new_folder()
    with program(bench.new_folder(), kept.copied_to(bench.new_folder() / "profile").profile.folder) as started:
        started.ask("unlock", passphrase=PASSPHRASE, wait_seconds=1.0)
        told = started.ask("print_many", folder=str(folder), count=count)
    size = sum(file.stat().st_size for file in folder.iterdir()) / max(1, told["made"])
    yield Figure(
        f"print: {count} family plans in one batch, each",
        told["seconds"] * 1000 / count,
        "ms",
        None,
        f"{told['seconds']:.0f} s in all, {told['made']} made, {size / 1000:.0f} kB each",
    )
    yield Figure("paint: longest wait while a batch runs", told["longest"] * 1000, "ms", LIMIT_MS)
