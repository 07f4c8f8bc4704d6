"""What stands beside the caseload: details of the highlighted person, or the panel in which the list is arranged."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from eolc_desktop.record.people import PersonRow
from eolc_desktop.views.caseload.arrange import LETTERS_WIDE, ArrangePanel
from eolc_desktop.views.caseload.details import DetailsPane
from eolc_desktop.views.desk import Desk

LETTERS_FOR_BOTH = 100
"""A page so many letters wide has room for the list and what is beside it."""


class Beside(QStackedWidget):
    """One of the two, or neither: then it takes no room.

    Signals:
        changed: it appeared, went away, or shows the other.
    """

    changed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.panel = ArrangePanel(desk)
        self.details = DetailsPane(desk)
        self._wants_details = False
        for widget in (self.details, self.panel):
            self.addWidget(widget)
        self.hide()

    @property
    def is_arranging(self) -> bool:
        """Whether the panel is open."""
        return not self.isHidden() and self.currentWidget() is self.panel

    @property
    def says_who(self) -> bool:
        """Whether the details, which name the highlighted person, are shown."""
        return not self.isHidden() and self.currentWidget() is self.details

    def show_details(self, wanted: bool, row: PersonRow | None) -> None:
        """Show details from now on, or no longer."""
        self._wants_details = wanted
        self._show(arranging=False, row=row)

    def arrange(self, wanted: bool, row: PersonRow | None) -> None:
        """Open the panel, or put it away."""
        self._show(arranging=wanted, row=row)

    def _show(self, *, arranging: bool, row: PersonRow | None) -> None:
        self.setCurrentWidget(self.panel if arranging else self.details)
        self.setVisible(arranging or self._wants_details)
        self.details.show_person(row if self.says_who else None)
        self.changed.emit()

    def fit(self, room: int) -> bool:
        """Take no more than two fifths of the room, and tell whether the list has room too.

        With very large text the panel in which the list is arranged takes the list's place: a list that narrow would
        cut its dates off.
        """
        letter = max(1, self.fontMetrics().averageCharWidth())
        if self.is_arranging and room // letter < LETTERS_FOR_BOTH:
            self.setMinimumWidth(0)
            self.setMaximumWidth(room)
            return False
        self.setFixedWidth(min(letter * LETTERS_WIDE, room * 2 // 5))
        return True
