"""A page before anybody is signed in that leads through a few steps: one column, how far one is, two buttons."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.unlock import COLUMN_LETTERS
from eolc_desktop.views.widgets.message_bar import MessageBar
from eolc_desktop.views.widgets.scrolling import scrolling
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class StepsPage(QWidget):
    """Shows one step at a time. What is a page of its own says what its steps are, and what leads on from each."""

    titles: tuple[str, ...] = ()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.step = 0
        wear(self, Look.PAGE)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.message = MessageBar()
        self.on = QPushButton("Continue")
        wear(self.on, Look.PRIMARY)
        self.on.clicked.connect(self.on_continue)
        self.back = QPushButton("Back")
        self.back.clicked.connect(self.on_back)
        self._progress = WrappedLabel("", Look.SECONDARY)
        self._title = WrappedLabel("", Look.TITLE)
        self._steps: tuple[QWidget, ...] = ()
        self._holder = QWidget()

    def go(self, step: int) -> None:
        """Show a step, with the keyboard on its first field."""
        self.step = step
        for place, widget in enumerate(self._steps):
            widget.setVisible(place == step)
        self._progress.setText(f"Step {step + 1} of {len(self.titles)}")
        self._title.setText(self.titles[step])
        self.arrange()
        self.let_go_on()
        self.message.close_message()
        self.focus_first()

    def hold_on(self, words: str) -> None:
        """Say that something is being done; nothing leads on meanwhile."""
        self.on.setEnabled(False)
        self.back.setEnabled(False)
        self.message.say(words)

    def let_go_on(self) -> None:
        """Whatever was being done is over."""
        self.on.setEnabled(True)
        self.back.setEnabled(True)

    def arrange(self) -> None:
        """Name the buttons of the step."""
        raise NotImplementedError

    def focus_first(self) -> None:
        """Give the keyboard to the first field of the step."""
        raise NotImplementedError

    @Slot()
    def on_continue(self) -> None:
        """Go on from the step, where it may be left."""
        raise NotImplementedError

    @Slot()
    def on_back(self) -> None:
        """Go back a step."""
        raise NotImplementedError

    def _build(self, steps: tuple[QWidget, ...], *others: QPushButton) -> None:
        """Lay the steps out, with more buttons beside those that lead on and back."""
        self._steps = steps
        buttons = FlowLayout(across=12)
        for button in (self.on, self.back, *others):
            buttons.addWidget(button)
        column = QVBoxLayout(self._holder)
        column.setSpacing(12)
        for widget in (self._progress, self._title, self.message, *steps):
            column.addWidget(widget)
        column.addSpacing(8)
        column.addLayout(buttons)
        column.addStretch(1)
        middle = QWidget()
        across = QHBoxLayout(middle)
        across.setContentsMargins(24, 32, 24, 24)
        across.addStretch(1)
        across.addWidget(self._holder)
        across.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scrolling(middle))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column as wide as its letters are large, and inside the window."""
        super().resizeEvent(event)
        letters = self.fontMetrics().averageCharWidth()
        self._holder.setFixedWidth(min(max(240, self.width() - 120), max(letters * COLUMN_LETTERS, 480)))


def column_of(*widgets: QWidget) -> QWidget:
    """A step: what stands under each other."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)
    return holder
