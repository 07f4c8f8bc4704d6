"""What the pages about one person's sharing have in common: whose it is, a way back, a message, and cards."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import today
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import UserError
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import people
from eolc_desktop.views import person_words
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.widgets.message_bar import Kind, MessageBar
from eolc_desktop.views.widgets.scrolling import scrolling
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class DetailPage(QWidget):
    """A page about one person, who is named on it with two identifiers; each page has its own `page_title`.

    Signals:
        closed: go back.
    """

    closed = Signal()
    page_title = ""

    def __init__(self, desk: Desk, person_id: str, intro: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.person_id = person_id
        self.message = MessageBar()
        self._back = QPushButton("Back")
        self._back.clicked.connect(self.closed)
        self._plan = QPushButton("Open the plan")
        self._plan.clicked.connect(self._on_plan)
        self._who = WrappedLabel("", Look.KEY_LINE)
        inside = QWidget()
        self.column = QVBoxLayout(inside)
        self.column.setContentsMargins(24, 16, 24, 24)
        self.column.setSpacing(12)
        self.column.addWidget(WrappedLabel(self.page_title, Look.TITLE))
        self.column.addWidget(self._who)
        if intro:
            self.column.addWidget(WrappedLabel(intro, Look.SECONDARY))
        row = FlowLayout(across=8)
        row.addWidget(self._back)
        row.addWidget(self._plan)
        self.column.addLayout(row)
        scroll = scrolling(inside)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.message)
        page.addWidget(scroll)
        desk.run("whose it is", people.person_row, person_id, done=self._on_row)

    def focus_first(self) -> None:
        """Give the keyboard to the way back."""
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def done(self, words: str) -> None:
        """Say what was done."""
        self.message.say(words, Kind.SUCCESS)

    @Slot(object)
    def tell(self, error: UserError) -> None:
        """Say what went wrong, what is safe, and what to do."""
        self.message.tell(error)

    @Slot(object)
    def _on_row(self, row: PersonRow | None) -> None:
        if row is not None:
            self._who.setText(person_words.identity_line(row, today(self.desk.now())))

    @Slot()
    def _on_plan(self) -> None:
        self.desk.person_wanted.emit(self.person_id)


class Part(QFrame):
    """A card whose content is made anew."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        wear(self, Look.CARD)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 16)
        self._column.setSpacing(8)
        if title:
            self.begin(title)

    def begin(self, title: str) -> None:
        """Begin anew under a heading."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.add(WrappedLabel(title, Look.HEADING))

    def add(self, widget: QWidget) -> None:
        """Put something beneath what is there."""
        self._column.addWidget(widget)

    def say(self, words: str, look: Look | None = None) -> None:
        """Put words beneath what is there."""
        self.add(WrappedLabel(words, look) if look is not None else WrappedLabel(words))

    def item(self, label: str, words: str, note: str = "") -> None:
        """Put a labelled value beneath what is there, with a note in smaller words."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(1)
        column.addWidget(WrappedLabel(label, Look.FIELD_LABEL))
        column.addWidget(WrappedLabel(words))
        if note:
            column.addWidget(WrappedLabel(note, Look.SECONDARY))
        self.add(holder)

    def press(self, words: str, pressed: Callable[[], object], look: Look | None = None) -> QPushButton:
        """Put a button beneath what is there."""
        button = QPushButton(words)
        if look is not None:
            wear(button, look)
        button.clicked.connect(lambda: pressed())
        holder = QWidget()
        row = FlowLayout(holder, across=8)
        row.addWidget(button)
        self.add(holder)
        return button
