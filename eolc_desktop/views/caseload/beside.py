"""What stands beside the caseload: details of the highlighted person, or the panel in which the list is arranged."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from eolc_desktop.record.people import PersonRow
from eolc_desktop.services.caseload_table import Wanted
from eolc_desktop.views.caseload.arrange import LETTERS_WIDE, ArrangePanel
from eolc_desktop.views.caseload.details import DetailsPane
from eolc_desktop.views.desk import Desk

LETTERS_FOR_BOTH = 100
"""A page so many letters wide has room for the list and what is beside it."""


class Beside(QStackedWidget):
    """One of the two, or neither: then it takes no room. Each is made when it is first wanted: together they are most
    of the page, and the list is to be there at once.

    Signals:
        changed: it appeared, went away, or shows the other.
        arranged: an `Arrangement` that was chosen in the panel.
        closed: the panel is to be put away.
    """

    changed = Signal()
    arranged = Signal(object)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._panel: ArrangePanel | None = None
        self._details: DetailsPane | None = None
        self._wanted = Wanted()
        self._wants_details = False
        self.hide()

    @property
    def is_arranging(self) -> bool:
        """Whether the panel is open."""
        return not self.isHidden() and self._panel is not None and self.currentWidget() is self._panel

    @property
    def says_who(self) -> bool:
        """Whether the details, which name the highlighted person, are shown."""
        return not self.isHidden() and self._details is not None and self.currentWidget() is self._details

    def focus_panel(self) -> None:
        """Give the keyboard to the first choice of the panel."""
        self._the_panel().focus_first()

    def show_wanted(self, wanted: Wanted) -> None:
        """Say in the panel how the list is arranged now."""
        self._wanted = wanted
        if self._panel is not None:
            self._panel.show_wanted(wanted)

    def show_person(self, row: PersonRow | None) -> None:
        """Follow the highlight of the list, where the details are shown."""
        if self.says_who:
            self._the_details().show_person(row)

    def show_details(self, wanted: bool, row: PersonRow | None) -> None:
        """Show details from now on, or no longer."""
        self._wants_details = wanted
        self._show(arranging=False, row=row)

    def arrange(self, wanted: bool, row: PersonRow | None) -> None:
        """Open the panel, or put it away."""
        self._show(arranging=wanted, row=row)

    def _show(self, *, arranging: bool, row: PersonRow | None) -> None:
        if arranging:
            self.setCurrentWidget(self._the_panel())
        elif self._wants_details or self._details is not None:
            self.setCurrentWidget(self._the_details())
        self.setVisible(arranging or self._wants_details)
        if self._details is not None:
            self._details.show_person(row if self.says_who else None)
        self.changed.emit()

    def _the_panel(self) -> ArrangePanel:
        if self._panel is None:
            self._panel = ArrangePanel(self._desk)
            self._panel.arranged.connect(self.arranged)
            self._panel.closed.connect(self.closed)
            self._panel.show_wanted(self._wanted)
            self.addWidget(self._panel)
        return self._panel

    def _the_details(self) -> DetailsPane:
        if self._details is None:
            self._details = DetailsPane(self._desk)
            self.addWidget(self._details)
        return self._details

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
