"""A text area that grows with what is written in it, and keeps the line being written in view."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QSizePolicy, QWidget

FEWEST_LINES = 3
MOST_LINES = 20
"""Beyond this the area scrolls inside itself: on a small screen more would hide the label above it."""

EDGE_GUESS = 6


class GrowingText(QPlainTextEdit):
    """Several lines of plain text. Tab leaves it, Enter begins a new line."""

    def __init__(self, fewest_lines: int = FEWEST_LINES, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fewest_lines = fewest_lines
        self._lines = 0
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._on_size_changed)
        self.cursorPositionChanged.connect(self._keep_cursor_in_view)

    def sizeHint(self) -> QSize:
        """As high as its lines need."""
        lines = min(max(self._fewest_lines, self._lines), MOST_LINES)
        margin = 4 * round(self.document().documentMargin())
        # The edge and the padding come from the style sheet, and only the viewport knows them; until it is laid out a
        # generous guess does.
        around = self.height() - self.viewport().height() if self.isVisible() else 2 * EDGE_GUESS
        height = lines * (self.fontMetrics().lineSpacing() + 1) + margin + around
        return QSize(self.fontMetrics().averageCharWidth() * 60, height)

    def minimumSizeHint(self) -> QSize:
        """As high as its lines need, and narrow where it must be."""
        return QSize(self.fontMetrics().averageCharWidth() * 14, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrower area has more lines."""
        super().resizeEvent(event)
        self._on_size_changed()

    def _on_size_changed(self) -> None:
        # A plain text document measures its height in lines.
        lines = round(self.document().size().height())
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    def _keep_cursor_in_view(self) -> None:
        if not self.hasFocus():
            return
        around: QWidget | None = self.parentWidget()
        while around is not None and not isinstance(around, QScrollArea):
            around = around.parentWidget()
        inside = around.widget() if isinstance(around, QScrollArea) else None
        if isinstance(around, QScrollArea) and inside is not None:
            place = self.viewport().mapTo(inside, self.cursorRect().center())
            around.ensureVisible(place.x(), place.y(), 0, 2 * self.fontMetrics().lineSpacing())
