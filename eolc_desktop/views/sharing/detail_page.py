"""What the pages about one person's sharing have in common: whose it is, a way back, a message, and cards."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from eolc_desktop.care_plan.dates import today
from eolc_desktop.desktop.looks import Look
from eolc_desktop.errors import UserError
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import people
from eolc_desktop.views import person_words
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.titled_page import TitledPage
from eolc_desktop.views.widgets.message_bar import Kind
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class DetailPage(TitledPage):
    """A page about one person, who is named on it with two identifiers; each page has its own `page_title`."""

    def __init__(self, desk: Desk, person_id: str, intro: str = "", parent: QWidget | None = None) -> None:
        super().__init__(desk, parent=parent)
        self.person_id = person_id
        self.put_beside_back(self.button("Open the plan", self._on_plan))
        self._who = WrappedLabel("", Look.KEY_LINE)
        self.column.addWidget(self._who)
        if intro:
            self.column.addWidget(WrappedLabel(intro, Look.SECONDARY))
        desk.run("whose it is", people.person_row, person_id, done=self._on_row)

    def done(self, words: str) -> None:
        """Say what was done."""
        self.message.say(words, Kind.SUCCESS)

    @Slot(object)
    def tell(self, error: UserError) -> None:
        """Say what went wrong, what is safe, and what to do."""
        self.message.tell(error)

    @Slot(object)
    def _on_row(self, row: PersonRow | None) -> None:
        if row is not None:
            self._who.setText(person_words.identity_line(row, today(self.desk.now())))

    @Slot()
    def _on_plan(self) -> None:
        self.desk.person_wanted.emit(self.person_id)
