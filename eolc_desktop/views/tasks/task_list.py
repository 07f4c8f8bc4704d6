"""The list of what is to be done: what it is, when and whose, and for whom, with two identifiers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
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
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from eolc_desktop.care_plan.to_do import ToDo, due_words
from eolc_desktop.desktop.style_sheet import FOCUS_PROPERTY, META
from eolc_desktop.desktop.theme import current
from eolc_desktop.services.tasks import Task
from eolc_desktop.views import person_words

Index = QModelIndex | QPersistentModelIndex
TASK = Qt.ItemDataRole.UserRole + 1
"""The role under which an item gives its whole `Task`."""
EDGE, GAP = 12, 6
_WRAPPED = int(Qt.TextFlag.TextWordWrap)

AT_ONCE = 40
"""Lines that are measured at once: the window paints and takes keys before the next."""


class TaskModel(QAbstractListModel):
    """The tasks that are listed, in the order they were read in."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tasks: tuple[Task, ...] = ()
        self._day = date.min
        self._names_people = True

    def show_tasks(self, tasks: Sequence[Task], day: date, *, names_people: bool) -> None:
        """List these instead. Without `names_people` they are all one person's, who is named above."""
        self.beginResetModel()
        self.tasks, self._day, self._names_people = tuple(tasks), day, names_people
        self.endResetModel()

    def words(self, task: Task) -> tuple[str, ...]:
        """The lines of an item: what; when, whose, how it stands; for whom."""
        one, row = task.to_do, task.row
        owner = one.owner or "Nobody named"
        facts = " · ".join(part for part in (due_words(one, self._day), owner, one.state_words, one.kind) if part)
        found = [one.what, person_words.on_one_line(facts)]
        if self._names_people:
            who = person_words.identity_line(row, self._day)
            state = person_words.state_words(row)
            found.append(person_words.on_one_line(f"{who} · {state}" if state else who))
        return tuple(found)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many are listed."""
        return 0 if parent.isValid() else len(self.tasks)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of an item."""
        if not index.isValid() or index.row() >= len(self.tasks):
            return None
        task = self.tasks[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return task.to_do.what
        if role == Qt.ItemDataRole.AccessibleTextRole:
            what, facts = self.words(task)[:2]
            who = f", for {person_words.spoken(task.row, self._day)}" if self._names_people else ""
            return f"{what}, {facts.replace(' · ', ', ')}{who}"
        return task if role == TASK else None


class _Item(QStyledItemDelegate):
    """Paints an item in full, wrapped and never cut off."""

    def __init__(self, view: TaskList) -> None:
        super().__init__(view)
        self._view = view
        self._heights: dict[tuple[int, int, str], tuple[int, ...]] = {}
        view.people.modelReset.connect(self._heights.clear)

    def _fonts(self, lines: int) -> list[QFont]:
        strong, smaller = QFont(self._view.font()), QFont(self._view.font())
        strong.setWeight(QFont.Weight.DemiBold)
        smaller.setPointSizeF(smaller.pointSizeF() * META)
        return [strong, QFont(self._view.font()), smaller][:lines]

    def _layout(self, place: int, room: int) -> tuple[int, ...]:
        asked = (place, room, self._view.font().key())
        if asked not in self._heights:
            lines = self._view.people.words(self._view.people.tasks[place])
            area = QRect(0, 0, max(1, room), 10_000)
            self._heights[asked] = tuple(
                QFontMetrics(font).boundingRect(area, _WRAPPED, words).height()
                for font, words in zip(self._fonts(len(lines)), lines, strict=True)
            )
        return self._heights[asked]

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """As tall as the wrapped words need."""
        width = self._view.viewport().width()
        return QSize(width, max(current().target, sum(self._layout(index.row(), width - 2 * EDGE)) + 2 * GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground as the style has it, then the words."""
        state, area = option.state, QRect(option.rect)
        option.state = state & ~QStyle.StateFlag.State_HasFocus
        self._view.style().drawPrimitive(QStyle.PrimitiveElement.PE_PanelItemViewItem, option, painter, self._view)
        tokens = current().tokens
        is_selected = bool(state & QStyle.StateFlag.State_Selected)
        is_reached = is_selected and bool(self._view.property(FOCUS_PROPERTY))
        chosen = tokens.focus.text if is_reached else tokens.selected.text
        words = area.adjusted(EDGE, GAP, -EDGE, -GAP)
        lines = self._view.people.words(self._view.people.tasks[index.row()])
        heights = self._layout(index.row(), words.width())
        painter.save()
        for place, (font, line, height) in enumerate(zip(self._fonts(len(lines)), lines, heights, strict=True)):
            painter.setFont(font)
            painter.setPen(QColor(chosen if is_selected else tokens.text if place < 2 else tokens.text_secondary))
            painter.drawText(words, _WRAPPED, line)
            words = words.adjusted(0, height, 0, 0)
        painter.restore()
        painter.fillRect(QRect(area.left(), area.bottom(), area.width(), 1), QColor(tokens.divider))


class TaskList(QListView):
    """Tasks to choose from, with arrows and Enter or a double click.

    Signals:
        chosen: a `Task`, to be opened where it stands.
        highlighted: the `Task` the highlight is on, or None.
    """

    chosen = Signal(object)
    highlighted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.people = TaskModel(self)
        self.setModel(self.people)
        self.setItemDelegate(_Item(self))
        self.setAccessibleName("What is to be done")
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setBatchSize(AT_ONCE)
        self.setTabKeyNavigation(False)
        self.doubleClicked.connect(self._on_double_clicked)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    @property
    def current_task(self) -> Task | None:
        """The task the highlight is on, or None."""
        task = self.currentIndex().data(TASK)
        return task if isinstance(task, Task) else None

    def show_tasks(self, tasks: Sequence[Task], day: date, *, names_people: bool = True) -> None:
        """List these; the highlight stays on the same task where it is still listed, else on the same place."""
        before, place = self.current_task, self.currentIndex().row()
        self.people.show_tasks(tasks, day, names_people=names_people)
        same = (n for n, task in enumerate(tasks) if before is not None and _place(task) == _place(before))
        place = next(same, max(0, min(place, len(tasks) - 1)))
        if tasks:
            self.setCurrentIndex(self.people.index(place, 0))
        else:
            self.highlighted.emit(None)

    @Slot(QModelIndex)
    def _on_double_clicked(self, index: QModelIndex) -> None:
        if isinstance(task := index.data(TASK), Task):
            self.chosen.emit(task)

    @Slot(QModelIndex, QModelIndex)
    def _on_current_changed(self, _index: QModelIndex, _before: QModelIndex) -> None:
        self.highlighted.emit(self.current_task)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap the words anew."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (task := self.current_task) is not None:
            self.chosen.emit(task)
            return
        super().keyPressEvent(event)


def _place(task: Task) -> tuple[str, str, str, str]:
    one: ToDo = task.to_do
    return task.row.id, one.section, one.entry, one.what
