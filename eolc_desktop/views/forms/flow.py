"""A layout that puts controls in lines and begins a new one where the width ends: large text is never cut off."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget, QWidgetItem


class FlowLayout(QLayout):
    """Lays its widgets out from left to right and top to bottom, each at the width it would like.

    In a line they stand in the middle; with `at_bottom` on one ground, as buttons do beside fields with labels above.
    """

    def __init__(
        self, parent: QWidget | None = None, across: int = 16, down: int = 4, *, at_bottom: bool = False
    ) -> None:
        super().__init__(parent)
        self._at_bottom = at_bottom
        self._items: list[QLayoutItem] = []
        self._across, self._down = across, down
        self._heights: dict[int, int] = {}
        """What was measured: the layout around asks many times for the same few widths."""
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Put a widget at the end."""
        self._items.append(item)
        self._heights.clear()

    def put_first(self, widget: QWidget) -> None:
        """Put a widget at the beginning."""
        self.addChildWidget(widget)
        self._items.insert(0, QWidgetItem(widget))
        self.invalidate()

    def count(self) -> int:
        """How many widgets there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at a place, or None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item out, or None beyond the last."""
        self._heights.clear()
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It needs no more room than its widgets."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower it is, the more lines it has."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at a width."""
        if width not in self._heights:
            self._heights[width] = self._place(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def invalidate(self) -> None:
        """Measure anew: a widget has changed what it asks for, or was shown or put away."""
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        """Place the widgets."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """All widgets in one line."""
        shown = [item for item in self._items if not item.isEmpty()]
        width = sum(item.sizeHint().width() for item in shown) + self._across * max(0, len(shown) - 1)
        height = max((item.sizeHint().height() for item in shown), default=0)
        return QSize(width, height) + self._margins()

    def minimumSize(self) -> QSize:
        """The widest widget at its narrowest."""
        size = QSize()
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size + self._margins()

    def _margins(self) -> QSize:
        edges = self.contentsMargins()
        return QSize(edges.left() + edges.right(), edges.top() + edges.bottom())

    def _place(self, rect: QRect, *, move: bool) -> int:
        edges = self.contentsMargins()
        area = rect.marginsRemoved(edges)
        y = area.y()
        line: list[tuple[QLayoutItem, QSize]] = []
        right = 0
        for item in self._items:
            if item.isEmpty():
                continue
            wanted = item.sizeHint()
            if line and right + self._across + wanted.width() > area.width():
                y += self._place_line(line, area.x(), y, move=move) + self._down
                line, right = [], 0
            width = min(wanted.width(), area.width())
            height = item.heightForWidth(width) if item.hasHeightForWidth() else wanted.height()
            right += width + (self._across if line else 0)
            line.append((item, QSize(width, height)))
        if line:
            y += self._place_line(line, area.x(), y, move=move)
        return y - rect.y() + edges.bottom()

    def _place_line(self, line: list[tuple[QLayoutItem, QSize]], x: int, y: int, *, move: bool) -> int:
        height = max(size.height() for _item, size in line)
        if move:
            for item, size in line:
                above = height - size.height()
                item.setGeometry(QRect(QPoint(x, y + (above if self._at_bottom else above // 2)), size))
                x += size.width() + self._across
        return height
