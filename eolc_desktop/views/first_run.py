"""The first run in four steps: who you are, a passphrase, the recovery code, and this computer."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import UserError
from eolc_desktop.services.sign_in import NewUser
from eolc_desktop.services.this_computer import DiskEncryption
from eolc_desktop.views.in_steps import StepsPage, column_of
from eolc_desktop.views.passphrase_form import PassphraseForm
from eolc_desktop.views.recovery_code_card import RecoveryCodeCard
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


@dataclass(frozen=True, slots=True)
class Chosen:
    """What the first two steps gave: enough to make the record."""

    who: NewUser
    passphrase: str


class FirstRunPage(StepsPage):
    """Leads through the first run. The record is made between the second step and the third.

    Signals:
        record_wanted: `Chosen`; answer with `show_recovery_code`, or `show_problem` when it could not be made.
        print_code_wanted, save_code_wanted: the recovery code, to go on its page.
        code_kept: the end of the code was typed from the user's copy.
        finished: the last step was left.
        backup_wanted: to begin with a backup of another laptop instead.
    """

    record_wanted = Signal(object)
    print_code_wanted = Signal(str)
    save_code_wanted = Signal(str)
    code_kept = Signal()
    finished = Signal()
    backup_wanted = Signal()
    page_title = "First run"

    titles = ("Who you are", "Your passphrase", "Your recovery code", "This computer")

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._backup = QPushButton("I have a backup of another laptop")
        self._backup.clicked.connect(self.backup_wanted)
        wear(self._backup, Look.QUIET)
        steps = (self._who_step(), self._passphrase_step(), self._code_step(), self._computer_step())
        self._build(steps, self._backup)
        self.go(0)

    # What the program tells the page

    def show_recovery_code(self, code: str) -> None:
        """The record was made: go on to its recovery code, which is shown once. There is no way back from here."""
        self._passphrase.clear()
        self._code.show_code(code)
        self.go(2)

    def show_problem(self, error: UserError) -> None:
        """Say why the record could not be made, or a page not be printed."""
        self.message.tell(error)
        self.let_go_on()

    def say(self, words: str) -> None:
        """Say that something was done."""
        self.message.say(words)

    def show_disk(self, found: DiskEncryption) -> None:
        """Say what was found about this computer's disk."""
        self._disk.setText(found.words)
        wear(self._disk, Look.WARNING if found is DiskEncryption.NOT_FOUND else None)
        self._disk.setMargin(12 if found is DiskEncryption.NOT_FOUND else 0)

    def focus_first(self) -> None:
        """Give the keyboard to the first field of the step."""
        targets = (self._name, self._passphrase, self._code, self.on)
        targets[self.step].setFocus(Qt.FocusReason.OtherFocusReason)

    # The steps

    def _who_step(self) -> QWidget:
        self._name, self._role, self._organisation = QLineEdit(), QLineEdit(), QLineEdit()
        for field in (self._name, self._role, self._organisation):
            field.setMaxLength(120)
            field.returnPressed.connect(self.on_continue)
        self._name_row = LabelledRow(
            "Your name", self._name, help_text="As colleagues know you. It stands beside what you record."
        )
        role = LabelledRow(
            "Your role", self._role, help_text="For example: district nurse, hospice coordinator.", is_optional=True
        )
        organisation = LabelledRow("Your team or organisation", self._organisation, is_optional=True)
        intro = WrappedLabel(
            "EoLC Desktop keeps people’s care plans on this laptop, encrypted, and works without a network. "
            "Setting it up takes about three minutes."
        )
        return column_of(intro, self._name_row, role, organisation)

    def _passphrase_step(self) -> QWidget:
        self._passphrase = PassphraseForm()
        self._passphrase.entered.connect(self.on_continue)
        return column_of(
            WrappedLabel("It opens the record on this laptop. Nobody can look it up or reset it for you."),
            self._passphrase,
        )

    def _code_step(self) -> QWidget:
        self._code = RecoveryCodeCard()
        self._code.print_wanted.connect(self.print_code_wanted)
        self._code.save_wanted.connect(self.save_code_wanted)
        self._code.confirmed.connect(self._on_code_confirmed)
        return column_of(self._code)

    def _computer_step(self) -> QWidget:
        self._disk = WrappedLabel("Looking at this computer’s disk…")
        return column_of(
            WrappedLabel("The disk", Look.HEADING),
            self._disk,
            WrappedLabel("Sharing", Look.HEADING),
            WrappedLabel(
                "You work on this computer for now: what you record stays here until sharing with a team is set up."
            ),
            WrappedLabel("Locking", Look.HEADING),
            WrappedLabel(
                "The program locks by itself when nobody uses it for five minutes, and at once with Ctrl+L. "
                "What you were writing is kept."
            ),
        )

    # Going through them

    def arrange(self) -> None:
        """Name the buttons of the step."""
        self.back.setVisible(self.step == 1)
        self._backup.setVisible(self.step == 0)
        self.on.setText(("Continue", "Make the record", "I have a copy: continue", "Work on this computer")[self.step])

    @Slot()
    def on_back(self) -> None:
        """Go back a step."""
        self.go(self.step - 1)

    @Slot()
    def on_continue(self) -> None:
        """Go on from the step, where it may be left."""
        if not self.on.isEnabled():
            return
        if self.step == 0:
            self._leave_who()
        elif self.step == 1:
            self._leave_passphrase()
        elif self.step == 2:
            self._code.check()
        else:
            self.finished.emit()

    def _leave_who(self) -> None:
        name = " ".join(self._name.text().split())
        self._name_row.show_problem("" if name else "Please type your name.", is_announced=True)
        if not name:
            self._name.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self._passphrase.belongs_to(name)
        self.go(1)

    def _leave_passphrase(self) -> None:
        if passphrase := self._passphrase.chosen():
            self.hold_on("Making the record…")
            name, role, team = (" ".join(f.text().split()) for f in (self._name, self._role, self._organisation))
            self.record_wanted.emit(Chosen(NewUser(name, role, team), passphrase))

    @Slot()
    def _on_code_confirmed(self) -> None:
        self._code.forget()
        self.code_kept.emit()
        self.go(3)
