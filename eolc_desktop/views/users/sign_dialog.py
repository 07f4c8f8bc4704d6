"""Asks for the passphrase once more, to sign a CPR decision with the name of whoever is at the keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QDialog, QLineEdit, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import UserError
from eolc_desktop.record.users import User
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.secret_field import SecretField
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

LETTERS_WIDE = 60


class SignDialog(QDialog):
    """Lies over its window and waits for nobody; locking closes it with the window.

    Signals:
        given: the passphrase that was typed; answer with `accept`, or `refuse` when it was not the right one.
        declined: the user went back; nothing is saved.
    """

    given = Signal(str)
    declined = Signal()

    def __init__(self, user: User, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Sign with your passphrase")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        wear(self, Look.PAGE)
        who = ", ".join(part for part in (user.name, user.role) if part)
        words = f"This CPR decision is recorded under the name of {who}."
        self._field = SecretField()
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.setMaxLength(1024)
        self._field.returnPressed.connect(self._on_sign)
        self._field.caps_lock.connect(self._on_caps_lock)
        self._row = LabelledRow("Your passphrase", self._field)
        self._caps = WrappedLabel("", Look.FIELD_ERROR)
        self._caps.hide()
        self._sign = QPushButton("Sign and save")
        self._sign.setAutoDefault(False)
        wear(self._sign, Look.PRIMARY)
        self._sign.clicked.connect(self._on_sign)
        back = QPushButton("Go back without saving")
        back.setAutoDefault(False)
        back.clicked.connect(self.reject)
        buttons = FlowLayout(across=8)
        buttons.addWidget(self._sign)
        buttons.addWidget(back)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(WrappedLabel("Sign with your passphrase", Look.HEADING))
        column.addWidget(WrappedLabel(f"{words} If that is not you, go back, lock, and unlock as yourself."))
        column.addWidget(self._row)
        column.addWidget(self._caps)
        column.addLayout(buttons)
        letters = self.fontMetrics().averageCharWidth() * LETTERS_WIDE
        self.resize(min(letters, parent.window().width()), 0)
        self.setAccessibleName(f"Sign with your passphrase. {words}")
        self._field.setFocus()

    def reject(self) -> None:
        """Take Escape, and the closing of the window, for going back."""
        self._field.clear()
        self.declined.emit()
        super().reject()

    def refuse(self, error: UserError) -> None:
        """Say why it was not taken, and let it be typed again."""
        self._sign.setEnabled(True)
        self._row.show_problem(error.happened, is_announced=True)
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.selectAll()

    @Slot()
    def _on_sign(self) -> None:
        passphrase = self._field.text()
        self._row.show_problem("" if passphrase else "Please type it first.", is_announced=True)
        if passphrase and self._sign.isEnabled():
            self._sign.setEnabled(False)
            self.given.emit(passphrase)

    @Slot(bool)
    def _on_caps_lock(self, is_on: bool) -> None:
        self._caps.setText("Caps Lock is on" if is_on else "")
        self._caps.setVisible(is_on)
