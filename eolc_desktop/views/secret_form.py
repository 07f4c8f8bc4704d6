"""Typing a passphrase or, in its place, a recovery code: one field, which says what it takes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.secret_field import SecretField
from eolc_desktop.views.unlock import CODE_HELP
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class SecretForm(QWidget):
    """Takes what opens a record.

    Signals:
        entered: Enter was pressed.
    """

    entered = Signal()

    def __init__(self, help_text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_code = False
        self._help = help_text
        self._field = SecretField()
        self._field.setEchoMode(QLineEdit.EchoMode.Password)
        self._field.setMaxLength(1024)
        self._field.returnPressed.connect(self.entered)
        self._field.caps_lock.connect(self._on_caps_lock)
        self._row = LabelledRow("Passphrase", self._field, help_text=help_text)
        self._caps = WrappedLabel("", Look.FIELD_ERROR)
        self._caps.hide()
        self._show = QPushButton("Show")
        self._show.setCheckable(True)
        self._show.toggled.connect(self._on_show)
        self._other_way = QPushButton("Use the recovery code")
        self._other_way.clicked.connect(self._on_other_way)
        for button in (self._show, self._other_way):
            wear(button, Look.QUIET)
        buttons = FlowLayout(across=8)
        buttons.addWidget(self._show)
        buttons.addWidget(self._other_way)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self._row)
        column.addWidget(self._caps)
        column.addLayout(buttons)
        self.setFocusProxy(self._field)
        self._name_controls()

    def given(self) -> str:
        """What was typed; "" after saying beside the field that it is wanted."""
        typed = self._field.text()
        self._row.show_problem("" if typed else f"Please type your {self._what.lower()}.", is_announced=True)
        if not typed:
            self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        return typed

    def refuse(self, words: str) -> None:
        """Say beside the field why it does not open the record, and let it be typed again."""
        self._row.show_problem(words, is_announced=True)
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._field.selectAll()

    def clear(self) -> None:
        """Forget what was typed."""
        self._field.clear()
        self._row.show_problem("")

    @property
    def _what(self) -> str:
        return "Recovery code" if self.is_code else "Passphrase"

    def _name_controls(self) -> None:
        self._row.label.setText(self._what)
        self._field.setAccessibleName(self._what)
        self._row.say_help(CODE_HELP if self.is_code else self._help)
        self._show.setText("Hide" if self._show.isChecked() else "Show")
        self._show.setAccessibleName(f"{self._show.text()} the {self._what.lower()}")
        self._other_way.setText("Use the passphrase" if self.is_code else "Use the recovery code")

    @Slot()
    def _on_other_way(self) -> None:
        self.is_code = not self.is_code
        self.clear()
        # A code is copied from paper letter by letter: it helps to see it.
        self._show.setChecked(self.is_code)
        self._name_controls()
        self._field.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(bool)
    def _on_show(self, shown: bool) -> None:
        self._field.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
        self._name_controls()

    @Slot(bool)
    def _on_caps_lock(self, is_on: bool) -> None:
        self._caps.setText("Caps Lock is on" if is_on else "")
        self._caps.setVisible(is_on)
