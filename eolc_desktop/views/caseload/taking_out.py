"""The button above the caseload by which the list as it is shown is printed, saved, or taken to a meeting."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from eolc_desktop.services.caseload_table import Wanted
from eolc_desktop.services.roles import Right, may
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.looking_first import LookingFirst
from eolc_desktop.views.places import Place
from eolc_desktop.views.widgets import ask
from eolc_desktop.views.widgets.ask import FileKind

if TYPE_CHECKING:
    from eolc_desktop.views.printing.sheets import Sheets

CASELOAD, MEETING = "caseload-list", "mdt-list"


class TakingOut(QPushButton):
    """Knows what the list shows (`show_wanted`) and who was picked; those alone are taken when there are any."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("This list…", parent)
        self._desk = desk
        self._wanted = Wanted()
        self._title = ""
        self._picked: tuple[str, ...] = ()
        self._made_sheets: Sheets | None = None
        self._looking = LookingFirst(desk, self)
        self._given_csv: tuple[Wanted, tuple[str, ...], Path] = (self._wanted, (), Path())
        menu = QMenu(self)
        menu.setAccessibleName("This list")
        menu.addAction("&Print it", self._on_print)
        menu.addAction("Save it as a P&DF…", self._on_save)
        menu.addAction("Print it for a &meeting, with room to write", self._on_print_for_meeting)
        menu.addAction("Save it for a meeting as a PD&F…", self._on_save_for_meeting)
        self._initials = QAction("With &initials in place of names", menu, checkable=True)
        menu.addAction(self._initials)
        menu.addSeparator()
        self.setMenu(menu)
        self.show_picked(())
        desk.when_begun(self._offer)

    @Slot()
    def _offer(self) -> None:
        """Offer what this user may do."""
        menu, session = self.menu(), self._desk.session
        if may(session, Right.SHARE):
            menu.addAction("Save it for a &spreadsheet (CSV)…", self._on_csv)
        if may(session, Right.RECORD):
            menu.addSeparator()
            menu.addAction("&Begin a team meeting about these people", self._on_meeting)
        if not may(session, Right.PRINT):
            self.hide()

    def show_wanted(self, wanted: Wanted, title: str) -> None:
        """Take out what is wanted from now on; `title` says it in words."""
        self._wanted, self._title = wanted, title

    def show_picked(self, picked: tuple[str, ...]) -> None:
        """Take out these people, if there are any."""
        self._picked = picked
        words = f"Those picked ({len(picked)})" if picked else "This list"
        self.setText(f"{words}…")
        self.setAccessibleName(f"{words}: print, save, or take to a meeting")

    @property
    def _sheets(self) -> Sheets:
        from eolc_desktop.views.printing.sheets import Sheets  # noqa: PLC0415  the caseload is shown before any printer

        if self._made_sheets is None:
            self._made_sheets = Sheets(self._desk, self)
        return self._made_sheets

    def _given(self, document: str) -> tuple[object, ...]:
        title = "people picked" if self._picked else self._title
        return document, self._wanted, self._picked, title, not self._initials.isChecked()

    @Slot()
    def _on_print(self) -> None:
        self._print(CASELOAD)

    def _print(self, document: str) -> None:
        from eolc_desktop.services import list_printing  # noqa: PLC0415  with all that makes documents

        self._sheets.print(list_printing.prepare_shown, *self._given(document))

    @Slot()
    def _on_save(self) -> None:
        self._save(CASELOAD)

    def _save(self, document: str) -> None:
        from eolc_desktop.services import list_printing  # noqa: PLC0415
        from eolc_desktop.views.printing.sheets import suggested_name  # noqa: PLC0415

        self._sheets.save(list_printing.prepare_shown, suggested_name(document), *self._given(document))

    @Slot()
    def _on_print_for_meeting(self) -> None:
        self._print(MEETING)

    @Slot()
    def _on_save_for_meeting(self) -> None:
        self._save(MEETING)

    @Slot()
    def _on_csv(self) -> None:
        from eolc_desktop.services import caseload_export  # noqa: PLC0415

        kinds = (FileKind("CSV", ("csv",)),)
        ask.file_to_save(self, "Save for a spreadsheet", kinds, caseload_export.FILE_NAME, self._on_csv_path)

    def _on_csv_path(self, path: Path) -> None:
        from eolc_desktop.services import caseload_export  # noqa: PLC0415

        self._given_csv = (self._wanted, self._picked, path)
        whose = self._given_csv[:2]
        self._desk.run("who is in a spreadsheet", caseload_export.shown_ids, *whose, done=self._on_csv_people)

    @Slot(object)
    def _on_csv_people(self, ids: tuple[str, ...]) -> None:
        self._looking.at(ids, self._on_csv_looked)

    @Slot()
    def _on_csv_looked(self) -> None:
        from eolc_desktop.services import caseload_export  # noqa: PLC0415

        self._desk.run("save a spreadsheet", caseload_export.save_csv, *self._given_csv, done=self._on_csv_saved)

    @Slot(object)
    def _on_csv_saved(self, people: int) -> None:
        many = "1 person" if people == 1 else f"{people:,} people"
        self._desk.told.emit(
            f"Saved: {many}, and noted in the audit. The file is not encrypted: delete it when it is done with."
        )

    @Slot()
    def _on_meeting(self) -> None:
        from eolc_desktop.services import caseload_export  # noqa: PLC0415

        self._desk.run("who is to be talked about", caseload_export.shown_ids, self._wanted, self._picked,
                       done=self._on_people)  # fmt: skip

    @Slot(object)
    def _on_people(self, ids: tuple[str, ...]) -> None:
        self._desk.place_wanted.emit(Place("meeting", document="about:" + ",".join(ids)))

    def begin(self) -> None:
        """Take the keyboard, and open the menu."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.menu().popup(self.mapToGlobal(self.rect().bottomLeft()))
