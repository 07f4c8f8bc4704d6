"""What every test must leave as it found it: windows, timers, threads, processes; and no warning nobody expected."""

from __future__ import annotations

import gc
import logging
import os
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any, TypeVar
from weakref import WeakSet

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import getCppPointer, isValid

from eolc_desktop.desktop.rubbish import take_what_is_due

SECONDS_TO_END = 2.0
"""How long a thread or process that is on its way out may take."""

OTHERS_THREADS = ("pytest_timeout",)
"""Beginnings of the names of threads that belong to the test runner."""


Thing = TypeVar("Thing", bound=QObject)


@dataclass
class ExpectedLog:
    """Which warnings a test means to provoke; each must come, and no other may."""

    _expected: list[tuple[str, int]] = field(default_factory=list)

    def expect(self, logger: str, level: int = logging.WARNING) -> None:
        """Expect at least one record of this level from this logger."""
        self._expected.append((logger, level))

    def missing(self, records: list[logging.LogRecord]) -> list[str]:
        """Return what was expected and never came."""
        seen = {(record.name, record.levelno) for record in records}
        return [
            f"{logger} never logged at {logging.getLevelName(level)}"
            for logger, level in self._expected
            if (logger, level) not in seen
        ]

    def unexpected(self, records: list[logging.LogRecord]) -> list[str]:
        """Return what came and was not expected."""
        return [
            f"{record.name} logged {record.levelname}: {record.getMessage()}"
            for record in records
            if (record.name, record.levelno) not in self._expected
        ]


class _Keep(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def expected_log() -> Iterator[ExpectedLog]:
    """Fail the test for a warning in the log that it did not say it expects."""
    keep, expected = _Keep(), ExpectedLog()
    root = logging.getLogger()
    root.addHandler(keep)
    try:
        yield expected
    finally:
        root.removeHandler(keep)
    wrong = expected.unexpected(keep.records) + expected.missing(keep.records)
    if wrong:
        pytest.fail("; ".join(wrong), pytrace=False)


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail the test for windows, running timers, threads or processes that were not there before it."""
    if "qapp" in request.fixturenames:
        gc.disable()  # as in the program: see desktop/rubbish.py
    else:
        gc.enable()
    windows, timers = {id_of(window) for window in windows_now()}, {id_of(timer) for timer in timers_now()}
    threads, processes = set(threading.enumerate()), processes_now()
    yield
    left = _threads_left(threads) + _processes_left(processes)
    if QApplication.instance() is not None:
        left += _objects_left(windows, timers)
    _keep_what_stays()
    if left:
        pytest.fail(f"left behind: {'; '.join(left)}", pytrace=False)


OFTEN = 200
"""After how many tests what has gathered is taken out of what Python's collector goes through."""

_tests_seen = count(1)


def _keep_what_stays() -> None:
    """Look for rubbish as the program does, on this thread and nowhere else; and take what the first tests of a run
    made for the rest, and what libraries keep, out of every later look."""
    take_what_is_due()
    if next(_tests_seen) % OFTEN == 0:
        gc.collect()
        gc.freeze()


def id_of(thing: QObject) -> int:
    """Return the address of the C++ object, which stays the same whatever Python wraps it with."""
    return int(getCppPointer(thing)[0])


def windows_now() -> list[QWidget]:
    """Return the windows that nothing else owns, hidden ones too."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return []
    return [window for window in app.topLevelWidgets() if isValid(window) and window.parentWidget() is None]


_timers: WeakSet[QTimer] = WeakSet()


def note_timers() -> None:
    """Note every timer that Python makes from now on: to look for them among all things takes too long."""
    make = QTimer.__init__

    def made(timer: QTimer, *given: Any, **settings: Any) -> None:
        make(timer, *given, **settings)
        _timers.add(timer)

    QTimer.__init__ = made  # type: ignore[method-assign]


def timers_now() -> list[QTimer]:
    """Return the timers that Python knows and that run."""
    return [timer for timer in _timers if isValid(timer) and timer.isActive()]


def processes_now() -> set[int]:
    """Return the ids of the living child processes, without multiprocessing's one book-keeper."""
    children: set[int] = set()
    for path in Path("/proc/self/task").glob("*/children"):
        try:
            children |= {int(word) for word in path.read_text().split()}
        except OSError:
            continue
    return {child for child in children if _is_alive(child) and b"resource_tracker" not in _command(child)}


def _is_alive(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


def _command(process: int) -> bytes:
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes()
    except OSError:
        return b""


def _threads_left(before: set[threading.Thread]) -> list[str]:
    left = []
    for thread in set(threading.enumerate()) - before:
        if not thread.name.startswith(OTHERS_THREADS):
            thread.join(SECONDS_TO_END)
            if thread.is_alive():
                left.append(f"the thread {thread.name}")
    return left


def _processes_left(before: set[int]) -> list[str]:
    left = []
    for process in processes_now() - before:
        ended = _wait_for(process) if hasattr(os, "pidfd_open") else not _is_alive(process)
        if not ended:
            left.append(f"the process {process} ({_command(process).replace(bytes(1), b' ').decode()[:120]})")
    return left


def _wait_for(process: int) -> bool:
    import select  # noqa: PLC0415  not on every system

    try:
        handle = os.pidfd_open(process)
    except OSError:
        return True
    try:
        return bool(select.select([handle], [], [], SECONDS_TO_END)[0])
    finally:
        os.close(handle)


def _objects_left(windows: set[int], timers: set[int]) -> list[str]:
    settle()
    if [*_new(windows_now(), windows), *_new(timers_now(), timers)]:
        # What a reference cycle or a last frame still holds is not left behind: it goes with the next collection.
        gc.collect()
        settle()
    stray = [f"the window {type(window).__name__} {window.windowTitle()!r}" for window in _new(windows_now(), windows)]
    running = [f"a timer of {timer.interval()} ms" for timer in _new(timers_now(), timers)]
    return stray + running


def _new(things: Sequence[Thing], before: set[int]) -> list[Thing]:
    return [thing for thing in things if id_of(thing) not in before]


def settle() -> None:
    """Let Qt do what it put off: delete what was to be deleted later, deliver what was posted."""
    QCoreApplication.processEvents()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    QCoreApplication.processEvents()
