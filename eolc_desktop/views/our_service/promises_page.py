"""Promises kept: for each the team's word beside the person's own, who is behind it, and how it went over time."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from eolc_desktop.desktop.looks import Look
from eolc_desktop.services import promises_kept
from eolc_desktop.services.promises_kept import Promise, PromisesKept, counts_of, words_for
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.our_service.figures_page import FiguresPage
from eolc_desktop.views.our_service.number_table import NumberTable
from eolc_desktop.views.our_service.sheet_buttons import Preparing, SheetButtons
from eolc_desktop.views.places import Place
from eolc_desktop.views.widgets.chart import Point, Series, Tick, TimeChart
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

LEAD = (
    "What the team says it kept stands beside what each person says of it. Where the two differ, the person’s word is "
    "the one to learn from."
)


class PromisesPage(FiguresPage):
    """The promises at the left, the chosen one at the right."""

    page_title = "Promises kept"
    list_name = "Promises"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent)
        self._kept: PromisesKept | None = None
        self._whose = self.add_choice("Whose caseload", self.refresh)
        self._whose.addItem("Everybody on this computer", promises_kept.TEAM)
        self.choices.addWidget(SheetButtons(desk, self._preparing))
        self.says.setText(LEAD)
        self._fill_detail()

    @classmethod
    def for_place(cls, desk: Desk, _place: Place) -> PromisesPage:
        """The page for a place."""
        return cls(desk)

    def _fill_detail(self) -> None:
        self._table = NumberTable("The team’s word and the person’s", ("", "The team", "The person"))
        ways = QWidget()
        flow = FlowLayout(ways, across=8)
        self._apart = self.button("", self._on_apart)
        self._no = self.button("", self._on_no)
        self._open = self.button("", self._on_unknown)
        for button in (self._apart, self._no, self._open):
            flow.addWidget(button)
        self._over_words = WrappedLabel("Over time", Look.FIELD_LABEL)
        self._chart = TimeChart("Those who said yes, over time", 8)
        self._over = NumberTable("Over time", ("By the end of", "Met", "Said yes"))
        for widget in (self._table, ways, self._over_words, self._chart, self._over):
            self.detail.addWidget(widget)
        self.detail.addStretch(1)

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
        self.says.setText(f"{len(kept.people):,} {'person' if len(kept.people) == 1 else 'people'} alive today. {LEAD}")
        self.list_figures([(promise.title, summary(promise)) for promise in kept.promises])

    @property
    def _promise(self) -> Promise | None:
        row = self.list.currentRow()
        return self._kept.promises[row] if self._kept is not None and row >= 0 else None

    def show_figure(self, _row: int) -> None:
        """Show one promise: the team's word beside the person's, whom to look at, and how it went over time."""
        promise, kept = self._promise, self._kept
        if promise is None or kept is None:
            return
        self._table.show_rows([(words, *counts_of(promise, key)) for key, words in words_for(promise)])
        for button, ids, words in (
            (self._apart, promise.apart, "Where they differ"),
            (self._no, promise.own["no"], "Who said no"),
            (self._open, (*promise.own["not_asked"], *promise.own[""]), "Not asked yet"),
        ):
            button.setText(f"{words}: {len(ids):,}")
            button.setVisible(bool(ids))
        over = promises_kept.over_time(promise, kept)
        self._over.show_rows(over)
        for widget in (self._over_words, self._over):
            widget.setVisible(bool(over))
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
            self.go_behind(self._promise.title, words, ids)

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
