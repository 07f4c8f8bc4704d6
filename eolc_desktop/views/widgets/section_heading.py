"""The heading of a part of a page, with room for what belongs beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class SectionHeading(QWidget):
    """A heading that wraps, and beside it a tag or a button."""

    def __init__(self, words: str, look: Look = Look.HEADING, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label = WrappedLabel(words, look)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(12)
        self._row.addWidget(self.label, 1)

    def say(self, words: str) -> None:
        """Change the heading."""
        self.label.setText(words)

    def add(self, beside: QWidget) -> None:
        """Put a tag or a button at the end of the line."""
        self._row.addWidget(beside, 0, Qt.AlignmentFlag.AlignVCenter)
