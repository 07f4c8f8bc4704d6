"""Python's look for what nothing uses any more, on the UI thread and nowhere else.

Python looks whenever a thread has made enough new things, on that thread. Widgets that point at one another go in that
look: on the store's thread, say, while a plan is read there. Qt's objects may be destroyed on the UI thread only; there
it ends the program, at a moment that nobody can repeat. So Python's own look is off while windows are open.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from eolc_desktop.desktop.event_watch import EventWatch

EVERY = 500
"""Milliseconds between two looks at whether one is due."""
QUIET_SECONDS = 30.0
"""Everything is looked through only when nobody has touched a key or the mouse for so long: it takes tens of
milliseconds."""

LONGEST_REST = 600.0
"""Seconds without a look, at most: windows that go are kept by one another until then."""

_TOUCHES = (QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TouchBegin)


def take_what_is_due(*, everything: bool = True) -> None:
    """Look through as much as Python itself would by now, on the thread that calls.

    `everything` False leaves out what has been there for long, which takes longest.
    """
    counted, limits = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0) if everything else (1, 0):
        if counted[generation] > limits[generation]:
            gc.collect(generation)
            return


class RubbishRound(QObject):
    """Looks for rubbish now and then, while it has begun. Make it, begin it and end it on the UI thread.

    It rests while `rests` says so: work that holds hundreds of thousands of new things makes a look take as long as one
    at everything, and lets go of nearly all of them by itself when it ends.
    """

    def __init__(self, parent: QObject | None = None, rests: Callable[[], bool] = lambda: False) -> None:
        super().__init__(parent)
        self._rests = rests
        self._touched = self._looked = time.monotonic()
        self._timer = QTimer(self)
        self._timer.setInterval(EVERY)
        self._timer.timeout.connect(self._on_time)

    def begin(self) -> None:
        """From now on nothing is looked through on other threads."""
        gc.disable()
        app = QApplication.instance()
        if isinstance(app, QApplication) and not self._timer.isActive():
            EventWatch.of(app).add(_TOUCHES, self._note)
            self._timer.start()

    def end(self) -> None:
        """Look no more. Python's own look stays off: windows may be there until the process ends."""
        app = QApplication.instance()
        if isinstance(app, QApplication) and self._timer.isActive():
            EventWatch.of(app).remove(self._note)
        self._timer.stop()

    def _note(self, _watched: QObject, _event: QEvent) -> bool:
        self._touched = time.monotonic()
        return False

    @Slot()
    def _on_time(self) -> None:
        if self._rests() and time.monotonic() - self._looked < LONGEST_REST:
            return
        self._looked = time.monotonic()
        take_what_is_due(everything=time.monotonic() - self._touched > QUIET_SECONDS)
