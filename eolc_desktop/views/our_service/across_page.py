"""Voices and carers: the registers that run across everybody's plans, each line leading to where it stands."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look
from eolc_desktop.services import across_people
from eolc_desktop.services.across_people import REGISTERS, TITLES, RegisterRead
from eolc_desktop.services.session import Changes
from eolc_desktop.views import person_words
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.choice_editors import Menu
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.our_service.number_table import NumberTable
from eolc_desktop.views.our_service.sheet_buttons import Preparing, SheetButtons
from eolc_desktop.views.places import Place
from eolc_desktop.views.titled_page import TitledPage
from eolc_desktop.views.widgets.empty_state import EmptyState
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

WAITING, EVERYTHING = "waiting", "everything"
AT_FIRST = 200
"""Lines shown at first, and each time more are asked for."""


class AcrossPage(TitledPage):
    """One register at a time, chosen above its table."""

    scrolls = False

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Voices and carers", parent=parent)
        self._found: RegisterRead | None = None
        self._most = AT_FIRST
        self._which, self._what = Menu(), Menu()
        for key, words in TITLES:
            self._which.addItem(words, key)
        self._what.addItem("What still waits", WAITING)
        self._what.addItem("Everything recorded", EVERYTHING)
        line = QWidget()
        row = FlowLayout(line, across=16, at_bottom=True)
        for words, menu in (("Register", self._which), ("Show", self._what)):
            menu.setAccessibleName(words)
            menu.setMinimumContentsLength(22)
            menu.activated.connect(self._on_choice)
            row.addWidget(LabelledRow(words, menu))
        sheets = SheetButtons(desk, self._preparing)
        row.addWidget(sheets)
        self._intro = WrappedLabel("", Look.SECONDARY)
        self._says = WrappedLabel("", Look.KEY_LINE)
        self._open = self.button("Open where it stands", self._on_open, Look.PRIMARY)
        self._more = self.button(f"List {AT_FIRST} more", self._on_more)
        buttons = FlowLayout(across=8)
        for button in (self._open, self._more):
            buttons.addWidget(button)
        self._place = QVBoxLayout()
        self._table: NumberTable | None = None
        self._empty = EmptyState("")
        for widget in (line, self._intro, self._says):
            self.column.addWidget(widget)
        self.column.addLayout(self._place, 1)
        self.column.addWidget(self._empty, 1)
        self.column.addLayout(buttons)
        desk.changed.connect(self._on_changed)

    @classmethod
    def for_place(cls, desk: Desk, place: Place) -> AcrossPage:
        """The page for a place, whose document is the key of a register."""
        page = cls(desk)
        page._which.setCurrentIndex(max(0, page._which.findData(place.document)))
        return page

    def focus_first(self) -> None:
        """Give the keyboard to the choice of the register."""
        self._which.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Read anew."""
        super().showEvent(event)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the register that is chosen anew."""
        key = str(self._which.currentData() or REGISTERS[0].key)
        everything = self._what.currentData() == EVERYTHING
        self.desk.run(
            "read a register", partial(across_people.read, everything=everything), key, done=self._on_read
        )  # fmt: skip

    @Slot()
    def _on_choice(self) -> None:
        self._most = AT_FIRST
        self.refresh()

    @Slot()
    def _on_more(self) -> None:
        self._most += AT_FIRST
        if self._found is not None:
            self._on_read(self._found)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and not changes.drafts_only:
            self.refresh()

    @Slot(object)
    def _on_read(self, found: RegisterRead) -> None:
        self._found = found
        waits = "waits" if self._what.currentData() == WAITING else "is recorded"
        self._empty.say(f"Nothing {waits} in this register.")
        self._intro.setText(found.intro)
        self._says.setText(found.says)
        if self._table is not None:
            self._place.removeWidget(self._table)
            self._table.hide()
            self._table.deleteLater()
        table = NumberTable(found.title, ("Whose plan", *found.columns), fills=True)
        shown = found.lines[: self._most]
        table.show_rows([(person_words.name_words(line.row), *line.cells) for line in shown])
        self._empty.setVisible(not shown)
        self._more.setVisible(len(found.lines) > len(shown))
        table.activated.connect(self._on_activated)
        self._table = table
        self._place.addWidget(table)
        table.setVisible(bool(shown))
        if found.lines:
            table.setCurrentCell(0, 0)
        self._open.setVisible(bool(found.lines))

    @Slot(QModelIndex)
    def _on_activated(self, _index: QModelIndex) -> None:
        self._on_open()

    @Slot()
    def _on_open(self) -> None:
        row = self._table.currentRow() if self._table is not None else -1
        if self._found is not None and 0 <= row < len(self._found.lines):
            line = self._found.lines[row]
            self.desk.entry_wanted.emit(line.row.id, line.place)

    def _preparing(self) -> Preparing | None:
        found = self._found
        if found is None:
            return None
        names = {line.row.id: person_words.name_words(line.row) for line in found.lines}
        return lambda session: across_people.prepare_sheet(session, found, names)
