"""Before a meeting: whom it is about, who is there; and the meetings before, with their minutes."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import date_words
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.record.meetings import Meeting
from eolc_desktop.services import caseload_export
from eolc_desktop.services.caseload_table import Wanted
from eolc_desktop.services.caseload_views import VIEWS
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.choice_editors import Menu
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.growing_text import GrowingText
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

MOST_PAST = 8


class StartPart(QWidget):
    """Chooses the people by a view of the caseload, or takes those whom the caseload handed over.

    Signals:
        begun: ids of people, attendees, apologies and a title: the meeting is to begin.
        opened: the id of a meeting that is to be opened again.
    """

    begun = Signal(object, str, str, str)
    opened = Signal(str)

    def __init__(self, desk: Desk, people: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._people = tuple(people)
        self._cards: list[QWidget] = []
        self._view = Menu()
        self._view.addItem("Choose a view of the caseload", None)
        for view in VIEWS:
            if view.key not in ("after_death", ""):
                self._view.addItem(view.words, view.key)
        self._view.activated.connect(self._on_view)
        self._who = WrappedLabel("", Look.KEY_LINE)
        self._title = QLineEdit()
        self._title.setMaxLength(80)
        self._there = GrowingText(2)
        self._sorry = QLineEdit()
        self._sorry.setMaxLength(300)
        self._begin = QPushButton("Begin the meeting")
        wear(self._begin, Look.PRIMARY)
        self._begin.clicked.connect(self._on_begin)
        self._past = QVBoxLayout()
        self._past.setSpacing(8)
        card = QFrame()
        wear(card, Look.CARD)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 12, 16, 16)
        inside.setSpacing(10)
        inside.addWidget(WrappedLabel("A new meeting", Look.HEADING))
        help_text = "Or pick people in the caseload, and begin from there: “This list…”."
        self._view_row = LabelledRow("About whom", self._view, help_text=help_text)
        inside.addWidget(self._view_row)
        inside.addWidget(self._who)
        inside.addWidget(LabelledRow("What it is called", self._title, is_optional=True))
        inside.addWidget(LabelledRow("Who is there", self._there, is_optional=True))
        inside.addWidget(LabelledRow("Apologies", self._sorry, is_optional=True))
        row = FlowLayout(across=8)
        row.addWidget(self._begin)
        inside.addLayout(row)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(card)
        self._heading = WrappedLabel("Meetings before", Look.HEADING)
        column.addWidget(self._heading)
        column.addLayout(self._past)
        column.addStretch(1)
        self._say_who()

    def focus_first(self) -> None:
        """Give the keyboard to what is asked first: whom it is about, or who is there."""
        target = self._there if self._people else self._view
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_past(self, past: Sequence[Meeting]) -> None:
        """Show the meetings before, the latest first."""
        for card in self._cards:
            self._past.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [self._card(one) for one in past[:MOST_PAST]]
        for card in self._cards:
            self._past.addWidget(card)
        self._heading.setVisible(bool(self._cards))
        if past and not self._there.toPlainText():
            self._there.setPlainText(past[0].attendees)

    def _card(self, one: Meeting) -> QWidget:
        words = f"{date_words(one.held_on)}{f', {one.title}' if one.title else ''}"
        button = QPushButton(f"Open the meeting of {words}" if one.ended_at else f"Go on with the meeting of {words}")
        button.setProperty("meeting", one.id)
        button.clicked.connect(self._on_open)
        return button

    def _say_who(self) -> None:
        many = len(self._people)
        self._who.setText("About 1 person" if many == 1 else f"About {many:,} people")
        self._who.setVisible(bool(many))
        self._begin.setEnabled(bool(many))

    @Slot()
    def _on_view(self) -> None:
        key = self._view.currentData()
        if key is not None:
            self._desk.run("whom a meeting is about", caseload_export.shown_ids, Wanted(view=str(key)),
                           done=self._on_people)  # fmt: skip

    @Slot(object)
    def _on_people(self, ids: tuple[str, ...]) -> None:
        self._people = ids
        self._say_who()
        self._view_row.show_problem("" if ids else "Nobody is in this view now. Choose another.", is_announced=True)

    @Slot()
    def _on_begin(self) -> None:
        self.begun.emit(self._people, self._there.toPlainText(), self._sorry.text(), self._title.text())

    @Slot()
    def _on_open(self) -> None:
        self.opened.emit(str(self.sender().property("meeting")))
