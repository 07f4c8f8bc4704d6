"""Lists on paper: prepared on the store's thread, drawn in the worker process, printed or saved as a PDF."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from eolc_desktop.documents.kinds import ON_PAPER
from eolc_desktop.documents.making import ListOrder, make
from eolc_desktop.documents.raster import PackedPage
from eolc_desktop.documents.showing import pages_for_printer
from eolc_desktop.errors import PrintFailed, UserError
from eolc_desktop.services import list_printing
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.looking_first import LookingFirst
from eolc_desktop.views.printing import paper
from eolc_desktop.views.printing.paper import PrintRun
from eolc_desktop.views.widgets import ask
from eolc_desktop.views.widgets.ask import FileKind

SAVED = "Saved. The file is not encrypted: keep it where only the team can read it, and delete it when it is done with."
PRINTED = "Sent to the printer. Destroy the pages as confidential waste when they are done with."


class Sheets(QObject):
    """Prints or saves one list at a time. What happened goes to the desk's message bar."""

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._order: ListOrder | None = None
        self._pdf = b""
        self._path: Path | None = None
        self._looking = LookingFirst(desk, self)

    def print(self, service: Callable[..., ListOrder], *given: object) -> None:
        """Print what `service(session, *given)` prepares on the usual printer."""
        if not paper.printer_names():
            self._desk.told.emit(
                PrintFailed("There is no printer on this computer.", "Nothing was printed.", "Save a PDF instead.")
            )
            return
        self._path = None
        self._desk.run("prepare a list", service, *given, done=self._on_prepared)

    def save(self, service: Callable[..., ListOrder], suggested: str, *given: object) -> None:
        """Have a place chosen, and save there what `service(session, *given)` prepares."""
        kinds = (FileKind("PDF", ("pdf",)),)
        ask.file_to_save(self._window, "Save as a PDF", kinds, suggested, partial(self._save_at, service, given))

    def _save_at(self, service: Callable[..., ListOrder], given: tuple[object, ...], path: Path) -> None:
        self._path = path
        self._desk.run("prepare a list", service, *given, done=self._on_prepared)

    @Slot(object)
    def _on_prepared(self, order: ListOrder) -> None:
        self._order = order
        self._looking.at(order.whose, self._on_looked)

    @Slot()
    def _on_looked(self) -> None:
        self._desk.run_elsewhere("make a list", make, self._order, done=self._on_made)

    @Slot(object)
    def _on_made(self, pdf: bytes) -> None:
        order = self._order
        if order is None:
            return
        if self._path is not None:
            self._desk.run("save a list", list_printing.save_list, order, pdf, self._path, done=self._on_saved)
            return
        self._pdf = pdf
        self._desk.run("note a list", list_printing.note_list, order, "printed", done=self._on_noted)

    @Slot(object)
    def _on_saved(self, _nothing: object) -> None:
        self._desk.told.emit(SAVED)

    @Slot(object)
    def _on_noted(self, _nothing: object) -> None:
        pdf, self._pdf = self._pdf, b""
        self._desk.run_elsewhere("draw a list", pages_for_printer, pdf, done=self._on_pages)

    @Slot(object)
    def _on_pages(self, pages: tuple[PackedPage, ...]) -> None:
        printer = QPrinter()
        printer.setPrinterName(paper.printer_names()[0])
        run = PrintRun(pages, printer, self)
        run.finished.connect(self._on_printed)
        run.failed.connect(self._on_failed)
        run.start()

    @Slot()
    def _on_printed(self) -> None:
        self._desk.told.emit(PRINTED)

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self._desk.told.emit(error)


def suggested_name(document_key: str) -> str:
    """The name of the file for a kind of list; never anybody's name."""
    return ON_PAPER[document_key].file_name
