"""Whose form this is, and who filled it in: asked before anything is held."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import today
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.services.written_back import Recognised
from eolc_desktop.views import person_words
from eolc_desktop.views.forms.choice_editors import ChoiceList
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

SOMEBODY_ELSE = ""
QUESTION = "Who filled it in?"


class WhoCard(QFrame):
    """Names the person, and asks who wrote.

    Signals:
        told: who filled it in (a key of `Recognised.people`, or ""), and in words.
        refused: the form is not to be taken.
    """

    told = Signal(str, str)
    refused = Signal()

    def __init__(self, found: Recognised, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        wear(self, Look.CARD)
        count = len(found.read.answers)
        many = f"{count} answer{'' if count == 1 else 's'}"
        self._who = ChoiceList(QUESTION, [*found.people, (SOMEBODY_ELSE, "Somebody else")])
        self._who.group.idClicked.connect(self._on_who)
        self._words = QLineEdit()
        self._words.setMaxLength(150)
        self._row = LabelledRow("Who, in words", self._words)
        self._problem = WrappedLabel("Please say who filled it in.", Look.FIELD_ERROR)
        hold = QPushButton("Hold these answers")
        wear(hold, Look.PRIMARY)
        hold.clicked.connect(self._on_hold)
        leave = QPushButton("Do not take it")
        leave.clicked.connect(self.refused)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(hold)
        buttons.addWidget(leave)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addWidget(WrappedLabel(f"A form with {many}", Look.HEADING))
        column.addWidget(WrappedLabel(person_words.identity_line(found.row, today(now)), Look.KEY_LINE))
        column.addWidget(WrappedLabel(QUESTION, Look.FIELD_LABEL))
        for widget in (self._who, self._row, self._problem):
            column.addWidget(widget)
        column.addLayout(buttons)
        self._row.hide()
        self._problem.hide()
        self.setFocusProxy(self._who.first())

    @Slot()
    def _on_who(self) -> None:
        self._row.setVisible(self._who.chosen() == SOMEBODY_ELSE)
        self._problem.hide()

    @Slot()
    def _on_hold(self) -> None:
        chosen = self._who.chosen()
        if chosen is None or (chosen == SOMEBODY_ELSE and not self._words.text().strip()):
            self._problem.show()
            return
        self.told.emit(str(chosen), self._words.text() if chosen == SOMEBODY_ELSE else "")
