"""The list of who uses this laptop, on the unlock page of one that several people share."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from eolc_desktop.views.forms.choice_editors import Menu
from eolc_desktop.views.widgets.labelled_row import LabelledRow

NOBODY_YET = "Please choose your name"


class WhoRow(LabelledRow):
    """Asks who it is. Typing the first letters of a name chooses it, as in every list.

    Signals:
        chosen: somebody was chosen; the passphrase comes next.
    """

    chosen = Signal()

    def __init__(self, people: Sequence[tuple[str, str]], chosen: str = "", parent: QWidget | None = None) -> None:
        self._menu = Menu()
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
        if self.user_id:
            self.chosen.emit()
