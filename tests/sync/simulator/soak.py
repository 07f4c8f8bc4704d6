"""Runs as many schedules as asked, goes on where it stopped, and prints last what came of them.

`python -m tests.sync.simulator.soak 100000` (or `make sync-soak SCHEDULES=100000`). What has been run is kept in
`.sync-soak.json`; delete it to begin anew after the engine has changed.
"""

from __future__ import annotations

import gc
import json
import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

from tests.sync.simulator.oracle import Violation
from tests.sync.simulator.world import run

KEPT = Path(".sync-soak.json")
COUNTED = ("edits", "crashes", "conflicts", "refused for a version", "requests", "commits", "drawn")
WITH_PAPERS = 4
"""Each history of so many exchanges PDFs, scans and Questionnaires too: it takes twice as long."""
AT_ONCE = 100
"""So many histories are one piece of work: what came of them is kept when they, and all before them, are through."""


def main() -> int:
    """Run what is left of the schedules asked for, on every core. 1 when an invariant was ever broken."""
    wanted = int(sys.argv[1])
    kept: dict[str, Any] = json.loads(KEPT.read_text()) if KEPT.exists() else {"schedules": 0, "violations": []}
    told = time.monotonic()
    begun = range(kept["schedules"], wanted, AT_ONCE)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for counts, violations in pool.map(some, begun, [min(seed + AT_ONCE, wanted) for seed in begun]):
            for name in COUNTED:
                kept[name] = kept.get(name, 0) + counts[name]
            kept["violations"] += violations
            kept["schedules"] += counts["schedules"]
            KEPT.write_text(json.dumps(kept, indent=1))
            if time.monotonic() - told > 30:
                told = time.monotonic()
                print(f"{kept['schedules']} of {wanted} schedules, {len(kept['violations'])} violations", flush=True)
    for seed, words in kept["violations"]:
        print(f"seed {seed}: {words}")
    print(
        f"schedules {kept['schedules']}, confirmed edits {kept.get('edits', 0)}, crashes {kept.get('crashes', 0)}, "
        f"violations {len(kept['violations'])}"
    )
    return 1 if kept["violations"] else 0


def some(first: int, end: int) -> tuple[Counter[str], list[tuple[int, str]]]:
    """Run the histories of these seeds: what is counted of them, and what was broken."""
    counts, violations = Counter(schedules=end - first), []
    gc.disable()  # collected below: it costs a sixth otherwise
    for seed in range(first, end):
        try:
            counts.update(run(seed, papers=seed % WITH_PAPERS == 0).stats)
        except Violation as violation:
            violations.append((seed, str(violation)[:300]))
    gc.collect()
    return counts, violations


if __name__ == "__main__":
    sys.exit(main())
