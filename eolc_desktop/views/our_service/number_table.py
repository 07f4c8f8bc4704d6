"""A table of words and numbers, read row by row with the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from eolc_desktop.desktop.dressed_lists import laid_out_when_dressed

MOST_ROWS_HIGH = 14
ABOVE_AND_BELOW = 9
"""Pixels above and below the words of a row."""
BESIDE = 14
"""Pixels that a cell keeps free beside its words."""


class NumberTable(QTableWidget):
    """Rows of cells, the first naming its row; as high as its rows, or filling the page."""

    def __init__(
        self, name: str, columns: Sequence[str], *, fills: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(0, len(columns), parent)
        laid_out_when_dressed(self)
        self._fills = fills
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(columns))
        self.verticalHeader().hide()
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        head = self.horizontalHeader()
        head.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows."""
        self.setRowCount(len(rows))
        heads = [str(self.model().headerData(n, Qt.Orientation.Horizontal)) for n in range(self.columnCount())]
        for place, row in enumerate(rows):
            spoken = ", ".join(
                f"{head}: {words}" if n else words for n, (head, words) in enumerate(zip(heads, row, strict=True))
            )
            for column, words in enumerate(row):
                item = QTableWidgetItem(words)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken if not column else words)
                self.setItem(place, column, item)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew."""
        super().resizeEvent(event)
        self._fit()

    def _fit_rows(self) -> None:
        """Make each row as high as its words, with the same room around one line as around several."""
        metrics = self.fontMetrics()
        widths = [max(1, self.columnWidth(column) - BESIDE) for column in range(self.columnCount())]
        for row in range(self.rowCount()):
            high = metrics.lineSpacing()
            for column, width in enumerate(widths):
                words = item.text() if (item := self.item(row, column)) is not None else ""
                if "\n" in words or metrics.horizontalAdvance(words) > width:
                    bounds = QRect(0, 0, width, 10_000)
                    high = max(high, metrics.boundingRect(bounds, int(Qt.TextFlag.TextWordWrap), words).height())
            self.setRowHeight(row, high + 2 * ABOVE_AND_BELOW)

    def _fit(self) -> None:
        self._fit_rows()
        if self._fills:
            return
        rows = min(self.rowCount(), MOST_ROWS_HIGH)
        high = sum(self.rowHeight(row) for row in range(rows)) + self.horizontalHeader().sizeHint().height() + 4
        self.setFixedHeight(max(high, self.fontMetrics().lineSpacing() * 3))
