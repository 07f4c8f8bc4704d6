"""Fast Track across the caseload: the clocks that run, the most urgent first, and how often the hours are kept."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import today
from eolc_desktop.care_plan.fast_track_clock import CLOCK_HOURS, headline, lines
from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.services import fast_track
from eolc_desktop.services.fast_track import FastTracks, Running, needs_letter
from eolc_desktop.services.roles import Right, may
from eolc_desktop.services.session import Changes
from eolc_desktop.views import person_words
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.group import Group
from eolc_desktop.views.forms.reading_order import put_tab_in_reading_order
from eolc_desktop.views.places import Place
from eolc_desktop.views.widgets.scrolling import scrolling
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

_PAPERS = (("Evidence pack…", "fast-track"), ("Letter to escalate…", "fast-track-letter"))
AT_FIRST = 25
"""People shown at first: making more rows at once would hold the window up."""
STEP_DOWN = (
    "The earliest review first, those without a day before them. Open it, and record that the package goes on, with "
    "the next day, or that it was reviewed and stepped down."
)
COUNTED = (
    "By the day on which the form was received. The hours are kept when the care began within "
    f"{CLOCK_HOURS} hours of receipt (National Framework for NHS Continuing Healthcare, 2022). Everybody on this "
    "computer counts, also those who have died. Forms that were refused or withdrawn before any care, or whose "
    "moments are not recorded, do not."
)


class FastTrackPage(QWidget):
    """The clocks that run, and the days of the week.

    Signals:
        closed: the page before should be shown again.
    """

    closed = Signal()
    page_title = "Fast Track"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._most = AT_FIRST
        self._read: FastTracks | None = None
        self._cards: list[QWidget] = []
        self._build()
        desk.changed.connect(self._on_changed)

    @classmethod
    def for_place(cls, desk: Desk, _place: Place) -> FastTrackPage:
        """The page for a place."""
        return cls(desk)

    def leave(self) -> None:
        """Nothing is written on this page, so there is nothing to keep."""

    def focus_first(self) -> None:
        """Give the keyboard to the way back."""
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self._back = QPushButton("Back")
        self._back.clicked.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(WrappedLabel("Fast Track", Look.TITLE), 1)
        head.addWidget(self._back)
        self._says = WrappedLabel("")
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self._more = QPushButton("")
        self._more.clicked.connect(self._on_more)
        self._more.hide()
        self._days = WrappedLabel("")
        self._step_says = WrappedLabel("")
        self._steps = QVBoxLayout()
        self._steps.setSpacing(12)
        self._step_cards: list[QWidget] = []
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(WrappedLabel("Under way", Look.HEADING))
        column.addWidget(self._says)
        column.addLayout(self._list)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(WrappedLabel("Packages to look at again", Look.HEADING))
        column.addWidget(self._step_says)
        column.addLayout(self._steps)
        column.addWidget(WrappedLabel(f"How often the {CLOCK_HOURS} hours are kept", Look.HEADING))
        column.addWidget(self._days)
        column.addWidget(WrappedLabel(COUNTED, Look.SECONDARY))
        column.addStretch(1)
        scroll = scrolling(inside)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scroll)

    def showEvent(self, event: QShowEvent) -> None:
        """Read everything anew: the hours have run on."""
        super().showEvent(event)
        self.refresh()

    def refresh(self) -> None:
        """Read everything anew."""
        self._desk.run("read the Fast Tracks", fast_track.fast_tracks, done=self._on_read)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and not changes.drafts_only:
            self.refresh()

    @Slot(object)
    def _on_read(self, read: FastTracks) -> None:
        self._read = read
        late = sum(one.clock.has_slipped for one in read.running)
        waiting = sum(one.clock.received_at is None for one in read.running)
        parts = [f"{len(read.running):,} under way"]
        parts += [f"{late:,} over the {CLOCK_HOURS} hours"] if late else []
        parts += [f"{waiting:,} whose receipt is not confirmed"] if waiting else []
        self._says.setText("; ".join(parts) + "." if read.running else "No Fast Track is under way.")
        known = sum(day.known for day in read.days)
        kept = sum(day.achieved for day in read.days)
        whole = f"In all: {kept:,} of {known:,} kept." if known else "Nothing can be counted yet."
        self._days.setText("\n".join([whole, *(day.words for day in read.days)] if known else [whole]))
        self._show_cards()

    def _show_cards(self) -> None:
        if self._read is None:
            return
        for card in self._cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [self._card(one) for one in self._read.running[: self._most]]
        for card in self._cards:
            self._list.addWidget(card)
        for card in self._step_cards:
            self._steps.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._step_cards = [self._card(one) for one in self._read.to_step_down[:AT_FIRST]]
        for card in self._step_cards:
            self._steps.addWidget(card)
        many, shown = len(self._read.to_step_down), len(self._step_cards)
        listed = f" The first {shown} are listed." if many > shown else ""
        self._step_says.setText(f"{many:,} running. {STEP_DOWN}{listed}" if many else "No package is running.")
        left = len(self._read.running) - len(self._cards)
        self._more.setText(f"Show {min(left, AT_FIRST)} more people")
        self._more.setVisible(left > 0)
        put_tab_in_reading_order(self._back, *self._cards, self._more, *self._step_cards)

    def _card(self, one: Running) -> QWidget:
        name = person_words.name_words(one.row)
        card = QFrame()
        wear(card, Look.CARD)
        group = Group(f"Fast Track of {name}")
        outer = QVBoxLayout(card)
        outer.setContentsMargins(16, 12, 16, 12)
        outer.addWidget(group)
        column = QVBoxLayout(group)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(WrappedLabel(person_words.identity_line(one.row, today(self._desk.now())), Look.KEY_LINE))
        column.addWidget(WrappedLabel("\n".join((headline(one.clock), *lines(one.clock)))))
        button = QPushButton("Open and record")
        button.setAccessibleName(f"Open the Fast Track of {name}")
        button.setProperty("person", one.row.id)
        button.clicked.connect(self._on_open)
        buttons = FlowLayout(across=8)
        buttons.addWidget(button)
        if may(self._desk.session, Right.PRINT):
            for words, document in _PAPERS if needs_letter(one) else _PAPERS[:1]:
                paper = QPushButton(words)
                paper.setAccessibleName(f"{words.rstrip('…')}: {name}")
                paper.setProperty("person", one.row.id)
                paper.setProperty("document", document)
                paper.clicked.connect(self._on_paper)
                buttons.addWidget(paper)
        column.addLayout(buttons)
        return card

    @Slot()
    def _on_paper(self) -> None:
        button = self.sender()
        self._desk.print_wanted.emit(str(button.property("person")), str(button.property("document")))

    @Slot()
    def _on_open(self) -> None:
        self._desk.entry_wanted.emit(str(self.sender().property("person")), f"fast_track/{MAIN}")

    @Slot()
    def _on_more(self) -> None:
        self._most += AT_FIRST
        self._show_cards()
