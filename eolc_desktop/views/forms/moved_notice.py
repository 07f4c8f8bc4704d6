"""Says beside an item that somebody else changed it while it was being written, and asks which of the two stands."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.fields import Field
from eolc_desktop.care_plan.plan import Item
from eolc_desktop.care_plan.words import display
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.forms.envelope_words import when_words
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class MovedNotice(QFrame):
    """Two buttons and what stands now.

    Signals:
        theirs_wanted: what stands now is to stay.
        mine_wanted: what is being written is to follow it.
    """

    theirs_wanted = Signal()
    mine_wanted = Signal()

    def __init__(self, called: str, parent: QWidget) -> None:
        super().__init__(parent)
        wear(self, Look.WARNING)
        box = QVBoxLayout(self)
        self._words = WrappedLabel(parent=self)
        box.addWidget(self._words)
        line = QHBoxLayout()
        for words, signal in (("Use that", self.theirs_wanted), ("Keep mine", self.mine_wanted)):
            button = QPushButton(words, self)
            button.setAccessibleName(f"{words}: {called}")
            button.clicked.connect(signal)
            line.addWidget(button)
        line.addStretch()
        box.addLayout(line)

    def say(self, field: Field, item: Item | None, links: Mapping[str, str]) -> None:
        """Say what stands now, and that nothing typed is lost."""
        if item is None:
            said = "Meanwhile this was taken away."
        else:
            who = item.recorded_by.name or "someone"
            now = "hidden" if field.sensitive else display(field, item.value, links=links)
            said = f"Changed by {who} on {when_words(item.recorded_at)}, while you were writing. It now says: {now}"
        self._words.setText(f"{said}\nWhat you typed is below, and nothing of it is lost.")
