"""Editors for what is typed as it stands: words, telephone numbers, whole numbers, NHS numbers and coded words."""

from __future__ import annotations

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QCompleter, QLabel, QLineEdit, QSizePolicy, QWidget

from eolc_desktop.care_plan.check import check, normalise
from eolc_desktop.care_plan.fields import Value
from eolc_desktop.care_plan.nhs_number import digits_of, is_for_testing, nhs_number_words, problem_with
from eolc_desktop.desktop.looks import Look
from eolc_desktop.views.forms.editor import AnswerEditor, too_long
from eolc_desktop.views.forms.growing_text import GrowingText
from eolc_desktop.views.forms.showing import set_shown
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

LETTERS_FOR_A_TICK = 12
_WHOLE = re.compile(r"[+-]?\d+\Z")


class Note(WrappedLabel):
    """A line beneath a control that says how what was typed is understood; away while there is nothing to say."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", Look.SECONDARY, parent)
        set_shown(self, False)

    def say(self, words: str) -> None:
        """Say something, or nothing."""
        self.setText(words)
        set_shown(self, bool(words))


class Line(QLineEdit):
    """One line to type in, as wide as the answer calls for, and narrower where the page is."""

    def __init__(self, letters: int, called: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letters = max(letters, 8) + 4
        self.setAccessibleName(called)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As wide as so many letters."""
        return QSize(self.fontMetrics().averageCharWidth() * self._letters, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Wide enough for a few letters."""
        return QSize(self.fontMetrics().averageCharWidth() * 12, super().minimumSizeHint().height())


class LineEditor(AnswerEditor):
    """One line of words."""

    letters = 42
    """The width that the answer calls for at most, in letters."""

    def focus_target(self) -> QWidget:
        """The line."""
        return self.line

    def _build_answer(self) -> None:
        letters = self.letters - LETTERS_FOR_A_TICK * max(0, len(self.field.may_be) - 1)
        self.line = Line(min(letters, self.field.max_length), self.called, self.row)
        self.line.textEdited.connect(self._on_edited)
        self.line_box.addWidget(self.line)

    def _on_edited(self) -> None:
        self._on_typed()

    def _answer(self) -> Value:
        return self.line.text().strip() or None

    def _set_answer(self, value: Value) -> None:
        self.line.setText("" if value is None else str(value))
        self.line.setCursorPosition(0)

    def _problem_with_answer(self) -> str:
        return too_long(self.line.text().strip(), self.field)


class PhoneEditor(LineEditor):
    """A telephone number as the family gave it."""

    letters = 26


class TextEditor(AnswerEditor):
    """Several lines of words."""

    lines_above = 1

    def focus_target(self) -> QWidget:
        """The area."""
        return self.area

    def _build_answer(self) -> None:
        self.area = GrowingText(parent=self)
        self.area.setAccessibleName(self.called)
        self.area.textChanged.connect(self._on_typed)
        self.box.addWidget(self.area)

    def _answer(self) -> Value:
        return self.area.toPlainText().strip() or None

    def _set_answer(self, value: Value) -> None:
        self.area.blockSignals(True)
        self.area.setPlainText("" if value is None else str(value))
        self.area.blockSignals(False)

    def _problem_with_answer(self) -> str:
        return too_long(self.area.toPlainText().strip(), self.field)


class NumberEditor(LineEditor):
    """A whole number within the field's limits."""

    letters = 8

    def _answer(self) -> Value:
        text = self.line.text().strip()
        return int(text) if _WHOLE.match(text) and len(text) < 18 else text or None

    def _problem_with_answer(self) -> str:
        number = self._answer()
        if number is None:
            return ""
        low, high = self.field.minimum, self.field.maximum
        fits = isinstance(number, int) and (low is None or number >= low) and (high is None or number <= high)
        if fits:
            return ""
        if low is not None and high is not None:
            return f"Type a whole number from {low} to {high}."
        return "Type a whole number." if low is None else f"Type a whole number, {low} or more."


class DecimalEditor(LineEditor):
    """A number with decimals, kept as exactly as it was typed; its unit stands beside it."""

    letters = 10

    def _build_answer(self) -> None:
        super()._build_answer()
        if self.field.unit:
            self.line_box.addWidget(QLabel(self.field.unit, self.row))

    def _problem_with_answer(self) -> str:
        typed = self._answer()
        found = check(self.field, normalise(self.field, typed)) if typed is not None else None
        return found.says.removeprefix(f"{self.field.label}: ") if found and found.unusable else ""


class NhsNumberEditor(LineEditor):
    """An NHS number, put into groups of 3, 3 and 4 while it is typed (NUM-0001 to NUM-0018)."""

    letters = 14

    def value(self) -> Value:
        """The ten digits, or an absence."""
        typed = self.typed()
        return digits_of(typed) if isinstance(typed, str) and not problem_with(typed) else typed

    def _build_answer(self) -> None:
        super()._build_answer()
        self._note = Note(self)
        self.box.addWidget(self._note)

    def _on_edited(self) -> None:
        text = self.line.text()
        digits = digits_of(text)
        only_digits = not text.translate(str.maketrans("", "", "0123456789 -\u00a0"))
        if only_digits and len(digits) <= 10:
            digits_before = len(digits_of(text[: self.line.cursorPosition()]))
            grouped = " ".join(part for part in (digits[:3], digits[3:6], digits[6:]) if part)
            self.line.setText(grouped)
            gaps = (digits_before > 3) + (digits_before > 6)
            self.line.setCursorPosition(digits_before + gaps)
        self._tell()
        self._on_typed()

    def _set_answer(self, value: Value) -> None:
        super()._set_answer(nhs_number_words(value).replace("\u00a0", " ") if isinstance(value, str) else value)
        self._tell()

    def _tell(self) -> None:
        text = self.line.text()
        passes = bool(text.strip()) and not problem_with(text)
        testing = passes and is_for_testing(text)
        self._note.say("A number from the range kept for tests, never given to a person." if testing else "")

    def _problem_with_answer(self) -> str:
        text = self.line.text().strip()
        return problem_with(text) if text else ""


class CodedEditor(LineEditor):
    """Words first, and the code that goes with exactly those words where one is known."""

    def _build_answer(self) -> None:
        super()._build_answer()
        self._code: dict[str, str] = {}
        self._note = Note(self)
        self.box.addWidget(self._note)
        self._known = {option.label: option for option in self.field.options if not option.retired}
        if self._known:
            completer = QCompleter(sorted(self._known), self.line)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.activated.connect(self._on_edited)
            self.line.setCompleter(completer)

    def _answer(self) -> Value:
        text = self.line.text().strip()
        if not text:
            return None
        if self._code.get("text") == text:
            return dict(self._code)
        option = self._known.get(text)
        code = option.codes[0] if option and option.codes else None
        return {"text": text, "system": code.system, "code": code.code} if code else {"text": text}

    def _set_answer(self, value: Value) -> None:
        self._code = dict(value) if isinstance(value, dict) else {}
        super()._set_answer(self._code.get("text", "") if isinstance(value, dict) else value)
        self._tell()

    def _on_edited(self) -> None:
        self._tell()
        self._on_typed()

    def _tell(self) -> None:
        answer = self._answer()
        code = answer.get("code", "") if isinstance(answer, dict) else ""
        had_code = bool(self._code.get("code")) and not code and bool(self.line.text().strip())
        note = f"Code {code}" if code else ""
        self._note.say("The code belonged to other words, so it is left out." if had_code else note)
