"""From Enter to the painted caseload, key derivation aside, against the bare window's start."""

from __future__ import annotations

from collections.abc import Iterator

from tests.bench.bench import Bench
from tests.bench.figures import Figure, median
from tests.bench.processes import bare_window, program
from tests.bench.stores import PASSPHRASE

LIMIT = 1.2
SECONDS_TO_TYPE = 3.0


def measure(bench: Bench) -> Iterator[Figure]:
    """Unlock 2,000 people three seconds after the field appeared, and start a bare window, by turns."""
    profile = bench.stores.of(2_000).copied_to(bench.new_folder() / "profile").profile.folder
    home = bench.new_folder()
    told, bare = [], []
    for _ in range(bench.times(12, 4)):
        with program(home, profile) as started:
            told.append(started.ask("unlock", passphrase=PASSPHRASE, wait_seconds=SECONDS_TO_TYPE))
        with bare_window(home) as started:
            bare.append(started.seconds_to_ready)
    caseload, today, derivation = (median([t[key] for t in told]) for key in ("caseload", "today", "derivation"))
    yield Figure(
        "unlock: Enter to the caseload, of 2,000",
        caseload / median(bare),
        "×",
        LIMIT,
        f"{caseload * 1000:.0f} ms, Today on the way after {today * 1000:.0f} ms; a bare window's start "
        f"{median(bare) * 1000:.0f} ms; {derivation * 1000:.0f} ms of key derivation not counted; {len(told)} times",
    )
