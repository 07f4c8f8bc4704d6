"""The rows of the caseload as Qt's views read them: fetched a page at a time, never sorted again under the pointer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.dates import today
from eolc_desktop.record.people import Page, PersonRow
from eolc_desktop.views import person_words

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole + 1
"""The role under which a cell gives its whole `PersonRow`."""
SECOND = Qt.ItemDataRole.UserRole + 2
"""The role of the smaller line under the cell's words."""
FIRST_PAGE = 40
"""Rows read at first: more than any screen shows, few enough for a keystroke."""
NEXT_PAGE = 200


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the caseload: its heading, its words, and the smaller line beneath them."""

    heading: str
    words: Callable[[PersonRow], str]
    second: Callable[[PersonRow], str]


def _nothing(_row: PersonRow) -> str:
    return ""


def _labelled(label: str, words: Callable[[PersonRow], str]) -> Callable[[PersonRow], str]:
    def with_label(row: PersonRow) -> str:
        said = words(row)
        return f"{label} {said}" if said else ""

    return with_label


class CaseloadModel(QAbstractTableModel):
    """The people found, in the order of their names, as far as they have been read.

    With `narrow` the same facts stand in four columns of two lines, so that nothing is cut off in a small window or
    with large text.

    Signals:
        more_wanted: the view came to the end of what has been read; the page is to be fetched from this offset.
    """

    more_wanted = Signal(int)

    def __init__(self, catalogue: Catalogue, now: Callable[[], datetime], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._catalogue = catalogue
        self._now = now
        self._rows: list[PersonRow] = []
        self._total = 0
        self._is_asked_for = False
        self._wide, self._narrow = self._wide_columns(), self._narrow_columns()
        self._columns = self._wide
        self._cells: dict[tuple[int, int], tuple[str, str]] = {}
        self._places: dict[str, str] = {}

    @property
    def total(self) -> int:
        """How many people are found, read already or not."""
        return self._total

    @property
    def is_narrow(self) -> bool:
        """Whether the facts stand in four columns."""
        return self._columns is self._narrow

    def row_at(self, index: Index) -> PersonRow | None:
        """The person of a cell, or None."""
        return self._rows[index.row()] if index.isValid() and index.row() < len(self._rows) else None

    def person(self, person_id: str) -> PersonRow | None:
        """A person's row as it is shown, or None for one who is not among those read."""
        place = self.place_of(person_id)
        return self._rows[place] if place >= 0 else None

    def place_of(self, person_id: str) -> int:
        """The row in which a person stands among those read; -1 for none."""
        return next((place for place, row in enumerate(self._rows) if row.id == person_id), -1)

    def cell(self, place: int, column: int) -> tuple[str, str]:
        """The words of a cell: the first line and the smaller one beneath. Made once, for each keystroke paints and
        measures them."""
        made = self._cells.get((place, column))
        if made is None:
            row, described = self._rows[place], self._columns[column]
            made = (person_words.on_one_line(described.words(row)), person_words.on_one_line(described.second(row)))
            self._cells[place, column] = made
        return made

    def show_page(self, page: Page) -> None:
        """Show a new list from its first page."""
        self.beginResetModel()
        self._rows = list(page.rows)
        self._cells.clear()
        self._total = page.total
        self._is_asked_for = False
        self.endResetModel()

    def add_page(self, page: Page) -> None:
        """Add the next page at the end; one that does not follow what is there is passed over."""
        self._is_asked_for = False
        if page.offset != len(self._rows) or not page.rows:
            return
        last = page.offset + len(page.rows) - 1
        self.beginInsertRows(QModelIndex(), page.offset, last)
        self._rows += page.rows
        self.endInsertRows()

    def give_up_fetching(self) -> None:
        """The next page did not come; it may be asked for again."""
        self._is_asked_for = False

    def renew(self, rows: Sequence[PersonRow]) -> bool:
        """Show what changed about people in the rows where they stand. Returns whether one of them is not there."""
        is_missing = False
        for row in rows:
            place = self.place_of(row.id)
            if place < 0:
                is_missing = True
                continue
            self._rows[place] = row
            for column in range(len(self._columns)):
                self._cells.pop((place, column), None)
            self.dataChanged.emit(self.index(place, 0), self.index(place, len(self._columns) - 1))
        return is_missing

    def headings(self, *, narrow: bool) -> tuple[str, ...]:
        """The headings of the columns in one of the two forms."""
        return tuple(column.heading for column in (self._narrow if narrow else self._wide))

    def use_narrow(self, narrow: bool) -> None:
        """Choose between eight columns and four."""
        if narrow != self.is_narrow:
            self.beginResetModel()
            self._columns = self._narrow if narrow else self._wide
            self._cells.clear()
            self.endResetModel()

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many rows have been read."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there are people found that have not been read."""
        return not parent.isValid() and len(self._rows) < self._total and not self._is_asked_for

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next page; it arrives later."""
        if self.canFetchMore(parent):
            self._is_asked_for = True
            self.more_wanted.emit(len(self._rows))

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The headings of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a cell."""
        row = self.row_at(index)
        if row is None:
            return None
        column = self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.words(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                if index.column() == 0:
                    return person_words.spoken(row, today(self._now()))
                second = column.second(row)
                return f"{column.heading}: {column.words(row)}" + (f", {second}" if second else "")
            case _ if role == SECOND:
                return column.second(row)
            case _ if role == ROW:
                return row
        return None

    # The columns

    def _wide_columns(self) -> tuple[Column, ...]:
        return (
            Column("Name", person_words.name_words, person_words.state_words),
            Column("Preferred name", _preferred, _nothing),
            Column("Born", self._born, _nothing),
            Column("NHS No.", person_words.nhs_words, _nothing),
            Column("CPR", person_words.cpr_words, _nothing),
            Column("Preferred place", self._place, _nothing),
            Column("Review", person_words.review_words, _nothing),
            Column("Last change", self._changed, _nothing),
        )

    def _narrow_columns(self) -> tuple[Column, ...]:
        return (
            Column("Name", person_words.name_words, _preferred_and_state),
            Column("Born", self._born, _labelled("NHS No.", person_words.nhs_words)),
            Column("Place", self._place, _labelled("CPR:", person_words.cpr_words)),
            Column("Review", person_words.review_words, _labelled("Changed", self._changed)),
        )

    def _born(self, row: PersonRow) -> str:
        return person_words.born_words(row, today(self._now()))

    def _place(self, row: PersonRow) -> str:
        words = self._places.get(row.preferred_death)
        if words is None:
            words = self._places[row.preferred_death] = person_words.place_words(row, self._catalogue)
        return words

    def _changed(self, row: PersonRow) -> str:
        return person_words.changed_words(row, self._now())


def _preferred(row: PersonRow) -> str:
    return row.preferred_name


def _preferred_and_state(row: PersonRow) -> str:
    preferred = f"“{row.preferred_name}”" if row.preferred_name else ""
    return " · ".join(part for part in (preferred, person_words.state_words(row)) if part)
