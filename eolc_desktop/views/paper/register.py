"""The register of one person's pages: what was made, who has it, where it is kept, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import today
from eolc_desktop.care_plan.paper_copies import PaperCopy, ToReplace
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import UserError
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import paper_copies, people
from eolc_desktop.services.paper_copies import Holder, Register
from eolc_desktop.services.session import Changes
from eolc_desktop.views import person_words
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.reading_order import put_tab_in_reading_order
from eolc_desktop.views.paper.copy_card import CopyCard
from eolc_desktop.views.paper.holder_form import HolderForm
from eolc_desktop.views.places import Place
from eolc_desktop.views.widgets.empty_state import EmptyState
from eolc_desktop.views.widgets.scrolling import scrolling
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

NONE_YET = "No page of this plan has been printed or saved from this program yet"


class RegisterPage(QWidget):
    """The pages of one person: those in use first, what became of the others on request.

    Signals:
        closed: the page before should be shown again.
    """

    closed = Signal()
    page_title = "Paper copies of one person"

    def __init__(self, desk: Desk, person_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.person_id = person_id
        self._register: Register | None = None
        self._cards: list[CopyCard] = []
        self._shows_old = False
        self._asking: HolderForm | None = None
        self._build()
        desk.changed.connect(self._on_changed)
        desk.run("whose pages", people.person_row, person_id, done=self._on_row)
        self._read()

    @classmethod
    def for_place(cls, desk: Desk, place: Place) -> RegisterPage:
        """The page for a place."""
        return cls(desk, place.person_id)

    def leave(self) -> None:
        """What was not kept is dropped: nothing of the plan is written here."""

    def focus_first(self) -> None:
        """Give the keyboard to the way back, until a page is chosen."""
        self._print.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self._who = WrappedLabel("", Look.HEADING)
        self._says = WrappedLabel("")
        self._print = QPushButton("Print a new copy")
        wear(self._print, Look.PRIMARY)
        self._print.clicked.connect(self._on_print)
        self._plan = QPushButton("Open the plan")
        self._plan.clicked.connect(self._on_plan)
        self._answers = QPushButton("Answers on a form")
        self._answers.clicked.connect(self._on_answers)
        self._back = QPushButton("Back")
        self._back.clicked.connect(self.closed)
        top = FlowLayout(None, 8)
        for button in (self._print, self._plan, self._answers, self._back):
            top.addWidget(button)
        self._inside = QWidget()
        self._column = QVBoxLayout(self._inside)
        self._column.setContentsMargins(24, 16, 24, 16)
        self._column.setSpacing(12)
        self._column.addWidget(WrappedLabel("Paper copies", Look.TITLE))
        self._column.addWidget(self._who)
        self._column.addLayout(top)
        self._column.addWidget(self._says)
        self._none = EmptyState(NONE_YET)
        self._none.hide()
        self._column.addWidget(self._none)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self._column.addLayout(self._list)
        self._old = QPushButton("")
        self._old.setCheckable(False)
        self._old.clicked.connect(self._on_old)
        self._old.hide()
        self._column.addWidget(self._old, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addStretch(1)
        self._scroll = scrolling(self._inside)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(self._scroll)

    # Reading

    def _read(self) -> None:
        self.desk.run(
            "read the pages of a person", paper_copies.register_of, self.person_id, done=self._on_read,
            failed=self._on_failed,
        )  # fmt: skip

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(self.person_id) and not changes.drafts_only:
            self._read()

    @Slot(object)
    def _on_row(self, row: PersonRow | None) -> None:
        if row is not None:
            self._who.setText(person_words.identity_line(row, today(self.desk.now())))

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self.desk.told.emit(error)

    @Slot(object)
    def _on_read(self, register: Register) -> None:
        self._register = register
        self._show()

    def _show(self) -> None:
        register = self._register
        if register is None:
            return
        at = next(
            (card.copy.entry for card in self._cards if card.isAncestorOf(QApplication.focusWidget() or self)), ""
        )
        for card in self._cards:
            self._list.removeWidget(card)
            card.hide()
            card.deleteLater()
        self._asking = None
        recalled = {one.copy.entry: one for one in register.to_replace}
        in_use = [copy for copy in register.copies if copy.is_out]
        old = [copy for copy in register.copies if not copy.is_out]
        shown = [*in_use, *(old if self._shows_old else ())]
        shown.sort(key=lambda copy: (not copy.is_out, copy.entry not in recalled))
        self._cards = [self._card(copy, recalled.get(copy.entry)) for copy in shown]
        for card in self._cards:
            self._list.addWidget(card)
            card.show()
        put_tab_in_reading_order(self._print, self._plan, self._answers, self._back, *self._cards, self._old)
        if at:
            # The keyboard stays with the page it was on, or goes to the top where that has gone from the list.
            again = next((card for card in self._cards if card.copy.entry == at), None)
            (again or self._print).setFocus(Qt.FocusReason.OtherFocusReason)
        self._says.setText(_count_words(in_use, recalled))
        self._says.setVisible(bool(in_use))
        self._none.setVisible(not register.copies)
        many = f"{len(old)} page{'' if len(old) == 1 else 's'}"
        verb = "Hide" if self._shows_old else "Show"
        self._old.setText(f"{verb} {many} no longer in use")
        self._old.setVisible(bool(old))

    def _card(self, copy: PaperCopy, recall: ToReplace | None) -> CopyCard:
        card = CopyCard(copy, recall)
        card.marked.connect(self._on_marked)
        card.holder_wanted.connect(self._on_holder_wanted)
        return card

    # What the user does

    @Slot()
    def _on_print(self) -> None:
        self.desk.print_wanted.emit(self.person_id, "")

    @Slot()
    def _on_plan(self) -> None:
        self.desk.person_wanted.emit(self.person_id)

    @Slot()
    def _on_answers(self) -> None:
        self.desk.place_wanted.emit(Place("written_back", self.person_id))

    @Slot()
    def _on_old(self) -> None:
        self._shows_old = not self._shows_old
        self._show()

    @Slot(str, str)
    def _on_marked(self, entry: str, state: str) -> None:
        self.desk.run("mark a page", paper_copies.mark, self.person_id, [entry], state, done=self._on_kept)

    @Slot(str)
    def _on_holder_wanted(self, entry: str) -> None:
        register = self._register
        card = next((card for card in self._cards if card.copy.entry == entry), None)
        if register is None or card is None:
            return
        form = HolderForm(register.plan)
        form.show_holder(card.copy)
        form.setProperty("entry", entry)
        form.told.connect(self._on_told)
        form.skipped.connect(self._show)
        self._asking = form
        card.ask(form)

    @Slot(object, object)
    def _on_told(self, holder: Holder, replaced: Sequence[str]) -> None:
        if self._asking is not None:
            entry = str(self._asking.property("entry"))
            self.desk.run(
                "say who has a page", paper_copies.hand_over, self.person_id, entry, holder, tuple(replaced),
                done=self._on_kept,
            )  # fmt: skip

    @Slot(object)
    def _on_kept(self, _result: object) -> None:
        self.desk.told.emit("Kept in the register of paper copies.")


def _count_words(in_use: Sequence[PaperCopy], recalled: dict[str, ToReplace]) -> str:
    many = f"{len(in_use)} page{' is' if len(in_use) == 1 else 's are'} in use"
    if not recalled:
        return f"{many}. What is critical for safety on them still holds, as far as this laptop knows."
    return f"{many}; {len(recalled)} of them to be replaced."
