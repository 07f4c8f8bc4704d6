"""A short list whose items are as high as their words, in any theme and at any width."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QListWidget, QWidget

from eolc_desktop.views.widgets.item_room import room_for_words

ABOVE_AND_BELOW = 20
"""Pixels that an item keeps free above and below its words together."""


class WordedList(QListWidget):
    """Items that wrap: Qt wraps them without the room that a theme keeps around, and leaves a line out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fitted: tuple[object, ...] = ()
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self.setSpacing(2)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew."""
        super().resizeEvent(event)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme or size of text keeps other room around the words."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.fit()

    def fit(self) -> None:
        """Make each item as high as its words at this width."""
        metrics = self.fontMetrics()
        width = room_for_words(self, self.viewport().width() - 2 * self.spacing())
        words = [self.item(row).text() for row in range(self.count())]
        fitted = (width, metrics.lineSpacing(), *words)
        if fitted == self._fitted and all(self.item(row).sizeHint().isValid() for row in range(len(words))):
            return
        self._fitted = fitted
        bounds = QRect(0, 0, width, 10_000)
        for row, text in enumerate(words):
            high = metrics.boundingRect(bounds, int(Qt.TextFlag.TextWordWrap), text).height()
            self.item(row).setSizeHint(QSize(0, high + ABOVE_AND_BELOW))
