"""What it adds up to: every figure in words, with a bar chart, its table, its definition, and the people behind it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from eolc_desktop.care_plan.counted_people import GROUPINGS, grouping
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.services import figures_out, measures
from eolc_desktop.services.figures_out import HIDES, Shown, period_words
from eolc_desktop.services.measures import Read
from eolc_desktop.services.roles import Right, may
from eolc_desktop.services.session import Changes
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.choice_editors import Menu
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.our_service.number_table import NumberTable
from eolc_desktop.views.our_service.people_behind import Behind
from eolc_desktop.views.our_service.sheet_buttons import Preparing, SheetButtons
from eolc_desktop.views.places import Place
from eolc_desktop.views.titled_page import TitledPage
from eolc_desktop.views.widgets import ask
from eolc_desktop.views.widgets.chart import Bar, BarChart
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.scrolling import scrolling
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

TITLE = "What it adds up to"
TEAM, OTHERS = "team", "others"
NO_AREAS = "No areas are entered yet: see Areas and deprivation, under Our service."
LEAD = "Counted from what the plans on this computer record, now. What nobody recorded is not counted as if it were."


class MeasuresPage(TitledPage):
    """The measures at the left, the chosen one at the right."""

    scrolls = False

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, TITLE, parent)
        self._read: Read | None = None
        self._shown: tuple[Shown, ...] = ()
        self._choices()
        self._says = WrappedLabel(LEAD, Look.SECONDARY)
        self.column.addWidget(self._says)
        self._list = QListWidget()
        self._list.setAccessibleName("Measures")
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setVerticalScrollMode(QListWidget.ScrollMode.ScrollPerPixel)
        self._list.setSpacing(2)
        self._list.currentRowChanged.connect(self._on_row)
        self._list.setMinimumWidth(self.fontMetrics().averageCharWidth() * 30)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self._list, 2)
        body.addWidget(self._detail(), 3)
        self.column.addLayout(body, 1)
        desk.changed.connect(self._on_changed)

    @classmethod
    def for_place(cls, desk: Desk, _place: Place) -> MeasuresPage:
        """The page for a place."""
        return cls(desk)

    def focus_first(self) -> None:
        """Give the keyboard to the measures."""
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    # Building

    def _choices(self) -> None:
        self._span, self._group, self._readers = Menu(), Menu(), Menu()
        for one in GROUPINGS:
            self._group.addItem(one.words, one.key)
        self._readers.addItem("Our team", TEAM)
        self._readers.addItem("Others: small numbers hidden", OTHERS)
        line = QWidget()
        row = FlowLayout(line, across=16)
        for words, menu in (("Time", self._span), ("Broken down by", self._group), ("For", self._readers)):
            menu.setMinimumContentsLength(24)
            menu.setAccessibleName(words)
            row.addWidget(LabelledRow(words, menu))
        self._span.activated.connect(self.refresh)
        self._group.activated.connect(self.refresh)
        self._readers.activated.connect(self._on_readers)
        self._sheets = SheetButtons(self.desk, self._preparing)
        self._csv = self.button("Save as CSV…", self._on_csv)
        self._csv.setEnabled(may(self.desk.session, Right.SHARE))
        row.addWidget(self._sheets)
        row.addWidget(self._csv)
        self.column.addWidget(line)

    def _detail(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        self._title = WrappedLabel("", Look.HEADING)
        self._figure = WrappedLabel("", Look.KEY_LINE)
        self._definition = WrappedLabel("")
        self._source = WrappedLabel("", Look.SECONDARY)
        self._hides = WrappedLabel("", Look.INFORMATION)
        self._hides.setMargin(8)
        self._holding = self.button("", self._on_holding)
        self._others = self.button("", self._on_others)
        ways = QWidget()
        flow = FlowLayout(ways, across=8)
        flow.addWidget(self._holding)
        flow.addWidget(self._others)
        self._by = WrappedLabel("", Look.FIELD_LABEL)
        self._chart = BarChart("by group")
        self._table = NumberTable("Numbers by group", ("Group", "Number", "Of", "Share"))
        self._year_words = WrappedLabel("By year", Look.FIELD_LABEL)
        self._years = NumberTable("Numbers by year", ("Year", "Number", "Of", "Share"))
        for widget in (
            self._title, self._figure, self._definition, self._source, self._hides, ways, self._by, self._chart,
            self._table, self._year_words, self._years,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addStretch(1)
        scroll = scrolling(inside)
        wear(scroll, Look.CARD)
        return scroll

    # Reading

    def showEvent(self, event: QShowEvent) -> None:
        """Count anew."""
        super().showEvent(event)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Count anew, in the time and by the groups that are chosen."""
        span = str(self._span.currentData() or "year")
        group = str(self._group.currentData() or GROUPINGS[0].key)
        self.desk.run("count the figures", measures.read, span, group, done=self._on_read)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and not changes.drafts_only:
            self.refresh()

    @Slot(object)
    def _on_read(self, read: Read) -> None:
        self._read = read
        if self._span.count() != len(read.spans):
            self._span.clear()
            for one in read.spans:
                self._span.addItem(one.words, one.key)
        self._span.setCurrentIndex(self._span.findData(read.span.key))
        self._says.setText(f"{period_words(read)} {read.people:,} people are recorded in all. {LEAD}")
        self._show()

    @Slot()
    def _on_readers(self) -> None:
        self._show()

    @property
    def _for_others(self) -> bool:
        return bool(self._readers.currentData() == OTHERS)

    def _show(self) -> None:
        if self._read is None:
            return
        self._shown = figures_out.shown(self._read, for_others=self._for_others)
        row = max(0, self._list.currentRow())
        self._list.blockSignals(True)
        self._list.clear()
        for one in self._shown:
            item = QListWidgetItem(f"{one.title}\n{one.says}")
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{one.title}: {one.says}")
            self._list.addItem(item)
        self._list.setCurrentRow(min(row, len(self._shown) - 1))
        self._list.blockSignals(False)
        self._on_row(self._list.currentRow())

    @Slot(int)
    def _on_row(self, row: int) -> None:
        if self._read is None or not 0 <= row < len(self._shown):
            return
        one = self._shown[row]
        group = grouping(self._read.figures.grouping)
        self._title.setText(one.title)
        self._figure.setText(one.says)
        self._definition.setText(one.definition)
        self._source.setText(f"Source: {one.source}")
        no_areas = group.key == "deprivation" and not self._read.has_areas and not one.is_places
        self._hides.setText(HIDES if self._for_others else NO_AREAS)
        self._hides.setVisible(self._for_others or no_areas)
        count = one.whole.count
        rest = count.total - count.n
        self._holding.setText(f"Who the {count.n:,} are" if not one.is_places else f"Who the {count.total:,} are")
        self._others.setText(f"Who the other {rest:,} are")
        self._holding.setVisible(not self._for_others and count.n > 0)
        self._others.setVisible(not self._for_others and rest > 0 and not one.is_places)
        self._by.setText("By place" if one.is_places else f"By {group.words.lower()}. {group.told_from}")
        seen = [line for line in one.groups if line.is_hidden or line.total]
        bars = [
            Bar(line.name, 100 * (line.n or 0) / line.total if line.total else 0.0, line.share)
            for line in seen
            if not line.is_hidden
        ]
        self._chart.setAccessibleName(f"Chart: {one.title}")
        self._chart.show_bars(bars)
        self._chart.setVisible(bool(bars))
        first = "Place" if one.is_places else group.words
        self._table.setHorizontalHeaderLabels([first, "Number", "Of", "Share"])
        self._table.show_rows([line.cells for line in seen])
        self._years.show_rows([line.cells for line in one.years])
        for widget in (self._year_words, self._years):
            widget.setVisible(len(one.years) > 1)

    # What leaves, and who is behind

    def _behind(self, *, holding: bool) -> None:
        one = self._shown[self._list.currentRow()]
        count = one.whole.count
        inside = set(count.holding)
        ids = count.holding if holding else tuple(i for i in count.of if i not in inside)
        words = one.says if holding else f"The others: {len(ids):,} of {count.total:,} {one.unit}."
        self.desk.place_wanted.emit(Place("behind", document=Behind(one.title, words, ids).kept()))

    @Slot()
    def _on_holding(self) -> None:
        self._behind(holding=True)

    @Slot()
    def _on_others(self) -> None:
        self._behind(holding=False)

    def _preparing(self) -> Preparing | None:
        if self._read is None:
            return None
        read, for_others = self._read, self._for_others
        return lambda session: figures_out.prepare_sheet(session, read, for_others=for_others)

    @Slot()
    def _on_csv(self) -> None:
        ask.file_to_save(self, "Save the figures", [ask.FileKind("CSV", ("csv",))], "figures.csv", self._on_csv_path)

    def _on_csv_path(self, path: Path) -> None:
        save = partial(figures_out.save_csv, for_others=self._for_others)
        self.desk.run("save the figures", save, self._read, path, done=self._on_csv_saved)

    @Slot(object)
    def _on_csv_saved(self, _nothing: object) -> None:
        self.desk.told.emit("Saved. Anybody who has the file can read it.")
