"""Copying an identifier for a moment: the clipboard is emptied again unless something else was copied meanwhile."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication

SECONDS = 10


class ShortLivedCopy(QObject):
    """Puts text on the clipboard and takes it away again after some seconds."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._text = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SECONDS * 1000)
        self._timer.timeout.connect(self.take_away)

    def copy(self, text: str) -> None:
        """Put the text on the clipboard for a while."""
        self._text = text
        QGuiApplication.clipboard().setText(text)
        self._timer.start()

    def take_away(self) -> None:
        """Empty the clipboard now, if it still holds what was put there."""
        self._timer.stop()
        if self._text and QGuiApplication.clipboard().text() == self._text:
            QGuiApplication.clipboard().clear()
        self._text = ""
