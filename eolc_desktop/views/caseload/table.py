"""The table of the caseload: rows in full, wrapped and never cut off, moved through by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from eolc_desktop.desktop.style_sheet import FOCUS_PROPERTY, META
from eolc_desktop.desktop.theme import current
from eolc_desktop.record.people import PersonRow
from eolc_desktop.views.caseload.columns import Column
from eolc_desktop.views.caseload.model import ROW, CaseloadModel

EDGE = 8
"""Space between a cell's edge and its words, in pixels; as the style sheet has it."""
SLACK = 4
"""What words may be wider when they are painted than when they are measured, in pixels: none wraps for want of one."""
GAP = 5
"""Space above and below the words of a row, in pixels."""
_ONE_LINE = frozenset({"born", "nhs", "cpr", "review", "changed", "met", "talked", "died", "postcode"})
"""What is as wide as its sample, and never wraps."""
LEAST_NAME_LETTERS = 26
"""A name column narrower than this many letters makes the table narrow."""
MOST_NAME_LETTERS = 52
"""On a wide screen the name has room for so many letters; the rest of the row is not to be searched for far off."""
WRAPPING_SHARE = 4
"""So many times as much of what is spare goes to a column whose words may wrap as to one that is wide enough."""
_WITHOUT_FOCUS = ~QStyle.StateFlag.State_HasFocus
_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


def second_font(font: QFont) -> QFont:
    """The font of the smaller line of a cell."""
    smaller = QFont(font)
    smaller.setPointSizeF(font.pointSizeF() * META)
    return smaller


