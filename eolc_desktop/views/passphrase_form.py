"""Choosing a passphrase: typed twice, with its strength in words, shown on request; pasting is welcome."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look
from eolc_desktop.models.passphrase import MINIMUM_LENGTH, passphrase_problem
from eolc_desktop.views.forms.choice_buttons import Tick
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

LONG, VERY_LONG = 18, 26


def strength_words(passphrase: str, user_name: str = "") -> str:
    """Say in words how good a passphrase is; what is wrong with it where it will not do."""
    if not passphrase:
        return ""
    if problem := passphrase_problem(passphrase, user_name):
        return problem
    if len(passphrase) >= VERY_LONG:
        return "Very good: this would take far too long to guess."
    if len(passphrase) >= LONG:
        return "Good. One more word would make it better still."
    return "This will do. A longer one is better: one more word, for example."


class PassphraseForm(QWidget):
    """Takes a new passphrase.

    Signals:
        entered: Enter was pressed in the last field.
    """

    entered = Signal()

    def __init__(self, parent: QWidget | None = None, *, first_label: str = "Passphrase") -> None:
        super().__init__(parent)
        self._user_name = ""
        self._first = _secret()
        self._again = _secret()
        help_text = (
            f"At least {MINIMUM_LENGTH} characters. Four or five words that have nothing to do with each other are "
            "easy to remember and hard to guess. You may paste it from a password manager."
        )
        self._first_row = LabelledRow(first_label, self._first, help_text=help_text)
        self._strength = WrappedLabel("", Look.SECONDARY)
        self._again_row = LabelledRow(f"{first_label} once more", self._again)
        self._show = Tick("Show what I type")
        self._show.toggled.connect(self._on_show)
        self._first.textChanged.connect(self._on_typed)
        self._first.returnPressed.connect(self._on_first_entered)
        self._again.returnPressed.connect(self.entered)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for widget in (self._first_row, self._strength, self._again_row, self._show):
            column.addWidget(widget)
        self.setFocusProxy(self._first)

    def belongs_to(self, user_name: str) -> None:
        """Name whose passphrase it is: it may not be mostly their name."""
        self._user_name = user_name

    def chosen(self) -> str:
        """The passphrase when both fields hold the same and it will do; else "" after saying beside the field why."""
        passphrase = self._first.text()
        problem = "Please choose a passphrase." if not passphrase else passphrase_problem(passphrase, self._user_name)
        self._first_row.show_problem(problem or "", is_announced=True)
        differs = not problem and passphrase != self._again.text()
        self._again_row.show_problem("These two are not the same. Please type it once more." if differs else "")
        if problem or differs:
            field = self._first if problem else self._again
            field.setFocus(Qt.FocusReason.OtherFocusReason)
            field.selectAll()
            return ""
        return passphrase

    def clear(self) -> None:
        """Forget what was typed."""
        for field in (self._first, self._again):
            field.clear()
        self._show.setChecked(False)
        self._first_row.show_problem("")
        self._again_row.show_problem("")

    def refuse(self, words: str) -> None:
        """Say beside the field why it was not taken."""
        self._first_row.show_problem(words, is_announced=True)
        self._first.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(str)
    def _on_typed(self, typed: str) -> None:
        self._strength.setText(strength_words(typed, self._user_name))
        self._first_row.show_problem("")
        self._again_row.show_problem("")

    @Slot()
    def _on_first_entered(self) -> None:
        self._again.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(bool)
    def _on_show(self, shown: bool) -> None:
        for field in (self._first, self._again):
            field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)


def _secret() -> QLineEdit:
    field = QLineEdit()
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setMaxLength(1024)
    return field
