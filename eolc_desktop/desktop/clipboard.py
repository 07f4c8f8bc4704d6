"""Puts an identifier on the clipboard on request, keeps it out of clipboard histories, and takes it back soon."""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QMimeData, QObject, QTimer, Slot
from PySide6.QtGui import QClipboard

SECONDS = 10
"""How long what was copied stays, unless something else was copied meanwhile."""

_ZERO, _ONE = QByteArray(b"\0\0\0\0"), QByteArray(b"\1\0\0\0")

PRIVATE = {
    # KDE's Klipper and its kin
    "x-kde-passwordManagerHint": QByteArray(b"secret"),
    # Windows: no monitor, no history, no copy to other computers (each a 32-bit number)
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': _ONE,
    'application/x-qt-windows-mime;value="CanIncludeInClipboardHistory"': _ZERO,
    'application/x-qt-windows-mime;value="CanUploadToCloudClipboard"': _ZERO,
    # macOS
    "application/x-nspasteboard-concealed-type": QByteArray(b"secret"),
}
"""What tells each system's clipboard managers to keep nothing."""


class PrivateClipboard(QObject):
    """Copies one identifier at a time."""

    def __init__(self, clipboard: QClipboard, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clipboard = clipboard
        self._copied = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SECONDS * 1000)
        self._timer.timeout.connect(self.clear)

    def copy(self, words: str) -> None:
        """Put words on the clipboard for `SECONDS` seconds."""
        data = QMimeData()
        data.setText(words)
        for kind, value in PRIVATE.items():
            data.setData(kind, value)
        self._clipboard.setMimeData(data)
        self._copied = words
        self._timer.start()

    @Slot()
    def clear(self) -> None:
        """Take back what was copied, if it is still there. Call it at lock and exit too."""
        self._timer.stop()
        if self._copied and self._clipboard.text() == self._copied:
            self._clipboard.clear()
        self._copied = ""
