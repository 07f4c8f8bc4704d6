"""Saving the family plan as a form to fill in: made in the worker process, written only where the user says."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from eolc_desktop.documents.fillable import make_form
from eolc_desktop.errors import UserError
from eolc_desktop.services import written_back
from eolc_desktop.services.paper_copies import Entered
from eolc_desktop.services.written_back import PreparedForm
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.widgets import ask


class FormSaving(QObject):
    """Makes a form and saves it.

    Signals:
        saved: the `Entered` of the form in the register.
        failed: a `UserError`.
    """

    saved = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._form: PreparedForm | None = None
        self._pdf = b""

    def begin(self, person_id: str) -> None:
        """Make the form of a person, then ask where it goes."""
        self._desk.run(
            "prepare a form", written_back.prepare_form, person_id, done=self._on_prepared, failed=self._on_failed
        )

    @Slot(object)
    def _on_prepared(self, form: PreparedForm) -> None:
        self._form = form
        self._desk.run_elsewhere("make a form", make_form, form.order, done=self._on_made, failed=self._on_failed)

    @Slot(object)
    def _on_made(self, pdf: bytes) -> None:
        self._pdf = pdf
        if self._form is not None:
            kinds = (ask.FileKind("PDF", ("pdf",)),)
            name = self._form.prepared.document.file_name
            ask.file_to_save(self._window, "Save the form to fill in", kinds, name, self._save_to)

    def _save_to(self, path: Path) -> None:
        if self._form is not None:
            self._desk.run(
                "save a form", written_back.save_form, self._form, self._pdf, path, done=self._on_saved,
                failed=self._on_failed,
            )  # fmt: skip

    @Slot(object)
    def _on_saved(self, entered: Entered) -> None:
        self._form, self._pdf = None, b""
        self.saved.emit(entered)

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self._form, self._pdf = None, b""
        self.failed.emit(error)
