"""Beneath who this is: that two people recorded different things, of what, and the way to settle it."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.showing import set_shown
from eolc_desktop.views.places import Place
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class ConflictStrip(QFrame):
    """Hidden while nothing is in conflict; it cannot be closed otherwise than by settling."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._plan: Plan | None = None
        wear(self, Look.ERROR)
        row = FlowLayout(self, across=16, down=4)
        row.setContentsMargins(16, 4, 16, 4)
        self._words = WrappedLabel("", Look.FIELD_LABEL, self)
        self._settle = QPushButton("Read both, and settle it", self)
        self._settle.clicked.connect(self._on_settle)
        row.addWidget(self._words)
        row.addWidget(self._settle)
        set_shown(self, False)

    def show_plan(self, plan: Plan) -> None:
        """Say what is in conflict in this plan."""
        self._plan = plan
        titles = [conflict.title for conflict in plan.conflicts]
        self._words.setText(f"CONFLICT – two people recorded different things: {'; '.join(titles)}.")
        set_shown(self, bool(titles))

    def clear(self) -> None:
        """Nothing is in conflict while nobody's plan is open."""
        self._plan = None
        self._words.setText("")
        set_shown(self, False)

    @Slot()
    def _on_settle(self) -> None:
        if self._plan is not None and self._plan.conflicts:
            first = self._plan.conflicts[0]
            self._desk.place_wanted.emit(Place("conflict", self._plan.person_id, first.id))
