"""Saying that an entry or an item no longer stands, or was entered in error: always with a reason that stays."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.plan import EntryState
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.showing import set_shown
from eolc_desktop.views.widgets.labelled_row import LabelledRow

OFFERS = {
    EntryState.WITHDRAWN: ("This no longer applies…", "Mark as no longer so"),
    EntryState.ENTERED_IN_ERROR: ("Entered in error…", "Mark as entered in error"),
    EntryState.CURRENT: ("This applies again…", "Let it stand again"),
}


class StatePanel(QFrame):
    """Offers the states that an entry is not in, and asks for a reason. `about` names the item in what is spoken.

    Signals:
        chosen: an `EntryState` and the reason.
    """

    chosen = Signal(object, str)

    def __init__(self, parent: QWidget | None = None, about: str = "") -> None:
        super().__init__(parent)
        after = f": {about}" if about else ""
        self._state = EntryState.CURRENT
        self._wanted = EntryState.CURRENT
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        row = QWidget(self)
        flow = FlowLayout(row, across=12)
        self._offers: dict[EntryState, QPushButton] = {}
        for state, (words, _deed) in OFFERS.items():
            button = QPushButton(words, row)
            button.setAccessibleName(words.rstrip("…") + after)
            wear(button, Look.QUIET)
            button.clicked.connect(self._on_offer)
            self._offers[state] = button
            flow.addWidget(button)
        box.addWidget(row)
        self._ask = QFrame(self)
        inner = QVBoxLayout(self._ask)
        inner.setContentsMargins(12, 0, 0, 0)
        self._reason = QLineEdit(self._ask)
        self._reason.setAccessibleName(f"Why?{after}")
        self._reason_row = LabelledRow(
            "Why?", self._reason, help_text="A short reason is enough. Nothing is deleted: it stays in History."
        )
        buttons = QWidget(self._ask)
        # A proxy on the row would lead Tab back to it from wherever the row itself stands in the chain.
        self._reason_row.setFocusProxy(None)  # type: ignore[arg-type]
        self._do, self._not = QPushButton(buttons), QPushButton("Leave it as it is", buttons)
        self._not.setAccessibleName(f"Leave it as it is{after}")
        self._after = after
        flow = FlowLayout(buttons, across=12)
        flow.addWidget(self._do)
        flow.addWidget(self._not)
        inner.addWidget(self._reason_row)
        inner.addWidget(buttons)
        box.addWidget(self._ask)
        self._do.clicked.connect(self._on_done)
        self._not.clicked.connect(self._on_not)
        self._reason.returnPressed.connect(self._on_done)
        self.show_state(EntryState.CURRENT)

    def show_state(self, state: EntryState) -> None:
        """Offer what can be said of an entry in this state."""
        self._state = state
        set_shown(self._ask, False)
        self._reason.clear()
        self._reason_row.show_problem("")
        for offered, button in self._offers.items():
            set_shown(button, offered is not state and EntryState.CURRENT in (state, offered))

    def _on_offer(self) -> None:
        pressed = self.sender()
        self._wanted = next(state for state, button in self._offers.items() if button is pressed)
        self._do.setText(OFFERS[self._wanted][1])
        self._do.setAccessibleName(OFFERS[self._wanted][1] + self._after)
        self._ask.show()
        self._reason.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_not(self) -> None:
        self.show_state(self._state)
        next(b for b in self._offers.values() if not b.isHidden()).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_done(self) -> None:
        if not self._reason.text().strip():
            self._reason_row.show_problem("Please say why in a few words.", is_announced=True)
            self._reason.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return
        self.chosen.emit(self._wanted, self._reason.text().strip())
