"""Keys in the search box of the caseload: it keeps the keyboard while the list beneath is moved through."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit

from eolc_desktop.views.caseload.table import CaseloadTable


class SearchKeys(QObject):
    """Arrows and pages move the highlight of the table, Enter calls `enter`, and Esc clears what was typed."""

    def __init__(self, box: QLineEdit, table: CaseloadTable, enter: Callable[[], object]) -> None:
        super().__init__(box)
        self._box = box
        self._table = table
        self._enter = enter
        box.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys that are for the list."""
        if watched is not self._box or not isinstance(event, QKeyEvent) or event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        steps = {
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_PageDown: self._table.rows_a_screen(),
            Qt.Key.Key_PageUp: -self._table.rows_a_screen(),
        }
        key = Qt.Key(event.key())
        if key in steps:
            self._table.move_highlight(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif key == Qt.Key.Key_Escape and self._box.text():
            self._box.clear()
        else:
            return super().eventFilter(watched, event)
        return True
