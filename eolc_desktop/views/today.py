"""Today: the first page after unlocking. Where you left off, reviews that are near, and what changed last."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import date_words, day_words, moment_words, today
from eolc_desktop.desktop.background import Work
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import paper_copies
from eolc_desktop.services import today as services
from eolc_desktop.services.paper_copies import RecallList
from eolc_desktop.services.session import Changes
from eolc_desktop.services.today import Begun, Today
from eolc_desktop.views import person_words
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.people_list import PeopleList, PersonLine
from eolc_desktop.views.places import Place
from eolc_desktop.views.widgets.scrolling import scrolling
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

WIDE_LETTERS = 110
"""From this width on, two lists stand beside each other."""
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LOOK_ROUND = (
    "To look round with made-up people, close the program and start it with “eolc-desktop demo”. It makes a record of "
    "its own, marked as made up on every page. Yours is not touched."
)


class Group(QWidget):
    """A heading and the short list beneath it; hidden while there is nobody in it."""

    def __init__(self, title: str, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.heading = WrappedLabel(title, Look.HEADING)
        self.list = PeopleList(title, desk.now)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(self.heading)
        column.addWidget(self.list)
        column.addStretch(1)
        self.hide()

    def show_lines(self, lines: Sequence[PersonLine]) -> None:
        """List these people."""
        self.list.show_lines(lines)
        self.setVisible(bool(lines))


class _Notice(QFrame):
    """A card with a sentence and the one thing to do about it."""

    chosen = Signal()

    def __init__(self, words: str, action: str) -> None:
        super().__init__()
        wear(self, Look.CARD)
        self.words = WrappedLabel(words)
        self.button = QPushButton(action)
        self.button.clicked.connect(self.chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.words)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()


class TodayPage(QWidget):
    """What is likely to be wanted now. Reads itself again whenever it is shown, and after each change.

    Signals:
        person_chosen: a `PersonRow` whose plan is to be opened.
        continue_chosen: the `PersonRow` to go on with, who was checked on this page.
        settings_wanted: to make a new recovery code.
    """

    person_chosen = Signal(object)
    settings_wanted = Signal()
    continue_chosen = Signal(object)
    page_title = "Today"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked: Work | None = None
        self._today: Today | None = None
        self._wants_focus = True
        self._is_read_first = False
        self._build()
        desk.changed.connect(self._on_changed)
        desk.when_begun(self._begin)

    def leave(self) -> None:
        """Nothing is written on this page, so there is nothing to keep."""

    def focus_first(self) -> None:
        """Give the keyboard to what is most likely wanted; once it is known, when the page is still being read."""
        self._wants_focus = self._today is None
        if self._today is None:
            return
        for widget in (
            self._continue,
            self._adding.button,
            self._sharing.button,
            self._paper.button,
            self._begun.list,
            self._reviews.list,
            self._recent.list,
            self._add,
        ):
            if widget.isVisibleTo(self):
                widget.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    # The page

    def _build(self) -> None:
        self._title = WrappedLabel("", Look.TITLE)
        self._build_continue()
        self._code = _Notice(
            "Nobody has shown yet that there is a copy of your recovery code. If you have none, make a new one in "
            "Settings: without it a forgotten passphrase cannot be helped.",
            "Open Settings",
        )
        self._code.chosen.connect(self.settings_wanted)
        self._adding = _Notice("", "Go on adding the person")
        self._adding.chosen.connect(self._desk.add_person_wanted)
        self._paper = _Notice("", "Show the pages to replace")
        self._paper.chosen.connect(self._on_paper)
        self._sharing = _Notice("", "Open Sharing")
        self._sharing.chosen.connect(self._on_sharing)
        self._desk.sharing.stands.connect(self._on_stands)
        self._begun = Group("Begun and not saved", self._desk)
        self._reviews = Group("Reviews planned", self._desk)
        self._recent = Group("Changed last", self._desk)
        for group in (self._begun, self._reviews, self._recent):
            group.list.chosen.connect(self.person_chosen)
        self._nobody = self._first_actions()
        self._beside = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._beside.setSpacing(24)
        self._beside.addWidget(self._reviews, 1)
        self._beside.addWidget(self._recent, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(20)
        for widget in (
            self._title,
            self._code,
            self._continue_card,
            self._adding,
            self._sharing,
            self._paper,
            self._begun,
        ):
            column.addWidget(widget)
        column.addLayout(self._beside)
        column.addWidget(self._nobody)
        column.addStretch(1)
        scroll = scrolling(inside)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scroll)

    @Slot()
    def _begin(self) -> None:
        self._on_stands()
        self._say_day()

    def _build_continue(self) -> None:
        self._continue_card = QFrame()
        wear(self._continue_card, Look.CARD)
        heading = WrappedLabel("Continue", Look.HEADING)
        self._who = WrappedLabel()
        self._kept = WrappedLabel("", Look.SECONDARY)
        self._continue = QPushButton()
        wear(self._continue, Look.PRIMARY)
        self._continue.clicked.connect(self._on_continue)
        column = QVBoxLayout(self._continue_card)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for widget in (heading, self._who, self._kept):
            column.addWidget(widget)
        column.addWidget(self._continue, 0, Qt.AlignmentFlag.AlignLeft)
        self._continue_card.hide()

    def _first_actions(self) -> QWidget:
        card = QFrame()
        wear(card, Look.CARD)
        self._add = QPushButton("Add a person")
        wear(self._add, Look.PRIMARY)
        self._add.clicked.connect(self._desk.add_person_wanted)
        receive = QPushButton("Import people from a file")
        receive.clicked.connect(self._desk.import_wanted)
        look = QPushButton("Look round with made-up people")
        look.clicked.connect(self._on_look_round)
        self._how = WrappedLabel(LOOK_ROUND)
        self._how.hide()
        column = QVBoxLayout(card)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(12)
        column.addWidget(WrappedLabel("There is nobody on this computer yet", Look.HEADING))
        column.addWidget(WrappedLabel("Begin with one of these. Everything works without a network.", Look.SECONDARY))
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for button in (self._add, receive, look):
            row.addWidget(button)
        row.addStretch(1)
        self._actions_row = row
        column.addLayout(row)
        column.addWidget(self._how)
        card.hide()
        return card

    def _say_day(self) -> None:
        day = today(self._desk.now())
        self._title.setText(f"{DAYS[day.weekday()]} {day_words(day)}")

    # Reading

    def showEvent(self, event: QShowEvent) -> None:
        """Read the page anew."""
        super().showEvent(event)
        if not self._is_read_first:
            self.refresh()
        self._is_read_first = False

    def read_first(self) -> Work:
        """Read the page before it is shown for the first time, which then need not read it again."""
        self._is_read_first = True
        return self.refresh()

    def refresh(self) -> Work:
        """Read the page anew; an older reading that is still under way is dropped."""
        if self._asked is not None:
            self._asked.cancel()
        asked = self._asked = self._desk.run("read today", services.today, done=self._on_read)
        self._desk.run("read the pages to replace", paper_copies.recall_list, done=self._on_recall)
        return asked

    @Slot(object)
    def _on_recall(self, read: RecallList) -> None:
        if read.still_looking:
            self._desk.run("read the pages to replace", paper_copies.recall_list, done=self._on_recall)
            return
        self._paper.setVisible(bool(read.people))
        if not read.people:
            return
        pages = f"{read.pages:,} paper {'copy says' if read.pages == 1 else 'copies say'}"
        people = f"{len(read.people):,} {'person' if len(read.people) == 1 else 'people'}"
        self._paper.words.setText(f"{pages} something that has changed since: the plans of {people}.")

    @Slot()
    def _on_stands(self) -> None:
        """What of sharing asks for somebody; what only waits is said at the foot of the window."""
        status = self._desk.sharing.status
        asks = status is not None and bool(status.conflicts or status.proposals or status.in_trouble or status.sign_in)
        self._sharing.words.setText(status.in_short(self._desk.now()) if status is not None else "")
        self._sharing.setVisible(asks)

    @Slot()
    def _on_sharing(self) -> None:
        self._desk.place_wanted.emit(Place("sharing"))

    @Slot()
    def _on_paper(self) -> None:
        self._desk.place_wanted.emit(Place("paper"))

    @Slot(object)
    def _on_changed(self, _changes: Changes) -> None:
        if self.isVisible():
            self.refresh()

    @Slot(object)
    def _on_read(self, read: Today) -> None:
        self._asked = None
        is_first = self._today is None
        self._today = read
        self._say_day()
        day = today(self._desk.now())
        self._show_continue(read)
        shown = {read.last_open.id} if read.last_open else set()
        self._begun.show_lines(
            [PersonLine(begun.row, self._kept_words(begun)) for begun in read.begun if begun.row.id not in shown]
        )
        self._reviews.show_lines(
            [
                PersonLine(
                    row,
                    f"Review {'was ' if row.review_date < day.isoformat() else ''}planned for "
                    f"{date_words(row.review_date)}",
                )
                for row in read.reviews
            ]
        )
        now = self._desk.now()
        self._recent.show_lines(
            [PersonLine(row, f"Changed {person_words.changed_words(row, now)}") for row in read.recent]
        )
        self._nobody.setVisible(read.people == 0)
        self._code.setVisible(read.recovery_code_waits)
        self._adding.setVisible(read.adding_since is not None)
        if read.adding_since is not None:
            self._adding.words.setText(f"You began to add a person, kept {moment_words(read.adding_since)}.")
        if is_first and self._wants_focus and self.isVisible():
            self.focus_first()

    def _show_continue(self, read: Today) -> None:
        row = read.last_open
        self._continue_card.setVisible(row is not None)
        if row is None:
            return
        name = person_words.name_words(row)
        state = person_words.state_words(row)
        who = person_words.identity_line(row, today(self._desk.now()))
        self._who.setText(f"{who} · {state}" if state else who)
        begun = next((begun for begun in read.begun if begun.row.id == row.id), None)
        self._kept.setText(f"Begun and not saved: {self._kept_words(begun)}" if begun else "")
        self._kept.setVisible(begun is not None)
        self._continue.setText(f"Continue with {name.replace('&', '&&')}")

    def _kept_words(self, begun: Begun) -> str:
        return ", ".join((*begun.sections, f"kept {moment_words(begun.kept_at)}"))

    # What the user does

    @Slot()
    def _on_continue(self) -> None:
        if self._today is not None and self._today.last_open is not None:
            row: PersonRow = self._today.last_open
            self.continue_chosen.emit(row)

    @Slot()
    def _on_look_round(self) -> None:
        self._how.show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the lists stand beside each other where there is room."""
        super().resizeEvent(event)
        is_wide = self.width() >= self.fontMetrics().averageCharWidth() * WIDE_LETTERS
        directions = QBoxLayout.Direction
        self._beside.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
        self._actions_row.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
