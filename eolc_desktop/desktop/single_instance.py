"""One window for one profile: a second start brings the first one's window to the front, and ends."""

from __future__ import annotations

import hashlib
import logging
import os
import stat
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QLockFile, QObject, Signal, Slot

from eolc_desktop.paths import may_write_in

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

log = logging.getLogger(__name__)

ASK, ANSWER = b"raise", b"raised"
"""All that is ever said on the socket."""

MILLISECONDS = 2000
SECONDS_BETWEEN_TRIES = 0.05
LONGEST_SOCKET_PATH = 100
"""Bytes of a socket's path that every POSIX system takes (Linux 107, macOS 103)."""


class SingleInstance(QObject):
    """Holds the lock of a profile, and listens for later starts.

    Signals:
        raise_asked: someone started the program again; show the window.
    """

    raise_asked = Signal()

    def __init__(self, lock_file: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._file = lock_file
        self._server: QLocalServer | None = None
        self._lock = _lock_at(lock_file)

    def claim(self) -> bool:
        """Take the profile; False when another running program has it.

        Where the disk takes no lock, as when it is full or read-only, it is held among the user's own temporary files,
        so that a plan can still be read. Whoever comes later looks there too.
        """
        if self._lock.tryLock(0):
            elsewhere = _elsewhere(self._file, ".lock", make=False)
            if elsewhere is None or not elsewhere.exists() or _can_be_had(_lock_at(elsewhere)):
                return True
            self._lock.unlock()
            return False
        is_there = self._lock.error() == QLockFile.LockError.LockFailedError
        if is_there and (may_write_in(self._file.parent) or self._is_alive()):
            return False
        elsewhere = _elsewhere(self._file, ".lock", make=True)
        if elsewhere is None:
            return True
        self._lock = _lock_at(elsewhere)
        return self._lock.tryLock(0) or self._lock.error() != QLockFile.LockError.LockFailedError

    def listen(self) -> None:
        """Listen for later starts. Call it after the window is painted: it loads Qt's network library."""
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415  20 ms that the unlock window does not wait for

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_connection)
        for place in addresses(self._file):
            # Whoever was killed left its socket behind; holding the lock proves that nobody uses it.
            QLocalServer.removeServer(place)
            if server.listen(place):
                self._server = server
                return
        log.warning("later starts cannot be heard: %s", server.serverError())

    def ask_first_to_show(self) -> bool:
        """Ask the program that has the profile to show its window; False when it does not answer."""
        from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415  only a second start needs it

        socket = QLocalSocket()
        deadline = QDeadlineTimer(MILLISECONDS)
        # The first one may have started this very moment, and listen only once its window is painted.
        while not any(_is_connected(socket, place) for place in addresses(self._file)):
            if deadline.hasExpired():
                return False
            threading.Event().wait(SECONDS_BETWEEN_TRIES)
        socket.write(ASK)
        socket.flush()
        heard = bytes(socket.readAll().data())
        while len(heard) < len(ANSWER) and socket.waitForReadyRead(MILLISECONDS):
            heard += bytes(socket.readAll().data())
        socket.abort()
        return heard == ANSWER

    def release(self) -> None:
        """Give the profile up: at exit, and before the process is replaced."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self._lock.unlock()

    def _is_alive(self) -> bool:
        """Whether the program whose lock lies on a disk that takes nothing still runs: a lock of one that ended there
        can be taken away by nobody."""
        process, _, _ = self._lock.getLockInfo()
        if os.name == "posix" and process > 0:
            with suppress(PermissionError):
                try:
                    os.kill(process, 0)
                except ProcessLookupError:
                    return False
        # Another program may have its number by now.
        return self.ask_first_to_show()

    @Slot()
    def _on_connection(self) -> None:
        while self._server is not None and (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._on_words)
            socket.disconnected.connect(socket.deleteLater)

    @Slot()
    def _on_words(self) -> None:
        from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415  loaded by now

        socket = self.sender()
        if not isinstance(socket, QLocalSocket):
            return
        if bytes(socket.read(len(ASK)).data()) == ASK:
            socket.write(ANSWER)
            socket.flush()
            self.raise_asked.emit()
        else:
            socket.abort()


def _is_connected(socket: QLocalSocket, address: str) -> bool:
    socket.connectToServer(address)
    return socket.waitForConnected(MILLISECONDS)


def addresses(lock_file: Path) -> tuple[str, ...]:
    """Return where the program of this profile listens: in the profile's private folder where a socket fits there, and
    else, or where the disk takes none, in a folder of this user's own for what is temporary."""
    if sys.platform == "win32":
        return (f"eolc-desktop-{_short(lock_file)}",)
    beside = lock_file.absolute().with_name("raise.socket")
    fitting = (str(beside),) if len(os.fsencode(beside)) <= LONGEST_SOCKET_PATH else ()
    elsewhere = _elsewhere(lock_file, ".socket", make=not fitting)
    # Another user may have laid a folder of that name in wait; then rather nobody hears a later start.
    return (*fitting, str(elsewhere)) if elsewhere is not None else fitting or (str(beside),)


def _elsewhere(lock_file: Path, ending: str, *, make: bool) -> Path | None:
    """A place for a lock or a socket where the profile's disk is not needed; None where there is none to be had."""
    if sys.platform == "win32":
        return Path(tempfile.gettempdir()) / f"eolc-desktop-{_short(lock_file)}{ending}"
    folder = Path(os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()) / f"eolc-desktop-{os.getuid()}"
    try:
        if make:
            folder.mkdir(mode=0o700, exist_ok=True)
        found = folder.lstat()
    except OSError:
        return None
    is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
    return folder / f"{_short(lock_file)}{ending}" if is_ours else None


def _short(lock_file: Path) -> str:
    return hashlib.sha256(str(lock_file.absolute()).encode()).hexdigest()[:16]


def _lock_at(path: Path) -> QLockFile:
    lock = QLockFile(str(path))
    # Never old by its age: a laptop can sleep for weeks. A lock whose process is gone is still taken over.
    lock.setStaleLockTime(0)
    return lock


def _can_be_had(lock: QLockFile) -> bool:
    """Whether nobody holds a lock; it is given back at once."""
    if not lock.tryLock(0):
        return False
    lock.unlock()
    return True
