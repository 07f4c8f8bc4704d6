"""Locks the program when nobody is there: after minutes without a key, and after the computer slept."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QApplication

from eolc_desktop.clock import Clock, system_clock
from eolc_desktop.desktop.event_watch import EventWatch

WARNING_SECONDS = 30
"""How long before locking the user is told, so that any key keeps the program open."""

BEAT_SECONDS = 15
SLEPT_SECONDS = 90
"""A gap this long between two beats means that the computer slept, or its lid was closed: it locks at once."""

_ACTIVITY = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TouchUpdate,
        QEvent.Type.TabletPress,
        QEvent.Type.InputMethod,
    }
)
_SHOWING = frozenset(
    {
        QEvent.Type.Paint,
        QEvent.Type.UpdateRequest,
        QEvent.Type.Expose,
        QEvent.Type.WindowActivate,
        QEvent.Type.ApplicationStateChange,
    }
)
"""What happens first when a computer wakes: nothing of the record may be painted before the time was looked at."""


def steady_seconds() -> float:
    """Return seconds that only ever grow and, where the system can say so, that go on while it sleeps."""
    boot_clock = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot_clock is None else time.clock_gettime(boot_clock)


class IdleLock(QObject):
    """Watches for the user and says when to lock.

    It goes by the wall clock and by a steady one, whichever says more time has passed: timers stand still while a
    computer sleeps, and a wall clock can be set back.

    Signals:
        warned: the seconds that are left.
        kept_open: the user came back in time.
        lock_now: cover the screen at once. Sent directly, before the event that found it is delivered.
    """

    warned = Signal(int)
    kept_open = Signal()
    lock_now = Signal()

    def __init__(
        self,
        minutes: int,
        clock: Clock = system_clock,
        steady: Callable[[], float] = steady_seconds,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._limit = minutes * 60.0
        self._clock = clock
        self._steady = steady
        self._seen = self._beat = (0.0, 0.0)
        self._is_warned = False
        self._is_on = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.CoarseTimer)
        self._timer.timeout.connect(self._on_time)

    def start(self) -> None:
        """Begin to watch, as from a key pressed now."""
        app = QApplication.instance()
        if isinstance(app, QApplication) and not self._is_on:
            EventWatch.of(app).add(_ACTIVITY | _SHOWING, self.look)
            self._is_on = True
            self._seen = self._beat = self._now()
            self._is_warned = False
            self._set_timer()

    def stop(self) -> None:
        """Watch no longer: while the program is locked there is nothing to lock."""
        app = QApplication.instance()
        if isinstance(app, QApplication) and self._is_on:
            EventWatch.of(app).remove(self.look)
        self._is_on = False
        self._timer.stop()

    def set_minutes(self, minutes: int) -> None:
        """Use another limit from now on."""
        self._limit = minutes * 60.0
        if self._is_on:
            self._set_timer()

    @Slot()
    def lock(self) -> None:
        """Lock on demand."""
        if self._is_on:
            self.stop()
            self.lock_now.emit()

    def look(self, _watched: QObject, event: QEvent) -> bool:
        """See what the user does and what is about to be shown. An event that finds the time over locks, and goes no
        further itself."""
        return self._on_activity() if event.type() in _ACTIVITY else self._locked_by_time(self._now())

    def _on_activity(self) -> bool:
        now = self._now()
        if self._locked_by_time(now):
            return True
        self._seen = self._beat = now
        if self._is_warned:
            self._is_warned = False
            self.kept_open.emit()
            self._set_timer()
        return False

    def _locked_by_time(self, now: tuple[float, float]) -> bool:
        if not self._is_on:
            return False
        if _passed(self._seen, now) < self._limit and _passed(self._beat, now) < SLEPT_SECONDS:
            return False
        self.lock()
        return True

    @Slot()
    def _on_time(self) -> None:
        now = self._now()
        if self._locked_by_time(now):
            return
        self._beat = now
        left = self._limit - _passed(self._seen, now)
        if left <= WARNING_SECONDS and not self._is_warned:
            self._is_warned = True
            self.warned.emit(round(left))
        self._set_timer()

    def _set_timer(self) -> None:
        left = self._limit - _passed(self._seen, self._now())
        until_next = left if self._is_warned else left - WARNING_SECONDS
        self._timer.start(round(1000 * min(max(until_next, 0.1), BEAT_SECONDS)))

    def _now(self) -> tuple[float, float]:
        return self._clock().timestamp(), self._steady()


def _passed(since: tuple[float, float], now: tuple[float, float]) -> float:
    return max(now[0] - since[0], now[1] - since[1], 0.0)
