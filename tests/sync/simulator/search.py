"""Searches for a schedule that catches each mistake, and writes `caught_by.json`: to be run when the world changes.

`python -m tests.sync.simulator.search 200` looks at that many schedules for each; names of mutants may follow.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from tests.sync.simulator.mutants import MUTANTS
from tests.sync.simulator.oracle import Violation
from tests.sync.simulator.world import run

FOUND = Path(__file__).with_name("caught_by.json")


def main() -> None:
    """Look for each in turn; what is not found keeps no seed, and is printed."""
    most, *names = sys.argv[1:]
    for name in names or sorted(MUTANTS):
        seed = first_caught(name, int(most))
        found: dict[str, int] = json.loads(FOUND.read_text())
        found.pop(name, None)
        if seed is not None:
            found[name] = seed
        FOUND.write_text(json.dumps(found, indent=2, sort_keys=True) + "\n")
        print(name, "not caught" if seed is None else seed, flush=True)


def first_caught(name: str, most: int) -> int | None:
    """The first seed whose schedule catches a mistake."""
    with MUTANTS[name]():
        for seed in range(most):
            try:
                run(seed)
            except Violation:
                return seed
    return None


if __name__ == "__main__":
    main()
