"""What it adds up to: every figure in words, with a bar chart, its table, its definition, and the people behind it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from eolc_desktop.care_plan.counted_people import GROUPINGS, grouping
from eolc_desktop.desktop.looks import Look
from eolc_desktop.services import figures_out
from eolc_desktop.services.figures_out import HIDES, Shown, period_words
from eolc_desktop.services.measures import Read
from eolc_desktop.services.roles import Right, may
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.our_service.counting_line import CountingLine
from eolc_desktop.views.our_service.figures_page import FiguresPage
from eolc_desktop.views.our_service.number_table import NumberTable
from eolc_desktop.views.our_service.sheet_buttons import Preparing, SheetButtons
from eolc_desktop.views.places import Place
from eolc_desktop.views.widgets import ask
from eolc_desktop.views.widgets.chart import Bar, BarChart
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

TEAM, OTHERS = "team", "others"
NO_AREAS = "No areas are entered yet: see Areas and deprivation, under Our service."
LEAD = "Counted from what the plans on this computer record, now. What nobody recorded is not counted as if it were."


class MeasuresPage(FiguresPage):
    """The measures at the left, the chosen one at the right."""

    page_title = "What it adds up to"
    list_name = "Measures"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._read: Read | None = None
        self._shown: tuple[Shown, ...] = ()
        self._span = self.add_choice("Time", self.refresh)
        self._group = self.add_choice("Broken down by", self.refresh)
        self._readers = self.add_choice("For", self._on_readers)
        for one in GROUPINGS:
            self._group.addItem(one.words, one.key)
        self._readers.addItem("Our team", TEAM)
        self._readers.addItem("Others: small numbers hidden", OTHERS)
        self._csv = self.button("Save as CSV…", self._on_csv)
        self._csv.setEnabled(may(desk.session, Right.SHARE))
        self.choices.addWidget(SheetButtons(desk, self._preparing))
        self.choices.addWidget(self._csv)
        self.says.setText(LEAD)
        self._line = CountingLine(desk)
        self._line.counted.connect(self._on_read)
        self._line.ask_again(self.refresh)
        self.column.insertWidget(self.column.indexOf(self.says) + 1, self._line)
        self._fill_detail()

    @classmethod
    def for_place(cls, desk: Desk, _place: Place) -> MeasuresPage:
        """The page for a place."""
        return cls(desk)

    def leave(self) -> None:
        """What is being counted is given up."""
        self._line.stop()

    def _fill_detail(self) -> None:
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
            self._definition, self._source, self._hides, ways, self._by, self._chart, self._table, self._year_words,
            self._years,
        ):  # fmt: skip
            self.detail.addWidget(widget)
        self.detail.addStretch(1)

    # Reading

    @Slot()
    def refresh(self) -> None:
        """Count anew, in the time and by the groups that are chosen."""
        span = str(self._span.currentData() or "year")
        group = str(self._group.currentData() or GROUPINGS[0].key)
        self._line.begin(span, group)

    @Slot(object)
    def _on_read(self, read: Read) -> None:
        self._read = read
        if self._span.count() != len(read.spans):
            self._span.clear()
            for one in read.spans:
                self._span.addItem(one.words, one.key)
        self._span.setCurrentIndex(self._span.findData(read.span.key))
        self.says.setText(f"{period_words(read)} {read.people:,} people are recorded in all. {LEAD}")
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
        self.list_figures([(one.title, one.says) for one in self._shown])

    def show_figure(self, row: int) -> None:
        """Show one measure: its definition and source, whom it is about, and its groups."""
        if self._read is None:
            return
        one = self._shown[row]
        group = grouping(self._read.figures.grouping)
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
        one = self._shown[self.list.currentRow()]
        count = one.whole.count
        inside = set(count.holding)
        ids = count.holding if holding else tuple(i for i in count.of if i not in inside)
        words = one.says if holding else f"The others: {len(ids):,} of {count.total:,} {one.unit}."
        self.go_behind(one.title, words, ids)

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
