"""Who has seen a person's record: the list, its PDF, and everything that is held, for when the person asks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.documents.seen_report import SeenReport
from eolc_desktop.errors import UserError
from eolc_desktop.services import audit_report, same_person, subject_access
from eolc_desktop.services.roles import Right, may
from eolc_desktop.services.subject_access import BEFORE_GIVING
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.places import Place
from eolc_desktop.views.titled_page import TitledPage
from eolc_desktop.views.widgets.ask import FileKind, file_to_save
from eolc_desktop.views.widgets.emptied import emptied
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.message_bar import Kind
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

WIDEST_LETTERS = 96


class SeenPage(TitledPage):
    """Shows the list; saving it, and taking everything out, is for whoever may.

    Signals:
        gone: the person was taken off the lists; go to the caseload.
    """

    gone = Signal()
    page_title = "Who has seen this record"

    def __init__(self, desk: Desk, person_id: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent=parent)
        self._person_id = person_id
        self._name = WrappedLabel("", Look.HEADING)
        self._summary = WrappedLabel("")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self._save = QPushButton("Save this list as a PDF…")
        self._save.clicked.connect(self._on_save)
        self._take_out = QPushButton("Save everything that is held…")
        self._take_out.clicked.connect(self._on_take_out)
        self._save.setVisible(may(desk.session, Right.PRINT))
        self._take_out.setVisible(may(desk.session, Right.SHARE))
        buttons = FlowLayout(across=8)
        for button in (self._save, self._take_out):
            buttons.addWidget(button)
        column = self.column
        column.addWidget(self._name)
        column.addWidget(self._summary)
        column.addLayout(buttons)
        if may(desk.session, Right.SHARE):
            column.addWidget(WrappedLabel(BEFORE_GIVING, Look.SECONDARY))
        card = QFrame()
        wear(card, Look.CARD)
        card.setLayout(self._rows)
        self._rows.setContentsMargins(16, 12, 16, 12)
        column.addWidget(card)
        if may(desk.session, Right.TIDY):
            column.addWidget(self._removing())
        column.addStretch(1)
        self.refresh()

    @classmethod
    def for_place(cls, desk: Desk, place: Place) -> SeenPage:
        """The page as the window makes it."""
        return cls(desk, place.person_id)

    def refresh(self) -> None:
        """Read the list."""
        who, service = self._person_id, audit_report.who_has_seen
        self.desk.run("who has seen a record", service, who, done=self._on_report, failed=self._on_failed)

    def _removing(self) -> QWidget:
        self._reason = QLineEdit()
        self._reason.setMaxLength(300)
        self._reason_row = LabelledRow("Why this person is to be taken off the lists", self._reason)
        remove = QPushButton("Take this person off the lists")
        remove.clicked.connect(self._on_remove)
        row = FlowLayout(across=8)
        row.addWidget(remove)
        holder = QFrame()
        wear(holder, Look.CARD)
        column = QVBoxLayout(holder)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addWidget(WrappedLabel("Brought in by mistake?", Look.HEADING))
        column.addWidget(
            WrappedLabel(
                "For somebody who does not belong on this laptop, such as a person of another team’s file. Nothing is "
                "deleted, and they can be put back.",
                Look.SECONDARY,
            )
        )
        column.addWidget(self._reason_row)
        column.addLayout(row)
        return holder

    @Slot(object)
    def _on_report(self, report: SeenReport) -> None:
        self._name.setText(report.name)
        doubt = f"{report.doubt}\n" if report.doubt else ""
        self._summary.setText(f"{doubt}As of {report.as_of}, on this laptop. {report.summary}")
        emptied(self._rows)
        for row in report.rows:
            why = f" Reason given: {row.why}." if row.why else ""
            self._rows.addWidget(WrappedLabel(f"{row.when}  {row.who}: {row.what}.{why}"))

    @Slot()
    def _on_save(self) -> None:
        file_to_save(self, "Save the list", (FileKind("PDF", ("pdf",)),), audit_report.FILE_NAME, self._on_list_path)

    @Slot()
    def _on_take_out(self) -> None:
        kinds = (FileKind("ZIP", ("zip",)),)
        file_to_save(self, "Save everything that is held", kinds, subject_access.FILE_NAME, self._on_all_path)

    def _on_list_path(self, path: Path) -> None:
        given = (self._person_id, path)
        self.desk.run("save the list", audit_report.save_report, *given, done=self._on_saved, failed=self._on_failed)

    def _on_all_path(self, path: Path) -> None:
        given = (self._person_id, path)
        self.desk.run(
            "save everything held", subject_access.save_everything, *given, done=self._on_saved, failed=self._on_failed
        )

    @Slot(object)
    def _on_saved(self, is_marked: bool) -> None:
        words = "Saved, and noted in this list. The file is not encrypted: hand it over, then delete it."
        if is_marked:
            words = f"{words} It says that what is recorded is not as it was written, and cannot be trusted."
        self.message.say(words, Kind.WARNING if is_marked else Kind.SUCCESS)
        self.refresh()

    @Slot()
    def _on_remove(self) -> None:
        given = (self._person_id, self._reason.text())
        self.desk.run(
            "take off the lists", same_person.remove, *given, done=self._on_removed, failed=self._on_not_removed
        )

    @Slot(object)
    def _on_removed(self, _changes: object) -> None:
        self.gone.emit()
        self.desk.caseload_wanted.emit()

    @Slot(object)
    def _on_not_removed(self, error: UserError) -> None:
        self._reason_row.show_problem(error.happened, is_announced=True)
        self._reason.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self.message.tell(error)
