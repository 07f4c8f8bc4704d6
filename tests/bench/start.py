"""From the start of the process to a passphrase field that takes keys, against the bare window's."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.bench import Bench
from tests.bench.figures import Figure, median
from tests.bench.processes import bare_window, program

LIMIT = 1.3


def measure(bench: Bench) -> Iterator[Figure]:
    """Start one and the other by turns."""
    profile = bench.stores.of(2_000).copied_to(bench.new_folder() / "profile").profile.folder
    home = bench.new_folder()
    ours, bare = [], []
    for turn in range(bench.times(20, 6)):
        with program(home, profile) as started:
            ours.append(started.seconds_to_ready)
        with bare_window(home) as started:
            bare.append(started.seconds_to_ready)
        if turn == 0:
            # The first start of each reads its files from the disk.
            ours.clear()
            bare.clear()
    yield Figure(
        "start: to a passphrase field that takes keys",
        median(ours) / median(bare),
        "×",
        LIMIT,
        f"{median(ours) * 1000:.0f} ms; a bare window {median(bare) * 1000:.0f} ms; {len(ours)} starts each, by turns",
    )
