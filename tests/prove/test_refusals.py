"""The disk refuses every write, sync and cut of a file in turn: the user is told, and what they are told is true."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="the refusals are made for Linux")

HONEST = {"whole", "told, and whole", "told at opening"}


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
    library = tmp_path / "refuse_writes.so"
    source = Path(__file__).with_name("refuse_writes.c")
    command = ["cc", "-O2", "-Wall", "-Werror", "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"]
    subprocess.run(command, check=True)
    ran = subprocess.run(
        [sys.executable, "-m", "tests.prove.refusals", str(tmp_path), kind, str(error), str(stays), str(halves)],
        env={**os.environ, "LD_PRELOAD": str(library)},
        stdout=subprocess.PIPE,
        check=True,
    )
    verdicts = json.loads(ran.stdout)
    print(f"\nrefusals, {kind} {errno.errorcode[error]}{' from then on' * stays}{' by halves' * halves}: {verdicts}")
    assert set(verdicts) <= HONEST, verdicts
    assert sum(verdicts.values()) >= (5 if kind == "t" else 20)
    if kind != "t":
        assert verdicts.get("told, and whole", 0) > 10
