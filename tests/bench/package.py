"""How long the packaged program (`make installer`) takes to its first picture, against the source run."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from tests.bench.bench import Bench
from tests.bench.figures import Figure, median
from tests.bench.processes import ROOT, environment

LIMIT = 1.2
PACKAGED = ROOT / "dist" / "eolc-desktop" / "eolc-desktop"


def measure(bench: Bench) -> Iterator[Figure]:
    """Start one and the other by turns, each to the moment its passphrase field is painted."""
    if not PACKAGED.exists():
        print("package: not measured, for there is none in dist; `make installer` makes it")
        return
    home, profile = bench.new_folder(), bench.new_folder()
    packaged, source = [], []
    for turn in range(bench.times(20, 6)):
        packaged.append(_seconds([str(PACKAGED)], home, profile))
        source.append(_seconds([sys.executable, "-m", "eolc_desktop"], home, profile))
        if turn == 0:
            packaged.clear()
            source.clear()
    yield Figure(
        "package: start, against the source run",
        median(packaged) / median(source),
        "×",
        LIMIT,
        f"{median(packaged) * 1000:.0f} ms; from source {median(source) * 1000:.0f} ms; {len(source)} starts each",
    )


def _seconds(command: Sequence[str], home: Path, profile: Path) -> float:
    began = time.monotonic_ns()
    with subprocess.Popen(
        [*command, "--profile", str(profile), "--say-when-ready"],
        cwd=ROOT,
        env=environment(home),
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline().strip()
        took = (time.monotonic_ns() - began) / 1e9
        process.wait(30)
    if said != "ready":
        raise RuntimeError(f"{command[0]} did not start: it said {said!r} and ended with {process.returncode}")
    return took
