"""Bringing a list in from a file, after saying what it would change, and saving it as CSV or FHIR."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from eolc_desktop.care_plan.fields import Section
from eolc_desktop.desktop.looks import Look
from eolc_desktop.errors import ImportRefused, UserError
from eolc_desktop.services import our_service
from eolc_desktop.services.our_service import DIRECTORY, MOST_BYTES, ToBringIn
from eolc_desktop.services.roles import Right, may
from eolc_desktop.services.session import Session
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.widgets import ask


class EntryFiles(QObject):
    """The buttons of a list that is exchanged as a file.

    Signals:
        brought: what the organisation keeps, after a file was brought in.
        said: what became of it, in a sentence.
    """

    brought = Signal(object)
    said = Signal(str)

    def __init__(self, desk: Desk, section: Section, parent: QWidget) -> None:
        super().__init__(parent)
        self._desk = desk
        self._section = section
        self._window = parent
        self._found: ToBringIn | None = None
        ways = [("Bring in a file…", self._on_import, Right.RECORD), ("Save as CSV…", self._on_csv, Right.SHARE)]
        ways += [("Save as FHIR…", self._on_fhir, Right.SHARE)] if section.key == DIRECTORY else []
        self.buttons: list[QPushButton] = []
        for words, slot, right in ways:
            button = QPushButton(words)
            button.clicked.connect(slot)
            button.setEnabled(may(desk.session, right))
            self.buttons.append(button)

    @Slot()
    def _on_import(self) -> None:
        kinds = [ask.FileKind("Lists", ("csv", "json"))]
        ask.file_to_open(self._window, "Choose a file to bring in", kinds, self._on_import_path)

    def _on_import_path(self, path: Path) -> None:
        self._desk.run(
            "read a list", _read_file, self._section.key, path, done=self._on_preview, failed=self._on_failed
        )  # fmt: skip

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self.said.emit(str(error))

    @Slot(object)
    def _on_preview(self, found: ToBringIn) -> None:
        self._found = found
        parts = [f"{len(found.new):,} new", f"{len(found.changed):,} changed", f"{found.same:,} as they are here"]
        detail = "; ".join(parts) + "."
        if found.left_out:
            detail += " Left out: " + "; ".join(found.left_out[:8]) + ("; …" if len(found.left_out) > 8 else ".")
        answers = (ask.Answer("no", "Bring in nothing"), ask.Answer("yes", "Bring these in", Look.PRIMARY))
        question = ask.Question("Bring in a list", "Bring this list in?", answers, detail)
        ask.question(self._window, question, self._on_agreed)

    def _on_agreed(self, answer: str) -> None:
        if answer == "yes" and self._found is not None:
            self._desk.run("bring in a list", our_service.bring_in, self._found, done=self._on_brought)

    @Slot(object)
    def _on_brought(self, plan: object) -> None:
        self.brought.emit(plan)

    @Slot()
    def _on_csv(self) -> None:
        kinds = [ask.FileKind("CSV", ("csv",))]
        ask.file_to_save(self._window, "Save the list", kinds, f"{self._section.key}.csv", self._on_csv_path)

    def _on_csv_path(self, path: Path) -> None:
        self._desk.run("save a list", our_service.save_csv, self._section.key, path, done=self._on_file_saved)

    @Slot()
    def _on_fhir(self) -> None:
        kinds = [ask.FileKind("FHIR", ("json",))]
        ask.file_to_save(self._window, "Save the services", kinds, "services.fhir.json", self._on_json)

    def _on_json(self, path: Path) -> None:
        self._desk.run("save the services", our_service.save_fhir, path, done=self._on_file_saved)

    @Slot(object)
    def _on_file_saved(self, count: int) -> None:
        self.said.emit(f"{count:,} saved.")


def _read_file(session: Session, section: str, path: Path) -> ToBringIn:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise ImportRefused("The file cannot be read.", "Nothing was brought in.", "Choose another file.") from error
    return our_service.preview(session, section, content)
