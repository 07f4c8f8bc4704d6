"""The person's own words as they stand: a quotation, larger than the rest, with the earlier ones beneath."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.fields import Field, Value, absence_of, is_empty
from eolc_desktop.care_plan.plan import Change, Op
from eolc_desktop.care_plan.words import display
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.forms.envelope_words import told_words, when_words
from eolc_desktop.views.forms.showing import set_shown
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

AT_ONCE = 1
"""Earlier statements shown at first."""


def quoted(field: Field, value: Value) -> str:
    """A statement in quotation marks; an absence in plain words, for nobody said those."""
    words = display(field, value)
    return words if absence_of(value) or is_empty(value) else f"“{words.strip()}”"


class Statement(QFrame):
    """One statement of the person, with the ones before it beneath: a newer one never wipes out an older one."""

    def __init__(self, field: Field, called: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._lines: list[str] = []
        self._words = WrappedLabel(look=Look.OWN_WORDS, parent=self)
        self._earlier = WrappedLabel(look=Look.SECONDARY, parent=self)
        self._all = QPushButton(self)
        self._all.setAccessibleName(f"All earlier words: {called}")
        wear(self._all, Look.QUIET)
        self._all.clicked.connect(self._on_all)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self._words)
        box.addWidget(self._earlier)
        box.addWidget(self._all, 0, Qt.AlignmentFlag.AlignLeft)
        self._show_earlier(0)

    def show_words(self, value: Value) -> None:
        """Show the statement that stands."""
        self._words.setText(quoted(self._field, value))

    def show_earlier(self, changes: Sequence[Change]) -> None:
        """List what was said before, the latest first, each with its date and source."""
        said = [change for change in reversed(changes) if change.op is Op.SET and not is_empty(change.value)]
        self._lines = [
            f"Before, {when_words(change.recorded_at)}, {told_words(change.told).lower() or 'recorded'}: "
            f"{quoted(self._field, change.value)}"
            for change in said[1:]
        ]
        self._show_earlier(AT_ONCE)

    def _show_earlier(self, most: int) -> None:
        self._earlier.setText("\n".join(self._lines[:most]))
        set_shown(self._earlier, bool(self._lines))
        self._all.setText(f"Show all earlier words ({len(self._lines)})")
        set_shown(self._all, len(self._lines) > most)

    def _on_all(self) -> None:
        self._show_earlier(len(self._lines))
