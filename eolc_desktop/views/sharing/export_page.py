"""The pointer by which the National Record Locator finds a plan: made from what may leave, and saved as a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from eolc_desktop.desktop.looks import Look
from eolc_desktop.documents.making import make
from eolc_desktop.errors import InvalidValue, UserError
from eolc_desktop.fhir.nrl_pointer import Publishing
from eolc_desktop.services import exporting
from eolc_desktop.services.exporting import ToExport
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.places import Place
from eolc_desktop.views.sharing.detail_page import DetailPage
from eolc_desktop.views.widgets import ask
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.part import Part

INTRO = (
    "The National Record Locator tells other organisations that there is a plan, whose it is and where its document "
    "can be fetched. The pointer holds the NHS number and nothing of what the plan says. It is for the service that "
    "publishes pointers for your organisation; the program does not publish it itself."
)


class ExportPage(DetailPage):
    """Asks for what only the organisation knows, and saves the pointer where the user chooses."""

    page_title = "Pointer for the National Record Locator"

    def __init__(self, desk: Desk, person_id: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, person_id, INTRO, parent)
        self._exported: ToExport | None = None
        self._path = Path()
        part = Part("What your organisation gives you")
        self._ods, self._address = QLineEdit(), QLineEdit()
        self._ods.setMaxLength(12)
        self._address.setMaxLength(500)
        self._ods_row = LabelledRow("ODS code of your organisation", self._ods, help_text="For example RX1AB.")
        self._address_row = LabelledRow(
            "Address at which the document can be fetched",
            self._address,
            help_text="It begins with https:// or ssp://.",
        )
        part.add(self._ods_row)
        part.add(self._address_row)
        part.press("Save the pointer as a file…", self._on_save, Look.PRIMARY)
        self.column.addWidget(part)
        self.column.addStretch(1)

    @classmethod
    def for_place(cls, desk: Desk, place: Place) -> ExportPage:
        """The page for a place."""
        return cls(desk, place.person_id)

    def _on_save(self) -> None:
        rows = ((self._ods_row, self._ods), (self._address_row, self._address))
        for row, field in rows:
            row.show_problem("" if field.text().strip() else "Please type it.")
        missing = next((field for _row, field in rows if not field.text().strip()), None)
        if missing is not None:
            missing.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.desk.run("prepare an export", exporting.prepare, self.person_id, done=self._on_prepared, failed=self.tell)

    @Slot(object)
    def _on_prepared(self, exported: ToExport) -> None:
        self._exported = exported
        kinds = (ask.FileKind("FHIR pointer", ("json",)),)
        ask.file_to_save(self, "Save the pointer", kinds, exporting.POINTER_FILE_NAME, self._on_chosen)

    def _on_chosen(self, path: Path) -> None:
        if self._exported is not None:
            self._path = path
            self.desk.run_elsewhere("draw the plan", make, self._exported.order, done=self._on_drawn, failed=self.tell)

    @Slot(object)
    def _on_drawn(self, pdf: bytes) -> None:
        if self._exported is not None:
            publishing = Publishing(self._ods.text().strip(), self._address.text().strip())
            given = (self._exported, pdf, self._path, publishing)
            self.desk.run(
                "save a pointer", exporting.save_pointer, *given, done=self._on_saved, failed=self._on_refused
            )

    @Slot(object)
    def _on_saved(self, _nothing: object) -> None:
        self._exported = None
        self.done("The pointer was saved. Give it to the service that publishes it.")

    @Slot(object)
    def _on_refused(self, error: UserError) -> None:
        key = error.field_key if isinstance(error, InvalidValue) else ""
        row = {"ods": self._ods_row, "address": self._address_row}.get(key)
        if row is not None:
            row.show_problem(error.happened, is_announced=True)
        else:
            self.tell(error)
