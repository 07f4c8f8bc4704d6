"""The rail at the left: the places of the program, the one that is shown marked by weight, edge and ground."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look, wear

RAIL = (
    ("today", "Today"),
    ("caseload", "Caseload"),
    ("tasks", "Tasks"),
    ("meeting", "Meetings"),
    ("paper", "Paper copies"),
    ("our_service", "Our service"),
    ("sharing", "Sharing"),
    ("settings", "Settings"),
)
"""The places of the program: the kind of page and its name."""


class Rail(QFrame):
    """The places to go to.

    Signals:
        chosen: the key of a place.
    """

    chosen = Signal(str)

    def __init__(self, places: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        wear(self, Look.RAIL)
        self.setAccessibleName("Places")
        self._buttons: dict[str, QPushButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(2)
        for key, words in places:
            button = QPushButton(words)
            button.setCheckable(True)
            button.setProperty("place", key)
            wear(button, Look.PLACE)
            button.clicked.connect(self._on_clicked)
            self._buttons[key] = button
            column.addWidget(button)
        column.addStretch(1)

    def mark(self, key: str) -> None:
        """Mark the place that is shown; "" marks none."""
        for place, button in self._buttons.items():
            button.setChecked(place == key)
            button.setAccessibleDescription("This page is shown" if place == key else "")

    def begin(self) -> None:
        """Give the keyboard to the marked place, else to the first."""
        buttons = list(self._buttons.values())
        marked = next((button for button in buttons if button.isChecked()), buttons[0])
        marked.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if isinstance(button, QPushButton):
            # Pressing the place that is shown already must not take its mark away.
            button.setChecked(True)
            self.chosen.emit(str(button.property("place")))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move between the places."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        buttons = list(self._buttons.values())
        at = next((place for place, button in enumerate(buttons) if button.hasFocus()), -1)
        step = steps.get(Qt.Key(event.key()))
        if step is not None and at >= 0:
            buttons[max(0, min(len(buttons) - 1, at + step))].setFocus(Qt.FocusReason.TabFocusReason)
            return
        super().keyPressEvent(event)
