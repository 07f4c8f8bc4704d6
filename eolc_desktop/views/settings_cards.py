"""The cards of Settings that read and write the record: who you are, the number families ring, backups and checks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import moment_words
from eolc_desktop.desktop.background import Work
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import UserError
from eolc_desktop.models.backup import Backup
from eolc_desktop.models.integrity import IntegrityReport
from eolc_desktop.record.users import User
from eolc_desktop.services import backups, settings, this_computer
from eolc_desktop.services.settings import Facts
from eolc_desktop.services.this_computer import DiskEncryption
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

BACKUPS_SHOWN = 6


class Card(QFrame):
    """A card with a heading, and a line in which it says what it did."""

    def __init__(self, title: str, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        wear(self, Look.CARD)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(16, 12, 16, 16)
        self.column.setSpacing(12)
        self.column.addWidget(WrappedLabel(title, Look.HEADING))
        self.outcome = WrappedLabel("")
        self.outcome.setMargin(8)
        self.outcome.hide()

    def add(self, *parts: QWidget) -> None:
        """Put these parts under each other."""
        for part in parts:
            self.column.addWidget(part)

    def add_buttons(self, *buttons: QPushButton) -> None:
        """Put these buttons beside each other."""
        row = FlowLayout(across=8)
        for button in buttons:
            row.addWidget(button)
        self.column.addLayout(row)

    def say(self, words: str, look: Look = Look.SUCCESS) -> None:
        """Say what was done, or why not."""
        wear(self.outcome, look)
        self.outcome.setText(words)
        self.outcome.setVisible(bool(words))
        if words:
            announce(self, words, is_urgent=look is Look.ERROR)

    @Slot(object)
    def tell(self, error: UserError) -> None:
        """Say what happened, what is safe and what to do."""
        self.say(str(error), Look.ERROR)

    def run_beside(
        self,
        name: str,
        function: Callable[[], Any],
        done: Callable[[Any], None],
        failed: Callable[[UserError], object] | None = None,
    ) -> Work:
        """Run what takes a while and does not need the store's own thread, so that saving goes on meanwhile."""
        return self.desk.background.run(name, function, done=done, failed=failed or self.tell, uses_store=False)

    def refresh(self) -> None:
        """Read again what is shown."""


class WhoCard(Card):
    """Who you are: how you are named beside what you record.

    Signals:
        user_changed: the `User`, named anew.
    """

    user_changed = Signal(object)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Who you are", desk, parent)
        self._name, self._role, self._organisation = QLineEdit(), QLineEdit(), QLineEdit()
        for field in (self._name, self._role, self._organisation):
            field.setMaxLength(120)
        self._name_row = LabelledRow("Your name", self._name)
        self._save = QPushButton("Save who I am")
        self._save.clicked.connect(self._on_save)
        self.add(
            WrappedLabel("What you recorded before keeps the name it was recorded under.", Look.SECONDARY),
            self._name_row,
            LabelledRow("Your role", self._role),
            LabelledRow("Your team or organisation", self._organisation),
            self.outcome,
        )
        self.add_buttons(self._save)

    def refresh(self) -> None:
        """Show who is signed in; what is being typed stays."""
        fields = (self._name, self._role, self._organisation)
        if not any(field.isModified() for field in fields):
            user = self.desk.session.user
            for field, words in zip(fields, (user.name, user.role, user.organisation), strict=True):
                field.setText(words)

    @Slot()
    def _on_save(self) -> None:
        self._name_row.show_problem("" if self._name.text().strip() else "Please type your name.", is_announced=True)
        if self._name.text().strip():
            said = (self._name.text(), self._role.text(), self._organisation.text())
            self.desk.run("who I am", settings.change_who_i_am, *said, done=self._on_saved, failed=self.tell)

    @Slot(object)
    def _on_saved(self, user: User) -> None:
        for field in (self._name, self._role, self._organisation):
            field.setModified(False)
        self.user_changed.emit(user)
        self.refresh()
        self.say("Saved. From now on this stands beside what you record.")


