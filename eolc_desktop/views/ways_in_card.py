"""How the record is unlocked: a new passphrase, a new recovery code, and the computer's own key store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look
from eolc_desktop.errors import InvalidValue, UserError, WrongPassphrase
from eolc_desktop.models.key_file import Costs
from eolc_desktop.models.keys import Unlocked
from eolc_desktop.services import settings, sign_in
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.choice_buttons import Tick
from eolc_desktop.views.passphrase_form import PassphraseForm
from eolc_desktop.views.recovery_code_card import RecoveryCodeCard
from eolc_desktop.views.settings_cards import Card
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class WaysInCard(Card):
    """Changing the ways in. Each change is proved with the passphrase of now, so that nobody who passes by can make it.

    Signals:
        print_code_wanted, save_code_wanted: a new recovery code, to go on its page.
    """

    print_code_wanted = Signal(str)
    save_code_wanted = Signal(str)

    def __init__(self, desk: Desk, costs: Costs, parent: QWidget | None = None) -> None:
        super().__init__("How you unlock the record", desk, parent)
        self._costs = costs
        self._proof: Unlocked | None = None
        self._now = QLineEdit()
        self._now.setEchoMode(QLineEdit.EchoMode.Password)
        self._now.setMaxLength(1024)
        self._now_row = LabelledRow(
            "Your passphrase now", self._now, help_text="Asked for before anything here is changed."
        )
        self._new = PassphraseForm(first_label="New passphrase")
        self._new.entered.connect(self._on_change)
        self._change = QPushButton("Change the passphrase")
        self._change.clicked.connect(self._on_change)
        self._make_code = QPushButton("Make a new recovery code")
        self._make_code.clicked.connect(self._on_make_code)
        self._code = RecoveryCodeCard()
        self._code.print_wanted.connect(self.print_code_wanted)
        self._code.save_wanted.connect(self.save_code_wanted)
        self._code.confirmed.connect(self._on_code_kept)
        self._code.hide()
        self._keyring = Tick("Unlock with this computer’s own key store")
        self._keyring.clicked.connect(self._on_keyring)
        self.add(self._now_row, self.outcome)
        self.add(_part("A new passphrase", self._new))
        self.add_buttons(self._change)
        self.add(
            _part(
                "The recovery code",
                WrappedLabel("A new code is shown once. The old one opens nothing any more.", Look.SECONDARY),
            )
        )
        self.add_buttons(self._make_code)
        self.add(
            self._code,
            _part(
                "This computer’s own key store",
                WrappedLabel(
                    "Windows, or your Linux desktop, can keep a key for you. Then whoever is signed in to this "
                    "computer as you opens the record without the passphrase. It is off unless you switch it on.",
                    Look.SECONDARY,
                ),
                self._keyring,
            ),
        )

    def use_proof(self, proof: Unlocked) -> None:
        """Ask for a new passphrase after the recovery code was used: that is proof enough, until one is chosen."""
        self._proof = proof
        self._now_row.hide()
        self.say("You unlocked with the recovery code. Please choose a new passphrase.", Look.INFORMATION)
        self.begin()

    @property
    def asks_for_passphrase(self) -> bool:
        """Whether a new passphrase is to be chosen, because the recovery code was used."""
        return self._proof is not None

    def begin(self) -> None:
        """Give the keyboard to the first field."""
        first = self._now if self._proof is None else self._new
        first.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Forget what was typed, and a code that is still shown."""
        self._now.clear()
        self._new.clear()
        self._code.forget()
        self._code.hide()
        self.say("")

    def refresh(self) -> None:
        """Find out whether the key store is used."""
        profile, costs, user_id = self.desk.session.profile, self._costs, self.desk.session.user.id
        self._new.belongs_to(self.desk.session.user.name)
        self.run_beside(
            "ways in", lambda: user_id in sign_in.ways_in(profile, costs=costs).with_keyring, self._on_ways_in
        )

    @Slot(object)
    def _on_ways_in(self, uses_keyring: bool) -> None:
        self._keyring.setChecked(uses_keyring)

    # Changing

    def _with_proof(self, name: str, change: Callable[[Unlocked], Any], done: Callable[[Any], None]) -> None:
        """Prove with the passphrase of now, then change, off the UI thread."""
        passphrase, known = self._now.text(), self._proof
        if known is not None:
            self._set_busy(True)
            self.run_beside(name, lambda: change(known), done, self._on_failed)
            return
        self._now_row.show_problem("" if passphrase else "Please type it first.", is_announced=True)
        if not passphrase:
            self.begin()
            self._settle_keyring()
            return
        session, costs = self.desk.session, self._costs

        def prove_and_change() -> Any:
            proof = sign_in.prove(session.profile, passphrase, session.clock, user_id=session.user.id, costs=costs)
            return change(proof)

        self._set_busy(True)
        self.say("One moment…", Look.INFORMATION)
        self.run_beside(name, prove_and_change, done, self._on_failed)

    @Slot()
    def _on_change(self) -> None:
        passphrase = self._new.chosen()
        if passphrase:
            profile, clock, costs = self.desk.session.profile, self.desk.session.clock, self._costs
            self._with_proof(
                "change the passphrase",
                lambda proof: sign_in.change_passphrase(profile, proof, passphrase, clock, costs=costs),
                self._on_changed_passphrase,
            )

    @Slot(object)
    def _on_changed_passphrase(self, _nothing: object) -> None:
        self._proof = None
        self._now_row.show()
        self._done("changed the passphrase")
        self.say("The passphrase was changed, here and for every backup. The old one opens nothing any more.")

    @Slot()
    def _on_make_code(self) -> None:
        profile, clock, costs = self.desk.session.profile, self.desk.session.clock, self._costs
        self._with_proof(
            "make a new recovery code",
            lambda proof: sign_in.replace_recovery_code(profile, proof, clock, costs=costs),
            self._on_code_made,
        )

    @Slot(object)
    def _on_code_made(self, code: str) -> None:
        self._done("made a new recovery code")
        self.say("This is your new recovery code.", Look.INFORMATION)
        self._code.show_code(code)
        self._code.show()
        self._code.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _on_code_kept(self) -> None:
        self.desk.run("recovery code kept", settings.recovery_code_kept)
        self._code.forget()
        self._code.hide()
        self.say("The new recovery code is in use. Keep its page apart from the laptop, and tear up the old one.")

    @Slot()
    def _on_keyring(self) -> None:
        is_on = self._keyring.isChecked()
        profile, clock, costs = self.desk.session.profile, self.desk.session.clock, self._costs
        self._with_proof(
            "switch the key store",
            lambda proof: sign_in.set_keyring(profile, proof, on=is_on, clock=clock, costs=costs),
            self._on_keyring_set,
        )

    @Slot(object)
    def _on_keyring_set(self, _nothing: object) -> None:
        is_on = self._keyring.isChecked()
        self._done("switched the key store on" if is_on else "switched the key store off")
        self.say(
            "This computer’s key store can unlock the record now. The passphrase still does."
            if is_on
            else "Only the passphrase and the recovery code unlock the record now."
        )

    def _done(self, action: str) -> None:
        self._set_busy(False)
        self._now.clear()
        self._new.clear()
        self.desk.run("note in the audit", settings.note_change, action)
        self.refresh()

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self._set_busy(False)
        self._settle_keyring()
        if isinstance(error, WrongPassphrase):
            self.say("")
            self._now_row.show_problem(error.happened, is_announced=True)
            self.begin()
            self._now.selectAll()
        elif isinstance(error, InvalidValue):
            self.say("")
            self._new.refuse(error.happened)
        else:
            self.tell(error)

    def _settle_keyring(self) -> None:
        """Let the tick say again what is so."""
        self.refresh()

    def _set_busy(self, busy: bool) -> None:
        for button in (self._change, self._make_code, self._keyring):
            button.setEnabled(not busy)


def _part(title: str, *parts: QWidget) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 8, 0, 0)
    column.setSpacing(8)
    column.addWidget(WrappedLabel(title, Look.FIELD_LABEL))
    for part in parts:
        column.addWidget(part)
    return holder
