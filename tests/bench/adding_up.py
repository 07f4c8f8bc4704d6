"""Counting every figure over the caseload of a service over five years, as the page of figures asks for it."""

from __future__ import annotations

import gc
import time
from collections.abc import Iterator

from eolc_desktop.services import measures, promises_kept
from tests.bench.bench import Bench
from tests.bench.figures import Figure, p95, spread

LIMIT_MS = 500.0


def measure(bench: Bench) -> Iterator[Figure]:
    """Read and count everything anew: each measure as a whole, by group and by year; then the promises."""
    kept = bench.stores.of(2_000, years=5)
    session = kept.open()
    try:
        gc.disable()  # as while a window is open: rubbish is looked for between, on another thread (desktop/rubbish.py)
        taken = []
        for _ in range(bench.times(20, 5)):
            gc.collect()
            began = time.perf_counter()
            measures.read(session, "all", "diagnosis")
            taken.append(time.perf_counter() - began)
        yield Figure("figures: 2,000 people and 5 years, p95", p95(taken) * 1000, "ms", LIMIT_MS, spread(taken))
        taken = []
        for _ in range(bench.times(5, 2)):
            began = time.perf_counter()
            promises_kept.read(session)
            taken.append(time.perf_counter() - began)
        yield Figure("promises: 2,000 people and 8 quarters, p95", p95(taken) * 1000, "ms", None, spread(taken))
    finally:
        gc.enable()
        session.store.close()
