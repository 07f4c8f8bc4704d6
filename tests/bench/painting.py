"""The longest that the window could not paint while a PDF was made, shown and printed."""

from __future__ import annotations

from collections.abc import Iterator

from eolc_desktop.services.invented.filling import whole_plans
from tests.bench.bench import Bench
from tests.bench.figures import Figure, median
from tests.bench.processes import program
from tests.bench.stores import PASSPHRASE, SEED

LIMIT_MS = 50.0


def measure(bench: Bench) -> Iterator[Figure]:
    """Print for one person after another, with a heart that beats every 5 ms in the window's own loop."""
    kept = bench.stores.of(2_000)
    home = bench.new_folder()
    with program(home, kept.copied_to(bench.new_folder() / "profile").profile.folder) as started:
        started.ask("unlock", passphrase=PASSPHRASE, wait_seconds=1.0)
        told = [
            started.ask("print", person_id=person_id, document=document, folder=str(home))
            for person_id in whole_plans(SEED, 2_000)[: bench.times(8, 2)]
            for document in ("family-plan", "commitments", "compact")
        ]
    while_made = [max(t["making"]) * 1000 for t in told]
    on_paper = [max(t["printing"]) * 1000 for t in told]
    yield Figure(
        "paint: longest wait while a PDF is made",
        max(while_made),
        "ms",
        LIMIT_MS,
        f"of {len(told)} documents of {max(t['pages'] for t in told)} pages, usually {median(while_made):.0f} ms; "
        f"shown after {median([t['seconds'] for t in told]) * 1000:.0f} ms",
    )
    yield Figure(
        "paint: longest wait while it goes to the printer",
        max(on_paper),
        "ms",
        None,
        f"usually {median(on_paper):.0f} ms",
    )
    opening = [t["opening"] * 1000 for t in told]
    yield Figure(
        "paint: longest wait while the print page opens",
        max(opening),
        "ms",
        None,
        f"usually {median(opening):.0f} ms",
    )
