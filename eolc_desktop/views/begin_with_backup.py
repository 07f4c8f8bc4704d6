"""A new laptop from a backup in three steps: which backup, what opens it, and what this laptop holds then."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import KeyringUnavailable, UserError, WrongPassphrase
from eolc_desktop.services.this_computer import DiskEncryption
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.in_steps import StepsPage, column_of
from eolc_desktop.views.secret_form import SecretForm
from eolc_desktop.views.widgets.ask import BACKUP_FILES, file_to_open, folder
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

CHOOSE, UNLOCK, HOLDS = range(3)
FOUND = (
    "If the other laptop is found, do not use it: two laptops would go on from the same record, each without what the "
    "other records. Ask your computer support what is to be done with it."
)


class BeginWithBackupPage(StepsPage):
    """Leads from a backup to an open record. The backup is put in place between the second step and the third.

    Signals:
        chosen: the path of a backup, or of a folder of them; answer with `show_backup` or `show_problem`.
        passphrase_given, recovery_code_given: what was typed; answer with `show_holds` or `show_problem`.
        left: to begin without a backup.
        finished: the last step was left.
    """

    chosen = Signal(object)
    passphrase_given = Signal(str)
    recovery_code_given = Signal(str)
    left = Signal()
    finished = Signal()
    page_title = "A new laptop from a backup"
    titles = ("A backup of another laptop", "What opens it", "This laptop")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._build((self._choose_step(), self._unlock_step(), self._holds_step()))
        self.go(CHOOSE)

    # What the program tells the page

    def show_backup(self, made_at: str, name: str) -> None:
        """Go on with the backup that was found: when it was made, in words, and what its file is called."""
        self._which.setText(f"The backup of {made_at} ({name}).")
        self._secret.clear()
        self.go(UNLOCK)

    def show_holds(self, may_lack: str, people: int) -> None:
        """The backup is in place: say what may be missing since it was made, and how many people it holds."""
        self._secret.clear()
        self._lacks.setText(may_lack)
        self._people.setText("It holds 1 person." if people == 1 else f"It holds {people:,} people.")
        self.go(HOLDS)

    def show_problem(self, error: UserError) -> None:
        """Say why it went no further: beside the field what does not open it, else above the step."""
        self.let_go_on()
        if isinstance(error, (WrongPassphrase, KeyringUnavailable)) and self.step == UNLOCK:
            self.message.close_message()
            self._secret.refuse(" ".join(part for part in (error.happened, error.safe, error.next_step) if part))
        else:
            self.message.tell(error)

    def show_disk(self, found: DiskEncryption) -> None:
        """Say what was found about this computer's disk."""
        self._disk.setText(found.words)

    def focus_first(self) -> None:
        """Give the keyboard to the first control of the step."""
        targets: tuple[QWidget, ...] = (self._file, self._secret, self.on)
        targets[self.step].setFocus(Qt.FocusReason.OtherFocusReason)

    # The steps

    def _choose_step(self) -> QWidget:
        self._file = QPushButton("Choose the file of a backup…")
        wear(self._file, Look.PRIMARY)
        self._file.clicked.connect(self._on_file)
        self._folder = QPushButton("Choose a folder of backups…")
        self._folder.clicked.connect(self._on_folder)
        buttons = QWidget()
        row = FlowLayout(buttons, across=8)
        row.addWidget(self._file)
        row.addWidget(self._folder)
        return column_of(
            WrappedLabel(
                "When a laptop was lost or broke, this one can go on from a backup of it: with its plans, its users "
                "and their passphrases, as they were when the backup was made."
            ),
            WrappedLabel(
                "A backup is two files with one name: record-….db and record-….keys.json. Both must lie together. "
                "From a folder of backups the newest is taken."
            ),
            buttons,
        )

    def _unlock_step(self) -> QWidget:
        self._which = WrappedLabel("", Look.HEADING)
        self._secret = SecretForm("The one you had on the other laptop when the backup was made.")
        self._secret.entered.connect(self.on_continue)
        return column_of(self._which, self._secret)

    def _holds_step(self) -> QWidget:
        self._people, self._lacks, self._disk = WrappedLabel(""), WrappedLabel(""), WrappedLabel("")
        self._disk.setText("Looking at this computer’s disk…")
        return column_of(
            WrappedLabel("What it holds", Look.HEADING),
            self._people,
            self._lacks,
            WrappedLabel("The other laptop", Look.HEADING),
            WrappedLabel(FOUND),
            WrappedLabel("The disk", Look.HEADING),
            self._disk,
        )

    # Going through them

    def arrange(self) -> None:
        """Name the buttons of the step."""
        self.on.setVisible(self.step != CHOOSE)
        self.on.setText(("", "Put it on this laptop", "Work on this computer")[self.step])
        self.back.setVisible(self.step != HOLDS)
        self.back.setText("Begin without a backup" if self.step == CHOOSE else "Back")

    @Slot()
    def on_back(self) -> None:
        """Go back a step, or to a first run without a backup."""
        if self.step == CHOOSE:
            self.left.emit()
        else:
            self._secret.clear()
            self.go(CHOOSE)

    @Slot()
    def on_continue(self) -> None:
        """Go on from the step, where it may be left."""
        if not self.on.isEnabled():
            return
        if self.step == HOLDS:
            self.finished.emit()
        elif typed := self._secret.given():
            self.hold_on("Putting the backup on this laptop…")
            (self.recovery_code_given if self._secret.is_code else self.passphrase_given).emit(typed)

    @Slot()
    def _on_file(self) -> None:
        file_to_open(self, "Choose the file of a backup", BACKUP_FILES, self._on_path)

    @Slot()
    def _on_folder(self) -> None:
        folder(self, "Choose a folder of backups", self._on_path)

    def _on_path(self, path: Path) -> None:
        self.message.say("Looking for the backup…")
        self.chosen.emit(path)
