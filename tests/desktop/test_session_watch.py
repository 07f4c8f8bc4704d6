"""Locking when the system says that the user is leaving, on a message bus of the test's own."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from collections.abc import Iterator
from ctypes import wintypes

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from pytestqt.qtbot import QtBot

from eolc_desktop.desktop.idle_lock import IdleLock
from eolc_desktop.desktop.session_watch import SessionWatch, WindowsMessages, is_leaving
from tests.fixed_clock import FixedClock

needs_bus = pytest.mark.skipif(shutil.which("dbus-daemon") is None, reason="there is no dbus-daemon on this computer")


@pytest.fixture
def bus() -> Iterator[str]:
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert daemon.stdout is not None
    address = daemon.stdout.readline().strip()
    yield address
    for name in (f"eolc {address}", f"sender {address}"):
        QDBusConnection.disconnectFromBus(name)
    daemon.kill()
    daemon.communicate()


def send(address: str, path: str, interface: str, name: str, *arguments: object) -> None:
    connection = QDBusConnection.connectToBus(address, f"sender {address}")
    message = QDBusMessage.createSignal(path, interface, name)
    message.setArguments(list(arguments))
    assert connection.send(message)


@needs_bus
@pytest.mark.parametrize(
    ("path", "interface", "name", "arguments"),
    [
        ("/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", [True]),
        ("/org/freedesktop/login1/session/_31", "org.freedesktop.login1.Session", "Lock", []),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", [True]),
    ],
    ids=["sleep", "lock", "screen saver"],
)
def test_leaving_locks(
    bus: str, qtbot: QtBot, clock: FixedClock, path: str, interface: str, name: str, arguments: list[object]
) -> None:
    watch, lock = SessionWatch(), IdleLock(5, clock)
    watch.leaving.connect(lock.lock)
    lock.start()
    assert watch.start(bus, bus)
    with qtbot.waitSignal(lock.lock_now):
        send(bus, path, interface, name, *arguments)


@needs_bus
def test_coming_back_does_not_lock(bus: str, qtbot: QtBot) -> None:
    watch = SessionWatch()
    assert watch.start(bus, bus)
    heard: list[bool] = []
    watch.leaving.connect(lambda: heard.append(True))
    send(bus, "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", False)
    with qtbot.waitSignal(watch.leaving):
        send(bus, "/org/freedesktop/login1", "org.freedesktop.login1.Manager", "PrepareForSleep", True)
    assert heard == [True]


def test_without_a_bus_the_program_goes_on(qtbot: QtBot) -> None:
    assert not SessionWatch().start("unix:path=/nowhere", "unix:path=/nowhere")


@pytest.mark.parametrize(
    ("message", "parameter", "leaves"),
    [
        (0x02B1, 0x7, True),  # the screen is locked
        (0x02B1, 0x8, False),  # and unlocked
        (0x02B1, 0x4, True),  # a remote desktop is closed
        (0x0218, 0x4, True),  # sleep, or the lid
        (0x0218, 0x7, False),  # awake again
        (0x0111, 0x7, False),
    ],
)
def test_windows_says_the_same_in_messages(message: int, parameter: int, leaves: bool) -> None:
    assert is_leaving(message, parameter) is leaves
    heard: list[bool] = []
    told = wintypes.MSG()
    told.message, told.wParam = message, parameter
    watch = WindowsMessages(lambda: heard.append(True))
    assert watch.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(told)) == (False, 0)
    assert watch.nativeEventFilter(b"xcb_generic_event_t", ctypes.addressof(told)) == (False, 0)
    assert heard == ([True] if leaves else [])
