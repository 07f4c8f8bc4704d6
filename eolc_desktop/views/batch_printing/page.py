"""Printing for many people at once: which document, for whom, to where; then progress that can be stopped."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import batch_printing, organisation
from eolc_desktop.services.batch_printing import SAYS_NO, WARNING, Outcome
from eolc_desktop.views import person_words
from eolc_desktop.views.batch_printing.run import BatchRun, Target
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.choice_editors import ChoiceList, Menu
from eolc_desktop.views.places import Place
from eolc_desktop.views.printing import paper
from eolc_desktop.views.widgets import ask
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.scrolling import scrolling
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

WHAT = "What to print"
FOR_WHOM = "For whom"
WHERE_TO = "Where to"
ALL, TO_REPLACE = "all", "to_replace"
FOLDER, PRINTER = "folder", "printer"


class BatchPrintPage(QWidget):
    """Prints or saves one document for everybody, or for those whose pages are to be replaced.

    Signals:
        closed: the page before should be shown again.
    """

    closed = Signal()
    page_title = "Print for many people"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self._run: BatchRun | None = None
        self._rows: tuple[PersonRow, ...] = ()
        self._build()
        self._read_people()

    @classmethod
    def for_place(cls, desk: Desk, _place: Place) -> BatchPrintPage:
        """The page for a place."""
        return cls(desk)

    def leave(self) -> None:
        """A batch that is under way stops after the person it is at; what is done is in the register."""
        if self._run is not None:
            self._run.cancel()

    def focus_first(self) -> None:
        """Give the keyboard to the first choice."""
        self._what.first().setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        documents = organisation.documents(self.desk.session.policy)
        self._what = ChoiceList(WHAT, [(document.key, document.name) for document in documents])
        self._what.choose(documents[0].key)
        self._whom = ChoiceList(
            FOR_WHOM, [(ALL, "Everybody on this computer"), (TO_REPLACE, "Those who have pages to replace")]
        )
        self._whom.choose(ALL)
        self._whom.group.idClicked.connect(self._on_whom)
        self._count = WrappedLabel("", Look.SECONDARY)
        printers = paper.printer_names()
        self._where = ChoiceList(WHERE_TO, [(FOLDER, "Into a folder, as PDFs"), (PRINTER, "Straight to a printer")])
        may_save = self.desk.session.policy.may_save_pdfs
        self._where.choose(FOLDER if may_save else PRINTER)
        self._where.buttons[PRINTER].setEnabled(bool(printers))
        self._where.buttons[FOLDER].setEnabled(may_save)
        self._where.group.idClicked.connect(self._on_where)
        self._printer = Menu()
        self._printer.addItems(printers)
        self._printer_row = LabelledRow("Printer", self._printer)
        self._warning = WrappedLabel(WARNING, Look.WARNING)
        self._warning.setMargin(10)
        self._start = QPushButton("Choose the folder and begin…")
        wear(self._start, Look.PRIMARY)
        self._start.clicked.connect(self._on_start)
        self._stop = QPushButton("Stop")
        self._stop.clicked.connect(self._on_stop)
        self._back = QPushButton("Back")
        self._back.clicked.connect(self.closed)
        self._bar = QProgressBar()
        self._bar.setAccessibleName("Progress")
        self._bar.setTextVisible(False)
        self._says = WrappedLabel("")
        self._failures = WrappedLabel("", Look.WARNING)
        self._failures.setMargin(10)
        self._choices = QFrame()
        wear(self._choices, Look.CARD)
        card = QVBoxLayout(self._choices)
        card.setContentsMargins(16, 12, 16, 16)
        card.setSpacing(8)
        for heading, parts in (
            (WHAT, (self._what,)),
            (FOR_WHOM, (self._whom, self._count)),
            (WHERE_TO, (self._where, self._printer_row, self._warning)),
        ):
            card.addWidget(WrappedLabel(heading, Look.HEADING))
            for part in parts:
                card.addWidget(part)
        card.addWidget(WrappedLabel(SAYS_NO, Look.SECONDARY))
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._start, self._stop, self._back):
            buttons.addWidget(button)
        buttons.addStretch(1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(12)
        column.addWidget(WrappedLabel("Print for many people", Look.TITLE))
        for widget in (self._choices, self._says, self._bar, self._failures):
            column.addWidget(widget)
        column.addLayout(buttons)
        column.addStretch(1)
        for hidden in (self._printer_row, self._stop, self._bar, self._says, self._failures):
            hidden.hide()
        scroll = scrolling(inside)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scroll)

    # Who

    @Slot()
    def _on_whom(self) -> None:
        self._read_people()

    def _read_people(self) -> None:
        self._start.setEnabled(False)
        self.desk.run(
            "who is in a batch", batch_printing.people_for, self._whom.chosen() == TO_REPLACE, done=self._on_people
        )

    @Slot(object)
    def _on_people(self, rows: tuple[PersonRow, ...]) -> None:
        self._rows = rows
        many = "1 person" if len(rows) == 1 else f"{len(rows):,} people"
        self._count.setText(f"{many}. Nobody who has died is among them.")
        self._start.setEnabled(bool(rows) and self._run is None)

    @Slot()
    def _on_where(self) -> None:
        to_paper = self._where.chosen() == PRINTER
        self._printer_row.setVisible(to_paper)
        self._warning.setVisible(not to_paper)
        self._start.setText("Begin" if to_paper else "Choose the folder and begin…")

    # Under way

    @Slot()
    def _on_start(self) -> None:
        if self._run is not None:
            return
        if self._where.chosen() == PRINTER:
            self._begin(Target(printer=self._printer.currentText()))
        else:
            ask.folder(self, "Choose the folder for the plans", self._begin_in)

    def _begin_in(self, folder: Path) -> None:
        self._begin(Target(folder=folder))

    def _begin(self, target: Target) -> None:
        self._run = BatchRun(self.desk, self._rows, str(self._what.chosen()), target, self)
        self._run.progressed.connect(self._on_progress)
        self._run.finished.connect(self._on_finished)
        self._bar.setRange(0, len(self._rows))
        self._bar.setValue(0)
        self._failures.hide()
        self._show_running(True)
        self._on_progress(0)
        self._stop.setFocus(Qt.FocusReason.OtherFocusReason)
        self._run.start()

    def _show_running(self, running: bool) -> None:
        for widget in (self._bar, self._stop):
            widget.setVisible(running)
        self._says.show()
        for other in (self._choices, self._start, self._back):
            other.setVisible(not running)
        self._stop.setEnabled(running)

    @Slot(int)
    def _on_progress(self, done: int) -> None:
        self._bar.setValue(done)
        self._says.setText(f"{done:,} of {len(self._rows):,} done")

    @Slot()
    def _on_stop(self) -> None:
        if self._run is not None:
            self._stop.setEnabled(False)
            self._says.setText("Stopping after this person…")
            self._run.cancel()

    @Slot(object)
    def _on_finished(self, outcomes: tuple[Outcome, ...]) -> None:
        if self._run is not None:
            self._run.deleteLater()
            self._run = None
        failed = [outcome for outcome in outcomes if outcome.failed]
        made = len(outcomes) - len(failed)
        left = len(self._rows) - len(outcomes)
        words = f"{made:,} {'copy was' if made == 1 else 'copies were'} made, each entered in the register."
        if left:
            words += f" Stopped: {left:,} were not begun."
        self._show_running(False)
        self._says.setText(words)
        lines = [f"{person_words.name_words(one.row)}: {one.failed}" for one in failed]
        self._failures.setText("\n\n".join(["These were not made:", *lines]))
        self._failures.setVisible(bool(failed))
        announce(self, words)
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)
