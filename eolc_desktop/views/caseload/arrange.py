"""The panel beside the caseload in which it is arranged: sorted, grouped, narrowed, with columns of choice."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.services import caseload_table
from eolc_desktop.services.caseload_table import (
    BY_KEY,
    COLUMNS,
    GROUPS,
    MOST_COLUMNS,
    OF_CHOICE,
    Arrangement,
    Group,
    Wanted,
)
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.choice_editors import Menu
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.scrolling import scrolling
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

LETTERS_WIDE = 38


class ArrangePanel(QWidget):
    """What the user changes is shown at once; `wanted` is what the list shows now.

    Signals:
        arranged: an `Arrangement`.
        closed: the panel is to be put away.
    """

    arranged = Signal(object)
    closed = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._wanted = Wanted()
        self._build()
        self.show_wanted(Wanted())

    def focus_first(self) -> None:
        """Give the keyboard to the first choice."""
        self._sort.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_wanted(self, wanted: Wanted) -> None:
        """Show how the list is arranged now."""
        self._wanted = wanted
        how = wanted.arranged
        self._sort.setCurrentIndex(self._sort.findData(how.sort))
        self._from_end.setChecked(how.descending)
        self._group.setCurrentIndex(self._group.findData(how.group))
        for key, box in self._boxes.items():
            box.setChecked(key in how.columns)
            box.setEnabled(key in how.columns or len(how.columns) < MOST_COLUMNS)
        self._show_narrowed()

    # The panel

    def _build(self) -> None:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(WrappedLabel("Arrange the list", Look.HEADING))
        self._sort, self._group, self._by, self._to = Menu(), Menu(), Menu(), Menu()
        for menu in (self._sort, self._group, self._by, self._to):
            menu.setMinimumContentsLength(12)
        for each in COLUMNS:
            self._sort.addItem(each.heading, each.key)
        self._sort.activated.connect(self._on_sort)
        self._from_end = QCheckBox("From the other end")
        self._from_end.clicked.connect(self._on_sort)
        self._group.addItem("Not in groups", "")
        self._by.addItem("Choose what by", "")
        for each in GROUPS:
            self._group.addItem(each.heading, each.key)
            self._by.addItem(each.heading, each.key)
        self._group.activated.connect(self._on_group)
        self._by.activated.connect(self._on_by)
        self._to.activated.connect(self._on_to)
        self._to_row = LabelledRow("To", self._to)
        column.addWidget(LabelledRow("Sort by", self._sort))
        column.addWidget(self._from_end)
        column.addWidget(LabelledRow("Put in groups by", self._group))
        column.addWidget(LabelledRow("Narrow the list by", self._by))
        column.addWidget(self._to_row)
        self._to_row.hide()
        self._narrowed = QVBoxLayout()
        self._narrowed.setSpacing(4)
        column.addLayout(self._narrowed)
        column.addWidget(WrappedLabel("Columns", Look.HEADING))
        column.addWidget(WrappedLabel(f"Name, date of birth and NHS number always; {MOST_COLUMNS} at most.", Look.META))
        self._boxes: dict[str, QCheckBox] = {}
        for each in OF_CHOICE:
            box = QCheckBox(each.heading)
            box.setAccessibleName(f"Column: {each.heading}")
            box.setProperty("column", each.key)
            box.clicked.connect(self._on_column)
            self._boxes[each.key] = box
            column.addWidget(box)
        usual = QPushButton("As it was at first")
        usual.clicked.connect(self._on_usual)
        close = QPushButton("Close this panel")
        close.clicked.connect(self.closed)
        column.addWidget(usual)
        column.addWidget(close)
        column.addStretch(1)
        scroll = scrolling(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _show_narrowed(self) -> None:
        while (item := self._narrowed.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for key, value in self._wanted.arranged.narrowed:
            words = caseload_table.value_words(self._desk.session.catalogue, BY_KEY[key], value)
            self._narrowed.addWidget(WrappedLabel(f"Only {BY_KEY[key].heading}: {words}"))
            button = QPushButton("Show the others too")
            button.setAccessibleName(f"Show the others too: not only {BY_KEY[key].heading}, {words}")
            wear(button, Look.QUIET)
            button.setProperty("column", key)
            button.clicked.connect(self._on_widen)
            self._narrowed.addWidget(button)

    # What the user does

    def _say(self, arranged: Arrangement) -> None:
        self._wanted = replace(self._wanted, arranged=arranged)
        self.arranged.emit(arranged)

    @Slot()
    def _on_sort(self) -> None:
        how = self._wanted.arranged
        self._say(replace(how, sort=str(self._sort.currentData()), descending=self._from_end.isChecked()))

    @Slot()
    def _on_group(self) -> None:
        self._say(replace(self._wanted.arranged, group=str(self._group.currentData())))

    @Slot()
    def _on_by(self) -> None:
        by = str(self._by.currentData())
        self._to_row.setVisible(bool(by))
        self._to.clear()
        if by:
            service = caseload_table.values_to_narrow
            self._desk.run("values to narrow by", service, self._wanted, by, done=self._on_values)

    @Slot(object)
    def _on_values(self, values: tuple[Group, ...]) -> None:
        self._to.clear()
        self._to.addItem("Anything", None)
        for value in values:
            self._to.addItem(f"{value.words} ({value.people:,})", value.key)

    @Slot()
    def _on_to(self) -> None:
        value = self._to.currentData()
        self._say(self._wanted.arranged.narrow(str(self._by.currentData()), None if value is None else str(value)))

    @Slot()
    def _on_widen(self) -> None:
        key = str(self.sender().property("column"))
        self._by.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say(self._wanted.arranged.narrow(key, None))

    @Slot()
    def _on_column(self) -> None:
        box = self.sender()
        if isinstance(box, QCheckBox):
            self._say(self._wanted.arranged.with_column(str(box.property("column")), box.isChecked()))

    @Slot()
    def _on_usual(self) -> None:
        self._say(Arrangement())
