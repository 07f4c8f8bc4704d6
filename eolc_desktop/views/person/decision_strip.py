"""The CPR line with the advance decision and the attorneys beside it: one is never shown without the others."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.forms.showing import set_shown
from eolc_desktop.views.person.cpr_words import Recommendation, cpr_line
from eolc_desktop.views.person.legal_words import advance_decision_words, attorneys_words
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

LOOKS = {
    Recommendation.NOT_FOR: Look.DO_NOT,
    Recommendation.FOR: Look.KEY_LINE,
    Recommendation.NONE: Look.KEY_LINE,
    Recommendation.UNRECOGNISED: Look.WARNING,
    Recommendation.TWO: Look.ERROR,
}


class DecisionStrip(QFrame):
    """Always there and always in the same place, also when nothing is recorded; never greyed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        wear(self, Look.CARD)
        box = self._box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 8)
        box.setSpacing(4)
        self._headlines: dict[Recommendation, WrappedLabel] = {}
        beneath = QVBoxLayout()
        beneath.setContentsMargins(12, 0, 12, 0)
        beneath.setSpacing(2)
        self._details, self._advance, self._attorneys = (
            WrappedLabel(parent=self),
            WrappedLabel(parent=self),
            WrappedLabel(parent=self),
        )
        for label in (self._details, self._advance, self._attorneys):
            beneath.addWidget(label)
        box.addLayout(beneath)

    def _made(self, recommendation: Recommendation) -> WrappedLabel:
        label = WrappedLabel(look=LOOKS[recommendation], parent=self)
        if recommendation is not Recommendation.NOT_FOR:
            label.setContentsMargins(4, 0, 0, 0)
            label.setMargin(8)
        self._box.insertWidget(0, label)
        return label

    def clear(self) -> None:
        """Say nothing of anybody."""
        for label in (*self._headlines.values(), self._details, self._advance, self._attorneys):
            label.setText("")
        self.setAccessibleName("")

    def show_plan(self, plan: Plan) -> None:
        """Show what this plan records."""
        line = cpr_line(plan)
        if line.recommendation not in self._headlines:
            self._headlines[line.recommendation] = self._made(line.recommendation)
        for recommendation, label in self._headlines.items():
            label.setText(line.headline)
            set_shown(label, recommendation is line.recommendation)
        self._details.setText(" ".join(line.details))
        set_shown(self._details, bool(line.details))
        self._advance.setText(advance_decision_words(plan))
        self._attorneys.setText(attorneys_words(plan))
        self.setAccessibleName(line.spoken)
