"""Measures over time: for each a small chart, the latest in a sentence, and every reading in a table beside it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import day_words
from eolc_desktop.care_plan.measures import Measure, measures_of
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.desktop.looks import Look
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.person.own_page import OwnPage
from eolc_desktop.views.widgets.chart import Mark, Point, Series, Tick, TimeChart
from eolc_desktop.views.widgets.emptied import emptied
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

INTRO = "What was measured, as it was recorded. The program draws no conclusion from it."
NOTHING = "Nothing has been measured yet. Function, phase, symptoms and frailty stand under Illness and medicines."
MARKS = {"akps": Mark.ROUND, "phase": Mark.SQUARE, "ipos": Mark.DIAMOND, "frailty": Mark.TRIANGLE}
MOST_IN_TABLE = 12


class MeasuresPage(OwnPage):
    """Shows every measure that was taken."""

    title = "Measures over time"

    def __init__(self, desk: Desk, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(desk, plan, parent)
        self.column.addWidget(WrappedLabel(INTRO, Look.SECONDARY, self.inside))
        self._list = QVBoxLayout()
        self._list.setSpacing(20)
        self.column.addLayout(self._list)
        self.column.addStretch()
        self.take(plan)

    def take(self, plan: Plan) -> None:
        """Show the measures of a newer plan."""
        super().take(plan)
        emptied(self._list)
        found = measures_of(plan)
        if not found:
            self._list.addWidget(WrappedLabel(NOTHING, parent=self.inside))
        for measure in found:
            block = MeasureBlock(measure, self.inside)
            self._list.addWidget(block)
            if "." not in measure.key:
                self._list.addWidget(self._way_to(measure), 0, Qt.AlignmentFlag.AlignLeft)
        self.grown.emit()

    def begin(self) -> None:
        """Take the keyboard: the first way to a section."""
        self.verticalScrollBar().setValue(0)
        first = self.inside.findChild(QPushButton) if self.inside is not None else None
        (first or self).setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _way_to(self, measure: Measure) -> QPushButton:
        button = self.link("Record another", f"Record another: {measure.title}")
        button.setProperty("section", measure.section)
        button.clicked.connect(self._on_wanted)
        return button

    def _on_wanted(self) -> None:
        button = self.sender()
        if button is not None:
            self.place_wanted.emit(str(button.property("section")))


class MeasureBlock(QFrame):
    """One measure: its chart where at least two readings can be placed, its sentence, its table."""

    def __init__(self, measure: Measure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.measure = measure
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        is_item = "." in measure.key
        column.addWidget(WrappedLabel(measure.title, Look.FIELD_LABEL if is_item else Look.HEADING, self))
        column.addWidget(WrappedLabel(measure.summary.removeprefix(f"{measure.title}: "), parent=self))
        if measure.meaning:
            column.addWidget(WrappedLabel(measure.meaning, Look.SECONDARY, self))
        placed = [reading for reading in measure.readings if reading.value is not None]
        if len(placed) > 1:
            chart = TimeChart(measure.title, 6 if is_item else 10, self)
            points = tuple(Point(r.day.toordinal(), r.value or 0.0, r.short) for r in placed)
            series = Series(measure.title, points, MARKS.get(measure.section, Mark.ROUND), measure.joined)
            foot = [Tick(r.day.toordinal(), day_words(r.day)) for r in placed]
            ends = [foot[0], foot[-1]] if len(foot) < 3 else [foot[0], foot[len(foot) // 2], foot[-1]]
            chart.show_series([series], [Tick(at, words) for at, words in measure.levels], ends)
            chart.describe(measure.summary)
            column.addWidget(chart)
        if not is_item:
            column.addLayout(self._table())

    def _table(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for place, words in enumerate(("Date", "Reading", "By")):
            grid.addWidget(WrappedLabel(words, Look.META, self), 0, place)
        newest = list(reversed(self.measure.readings))
        for row, reading in enumerate(newest[:MOST_IN_TABLE], 1):
            for place, words in enumerate((reading.when, reading.words, reading.by or "Not recorded")):
                grid.addWidget(WrappedLabel(words, parent=self), row, place)
        if len(newest) > MOST_IN_TABLE:
            left = f"{len(newest) - MOST_IN_TABLE} earlier readings stand in the section itself."
            grid.addWidget(WrappedLabel(left, Look.SECONDARY, self), MOST_IN_TABLE + 1, 0, 1, 3)
        return grid
