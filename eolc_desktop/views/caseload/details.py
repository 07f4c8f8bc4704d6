"""The person the highlight is on, beside the caseload: every column in words, and what is to be done for them.

It shows no more kinds of things than the columns of the list do: to read a plan, it is opened, and that is noted.
"""

from __future__ import annotations

from PySide6.QtCore import QTimer, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import today
from eolc_desktop.care_plan.to_do import due_words
from eolc_desktop.desktop.background import Work
from eolc_desktop.desktop.looks import Look
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import caseload_details
from eolc_desktop.services.caseload_details import Details
from eolc_desktop.views import person_words
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.places import Place
from eolc_desktop.views.widgets.scrolling import scrolling
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

PAUSE = 120
"""Milliseconds for which the highlight stays before more is read."""


class DetailsPane(QWidget):
    """Follows the highlight of the list."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._row: PersonRow | None = None
        self._asked: Work | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE)
        self._soon.timeout.connect(self._read)
        self._who = WrappedLabel("", Look.KEY_LINE)
        self._state = WrappedLabel("", Look.WARNING)
        self._facts = WrappedLabel("")
        self._heading = WrappedLabel("To do", Look.HEADING)
        self._to_do = WrappedLabel("")
        self._tasks = QPushButton("All their tasks")
        self._tasks.clicked.connect(self._on_tasks)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(10)
        for widget in (self._who, self._state, self._heading, self._to_do, self._facts, self._tasks):
            column.addWidget(widget)
        column.addStretch(1)
        scroll = scrolling(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.show_person(None)

    def show_person(self, row: PersonRow | None) -> None:
        """Show somebody else, or nobody: what was read of the one before goes at once."""
        self._row = row
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
        is_somebody = row is not None
        for widget in (self._state, self._facts, self._heading, self._to_do, self._tasks):
            widget.setVisible(is_somebody)
        self._facts.setText("")
        self._to_do.setText("")
        if row is None:
            self._soon.stop()
            self._who.setText("Nobody is highlighted. The arrows move through the list.")
            return
        day = today(self._desk.now())
        self._who.setText(person_words.identity_line(row, day).replace(" · ", "\n"))
        state = person_words.state_words(row)
        self._state.setText(state)
        self._state.setVisible(bool(state))
        self._soon.start()

    @Slot()
    def _read(self) -> None:
        if self._row is not None and self.isVisible():
            self._asked = self._desk.run(
                "details beside the list", caseload_details.details, self._row.id, done=self._on_read
            )

    @Slot(object)
    def _on_read(self, read: Details) -> None:
        self._asked = None
        if self._row is None or read.person_id != self._row.id:
            return
        lines = [f"{heading}: {words}" for heading, words in read.facts if words]
        missing = [heading for heading, words in read.facts if not words]
        self._facts.setText("\n".join([*lines, *([f"Not recorded: {', '.join(missing)}"] if missing else [])]))
        lines = [f"{one.what}\n{due_words(one, read.as_of)}, {one.owner or 'nobody named'}" for one in read.to_do]
        if read.more:
            lines.append(f"And {read.more} more.")
        self._to_do.setText("\n\n".join(lines) if lines else "Nothing waiting.")

    @Slot()
    def _on_tasks(self) -> None:
        if self._row is not None:
            self._desk.place_wanted.emit(Place("person_tasks", self._row.id))
