"""Runs as many schedules as asked, goes on where it stopped, and prints last what came of them.

`python -m tests.sync.simulator.soak 100000` (or `make sync-soak SCHEDULES=100000`). What has been run is kept in
`.sync-soak.json`; delete it to begin anew after the engine has changed.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from pathlib import Path
from typing import Any

from tests.sync.simulator.oracle import Violation
from tests.sync.simulator.world import run

KEPT = Path(".sync-soak.json")
COUNTED = ("edits", "crashes", "conflicts", "refused for a version", "requests", "commits", "drawn")
WITH_PAPERS = 4
"""Each history of so many exchanges PDFs, scans and Questionnaires too: it takes twice as long."""


def main() -> int:
    """Run what is left of the schedules asked for. 1 when an invariant was ever broken."""
    wanted = int(sys.argv[1])
    kept: dict[str, Any] = json.loads(KEPT.read_text()) if KEPT.exists() else {"schedules": 0, "violations": []}
    told = time.monotonic()
    gc.disable()  # collected below, every hundred histories: it costs a sixth otherwise
    while kept["schedules"] < wanted:
        seed = kept["schedules"]
        try:
            stats = run(seed, papers=seed % WITH_PAPERS == 0).stats
            for name in COUNTED:
                kept[name] = kept.get(name, 0) + stats[name]
        except Violation as violation:
            kept["violations"].append([seed, str(violation)[:300]])
        kept["schedules"] = seed + 1
        if kept["schedules"] % 100 == 0 or kept["schedules"] == wanted:
            KEPT.write_text(json.dumps(kept, indent=1))
            gc.collect()
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


if __name__ == "__main__":
    sys.exit(main())
