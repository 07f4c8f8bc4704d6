"""Why somebody is on this laptop, what keeps their record here, and letting it leave when nothing does."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import UserError
from eolc_desktop.services import held_here
from eolc_desktop.services.held_here import REASONS, Gone, MayLeave
from eolc_desktop.services.roles import Right, may
from eolc_desktop.services.session import Changes
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.choice_editors import Menu
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.places import Place
from eolc_desktop.views.sharing.detail_page import DetailPage
from eolc_desktop.views.widgets import ask
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.part import Part

INTRO = (
    "A record leaves a laptop only because somebody says so, and only when the shared record has all of it. Nobody "
    "disappears because something is missing elsewhere."
)
ASKED = (
    "This deletes this laptop’s copy: the plan, its history and the register of its paper copies. The shared record "
    "keeps the plan, and it can be received again. Backups made before still hold it until they are thinned out."
)
NOT_CHOSEN = "Please choose"
COMES_BACK = "The record comes back to this laptop at the next exchange."


class LeavingPage(DetailPage):
    """Shows one person."""

    page_title = "On this laptop"

    def __init__(self, desk: Desk, person_id: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, person_id, INTRO, parent)
        self._why, self._leave = Part("Why they are here"), Part("Letting the record leave this laptop")
        self.column.addWidget(self._why)
        self.column.addWidget(self._leave)
        self.column.addStretch(1)
        self._reason = Menu()
        self._reason_row: LabelledRow | None = None
        desk.changed.connect(self._on_changed)
        desk.sharing.ended.connect(self._on_changed)
        self.refresh()

    @classmethod
    def for_place(cls, desk: Desk, place: Place) -> LeavingPage:
        """The page for a place."""
        return cls(desk, place.person_id)

    def refresh(self) -> None:
        """Read what keeps the record here."""
        self.desk.run("what keeps a record", held_here.may_leave, self.person_id, done=self._on_read, failed=self.tell)

    @Slot(object)
    def _on_changed(self, changes: object) -> None:
        if not isinstance(changes, Changes) or (changes.touches(self.person_id) and not changes.drafts_only):
            self.refresh()

    @Slot(object)
    def _on_read(self, read: MayLeave | None) -> None:
        if read is None:
            self._why.begin("They are not on this laptop.")
            self._leave.hide()
            if may(self.desk.session, Right.TIDY):
                self.desk.run("who left", held_here.who_left, done=self._on_gone)
            return
        self._why.begin("Why they are here")
        self._why.say(f"{read.why_here}.")
        self._leave.begin("Letting the record leave this laptop")
        if read.stays:
            self._leave.say("Not now. It stays here because:")
            for words in read.stays:
                self._leave.say(f"– {words}")
        elif not may(self.desk.session, Right.TIDY):
            self._leave.say("The shared record has all of it. You may not take people off this laptop; others may.")
        else:
            self._leave.say("The shared record has all of it, and nothing here waits for anybody.")
            self._reason = Menu()
            self._reason.addItem(NOT_CHOSEN, "")
            for reason in REASONS:
                self._reason.addItem(reason, reason)
            self._reason_row = LabelledRow("Why it may leave", self._reason)
            self._leave.add(self._reason_row)
            button = QPushButton("Let the record leave this laptop…")
            wear(button, Look.DESTRUCTIVE)
            button.clicked.connect(self._on_leave)
            holder = QWidget()
            row = FlowLayout(holder, across=8)
            row.addWidget(button)
            self._leave.add(holder)

    @Slot(object)
    def _on_gone(self, gone: tuple[Gone, ...]) -> None:
        """Offer to receive somebody again who left this laptop. Their name is not kept here."""
        found = next((one for one in gone if one.person_id == self.person_id), None)
        if found is None:
            return
        self._leave.begin("Receiving the record again")
        self._leave.say(found.words)
        self._leave.show()
        if found.returns:
            self._leave.say(COMES_BACK)
            return
        button = QPushButton("Receive the record again")
        button.clicked.connect(self._on_bring_back)
        holder = QWidget()
        FlowLayout(holder, across=8).addWidget(button)
        self._leave.add(holder)

    @Slot()
    def _on_bring_back(self) -> None:
        self.desk.run("bring somebody back", held_here.bring_back, self.person_id, done=self._on_brought_back)

    @Slot(object)
    def _on_brought_back(self, _nothing: object) -> None:
        self.desk.told.emit(COMES_BACK)
        self.refresh()

    @Slot()
    def _on_leave(self) -> None:
        if not self._reason.currentData() and self._reason_row is not None:
            self._reason_row.show_problem("Please say why.", is_announced=True)
            self._reason.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        answers = (ask.Answer("stay", "Keep it here"), ask.Answer("leave", "Delete this laptop’s copy"))
        question = ask.Question("Leaving", "Let this person’s record leave this laptop?", answers, ASKED)
        ask.question(self, question, self._on_answer)

    def _on_answer(self, key: str) -> None:
        if key == "leave":
            given = (self.person_id, str(self._reason.currentData()))
            self.desk.run("let a record leave", held_here.leave, *given, done=self._on_left, failed=self._on_refused)

    @Slot(object)
    def _on_left(self, _changes: object) -> None:
        self.desk.told.emit("The record has left this laptop. Under “Who left this laptop” it can be received again.")
        self.desk.place_wanted.emit(Place("sharing"))

    @Slot(object)
    def _on_refused(self, error: UserError) -> None:
        self.tell(error)
        self.refresh()
