"""A form before it is taken in: what it asks, and everything of it that this program does otherwise."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.fields import Field, Kind, Section
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.services.own_forms import Preview
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

ANSWERED: dict[Kind, str] = {
    Kind.TEXT: "words",
    Kind.LONG_TEXT: "several lines",
    Kind.CHOICE: "one of a list",
    Kind.CHOICES: "any of a list",
    Kind.YES_NO: "yes or no",
    Kind.DATE: "a date",
    Kind.DATE_TIME: "a date and time",
    Kind.NUMBER: "a whole number",
    Kind.DECIMAL: "a number",
    Kind.TIME: "a time",
    Kind.PHONE: "a telephone number",
    Kind.NHS_NUMBER: "an NHS number",
    Kind.CODED: "words, or one of a list",
    Kind.LINK: "somebody listed in the plan",
}


OTHERWISE = "What this program does otherwise than the form says"


class FormPreview(QFrame):
    """Shows a form and asks whether to take it in.

    Signals:
        accepted: it is to be taken in.
        refused: it is not.
    """

    accepted = Signal()
    refused = Signal()

    def __init__(self, shown: Preview, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        wear(self, Look.CARD)
        form = shown.form
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addWidget(WrappedLabel(form.title, Look.HEADING, self))
        column.addWidget(WrappedLabel(" ".join(_about(shown)), Look.SECONDARY, self))
        if form.departures:
            column.addWidget(WrappedLabel(OTHERWISE, Look.FIELD_LABEL, self))
            for said in form.departures:
                column.addWidget(WrappedLabel(f"• {said}", parent=self))
        else:
            column.addWidget(WrappedLabel("Everything that the form asks for is followed.", parent=self))
        row = QWidget(self)
        flow = FlowLayout(row)
        self._take = QPushButton("Take it in", row)
        self._take.setEnabled(not shown.same)
        wear(self._take, Look.PRIMARY)
        self._take.clicked.connect(self.accepted)
        self._leave = QPushButton("Do not take it in", row)
        self._leave.clicked.connect(self.refused)
        flow.addWidget(self._take)
        flow.addWidget(self._leave)
        column.addWidget(row)
        column.addWidget(WrappedLabel("What it asks", Look.FIELD_LABEL, self))
        for section in form.sections:
            column.addWidget(WrappedLabel(_lines(section), parent=self))

    def begin(self) -> None:
        """Take the keyboard: the safe answer."""
        self._leave.setFocus(Qt.FocusReason.OtherFocusReason)


def _about(shown: Preview) -> list[str]:
    form = shown.form
    questions = f"{form.questions} questions." if form.questions != 1 else "1 question."
    said = [f"Version {form.version}." if form.version else "No version given.", questions]
    if shown.same:
        said.append("This very form is kept already.")
    elif shown.before is not None:
        version = f"version {shown.before.version}" if shown.before.version else "an earlier version"
        said.append(f"It follows {version}, which is kept: everything answered in it keeps its words.")
    return said


def _lines(section: Section) -> str:
    asked = [field for field in section.fields if not field.retired]
    head = f"{section.title} (as often as needed)" if section.repeats else section.title
    return "\n".join([head, *(f"   {_line(field)}" for field in asked)])


def _line(field: Field) -> str:
    unit = f", in {field.unit}" if field.unit else ""
    listed = [option.label for option in field.options if not option.retired]
    choice = f": {'; '.join(listed[:8])}{'; …' if len(listed) > 8 else ''}" if listed else ""
    return f"{field.label} – {ANSWERED[field.kind]}{unit}{choice}"


assert set(ANSWERED) == set(Kind), "every kind of field can be named in the preview"
