"""After locking neither the key nor anything about a person is in memory: looked at from outside (F19)."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from eolc_desktop.app.opening import begin_session, make_record
from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.clock import system_clock
from eolc_desktop.paths import Profile
from eolc_desktop.services import people, plans
from eolc_desktop.services.sign_in import NewUser

CANARY = "Zqxcanary"
WORDS = "qvwmarmalade in the garden at four"
PASSPHRASE = "violet tractor pond marmalade"
SECONDS = 60.0

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="memory of another process is read through /proc"),
    pytest.mark.skipif(
        sys.platform == "linux" and os.geteuid() != 0, reason="the program keeps its memory from others of its user"
    ),
]


def until(holds: Callable[[], bool], what: str, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + SECONDS
    while not holds():
        assert process.poll() is None, f"the program ended before {what}"
        assert time.monotonic() < end, f"{what} did not come"
        threading.Event().wait(0.02)


def found_in(pid: int, wanted: dict[str, bytes]) -> dict[str, int]:
    """How often each of these is in the memory that a process can write to."""
    counts = dict.fromkeys(wanted, 0)
    with Path(f"/proc/{pid}/maps").open() as maps, Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
        for line in maps:
            span, rights, *_rest = line.split()
            if not rights.startswith("rw"):
                continue
            start, end = (int(part, 16) for part in span.split("-"))
            try:
                memory.seek(start)
                held = memory.read(end - start)
            except (OSError, ValueError, OverflowError):
                continue
            for name, needle in wanted.items():
                counts[name] += held.count(needle)
    return counts


@pytest.fixture
def made(tmp_path: Path) -> tuple[bytes, str]:
    """A record with one person in it; its key and the person's id."""
    profile = Profile(tmp_path / "profile")
    first = make_record(profile, NewUser("Jo Okafor", "district nurse", ""), PASSPHRASE, system_clock)
    try:
        session = begin_session(first.store, first.user_id, profile, system_clock)
        plan = people.add_person(session, {"family_name": CANARY, "given_names": "Peggy"}).plan
        plans.save_entry(session, plan, "about_me", MAIN, {"most_important": WORDS})
        return first.store.place.key, plan.person_id
    finally:
        first.store.close()


@pytest.fixture
def program(tmp_path: Path, made: tuple[bytes, str]) -> Iterator[subprocess.Popen[bytes]]:
    child = Path(__file__).with_name("unlocked_program.py")
    root = Path(__file__).resolve().parents[2]
    started = subprocess.Popen(
        [sys.executable, str(child), str(tmp_path), PASSPHRASE, made[1]],
        env={**os.environ, "PYTHONPATH": str(root), "QT_QPA_PLATFORM": "offscreen"},
        stderr=subprocess.PIPE,
    )
    yield started
    started.kill()
    with suppress(subprocess.TimeoutExpired):  # a program that was started instead of replaced holds the pipe open
        started.communicate(timeout=10)


def test_nothing_is_left_in_memory_after_locking(
    tmp_path: Path, made: tuple[bytes, str], program: subprocess.Popen[bytes]
) -> None:
    key, _person_id = made
    wanted = {
        "the key": key,
        "the key as text": key.hex().encode(),
        "a name": CANARY.encode(),
        "a name in capitals": CANARY.upper().encode("utf-16-le"),
        "a name as Qt holds it": CANARY.encode("utf-16-le"),
        "what was said": WORDS.encode(),
        "what was said, as Qt holds it": WORDS.encode("utf-16-le"),
    }
    until((tmp_path / "open").exists, "the plan", program)
    before = found_in(program.pid, wanted)
    for name in ("a name", "what was said", "what was said, as Qt holds it"):
        assert before[name], f"the look would not see {name} if it were there"
    assert before["the key"] or before["the key as text"], "nor the key"

    lock = Profile(tmp_path / "profile").lock
    (tmp_path / "lock-now").touch()
    until(lambda: b"--locked" in Path(f"/proc/{program.pid}/cmdline").read_bytes(), "the new program", program)
    until(lambda: lock.exists() and lock.stat().st_mtime > (tmp_path / "lock-now").stat().st_mtime, "its page", program)
    after = found_in(program.pid, wanted)
    assert {name: count for name, count in after.items() if count} == {}
