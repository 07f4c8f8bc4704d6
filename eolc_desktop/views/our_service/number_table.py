"""A table of words and numbers, read row by row with the arrow keys."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from eolc_desktop.views.widgets.item_room import room_for_words

MOST_ROWS_HIGH = 20
ABOVE_AND_BELOW = 9
"""Pixels above and below the words of a row."""
PROBE = 400
"""Pixels of a cell that is measured for what it keeps free beside its words."""


class NumberTable(QTableWidget):
    """Rows of cells, the first naming its row; as high as its rows, or filling the page.

    The columns are alike where their words have room; else those with few words give up theirs to those with many. All
    of it is worked out here: the header has its widths only once it is shown, too late for the height of the rows.
    """

    def __init__(
        self, name: str, columns: Sequence[str], *, fills: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(0, len(columns), parent)
        self._fills = fills
        self._fitted: tuple[object, ...] = ()
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
        head.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        head.setHighlightSections(False)
        head.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)

    def show_rows(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows."""
        self.setRowCount(len(rows))
        heads = self._heads()
        for place, row in enumerate(rows):
            spoken = ", ".join(
                f"{head}: {words}" if n else words for n, (head, words) in enumerate(zip(heads, row, strict=True))
            )
            for column, words in enumerate(row):
                item = QTableWidgetItem(words)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken if not column else words)
                self.setItem(place, column, item)
        self._fitted = ()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words wrap anew."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another theme or size of text keeps other room around the words."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self._fit()

    def _heads(self) -> list[str]:
        return [str(self.model().headerData(n, Qt.Orientation.Horizontal)) for n in range(self.columnCount())]

    def _words(self, row: int, column: int) -> str:
        item = self.item(row, column)
        return item.text() if item is not None else ""

    def _fit(self) -> None:
        beside = PROBE - room_for_words(self, PROBE)
        fitted = (self.viewport().width(), self.fontMetrics().lineSpacing(), beside)
        if fitted == self._fitted:
            return
        self._fitted = fitted
        self._fit_columns(beside)
        self._fit_rows(beside)
        if self._fills:
            return
        rows = min(self.rowCount(), MOST_ROWS_HIGH)
        high = sum(self.rowHeight(row) for row in range(rows)) + self.horizontalHeader().sizeHint().height() + 4
        self.setFixedHeight(max(high, self.fontMetrics().lineSpacing() * 3))

    def _fit_columns(self, beside: int) -> None:
        metrics, heads = self.fontMetrics(), self.horizontalHeader()
        left = self.viewport().width()
        wanted = {
            column: max(
                heads.sectionSizeHint(column),
                max((metrics.horizontalAdvance(self._words(row, column)) for row in range(self.rowCount())), default=0)
                + beside
                + 2,
            )
            for column in range(self.columnCount())
        }
        widths = dict.fromkeys(wanted, left // max(1, len(wanted)))
        if any(wanted[column] > width for column, width in widths.items()):
            by_need = sorted(wanted, key=lambda column: wanted[column])
            for place, column in enumerate(by_need):
                widths[column] = min(wanted[column], left // (len(by_need) - place))
                left -= widths[column]
            widths[by_need[-1]] += max(0, left)
        for column, width in widths.items():
            self.setColumnWidth(column, width)

    def _fit_rows(self, beside: int) -> None:
        """Make each row as high as its words, with the same room around one line as around several."""
        metrics = self.fontMetrics()
        widths = [max(1, self.columnWidth(column) - beside) for column in range(self.columnCount())]
        for row in range(self.rowCount()):
            high = metrics.lineSpacing()
            for column, width in enumerate(widths):
                words = self._words(row, column)
                if "\n" in words or metrics.horizontalAdvance(words) > width:
                    bounds = QRect(0, 0, width, 10_000)
                    high = max(high, metrics.boundingRect(bounds, int(Qt.TextFlag.TextWordWrap), words).height())
            self.setRowHeight(row, high + 2 * ABOVE_AND_BELOW)
