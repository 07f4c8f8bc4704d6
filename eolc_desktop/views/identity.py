"""Checking who this is: one line with two identifiers, and who else here has a name that could be taken for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QWidget

from eolc_desktop.care_plan.dates import today
from eolc_desktop.desktop.background import Work
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import people
from eolc_desktop.views import person_words
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

WIDE_LETTERS = 96
MOST_NAMED = 3
"""Look-alikes named in the line; of more, the number is said."""


class IdentityLine(WrappedLabel):
    """Says who a person is and, where the name could be taken for another’s, who that is. `asks` stands first.

    Signals:
        said: the words changed, and with them perhaps the height they need.
    """

    said = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, asks: str = "") -> None:
        super().__init__("", parent=parent)
        self._desk = desk
        self._asks = asks
        self._row: PersonRow | None = None
        self._asked: Work | None = None

    def show_person(self, row: PersonRow | None) -> None:
        """Say who this is. The others are asked for and named when they are known."""
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
        self._row = row
        self._say(())
        if row is not None and row.looks_alike:
            values = {
                "family_name": row.family_name,
                "given_names": row.given_names,
                "birth_date": row.birth_date,
                "nhs_number": row.nhs_number,
            }
            self._asked = self._desk.run(
                "look for similar names", people.look_alikes, values, row.id, done=self._on_look_alikes
            )

    @Slot(object)
    def _on_look_alikes(self, others: Sequence[PersonRow]) -> None:
        self._asked = None
        self._say(others)
        self.said.emit()

    def _say(self, others: Sequence[PersonRow]) -> None:
        if self._row is None:
            self.setText("")
            self.setAccessibleName("")
            return
        day = today(self._desk.now())
        said = f"{self._asks}{person_words.identity_line(self._row, day)}"
        if self._row.looks_alike:
            said += "\nSimilar name"
            named = [person_words.identity_line(other, day) for other in others[:MOST_NAMED]]
            if len(others) > MOST_NAMED:
                named.append(f"and {len(others) - MOST_NAMED} more")
            said += f": not to be taken for {'; '.join(named)}" if named else " to another person here."
        self.setText(person_words.on_one_line(said))
        others_said = (
            f", not to be taken for {'; '.join(person_words.spoken(other, day) for other in others)}" if others else ""
        )
        self.setAccessibleName(f"{self._asks}{person_words.spoken(self._row, day)}{others_said}")


class IdentityCheck(QFrame):
    """The line above an opened plan whose person's name could be taken for another's (hazard H01). It stays until
    somebody has said that this is the right person, or went back.

    Signals:
        confirmed: this is the right person.
        refused: it is not; go back.
    """

    confirmed = Signal()
    refused = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        wear(self, Look.WARNING)
        self._line = IdentityLine(desk, asks="Please check who this is: ")
        self._yes = QPushButton("This is the right person")
        self._no = QPushButton("Go back")
        self._yes.clicked.connect(self._on_yes)
        self._no.clicked.connect(self._on_no)
        buttons = FlowLayout(across=8)
        buttons.addWidget(self._yes)
        buttons.addWidget(self._no)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(16, 6, 12, 6)
        self._row.setSpacing(8)
        self._row.addWidget(self._line, 1)
        self._row.addLayout(buttons)
        self.hide()

    def ask(self, row: PersonRow) -> None:
        """Ask whether the plan that was opened is that of the right person."""
        self._line.show_person(row)
        self.show()
        self._yes.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Ask nothing any more."""
        self.hide()
        self._line.show_person(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the buttons stand below the line where there is no room beside it."""
        super().resizeEvent(event)
        is_wide = self.width() >= self.fontMetrics().averageCharWidth() * WIDE_LETTERS
        directions = QBoxLayout.Direction
        self._row.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)

    @Slot()
    def _on_yes(self) -> None:
        self.dismiss()
        self.confirmed.emit()

    @Slot()
    def _on_no(self) -> None:
        self.dismiss()
        self.refused.emit()
