"""The guide on paper, or as a PDF: made in the worker process, and there is nobody in it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QWidget

from eolc_desktop.documents.guide import make_guide
from eolc_desktop.documents.raster import PackedPage
from eolc_desktop.documents.showing import pages_for_printer
from eolc_desktop.errors import PrintFailed
from eolc_desktop.services.private_file import write_public
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.printing.paper import PrintRun, printer_names
from eolc_desktop.views.widgets.ask import Answer, FileKind, Question, file_to_save, question

FILE_NAME = "guide-to-eolc-desktop.pdf"


def drawn_for_printer(chapter: str) -> tuple[PackedPage, ...]:
    """A chapter, drawn for a printer. Runs in the worker process."""
    return pages_for_printer(make_guide((chapter,)))


class GuidePaper(QObject):
    """Prints a chapter, or saves the guide."""

    def __init__(self, desk: Desk, around: QWidget) -> None:
        super().__init__(around)
        self._desk = desk
        self._around = around
        self._chapter = self._printer = ""
        self._path = Path()

    @Slot(str)
    def print_chapter(self, key: str) -> None:
        """Ask which printer, and print."""
        names = printer_names()
        if not names:
            self._desk.told.emit(
                PrintFailed("This computer knows no printer.", "", "Save the guide as a PDF, and print it elsewhere.")
            )
            return
        self._chapter = key
        answers = (Answer("", "Do not print"), *(Answer(name, name) for name in names))
        question(self._around, Question("Print", "Which printer?", answers), self._on_printer)

    @Slot(str)
    def save(self, _chapter: str) -> None:
        """Ask where, and save the whole guide."""
        file_to_save(self._around, "Save the guide", (FileKind("PDF", ("pdf",)),), FILE_NAME, self._on_path)

    @Slot(str)
    def _on_printer(self, name: str) -> None:
        if name:
            self._printer = name
            self._desk.run_elsewhere("draw the guide", drawn_for_printer, self._chapter, done=self._on_drawn)

    @Slot(object)
    def _on_drawn(self, pages: tuple[PackedPage, ...]) -> None:
        printer = QPrinter()
        printer.setPrinterName(self._printer)
        run = PrintRun(pages, printer, self)
        run.finished.connect(self._on_printed)
        run.failed.connect(self._desk.told)
        run.start()

    @Slot()
    def _on_printed(self) -> None:
        self._desk.told.emit("Sent to the printer.")

    def _on_path(self, path: Path) -> None:
        self._path = path
        self._desk.run_elsewhere("make the guide", make_guide, done=self._on_made)

    @Slot(object)
    def _on_made(self, pdf: bytes) -> None:
        try:
            write_public(self._path, pdf)
        except PrintFailed as error:
            self._desk.told.emit(error)
        else:
            self._desk.told.emit("The guide is saved.")
