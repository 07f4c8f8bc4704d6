"""What the pages of a plan that are no forms have in common: history, comparing versions, findings, the visit."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.person.reading_column import ReadingColumn
from eolc_desktop.views.person.scroll_page import ScrollPage
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class OwnPage(ScrollPage):
    """A page that is made when it is gone to and let go when it is left. `title` is what it is called.

    Signals:
        place_wanted: the key of a section, or of another page, that a button leads to.
        entry_wanted: the key of a section and the id of one of its entries ("" for a new one).
        grown: controls were added or taken away.
    """

    title = ""
    place_wanted = Signal(str)
    entry_wanted = Signal(str, str)
    grown = Signal()

    def __init__(self, desk: Desk, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.plan = plan
        self._column = ReadingColumn(self.viewport())
        self.setWidget(self._column)
        self.column = self._column.box
        self.inside = self.column.parentWidget()
        self.heading = WrappedLabel(self.title, Look.TITLE, self.inside)
        self.column.addWidget(self.heading)

    def take(self, plan: Plan) -> None:
        """Show a newer plan."""
        self.plan = plan

    def begin(self) -> None:
        """Take the keyboard."""

    def leave(self) -> None:
        """Keep what was typed on the page, now: it is about to go."""

    def link(self, words: str, spoken: str = "") -> QPushButton:
        """A button that looks like a link."""
        button = QPushButton(words.replace("&", "&&"), self.inside)
        button.setAccessibleName(spoken or words)
        wear(button, Look.QUIET)
        return button
