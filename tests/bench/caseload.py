"""The coordinator's desk with 2,000 people known over five years: the caseload, and what is to be done."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Iterator

from eolc_desktop.services import caseload_table, tasks
from eolc_desktop.services.caseload_table import COLUMNS, GROUPS, Arrangement, Wanted
from eolc_desktop.services.caseload_views import VIEWS
from eolc_desktop.services.session import Session
from tests.bench.bench import Bench
from tests.bench.figures import Figure, p95, spread

PEOPLE, MANY = 2_000, 20_000
YEARS = 5
LIMIT_MS = 50
FIRST = 40


def measure(bench: Bench) -> Iterator[Figure]:
    """Any view, any order and any group of 2,000; the same of 20,000, told; and the list of tasks."""
    took = _timed(bench.stores.of(PEOPLE, years=YEARS).open(), bench.times(5, 1))
    seconds = [second for seconds in took.values() for second in seconds]
    worst = max(took, key=lambda name: p95(took[name]))
    detail = f"{spread(seconds)}; slowest: {worst} {p95(took[worst]) * 1000:.0f} ms"
    yield Figure("caseload: any view of 2,000, p95", p95(seconds) * 1000, "ms", LIMIT_MS, detail)
    many = _timed(bench.stores.of(MANY, histories=False, years=YEARS).open(), bench.times(3, 1))
    more = [second for seconds in many.values() for second in seconds]
    growth = p95(more) / p95(seconds)
    yield Figure("caseload: 20,000 against 2,000", growth, "×", MANY / PEOPLE, spread(more))
    session = bench.stores.of(PEOPLE, years=YEARS).copied_to(bench.new_folder() / "copy").open()
    try:
        first, *again = _times(lambda: tasks.tasks(session), bench.times(10, 3) + 1)
    finally:
        session.store.close()
    yield Figure("tasks: the list of 2,000, p95", p95(again) * 1000, "ms", None, f"at first {first * 1000:.0f} ms")


def _timed(session: Session, times: int) -> dict[str, list[float]]:
    asked = {f"view {view.key or 'everyone'}": Wanted(view=view.key) for view in VIEWS}
    asked |= {f"by {column.key}": Wanted(arranged=Arrangement(sort=column.key)) for column in COLUMNS}
    asked |= {f"groups of {column.key}": Wanted(arranged=Arrangement(group=column.key)) for column in GROUPS}
    asked["what is typed"] = Wanted(typed="smi")
    try:
        caseload_table.listed(session, Wanted(), 0, FIRST)
        return {
            name: _times(lambda wanted=wanted: caseload_table.listed(session, wanted, 0, FIRST), times)  # type: ignore[misc]
            for name, wanted in asked.items()
        }
    finally:
        session.store.close()


def _times(function: Callable[[], object], times: int) -> list[float]:
    found = []
    gc.collect()
    for _ in range(times):
        began = time.perf_counter()
        function()
        found.append(time.perf_counter() - began)
    return found
