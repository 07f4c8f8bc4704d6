"""What all editors have in common: a value, what is wrong with what was typed, and the answers that are none."""

from __future__ import annotations

from abc import abstractmethod
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from eolc_desktop.care_plan.fields import Absence, Field, Value, absence_of, is_empty
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.views.forms.choice_buttons import Tick
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.showing import set_shown


@dataclass(frozen=True)
class Surroundings:
    """What an editor may have to know besides its field: the plan (for links to its entries) and the moment."""

    plan: Plan
    now: datetime

    @property
    def today(self) -> date:
        """The calendar day in England."""
        return self.plan.today


class Editor(QWidget):
    """A widget that edits one field.

    `called` is how its controls are named aloud: the label of the field, or more where two forms stand on one page.

    Signals:
        changed: the person at the keyboard changed something; never sent by `set_value`.
    """

    changed = Signal()

    def __init__(self, field: Field, called: str, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.called = called
        self.around = around
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(4)
        self._build()

    def value(self) -> Value:
        """What would be recorded now; None for nothing. Only meaningful while `problem` is ""."""
        return self.typed()

    def problem(self) -> str:
        """Why what was typed cannot be recorded as it is, in a sentence; "" when it can."""
        return ""

    @abstractmethod
    def typed(self) -> Value:
        """What stands in the editor, also where it cannot be recorded as it is: what a draft keeps."""

    @abstractmethod
    def set_value(self, value: Value) -> None:
        """Show a recorded value, or what a draft kept, without telling `changed`."""

    @abstractmethod
    def focus_target(self) -> QWidget:
        """The control that takes the keyboard when the field is chosen."""

    def describe(self, words: str) -> None:
        """Have help and problems read out with the control."""
        self.focus_target().setAccessibleDescription(words)

    def look_around(self, around: Surroundings) -> None:
        """Take a newer plan, for editors whose choices come from it."""
        self.around = around

    @abstractmethod
    def _build(self) -> None:
        """Make the controls."""


class AnswerEditor(Editor):
    """An editor of something typed, with ticks beneath it for the answers that are none.

    Ticking an absence sets the typed words aside, and unticking brings them back: nothing that was typed is lost.
    """

    lines_above = 0
    """How many widgets stand above the line that holds the ticks."""

    def _build(self) -> None:
        self._set_aside: Value = None
        self._absences: dict[Absence, Tick] = {}
        row = QWidget(self)
        self.line_box = FlowLayout(row)
        self.row = row
        self._build_answer()
        for absence in self.field.may_be:
            tick = Tick(absence.words, row)
            tick.setAccessibleName(f"{self.called}: {absence.words}")
            tick.clicked.connect(self._on_absence)
            self._absences[absence] = tick
            self.line_box.addWidget(tick)
        # What is typed in one line has its ticks beside it; an area and a note stand above and below that line.
        self.box.insertWidget(self.lines_above, row)
        set_shown(row, self.line_box.count() > 0)

    def typed(self) -> Value:
        """The absence that is ticked, else what was typed."""
        for absence, tick in self._absences.items():
            if tick.isChecked():
                return absence.value_to_store
        return self._answer()

    def set_value(self, value: Value) -> None:
        """Show an absence as its tick, anything else as typed."""
        absence = absence_of(value)
        for known, tick in self._absences.items():
            tick.setChecked(known is absence)
        self._set_aside = None
        self._set_answer(None if absence else value)

    def problem(self) -> str:
        """What is wrong with the typed answer; an absence is never wrong."""
        return "" if absence_of(self.typed()) else self._problem_with_answer()

    def _on_absence(self) -> None:
        pressed = self.sender()
        ticked = [tick for tick in self._absences.values() if tick.isChecked()]
        for tick in ticked:
            if tick is not pressed:
                tick.setChecked(False)
        if ticked and not is_empty(self._answer()):
            self._set_aside = self._answer()
            self._set_answer(None)
        elif not ticked and self._set_aside is not None:
            self._set_answer(self._set_aside)
            self._set_aside = None
        self.changed.emit()

    def _on_typed(self) -> None:
        for tick in self._absences.values():
            tick.setChecked(False)
        self._set_aside = None
        self.changed.emit()

    def _problem_with_answer(self) -> str:
        return ""

    @abstractmethod
    def _build_answer(self) -> None:
        """Make the control in which the answer is typed."""

    @abstractmethod
    def _answer(self) -> Value:
        """What was typed; None for nothing."""

    @abstractmethod
    def _set_answer(self, value: Value) -> None:
        """Show an answer without telling `changed`."""


def too_long(text: str, field: Field) -> str:
    """Say that a text is longer than can be kept; nothing is ever cut off to make it fit."""
    if len(text) <= field.max_length:
        return ""
    return f"This has {len(text):,} characters; up to {field.max_length:,} can be kept. Please shorten it."
