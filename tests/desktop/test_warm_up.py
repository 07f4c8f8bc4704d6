"""Loading the heavy libraries: once, in one thread, and told when it fails."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading
from importlib.util import find_spec
from pathlib import Path

import pytest

from eolc_desktop.desktop.warm_up import MODULES, WarmUp
from tests.strictness import ExpectedLog

ROOT = Path(__file__).resolve().parents[2]


def test_it_loads_in_its_own_thread_and_wait_returns_after_it() -> None:
    program = textwrap.dedent(
        """
        import sys, threading
        from eolc_desktop.desktop.warm_up import WarmUp
        names = set()
        sys.meta_path.insert(0, type("Finder", (), {"find_spec": staticmethod(
            lambda name, path=None, target=None: names.add((name, threading.current_thread().name)))})())
        warm = WarmUp(["sqlalchemy", "argon2"])
        assert "sqlalchemy" not in sys.modules
        warm.start(); warm.start()
        waiting = [threading.Thread(target=warm.wait) for _ in range(4)]
        [thread.start() for thread in waiting]
        warm.wait()
        assert warm.is_done and "sqlalchemy" in sys.modules and "argon2" in sys.modules
        assert {thread for name, thread in names if name.startswith("sqlalchemy")} == {"warm up"}
        import sqlalchemy
        sqlalchemy.create_engine
        """
    )
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert ended.returncode == 0, ended.stderr


def test_waiting_begins_what_nobody_began() -> None:
    warm = WarmUp(["colorsys"])
    warm.wait()
    assert warm.is_done


def test_a_missing_library_is_told_to_everyone_who_waits(expected_log: ExpectedLog) -> None:
    expected_log.expect("eolc_desktop.desktop.warm_up", 40)
    warm = WarmUp(["colorsys", "there_is_no_such_library"])
    told: list[BaseException] = []

    def wait() -> None:
        with pytest.raises(ImportError) as caught:
            warm.wait()
        told.append(caught.value)

    threads = [threading.Thread(target=wait) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(told) == 3


@pytest.mark.parametrize("module", MODULES)
def test_what_it_loads_is_there(module: str) -> None:
    assert find_spec(module) is not None
