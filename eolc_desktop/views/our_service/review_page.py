"""The service looking at itself: ambitions, foundations, questions and risks as they stand, on one page to print."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from eolc_desktop.desktop.looks import Look
from eolc_desktop.services import self_review
from eolc_desktop.services.self_review import LEAD, RISK_COLUMNS, Review
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.our_service.number_table import NumberTable
from eolc_desktop.views.our_service.sheet_buttons import SheetButtons
from eolc_desktop.views.places import Place
from eolc_desktop.views.titled_page import TitledPage
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

COLUMNS = ("", "Now", "Before", "Next", "Who, by when")


class ReviewPage(TitledPage):
    """Reads, and prints; each part is changed on a page of its own."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "The service looking at itself", parent=parent)
        sheets = SheetButtons(desk, lambda: self_review.prepare_sheet)
        self._says = WrappedLabel("", Look.KEY_LINE)
        for widget in (WrappedLabel(LEAD, Look.SECONDARY), self._says, sheets):
            self.column.addWidget(widget)
        self._tables: list[NumberTable] = []
        for title, section in (
            ("Six ambitions", "ambitions"),
            ("Eight foundations", "foundations"),
            ("Seven questions for the system", "system_questions"),
            ("Risks", "risks"),
        ):
            table = NumberTable(title, RISK_COLUMNS if section == "risks" else COLUMNS)
            self._tables.append(table)
            change = self.button(f"Change: {title.lower()}", self._on_change, Look.QUIET)
            change.setProperty("section", section)
            self.column.addWidget(WrappedLabel(title, Look.HEADING))
            self.column.addWidget(table)
            self.column.addWidget(change, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch(1)

    @classmethod
    def for_place(cls, desk: Desk, _place: Place) -> ReviewPage:
        """The page for a place."""
        return cls(desk)

    def showEvent(self, event: QShowEvent) -> None:
        """Read everything anew."""
        super().showEvent(event)
        self.desk.run("read the review", self_review.read, done=self._on_read)

    @Slot(object)
    def _on_read(self, review: Review) -> None:
        self._says.setText(review.says)
        for table, (_title, _columns, rows) in zip(self._tables, review.parts, strict=True):
            table.show_rows(rows)

    @Slot()
    def _on_change(self) -> None:
        self.desk.place_wanted.emit(Place("entries", document=str(self.sender().property("section"))))
