"""A short list of people, each with two identifiers: what Find, Today and the look-alike check show them in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from eolc_desktop.care_plan.dates import today
from eolc_desktop.desktop.style_sheet import FOCUS_PROPERTY, META
from eolc_desktop.desktop.theme import current
from eolc_desktop.record.people import PersonRow
from eolc_desktop.views import person_words

Index = QModelIndex | QPersistentModelIndex
LINE = Qt.ItemDataRole.UserRole + 1
"""The role under which an item gives its whole `PersonLine`."""
EDGE = 12
GAP = 6
AT_ONCE = 40
"""Lines of a long list that are measured at once: the window paints and takes keys before the next."""


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person of a short list, and why they are in it ("Review planned for 12-Nov-2026")."""

    row: PersonRow
    note: str = ""
    key: str = ""
    """What of theirs it is about, where a list names somebody more than once."""


class PeopleModel(QAbstractListModel):
    """The people of a short list."""

    def __init__(self, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._lines: tuple[PersonLine, ...] = ()

    @property
    def lines(self) -> tuple[PersonLine, ...]:
        """What is listed."""
        return self._lines

    def show_lines(self, lines: Sequence[PersonLine]) -> None:
        """List these people instead."""
        self.beginResetModel()
        self._lines = tuple(lines)
        self.endResetModel()

    def name_and_state(self, line: PersonLine) -> tuple[str, str]:
        """The first line of an item: the name, and what sets the person apart."""
        return person_words.name_words(line.row), person_words.state_words(line.row)

    def facts(self, line: PersonLine) -> str:
        """The second line of an item: preferred name, born, NHS number, and why they are listed."""
        row = line.row
        preferred = f"“{row.preferred_name}”" if row.preferred_name else ""
        born = f"Born {person_words.born_words(row, today(self._now()))}"
        parts = (preferred, born, f"NHS No. {person_words.nhs_words(row)}", line.note)
        return person_words.on_one_line(" · ".join(part for part in parts if part))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many people are listed."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of an item."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return person_words.name_words(line.row)
            case Qt.ItemDataRole.AccessibleTextRole:
                said = person_words.spoken(line.row, today(self._now()))
                return f"{said}, {line.note}" if line.note else said
            case _ if role == LINE:
                return line
        return None


class _Item(QStyledItemDelegate):
    """Paints a person on two lines, in full."""

    def __init__(self, model: PeopleModel, view: PeopleList) -> None:
        super().__init__(view)
        self._model = model
        self._view = view
        self._heights: dict[tuple[int, int, str], tuple[int, int]] = {}
        model.modelReset.connect(self._on_other_lines)

    @Slot()
    def _on_other_lines(self) -> None:
        self._heights.clear()

    def _fonts(self) -> tuple[QFont, QFont]:
        name = QFont(self._view.font())
        name.setWeight(QFont.Weight.DemiBold)
        facts = QFont(self._view.font())
        facts.setPointSizeF(facts.pointSizeF() * META)
        return name, facts

    def _layout(self, place: int, room: int) -> tuple[int, int]:
        """The heights of the two parts of an item in this room. Qt asks for them many times before it paints once."""
        asked = (place, room, self._view.font().key())
        if asked not in self._heights:
            self._heights[asked] = self._laid_out(self._model.lines[place], room)
        return self._heights[asked]

    def _laid_out(self, line: PersonLine, room: int) -> tuple[int, int]:
        name_font, facts_font = self._fonts()
        name, state = self._model.name_and_state(line)
        flags = int(Qt.TextFlag.TextWordWrap)
        bounds = QRect(0, 0, max(room, 1), 10_000)
        first = QFontMetrics(name_font).boundingRect(bounds, flags, f"{name}   {state}" if state else name).height()
        second = QFontMetrics(facts_font).boundingRect(bounds, flags, self._model.facts(line)).height()
        return first, second

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As tall as the wrapped words need, and never too small for a finger."""
        room = self._view.viewport().width() - 2 * EDGE
        first, second = self._layout(index.row(), room)
        return QSize(self._view.viewport().width(), max(current().target, first + second + 2 * GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground as the style has it, then the words."""
        state = option.state
        area = QRect(option.rect)
        hidden = QStyle.StateFlag.State_HasFocus
        if not self._view.shows_highlight:
            hidden |= QStyle.StateFlag.State_Selected
        option.state = state & ~hidden
        self._view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, self._view)
        tokens = current().tokens
        is_selected = bool(state & QStyle.StateFlag.State_Selected) and self._view.shows_highlight
        is_reached = is_selected and bool(self._view.property(FOCUS_PROPERTY))
        chosen = tokens.focus.text if is_reached else tokens.selected.text
        line: PersonLine = index.data(LINE)
        words = area.adjusted(EDGE, GAP, -EDGE, -GAP)
        first, _second = self._layout(index.row(), words.width())
        name_font, facts_font = self._fonts()
        name, apart = self._model.name_and_state(line)
        flags = int(Qt.TextFlag.TextWordWrap)
        painter.save()
        painter.setFont(name_font)
        painter.setPen(QColor(chosen if is_selected else tokens.text))
        painter.drawText(words, flags, f"{name}   {apart}" if apart else name)
        painter.setFont(facts_font)
        painter.setPen(QColor(chosen if is_selected else tokens.text_secondary))
        painter.drawText(words.adjusted(0, first, 0, 0), flags, self._model.facts(line))
        painter.restore()
        if index.row() < index.model().rowCount() - 1:
            painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), QColor(tokens.divider))


