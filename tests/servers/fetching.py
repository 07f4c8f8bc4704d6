"""Where the servers that tests start are kept once they are fetched, outside the repository, and whether they may."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

KEPT = Path(os.environ.get("EOLC_TEST_SERVERS") or Path.home() / ".cache" / "eolc-desktop-test-servers")
"""Read while tests are collected: afterwards the tests live in a home folder of their own."""

IN_CI = os.environ.get("CI", "").casefold() in ("1", "true", "yes")


def need(*programs: str) -> None:
    """Go on only where these programs are installed: elsewhere the test says that it did not run, in CI it fails."""
    missing = [program for program in programs if shutil.which(program) is None]
    if missing:
        did_not_run(f"{' and '.join(missing)} not installed here")


def did_not_run(why: str) -> None:
    """Say that a test against a real server did not run, and why; where it must run, fail."""
    message = f"DID NOT RUN against a real server: {why}"
    if IN_CI:
        pytest.fail(message, pytrace=False)
    pytest.skip(message)


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Hold a lock on the shared cache, so that two runs never fetch the same server at once."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def check_hashes(folder: Path, expected: Path) -> None:
    """Fail unless a folder holds exactly the files that a list of SHA-256 hashes names."""
    lines = [line.split("  ") for line in expected.read_text("utf-8").splitlines() if line]
    wanted = {name: digest for digest, name in lines}
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    wrong = sorted(name for name in wanted.keys() | found.keys() if wanted.get(name) != found.get(name))
    if wrong:
        pytest.fail(f"what was fetched is not what {expected.name} lists: {wrong[:5]}", pytrace=False)


def run(command: list[str], **how: object) -> None:
    """Run a command that fetches or builds; say its last lines when it fails."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False, **how)  # type: ignore[call-overload]
    if done.returncode:
        did_not_run(f"{command[0]} failed: {(done.stdout + done.stderr)[-600:]}")
