"""The plan at a glance: the CPR line, a few cards in words, what is still wanted, and what does not fit together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.desktop.after_paint import AfterPaint
from eolc_desktop.desktop.building import building
from eolc_desktop.views.forms.showing import laid_out_once, set_shown
from eolc_desktop.views.person.card_view import CardView
from eolc_desktop.views.person.decision_strip import DecisionStrip
from eolc_desktop.views.person.glance_cards import Card, cards
from eolc_desktop.views.person.scroll_page import ScrollPage
from eolc_desktop.views.widgets.emptied import emptied

CARD_LETTERS = 34
"""A card is at least about this many letters wide; a narrower page has fewer beside each other."""
MOST_COLUMNS = 3
FIRST_CARDS = 6
"""More than a small laptop shows at first."""


class GlancePage(QWidget):
    """What somebody needs in the first two seconds.

    Signals:
        section_wanted: the key of a section.
        grown: cards were added.
    """

    section_wanted = Signal(str)
    grown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page = ScrollPage(self)
        inside = QWidget(self._page.viewport())
        self._page.setWidget(inside)
        self._inside = inside
        self._fixed = QVBoxLayout()
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(self._fixed)
        outer.addWidget(self._page, 1)
        box = QVBoxLayout(inside)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(12)
        self._decisions = DecisionStrip(self)
        self._is_fixed = False
        self._above = QVBoxLayout()
        self._moving = QVBoxLayout()
        self._moving.addWidget(self._decisions)
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        box.addLayout(self._above)
        box.addLayout(self._moving)
        box.addLayout(self._grid)
        box.addStretch()
        self._cards: list[CardView] = []
        self._shown = 0
        self._arranged: tuple[int, tuple[bool, ...]] = (0, ())
        self._wanted: Sequence[Card] = ()
        self._rest = AfterPaint(self)
        self._rest.due.connect(self._on_rest)

    def put_above(self, widget: QWidget) -> None:
        """Put something above the cards, such as a draft that waits."""
        self._above.addWidget(widget)
        set_shown(widget, True)
        self.grown.emit()

    def show_plan(self, plan: Plan, notes: Sequence[Card]) -> None:
        """Show a plan. `notes` are cards about the plan itself: what is wanted, what does not fit."""
        self._decisions.show_plan(plan)
        self._wanted = (*cards(plan), *notes)
        # What is seen first is there at once; the cards below it follow while it is read.
        self._fill(max(FIRST_CARDS, sum(view.card is not None for view in self._cards)))
        if self._shown != len(self._wanted):
            self._rest.begin()

    def clear(self) -> None:
        """Show nothing of anybody: what stood above the cards goes, and they are empty until a plan fills them."""
        self._rest.stop()
        self._wanted = ()
        self._decisions.clear()
        emptied(self._above)
        for view in self._cards:
            view.clear()
        self._page.verticalScrollBar().setValue(0)

    @property
    def is_growing(self) -> bool:
        """Whether cards are still being made."""
        return self._rest.is_waiting

    def begin(self) -> None:
        """Take the keyboard, at the top."""
        self._page.verticalScrollBar().setValue(0)
        if self._shown:
            self._cards[0].begin()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wider page has more cards beside each other."""
        super().resizeEvent(event)
        self._arrange()

    def set_short(self, short: bool) -> None:
        """On a low window the CPR line scrolls with the cards; else it stays where it is, above them."""
        if short is self._is_fixed:
            self._is_fixed = not short
            (self._moving if short else self._fixed).addWidget(self._decisions)
            edge = 0 if short else 18
            self._fixed.setContentsMargins(edge, min(edge, 12), edge, 0)

    def _on_rest(self) -> None:
        with building(self):
            self._fill(len(self._wanted))
            self.grown.emit()

    def _fill(self, most: int) -> None:
        wanted = self._wanted[:most]
        with laid_out_once(self._grid):
            while len(self._cards) < len(wanted):
                view = CardView(self._inside)
                view.pressed.connect(self.section_wanted)
                view.grown.connect(self.grown)
                self._cards.append(view)
            for view, card in zip(self._cards, wanted, strict=False):
                view.show_card(card)
            for place, view in enumerate(self._cards):
                if place >= len(wanted):
                    view.clear()
                set_shown(view, place < len(wanted))
            self._shown = len(wanted)
            self._arrange()

    def _arrange(self) -> None:
        least = self.fontMetrics().averageCharWidth() * CARD_LETTERS
        columns = max(1, min(MOST_COLUMNS, self.width() // max(1, least)))
        shown = self._cards[: self._shown]
        wide_ones = tuple(view.card is not None and view.card.is_wide for view in shown)
        if (columns, wide_ones) == self._arranged:
            return
        self._arranged = columns, wide_ones
        for place in range(MOST_COLUMNS):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)
        for view in self._cards:
            self._grid.removeWidget(view)
        row, column = 0, 0
        for view, wide in zip(shown, wide_ones, strict=True):
            if column and (wide or column == columns):
                row, column = row + 1, 0
            self._grid.addWidget(view, row, column, 1, columns if wide else 1)
            column = columns if wide else column + 1
