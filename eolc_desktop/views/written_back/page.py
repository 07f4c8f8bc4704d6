"""A form that came back: the file is read, somebody says who filled it in, and each answer is gone through together."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.desktop.background import Work
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.documents.fillable_reading import MOST_BYTES, FormRead, FormRefused, read_form
from eolc_desktop.errors import UserError
from eolc_desktop.record.written_back import State
from eolc_desktop.services import written_back
from eolc_desktop.services.session import Changes
from eolc_desktop.services.written_back import Recognised, Waiting
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.reading_order import put_tab_in_reading_order
from eolc_desktop.views.places import Place
from eolc_desktop.views.widgets import ask
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.message_bar import Kind, MessageBar
from eolc_desktop.views.widgets.scrolling import scrolling
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel
from eolc_desktop.views.written_back.answers import FormCard
from eolc_desktop.views.written_back.who import WhoCard

KINDS = (ask.FileKind("PDF", ("pdf",)),)
INTRODUCTION = (
    "A form that somebody filled in can be brought back here. The program reads the answers and nothing else in the "
    "file, and holds them beside the plan. The plan changes only when an answer has been read together with the person."
)


class WrittenBackPage(QWidget):
    """Takes a form that came back, and shows the answers that wait: of one person, or of everybody.

    Signals:
        closed: the page before should be shown again.
    """

    closed = Signal()
    page_title = "Answers on a form"

    def __init__(self, desk: Desk, person_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.person_id = person_id
        self._work: Work | None = None
        self._data = b""
        self._found: Recognised | None = None
        self._who: WhoCard | None = None
        self._cards: list[FormCard] = []
        self.setAcceptDrops(True)
        self._build()
        desk.changed.connect(self._on_changed)
        self._read_waiting()

    @classmethod
    def for_place(cls, desk: Desk, place: Place) -> WrittenBackPage:
        """The page for a place; without a person, for everybody."""
        return cls(desk, place.person_id)

    def leave(self) -> None:
        """A file that nobody said to hold is put away."""
        if self._work is not None:
            self._work.cancel()
            self._work = None
        self._forget()

    def focus_first(self) -> None:
        """Give the keyboard to the button that chooses a file."""
        self._choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self._message = MessageBar()
        self._choose = QPushButton("Choose the file…")
        wear(self._choose, Look.PRIMARY)
        self._choose.clicked.connect(self._on_choose)
        self._back = QPushButton("Back")
        self._back.clicked.connect(self.closed)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self._choose)
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        self._says = WrappedLabel("", Look.SECONDARY)
        self._list = QVBoxLayout()
        self._list.setSpacing(16)
        inside = QWidget()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(24, 16, 24, 16)
        self._column.setSpacing(16)
        self._column.addWidget(WrappedLabel("Answers on a form", Look.TITLE))
        self._column.addWidget(WrappedLabel(INTRODUCTION))
        self._column.addLayout(buttons)
        self._column.addWidget(self._says)
        self._column.addLayout(self._list)
        self._column.addStretch(1)
        scroll = scrolling(inside)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._message)
        page.addWidget(scroll, 1)

    # The file

    @Slot()
    def _on_choose(self) -> None:
        ask.file_to_open(self, "Choose the form that came back", KINDS, self.read_file)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A file can be dropped anywhere on the page."""
        if len(event.mimeData().urls()) == 1 and event.mimeData().urls()[0].isLocalFile():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Read the file that was dropped."""
        event.acceptProposedAction()
        self.read_file(Path(event.mimeData().urls()[0].toLocalFile()))

    def read_file(self, path: Path) -> None:
        """Read a form in the worker process, and say whose it is."""
        self._forget()
        self._message.close_message()
        try:
            with path.open("rb") as file:
                self._data = file.read(MOST_BYTES + 1)
        except OSError:
            self._on_failed(FormRefused("This file cannot be read.", "Nothing was changed.", "Choose another."))
            return
        self._says.setText("Reading the form…")
        self._work = self.desk.run_elsewhere(
            "read a form", read_form, self._data, done=self._on_read, failed=self._on_failed
        )

    @Slot(object)
    def _on_read(self, read: FormRead) -> None:
        self._work = self.desk.run(
            "recognise a form", written_back.recognise, read, self._data, done=self._on_recognised,
            failed=self._on_failed,
        )  # fmt: skip

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self._work = None
        self._forget()
        self._say_waiting()
        self._message.tell(error)

    @Slot(object)
    def _on_recognised(self, found: Recognised) -> None:
        self._work = None
        if self.person_id and found.row.id != self.person_id:
            self._on_failed(
                FormRefused(
                    "This form belongs to somebody else on this computer.",
                    "Nothing was taken from it.",
                    "Open it from “Paper copies”, where forms of everybody can be brought back.",
                )
            )
            return
        if not found.read.answers:
            self._on_failed(
                FormRefused("Nothing was filled in on this form.", "Nothing was changed.", "Ask whether it was saved.")
            )
            return
        self._found = found
        self._says.setText("")
        self._who = WhoCard(found, self.desk.now())
        self._who.told.connect(self._on_told)
        self._who.refused.connect(self._on_refused)
        self._list.insertWidget(0, self._who)
        self._who.show()
        self._tidy()
        self._who.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str, str)
    def _on_told(self, told_by: str, words: str) -> None:
        if self._found is not None:
            self.desk.run(
                "hold the answers of a form", written_back.hold, self._found, told_by, words, done=self._on_held,
                failed=self._on_failed,
            )  # fmt: skip

    @Slot(object)
    def _on_held(self, _settled: object) -> None:
        self._forget()
        self._message.say("The answers are held on this computer, encrypted. Go through them one by one.", Kind.SUCCESS)
        self._read_waiting()

    @Slot()
    def _on_refused(self) -> None:
        self._forget()
        self.focus_first()

    def _forget(self) -> None:
        self._data = b""
        self._found = None
        if self._who is not None:
            self._list.removeWidget(self._who)
            self._who.hide()
            self._who.deleteLater()
            self._who = None

    # The answers

    def _read_waiting(self) -> None:
        self.desk.run("read the answers that wait", written_back.waiting, self.person_id, done=self._on_waiting)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if not self.person_id or changes.touches(self.person_id):
            self._read_waiting()

    @Slot(object)
    def _on_waiting(self, forms: tuple[Waiting, ...]) -> None:
        for card in self._cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._cards = [FormCard(form, self.desk.now()) for form in forms]
        for card in self._cards:
            card.settled.connect(self._on_settled)
            self._list.addWidget(card)
            card.show()
        self._say_waiting()
        self._tidy()

    def _say_waiting(self) -> None:
        waits = sum(card.form.waits for card in self._cards)
        words = f"{waits} answer{' waits' if waits == 1 else 's wait'} to be read together." if waits else ""
        self._says.setText(words or "No answers wait.")

    def _tidy(self) -> None:
        put_tab_in_reading_order(self._choose, self._back, *([self._who] if self._who else []), *self._cards)

    @Slot(str, str, str)
    def _on_settled(self, form_id: str, name: str, state: str) -> None:
        self._choose.setFocus(Qt.FocusReason.OtherFocusReason)
        self.desk.run("settle an answer", written_back.settle, form_id, name, State(state), done=self._on_done)

    @Slot(object)
    def _on_done(self, _settled: object) -> None:
        announce(self, "Recorded.")
        self._read_waiting()
