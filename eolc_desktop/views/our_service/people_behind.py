"""The people behind a figure: a list of names that leads to each plan."""

from __future__ import annotations

import json
from dataclasses import dataclass

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from eolc_desktop.care_plan.dates import today
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import measures
from eolc_desktop.views import person_words
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.places import Place
from eolc_desktop.views.titled_page import TitledPage
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


@dataclass(frozen=True, slots=True)
class Behind:
    """Which figure, in words, and whose ids are behind it. No name is in it."""

    title: str
    words: str
    ids: tuple[str, ...]

    def kept(self) -> str:
        """As the document of a place."""
        return json.dumps([self.title, self.words, list(self.ids)])

    @classmethod
    def of(cls, kept: str) -> Behind:
        """What `kept` wrote."""
        title, words, ids = json.loads(kept)
        return cls(title, words, tuple(ids))


class PeopleBehindPage(TitledPage):
    """The list. Enter opens the plan that is marked."""

    scrolls = False

    def __init__(self, desk: Desk, behind: Behind, parent: QWidget | None = None) -> None:
        super().__init__(desk, "The people behind a figure", parent)
        self._behind = behind
        self.column.addWidget(WrappedLabel(f"{behind.title}. {behind.words}"))
        self._says = WrappedLabel("")
        self.column.addWidget(self._says)
        self._list = QListWidget()
        self._list.setAccessibleName("People")
        self._list.setWordWrap(True)
        self._list.itemActivated.connect(self._on_open)
        self.column.addWidget(self._list, 1)
        self._open = self.button("Open the plan", self._on_open)
        self.column.addWidget(self._open, 0, Qt.AlignmentFlag.AlignLeft)

    @classmethod
    def for_place(cls, desk: Desk, place: Place) -> PeopleBehindPage:
        """The page for a place."""
        return cls(desk, Behind.of(place.document))

    def focus_first(self) -> None:
        """Give the keyboard to the list."""
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def showEvent(self, event: QShowEvent) -> None:
        """Read the names."""
        super().showEvent(event)
        self.desk.run("read the people behind", measures.rows, self._behind.ids, done=self._on_rows)

    @Slot(object)
    def _on_rows(self, rows: tuple[PersonRow, ...]) -> None:
        self._list.clear()
        on = today(self.desk.now())
        for row in rows:
            item = QListWidgetItem(person_words.identity_line(row, on))
            item.setData(Qt.ItemDataRole.UserRole, row.id)
            self._list.addItem(item)
        self._says.setText("1 person." if len(rows) == 1 else f"{len(rows):,} people.")
        self._open.setEnabled(bool(rows))
        if rows:
            self._list.setCurrentRow(0)

    @Slot()
    def _on_open(self) -> None:
        item = self._list.currentItem()
        if item is not None:
            self.desk.person_wanted.emit(str(item.data(Qt.ItemDataRole.UserRole)))
