"""What stands where there is nothing yet: words that say so, and the one thing to do about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look
from eolc_desktop.views.forms.showing import set_shown
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class EmptyState(QWidget):
    """Plain words and at most one button; never a picture, never praise.

    Signals:
        chosen: the button was pressed.
    """

    chosen = Signal()

    def __init__(self, words: str, detail: str = "", action: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = WrappedLabel(words, Look.HEADING)
        self.detail = WrappedLabel(detail, Look.SECONDARY)
        self.button = QPushButton(action)
        self.button.clicked.connect(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 24, 16, 24)
        column.setSpacing(12)
        column.addWidget(self.words)
        column.addWidget(self.detail)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.say(words, detail, action)

    def say(self, words: str, detail: str = "", action: str = "") -> None:
        """Change what stands here."""
        self.words.setText(words)
        self.detail.setText(detail)
        set_shown(self.detail, bool(detail))
        self.button.setText(action)
        set_shown(self.button, bool(action))
