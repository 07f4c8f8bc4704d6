"""Sharing: how it stands, what waits to leave, what is to be settled, what others propose, and what was sent."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from eolc_desktop.desktop.background import Work
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import UserError
from eolc_desktop.services.roles import Right, may
from eolc_desktop.services.session import Changes
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.choice_editors import Menu
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.people_list import PeopleList, PersonLine
from eolc_desktop.views.places import Place
from eolc_desktop.views.sharing.reading import LISTS, Listed, Overview, overview
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.empty_state import EmptyState
from eolc_desktop.views.widgets.scrolling import scrolling
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

LEAST_LINES = 8
"""The list is at least so many lines of text high; a lower window scrolls."""
NOT_SET_UP = (
    "This laptop uses no shared record. Everything works without one, and everything stays on this laptop. Somebody "
    "who looks after it can choose a shared record in Settings."
)


class SharingPage(QWidget):
    """The state in words, the buttons that share, and one list at a time."""

    page_title = "Sharing"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked: Work | None = None
        self._key = ""
        self._listed: Listed = LISTS[0]
        self._build()
        desk.sharing.stands.connect(self._on_stands)
        desk.sharing.ended.connect(self._on_ended)
        desk.changed.connect(self._on_changed)

    @classmethod
    def for_place(cls, desk: Desk, _place: Place) -> SharingPage:
        """The page as the window makes it."""
        return cls(desk)

    def focus_first(self) -> None:
        """Give the keyboard to the list; to the choice of lists while it is empty."""
        target = self._list if self._stack.currentWidget() is self._list else self._show
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    # The page

    def _build(self) -> None:
        self._share = QPushButton("Share now  (F5)")
        self._share.setAccessibleName("Share now")
        wear(self._share, Look.PRIMARY)
        self._share.clicked.connect(self._desk.sharing.share_now)
        self._stop = QPushButton("Stop sharing for now")
        self._stop.clicked.connect(self._desk.sharing.stop)
        self._sign_in = QPushButton("Sign in to the shared record")
        self._sign_in.clicked.connect(self._desk.sharing.sign_in)
        self._settings = QPushButton("Open Settings")
        self._settings.clicked.connect(self._on_settings)
        card = QFrame()
        wear(card, Look.CARD)
        inside = QVBoxLayout(card)
        inside.setContentsMargins(16, 10, 16, 10)
        inside.setSpacing(6)
        self._state = WrappedLabel("", Look.KEY_LINE)
        self._lines = WrappedLabel("")
        self._trouble = WrappedLabel("", Look.WARNING)
        self._trouble.setMargin(8)
        self._server = WrappedLabel("", Look.SECONDARY)
        for part in (self._state, self._lines, self._trouble, self._server):
            inside.addWidget(part)
        row = FlowLayout(across=8)
        for button in (self._share, self._stop, self._sign_in, self._settings):
            row.addWidget(button)
        inside.addLayout(row)
        self._show = Menu()
        self._show.setAccessibleName("Which list is shown")
        self._show.setMinimumContentsLength(28)
        for each in LISTS:
            self._show.addItem(each.name, each.key)
        self._show.activated.connect(self._on_chosen)
        label = QLabel("Show")
        wear(label, Look.FIELD_LABEL)
        label.setBuddy(self._show)
        self._says = WrappedLabel("", Look.SECONDARY)
        choice = QHBoxLayout()
        choice.setSpacing(12)
        choice.addWidget(label)
        choice.addWidget(self._show)
        choice.addWidget(self._says, 1)
        self._list = PeopleList("Sharing", self._desk.now, grows=False)
        self._list.line_chosen.connect(self._on_line)
        self._empty = EmptyState("")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._list)
        self._stack.addWidget(self._empty)
        inside_page = QWidget()
        column = QVBoxLayout(inside_page)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(10)
        column.addWidget(WrappedLabel("Sharing", Look.TITLE))
        column.addWidget(card)
        column.addLayout(choice)
        column.addWidget(self._stack, 1)
        self._stack.setMinimumHeight(self.fontMetrics().lineSpacing() * LEAST_LINES)
        scroll = scrolling(inside_page)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scroll)
        self._say_state()

    # Reading

    def showEvent(self, event: QShowEvent) -> None:
        """Read the page anew."""
        super().showEvent(event)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the page anew; an older reading that is still under way is dropped."""
        if self._asked is not None:
            self._asked.cancel()
        self._asked = self._desk.run("read sharing", overview, self._key, done=self._on_read)

    @Slot(object)
    def _on_read(self, read: Overview) -> None:
        self._asked = None
        had_focus = self._list.hasFocus() or self._show.hasFocus()
        self._desk.sharing.status = read.status
        self._listed = next(each for each in LISTS if each.key == read.key)
        for place, each in enumerate(LISTS):
            count = read.counts.get(each.key, 0)
            self._show.setItemText(place, f"{each.name} ({count:,})" if count else each.name)
        self._show.setCurrentIndex(self._show.findData(read.key))
        self._list.setAccessibleName(self._listed.name)
        self._list.show_lines(read.lines)
        self._empty.say(self._listed.nothing, self._listed.detail)
        self._stack.setCurrentWidget(self._list if read.lines else self._empty)
        more = read.total - len(read.lines)
        self._says.setText(
            f"The first {len(read.lines):,} of {read.total:,}." if more > 0 else "Enter opens." if read.lines else ""
        )
        self._server.setText(read.server)
        self._server.setVisible(bool(read.server))
        wear(self._server, Look.WARNING if read.reading_only else Look.SECONDARY)
        self._say_state()
        if had_focus:
            self.focus_first()

    @Slot()
    def _on_stands(self) -> None:
        self._say_state()

    def _say_state(self) -> None:
        sharing = self._desk.sharing
        status = sharing.status
        is_set_up = sharing.is_set_up
        had_focus = any(button.hasFocus() for button in (self._share, self._stop, self._sign_in))
        self._state.setText(sharing.words() if is_set_up or sharing.is_running else NOT_SET_UP)
        lines = status.why if status is not None and is_set_up else ()
        if status is not None and is_set_up and status.moved:
            lines = (*lines, status.moved)
        self._lines.setText("\n".join(lines))
        self._lines.setVisible(bool(lines))
        trouble = status.stopped if status is not None and is_set_up and not sharing.is_running else ""
        self._trouble.setText(f"The last exchange did not come to its end. {trouble}" if trouble else "")
        self._trouble.setVisible(bool(trouble))
        allowed = may(self._desk.session, Right.SHARE)
        self._share.setVisible(is_set_up and allowed and not sharing.is_running)
        self._stop.setVisible(sharing.is_running)
        wants_sign_in = status is not None and status.sign_in
        self._sign_in.setVisible(is_set_up and allowed and wants_sign_in and not sharing.is_running)
        self._settings.setVisible(not is_set_up and may(self._desk.session, Right.LOOK_AFTER))
        if had_focus:
            (self._stop if sharing.is_running else self._share).setFocus(Qt.FocusReason.OtherFocusReason)

    # What the user does

    @Slot()
    def _on_chosen(self) -> None:
        self._key = str(self._show.currentData())
        self.refresh()

    @Slot()
    def _on_settings(self) -> None:
        self._desk.place_wanted.emit(Place("settings"))

    @Slot(object)
    def _on_line(self, line: PersonLine) -> None:
        document = line.key if self._listed.leads_to in ("conflict", "proposal") else ""
        self._desk.place_wanted.emit(Place(self._listed.leads_to, line.row.id, document))

    @Slot(object)
    def _on_ended(self, error: UserError | None) -> None:
        if not self.isVisible():
            return
        if error is not None:
            announce(self, str(error), is_urgent=True)
        else:
            announce(self, self._desk.sharing.words())
        self.refresh()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if not changes.drafts_only and self.isVisible():
            self.refresh()
