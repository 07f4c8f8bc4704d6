"""Printing or saving a page about the service: two buttons, and what they say afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QPushButton, QWidget

from eolc_desktop.documents.making import make
from eolc_desktop.documents.raster import PackedPage
from eolc_desktop.documents.service_sheets import SheetOrder
from eolc_desktop.documents.showing import make_for_printer
from eolc_desktop.errors import UserError
from eolc_desktop.services import sheets
from eolc_desktop.services.roles import Right, may
from eolc_desktop.services.session import Session
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.printing import paper
from eolc_desktop.views.widgets import ask

Preparing = Callable[[Session], SheetOrder]


class SheetButtons(QWidget):
    """“Print” to the usual printer, and “Save as PDF…”. What became of it is told in the message bar.

    `preparing` gives the service that makes the order.
    """

    def __init__(self, desk: Desk, preparing: Callable[[], Preparing | None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._preparing = preparing
        self._path: Path | None = None
        self._order: SheetOrder | None = None
        self._run: paper.PrintRun | None = None
        self._printers = paper.printer_names()
        self.print_button = QPushButton("Print")
        self.print_button.clicked.connect(self._on_print)
        self.print_button.setVisible(bool(self._printers))
        self.save_button = QPushButton("Save as PDF…")
        self.save_button.clicked.connect(self._on_save)
        row = FlowLayout(self, across=8)
        row.addWidget(self.print_button)
        row.addWidget(self.save_button)
        if not may(desk.session, Right.PRINT):
            self.print_button.setEnabled(False)
            self.save_button.setEnabled(False)

    @Slot()
    def _on_save(self) -> None:
        self._prepare(self._on_order_to_save)

    @Slot()
    def _on_print(self) -> None:
        self._prepare(self._on_order_to_print)

    def _prepare(self, done: Callable[[SheetOrder], object]) -> None:
        preparing = self._preparing()
        if preparing is not None:
            self._desk.run("prepare a page", preparing, done=done, failed=self._on_failed)

    @Slot(object)
    def _on_order_to_save(self, order: SheetOrder) -> None:
        self._order = order
        ask.file_to_save(self, "Save this page", [ask.FileKind("PDF", ("pdf",))], order.file_name, self._on_path)

    def _on_path(self, path: Path) -> None:
        self._path = path
        self._desk.run_elsewhere("make a page", make, self._order, done=self._on_pdf, failed=self._on_failed)

    @Slot(object)
    def _on_pdf(self, pdf: bytes) -> None:
        self._desk.run(
            "save a page", sheets.save, self._order, pdf, self._path, done=self._on_saved, failed=self._on_failed
        )  # fmt: skip

    @Slot(object)
    def _on_saved(self, _nothing: object) -> None:
        self._desk.told.emit("Saved. Anybody who has the file can read it.")

    @Slot(object)
    def _on_order_to_print(self, order: SheetOrder) -> None:
        self._order = order
        self._desk.run_elsewhere("draw a page", make_for_printer, order, done=self._on_pages, failed=self._on_failed)

    @Slot(object)
    def _on_pages(self, pages: tuple[PackedPage, ...]) -> None:
        printer = QPrinter()
        printer.setPrinterName(self._printers[0])
        self._run = paper.PrintRun(pages, printer, self)
        self._run.finished.connect(self._on_printed)
        self._run.failed.connect(self._on_failed)
        self._desk.run("note a print", sheets.note, self._order, "printed", done=self._on_noted, failed=self._on_failed)

    @Slot(object)
    def _on_noted(self, _nothing: object) -> None:
        if self._run is not None:
            self._run.start()

    @Slot()
    def _on_printed(self) -> None:
        self._desk.told.emit("Sent to the printer.")

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self._desk.told.emit(error)
