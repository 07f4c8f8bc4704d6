"""Editors for dates and moments: typed as people type them, with words beneath that say how they were understood."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtWidgets import QWidget

from eolc_desktop.care_plan.dates import (
    DateNotUnderstood,
    date_words,
    is_partial_date,
    parse_time,
    parse_typed,
    time_of,
    time_words,
)
from eolc_desktop.care_plan.fields import Audience, Value
from eolc_desktop.clock import LOCAL
from eolc_desktop.views.forms.editor import AnswerEditor
from eolc_desktop.views.forms.typed_editors import Line, LineEditor, Note

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_RELATIVE = {"today": 0, "yesterday": -1, "tomorrow": 1}


def date_of(text: str, today: date) -> str:
    """Read a typed date, "today" and its neighbours too. Raises DateNotUnderstood."""
    days = _RELATIVE.get(text.strip().lower())
    return parse_typed(text) if days is None else (today + timedelta(days=days)).isoformat()


def understood(stored: str, today: date) -> str:
    """Say how a date was understood: "Saturday 5 April 1941", or "March 2026, no day given"."""
    words = date_words(stored, Audience.FAMILY)
    match stored.count("-"):
        case 0:
            return f"The year {words}, no month or day given"
        case 1:
            return f"{words}, no day given"
    day = date.fromisoformat(stored)
    near = {0: ", today", -1: ", yesterday", 1: ", tomorrow"}.get((day - today).days, "")
    return f"{WEEKDAYS[day.weekday()]} {words}{near}"


class DateEditor(AnswerEditor):
    """A date that may be only a month or a year: never more exact than what was said."""

    def value(self) -> Value:
        """The date in the stored form, an absence, or None."""
        typed = self.typed()
        if not isinstance(typed, str):
            return typed
        try:
            return date_of(typed, self.around.today)
        except DateNotUnderstood:
            return typed

    def focus_target(self) -> QWidget:
        """The line."""
        return self.line

    def _build_answer(self) -> None:
        self.line = Line(18, self.called, self.row)
        self.line.textEdited.connect(self._on_edited)
        self._note = Note(self)
        self.line_box.addWidget(self.line)
        self.box.addWidget(self._note)

    def _on_edited(self) -> None:
        self._tell()
        self._on_typed()

    def _answer(self) -> Value:
        return self.line.text().strip() or None

    def _set_answer(self, value: Value) -> None:
        text = value if isinstance(value, str) else ""
        self.line.setText(date_words(text) if is_partial_date(text) else text)
        self._tell()

    def _tell(self) -> None:
        try:
            text = self.line.text().strip()
            words = understood(date_of(text, self.around.today), self.around.today) if text else ""
        except DateNotUnderstood:
            words = ""
        self._note.say(words)

    def _problem_with_answer(self) -> str:
        try:
            if self.line.text().strip():
                date_of(self.line.text(), self.around.today)
        except DateNotUnderstood as problem:
            return str(problem)
        return ""


class MomentEditor(AnswerEditor):
    """A day with a time of day, in England."""

    def value(self) -> Value:
        """ISO 8601 with the offset of that day in England, an absence, or None."""
        typed = self.typed()
        if not isinstance(typed, str):
            return typed
        try:
            return self._moment().isoformat(timespec="minutes")
        except DateNotUnderstood:
            return typed

    def focus_target(self) -> QWidget:
        """The line for the day."""
        return self._day

    def _build_answer(self) -> None:
        self._day, self._time = (
            Line(18, self.called, self.row),
            Line(8, f"{self.called}: time", self.row),
        )
        for line, part in ((self._day, "date"), (self._time, "time")):
            line.setPlaceholderText(part)
            line.textEdited.connect(self._on_edited)
            self.line_box.addWidget(line)
        self._note = Note(self)
        self.box.addWidget(self._note)

    def _on_edited(self) -> None:
        self._tell()
        self._on_typed()

    def _answer(self) -> Value:
        return "\n".join((self._day.text().strip(), self._time.text().strip())).strip("\n") or None

    def _set_answer(self, value: Value) -> None:
        text = value if isinstance(value, str) else ""
        try:
            moment = datetime.fromisoformat(text).astimezone(LOCAL) if "T" in text else None
        except ValueError:
            moment = None
        if moment is not None:
            self._day.setText(date_words(moment.date().isoformat()))
            self._time.setText(time_words(moment))
        else:
            day, _line, time = text.partition("\n")
            self._day.setText(day)
            self._time.setText(time)
        self._tell()

    def _moment(self) -> datetime:
        day = date_of(self._day.text(), self.around.today)
        if len(day) != 10:
            raise DateNotUnderstood("Type the whole date: day, month and year.")
        hour, minute = time_of(self._time.text())
        whole = date.fromisoformat(day)
        return datetime(whole.year, whole.month, whole.day, hour, minute, tzinfo=LOCAL)

    def _tell(self) -> None:
        try:
            moment = self._moment() if self._answer() else None
        except DateNotUnderstood:
            moment = None
        if moment is None:
            self._note.say("")
        else:
            self._note.say(f"{understood(moment.date().isoformat(), self.around.today)}, {time_words(moment)}")

    def _problem_with_answer(self) -> str:
        try:
            if self._answer():
                self._moment()
        except DateNotUnderstood as problem:
            return str(problem)
        return ""


class TimeEditor(LineEditor):
    """A time of day, read as people type it: "2.30pm" is 14:30."""

    letters = 8

    def value(self) -> Value:
        """The time as "14:30", an absence, or None."""
        typed = self.typed()
        try:
            return parse_time(typed) if isinstance(typed, str) else typed
        except DateNotUnderstood:
            return typed

    def _problem_with_answer(self) -> str:
        typed = self._answer()
        try:
            if isinstance(typed, str):
                parse_time(typed)
        except DateNotUnderstood as problem:
            return str(problem)
        return ""
