"""The agenda: everybody the meeting is about and how far it has come; its end, the next one, and the minutes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import DateNotUnderstood, date_words, parse_typed
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.record.meetings import LATER, TALKED
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services.meetings import Agenda
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.growing_text import GrowingText
from eolc_desktop.views.people_list import PeopleList, PersonLine
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

STATES = {TALKED: "Talked about", LATER: "For another meeting"}


class AgendaPart(QWidget):
    """Enter on a person goes to them.

    Signals:
        person_chosen: the id of a person to talk about.
        ended: attendees, apologies and the day of the next meeting ("2026-12-10", or "").
        print_wanted, save_wanted: the minutes.
    """

    person_chosen = Signal(str)
    ended = Signal(str, str, str)
    print_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._says = WrappedLabel("", Look.SECONDARY)
        self._list = PeopleList("Whom the meeting is about", desk.now)
        self._list.chosen.connect(self._on_chosen)
        self._there = GrowingText(2)
        self._sorry = QLineEdit()
        self._sorry.setMaxLength(300)
        self._next = QLineEdit()
        self._next_row = LabelledRow("Next meeting", self._next, help_text="For example 10/12/2026.", is_optional=True)
        self._end = QPushButton("End the meeting")
        wear(self._end, Look.PRIMARY)
        self._end.clicked.connect(self._on_end)
        self._save = QPushButton("Save the minutes as a PDF…")
        self._save.clicked.connect(self.save_wanted)
        self._print = QPushButton("Print the minutes")
        self._print.clicked.connect(self.print_wanted)
        card = QFrame()
        wear(card, Look.CARD)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 16)
        inside.setSpacing(10)
        inside.addWidget(WrappedLabel("At the end", Look.HEADING))
        inside.addWidget(LabelledRow("Who was there", self._there, is_optional=True))
        inside.addWidget(LabelledRow("Apologies", self._sorry, is_optional=True))
        inside.addWidget(self._next_row)
        row = FlowLayout(across=8)
        for button in (self._end, self._save, self._print):
            row.addWidget(button)
        inside.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._says)
        column.addWidget(self._list)
        column.addWidget(card)
        column.addStretch(1)

    def focus_first(self) -> None:
        """Give the keyboard to the agenda."""
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_agenda(self, of: Agenda, next_on: str) -> None:
        """Show how far the meeting has come; the highlight stands on the first who waits."""
        meeting = of.meeting
        over = f"It ended. Next meeting {date_words(meeting.next_on)}." if meeting.next_on else "It ended."
        left = "1 person is left." if of.left == 1 else f"{of.left:,} people are left."
        self._says.setText(over if meeting.ended_at else left)
        self._list.show_lines([PersonLine(one.row, STATES.get(one.on.state, "")) for one in of.people])
        self._list.highlight(next((n for n, one in enumerate(of.people) if not one.on.state), 0))
        self._there.setPlainText(meeting.attendees)
        self._sorry.setText(meeting.apologies)
        day = meeting.next_on or next_on
        self._next.setText(date_words(day) if day else "")
        self._end.setText("Keep the changes" if meeting.ended_at else "End the meeting")

    @Slot(object)
    def _on_chosen(self, row: PersonRow) -> None:
        self.person_chosen.emit(row.id)

    @Slot()
    def _on_end(self) -> None:
        typed = self._next.text().strip()
        try:
            day = parse_typed(typed) if typed else ""
        except DateNotUnderstood:
            day = "?"
        if day and len(day) != 10:
            self._next_row.show_problem("Please type a whole date, for example 10/12/2026.", is_announced=True)
            self._next.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._next_row.show_problem("")
        self.ended.emit(self._there.toPlainText(), self._sorry.text(), day)
