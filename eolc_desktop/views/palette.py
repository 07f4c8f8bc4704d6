"""The command palette (Ctrl+K): every action by a few letters of its name, with the keys that do the same."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QColor, QPainter
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from eolc_desktop.desktop.looks import Look
from eolc_desktop.desktop.theme import current
from eolc_desktop.views.actions import Actions, Deed
from eolc_desktop.views.overlay import Overlay
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

_AT_RIGHT = Qt.ItemDataRole.UserRole + 1
_ACTION = Qt.ItemDataRole.UserRole + 2


def matches(words: str, typed: str) -> bool:
    """Whether each typed word begins a word of the action, or its letters follow each other in it."""
    said, wanted = words.casefold(), typed.casefold().split()
    if all(any(part.startswith(word) for part in said.split()) for word in wanted):
        return True
    letters = iter(said)
    return all(letter in letters for letter in typed.casefold() if letter.strip())


class _Item(QStyledItemDelegate):
    """Paints the keys, or the reason why not, at the right."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: object) -> None:
        super().paint(painter, option, index)  # type: ignore[arg-type]
        at_right = index.data(_AT_RIGHT)  # type: ignore[attr-defined]
        if at_right:
            painter.save()
            painter.setPen(QColor(current().tokens.text_secondary))
            flags = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            painter.drawText(option.rect.adjusted(0, 0, -12, 0), flags, at_right)
            painter.restore()


class CommandPalette(Overlay):
    """Every action, found by its name. What cannot be done now is shown with the reason."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__("Commands", parent)
        self._actions = actions
        label = QLabel("What do you want to do?")
        self._field = QLineEdit()
        self._field.setAccessibleName("Find a command")
        self._field.textChanged.connect(self._on_typed)
        label.setBuddy(self._field)
        self._list = QListWidget()
        self._list.setAccessibleName("Commands found")
        self._list.setItemDelegate(_Item(self._list))
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.itemClicked.connect(self._on_clicked)
        self._says = WrappedLabel("", Look.SECONDARY)
        for widget in (label, self._field, self._list, self._says):
            self.column.addWidget(widget)
        self.use_box(self._field)

    def open(self) -> None:
        """Show the pane with every action."""
        self._field.clear()
        self._show(list(self._actions))
        super().open()

    def place(self) -> None:
        """Show about ten actions at once where there is room."""
        rows = sum(self._list.sizeHintForRow(place) for place in range(self._list.count()))
        self.fit_list(self._list, rows + 2 * self._list.frameWidth() + 2)
        super().place()

    def move_by(self, rows: int) -> None:
        """Move the highlight among the actions."""
        last = self._list.count() - 1
        self._list.setCurrentRow(max(0, min(last, self._list.currentRow() + rows)))

    def choose(self) -> None:
        """Do the highlighted action."""
        item = self._list.currentItem()
        if item is not None:
            self._on_clicked(item)

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        self._show([deed for deed in self._actions if matches(f"{deed.words} {deed.menu}", typed)])
        self.place()

    def _show(self, deeds: Sequence[Deed]) -> None:
        self._list.clear()
        for deed in deeds:
            item = QListWidgetItem(deed.words)
            at_right = deed.why_not or deed.keys
            item.setData(_AT_RIGHT, at_right)
            item.setData(_ACTION, deed.action)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{deed.words}, {at_right}" if at_right else deed.words)
            if deed.why_not:
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsEnabled)
            self._list.addItem(item)
        self._list.setCurrentRow(0)
        self._says.setText("" if deeds else "No command of that name.")
        self._says.setVisible(not deeds)

    @Slot(QListWidgetItem)
    def _on_clicked(self, item: QListWidgetItem) -> None:
        action: QAction = item.data(_ACTION)
        if action.isEnabled():
            self.close_pane()
            action.trigger()
