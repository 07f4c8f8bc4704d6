"""`python -m tests.bench [--only NAME] [--quick]`: prints a line for each figure; exit status 1 when one is over."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.bench import (
    adding_up,
    batch,
    caseload,
    desk,
    engines,
    exchange,
    forms,
    memory,
    monday,
    opening,
    package,
    painting,
    saving,
    search,
    sharing,
    start,
    unlock,
)
from tests.bench.bench import Bench
from tests.bench.figures import HEADING, Figure

MEASURES: dict[str, Callable[[Bench], Iterator[Figure]]] = {
    "start": start.measure,
    "unlock": unlock.measure,
    "search": search.measure,
    "caseload": caseload.measure,
    "desk": desk.measure,
    "open": opening.measure,
    "save": saving.measure,
    "memory": memory.measure,
    "paint": painting.measure,
    "batch": batch.measure,
    "engines": engines.measure,
    "forms": forms.measure,
    "package": package.measure,
    "exchange": exchange.measure,
    "sharing": sharing.measure,
    "monday": monday.measure,
    "figures": adding_up.measure,
}


def main() -> int:
    """Measure what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--only", action="append", choices=MEASURES, help="measure this (may be given more than once)")
    parser.add_argument("--quick", action="store_true", help="a first look: fewer repetitions")
    parser.add_argument("--stores", type=Path, help="keep the invented records in this folder, and use what is there")
    given = parser.parse_args()
    print(HEADING, flush=True)
    is_over = False
    with tempfile.TemporaryDirectory(prefix="eolc-bench-") as folder:
        bench = Bench(Path(folder), quick=given.quick, stores=given.stores)
        for name in given.only or MEASURES:
            for figure in MEASURES[name](bench):
                print(figure.line, flush=True)
                is_over |= figure.verdict == "over"
    busy = os.getloadavg()[0]
    if busy > (os.cpu_count() or 1) * 1.5:
        print(f"\nThis computer was busy with other things (load {busy:.1f}): measure again when it is not.")
    return 1 if is_over else 0


if __name__ == "__main__":
    sys.exit(main())
