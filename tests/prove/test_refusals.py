"""The disk refuses each write, sync and cut of a file, each making, naming and removing: what is told then is true."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.prove.test_durability import fast

__all__ = ["fast"]
NEEDS = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the refusals are made for Linux")
pytestmark = NEEDS

EVERY = int(os.environ.get("EOLC_REFUSALS", "1"))
"""Of the other work each thing that comes is refused in turn, or every n-th."""
KINDS = {"w": "writes", "s": "syncs", "t": "cuts", "c": "files made", "n": "names given", "u": "files removed"}
HONEST = {"whole", "told, and whole", "told at opening"}


def refused(folder: Path, module: str, *how: object) -> dict[str, int]:
    """What a program says that runs with a disk that refuses: verdicts with their counts."""
    library = folder / "refuse_writes.so"
    source = Path(__file__).with_name("refuse_writes.c")
    command = ["cc", "-O2", "-Wall", "-Werror", "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"]
    subprocess.run(command, check=True)
    ran = subprocess.run(
        [sys.executable, "-m", module, str(folder), *map(str, how)],
        env={**os.environ, "LD_PRELOAD": str(library)},
        stdout=subprocess.PIPE,
        check=True,
    )
    verdicts: dict[str, int] = json.loads(ran.stdout)
    return verdicts


@pytest.mark.parametrize(
    ("kind", "error", "stays", "halves"),
    [
        ("w", errno.ENOSPC, 0, 0),
        ("w", errno.ENOSPC, 1, 1),
        ("w", errno.EIO, 0, 1),
        ("s", errno.EIO, 0, 0),
        ("t", errno.EIO, 0, 0),
    ],
    ids=["full once", "full from then on", "a write fails half way", "a sync fails", "a cut fails"],
)
def test_each_refusal_is_told_and_nothing_is_lost_or_half_kept(
    tmp_path: Path, kind: str, error: int, stays: int, halves: int
) -> None:
    verdicts = refused(tmp_path, "tests.prove.refusals", kind, error, stays, halves)
    print(f"\nrefusals, {kind} {errno.errorcode[error]}{' from then on' * stays}{' by halves' * halves}: {verdicts}")
    assert set(verdicts) <= HONEST, verdicts
    assert sum(verdicts.values()) >= (5 if kind == "t" else 20)
    if kind != "t":
        assert verdicts.get("told, and whole", 0) > 10


WELL = {
    "changing keys": {"open", "not begun"},
    "first run": {"new", "ready"},
    "changing the record's key": {"opens", "not begun"},
    "migrating": {"whole", "not begun"},
    "backing up": {"whole", "not begun"},
    "beginning with a backup": {"new", "ready"},
}
FEW = {"beginning with a backup": 1}
"""It copies a file as a whole: few writes and syncs can be refused."""
ON_A_NEW_LAPTOP = {"whole": "ready", "told": "new", "told that it is ready": "ready"}
"""What is there after each end of a first run, and of beginning with a backup: what the user was told is true."""


def look_at(name: str, verdicts: Mapping[str, int]) -> None:
    """See that everything ended in words or whole, and that it is as was said."""
    for verdict, count in verdicts.items():
        ended, _, seen = verdict.partition("; ")
        assert (ended in (*ON_A_NEW_LAPTOP, "the test's own file"), seen in WELL[name]) == (True, True), (
            verdict,
            count,
        )
        if name == "first run":
            assert seen == ON_A_NEW_LAPTOP[ended], (verdict, count)
        elif name == "beginning with a backup" and ended == "whole":
            assert seen == "ready", "and where it is said not to be open, it may be in its place: it says itself so"


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("w", errno.ENOSPC),
        ("w", errno.EIO),
        ("s", errno.EIO),
        ("t", errno.EIO),
        ("c", errno.ENOSPC),
        ("c", errno.EROFS),
        ("n", errno.ENOSPC),
        ("n", errno.EIO),
        ("u", errno.EIO),
        ("u", errno.EROFS),
    ],
    ids=lambda given: errno.errorcode[given] if isinstance(given, int) else KINDS[given],
)
@pytest.mark.parametrize("name", WELL)
def test_so_it_is_with_everything_else_that_writes(fast: Path, name: str, kind: str, error: int) -> None:
    """Key slots, a first run, another key, a migration and backups: told in words, and nothing is the worse for it."""
    verdicts = refused(fast, "tests.prove.refused_work", name, kind, error, EVERY)
    print(f"\nrefusals, {name}, {KINDS[kind]} {errno.errorcode[error]}: {verdicts}")
    look_at(name, verdicts)
    told = sum(count for verdict, count in verdicts.items() if verdict.startswith("told"))
    assert told > (FEW.get(name, 5) if EVERY == 1 and kind in "ws" else 0) or kind in "tu"
    assert sum(verdicts.values()) > 0 or kind == "t"
