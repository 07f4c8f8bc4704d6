"""Giving the record another key, after somebody left who may have a copy of the old one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import UserError
from eolc_desktop.services import users
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.places import Place
from eolc_desktop.views.settings_cards import Card
from eolc_desktop.views.titled_page import TitledPage
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

WIDEST = 900
WHAT_IT_DOES = (
    "Somebody who could unlock this record could also have copied its key. After they were closed off, another key "
    "makes sure that such a copy opens nothing: not this record, and none of its backups on this laptop.",
    "Everybody who stays keeps their passphrase and recovery code. The program locks, and you unlock again afterwards. "
    "Copies of backups in a second place still open with the old key, until newer ones have taken their place.",
)


class NewKeyPage(TitledPage):
    """Says what it does, and asks for the passphrase; the program does it once the record is closed."""

    page_title = "Another key for the record"
    widest = WIDEST

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, parent=parent)
        self._passphrase = QLineEdit()
        self._passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self._passphrase.setMaxLength(1024)
        self._passphrase.returnPressed.connect(self._on_go)
        self._row = LabelledRow("Your own passphrase", self._passphrase)
        self._go = QPushButton("Lock, and give the record another key")
        wear(self._go, Look.PRIMARY)
        self._go.clicked.connect(self._on_go)
        self._card = Card("Another key", desk)
        self._card.add(*(WrappedLabel(words) for words in WHAT_IT_DOES), self._row, self._card.outcome)
        self._card.add_buttons(self._go)
        self.column.addWidget(self._card)
        self.column.addStretch(1)

    @classmethod
    def for_place(cls, desk: Desk, _place: Place) -> NewKeyPage:
        """The page as the window makes it."""
        return cls(desk)

    def focus_first(self) -> None:
        """Give the keyboard to the passphrase."""
        self._passphrase.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Forget a passphrase that was typed."""
        self._passphrase.clear()

    @Slot()
    def _on_go(self) -> None:
        typed = self._passphrase.text()
        self._row.show_problem("" if typed else "Please type your passphrase.", is_announced=True)
        if typed:
            self.desk.run("prove who it is", users.sign, typed, done=self._on_proved, failed=self._on_no)

    @Slot(object)
    def _on_proved(self, _nothing: object) -> None:
        typed = self._passphrase.text()
        self._passphrase.clear()
        self.desk.new_key_wanted.emit(typed)

    @Slot(object)
    def _on_no(self, error: UserError) -> None:
        self._row.show_problem(error.happened, is_announced=True)
        self.focus_first()
