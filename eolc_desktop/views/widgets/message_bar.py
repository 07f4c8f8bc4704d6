"""The bar at the top of a page that says what happened; nothing has to be answered before work goes on."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QHBoxLayout, QPushButton, QWidget
from shiboken6 import isValid

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import UserError
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.icons import IconLabel
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

LETTERS_BESIDE = 30
"""Room the words need beside the buttons, in letters; with less the buttons go below."""


class Kind(Enum):
    """What sort of message: its look, its icon by shape, and the word a screen reader says first."""

    INFORMATION = (Look.INFORMATION, "information", "Note")
    SUCCESS = (Look.SUCCESS, "success", "Done")
    WARNING = (Look.WARNING, "warning", "Please check")
    ERROR = (Look.ERROR, "error", "There is a problem")

    def __init__(self, look: Look, icon: str, word: str) -> None:
        self.look = look
        self.icon = icon
        self.word = word


class MessageBar(QFrame):
    """Shows one message at a time, at most one thing to do about it, and a way to close it; hidden while silent.

    It never takes the focus; closing it with the keyboard puts the focus back where it was.

    Signals:
        acted: the button for what to do about it was pressed; the bar closes.
        closed: the bar closed, whoever closed it.
    """

    acted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._came_from: QWidget | None = None
        self._icon = IconLabel("information")
        self._words = WrappedLabel()
        self._action = QPushButton()
        self._close = QPushButton("Close message")
        self._time = QTimer(self)
        self._time.setSingleShot(True)
        self._time.timeout.connect(self._on_time_over)
        self._action.clicked.connect(self._on_action)
        self._close.clicked.connect(self.close_message)
        for button in (self._action, self._close):
            wear(button, Look.QUIET)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(12)
        self._buttons.addWidget(self._action)
        self._buttons.addWidget(self._close)
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._parts.setSpacing(4)
        self._parts.addWidget(self._words, 1)
        self._parts.addLayout(self._buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 4, 8, 4)
        row.setSpacing(12)
        row.addWidget(self._icon)
        row.addLayout(self._parts, 1)
        self.hide()

    def say(self, words: str, kind: Kind = Kind.INFORMATION, *, action: str = "", seconds: int = 0) -> None:
        """Show a message and have it read out once. `action` is the words of its button; without, there is none.

        With `seconds` it closes by itself after that time, but never while the pointer or the focus is on it: use it
        only for what can also be seen or done elsewhere.
        """
        self._time.stop()
        if not self._has_focus():
            self._came_from = QApplication.focusWidget()
        wear(self, kind.look)
        self._icon.show_icon(kind.icon, kind.word)
        self._words.setText(words)
        self._action.setText(action)
        self._action.setVisible(bool(action))
        self.show()
        announce(self, f"{kind.word}. {words}", is_urgent=kind is Kind.ERROR)
        if seconds:
            self._time.start(seconds * 1000)

    def tell(self, error: UserError) -> None:
        """Show what happened, what is safe and what to do next."""
        self.say(error.words, Kind.ERROR)

    def words(self) -> str:
        """Return what the bar says; "" while it is closed."""
        return self._words.text() if self.isVisible() else ""

    @Slot()
    def close_message(self) -> None:
        """Close the bar and give the focus back if it was on it."""
        had_focus = self._has_focus()
        self._time.stop()
        self.hide()
        if had_focus and self._came_from is not None and isValid(self._came_from) and self._came_from.isVisible():
            self._came_from.setFocus()
        self._came_from = None
        self.closed.emit()

    def minimumSizeHint(self) -> QSize:
        """Return the size with the buttons below the words: the bar makes room for itself when it is narrow."""
        whole = super().minimumSizeHint()
        beside = max(self._words.minimumSizeHint().width(), self._buttons.minimumSize().width())
        edges = self.contentsMargins().left() + self.contentsMargins().right() + 20
        return QSize(beside + self._icon.width() + 12 + edges, whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below the words where they would leave no room for them."""
        super().resizeEvent(event)
        room = self._parts.geometry().width() - self._buttons.sizeHint().width()
        is_narrow = room < self.fontMetrics().averageCharWidth() * LETTERS_BESIDE
        across, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._parts.setDirection(down if is_narrow else across)
        self._buttons.setAlignment(Qt.AlignmentFlag.AlignLeft if is_narrow else Qt.AlignmentFlag.AlignRight)

    @Slot()
    def _on_time_over(self) -> None:
        if self._has_focus() or self.underMouse():
            self._time.start()
        else:
            self.close_message()

    @Slot()
    def _on_action(self) -> None:
        self.close_message()
        self.acted.emit()

    def _has_focus(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)
