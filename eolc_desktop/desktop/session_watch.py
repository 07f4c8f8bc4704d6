"""Hears from the system that the user is leaving: the lid closes, the computer sleeps, the session is locked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject, Signal, Slot

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


WM_POWERBROADCAST, PBT_APMSUSPEND = 0x0218, 0x0004
WM_WTSSESSION_CHANGE, WTS_SESSION_LOCK, WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT = 0x02B1, 0x7, 0x2, 0x4
NOTIFY_FOR_THIS_SESSION = 0


def is_leaving(message: int, parameter: int) -> bool:
    """Whether a message of Windows says that the computer goes to sleep, or that its screen is locked or left."""
    if message == WM_WTSSESSION_CHANGE:
        return parameter in (WTS_SESSION_LOCK, WTS_CONSOLE_DISCONNECT, WTS_REMOTE_DISCONNECT)
    return message == WM_POWERBROADCAST and parameter == PBT_APMSUSPEND


class WindowsMessages(QAbstractNativeEventFilter):
    """Passes on what Windows tells the program's window about sleep and the lock screen."""

    def __init__(self, heard: Callable[[], object]) -> None:
        super().__init__()
        self._heard = heard

    def nativeEventFilter(self, event_type: QByteArray | bytes | bytearray | memoryview, message: Any) -> object:
        """Look at a message and let it go on its way."""
        kind = event_type.data() if isinstance(event_type, QByteArray) else bytes(event_type)
        if kind == b"windows_generic_MSG":
            from ctypes import wintypes  # noqa: PLC0415  only where there are such messages

            told = wintypes.MSG.from_address(int(message))
            if is_leaving(told.message, told.wParam):
                self._heard()
        return False, 0


class SessionWatch(QObject):
    """Listens on D-Bus where there is one (Linux), and to the window's messages on Windows; elsewhere the idle lock's
    clocks find a sleep when it is over.

    Signals:
        leaving: lock now.
    """

    leaving = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._messages: WindowsMessages | None = None

    def start(self, system_bus: str = "", session_bus: str = "", window_id: int = 0) -> bool:
        """Begin to listen, and return whether sleep and lock can be heard. Addresses are for tests: "" is the real bus.
        `window_id` is the window that Windows is to tell.

        Call it after the window is painted: it loads Qt's D-Bus library.
        """
        if sys.platform == "win32":
            return self._listen_to_windows(window_id)
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

    def _listen_to_windows(self, window_id: int) -> bool:
        import ctypes  # noqa: PLC0415  only Windows has these calls

        app = QCoreApplication.instance()
        if app is None or not window_id:
            return False
        self._messages = WindowsMessages(self.leaving.emit)
        app.installNativeEventFilter(self._messages)
        told = ctypes.windll.wtsapi32.WTSRegisterSessionNotification(window_id, NOTIFY_FOR_THIS_SESSION)  # type: ignore[attr-defined,unused-ignore]
        return bool(told)

    @Slot(bool)
    def on_sleep(self, is_beginning: bool) -> None:
        """Hear that a sleep or the screen saver begins or ends."""
        if is_beginning:
            self.leaving.emit()

    @Slot()
    def on_lock(self) -> None:
        """Hear that a session was locked. Any session's lock will do: one lock too many costs a passphrase."""
        self.leaving.emit()
