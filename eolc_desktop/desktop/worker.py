"""One worker process for what would hold up painting: making documents, reading FHIR.

The process knows nothing but what a job brings, keeps nothing after it, and writes no file. It never outlives the
program: it is ended at lock and exit, and ends by itself when the program is killed. A frozen program looks before
anything else whether it is such a process (`app.helper_process`), or each would open a second window.
"""

from __future__ import annotations

import importlib
import logging
import multiprocessing
import multiprocessing.process
import os
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.context import SpawnContext, SpawnProcess
from typing import Any, TypeVar

from eolc_desktop.errors import UserError
from eolc_desktop.logs import describe

log = logging.getLogger(__name__)

SECONDS_TO_END = 5.0
if getattr(sys, "frozen", False):
    # The script that was started is inside the program: a new process is not to look for it by its path.
    multiprocessing.process.ORIGINAL_DIR = None  # type: ignore[attr-defined]

T = TypeVar("T")
WAITS_FOR_THE_DEAD = sys.hexversion < 0x030B05F0 and os.name == "posix"
"""Python before 3.11.5 (Debian 12 has 3.11.2) waits for ever for a process that is gone to take the job that is written
to it (CPython issue 94777)."""


class WorkerStopped(UserError):
    """The worker process ended before it had finished a job. The job can simply be given again."""

    def __init__(self) -> None:
        super().__init__(
            "The part of the program that makes and reads documents stopped.",
            "Nothing in the record was touched.",
            "Try again.",
        )


class WorkerFault(Exception):
    """A job met a fault of the program. It carries the types and places from the worker, never words or values."""

    def __init__(self, *remote_frames: str) -> None:
        super().__init__(*remote_frames)
        self.remote_frames = remote_frames

    def __str__(self) -> str:
        """Nothing but that there was a fault."""
        return "a job of the worker process failed"


class Worker:
    """Gives jobs to the one worker process, which starts with the first job or with `warm`.

    Jobs run one after the other. Call from any thread; waiting for a result belongs in the free lane.
    """

    def __init__(self, preload: Sequence[str] = ()) -> None:
        """`preload` names the modules that `warm` has the process import ahead of the first job."""
        self._preload = tuple(preload)
        self._guard = threading.Lock()
        self._context = _Context()
        self._pool: ProcessPoolExecutor | None = None
        self._jobs: int | None = None
        """Our own end of the pipe of jobs, where Python needs it."""
        self._closed = False

    def warm(self) -> Future[None]:
        """Start the process and let it import what documents need, so that the first print does not wait for it."""
        return self.submit(_import, self._preload)

    def submit(self, function: Callable[..., T], *arguments: Any) -> Future[T]:
        """Run `function(*arguments)` in the worker process. Function, arguments and result must pickle.

        The function is one of a module that imports no Qt. The future raises the `UserError` the function raised,
        `WorkerStopped` when the process died (the next job gets a new one), or `WorkerFault` for anything else.

        Raises RuntimeError after `close`.
        """
        outcome: Future[T] = Future()
        with self._guard:
            if self._closed:
                message = "the worker is closed"
                raise RuntimeError(message)
            job = self._put(function, arguments)
        outcome.set_running_or_notify_cancel()

        def hand_over(ended: Future[T]) -> None:
            try:
                outcome.set_result(ended.result())
            except BrokenProcessPool:
                outcome.set_exception(WorkerStopped())
            except BaseException as error:  # noqa: BLE001  whatever it was, who waits must be told
                outcome.set_exception(error)

        job.add_done_callback(hand_over)
        return outcome

    def stop(self) -> None:
        """End the process at once; a job it has raises `WorkerStopped`, and the next one starts a new process."""
        with self._guard:
            self._end()

    def close(self) -> None:
        """End the process at once and take no more jobs: at lock and at exit. Nothing it held stays in memory."""
        with self._guard:
            self._closed = True
            self._end()

    def _end(self) -> None:
        pool, self._pool = self._pool, None
        self._context.kill_all()
        if pool is not None:
            # The process may have been ended in the middle of a result. With our own end of its pipe closed too, the
            # thread that reads it comes to an end; else it, and the window that closes, would wait for the rest of it.
            pool._result_queue._writer.close()  # type: ignore[attr-defined]  # noqa: SLF001
            # Or in the middle of a job that it was given: somebody has to take the rest of that. Closing the other end
            # is no way, as a thread of the pool may close it in the same moment, and then what has its number next.
            jobs = pool._call_queue  # type: ignore[attr-defined]  # noqa: SLF001
            rest, self._jobs = self._jobs, None
            taker = threading.Thread(target=_take_the_rest, args=(rest,)) if rest is not None else None
            if taker is not None:
                taker.start()
            pool.shutdown(wait=True)
            if taker is not None:
                jobs._writer.close()  # noqa: SLF001  closed by now, but where nothing was ever written
                taker.join()

    def _put(self, function: Callable[..., T], arguments: tuple[Any, ...]) -> Future[T]:
        for _ in range(2):
            if self._pool is None:
                self._pool = ProcessPoolExecutor(1, self._context, _begin)
                if WAITS_FOR_THE_DEAD:
                    self._jobs = os.dup(self._pool._call_queue._reader.fileno())  # type: ignore[attr-defined]  # noqa: SLF001
            try:
                return self._pool.submit(_perform, function, arguments)
            except BrokenProcessPool:
                # It died since the last job. This one has not begun, so a new process takes it and nobody need know.
                log.warning("the worker process had ended and was replaced")
                self._end()
        raise WorkerStopped


def _take_the_rest(end: int) -> None:
    """Read what is still written for a process that is gone, until whoever writes it has come to an end."""
    with open(end, "rb", buffering=0) as pipe:
        while pipe.read(1 << 16):
            pass


class _Context(SpawnContext):
    """Starts fresh processes (never copies of this one, with its keys and records) and knows them, to end them."""

    def __init__(self) -> None:
        super().__init__()
        self._started: list[SpawnProcess] = []

    def Process(self, *arguments: Any, **named: Any) -> SpawnProcess:  # type: ignore[override]
        process = SpawnProcess(*arguments, **named)
        self._started.append(process)
        return process

    def kill_all(self) -> None:
        started, self._started = self._started, []
        for process in started:
            if process.pid is not None:
                process.kill()
                process.join(SECONDS_TO_END)


def _begin() -> None:
    """First thing in the new process: see to it that it ends when the program does, however that ends.

    It holds both ends of its own queue, so a dead program never shows there (CPython issue 111873); the parent's
    sentinel does.
    """
    threading.Thread(target=_end_with_parent, name="end with the program", daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(0)


def _perform(function: Callable[..., T], arguments: tuple[Any, ...]) -> T:
    """Run a job in the worker process, and let no more than types and places of a fault out of it."""
    try:
        return function(*arguments)
    except UserError as error:
        error.__cause__ = error.__context__ = error.__traceback__ = None
        told = error
    except BaseException as error:  # noqa: BLE001  a fault must not carry values across, nor end the process
        raise WorkerFault(*describe(error).splitlines()) from None
    raise told


def _import(modules: tuple[str, ...]) -> None:
    for module in modules:
        importlib.import_module(module)