class PeopleList(QListView):
    """People to choose from, with arrows and Enter or one click.

    Signals:
        chosen: a `PersonRow`.
        line_chosen: the `PersonLine` of it.
        highlighted: the `PersonRow` the highlight is on, or None.
    """

    chosen = Signal(object)
    line_chosen = Signal(object)
    highlighted = Signal(object)

    def __init__(
        self, name: str, now: Callable[[], datetime], parent: QWidget | None = None, *, grows: bool = True
    ) -> None:
        super().__init__(parent)
        self._people = PeopleModel(now, self)
        self._grows = grows
        self._is_to_fit = False
        self.setModel(self._people)
        self.setItemDelegate(_Item(self._people, self))
        self.setAccessibleName(name)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setTabKeyNavigation(False)
        if not grows:
            self.setLayoutMode(QListView.LayoutMode.Batched)
            self.setBatchSize(AT_ONCE)
        if grows:
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    @property
    def lines(self) -> tuple[PersonLine, ...]:
        """What is listed."""
        return self._people.lines

    @property
    def shows_highlight(self) -> bool:
        """Whether the highlight is seen: always where a box beside the list moves it, else only with the keyboard."""
        return not self._grows or self.hasFocus()

    @property
    def current_line(self) -> PersonLine | None:
        """The line the highlight is on, or None."""
        line: PersonLine | None = self.currentIndex().data(LINE)
        return line

    @property
    def current_person(self) -> PersonRow | None:
        """The person the highlight is on, or None."""
        line = self.current_line
        return line.row if line is not None else None

    def show_lines(self, lines: Sequence[PersonLine]) -> None:
        """List these people; the highlight stays on the same person where they are still listed."""
        before = self.current_line
        self._people.show_lines(lines)
        self.setVisible(bool(lines) or not self._grows)
        place = next((n for n, line in enumerate(lines) if before is not None and _same(line, before)), 0)
        if lines:
            self.setCurrentIndex(self._people.index(place, 0))
        self.fit()

    def highlight(self, place: int) -> None:
        """Put the highlight on an item."""
        if 0 <= place < self._people.rowCount():
            self.setCurrentIndex(self._people.index(place, 0))

    def move_highlight(self, by: int) -> None:
        """Move the highlight, stopping at the ends."""
        last = self._people.rowCount() - 1
        self.highlight(max(0, min(last, self.currentIndex().row() + by)))

    def fit(self) -> None:
        """A list that grows is as tall as what it holds, so that the page scrolls and not the list."""
        self._is_to_fit = not self.isVisible()
        if self._grows and not self._is_to_fit:
            self.doItemsLayout()
            rows = sum(self.sizeHintForRow(place) for place in range(self._people.rowCount()))
            self.setFixedHeight(rows + 2 * self.frameWidth() + 4)

    def showEvent(self, event: QShowEvent) -> None:
        """Fit what was listed meanwhile."""
        super().showEvent(event)
        if self._is_to_fit:
            self.fit()

    @Slot(QModelIndex)
    def _on_clicked(self, index: QModelIndex) -> None:
        if (line := index.data(LINE)) is not None:
            self._choose(line)

    def _choose(self, line: PersonLine) -> None:
        self.line_chosen.emit(line)
        self.chosen.emit(line.row)

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, _index: QModelIndex, _before: QModelIndex) -> None:
        self.highlighted.emit(self.current_person)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the words anew."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (line := self.current_line) is not None:
            self._choose(line)
            return
        super().keyPressEvent(event)


def _same(line: PersonLine, before: PersonLine) -> bool:
    return line.row.id == before.row.id and line.key == before.key