class NumberCard(Card):
    """The number that families ring to ask whether a page is the newest: it stands at the foot of every page."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("On every printed page", desk, parent)
        self._number = QLineEdit()
        self._number.setMaxLength(60)
        self._save = QPushButton("Save the number")
        self._save.clicked.connect(self._on_save)
        self._number.returnPressed.connect(self._on_save)
        self.add(
            LabelledRow(
                "Telephone number families ring to check a page",
                self._number,
                help_text="“A newer copy may exist. To check, call …” Write it as it is to be read.",
            ),
            self.outcome,
        )
        self.add_buttons(self._save)

    def refresh(self) -> None:
        """Read the number."""
        self.desk.run("facts of the record", settings.facts, done=self._on_facts)

    @Slot(object)
    def _on_facts(self, facts: Facts) -> None:
        if not self._number.isModified():
            self._number.setText(facts.number_to_call)

    @Slot()
    def _on_save(self) -> None:
        self.desk.run(
            "number to call", settings.set_number_to_call, self._number.text(), done=self._on_saved, failed=self.tell
        )

    @Slot(object)
    def _on_saved(self, number: str) -> None:
        self._number.setText(number)
        self._number.setModified(False)
        self.say(f"Saved: {number}" if number else "Saved: no number stands on the pages.")


class DataCard(Card):
    """Where the record is, its backups, and the check that it is whole."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("What is kept on this computer", desk, parent)
        self._where = WrappedLabel(f"The record is in {desk.session.profile.folder}")
        self._where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._disk = WrappedLabel("", Look.SECONDARY)
        self._backups = WrappedLabel("")
        self._back_up = QPushButton("Back up now")
        self._back_up.clicked.connect(self._on_back_up)
        self._check = QPushButton("Check my data")
        self._check.clicked.connect(self._on_check)
        self.add(self._where, self._disk, self._backups, self.outcome)
        self.add_buttons(self._back_up, self._check)
        self._knows_disk = False

    def refresh(self) -> None:
        """Look at the backups, and once at the disk."""
        session = self.desk.session
        self.run_beside("list the backups", lambda: backups.kept_backups(session), self._on_backups)
        if not self._knows_disk:
            self._knows_disk = True
            folder = session.profile.folder
            self.run_beside("look at the disk", lambda: this_computer.disk_encryption(folder), self._on_disk)

    @Slot(object)
    def _on_disk(self, found: DiskEncryption) -> None:
        self._disk.setText(found.words)

    @Slot(object)
    def _on_backups(self, kept: tuple[Backup, ...]) -> None:
        if not kept:
            self._backups.setText("There is no backup yet.")
            return
        lines = [f"{moment_words(backup.made_at)}, {_size_words(backup.size)}" for backup in kept[:BACKUPS_SHOWN]]
        more = f"\nand {len(kept) - BACKUPS_SHOWN} older" if len(kept) > BACKUPS_SHOWN else ""
        self._backups.setText("Backups, the newest first:\n" + "\n".join(lines) + more)

    @Slot()
    def _on_back_up(self) -> None:
        session = self.desk.session
        self._set_busy(True)
        self.say("Backing up…", Look.INFORMATION)
        self.run_beside("back up", lambda: backups.back_up(session), self._on_backed_up, self._on_failed)

    @Slot(object)
    def _on_backed_up(self, made: Backup) -> None:
        self._set_busy(False)
        self.say(f"Backed up at {moment_words(made.made_at)}, and the backup was checked.")
        self.refresh()

    @Slot()
    def _on_check(self) -> None:
        session = self.desk.session
        self._set_busy(True)
        self.say("Checking…", Look.INFORMATION)
        self.run_beside("check the record", lambda: backups.check_record(session), self._on_checked, self._on_failed)

    @Slot(object)
    def _on_checked(self, report: IntegrityReport) -> None:
        self._set_busy(False)
        whole = "The record is whole." if report.ok else "The record is not whole."
        self.say("\n".join((whole, *report.lines)), Look.SUCCESS if report.ok else Look.ERROR)

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self._set_busy(False)
        self.tell(error)

    def _set_busy(self, busy: bool) -> None:
        self._back_up.setEnabled(not busy)
        self._check.setEnabled(not busy)


def _size_words(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"
