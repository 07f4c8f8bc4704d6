"""Slow work off the UI thread, in two lanes: one thread that owns the store, and a few for everything else."""

from __future__ import annotations

import logging
import sys
import threading
import time
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from itertools import count
from queue import SimpleQueue
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QMetaMethod, QObject, Signal, Slot
from shiboken6 import isValid

from eolc_desktop.errors import UserError
from eolc_desktop.logs import Plain

log = logging.getLogger(__name__)

FREE_THREADS = 4
"""Threads of the free lane: enough for the worker process, the keyring, a disk check and a server at once."""

FREE_SECONDS_AT_CLOSE = 5.0
"""How long closing waits for the free lane: a keyring can hang behind a prompt for ever, and quitting must not."""

T = TypeVar("T")
Tell = Callable[[object, BaseException | None], None]


class ProgramFault(UserError):
    """What a view is told when its work failed through a fault of the program; the crash window tells the user."""

    def __init__(self) -> None:
        super().__init__(
            "The program met a fault.", "What you had typed is kept.", "Try again, or restart to the lock screen."
        )


class Work(QObject):
    """A piece of slow work that is under way. It lives on the UI thread, and every signal is delivered there.

    Signals:
        done: what the function returned.
        failed: the `UserError` it raised, or a `ProgramFault` in place of any other exception.
        finished: after done or failed, and after a cancelled piece of work has ended or was passed over.
    """

    done = Signal(object)
    failed = Signal(object)
    finished = Signal()

    def __init__(self, name: str, function: Callable[[], object], parent: QObject, tell: Tell | None = None) -> None:
        """`tell` is called on the lane's thread with what came of it, and has `end` called on the UI thread."""
        super().__init__(parent)
        self._tell = tell
        self.name = name
        # Let go on the UI thread and by nobody else. It closes over a page, perhaps, that nothing else holds any more:
        # on the lane's thread its widgets would be let go while Qt destroys them on its own, and the program would end.
        self._function: Callable[[], object] | None = function
        self._cancelled = threading.Event()

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` was called. May be read on any thread, so that long work can stop early."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """Tell nobody about the outcome; work that has not begun never begins, work that has runs on to its end."""
        self._cancelled.set()

    def pass_over(self) -> None:
        """End it before it began. On the UI thread, by whoever made it."""
        self.cancel()
        self.end(None, None)

    def perform(self) -> None:
        """Run the function on the lane's thread and send its outcome to the UI thread."""
        result: object = None
        failure: BaseException | None = None
        if self._function is not None and not self.cancelled:
            try:
                result = self._function()
            except BaseException as error:  # noqa: BLE001  whatever it was, the view waits for an end
                failure = error
                _let_go(error)
                log.info("%s failed: %s", Plain(self.name), type(error))
        if self._tell is not None:
            self._tell(result, failure)

    def end(self, result: Any, error: BaseException | None) -> None:
        """Tell the views how it ended, and go. On the UI thread."""
        self._function = None
        try:
            if error is not None:
                self._tell_failure(error)
            elif not self.cancelled:
                self.done.emit(result)
        finally:
            self.finished.emit()
            self.deleteLater()

    def _tell_failure(self, error: BaseException) -> None:
        told = error if isinstance(error, UserError) else ProgramFault()
        is_heard = self.isSignalConnected(QMetaMethod.fromSignal(self.failed))
        if not self.cancelled:
            self.failed.emit(told)
        is_fault = told is not error
        if is_fault or not (is_heard or self.cancelled):
            sys.excepthook(type(error), error, error.__traceback__)


class Background(QObject):
    """Runs plain functions off the UI thread and brings their outcome back to it.

    The store lane is one thread for the life of the program: SQLCipher connections are made, used and closed there
    and nowhere else, and its work runs in the order it was given. The free lane is for what waits: the worker
    process, the keyring.
    """

    _ended = Signal(int, object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._under_way: dict[int, Work] = {}
        self._numbers = count()
        self._ended.connect(self._on_ended)
        self._store_lane = _Lane("store", 1)
        self._free_lane = _Lane("free", FREE_THREADS)

    def begin(self) -> None:
        """Start the threads before there is work for them: the UI thread then need not wait for that."""
        self._store_lane.begin()
        for _ in range(FREE_THREADS):
            self._free_lane.begin()

    def run(
        self,
        name: str,
        function: Callable[[], T],
        *,
        done: Callable[[T], object] | None = None,
        failed: Callable[[UserError], object] | None = None,
        uses_store: bool = True,
    ) -> Work:
        """Run `function` in the store lane (or the free lane) and tell `done` or `failed` on the UI thread.

        `name` says in the log what ran, in the program's own words. `done` and `failed` are methods of a widget or
        another QObject on the UI thread: once that object is gone they are simply not called. More may be connected
        to the signals of the `Work` that comes back. A `UserError` that nobody (any more) is there to hear, and any
        other exception whoever hears of it, goes to `sys.excepthook` on the UI thread.

        After `close` it passes the work over: a view that hears of something at the end may still ask for more.
        Raises TypeError for a lambda or plain function as `done` or `failed` (it would run on the wrong thread, or
        outlive the widget it closes over).
        """
        # Made on the UI thread with a parent: a QObject that belonged to the lane would be destroyed on its thread.
        # Nor is it the sender of what is emitted on the lane's thread: Qt looks at a sender once more when the receiver
        # was told, and by then the UI thread may have destroyed the work (docs/decisions/0013).
        number = next(self._numbers)
        work = Work(name, function, self, partial(self._ended.emit, number))
        if done is not None:
            work.done.connect(_method(done))
        if failed is not None:
            work.failed.connect(_method(failed))
        lane = self._store_lane if uses_store else self._free_lane
        if lane.is_ended:
            work.pass_over()
        else:
            self._under_way[number] = work
            lane.put(work)
        return work

    @Slot(int, object, object)
    def _on_ended(self, number: int, result: Any, failure: BaseException | None) -> None:
        work = self._under_way.pop(number)
        if isValid(work):
            work.end(result, failure)

    def pass_over(self, name: str) -> Work:
        """Return work that never begins and tells nobody, for those who ask when nothing may be begun any more."""
        work = Work(name, lambda: None, self)
        work.pass_over()
        return work

    def call_on_store(self, function: Callable[[], T]) -> T:
        """Run `function` in the store lane, in its turn, and wait for what comes of it: for long work in the free lane
        that needs the store now and then. Raises what the function raises, and RuntimeError after `close`.

        Never call it on the UI thread, which would stand still, nor on the store's own, which would wait for itself.
        """
        call = _Call(function)
        self._store_lane.put(call)
        result: T = call.outcome.result()
        return result

    def close(self) -> bool:
        """End both lanes' threads and return whether all ended; every piece of store work already given runs first.

        Call it last, on the UI thread, which waits. Outcomes that arrive meanwhile are delivered with the next events.
        """
        self._free_lane.end()
        self._store_lane.end()
        all_saved = self._store_lane.join(None)
        return self._free_lane.join(FREE_SECONDS_AT_CLOSE) and all_saved


class _Performs(Protocol):
    """What a lane is given: it performs a function on the lane's thread, and tells whoever waits."""

    def perform(self) -> None:
        """Run the function."""


class _Call:
    """A call that a thread of the other lane waits for. No object of Qt's: it is made on that thread."""

    def __init__(self, function: Callable[[], object]) -> None:
        self._function = function
        self.outcome: Future[Any] = Future()

    def perform(self) -> None:
        try:
            self.outcome.set_result(self._function())
        except BaseException as error:  # noqa: BLE001  whatever it was, the one who waits must be told
            _let_go(error)
            self.outcome.set_exception(error)


class _Lane:
    """Threads that take work in the order it is given. They start with the first work and never expire."""

    def __init__(self, name: str, size: int) -> None:
        self._name = name
        self._size = size
        self._threads: list[threading.Thread] = []
        self._waiting: SimpleQueue[_Performs | None] = SimpleQueue()
        self._ended = False

    @property
    def is_ended(self) -> bool:
        """Whether no more work is taken."""
        return self._ended

    def put(self, work: _Performs) -> None:
        if self._ended:
            message = f"the {self._name} lane is closed"
            raise RuntimeError(message)
        self._waiting.put(work)
        self.begin()

    def begin(self) -> None:
        if len(self._threads) < self._size and not self._ended:
            # A daemon, so that a call that hangs for ever cannot keep a finished program in the process list.
            thread = threading.Thread(target=self._take, name=f"{self._name}-{len(self._threads) + 1}", daemon=True)
            self._threads.append(thread)
            thread.start()

    def end(self) -> None:
        if not self._ended:
            self._ended = True
            for _ in self._threads:
                self._waiting.put(None)

    def join(self, seconds: float | None) -> bool:
        until = None if seconds is None else time.monotonic() + seconds
        for thread in self._threads:
            thread.join(None if until is None else max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def _take(self) -> None:
        while (work := self._waiting.get()) is not None:
            work.perform()
            del work  # a waiting lane must not keep the last work alive


def _let_go(error: BaseException) -> None:
    """Drop what the exception's frames hold before it crosses to the UI thread: rows, cursors, a person's values.

    Cursors must die on the store's own thread. A `UserError` is for telling and loses its frames and causes too;
    a fault keeps the places, for the report.
    """
    waiting, seen = [error], set[int]()
    while waiting:
        link = waiting.pop()
        if id(link) not in seen:
            seen.add(id(link))
            if link.__traceback__ is not None:
                traceback.clear_frames(link.__traceback__)
            waiting += [inner for inner in (link.__cause__, link.__context__) if inner is not None]
    if isinstance(error, UserError):
        error.__cause__ = error.__context__ = error.__traceback__ = None


def _method(callback: Callable[[Any], object]) -> Callable[[Any], object]:
    if not isinstance(getattr(callback, "__self__", None), QObject):
        message = "done and failed must be methods of a QObject on the UI thread"
        raise TypeError(message)
    return callback
