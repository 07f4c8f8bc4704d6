"""Says that something changed before it was confirmed, and asks again: still so as it says now, or as it was?"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.person.since_read import SinceRead
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

HEADING = "This changed after you read it, so nothing is confirmed yet."
MOST_LINES = 4
"""More than a visit ever meets at once; the rest is counted, and stands on the page in full."""


class StandsNow(QFrame):
    """Stands at the top of the page in view, and has the keyboard until it is answered or left.

    Signals:
        still_wanted: what stands now was read, and holds.
        back_wanted: what stood before is to be written again.
        look_wanted: a `SinceRead` to go to.
        left: nothing is confirmed for now.
    """

    still_wanted = Signal()
    back_wanted = Signal()
    look_wanted = Signal(object)
    left = Signal()

    def __init__(self, changed: Sequence[SinceRead], parent: QWidget, *, can_confirm: bool, can_put_back: bool) -> None:
        super().__init__(parent)
        wear(self, Look.WARNING)
        self._changed = tuple(changed)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(4)
        box.addWidget(WrappedLabel(HEADING, Look.FIELD_LABEL, self))
        shown = self._changed[:MOST_LINES]
        lines = [one.says for one in shown]
        if more := len(self._changed) - len(shown):
            lines.append(f"And {more} more, on this page.")
        words = "\n".join(lines)
        box.addWidget(WrappedLabel(words, parent=self))
        self._row = QWidget(self)
        self._flow = FlowLayout(self._row, across=12)
        called = ", ".join(one.called for one in shown)
        self._leave = self._button("Leave it for now", "Leave it for now: nothing is confirmed")
        self._leave.clicked.connect(self.left)
        if can_confirm:
            still = self._button("Still so, as it says now", f"Still so, as it says now: {called}")
            still.clicked.connect(self.still_wanted)
        if can_put_back:
            back = self._button("No: write again what it said", f"Write again what it said: {called}")
            back.clicked.connect(self.back_wanted)
        else:
            for number, one in enumerate(shown):
                look = self._button(f"Look at: {one.called}", f"Look at: {one.called}", Look.QUIET)
                look.setProperty("number", number)
                look.clicked.connect(self._on_look)
        box.addWidget(self._row)
        announce(self, f"{HEADING} {words}", is_urgent=True)

    def begin(self) -> None:
        """Take the keyboard, where one more Enter confirms nothing."""
        self._leave.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _button(self, words: str, spoken: str, look: Look | None = None) -> QPushButton:
        button = QPushButton(words.replace("&", "&&"), self._row)
        button.setAccessibleName(spoken)
        wear(button, look)
        self._flow.addWidget(button)
        return button

    @Slot()
    def _on_look(self) -> None:
        self.look_wanted.emit(self._changed[int(self.sender().property("number"))])
