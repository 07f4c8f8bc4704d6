"""How much memory a process takes, as Linux tells it in /proc."""

from __future__ import annotations

import os
from pathlib import Path


def of_process(number: int) -> dict[str, float]:
    """Resident memory, its peak, and the fair share of what is shared (PSS), of one process, in MB of 10^6 bytes."""
    kept = {}
    for name, wanted in (("status", ("VmRSS", "VmHWM")), ("smaps_rollup", ("Pss",))):
        for line in (Path("/proc") / str(number) / name).read_text().splitlines():
            key, _, value = line.partition(":")
            if key in wanted:
                kept[key] = int(value.split()[0]) * 1024 / 1e6
    return {"rss": kept["VmRSS"], "peak": kept["VmHWM"], "pss": kept["Pss"]}


def of_process_and_children() -> dict[str, object]:
    """The memory of this process ("own"), and of each process it has started ("children")."""
    children = [int(word) for path in Path("/proc/self/task").glob("*/children") for word in path.read_text().split()]
    return {"own": of_process(os.getpid()), "children": [of_process(child) for child in children]}
