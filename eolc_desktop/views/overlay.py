"""A pane over the page with a box to type in and a list beneath: what Find and the command palette are made of."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QFrame, QLineEdit, QMenuBar, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.desktop.theme import current
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

WIDEST_LETTERS = 78
GAP = 24
LINES_FOR_ALL = 18
_MOVES = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown)


class Overlay(QFrame):
    """A pane at the top of its parent. The typing box keeps the keyboard; arrows move the highlight in the list.

    Signals:
        closed: it was closed, and the keyboard is back where it was.
    """

    closed = Signal()

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.around = parent
        self._before: QWidget | None = None
        self.setAccessibleName(title)
        wear(self, Look.CARD)
        self.setAutoFillBackground(True)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self._heading = WrappedLabel(title, Look.HEADING)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 12, 16, 12)
        self.column.setSpacing(8)
        self.column.addWidget(self._heading)
        self._box: QLineEdit | None = None
        parent.installEventFilter(self)
        self.hide()

    def use_box(self, box: QLineEdit) -> None:
        """Let arrows and Enter in this box move through the list and choose from it."""
        self._box = box
        box.installEventFilter(self)
        self.setFocusProxy(box)

    def open(self) -> None:
        """Show the pane and give it the keyboard."""
        if not self.isVisible():
            self._before = QApplication.focusWidget()
        self.place()
        self.show()
        self.raise_()
        if self._box is not None:
            self._box.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._box.selectAll()

    def close_pane(self) -> None:
        """Close it and give the keyboard back."""
        if not self.isVisible():
            return
        before, self._before = self._before, None
        self.hide()
        if before is not None and before.isVisible():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        self.closed.emit()

    def place(self) -> None:
        """Stand at the top of the parent, in the middle, never wider than reads well nor higher than there is room."""
        width = self.sheet_width()
        self._heading.setVisible(not self.is_low)
        self.setFixedSize(width, min(self._height(width), self._room()))
        self.move((self.around.width() - width) // 2, self._top())

    def inner_width(self) -> int:
        """The width that what stands in the pane has, in pixels."""
        margins = self.column.contentsMargins()
        return self.sheet_width() - margins.left() - margins.right()

    def fit_list(self, view: QWidget, wanted: int) -> None:
        """Make the part that scrolls as high as it wants to be, or as there is room for beside the other parts."""
        self._heading.setVisible(not self.is_low)
        view.setFixedHeight(1)
        others = self._height(self.sheet_width())
        least = self.fontMetrics().lineSpacing() * 3
        view.setFixedHeight(max(least, min(wanted, self._room() - others)))

    @property
    def is_low(self) -> bool:
        """Whether there is room for little but what matters: a small window, or very large text."""
        return self._room() < self.fontMetrics().lineSpacing() * LINES_FOR_ALL

    def _height(self, width: int) -> int:
        self.column.activate()
        if self.column.hasHeightForWidth():
            return self.column.totalHeightForWidth(width)
        return self.column.totalSizeHint().height()

    def sheet_width(self) -> int:
        """The width of the pane, in pixels."""
        return min(self.around.width() - 2 * GAP, self.fontMetrics().averageCharWidth() * WIDEST_LETTERS)

    def _room(self) -> int:
        return max(120, self.around.height() - self._top() - GAP)

    def _top(self) -> int:
        """Below the menus, which stay in view."""
        menus = self.around.findChild(QMenuBar)
        return (menus.height() if menus is not None else 0) + GAP

    def paintEvent(self, event: QPaintEvent) -> None:
        """Set the pane apart from the page by a strong edge: shadows say nothing in bright light."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setPen(QPen(QColor(current().tokens.control_border), 2))
        painter.drawRect(self.rect().adjusted(1, 1, -1, -1))
        painter.end()

    # What the kinds of overlay say

    def move_by(self, rows: int) -> None:
        """Move the highlight."""
        raise NotImplementedError

    def choose(self) -> None:
        """Do what Enter asks for."""
        raise NotImplementedError

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter belong to the list while the box has the keyboard; a new size of the parent is followed."""
        if watched is self.around and event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        is_key = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if watched is self._box and is_key and isinstance(event, QKeyEvent):
            if event.key() in _MOVES:
                page = 8 if event.key() in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown) else 1
                self.move_by(-page if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_PageUp) else page)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self.choose()
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_pane()
            return
        super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab stays inside while the pane is open."""
        stops = [
            widget
            for widget in self.findChildren(QWidget)
            if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        ]
        at = QApplication.focusWidget()
        if not stops:
            return False
        place = stops.index(at) if at in stops else -1
        stops[(place + (1 if forward else -1)) % len(stops)].setFocus(
            Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
        )
        return True
