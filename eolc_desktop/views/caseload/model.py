"""The rows of the caseload as Qt's views read them: fetched a page at a time, never sorted again under the pointer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from eolc_desktop.care_plan.catalogue import Catalogue
from eolc_desktop.care_plan.dates import today
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services.caseload_table import USUAL, Group, Listed
from eolc_desktop.views import person_words
from eolc_desktop.views.caseload.columns import Column, Columns

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole + 1
"""The role under which a cell gives its whole `PersonRow`."""
SECOND = Qt.ItemDataRole.UserRole + 2
"""The role of the smaller line under the cell's words."""
FIRST_PAGE = 40
"""Rows read at first: more than any screen shows, few enough for a keystroke."""
NEXT_PAGE = 200
Item = PersonRow | Group
"""A line of the table: a person, or the heading above the people of a group."""


class CaseloadModel(QAbstractTableModel):
    """The people found, in the order they were asked for in, as far as they have been read.

    With `narrow` the same facts stand in fewer columns of two lines, so that nothing is cut off in a small window or
    with large text. People can be picked, one by one, for what is printed or talked about; they stay picked whatever
    is shown.

    Signals:
        more_wanted: the view came to the end of what has been read; the page is to be fetched from this offset.
        picked_changed: somebody was picked, or is no longer.
    """

    more_wanted = Signal(int)
    picked_changed = Signal()

    def __init__(
        self, catalogue: Callable[[], Catalogue], now: Callable[[], datetime], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._now = now
        self._made = Columns(catalogue, now)
        self._items: list[Item] = []
        self._read = 0
        self._total = 0
        self._is_asked_for = False
        self._is_narrow = False
        self._chosen: tuple[str, ...] = USUAL
        self._wide, self._narrow = self._made.wide(USUAL), self._made.narrow(USUAL)
        self._cells: dict[tuple[int, int], tuple[str, str]] = {}
        self._groups: Mapping[str, Group] = {}
        self._picked: dict[str, None] = {}

    @property
    def total(self) -> int:
        """How many people are found, read already or not."""
        return self._total

    @property
    def is_narrow(self) -> bool:
        """Whether the facts stand two by two."""
        return self._is_narrow

    @property
    def picked(self) -> tuple[str, ...]:
        """The ids of those who were picked, in the order they were picked in."""
        return tuple(self._picked)

    def row_at(self, index: Index) -> PersonRow | None:
        """The person of a cell, or None."""
        item = self._items[index.row()] if index.isValid() and index.row() < len(self._items) else None
        return item if isinstance(item, PersonRow) else None

    def group_at(self, place: int) -> Group | None:
        """The group whose heading a line is, or None."""
        item = self._items[place]
        return item if isinstance(item, Group) else None

    def person(self, person_id: str) -> PersonRow | None:
        """A person's row as it is shown, or None for one who is not among those read."""
        place = self.place_of(person_id)
        item = self._items[place] if place >= 0 else None
        return item if isinstance(item, PersonRow) else None

    def place_of(self, person_id: str) -> int:
        """The line in which a person stands among those read; -1 for none."""
        found = (n for n, item in enumerate(self._items) if isinstance(item, PersonRow) and item.id == person_id)
        return next(found, -1)

    def next_person(self, place: int, by: int) -> int:
        """The line of the next person from a line on, one way or the other; -1 for none."""
        while 0 <= place < len(self._items):
            if isinstance(self._items[place], PersonRow):
                return place
            place += by
        return -1

    def cell(self, place: int, column: int) -> tuple[str, str]:
        """The words of a cell: the first line and the smaller one beneath. Made once, for each keystroke paints and
        measures them."""
        made = self._cells.get((place, column))
        if made is None:
            item = self._items[place]
            if isinstance(item, Group):
                made = (group_words(item) if column == 0 else "", "")
            else:
                described = self._columns[column]
                first, second = described.words(item), described.second(item)
                if column == 0 and item.id in self._picked:
                    second = " · ".join(part for part in ("Picked", second) if part)
                made = (person_words.on_one_line(first), person_words.on_one_line(second))
            self._cells[place, column] = made
        return made

    # What is shown

    def arrange(self, columns: tuple[str, ...]) -> None:
        """Show these columns beside the name."""
        if columns != self._chosen:
            self.beginResetModel()
            self._chosen = columns
            self._wide, self._narrow = self._made.wide(columns), self._made.narrow(columns)
            self._cells.clear()
            self.endResetModel()

    def show_page(self, listed: Listed) -> None:
        """Show a new list from its first page."""
        self.beginResetModel()
        self._groups = {group.key: group for group in listed.groups}
        self._items = self._lines(listed)
        self._read = len(listed.page.rows)
        self._cells.clear()
        self._total = listed.page.total
        self._is_asked_for = False
        self.endResetModel()

    def add_page(self, listed: Listed) -> None:
        """Add the next page at the end; one that does not follow what is there is passed over."""
        self._is_asked_for = False
        page = listed.page
        if page.offset != self._read or not page.rows:
            return
        more = self._lines(listed)
        self.beginInsertRows(QModelIndex(), len(self._items), len(self._items) + len(more) - 1)
        self._items += more
        self._read += len(page.rows)
        self.endInsertRows()

    def _lines(self, listed: Listed) -> list[Item]:
        """The people of a page, each group with its heading before the first of it."""
        lines: list[Item] = []
        last = self._last_group if listed.page.offset else None
        for row in listed.page.rows:
            key = listed.group_of.get(row.id)
            if key is not None and key != last and key in self._groups:
                lines.append(self._groups[key])
                last = key
            lines.append(row)
        self._last_group = last
        return lines

    _last_group: str | None = None

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
            self._items[place] = row
            self._forget_words(place)
        return is_missing

    def pick(self, place: int) -> None:
        """Pick the person of a line, or put them back."""
        item = self._items[place] if 0 <= place < len(self._items) else None
        if isinstance(item, PersonRow):
            if item.id in self._picked:
                del self._picked[item.id]
            else:
                self._picked[item.id] = None
            self._forget_words(place)
            self.picked_changed.emit()

    def pick_none(self) -> None:
        """Put everybody back."""
        places = [place for key in self._picked if (place := self.place_of(key)) >= 0]
        self._picked.clear()
        for place in places:
            self._forget_words(place)
        self.picked_changed.emit()

    def _forget_words(self, place: int) -> None:
        for column in range(len(self._columns)):
            self._cells.pop((place, column), None)
        self.dataChanged.emit(self.index(place, 0), self.index(place, len(self._columns) - 1))

    def columns(self, *, narrow: bool) -> tuple[Column, ...]:
        """The columns in one of the two forms."""
        return self._narrow if narrow else self._wide

    @property
    def _columns(self) -> tuple[Column, ...]:
        return self._narrow if self._is_narrow else self._wide

    def use_narrow(self, narrow: bool) -> None:
        """Choose between a column for each fact, and columns of two."""
        if narrow != self._is_narrow:
            self.beginResetModel()
            self._is_narrow = narrow
            self._cells.clear()
            self.endResetModel()

    # What Qt asks

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many lines there are so far."""
        return 0 if parent.isValid() else len(self._items)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """How many columns there are."""
        return 0 if parent.isValid() else len(self._columns)

    def canFetchMore(self, parent: Index) -> bool:
        """Whether there are people found that have not been read."""
        return not parent.isValid() and self._read < self._total and not self._is_asked_for

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next page; it arrives later."""
        if self.canFetchMore(parent):
            self._is_asked_for = True
            self.more_wanted.emit(self._read)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """The heading of a group is read, and never stopped at."""
        if index.isValid() and self.row_at(index) is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

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
            group = self.group_at(index.row()) if index.isValid() else None
            is_words = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return group_words(group) if group is not None and index.column() == 0 and is_words else None
        column = self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return column.words(row)
            case Qt.ItemDataRole.AccessibleTextRole:
                if index.column() == 0:
                    picked = ", picked" if row.id in self._picked else ""
                    return person_words.spoken(row, today(self._now())) + picked
                second = column.second(row)
                return f"{column.heading}: {column.words(row)}" + (f", {second}" if second else "")
            case _ if role == SECOND:
                return column.second(row)
            case _ if role == ROW:
                return row
        return None


def group_words(group: Group) -> str:
    """ "Amber (weeks): 12 people"."""
    return f"{group.words}: {'1 person' if group.people == 1 else f'{group.people:,} people'}"
