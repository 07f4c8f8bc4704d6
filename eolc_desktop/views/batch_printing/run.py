"""A batch that is under way: one person after the other, each step where it belongs, the window free in between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtPrintSupport import QPrinter

from eolc_desktop.documents.making import make
from eolc_desktop.documents.raster import PackedPage
from eolc_desktop.documents.showing import make_for_printer
from eolc_desktop.errors import UserError
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import batch_printing, printing
from eolc_desktop.services.batch_printing import Outcome
from eolc_desktop.services.paper_copies import Entered
from eolc_desktop.services.printing import Prepared
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.printing.paper import PrintRun


@dataclass(frozen=True, slots=True)
class Target:
    """Where the copies go: into a folder, or to the printer of this name."""

    folder: Path | None = None
    printer: str = ""


class BatchRun(QObject):
    """Makes a document for each of many people.

    Signals:
        progressed: how many are done.
        finished: every `Outcome` there is; fewer than people when it was cancelled.
    """

    progressed = Signal(int)
    finished = Signal(object)

    def __init__(
        self, desk: Desk, rows: Sequence[PersonRow], document: str, target: Target, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._desk = desk
        self._rows = tuple(rows)
        self._document = document
        self._target = target
        self._outcomes: list[Outcome] = []
        self._cancelled = False
        self._prepared: Prepared | None = None
        self._entered: Entered | None = None
        self._pages: tuple[PackedPage, ...] = ()
        self._paper: PrintRun | None = None

    def start(self) -> None:
        """Begin with the first person."""
        self._next()

    def cancel(self) -> None:
        """Stop after the person whose copy is being made. What is done stays done, and in the register."""
        self._cancelled = True

    def _next(self) -> None:
        self._prepared = self._entered = None
        if self._cancelled or len(self._outcomes) == len(self._rows):
            self.finished.emit(tuple(self._outcomes))
            return
        row = self._rows[len(self._outcomes)]
        self._desk.run(
            "prepare one of a batch", batch_printing.prepare_one, row.id, self._document, done=self._on_prepared,
            failed=self._on_failed,
        )  # fmt: skip

    @Slot(object)
    def _on_prepared(self, prepared: Prepared) -> None:
        self._prepared = prepared
        to_paper = self._target.folder is None
        self._desk.run_elsewhere(
            "make one of a batch", make_for_printer if to_paper else make, prepared.order,
            done=self._on_pages if to_paper else self._on_pdf, failed=self._on_failed,
        )  # fmt: skip

    @Slot(object)
    def _on_pdf(self, pdf: bytes) -> None:
        self._desk.run(
            "save one of a batch", batch_printing.save_one, self._prepared, pdf, self._target.folder,
            done=self._on_done, failed=self._on_failed,
        )  # fmt: skip

    @Slot(object)
    def _on_pages(self, pages: tuple[PackedPage, ...]) -> None:
        self._pages = pages
        self._desk.run(
            "note one of a batch", printing.note_made, self._prepared, "printed", done=self._on_noted,
            failed=self._on_failed,
        )  # fmt: skip

    @Slot(object)
    def _on_noted(self, entered: Entered) -> None:
        self._entered = entered
        pages, self._pages = self._pages, ()
        printer = QPrinter()
        printer.setPrinterName(self._target.printer)
        self._paper = PrintRun(pages, printer, self)
        self._paper.finished.connect(self._on_printed)
        self._paper.failed.connect(self._on_not_printed)
        self._paper.start()

    @Slot()
    def _on_printed(self) -> None:
        self._done()

    @Slot(object)
    def _on_not_printed(self, error: UserError) -> None:
        if self._prepared is not None and self._entered is not None:
            self._desk.run("note a failed print", printing.note_not_made, self._prepared, self._entered.entry)
        self._on_failed(error)

    @Slot(object)
    def _on_done(self, _entered: object) -> None:
        self._done()

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self._done(str(error))

    def _done(self, failed: str = "") -> None:
        if self._paper is not None:
            self._paper.deleteLater()
            self._paper = None
        self._outcomes.append(Outcome(self._rows[len(self._outcomes)], failed))
        self.progressed.emit(len(self._outcomes))
        self._next()
