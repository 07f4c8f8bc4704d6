"""Paper: pages painted on a printer from memory, one at a time."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMarginsF, QObject, QRect, QTimer, Signal, Slot
from PySide6.QtGui import QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from eolc_desktop.documents.raster import PackedPage
from eolc_desktop.documents.showing import PRINTER_DPI
from eolc_desktop.errors import PrintFailed
from eolc_desktop.views.printing.preview import image_of


def printer_names() -> list[str]:
    """The printers this computer knows, the usual one first."""
    names = list(QPrinterInfo.availablePrinterNames())
    usual = QPrinterInfo.defaultPrinterName()
    return sorted(names, key=lambda name: (name != usual, name.casefold()))


class PrintRun(QObject):
    """Paints pages on a printer one at a time, so that the window goes on answering in between.

    Signals:
        finished: all pages went to the printer's queue.
        failed: a `PrintFailed`.
    """

    finished = Signal()
    failed = Signal(object)

    def __init__(self, pages: Sequence[PackedPage], printer: QPrinter, parent: QObject) -> None:
        super().__init__(parent)
        self._pages = list(pages)
        self._printer = printer
        self._painter = QPainter()
        self._next = 0

    def start(self) -> None:
        """Begin with the first page."""
        self._printer.setFullPage(True)
        self._printer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
        self._printer.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Point)
        self._printer.setResolution(PRINTER_DPI)
        self._printer.setColorMode(QPrinter.ColorMode.GrayScale)
        self._printer.setDocName("Care plan")
        if not self._painter.begin(self._printer):
            self.failed.emit(_no_answer())
            return
        QTimer.singleShot(0, self, self._paint_next)

    @Slot()
    def _paint_next(self) -> None:
        if self._next and not self._printer.newPage():
            self._painter.end()
            self.failed.emit(_no_answer())
            return
        whole = self._printer.pageLayout().fullRectPixels(self._printer.resolution())
        self._painter.drawImage(
            QRect(0, 0, whole.width(), whole.height()), image_of(self._pages[self._next].unpacked())
        )
        self._next += 1
        if self._next < len(self._pages):
            QTimer.singleShot(0, self, self._paint_next)
        elif self._painter.end():
            self.finished.emit()
        else:
            self.failed.emit(_no_answer())


def _no_answer() -> PrintFailed:
    return PrintFailed(
        "The printer did not answer.", "Nothing was lost.", "Choose another printer, or save the PDF instead."
    )
