"""The last days: the five priorities, what the plan records for each, and the way to record what it does not."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.after_death import PRIORITIES, Priority, missing_for, spoken_of
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.person.own_page import OwnPage
from eolc_desktop.views.person.rail import AFTER_DEATH
from eolc_desktop.views.widgets.emptied import emptied
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

INTRO = "The five priorities for care of the dying person, and what this plan records for each."


class LastDaysPage(OwnPage):
    """The five priorities, one card each."""

    title = "The last days"

    def __init__(self, desk: Desk, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(desk, plan, parent)
        self.column.addWidget(WrappedLabel(INTRO, Look.SECONDARY, self.inside))
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.column.addLayout(self._list)
        buttons = QWidget(self.inside)
        line = FlowLayout(buttons, across=8)
        self._print = QPushButton("Print “The last days, and after” for the family", buttons)
        self._print.clicked.connect(self._on_print)
        self._death = QPushButton("", buttons)
        self._death.clicked.connect(self._on_death)
        line.addWidget(self._print)
        line.addWidget(self._death)
        self.column.addWidget(buttons)
        self.column.addStretch()
        self.take(plan)

    def take(self, plan: Plan) -> None:
        """Show a newer plan."""
        super().take(plan)
        emptied(self._list)
        for priority in PRIORITIES:
            self._list.addWidget(self._card(plan, priority))
        died = bool(plan.text("death", "died_on"))
        self._death.setText("After the death" if died else "Record a death")
        self.grown.emit()

    def begin(self) -> None:
        """Take the keyboard: the first way to a section."""
        self.verticalScrollBar().setValue(0)
        first = self.inside.findChild(QPushButton) if self.inside is not None else None
        (first or self).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _card(self, plan: Plan, priority: Priority) -> QWidget:
        card = QFrame(self.inside)
        wear(card, Look.CARD)
        box = QVBoxLayout(card)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(4)
        box.addWidget(WrappedLabel(f"{priority.number}. {priority.name}", Look.HEADING, card))
        box.addWidget(WrappedLabel(priority.asks, Look.SECONDARY, card))
        said = spoken_of(plan, priority)
        for label, words in said:
            box.addWidget(WrappedLabel(f"{label}: {words}", parent=card))
        missing = missing_for(plan, priority)
        if missing:
            lead = "Not recorded yet: " if said else "Nothing is recorded yet: "
            names = [missing[0], *(name[:1].lower() + name[1:] for name in missing[1:])]
            box.addWidget(WrappedLabel(f"{lead}{'; '.join(names)}.", Look.META, card))
        ways = QWidget(card)
        flow = FlowLayout(ways, across=8)
        for section, _keys in priority.places:
            title = plan.catalogue[section].title
            button = self.link(title, f"{priority.name}: open {title}")
            button.setProperty("section", section)
            button.clicked.connect(self._on_wanted)
            flow.addWidget(button)
        box.addWidget(ways)
        return card

    @Slot()
    def _on_wanted(self) -> None:
        self.place_wanted.emit(str(self.sender().property("section")))

    @Slot()
    def _on_print(self) -> None:
        self.desk.print_wanted.emit(self.plan.person_id, "last-days")

    @Slot()
    def _on_death(self) -> None:
        self.place_wanted.emit(AFTER_DEATH if self.plan.text("death", "died_on") else "death")
