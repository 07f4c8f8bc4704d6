"""The bank holidays that follow no rule: a coronation, a jubilee, a state funeral. Set here, they count everywhere."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QPushButton, QWidget

from eolc_desktop.care_plan.dates import date_words
from eolc_desktop.errors import UserError
from eolc_desktop.services import settings
from eolc_desktop.services.roles import Right, may
from eolc_desktop.services.settings import Facts
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.growing_text import GrowingText
from eolc_desktop.views.settings_cards import Card
from eolc_desktop.views.widgets.labelled_row import LabelledRow

HELP = "One day in each line, for example 08/05/2023. Those of every year are known: Christmas, Easter, May, August."


class HolidaysCard(Card):
    """Shown to whoever looks after the laptop. `refresh()` reads what is kept."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Bank holidays that come once", desk, parent)
        self._days = GrowingText(2)
        self._days_row = LabelledRow("Days that were proclaimed as bank holidays", self._days, help_text=HELP)
        self._save = QPushButton("Save the bank holidays")
        self._save.clicked.connect(self._on_save)
        self.add(self._days_row, self.outcome)
        self.add_buttons(self._save)
        if not may(desk.session, Right.LOOK_AFTER):
            self.hide()

    def refresh(self) -> None:
        """Read the days."""
        self.desk.run("bank holidays", settings.facts, done=self._on_facts)

    @Slot(object)
    def _on_facts(self, facts: Facts) -> None:
        if not self._days.document().isModified():
            self._show(facts.bank_holidays)

    def _show(self, days: tuple[str, ...]) -> None:
        self._days.setPlainText("\n".join(date_words(day) for day in days))
        self._days.document().setModified(False)

    @Slot()
    def _on_save(self) -> None:
        typed = self._days.toPlainText()
        self.desk.run("set bank holidays", settings.set_bank_holidays, typed, done=self._on_saved, failed=self._on_not)

    @Slot(object)
    def _on_saved(self, days: tuple[str, ...]) -> None:
        self._days_row.show_problem("")
        self._show(days)
        self.say("Saved. They count for Fast Track, for whom to call, and for the weekend check.")

    @Slot(object)
    def _on_not(self, error: UserError) -> None:
        self._days_row.show_problem(error.happened, is_announced=True)
