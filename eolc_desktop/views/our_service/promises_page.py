"""Promises kept: for each the team's word beside the person's own, who is behind it, and how it went over time."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.services import promises_kept
from eolc_desktop.services.promises_kept import Promise, PromisesKept, counts_of, words_for
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.choice_editors import Menu
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.our_service.number_table import NumberTable
from eolc_desktop.views.our_service.people_behind import Behind
from eolc_desktop.views.our_service.sheet_buttons import Preparing, SheetButtons
from eolc_desktop.views.places import Place
from eolc_desktop.views.titled_page import TitledPage
from eolc_desktop.views.widgets.chart import Point, Series, Tick, TimeChart
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.scrolling import scrolling
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

LEAD = (
    "What the team says it kept stands beside what each person says of it. Where the two differ, the person’s word is "
    "the one to learn from."
)


class PromisesPage(TitledPage):
    """The promises at the left, the chosen one at the right."""

    scrolls = False

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Promises kept", parent)
        self._kept: PromisesKept | None = None
        self._whose = Menu()
        self._whose.setAccessibleName("Whose caseload")
        self._whose.setMinimumContentsLength(24)
        self._whose.addItem("Everybody on this computer", promises_kept.TEAM)
        self._whose.activated.connect(self.refresh)
        sheets = SheetButtons(desk, self._preparing)
        line = QWidget()
        row = FlowLayout(line, across=16)
        row.addWidget(LabelledRow("Whose caseload", self._whose))
        row.addWidget(sheets)
        self.column.addWidget(line)
        self._says = WrappedLabel(LEAD, Look.SECONDARY)
        self.column.addWidget(self._says)
        self._list = QListWidget()
        self._list.setAccessibleName("Promises")
        self._list.setWordWrap(True)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setSpacing(2)
        self._list.currentRowChanged.connect(self._on_row)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self._list, 2)
        body.addWidget(self._detail(), 3)
        self.column.addLayout(body, 1)

    @classmethod
    def for_place(cls, desk: Desk, _place: Place) -> PromisesPage:
        """The page for a place."""
        return cls(desk)

    def focus_first(self) -> None:
        """Give the keyboard to the promises."""
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _detail(self) -> QWidget:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        self._title = WrappedLabel("", Look.HEADING)
        self._figure = WrappedLabel("", Look.KEY_LINE)
        self._table = NumberTable("The team’s word and the person’s", ("", "The team", "The person"))
        ways = QWidget()
        flow = FlowLayout(ways, across=8)
        self._apart = self.button("", self._on_apart)
        self._no = self.button("", self._on_no)
        self._open = self.button("", self._on_unknown)
        for button in (self._apart, self._no, self._open):
            flow.addWidget(button)
        self._chart = TimeChart("Those who said yes, over time", 8)
        self._over = NumberTable("Over time", ("By the end of", "Met", "Said yes"))
        for widget in (
            self._title, self._figure, self._table, ways, WrappedLabel("Over time", Look.FIELD_LABEL), self._chart,
            self._over,
        ):  # fmt: skip
            column.addWidget(widget)
        column.addStretch(1)
        scroll = scrolling(inside)
        wear(scroll, Look.CARD)
        return scroll

    def showEvent(self, event: QShowEvent) -> None:
        """Count anew."""
        super().showEvent(event)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Count anew, for the caseload that is chosen."""
        whose = str(self._whose.currentData() or promises_kept.TEAM)
        self.desk.run("count the promises", promises_kept.read, whose, done=self._on_read)

    @Slot(object)
    def _on_read(self, kept: PromisesKept) -> None:
        self._kept = kept
        if self._whose.count() != len(kept.workers) + 1:
            self._whose.clear()
            self._whose.addItem("Everybody on this computer", promises_kept.TEAM)
            for key, name, count in kept.workers:
                self._whose.addItem(f"{name} ({count})", key)
        self._whose.setCurrentIndex(max(0, self._whose.findData(kept.whose)))
        self._says.setText(f"{len(kept.people):,} people alive today. {LEAD}")
        row = max(0, self._list.currentRow())
        self._list.blockSignals(True)
        self._list.clear()
        for promise in kept.promises:
            self._list.addItem(QListWidgetItem(f"{promise.title}\n{summary(promise)}"))
        self._list.setCurrentRow(row)
        self._list.blockSignals(False)
        self._on_row(row)

    @property
    def _promise(self) -> Promise | None:
        row = self._list.currentRow()
        return self._kept.promises[row] if self._kept is not None and row >= 0 else None

    @Slot(int)
    def _on_row(self, _row: int) -> None:
        promise, kept = self._promise, self._kept
        if promise is None or kept is None:
            return
        self._title.setText(promise.title)
        self._figure.setText(summary(promise))
        self._table.show_rows([(words, *counts_of(promise, key)) for key, words in words_for(promise)])
        for button, ids, words in (
            (self._apart, promise.apart, "Kept by the team’s word, not by theirs"),
            (self._no, promise.own["no"], "Who said no"),
            (self._open, (*promise.own["not_asked"], *promise.own[""]), "Not asked yet"),
        ):
            button.setText(f"{words}: {len(ids):,}")
            button.setVisible(bool(ids))
        has_met = promise.key.startswith("c")
        self._over.show_rows(
            [
                (one.words, _of(one.met.get(promise.key)) if has_met else "–", _of(one.said_yes.get(promise.key)))
                for one in kept.quarters
            ]
        )
        points = tuple(
            Point(one.last.toordinal(), 100 * yes / asked, f"{round(100 * yes / asked)}")
            for one in kept.quarters
            for yes, asked in [one.said_yes[promise.key]]
            if asked
        )
        ends = [Tick(one.last.toordinal(), one.words) for one in (kept.quarters[0], kept.quarters[-1])]
        self._chart.show_series(
            [Series("said yes, in 100", points)] if points else [],
            [Tick(0, "0"), Tick(50, "50"), Tick(100, "100")],
            ends,
        )
        self._chart.describe(f"{promise.title}: those who said yes, of a hundred who answered, by quarter.")
        self._chart.setVisible(len(points) > 1)

    def _behind(self, words: str, ids: tuple[str, ...]) -> None:
        if self._promise is not None:
            self.desk.place_wanted.emit(Place("behind", document=Behind(self._promise.title, words, ids).kept()))

    @Slot()
    def _on_apart(self) -> None:
        if (promise := self._promise) is not None:
            self._behind("The team says it is kept; the person says no, or in part.", promise.apart)

    @Slot()
    def _on_no(self) -> None:
        if (promise := self._promise) is not None:
            self._behind("They said no.", promise.own["no"])

    @Slot()
    def _on_unknown(self) -> None:
        if (promise := self._promise) is not None:
            self._behind("They have not been asked yet.", (*promise.own["not_asked"], *promise.own[""]))

    def _preparing(self) -> Preparing | None:
        kept = self._kept
        if kept is None:
            return None
        return lambda session: promises_kept.prepare_sheet(session, kept)


def summary(promise: Promise) -> str:
    """One promise in a sentence: what the people say, of those who answered, and what the team says."""
    answered = sum(len(promise.own[key]) for key in ("yes", "partly", "no"))
    own = f"{len(promise.own['yes']):,} of {answered:,} who answered say yes" if answered else "Nobody has answered yet"
    good = "met" if "met" in promise.team else "yes"
    word = "as met" if good == "met" else "with yes"
    return f"{own}; the team records {len(promise.team[good]):,} {word}."


def _of(pair: tuple[int, int] | None) -> str:
    return f"{pair[0]:,} of {pair[1]:,}" if pair is not None and pair[1] else "–"
