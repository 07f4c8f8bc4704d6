"""The processor's time that processes have taken, as Linux counts it; elsewhere nothing is counted."""

from __future__ import annotations

import os
from pathlib import Path

_PROC = Path("/proc")


def seconds_of(number: int, *, with_children: bool = False) -> float:
    """The seconds of one process, its threads among them; `with_children` adds those it started, ended ones too."""
    taken, of_ended, _parent = _times(number)
    if not with_children:
        return taken
    children = (_times(int(found.name)) for found in _PROC.iterdir() if found.name.isdigit())
    return taken + of_ended + sum(time for time, _ended, parent in children if parent == number)


def _times(number: int) -> tuple[float, float, int]:
    """The seconds of a process, those of its children that have ended, and the number of its parent."""
    try:
        said = (_PROC / str(number) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0, 0.0, 0
    tick = os.sysconf("SC_CLK_TCK")
    return (int(said[11]) + int(said[12])) / tick, (int(said[13]) + int(said[14])) / tick, int(said[1])
