"""Starts the program, or the bare window beside it, in a process of its own, and has it measured from inside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

ROOT = Path(__file__).resolve().parent.parent.parent
SECONDS_FOR_AN_ANSWER = 180.0


class Process:
    """A process with a window in it. `ask` sends it a command of `tests.bench.inside` and returns the answer.

    `seconds_to_ready` is the time from its start until its passphrase field is painted with a key that was pressed as
    soon as it had the keyboard, less what watching took of that.
    """

    def __init__(self, kind: str, home: Path, *arguments: str) -> None:
        self._errors = (home / "errors.txt").open("w+")
        began = time.monotonic_ns()
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.bench.inside", kind, *arguments],
            cwd=ROOT,
            env=environment(home),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._errors,
            text=True,
        )
        self.seconds_to_ready = (int(self._answer()["ready"]) - began) / 1e9

    @property
    def number(self) -> int:
        """The process's number."""
        return self._process.pid

    def ask(self, command: str, **values: Any) -> Any:
        """Send a command and return its answer. Raises RuntimeError when it failed or the process ended."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"command": command, **values}) + "\n")
        self._process.stdin.flush()
        return self._answer()

    def end(self) -> None:
        """Have the program quit as a user would, and wait until it has."""
        if self._process.poll() is None and self._process.stdin is not None:
            self._process.stdin.write('{"command": "quit"}\n')
            self._process.stdin.close()
            try:
                self._process.wait(20)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._errors.close()

    def __enter__(self) -> Process:
        """Use as a context, so that no process outlives its figure."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end()

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._process.wait()
            self._errors.seek(0)
            raise RuntimeError(f"the measured process ended ({self._process.returncode}):\n{self._errors.read()}")
        answer = json.loads(line)
        if isinstance(answer, dict) and "failed" in answer:
            raise RuntimeError(f"the measured process failed:\n{answer['failed']}")
        return answer


@contextmanager
def program(home: Path, profile: Path) -> Iterator[Process]:
    """The program itself, started as `python -m eolc_desktop --profile DIR` starts it."""
    with Process("program", home, "--profile", str(profile)) as started:
        yield started


@contextmanager
def bare_window(home: Path) -> Iterator[Process]:
    """The bare window."""
    with Process("bare", home) as started:
        yield started


def environment(home: Path) -> dict[str, str]:
    """A home of its own and no screen; nothing of the user's is read or written."""
    kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL", "SYSTEMROOT") if name in os.environ}
    runtime = home / "run"
    runtime.mkdir(parents=True, exist_ok=True, mode=0o700)
    return kept | {
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONFAULTHANDLER": "1",  # says where a process was that ended by a signal
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_CONFIG_HOME": str(home / "config"),
        "XDG_STATE_HOME": str(home / "state"),
        "XDG_CACHE_HOME": str(home / "cache"),
        "XDG_RUNTIME_DIR": str(runtime),
    }
