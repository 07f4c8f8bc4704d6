"""Exporting one person as a FHIR file from their page: what stays, and a warning, are said before a place is chosen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import QWidget

from eolc_desktop.documents.making import make
from eolc_desktop.services import exporting
from eolc_desktop.services.exporting import ToExport
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.widgets import ask

SAVED = "The plan was exported. The file is not encrypted: delete it when it is no longer needed."
SECTION_SAVED = "The section was exported. The file is not encrypted: delete it when it is no longer needed."


class Exporting(QObject):
    """One export at a time of the person on a page."""

    def __init__(self, desk: Desk, person_id: str, page: QWidget, place: Callable[[], str], parent: QObject) -> None:
        """`place` says what of the plan is shown: a section can also be exported alone."""
        super().__init__(parent)
        self._desk, self._person_id, self._page, self._place = desk, person_id, page, place
        self._exported: ToExport | None = None
        self._section = ""
        self._path = Path()

    @Slot()
    def begin(self) -> None:
        """Find out what may leave, then ask. What may not is told at the message bar."""
        self._desk.run("prepare an export", exporting.prepare, self._person_id, done=self._on_prepared)

    @Slot(object)
    def _on_prepared(self, exported: ToExport) -> None:
        self._exported = exported
        stays = [f"Stays on this computer. {words}." for words in exported.stays]
        answers = [ask.Answer("stop", "Do not export"), ask.Answer("go", "Choose where to save")]
        self._section = self._place()
        if self._section in exported.plan.catalogue:
            title = exported.plan.catalogue[self._section].title
            answers.append(ask.Answer("section", f"Only “{title}”…"))
        detail = " ".join([exporting.WARNING, *stays])
        asked = ask.Question("Export", "Export this plan as a FHIR file?", tuple(answers), detail)
        ask.question(self._page, asked, self._on_answer)

    def _on_answer(self, key: str) -> None:
        if key == "go":
            kinds = (ask.FileKind("FHIR document", ("json",)),)
            ask.file_to_save(self._page, "Export as a FHIR file", kinds, exporting.FILE_NAME, self._on_chosen)
        elif key == "section":
            kinds = (ask.FileKind("FHIR form and answers", ("json",)),)
            name = exporting.SECTION_FILE_NAME
            ask.file_to_save(self._page, "Export a section as a FHIR form", kinds, name, self._on_section_chosen)

    def _on_section_chosen(self, path: Path) -> None:
        if self._exported is not None:
            chosen = (self._exported, self._section, path)
            self._desk.run("export a section", exporting.save_section, *chosen, done=self._on_section_saved)

    def _on_chosen(self, path: Path) -> None:
        if self._exported is not None:
            self._path = path
            self._desk.run_elsewhere("draw the plan", make, self._exported.order, done=self._on_drawn)

    @Slot(object)
    def _on_drawn(self, pdf: bytes) -> None:
        if self._exported is not None:
            chosen = (self._exported, pdf, self._path)
            self._desk.run("export a plan", exporting.save_document, *chosen, done=self._on_saved)

    @Slot(object)
    def _on_section_saved(self, _nothing: object) -> None:
        self._exported = None
        self._desk.told.emit(SECTION_SAVED)

    @Slot(object)
    def _on_saved(self, _nothing: object) -> None:
        self._exported = None
        self._desk.told.emit(SAVED)
