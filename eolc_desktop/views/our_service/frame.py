"""What the pages about the service have in common: a title, a way back, and a column that scrolls."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.widgets.scrolling import scrolling
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class ServicePage(QWidget):
    """A page of the window with its title and a button back. `column` takes its parts.

    Signals:
        closed: the page before should be shown again.
    """

    closed = Signal()
    page_title = ""
    scrolls = True

    def __init__(self, desk: Desk, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.page_title = title
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(24, 16, 24, 16)
        self.column.setSpacing(10)
        self.back = QPushButton("Back")
        self.back.clicked.connect(self.closed)
        self.head = QHBoxLayout()
        self.head.setSpacing(8)
        self.head.addWidget(WrappedLabel(title, Look.TITLE), 1)
        self.head.addWidget(self.back)
        self.column.addLayout(self.head)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        if self.scrolls:
            scroll = scrolling(inside)
            page.addWidget(scroll)
        else:
            page.addWidget(inside)

    def leave(self) -> None:
        """Nothing is written on most of these pages, so there is nothing to keep."""

    def focus_first(self) -> None:
        """Give the keyboard to the way back."""
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def button(self, words: str, slot: Callable[..., Any], look: Look | None = None) -> QPushButton:
        """A button."""
        made = QPushButton(words.replace("&", "&&"))
        made.clicked.connect(slot)
        if look is not None:
            wear(made, look)
        return made
