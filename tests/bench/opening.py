"""From the request to open a person to their painted page; and how that grows with the caseload."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from eolc_desktop.services.invented.filling import whole_plans
from tests.bench.bench import Bench
from tests.bench.figures import Figure, median, p95, spread
from tests.bench.processes import program
from tests.bench.stores import PASSPHRASE, SEED

LIMIT_MS = 100.0
LIMIT_GROWTH = 1.3


def measure(bench: Bench) -> Iterator[Figure]:
    """Open people of a caseload of 2,000; then the same whole plans in one of 200 and one of 20,000, by turns."""
    yield _how_fast(bench)
    yield _growth(bench)


def _how_fast(bench: Bench) -> Figure:
    kept = bench.stores.of(2_000)
    wanted = Random(SEED).sample(kept.rows, bench.times(150, 40))
    with program(bench.new_folder(), kept.copied_to(bench.new_folder() / "profile").profile.folder) as started:
        started.ask("unlock", passphrase=PASSPHRASE, wait_seconds=1.0)
        first = started.ask("open_person", person_id=wanted.pop().id)
        seconds = [started.ask("open_person", person_id=row.id) for row in wanted]
    told = f"{spread(seconds)}; the first of the day {first * 1000:.0f} ms"
    return Figure("open a person, of 2,000, p95", p95(seconds) * 1000, "ms", LIMIT_MS, told)


def _growth(bench: Bench) -> Figure:
    few, many = (bench.stores.of(people, histories=False) for people in (200, 20_000))
    same = whole_plans(SEED, 200)
    with (
        program(bench.new_folder(), few.copied_to(bench.new_folder() / "profile").profile.folder) as of_few,
        program(bench.new_folder(), many.copied_to(bench.new_folder() / "profile").profile.folder) as of_many,
    ):
        for started in (of_few, of_many):
            started.ask("unlock", passphrase=PASSPHRASE, wait_seconds=1.0)
            for person_id in same:
                started.ask("open_person", person_id=person_id)
        seconds: tuple[list[float], list[float]] = ([], [])
        for turn in range(bench.times(80, 20)):
            for started, taken in zip((of_few, of_many), seconds, strict=True):
                taken.append(started.ask("open_person", person_id=same[turn % len(same)]))
    told = f"of 200: {spread(seconds[0])}; of 20,000: {spread(seconds[1])}; by turns"
    return Figure(
        "open a person, of 20,000 against of 200", median(seconds[1]) / median(seconds[0]), "×", LIMIT_GROWTH, told
    )
