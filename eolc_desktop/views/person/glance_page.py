"""The plan at a glance: the CPR line, a few cards in words, what is still wanted, and what does not fit together."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.forms.showing import laid_out_once, set_shown
from eolc_desktop.views.person.decision_strip import DecisionStrip
from eolc_desktop.views.person.glance_cards import Card, cards
from eolc_desktop.views.person.scroll_page import ScrollPage
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

CARD_LETTERS = 34
"""A card is at least about this many letters wide; a narrower page has fewer beside each other."""
MOST_COLUMNS = 3
FIRST_CARDS = 6
"""More than a small laptop shows at first."""


class GlancePage(ScrollPage):
    """What somebody needs in the first two seconds.

    Signals:
        section_wanted: the key of a section.
        grown: cards were added.
    """

    section_wanted = Signal(str)
    grown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget(self.viewport())
        self.setWidget(inside)
        box = QVBoxLayout(inside)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(12)
        self._decisions = DecisionStrip(inside)
        self._above = QVBoxLayout()
        self._grid = QGridLayout()
        self._grid.setSpacing(12)
        box.addLayout(self._above)
        box.addWidget(self._decisions)
        box.addLayout(self._grid)
        box.addStretch()
        self._inside = inside
        self._cards: list[_CardView] = []
        self._columns = 0
        self._wanted: Sequence[Card] = ()
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(0)
        self._rest.timeout.connect(self._on_rest)

    def put_above(self, widget: QWidget) -> None:
        """Put something above everything else, such as a draft that waits."""
        self._above.addWidget(widget)
        set_shown(widget, True)
        self.grown.emit()

    def show_plan(self, plan: Plan, notes: Sequence[Card]) -> None:
        """Show a plan. `notes` are cards about the plan itself: what is wanted, what does not fit."""
        self._decisions.show_plan(plan)
        self._wanted = (*cards(plan), *notes)
        # What is seen first is there at once; the cards below it follow while it is read.
        self._fill(max(FIRST_CARDS, len(self._cards)))
        if len(self._cards) != len(self._wanted):
            self._rest.start()

    def _on_rest(self) -> None:
        self._fill(len(self._wanted))
        self.grown.emit()

    def _fill(self, most: int) -> None:
        wanted = self._wanted[:most]
        while len(self._cards) > len(wanted):
            self._cards.pop().deleteLater()
        with laid_out_once(self._grid):
            while len(self._cards) < len(wanted):
                view = _CardView(self._inside)
                view.pressed.connect(self.section_wanted)
                self._cards.append(view)
                self._place(len(self._cards) - 1)
                set_shown(view, True)
            for view, card in zip(self._cards, wanted, strict=True):
                view.show_card(card)
        self._arrange()

    def begin(self) -> None:
        """Take the keyboard."""
        if self._cards:
            self._cards[0].begin()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A wider page has more cards beside each other."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        least = self.fontMetrics().averageCharWidth() * CARD_LETTERS
        columns = max(1, min(MOST_COLUMNS, self.viewport().width() // max(1, least)))
        if columns == self._columns:
            return
        for place in range(max(columns, self._columns)):
            self._grid.setColumnStretch(place, 1 if place < columns else 0)
        self._columns = columns
        for view in self._cards:
            self._grid.removeWidget(view)
        for place in range(len(self._cards)):
            self._place(place)

    def _place(self, place: int) -> None:
        if self._columns:
            self._grid.addWidget(self._cards[place], place // self._columns, place % self._columns)


class _CardView(QFrame):
    """One card."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._card: Card | None = None
        wear(self, Look.CARD)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 4, 12, 8)
        box.setSpacing(2)
        self._title = QPushButton(self)
        wear(self._title, Look.QUIET)
        self._title.clicked.connect(self._on_pressed)
        box.addWidget(self._title, 0, Qt.AlignmentFlag.AlignLeft)
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(8, 0, 0, 0)
        self._lines.setSpacing(4)
        box.addLayout(self._lines)
        box.addStretch()
        self._foot = WrappedLabel(look=Look.META, parent=self)
        self._foot.setContentsMargins(8, 4, 0, 0)
        box.addWidget(self._foot)

    def show_card(self, card: Card) -> None:
        """Show another card, or the same with newer words."""
        if card == self._card:
            return
        self._card = card
        self._title.setText(card.title.replace("&", "&&"))
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for line in card.lines:
            label = WrappedLabel(line.whole, Look.OWN_WORDS if line.own_words else None, self)
            self._lines.addWidget(label)
            set_shown(label, True)
        self._foot.setText(card.foot)
        set_shown(self._foot, bool(card.foot))

    def begin(self) -> None:
        """Take the keyboard."""
        self._title.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_pressed(self) -> None:
        if self._card is not None:
            self.pressed.emit(self._card.section)
