"""The card of Settings that says how long items stay fresh before the program asks whether they are still so."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QSpinBox, QWidget

from eolc_desktop.care_plan.freshness import FreshFor
from eolc_desktop.desktop.looks import Look
from eolc_desktop.services import freshness
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.settings_cards import Card
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

WHY = (
    "After so many days without anybody confirming it, an item is marked in words: “Is it still so?” A CPR decision "
    "stands whatever its age; beside it only its dates are said."
)


class FreshCard(Card):
    """Shows the limits in force and takes new ones; each takes hold at once, for everybody on this computer."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("When to ask “Is it still so?”", desk, parent)
        self._days: dict[str, QSpinBox] = {}
        self._known: dict[str, int] = {}
        self.add(WrappedLabel(WHY, Look.SECONDARY), self.outcome)

    def refresh(self) -> None:
        """Read the limits."""
        self.desk.run("limits of freshness", freshness.limits, done=self._on_read)

    @Slot(object)
    def _on_read(self, limits: tuple[FreshFor, ...]) -> None:
        for line in limits:
            if line.section not in self._days:
                self._add(line)
            self._known[line.section] = line.days
            if not self._days[line.section].hasFocus():
                self._days[line.section].setValue(line.days)

    def _add(self, line: FreshFor) -> None:
        box = QSpinBox()
        box.setRange(1, freshness.MOST_DAYS)
        box.setSuffix(" days")
        box.setMaximumWidth(self.fontMetrics().averageCharWidth() * 18)
        box.setValue(line.days)
        box.editingFinished.connect(partial(self._on_edited, line.section))
        self._days[line.section] = box
        row = LabelledRow(line.title, box, help_text=f"As the program ships: {line.standard_days} days.")
        self.column.insertWidget(self.column.indexOf(self.outcome), row)

    def _on_edited(self, section: str) -> None:
        days = self._days[section].value()
        if days != self._known.get(section):
            self._known[section] = days
            self.desk.run("limit of freshness", freshness.set_limit, section, days, done=self._on_set, failed=self.tell)

    @Slot(object)
    def _on_set(self, limits: tuple[FreshFor, ...]) -> None:
        self._on_read(limits)
        self.say("Kept. It holds from now on, on the screen and on paper.")
