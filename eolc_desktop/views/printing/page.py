"""The print page: one person, one document, what is left out and why, the page as it will be, and then paper."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.documents.copies import ReadersChosen
from eolc_desktop.documents.protecting import lock
from eolc_desktop.documents.raster import PackedPage
from eolc_desktop.documents.showing import Shown, make_and_show, pages_for_printer
from eolc_desktop.errors import UserError
from eolc_desktop.services import organisation, paper_copies, printing
from eolc_desktop.services.organisation import PRINT_ONLY
from eolc_desktop.services.paper_copies import Entered, Holder
from eolc_desktop.services.print_needs import Chosen
from eolc_desktop.services.printing import Prepared
from eolc_desktop.services.session import Session
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.paper.holder_form import HolderForm
from eolc_desktop.views.printing import paper
from eolc_desktop.views.printing.choices import PrintChoices
from eolc_desktop.views.printing.locking import FileLock
from eolc_desktop.views.printing.preview import PagePreview
from eolc_desktop.views.widgets import ask
from eolc_desktop.views.widgets.scrolling import scrolling
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel
from eolc_desktop.views.written_back.saving import FormSaving

SETTLE_MILLISECONDS = 150
"""How long the choices must rest before the preview is made anew."""
USUAL = "family-plan"
NO_PRINTER = "No printer found"


class PrintPage(QWidget):
    """Prepares, previews, prints and saves the documents of one person. Nothing of them touches the disk unless saved.

    Signals:
        closed: the person's plan should be shown again.
    """

    closed = Signal()
    page_title = "Print"

    def __init__(self, desk: Desk, person_id: str, document_key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.person_id = person_id
        self._wanted = 0
        self._prepared: Prepared | None = None
        self._shown: Shown | None = None
        self._plan: Plan | None = None
        self._entered: Entered | None = None
        self._who = WrappedLabel("")
        wear(self._who, Look.HEADING)
        documents = organisation.documents(desk.session.policy)
        wanted = document_key or USUAL
        offered = wanted if any(each.key == wanted for each in documents) else documents[0].key
        self._choices = PrintChoices(documents, offered)
        self._choices.changed.connect(self._on_choices)
        self._preview = PagePreview()
        self._said = WrappedLabel("")
        self._may_save = desk.session.policy.may_save_pdfs
        self._lock = FileLock()
        self._path = Path()
        self._parts = QStackedWidget()
        self._asking = QScrollArea()
        self._printer = QComboBox()
        self._printer.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._printer.setMinimumContentsLength(16)
        self._printer.setAccessibleName("Printer")
        self._print = self._button("Print", self._on_print, Look.PRIMARY)
        self._save = self._button("Save as PDF…", self._on_save)
        self._form = self._button("Save a form to fill in…", self._on_form)
        self._form_saving = FormSaving(desk, self)
        self._form_saving.saved.connect(self._on_form_saved)
        self._form_saving.failed.connect(self._on_form_failed)
        self._back = self._button("Back to the plan", self.closed.emit)
        self._telling: Generator[None] = (None for _ in ())
        self._tell_next = QTimer(self)
        self._tell_next.setSingleShot(True)
        self._tell_next.timeout.connect(self._tell_on)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MILLISECONDS)
        self._settle.timeout.connect(self._prepare)
        self._lay_out()
        self._fill_printers()
        if not self._may_save:
            for part in (self._lock, self._save, self._form):
                part.hide()
        self._allow(False)
        for keys in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shortcut = QShortcut(QKeySequence(Qt.Modifier.CTRL | keys), self)
            shortcut.activated.connect(self._on_print)
        self.setFocusProxy(self._print)
        self._prepare()

    def leave(self) -> None:
        """Nothing is kept: a copy that was not printed or saved is gone."""
        self._settle.stop()
        self._tell_next.stop()
        self._wanted += 1

    # Making

    @Slot()
    def _on_choices(self) -> None:
        self._allow(False)
        self._preview.show_waiting("Making the page…")
        self._settle.start()

    @Slot()
    def _prepare(self) -> None:
        self._allow(False)
        self._wanted += 1
        self.desk.run(
            "prepare a document",
            partial(_prepare, self._wanted),
            self.person_id,
            self._choices.document(),
            self._choices.readers(),
            self._choices.chosen(),
            done=self._on_prepared,
            failed=self._on_failed,
        )

    @Slot(object)
    def _on_prepared(self, result: tuple[int, Prepared]) -> None:
        number, prepared = result
        if number != self._wanted:
            return
        self._prepared, self._plan = prepared, prepared.plan
        self.desk.run_elsewhere(
            "make a document",
            make_and_show,
            prepared.order,
            done=self._on_made,
            failed=self._on_failed,
        )
        self._telling = self._tell(prepared)
        self._tell_on()

    @Slot()
    def _tell_on(self) -> None:
        # A step at a time, between which the window answers, while the document is made.
        if next(self._telling, self) is not self:
            self._tell_next.start()

    def _tell(self, prepared: Prepared) -> Generator[None]:
        """Say what will be on the copy and what not."""
        identity = prepared.order.identity
        self._who.setText(f"Print for {identity.person_line}   Born {identity.born}   NHS No. {identity.nhs_number}")
        self._choices.show_style(prepared.order.style, prepared.size_reason)
        yield
        yield from self._choices.show_questions(prepared.copy.questions)
        yield
        self._choices.show_left_out(prepared.copy.left_out, prepared.to_look_for)
        yield
        self._choices.show_people(prepared.plan)

    @Slot(object)
    def _on_made(self, shown: Shown) -> None:
        if self._prepared is None or shown.check_code != self._prepared.order.identity.check_code:
            return
        self._shown = shown
        for _ in self._telling:  # nothing is printed before everything was said about it
            pass
        self._preview.show_pages(shown.pages)
        self._allow(True)

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self._allow(False)
        self._preview.show_waiting("No page could be made")
        self.desk.told.emit(error)

    # Paper

    @Slot()
    def _on_print(self) -> None:
        if not self._print.isEnabled() or self._prepared is None:
            return
        self._allow(False)
        self._said.setText("Printing…")
        self._entered = None
        self.desk.run("note a print", printing.note_made, self._prepared, "printed", self._given_to(),
                      done=self._on_noted, failed=self._on_failed)  # fmt: skip

    @Slot(object)
    def _on_noted(self, entered: Entered) -> None:
        self._entered = entered
        if self._shown is not None:
            self.desk.run_elsewhere("draw for the printer", pages_for_printer, self._shown.pdf, done=self._on_drawn,
                                    failed=self._on_not_printed)  # fmt: skip

    @Slot(object)
    def _on_not_printed(self, error: UserError) -> None:
        if self._prepared is not None and self._entered is not None:
            self.desk.run("note a failed print", printing.note_not_made, self._prepared, self._entered.entry)
        self._said.setText("")
        self.desk.told.emit(error)
        self._prepare()

    @Slot(object)
    def _on_drawn(self, pages: tuple[PackedPage, ...]) -> None:
        run = paper.PrintRun(pages, self._chosen_printer(), self)
        run.finished.connect(self._on_printed)
        run.failed.connect(self._on_not_printed)
        run.start()

    def _chosen_printer(self) -> QPrinter:
        printer = QPrinter()
        printer.setPrinterName(self._printer.currentText())
        return printer

    @Slot()
    def _on_printed(self) -> None:
        self._said.setText("Sent to the printer. Please look at each page before you hand it over.")
        self._ask_who_has_it()

    @Slot()
    def _on_save(self) -> None:
        if self._prepared is None or self._shown is None or self._lock.password is None:
            return
        kinds = (ask.FileKind("PDF", ("pdf",)),)
        ask.file_to_save(self, "Save as PDF", kinds, self._prepared.document.file_name, self._save_to)

    def _save_to(self, path: Path) -> None:
        if self._prepared is None or self._shown is None:
            return
        self._allow(False)
        self._path = path
        if password := self._lock.password:
            self.desk.run_elsewhere(
                "lock a document", lock, self._shown.pdf, password, done=self._on_locked, failed=self._on_not_saved
            )
        else:
            self._on_locked(self._shown.pdf)

    @Slot(object)
    def _on_locked(self, pdf: bytes) -> None:
        copy = (self._prepared, pdf, self._path, self._given_to())
        self.desk.run("save a document", printing.save_copy, *copy, done=self._on_saved, failed=self._on_not_saved)

    @Slot(object)
    def _on_not_saved(self, error: UserError) -> None:
        self.desk.told.emit(error)
        self._prepare()

    @Slot(object)
    def _on_saved(self, entered: Entered) -> None:
        self._entered = entered
        is_locked = bool(self._lock.password)
        self._lock.forget()
        self._said.setText(
            "Saved, locked with the password. Nobody can open it without."
            if is_locked
            else "Saved. This file is not encrypted: anyone who can open the folder can read it."
        )
        self._ask_who_has_it()

    @Slot()
    def _on_form(self) -> None:
        self._form.setEnabled(False)
        self._form_saving.begin(self.person_id)

    @Slot(object)
    def _on_form_saved(self, entered: Entered) -> None:
        self._form.setEnabled(True)
        self._entered = entered
        self._said.setText("The form is saved. It is not encrypted. Bring it back under “Paper copies”.")
        self._ask_who_has_it()

    @Slot(object)
    def _on_form_failed(self, error: UserError) -> None:
        self._form.setEnabled(True)
        self.desk.told.emit(error)

    # Who has it

    def _ask_who_has_it(self) -> None:
        # The next page has a check code of its own: two pages with one code could not be told apart.
        self._prepare()
        if self._entered is None or self._plan is None:
            return
        form = HolderForm(self._plan, self._entered.older)
        form.told.connect(self._on_holder)
        form.skipped.connect(self._after_asking)
        self._asking.setWidget(form)
        self._parts.setCurrentWidget(self._asking)
        form.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object, object)
    def _on_holder(self, holder: Holder, replaced: Sequence[str]) -> None:
        if self._entered is not None:
            self.desk.run("say who has a page", paper_copies.hand_over, self.person_id, self._entered.entry, holder,
                          tuple(replaced), done=self._on_held)  # fmt: skip

    @Slot(object)
    def _on_held(self, _result: object) -> None:
        self._said.setText("Kept in the register of paper copies.")
        self._after_asking()

    @Slot()
    def _after_asking(self) -> None:
        self._parts.setCurrentIndex(0)
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _given_to(self) -> str:
        readers = self._choices.readers().contacts
        return readers[0] if len(readers) == 1 else ""

    # The page

    def _lay_out(self) -> None:
        inside = QWidget()
        choices = QVBoxLayout(inside)
        choices.setContentsMargins(0, 0, 0, 0)
        choices.addWidget(self._choices)
        choices.addWidget(self._lock)
        left = scrolling(inside)
        left.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        beside = QWidget()
        middle = QHBoxLayout(beside)
        middle.setContentsMargins(0, 0, 0, 0)
        middle.setSpacing(16)
        middle.addWidget(left, 2)
        middle.addWidget(self._preview, 3)
        self._parts.addWidget(beside)
        self._asking.setWidgetResizable(True)
        self._asking.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._asking.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._parts.addWidget(self._asking)
        foot = FlowLayout(None, 8)
        for part in (self._print, self._printer, self._save, self._form, self._back):
            foot.addWidget(part)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._who)
        column.addWidget(self._parts, 1)
        column.addWidget(self._said)
        column.addLayout(foot)

    def _button(self, words: str, slot: object, look: Look | None = None) -> QPushButton:
        button = QPushButton(words)
        button.clicked.connect(slot)
        if look is not None:
            wear(button, look)
        return button

    def _fill_printers(self) -> None:
        names = paper.printer_names()
        self._printer.addItems(names or [NO_PRINTER])
        self._printer.setEnabled(bool(names))
        if not self._may_save:
            self._said.setText(PRINT_ONLY if names else f"No printer found on this computer. {PRINT_ONLY}")
        elif not names:
            self._said.setText("No printer found on this computer. Save the PDF instead.")

    def _allow(self, ready: bool) -> None:
        self._print.setEnabled(ready and self._printer.isEnabled())
        self._save.setEnabled(ready and self._may_save)


def _prepare(
    number: int,
    session: Session,
    person_id: str,
    document: str,
    readers: ReadersChosen,
    chosen: Chosen,
) -> tuple[int, Prepared]:
    return number, printing.prepare(session, person_id, document, readers, chosen)
