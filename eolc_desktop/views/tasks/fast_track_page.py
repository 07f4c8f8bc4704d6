"""Fast Track across the caseload: the clocks that run, the most urgent first, and how often the hours are kept."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from eolc_desktop.care_plan.fast_track_clock import CLOCK_HOURS
from eolc_desktop.desktop.looks import Look
from eolc_desktop.services import fast_track
from eolc_desktop.services.fast_track import FastTracks, Running
from eolc_desktop.services.session import Changes
from eolc_desktop.views import person_words
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.reading_order import put_tab_in_reading_order
from eolc_desktop.views.places import Place
from eolc_desktop.views.tasks.track_card import TrackCard
from eolc_desktop.views.titled_page import TitledPage
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

AT_FIRST, MORE = 4, 6
"""Cards of a kind shown at first, and each time more are asked for: one takes 5 ms to make, and the window waits."""
MINUTE = 60_000
"""Milliseconds between two looks at the clocks while the page is shown."""
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


class FastTrackPage(TitledPage):
    """The clocks that run, and the days of the week.

    While it is looked at, what a card says follows the clock and every change; no card comes, goes or moves by itself:
    that is offered.
    """

    page_title = "Fast Track"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent=parent)
        self._most = self._most_steps = AT_FIRST
        self._read: FastTracks | None = None
        self._places_wanted = True
        self._again = self.button("Show the list as it is now", self._on_again, Look.QUIET)
        self._again.hide()
        self.put_beside_back(self._again)
        self._says = WrappedLabel("")
        self._more, self._more_steps = self.button("", self._on_more), self.button("", self._on_more_steps)
        self._step_says = WrappedLabel("")
        self._days = WrappedLabel("")
        self._running, self._steps = _Cards(desk), _Cards(desk)
        self.column.addWidget(WrappedLabel("Under way", Look.HEADING))
        self.column.addWidget(self._says)
        self.column.addLayout(self._running)
        self.column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(WrappedLabel("Packages to look at again", Look.HEADING))
        self.column.addWidget(self._step_says)
        self.column.addLayout(self._steps)
        self.column.addWidget(self._more_steps, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(WrappedLabel(f"How often the {CLOCK_HOURS} hours are kept", Look.HEADING))
        self.column.addWidget(self._days)
        self.column.addWidget(WrappedLabel(COUNTED, Look.SECONDARY))
        self.column.addStretch(1)
        self._clock = QTimer(self)
        self._clock.setInterval(MINUTE)
        self._clock.timeout.connect(self.refresh)
        desk.changed.connect(self._on_changed)

    @classmethod
    def for_place(cls, desk: Desk, _place: Place) -> FastTrackPage:
        """The page for a place."""
        return cls(desk)

    def showEvent(self, event: QShowEvent) -> None:
        """Read everything anew: the hours have run on."""
        super().showEvent(event)
        self._clock.start()
        self._on_again()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks at the clocks."""
        super().hideEvent(event)
        self._clock.stop()

    @Slot()
    def refresh(self) -> None:
        """Read everything anew."""
        self.desk.run("read the Fast Tracks", fast_track.fast_tracks, done=self._on_read)

    @Slot()
    def _on_again(self) -> None:
        self._places_wanted = True
        self.refresh()

    @Slot()
    def _on_more(self) -> None:
        self._most += MORE
        self._on_again()

    @Slot()
    def _on_more_steps(self) -> None:
        self._most_steps += MORE
        self._on_again()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and not changes.drafts_only:
            self.refresh()

    @Slot(object)
    def _on_read(self, read: FastTracks) -> None:
        self._read = read
        running, steps = read.running[: self._most], read.to_step_down[: self._most_steps]
        if self._places_wanted:
            had_focus = self._again.hasFocus()
            self._places_wanted = False
            self._running.place(running)
            self._steps.place(steps)
            put_tab_in_reading_order(self)
            if had_focus:
                self.focus_first()
        else:
            self._running.follow(running)
            self._steps.follow(steps)
        self._again.setVisible(not (self._running.shows(running) and self._steps.shows(steps)))
        self._say(read)

    def _say(self, read: FastTracks) -> None:
        late = sum(one.clock.has_slipped for one in read.running)
        waiting = sum(one.clock.received_at is None for one in read.running)
        parts = [f"{len(read.running):,} under way"]
        parts += [f"{late:,} over the {CLOCK_HOURS} hours"] if late else []
        parts += [f"{waiting:,} whose receipt is not confirmed"] if waiting else []
        self._says.setText("; ".join(parts) + "." if read.running else "No Fast Track is under way.")
        many = len(read.to_step_down)
        self._step_says.setText(f"{many:,} running. {STEP_DOWN}" if many else "No package is running.")
        for button, left, what in (
            (self._more, len(read.running) - self._most, ("person", "people")),
            (self._more_steps, many - self._most_steps, ("package", "packages")),
        ):
            button.setText(f"Show {person_words.more_words(min(left, MORE), *what)}")
            button.setVisible(left > 0)
        known = sum(day.known for day in read.days)
        kept = sum(day.achieved for day in read.days)
        whole = f"In all: {kept:,} of {known:,} kept." if known else "Nothing can be counted yet."
        self._days.setText("\n".join([whole, *(day.words for day in read.days)] if known else [whole]))


class _Cards(QVBoxLayout):
    """A card for each person, in their order."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._cards: dict[str, TrackCard] = {}
        self.setSpacing(12)

    def place(self, tracks: Sequence[Running]) -> None:
        """Show these people's cards in this order. A card that was there stays the same one, with its focus."""
        before, self._cards = self._cards, {}
        for place, one in enumerate(tracks):
            card = before.pop(one.row.id, None)
            if card is None:
                card = TrackCard(self._desk, one)
            else:
                card.show_track(one)
                self.removeWidget(card)
            self.insertWidget(place, card)
            self._cards[one.row.id] = card
        for card in before.values():
            self.removeWidget(card)
            card.hide()
            card.deleteLater()

    def follow(self, tracks: Sequence[Running]) -> None:
        """Show anew, where they stand, the cards of those who have one."""
        for one in tracks:
            if (card := self._cards.get(one.row.id)) is not None:
                card.show_track(one)

    def shows(self, tracks: Sequence[Running]) -> bool:
        """Whether the cards are of these people, in this order."""
        return list(self._cards) == [one.row.id for one in tracks]
