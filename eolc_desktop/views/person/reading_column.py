"""A column no wider than is comfortable to read, at the left of whatever room there is."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

LETTERS_WIDE = 86
"""About 75 letters of text with the edges of its controls."""


class ReadingColumn(QWidget):
    """Holds a page that is read or filled in from top to bottom. `box` takes its parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QWidget(self)
        column.setMaximumWidth(self.fontMetrics().averageCharWidth() * LETTERS_WIDE)
        self.box = QVBoxLayout(column)
        self.box.setContentsMargins(24, 16, 24, 24)
        self.box.setSpacing(12)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(column, 1)
        row.addStretch(0)
