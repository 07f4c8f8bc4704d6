"""Hears from the system that the user is leaving: the lid closes, the computer sleeps, the session is locked."""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import SLOT, QObject, Signal, Slot

SLEEP = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep")
LOCK = ("", "org.freedesktop.login1.Session", "Lock")
SCREEN_SAVERS = (
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.mate.ScreenSaver",
    "org.cinnamon.ScreenSaver",
)

ON_SLEEP: Any = SLOT("on_sleep(bool)")
ON_LOCK: Any = SLOT("on_lock()")
"""Slots as Qt's C++ names them. PySide6's stubs ask for bytes here, and its code takes nothing but text."""


class SessionWatch(QObject):
    """Listens on D-Bus where there is one (Linux); elsewhere the idle lock's clocks find a sleep when it is over.

    Signals:
        leaving: lock now.
    """

    leaving = Signal()

    def start(self, system_bus: str = "", session_bus: str = "") -> bool:
        """Begin to listen, and return whether sleep and lock can be heard. Addresses are for tests: "" is the real bus.

        Call it after the window is painted: it loads Qt's D-Bus library.
        """
        if sys.platform != "linux":
            return False
        from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415  not on every system, and not needed to unlock

        def bus(address: str, usual: QDBusConnection) -> QDBusConnection:
            return QDBusConnection.connectToBus(address, f"eolc {address}") if address else usual

        system = bus(system_bus, QDBusConnection.systemBus())
        session = bus(session_bus, QDBusConnection.sessionBus())
        hears = system.isConnected()
        if hears:
            hears &= system.connect("", *SLEEP, self, ON_SLEEP)
            hears &= system.connect("", *LOCK, self, ON_LOCK)
        if session.isConnected():
            for interface in SCREEN_SAVERS:
                session.connect("", "", interface, "ActiveChanged", self, ON_SLEEP)
        return hears

    @Slot(bool)
    def on_sleep(self, is_beginning: bool) -> None:
        """Hear that a sleep or the screen saver begins or ends."""
        if is_beginning:
            self.leaving.emit()

    @Slot()
    def on_lock(self) -> None:
        """Hear that a session was locked. Any session's lock will do: one lock too many costs a passphrase."""
        self.leaving.emit()
