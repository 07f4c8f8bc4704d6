"""Puts a recovery code on its page: printed, or saved where the user says. Made in memory, in the worker process.

What makes and prints pages is loaded when a code is first put on one: most days none is.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from eolc_desktop.care_plan.dates import day_words, today
from eolc_desktop.care_plan.fields import Audience
from eolc_desktop.clock import Clock
from eolc_desktop.desktop.background import Background
from eolc_desktop.desktop.worker import Worker
from eolc_desktop.errors import PrintFailed, UserError
from eolc_desktop.views.widgets.ask import Answer, FileKind, Question, file_to_save, question

FILE_NAME = "recovery-code.pdf"


class RecoveryCodePaper(QObject):
    """Prints or saves the page.

    Signals:
        said: a sentence about what was done.
        failed: a `UserError`.
    """

    said = Signal(str)
    failed = Signal(object)

    def __init__(self, background: Background, worker: Worker, clock: Clock, window: QWidget) -> None:
        super().__init__(window)
        self._background = background
        self._worker = worker
        self._clock = clock
        self._window = window
        self._name = self._organisation = self._code = ""
        self._path: Path | None = None
        self._printer_name = ""

    def belongs_to(self, name: str, organisation: str) -> None:
        """Whose code it is, for the page."""
        self._name, self._organisation = name, organisation

    @Slot(str)
    def print_page(self, code: str) -> None:
        """Ask which printer, and print the page."""
        from eolc_desktop.views.printing.paper import printer_names  # noqa: PLC0415

        names = printer_names()
        if not names:
            error = PrintFailed(
                "This computer knows no printer.", "Nothing is lost.", "Save the page as a PDF, or write the code down."
            )
            self.failed.emit(error)
            return
        self._code = code
        answers = (Answer("", "Do not print"), *(Answer(name, name) for name in names))
        question(self._window, Question("Print", "Which printer?", answers), self._on_printer)

    @Slot(str)
    def save_page(self, code: str) -> None:
        """Ask where, and save the page."""
        self._code = code
        file_to_save(self._window, "Save the page", (FileKind("PDF", ("pdf",)),), FILE_NAME, self._on_path)

    def _arguments(self) -> tuple[str, str, str, str]:
        made_on = day_words(today(self._clock()), Audience.FAMILY)
        return self._name, self._organisation, made_on, self._code

    @Slot(str)
    def _on_printer(self, name: str) -> None:
        from eolc_desktop.documents.recovery_pages import recovery_page_for_printer  # noqa: PLC0415

        if name:
            self._printer_name = name
            arguments, worker = self._arguments(), self._worker
            self._background.run(
                "make the page of the recovery code",
                lambda: worker.submit(recovery_page_for_printer, *arguments).result(),
                done=self._on_pictures,
                failed=self._on_failed,
                uses_store=False,
            )
        self._code = ""

    def _on_path(self, path: Path) -> None:
        from eolc_desktop.documents.making import make_recovery_page  # noqa: PLC0415

        arguments, worker = self._arguments(), self._worker
        self._path, self._code = path, ""
        self._background.run(
            "make the page of the recovery code",
            lambda: worker.submit(make_recovery_page, *arguments).result(),
            done=self._on_pdf,
            failed=self._on_failed,
            uses_store=False,
        )

    @Slot(object)
    def _on_pictures(self, pictures: object) -> None:
        from PySide6.QtPrintSupport import QPrinter  # noqa: PLC0415

        from eolc_desktop.views.printing.paper import PrintRun  # noqa: PLC0415

        printer = QPrinter()
        printer.setPrinterName(self._printer_name)
        run = PrintRun(list(pictures), printer, self)  # type: ignore[call-overload]
        run.finished.connect(self._on_printed)
        run.failed.connect(self._on_failed)
        run.start()

    @Slot()
    def _on_printed(self) -> None:
        self.said.emit("Sent to the printer. Keep the page apart from the laptop.")

    @Slot(object)
    def _on_pdf(self, pdf: bytes) -> None:
        path, self._path = self._path, None
        if path is None:
            return
        # Under the name its user chose from the first byte: if the program is ended meanwhile, they find what is left.
        try:
            path.unlink(missing_ok=True)
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(pdf)
        except OSError:
            with suppress(OSError):
                path.unlink(missing_ok=True)
            self.failed.emit(
                PrintFailed("The page could not be saved there.", "Nothing is lost.", "Choose another place.")
            )
            return
        self.said.emit(
            "Saved. Move it off this laptop, or print it and delete it: it must not be kept beside the record."
        )

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self.failed.emit(error)
