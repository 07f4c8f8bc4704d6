"""What pages of the window have in common: a title, a way back, what happened, and a column for their parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.widgets.message_bar import MessageBar
from eolc_desktop.views.widgets.scrolling import scrolling
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

EDGE = 24


class TitledPage(QWidget):
    """A page of the window with its title and a button back. `column` takes its parts, `message` says what happened.

    Signals:
        closed: the page before should be shown again.
    """

    closed = Signal()
    page_title = ""
    scrolls = True
    """Whether the page scrolls as a whole; without, one of its parts does."""
    widest = 0
    """How wide the column grows, in pixels; 0 for as wide as the window."""

    def __init__(self, desk: Desk, title: str = "", lead: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.page_title = title or self.page_title
        self.message = MessageBar()
        inside = QWidget()
        if self.widest:
            inside.setMaximumWidth(self.widest)
        if self.scrolls:
            # Its words in the width there is say how high it is. Qt would also ask for the height of all the words in
            # comfortable lines, so that a wide page could be scrolled past its end.
            inside.setMinimumHeight(1)
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(EDGE, 16, EDGE, 16)
        self.column.setSpacing(12 if self.scrolls else 10)
        self.back = QPushButton("Back")
        self.back.clicked.connect(self.closed)
        self._ways = FlowLayout(across=8)
        self._ways.addWidget(self.back)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(WrappedLabel(self.page_title, Look.TITLE), 1)
        head.addLayout(self._ways)
        self.column.addLayout(head)
        if lead:
            self.column.addWidget(WrappedLabel(lead, Look.SECONDARY))
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.message)
        page.addWidget(scrolling(inside) if self.scrolls else inside, 1)

    def leave(self) -> None:
        """Nothing is written on most of these pages, so there is nothing to keep."""

    def focus_first(self) -> None:
        """Give the keyboard to the way back."""
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def put_beside_back(self, *buttons: QPushButton) -> None:
        """Put buttons before the way back, in this order."""
        for button in reversed(buttons):
            self._ways.put_first(button)

    def button(self, words: str, slot: Callable[..., Any], look: Look | None = None) -> QPushButton:
        """A button."""
        made = QPushButton(words.replace("&", "&&"))
        made.clicked.connect(slot)
        if look is not None:
            wear(made, look)
        return made
