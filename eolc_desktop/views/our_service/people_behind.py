"""The people behind a figure: a list of names that leads to each plan."""

from __future__ import annotations

import json
from dataclasses import dataclass

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from eolc_desktop.desktop.background import Work
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import measures
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.list_page import ListPage
from eolc_desktop.views.people_list import PersonLine
from eolc_desktop.views.places import Place
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


class PeopleBehindPage(ListPage):
    """The list. Enter opens the plan that is marked."""

    page_title = "The people behind a figure"
    list_name = "People"

    def __init__(self, desk: Desk, behind: Behind, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._behind = behind
        self.column.insertWidget(1, WrappedLabel(f"{behind.title}. {behind.words}"))
        self.open.setText("Open the plan")

    @classmethod
    def for_place(cls, desk: Desk, place: Place) -> PeopleBehindPage:
        """The page for a place."""
        return cls(desk, Behind.of(place.document))

    def read(self) -> Work:
        """Ask for the names."""
        return self.desk.run("read the people behind", measures.rows, self._behind.ids, done=self._on_rows)

    @Slot(object)
    def _on_rows(self, rows: tuple[PersonRow, ...]) -> None:
        self.show_list([PersonLine(row) for row in rows], "1 person." if len(rows) == 1 else f"{len(rows):,} people.")

    @Slot(object)
    def _on_chosen(self, row: PersonRow) -> None:
        self.desk.person_wanted.emit(row.id)
