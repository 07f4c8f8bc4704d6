"""Figures being counted: how far it has come, and a way to stop; only there when counting takes long enough to see."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QProgressBar, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.errors import UserError
from eolc_desktop.services import measures
from eolc_desktop.services.measures import Counting
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

SHOWN_AFTER = 400
"""Milliseconds: what is over sooner shows no progress, which would only flicker."""
STOPPED = "Stopped before everybody was counted."


class CountingLine(QWidget):
    """Counts a portion at a time, so that the rest of the window goes on; the last that was asked for is counted."""

    counted = Signal(object)
    """The figures (`Read`)."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._current: Counting | None = None
        self._is_stopping = False
        self._is_running = False
        self._bar = QProgressBar()
        self._bar.setAccessibleName("Progress")
        self._bar.setTextVisible(False)
        self._says = WrappedLabel("")
        self._stop = QPushButton("Stop counting")
        self._stop.clicked.connect(self.stop)
        self._again = QPushButton("Count again")
        buttons = FlowLayout(across=8)
        buttons.addWidget(self._stop)
        buttons.addWidget(self._again)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._says, self._bar):
            column.addWidget(widget)
        column.addLayout(buttons)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._on_later)
        self.hide()

    def ask_again(self, act: Callable[[], object]) -> None:
        """What “Count again” does."""
        self._again.clicked.connect(act)

    def begin(self, span: str, grouping: str) -> None:
        """Count anew; what was being counted is given up."""
        self._is_stopping, self._is_running = False, True
        if not self._later.isActive() and not self._stop.isVisible():
            self._later.start(SHOWN_AFTER)
        self._desk.run("begin to count", measures.begin, span, grouping, done=self._on_portion, failed=self._on_failed)

    @Slot()
    def stop(self) -> None:
        """Stop before the next portion."""
        if self._is_running:
            self._is_stopping = True
            self._stop.setEnabled(False)

    @Slot(object)
    def _on_portion(self, counting: Counting) -> None:
        if counting.done == 0:
            self._current = counting
        if counting is not self._current:
            return
        self._says.setText(counting.words)
        self._bar.setRange(0, counting.of)
        self._bar.setValue(counting.done)
        if counting.read is not None:
            self._end()
            self.counted.emit(counting.read)
        elif self._is_stopping:
            self._end(STOPPED)
        else:
            self._desk.run("count", measures.go_on, counting, done=self._on_portion, failed=self._on_failed)

    @Slot()
    def _on_later(self) -> None:
        if self._is_running:
            self._show_running(True)

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self._end()
        self._desk.told.emit(error)

    def _end(self, words: str = "") -> None:
        """Stop showing progress; with words, say them and offer to count again."""
        has_keyboard = self._stop.hasFocus()
        self._current, self._is_running = None, False
        self._later.stop()
        self._show_running(False)
        self.setVisible(bool(words))
        if not words:
            return
        self._says.setText(words)
        announce(self, words)
        if has_keyboard:
            self._again.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_running(self, running: bool) -> None:
        self._again.setVisible(not running)
        self._stop.setEnabled(running)
        for widget in (self._bar, self._stop):
            widget.setVisible(running)
        self.setVisible(running)
