"""A password for the file that is saved, if somebody wants one. Nothing of it is kept."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look
from eolc_desktop.documents.protecting import LEAST_LETTERS
from eolc_desktop.views.forms.choice_buttons import Tick
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

NAME = "Password of the saved file"


class FileLock(QWidget):
    """A tick, and the field for the password once it is ticked.

    The password is shown as it is typed: it is given to somebody, and a slip would lock them out.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tick = Tick("Lock the saved file with a password")
        self._tick.toggled.connect(self._on_tick)
        self._field = QLineEdit()
        self._field.setMaxLength(64)
        self._field.setAccessibleName(NAME)
        self._field.setPlaceholderText(f"At least {LEAST_LETTERS} letters or figures")
        self._says = WrappedLabel("", Look.SECONDARY)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 0)
        column.setSpacing(4)
        for part in (self._tick, self._field, self._says):
            column.addWidget(part)
        self._field.hide()

    @property
    def password(self) -> str | None:
        """The password, "" for none, or None while the one typed is too short, which is said."""
        if not self._tick.isChecked():
            return ""
        typed = self._field.text()
        if len(typed) >= LEAST_LETTERS:
            return typed
        self._says.setText(f"Please type a password of at least {LEAST_LETTERS} letters or figures.")
        announce(self, self._says.text(), is_urgent=True)
        self._field.setFocus()
        return None

    def forget(self) -> None:
        """Take the password away."""
        self._field.clear()
        self._tick.setChecked(False)

    @Slot(bool)
    def _on_tick(self, wanted: bool) -> None:
        self._field.setVisible(wanted)
        self._says.setText("Tell it to whoever may open the file, by another way than the file." if wanted else "")
        if wanted:
            self._field.setFocus()
