"""What pages with a list of people have in common: what they say, their choices, the list, what is done with it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from eolc_desktop.desktop.background import Work
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services.session import Changes
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.choice_editors import Menu
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.showing import set_shown
from eolc_desktop.views.people_list import PeopleList, PersonLine
from eolc_desktop.views.places import Place
from eolc_desktop.views.titled_page import TitledPage
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.empty_state import EmptyState
from eolc_desktop.views.widgets.labelled_row import beside_its_label
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

LINES_FOR_ALL = 22
"""Lines of text that fit into a window in which there is room for the note too."""
AT_FIRST = 200
"""People listed at first, and each time more are asked for."""


class ListPage(TitledPage):
    """A title and what there is in a line, choices, the list, and buttons below. The list never moves by itself while
    it is looked at: what changed meanwhile is offered.

    A page of this kind gives its titles, fills `choices` and `buttons`, reads in `read()` and answers with `show_list`.
    """

    scrolls = False
    list_name = ""
    section = ""
    """The place in the plan that Enter opens: a section, or "section/entry"."""
    nobody = "Nobody."

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent=parent)
        self.asked: Work | None = None
        self._lines: tuple[PersonLine, ...] = ()
        self._most = AT_FIRST
        self._build()
        desk.changed.connect(self._on_changed)

    @classmethod
    def for_place(cls, desk: Desk, _place: Place) -> ListPage:
        """The page for a place."""
        return cls(desk)

    def focus_first(self) -> None:
        """Give the keyboard to the list; to the first choice while it is empty."""
        target: QWidget = self.list
        if not self._lines:
            target = next(iter(self.findChildren(Menu)), self._again)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self._says = WrappedLabel("", Look.SECONDARY)
        self._again = QPushButton("Show the list as it is now")
        wear(self._again, Look.QUIET)
        self._again.clicked.connect(self.refresh)
        self._again.hide()
        self.put_beside_back(self._again)
        self.choices = FlowLayout(across=16)
        self.note = WrappedLabel("", Look.META)
        self.list = PeopleList(self.list_name, self.desk.now, grows=False)
        self.list.chosen.connect(self._on_chosen)
        self._empty = EmptyState("")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        self.buttons = FlowLayout(across=8)
        self._more = QPushButton(f"List {AT_FIRST} more")
        self._more.clicked.connect(self._on_more)
        self._more.hide()
        self.open = QPushButton("Open where it stands")
        wear(self.open, Look.PRIMARY)
        self.open.clicked.connect(self._on_open)
        column = self.column
        column.setSpacing(8)
        column.addWidget(self._says)
        column.addWidget(self.note)
        column.addLayout(self.choices)
        column.addWidget(self._stack, 1)
        column.addLayout(self.buttons)
        for button in (self._more, self.open):
            self.buttons.addWidget(button)
        self.fill()
        set_shown(self.note, bool(self.note.text()))

    def fill(self) -> None:
        """Put the choices and buttons of this page where they belong."""

    def add_choice(self, label: str, spoken: str, options: Sequence[tuple[str, str]]) -> Menu:
        """Add a choice by which the list is read anew."""
        menu = Menu()
        menu.setMinimumContentsLength(24)
        menu.setAccessibleName(spoken)
        for key, words in options:
            menu.addItem(words, key)
        menu.activated.connect(self._on_choice)
        self.choices.addWidget(beside_its_label(label, menu))
        return menu

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a low window, or with very large text, the room belongs to the list."""
        super().resizeEvent(event)
        has_room = self.height() >= self.fontMetrics().lineSpacing() * LINES_FOR_ALL
        set_shown(self.note, has_room and bool(self.note.text()))

    # Reading

    def showEvent(self, event: QShowEvent) -> None:
        """Read the list anew."""
        super().showEvent(event)
        self.refresh()

    def read(self) -> Work:
        """Ask for what is listed."""
        raise NotImplementedError

    @Slot()
    def refresh(self) -> None:
        """Read the list anew; an older reading that is still under way is dropped."""
        if self.asked is not None:
            self.asked.cancel()
        self._again.hide()
        self.asked = self.read()

    def show_list(self, lines: Sequence[PersonLine], says: str) -> None:
        """Show what was read."""
        self.asked = None
        had_focus = self.list.hasFocus()
        self._lines = tuple(lines)
        self._show_lines()
        self._says.setText(says)
        self._empty.say(self.nobody, "", "")
        self._stack.setCurrentWidget(self.list if lines else self._empty)
        set_shown(self.open, bool(lines))
        if had_focus and not lines:
            self.focus_first()
        announce(self, says)

    def _show_lines(self) -> None:
        self.list.show_lines(self._lines[: self._most])
        set_shown(self._more, len(self._lines) > self._most)

    # What the user does

    @Slot()
    def _on_choice(self) -> None:
        self._most = AT_FIRST
        self.refresh()

    @Slot()
    def _on_more(self) -> None:
        self._most += AT_FIRST
        self._show_lines()

    @Slot()
    def _on_open(self) -> None:
        if (row := self.list.current_person) is not None:
            self._on_chosen(row)

    @Slot(object)
    def _on_chosen(self, row: PersonRow) -> None:
        self.desk.entry_wanted.emit(row.id, self.section)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.isVisible() and not changes.drafts_only:
            self._again.show()
