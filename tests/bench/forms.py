"""Opening the fullest plan, and each section's form on demand: told until the whole record is there (issue 3)."""

from __future__ import annotations

from collections.abc import Iterator

from eolc_desktop.services import plans
from tests.bench.bench import Bench
from tests.bench.figures import Figure, p95, spread
from tests.bench.processes import program
from tests.bench.stores import PASSPHRASE, Kept

MOST_LOOKED_AT = 300


def measure(bench: Bench) -> Iterator[Figure]:
    """Open the person with the most recorded, again and again, and go through every section of their plan."""
    kept = bench.stores.of(2_000)
    person_id, items = _fullest(kept, bench)
    with program(bench.new_folder(), kept.copied_to(bench.new_folder() / "profile").profile.folder) as started:
        started.ask("unlock", passphrase=PASSPHRASE, wait_seconds=1.0)
        others = [row.id for row in kept.rows[:2]]
        opened = []
        for turn in range(bench.times(20, 6)):
            started.ask("open_person", person_id=others[turn % 2])
            opened.append(started.ask("open_person", person_id=person_id))
        yield Figure("open the fullest plan, p95", p95(opened) * 1000, "ms", None, f"{items} items; {spread(opened)}")
        sections = started.ask("sections")
        taken: dict[str, list[float]] = {}
        for _ in range(bench.times(4, 2)):
            for key in sections:
                taken.setdefault(key, []).append(started.ask("section", key=key))
    everything = [seconds for times in taken.values() for seconds in times]
    slowest = max(taken, key=lambda key: min(taken[key]))
    told = f"{spread(everything)}; the slowest is {slowest} ({min(taken[slowest]) * 1000:.0f} ms)"
    yield Figure("a section's form on demand, p95", p95(everything) * 1000, "ms", None, told)


def _fullest(kept: Kept, bench: Bench) -> tuple[str, int]:
    """The person with the most recorded, among as many as are looked at, and how many items that is."""
    session = kept.copied_to(bench.new_folder() / "looked-at").open()
    try:
        counted = {
            row.id: sum(
                len(entry.items) for entries in plans.read_plan(session, row.id).sections.values() for entry in entries
            )
            for row in kept.rows[: bench.times(MOST_LOOKED_AT, 50)]
        }
    finally:
        session.store.close()
    person_id = max(counted, key=lambda key: counted[key])
    return person_id, counted[person_id]
