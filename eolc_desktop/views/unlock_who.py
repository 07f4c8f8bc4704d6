"""The list of who uses this laptop, on the unlock page of one that several people share."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from eolc_desktop.views.forms.choice_editors import Menu
from eolc_desktop.views.widgets.labelled_row import LabelledRow

ARROWS = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End)
NOBODY_YET = "Please choose your name"


class _Names(Menu):
    """The names; knows whether somebody goes through them with the arrows, on the way to one further down."""

    is_on_the_way = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the key."""
        self.is_on_the_way = event.key() in ARROWS
        super().keyPressEvent(event)
        self.is_on_the_way = False


class WhoRow(LabelledRow):
    """Asks who it is. Typing the first letters of a name chooses it, as in every list.

    Signals:
        chosen: somebody was chosen, or nobody any more.
        next_wanted: somebody was chosen, and not on the way to another: the passphrase comes next.
    """

    chosen = Signal()
    next_wanted = Signal()

    def __init__(self, people: Sequence[tuple[str, str]], chosen: str = "", parent: QWidget | None = None) -> None:
        self._menu = _Names()
        self._menu.addItem(NOBODY_YET, "")
        for user_id, name in sorted(people, key=lambda one: one[1].casefold()):
            self._menu.addItem(name, user_id)
        self._menu.setCurrentIndex(max(0, self._menu.findData(chosen)))
        super().__init__("Who are you?", self._menu, parent=parent)
        self._menu.activated.connect(self._on_activated)

    @property
    def user_id(self) -> str:
        """The id of whoever was chosen; "" for nobody yet."""
        return str(self._menu.currentData() or "")

    def _on_activated(self, _place: int) -> None:
        self.chosen.emit()
        if self.user_id and not self._menu.is_on_the_way:
            self.next_wanted.emit()
