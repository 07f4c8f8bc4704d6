"""One window for one profile: a second start brings the first one's window to the front, and ends."""

from __future__ import annotations

import hashlib
import logging
import os
import stat
import sys
import tempfile
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QLockFile, QObject, Signal, Slot

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
        self._address = address(lock_file)
        self._server: QLocalServer | None = None
        self._lock = QLockFile(str(lock_file))
        # Never old by its age: a laptop can sleep for weeks. A lock whose process is gone is still taken over.
        self._lock.setStaleLockTime(0)

    def claim(self) -> bool:
        """Take the profile; False when another running program has it."""
        return self._lock.tryLock(0)

    def listen(self) -> None:
        """Listen for later starts. Call it after the window is painted: it loads Qt's network library."""
        from PySide6.QtNetwork import QLocalServer  # noqa: PLC0415  20 ms that the unlock window does not wait for

        # Whoever was killed left its socket behind; holding the lock proves that nobody uses it.
        QLocalServer.removeServer(self._address)
        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        server.newConnection.connect(self._on_connection)
        if server.listen(self._address):
            self._server = server
        else:
            log.warning("later starts cannot be heard: %s", server.serverError())

    def ask_first_to_show(self) -> bool:
        """Ask the program that has the profile to show its window; False when it does not answer."""
        from PySide6.QtNetwork import QLocalSocket  # noqa: PLC0415  only a second start needs it

        socket = QLocalSocket()
        deadline = QDeadlineTimer(MILLISECONDS)
        # The first one may have started this very moment, and listen only once its window is painted.
        while not _is_connected(socket, self._address):
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


def address(lock_file: Path) -> str:
    """Return where the program of this profile listens: in the profile's private folder where a socket fits there."""
    whole = str(lock_file.absolute())
    short = hashlib.sha256(whole.encode()).hexdigest()[:16]
    if sys.platform == "win32":
        return f"eolc-desktop-{short}"
    beside = lock_file.absolute().with_name("raise.socket")
    if len(os.fsencode(beside)) <= LONGEST_SOCKET_PATH:
        return str(beside)
    runtime = os.environ.get("XDG_RUNTIME_DIR") or tempfile.gettempdir()
    folder = Path(runtime) / f"eolc-desktop-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    is_ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & 0o077
    # Another user may have laid a folder of that name in wait; then rather nobody hears a later start.
    return str(folder / short if is_ours else beside)
