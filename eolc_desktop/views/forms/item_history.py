"""The history of one item on request, and beneath it the way to say that it no longer stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from eolc_desktop.care_plan.plan import EntryState
from eolc_desktop.desktop.looks import Look
from eolc_desktop.views.forms.showing import set_shown
from eolc_desktop.views.forms.state_panel import StatePanel
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class ItemHistory(QFrame):
    """Lists what was recorded about an item, newest first.

    Signals:
        state_wanted: an `EntryState` and the reason: the item is no longer so, or was entered in error.
    """

    state_wanted = Signal(object, str)

    def __init__(self, called: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        box = QVBoxLayout(self)
        box.setContentsMargins(12, 0, 0, 0)
        box.setSpacing(4)
        self._lines = WrappedLabel(look=Look.SECONDARY, parent=self)
        box.addWidget(self._lines)
        self._states = StatePanel(self, called)
        self._states.chosen.connect(self.state_wanted)
        box.addWidget(self._states)

    def show_lines(self, lines: Sequence[str], *, stands: bool) -> None:
        """Show the history; `stands` is whether something is recorded that could be taken back."""
        self._lines.setText("\n".join(lines))
        self._states.show_state(EntryState.CURRENT)
        set_shown(self._states, stands)
