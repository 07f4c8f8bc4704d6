"""What the program does about a fault of its own: a private report and word to the window, with nothing of a person."""

from __future__ import annotations

import faulthandler
import logging
import os
import platform
import re
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from PySide6 import __version__ as qt_version
from PySide6.QtCore import QMessageLogContext, QObject, Qt, QtMsgType, Signal, Slot, qInstallMessageHandler

from eolc_desktop import __version__
from eolc_desktop.clock import Clock, system_clock
from eolc_desktop.errors import UserError
from eolc_desktop.logs import Plain, describe

log = logging.getLogger(__name__)

MOST_REPORTS = 20
"""A fault in painting comes sixty times a second: more than this many different ones are only counted."""

FAULTS_FILE = "faults.log"

_PLACE_IN_QT = re.compile(r"[A-Za-z_][\w<>]*(::~?\w+)+(?=[:( ])")
"""The function a message of Qt begins with, such as QPainter::begin. The rest may repeat a text it was given."""

_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


class CrashReporter(QObject):
    """Hears of every exception that nobody handled, on any thread, and of every message of Qt.

    Create it on the UI thread, before other threads; it hears until `remove`.

    Signals (delivered on the UI thread, after what is going on there has ended):
        met: the report of a fault, for the crash window.
        unheard: a `UserError` that no view handled, for the message bar.
    """

    met = Signal(str)
    unheard = Signal(object)
    _reported = Signal(str)
    _told = Signal(object)

    def __init__(self, clock: Clock = system_clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._seen: dict[str, int] = {}
        self._guard = threading.Lock()
        self._before: list[Callable[[], object]] = []
        self._faults: IO[bytes] | None = None
        # Queued even on the UI thread: no window may open inside the paint event or the destructor that failed.
        self._reported.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)
        self._told.connect(self._pass_on_error, Qt.ConnectionType.QueuedConnection)

    def install(self, folder: Path) -> None:
        """Hear from now on. A crash of the interpreter itself leaves its places in `folder`/faults.log (mode 0600).

        Where the disk does not take that file, it is done without: a plan can be read all the same.
        """
        previous = (sys.excepthook, threading.excepthook, sys.unraisablehook)
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread
        sys.unraisablehook = self._on_unraisable
        qt_before = qInstallMessageHandler(self._on_qt)

        def put_back() -> None:
            sys.excepthook, threading.excepthook, sys.unraisablehook = previous
            qInstallMessageHandler(qt_before)

        self._before.append(put_back)
        try:
            descriptor = os.open(folder / FAULTS_FILE, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        except OSError:
            return
        self._faults = os.fdopen(descriptor, "ab", buffering=0)
        faulthandler.enable(self._faults)

    def remove(self) -> None:
        """Hear no longer, and put back what was there before."""
        while self._before:
            self._before.pop()()
        if self._faults is not None:
            faulthandler.disable()
            self._faults.close()
            self._faults = None

    def report(self, error: BaseException) -> str:
        """Return what may be known of a fault: versions, the time, types and places. No values, words or folders."""
        at = self._clock().strftime("%Y-%m-%d %H:%M UTC")
        system = f"{platform.system()} {platform.release()}"
        versions = f"EoLC Desktop {__version__} · Python {platform.python_version()} · Qt {qt_version} · {system}"
        return f"{versions}\n{at}\n{describe(error)}"

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        # Whatever goes wrong here must not come back here.
        try:
            if error.__traceback__ is None and trace is not None:
                error = error.with_traceback(trace)
            if isinstance(error, UserError):
                self._told.emit(error)
            else:
                self._take(error)
        except BaseException:  # noqa: BLE001, S110
            pass

    def _on_thread(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            self._on_exception(told.exc_type, told.exc_value, told.exc_traceback)

    def _on_unraisable(self, told: Any) -> None:
        if told.exc_value is not None:
            self._on_exception(told.exc_type, told.exc_value, told.exc_traceback)

    def _on_qt(self, kind: QtMsgType, context: QMessageLogContext, message: str) -> None:
        try:
            place = _PLACE_IN_QT.match(message)
            category = context.category if isinstance(context.category, str) else "default"
            log.log(
                _QT_LEVELS.get(kind, logging.WARNING),
                "a message of Qt, category %s, from %s, %d characters",
                Plain(category),
                Plain(place[0] if place else "an unnamed place"),
                len(message),
            )
        except BaseException:  # noqa: BLE001, S110  it must not come back here
            pass

    def _take(self, error: BaseException) -> None:
        report = self.report(error)
        place = describe(error)
        with self._guard:
            is_new = place not in self._seen
            self._seen[place] = self._seen.get(place, 0) + 1
            is_shown = is_new and len(self._seen) <= MOST_REPORTS
        if is_shown:
            log.critical("a fault of the program\n%s", Plain(report))
            self._reported.emit(report)

    @Slot(str)
    def _pass_on(self, report: str) -> None:
        self.met.emit(report)

    @Slot(object)
    def _pass_on_error(self, error: UserError) -> None:
        self.unheard.emit(error)


def refuse_memory_dumps() -> None:
    """Have the system keep no image of this program's memory after a crash, nor let other programs read it (Linux)."""
    if os.name != "posix":
        return
    import resource  # noqa: PLC0415  not on Windows

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        import ctypes  # noqa: PLC0415  10 ms

        pr_set_dumpable = 4
        ctypes.CDLL(None, use_errno=True).prctl(pr_set_dumpable, 0, 0, 0, 0)
