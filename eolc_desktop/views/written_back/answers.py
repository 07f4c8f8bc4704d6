"""The answers of one form, each beside what stands now, with what can become of it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import moment_words, today
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.record.written_back import State
from eolc_desktop.services.written_back import THE_PERSON, ToSettle, Waiting
from eolc_desktop.views import person_words
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.group import Group
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class FormCard(QWidget):
    """One form: whose, brought back when, filled in by whom, and its answers.

    Signals:
        settled: the form's id, the name of the answer, and what became of it (a `State`).
    """

    settled = Signal(str, str, str)

    def __init__(self, form: Waiting, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = form
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(WrappedLabel(person_words.identity_line(form.row, today(now)), Look.HEADING))
        brought = f"Filled in by {form.told_by}. Brought back {moment_words(form.form.received_at)}"
        column.addWidget(WrappedLabel(f"{brought}, taken by {form.form.received_by}.", Look.SECONDARY))
        for one in form.answers:
            card = AnswerCard(one, form)
            card.settled.connect(self._on_settled)
            column.addWidget(card)

    @Slot(str, str)
    def _on_settled(self, name: str, state: str) -> None:
        self.settled.emit(self.form.form.id, name, state)


class AnswerCard(QFrame):
    """One answer. Its buttons stand in a group named after the question.

    Signals:
        settled: the name of the answer, and what became of it.
    """

    settled = Signal(str, str)

    def __init__(self, one: ToSettle, form: Waiting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = one.answer.name
        wear(self, Look.CARD)
        title = f"{one.heading} – {one.question}"
        # Two forms of one person may hold the same question.
        group = Group(f"{title} ({moment_words(form.form.received_at)})")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 12)
        outer.addWidget(group)
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(WrappedLabel(title, Look.KEY_LINE))
        column.addWidget(WrappedLabel("Stands now", Look.META))
        column.addWidget(WrappedLabel(one.stands))
        if one.standing:
            column.addWidget(WrappedLabel(one.standing, Look.SECONDARY))
        column.addWidget(WrappedLabel(f"Written on the form by {form.told_by}", Look.META))
        column.addWidget(WrappedLabel(f"“{one.written}”", Look.OWN_WORDS))
        if one.answer.state is not State.WAITS:
            at = moment_words(datetime.fromisoformat(one.answer.settled_at))
            column.addWidget(WrappedLabel(f"{one.answer.state.words} ({at}, {one.answer.settled_by})"))
            return
        buttons = QWidget()
        row = FlowLayout(buttons)
        row.addWidget(self._button(f"Confirmed with {form.called}: their own words", State.OWN_WORDS))
        if form.form.told_by != THE_PERSON:
            row.addWidget(self._button(f"Keep as what {form.told_by.split(', ')[0]} says", State.RELATIVE_SAYS))
        row.addWidget(self._button("Put aside", State.PUT_ASIDE))
        column.addWidget(buttons)

    def _button(self, words: str, state: State) -> QPushButton:
        button = QPushButton(words.replace("&", "&&"))
        button.setProperty("state", state.value)
        button.clicked.connect(self._on_pressed)
        return button

    @Slot()
    def _on_pressed(self) -> None:
        if (button := self.sender()) is not None:
            self.settled.emit(self._name, str(button.property("state")))