class TwoLines(QStyledItemDelegate):
    """Paints a cell: its words, wrapped in full, and a smaller line beneath; the first column is stronger.

    It asks neither the style nor the model cell by cell: a whole screen is painted after each keystroke.
    """

    def __init__(self, table: CaseloadTable) -> None:
        super().__init__(table)
        self._table = table

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint the ground, then the words."""
        table, area, state = self._table, option.rect, option.state
        column = index.column()
        tokens = current().tokens
        if table.is_heading(index.row()):
            self._paint_heading(painter, area, table.cell(index.row(), column)[0])
            return
        ink, second_ink = tokens.text, tokens.text_secondary
        if state & QStyle.StateFlag.State_Selected:
            is_reached = bool(table.property(FOCUS_PROPERTY))
            ground = tokens.focus.background if is_reached else tokens.selected.background
            ink = second_ink = tokens.focus.text if is_reached else tokens.selected.text
            painter.fillRect(area, QColor(ground))
            if column == 0 and not is_reached:
                painter.fillRect(area.left(), area.top(), 4, area.height(), QColor(tokens.selected.edge))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(area, QColor(tokens.hover))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, QColor(tokens.divider))
        first, second = table.cell(index.row(), column)
        words = area.adjusted(EDGE, table.gap, -EDGE, 0)
        painter.setFont(table.fonts[0 if column == 0 else 1])
        painter.setPen(QColor(ink))
        # What is drawn says how much room it took: the second line begins beneath it.
        taken = painter.drawText(words, _WRAPPED, first)
        if second:
            painter.setFont(table.fonts[2])
            painter.setPen(QColor(second_ink))
            painter.drawText(words.adjusted(0, taken.height(), 0, 0), _WRAPPED, second)

    def _paint_heading(self, painter: QPainter, area: QRect, words: str) -> None:
        """The heading above the people of a group, over the whole width."""
        tokens = current().tokens
        painter.fillRect(area, QColor(tokens.selected.background))
        painter.fillRect(area.left(), area.bottom(), area.width(), 1, QColor(tokens.divider))
        painter.setFont(self._table.fonts[0])
        painter.setPen(QColor(tokens.selected.text))
        inside = area.adjusted(EDGE, 0, -EDGE, 0)
        painter.drawText(inside, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), words)


class CaseloadTable(QTableView):
    """The rows of the caseload.

    Signals:
        chosen: a `PersonRow`, whose plan is to be opened.
        highlighted: the `PersonRow` the keyboard or a click is on, or None.
        typed_here: printable text that was typed while the table had the keyboard; it belongs in the search box.
        sort_wanted: the key of the column whose heading was clicked.
    """

    chosen = Signal(object)
    highlighted = Signal(object)
    typed_here = Signal(str)
    sort_wanted = Signal(str)

    def __init__(self, model: CaseloadModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._people = model
        self.gap = GAP
        self.cell = model.cell
        self.fonts = (self.font(), self.font(), second_font(self.font()))
        self.setModel(model)
        self.setItemDelegate(TwoLines(self))
        self.setAccessibleName("People on this computer")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.sectionClicked.connect(self._on_heading)
        header.setHighlightSections(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.doubleClicked.connect(self._on_wanted)
        self.selectionModel().currentChanged.connect(self._on_current_changed)
        model.modelReset.connect(self._on_reset)
        model.rowsInserted.connect(self._on_inserted)
        model.dataChanged.connect(self._on_data_changed)

    # What is highlighted

    @property
    def current_person(self) -> PersonRow | None:
        """The person the highlight is on, or None."""
        return self._people.row_at(self.currentIndex())

    def highlight(self, place: int) -> None:
        """Put the highlight on a person's row; a row that is not there takes it away."""
        if 0 <= place < self._people.rowCount():
            self.setCurrentIndex(self._people.index(place, 0))
        else:
            had_none = not self.currentIndex().isValid()
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
            if had_none:
                # The model was filled anew, which takes the highlight away without a word.
                self.highlighted.emit(None)

    def move_highlight(self, by: int) -> None:
        """Move the highlight by rows, stopping at the ends."""
        last = self._people.rowCount() - 1
        at = self.currentIndex().row() if self.currentIndex().isValid() else (-1 if by > 0 else 0)
        there = max(0, min(last, at + by))
        step = 1 if by > 0 else -1
        place = self._people.next_person(there, step)
        self.highlight(place if place >= 0 else self._people.next_person(there, -step))

    def pick_highlighted(self) -> None:
        """Pick the person the highlight is on, or put them back."""
        if self.current_person is not None:
            self._people.pick(self.currentIndex().row())

    def is_heading(self, place: int) -> bool:
        """Whether a line is the heading of a group."""
        return self._people.group_at(place) is not None

    def rows_a_screen(self) -> int:
        """About how many rows are seen at once."""
        return max(1, self.viewport().height() // max(1, self.verticalHeader().defaultSectionSize()) - 1)

    def open_highlighted(self) -> None:
        """Choose the person the highlight is on."""
        if (row := self.current_person) is not None:
            self.chosen.emit(row)

    # Widths and heights

    def fit(self) -> None:
        """Give each column its room: eight columns where the name keeps enough of it, else four."""
        room = self.viewport().width()
        if room < 50:
            return
        strong = QFont(self.font())
        strong.setWeight(QFont.Weight.DemiBold)
        self.fonts = (strong, QFont(self.font()), second_font(self.font()))
        metrics = QFontMetrics(self.font())
        widths = [self._width(column, metrics) for column in self._people.columns(narrow=False)[1:]]
        is_narrow = room - sum(widths) < metrics.averageCharWidth() * LEAST_NAME_LETTERS
        if is_narrow:
            widths = [self._width(column, metrics) for column in self._people.columns(narrow=True)[1:]]
        if is_narrow != self._people.is_narrow:
            place = self.currentIndex().row()
            self._people.use_narrow(is_narrow)
            self.highlight(place)
        name = room - sum(widths)
        if is_narrow and name < room // 4:
            # Very large text in a small window: every column gives way alike, and the words wrap.
            share = (room * 3 // 4) / sum(widths)
            widths = [int(width * share) for width in widths]
            name = room - sum(widths)
        spare = name - metrics.averageCharWidth() * MOST_NAME_LETTERS
        if spare > 0 and not is_narrow:
            widths = self._spread(widths, spare)
            name = room - sum(widths)
        for column, width in enumerate([name, *widths]):
            self.setColumnWidth(column, width)
        smaller = QFontMetrics(second_font(self.font()))
        lines = metrics.lineSpacing() + (smaller.lineSpacing() if self._people.is_narrow else 0)
        usual = max(current().target, lines + 2 * GAP)
        self.gap = (usual - lines) // 2
        self.verticalHeader().setDefaultSectionSize(usual)
        self._fit_rows(0, self._people.rowCount() - 1)

    def _spread(self, widths: list[int], spare: int) -> list[int]:
        """Give the room that no name needs to the other columns: most of it to those whose words may wrap."""
        keys = [column.sorts for column in self._people.columns(narrow=False)[1:]]
        shares = [1 if key in _ONE_LINE else WRAPPING_SHARE for key in keys]
        return [width + spare * share // sum(shares) for width, share in zip(widths, shares, strict=True)]

    def _width(self, column: Column, metrics: QFontMetrics) -> int:
        of_heading = QFontMetrics(self.horizontalHeader().font()).horizontalAdvance(column.heading)
        words = max(metrics.horizontalAdvance(column.sample or column.heading), of_heading + of_heading // 12)
        return words + 2 * EDGE + SLACK

    def _fit_rows(self, first: int, last: int) -> None:
        """Make rows taller whose words do not fit: nothing is ever cut off with dots (NHS CUI NID-0012)."""
        strong, usual, smaller = (QFontMetrics(font) for font in self.fonts)
        height = self.verticalHeader().defaultSectionSize()
        columns = [
            (column, self.columnWidth(column) - 2 * EDGE, strong if column == 0 else usual)
            for column, described in enumerate(self._people.columns(narrow=self._people.is_narrow))
            if self._people.is_narrow or described.sorts not in _ONE_LINE
        ]
        for place in range(first, last + 1):
            if self.is_heading(place):
                self.setSpan(place, 0, 1, self._people.columnCount())
                self.setRowHeight(place, max(height, strong.lineSpacing() + 2 * GAP))
                continue
            needed = 0
            for column, room, metrics in columns:
                words, second = self.cell(place, column)
                taken = _height(words, room, metrics)
                if second:
                    taken += _height(second, room, smaller)
                needed = max(needed, taken + self.gap + GAP)
            if needed > height or self.rowHeight(place) != height:
                self.setRowHeight(place, max(needed, height))

    # What Qt tells

    @Slot(int)
    def _on_heading(self, column: int) -> None:
        self.sort_wanted.emit(self._people.columns(narrow=self._people.is_narrow)[column].sorts)

    @Slot()
    def _on_reset(self) -> None:
        self.clearSpans()
        self._fit_rows(0, self._people.rowCount() - 1)

    @Slot(QModelIndex, int, int)
    def _on_inserted(self, _parent: QModelIndex, first: int, last: int) -> None:
        self._fit_rows(first, last)

    @Slot(QModelIndex, QModelIndex)
    def _on_data_changed(self, first: QModelIndex, last: QModelIndex) -> None:
        self._fit_rows(first.row(), last.row())
        self.highlighted.emit(self.current_person)

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, index: QModelIndex, _before: QModelIndex) -> None:
        self.highlighted.emit(self._people.row_at(index))

    @Slot(QModelIndex)
    def _on_wanted(self, index: QModelIndex) -> None:
        if (row := index.data(ROW)) is not None:
            self.chosen.emit(row)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the columns to the new width."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Space picks; letters and digits go on in the search box."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_highlighted()
            return
        if event.key() == Qt.Key.Key_Space and self.current_person is not None:
            self.pick_highlighted()
            return
        plain = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
        if event.modifiers() in plain and event.text().isprintable() and event.text().strip():
            self.typed_here.emit(event.text())
            return
        super().keyPressEvent(event)


def _height(words: str, room: int, metrics: QFontMetrics) -> int:
    # Close to the edge only setting the words tells whether they wrap when they are painted.
    if metrics.horizontalAdvance(words) <= room - SLACK:
        return metrics.lineSpacing()
    return metrics.boundingRect(QRect(0, 0, room, 10_000), _WRAPPED, words).height()
