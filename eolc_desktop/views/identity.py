"""Checking who this is: one line with two identifiers, and who else here has a name that could be taken for it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QWidget

from eolc_desktop.care_plan.dates import today
from eolc_desktop.care_plan.fields import Value
from eolc_desktop.desktop.background import Work
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.record.folding import fold, sound_of
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import people
from eolc_desktop.views import person_words
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

PAUSE = 150
"""Milliseconds for which the highlight stays before the others are looked for."""
WIDE_LETTERS = 96
MOST_NAMED = 3
"""Look-alikes named in the line; of more, the number is said."""


def confusable(row: PersonRow, other: PersonRow) -> bool:
    """Whether one could really be opened in place of the other: the same number, the same day of birth with a name
    alike, or names alike in both their parts. On a large caseload many family names sound alike with one initial, and
    a question that is asked for everybody is soon answered without reading."""
    given, others_given = _first(row), _first(other)
    same_family = fold(row.family_name) == fold(other.family_name)
    sounds = same_family or sound_of(row.family_name, "") == sound_of(other.family_name, "")
    given_sounds = given == others_given or sound_of(given, "") == sound_of(others_given, "")
    same_day = len(row.birth_date) == 10 and row.birth_date == other.birth_date
    same_number = bool(row.nhs_number) and row.nhs_number == other.nhs_number
    return same_number or (sounds and given_sounds) or (same_day and (sounds or given == others_given))


def _identity_of(row: PersonRow) -> dict[str, Value]:
    """The details of the `person` section by which others who look alike are found."""
    return {
        "family_name": row.family_name,
        "given_names": row.given_names,
        "birth_date": row.birth_date,
        "nhs_number": row.nhs_number,
    }


def _first(row: PersonRow) -> str:
    return next(iter(fold(row.given_names).split()), "")


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
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._ask)

    def show_person(self, row: PersonRow | None, *, names_others: bool = True) -> None:
        """Say who this is. The others are asked for and named when they are known."""
        if self._asked is not None:
            self._asked.cancel()
            self._asked = None
        self._row = row
        self._say(())
        # Not while letters are still coming: the next answer of the search must not wait for this one.
        if row is not None and row.looks_alike and names_others:
            self._pause.start()
        else:
            self._pause.stop()

    @Slot()
    def _ask(self) -> None:
        row = self._row
        if row is not None:
            self._asked = self._desk.run(
                "look for similar names", people.look_alikes, _identity_of(row), row.id, done=self._on_look_alikes
            )

    @Slot(object)
    def _on_look_alikes(self, others: Sequence[PersonRow]) -> None:
        self._asked = None
        self.name_others(others)
        self.said.emit()

    def name_others(self, others: Sequence[PersonRow]) -> None:
        """Name those who could be opened in place of this one; of the rest, say how many there are."""
        row = self._row
        close = [other for other in others if row is not None and confusable(row, other)]
        self._say(close, len(others) - len(close))

    def _say(self, close: Sequence[PersonRow], further: int = 0) -> None:
        if self._row is None:
            self.setText("")
            self.setAccessibleName("")
            return
        day = today(self._desk.now())
        shown = f"{self._asks}{person_words.identity_line(self._row, day)}"
        spoken = f"{self._asks}{person_words.spoken(self._row, day)}"
        if self._row.looks_alike:
            more = len(close) - MOST_NAMED
            and_more = f"; and {more} more" if more > 0 else ""
            if close:
                named = "; ".join(person_words.identity_line(other, day) for other in close[:MOST_NAMED])
                said = "; ".join(person_words.spoken(other, day) for other in close[:MOST_NAMED])
                shown += f"\nSimilar name: not to be taken for {named}{and_more}"
                spoken += f", not to be taken for {said}{and_more}"
            elif further:
                people_here = "1 other person" if further == 1 else f"{further:,} other people"
                shown += f"\nThe family name sounds like that of {people_here} here."
        self.setText(person_words.on_one_line(shown))
        self.setAccessibleName(spoken)


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
        self._desk = desk
        self._row: PersonRow | None = None
        self._line = IdentityLine(desk, asks="Please check who this is: ")
        self._yes = QPushButton("This is the right person")
        self._no = QPushButton("Go back")
        self._yes.clicked.connect(self._on_yes)
        self._no.clicked.connect(self._on_no)
        buttons = FlowLayout(across=8)
        buttons.addWidget(self._yes)
        buttons.addWidget(self._no)
        self._lay = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._lay.setContentsMargins(16, 6, 12, 6)
        self._lay.setSpacing(8)
        self._lay.addWidget(self._line, 1)
        self._lay.addLayout(buttons)
        self.hide()

    def ask(self, row: PersonRow) -> None:
        """Ask whether this is the right person, where there is somebody they could be taken for."""
        self._row = row
        self._desk.run("look for similar names", people.look_alikes, _identity_of(row), row.id, done=self._on_others)

    @Slot(object)
    def _on_others(self, others: Sequence[PersonRow]) -> None:
        row = self._row
        if row is not None and any(confusable(row, other) for other in others):
            self._line.show_person(row, names_others=False)
            self._line.name_others(others)
            self.show()
            self._yes.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Ask nothing any more."""
        self._row = None
        self.hide()
        self._line.show_person(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the buttons stand below the line where there is no room beside it."""
        super().resizeEvent(event)
        is_wide = self.width() >= self.fontMetrics().averageCharWidth() * WIDE_LETTERS
        directions = QBoxLayout.Direction
        self._lay.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)

    @Slot()
    def _on_yes(self) -> None:
        self.dismiss()
        self.confirmed.emit()

    @Slot()
    def _on_no(self) -> None:
        self.dismiss()
        self.refused.emit()
