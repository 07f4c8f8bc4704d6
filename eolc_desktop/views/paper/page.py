"""Paper copies of the whole caseload: a page checked by its code, and the pages to replace, with whom and where."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import today
from eolc_desktop.desktop.background import Work
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.services import paper_copies
from eolc_desktop.services.paper_copies import PersonToVisit, RecallList
from eolc_desktop.services.session import Changes
from eolc_desktop.views import person_words
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.group import Group
from eolc_desktop.views.paper.check import CheckCard
from eolc_desktop.views.paper.words import page_words
from eolc_desktop.views.places import Place
from eolc_desktop.views.widgets.scrolling import scrolling
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

AT_FIRST = 25
"""People whose pages are shown at first: making more rows at once would hold the window up."""
NOTHING = "No page that is about says anything that has changed since, as far as this laptop knows."


class PaperPage(QWidget):
    """Checks pages by their codes, and lists the pages to replace. Reads itself again after every change."""

    page_title = "Paper copies"

    def __init__(self, desk: Desk, code: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked: Work | None = None
        self._shown: RecallList | None = None
        self._most = AT_FIRST
        self._rows: list[QWidget] = []
        self.check = CheckCard(desk)
        self.check.plan_wanted.connect(desk.person_wanted)
        self.check.register_wanted.connect(self._on_register)
        self._build()
        desk.changed.connect(self._on_changed)
        if code:
            self.check.look_up(code)

    @classmethod
    def for_place(cls, desk: Desk, place: Place) -> PaperPage:
        """The page for a place, whose `document` may be a code to look up."""
        return cls(desk, place.document)

    def leave(self) -> None:
        """Nothing is written on this page, so there is nothing to keep."""

    def focus_first(self) -> None:
        """Give the keyboard to the field for a code: a scanner can type at once."""
        self.check.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self._heading = WrappedLabel("Pages to replace", Look.HEADING)
        self._says = WrappedLabel("")
        doors = FlowLayout(None, 8)
        for words, kind in (("Print for many people", "batch_printing"), ("Answers on a form", "written_back")):
            door = QPushButton(words)
            door.setProperty("kind", kind)
            door.clicked.connect(self._on_door)
            doors.addWidget(door)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self._further = QPushButton("")
        self._further.clicked.connect(self._on_further)
        self._further.hide()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addWidget(WrappedLabel("Paper copies", Look.TITLE))
        for widget in (self.check, self._heading, self._says):
            column.addWidget(widget)
        column.insertLayout(2, doors)
        column.addLayout(self._list)
        column.addWidget(self._further, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        scroll = scrolling(inside)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scroll)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the list anew."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read the list anew; an older reading that is still under way is dropped."""
        if self._asked is not None:
            self._asked.cancel()
        self._asked = self._desk.run("read the pages to replace", paper_copies.recall_list, done=self._on_read)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and not changes.drafts_only:
            self.refresh()

    @Slot(object)
    def _on_read(self, read: RecallList) -> None:
        self._asked = None
        if read.still_looking:
            self._says.setText(f"Looking at the pages of {person_words.more_words(read.still_looking)}…")
            self.refresh()
            return
        self._says.setText(_count_words(read))
        if self._shown == read:
            return
        self._shown = read
        self._show_rows()

    def _show_rows(self) -> None:
        if self._shown is None:
            return
        for row in self._rows:
            self._list.removeWidget(row)
            row.deleteLater()
        people = self._shown.people
        self._rows = [self._row(person) for person in people[: self._most]]
        for row in self._rows:
            self._list.addWidget(row)
            row.show()
        left = len(people) - len(self._rows)
        self._further.setText(f"Show {person_words.more_words(min(left, AT_FIRST))}")
        self._further.setVisible(left > 0)

    def _row(self, person: PersonToVisit) -> QWidget:
        name = person_words.name_words(person.row)
        card = QFrame()
        wear(card, Look.CARD)
        group = Group(f"Pages of {name}")
        outer = QVBoxLayout(card)
        outer.setContentsMargins(16, 12, 16, 12)
        outer.addWidget(group)
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(WrappedLabel(person_words.identity_line(person.row, today(self._desk.now())), Look.KEY_LINE))
        for page in person.pages:
            column.addWidget(WrappedLabel(page_words(page)))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for words, spoken, pressed in (
            ("Print a new copy", f"Print a new copy for {name}", self._on_print),
            ("What became of them", f"What became of the pages of {name}", self._on_pages),
        ):
            button = QPushButton(words)
            button.setAccessibleName(spoken)
            button.setProperty("person_id", person.row.id)
            button.clicked.connect(pressed)
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.addLayout(buttons)
        return card

    @Slot()
    def _on_door(self) -> None:
        if (door := self.sender()) is not None:
            self._desk.place_wanted.emit(Place(str(door.property("kind"))))

    @Slot()
    def _on_further(self) -> None:
        self._most += AT_FIRST
        self._show_rows()

    @Slot()
    def _on_print(self) -> None:
        if (button := self.sender()) is not None:
            self._desk.print_wanted.emit(str(button.property("person_id")), "")

    @Slot()
    def _on_pages(self) -> None:
        if (button := self.sender()) is not None:
            self._on_register(str(button.property("person_id")))

    @Slot(str)
    def _on_register(self, person_id: str) -> None:
        self._desk.place_wanted.emit(Place("paper_register", person_id))


def _count_words(read: RecallList) -> str:
    if not read.people:
        return NOTHING
    pages = f"{read.pages:,} page{'' if read.pages == 1 else 's'}"
    people = f"{len(read.people):,} {'person' if len(read.people) == 1 else 'people'}"
    return f"{pages} of {people} say something that has changed since. Take the new copy there and the old one away."
