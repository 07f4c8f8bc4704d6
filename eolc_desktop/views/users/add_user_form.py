"""The form with which somebody new is added: who they are, what they may do, and a passphrase they type themselves."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look
from eolc_desktop.errors import InvalidValue
from eolc_desktop.services.roles import CARE_ROLES, Role
from eolc_desktop.services.sign_in import NewUser
from eolc_desktop.views.forms.choice_buttons import Tick
from eolc_desktop.views.forms.choice_editors import Menu
from eolc_desktop.views.passphrase_form import PassphraseForm
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class AddUserForm(QWidget):
    """Filled in by two people: who looks after the laptop, and at the end whoever is added."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name, self._role, self._organisation = QLineEdit(), QLineEdit(), QLineEdit()
        for field in (self._name, self._role, self._organisation):
            field.setMaxLength(120)
        self._name_row = LabelledRow("Their name", self._name, help_text="It stands beside what they record.")
        self._may = Menu()
        self._may.addItem("Please choose", "")
        for role in CARE_ROLES:
            self._may.addItem(role.words, role.value)
        self._may_row = LabelledRow("What they may do", self._may)
        self._looks_after = Tick("They look after this laptop too: its users, backups and rules")
        self._passphrase = PassphraseForm(first_label="Their passphrase")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (
            self._name_row,
            LabelledRow("Their role, in their own words", self._role, is_optional=True),
            LabelledRow("Their team or organisation", self._organisation, is_optional=True),
            self._may_row,
            self._looks_after,
            WrappedLabel("Now let them type a passphrase of their own. Nobody else should know it.", Look.SECONDARY),
            self._passphrase,
        ):
            column.addWidget(part)
        self.setFocusProxy(self._name)

    def chosen(self) -> tuple[NewUser, frozenset[Role], str] | None:
        """What was filled in; None after saying beside the field what is missing."""
        name = " ".join(self._name.text().split())
        may = str(self._may.currentData() or "")
        self._name_row.show_problem("" if name else "Please type their name.", is_announced=not name)
        self._may_row.show_problem("" if may else "Please choose what they may do.", is_announced=bool(name))
        self._passphrase.belongs_to(name)
        if not name or not may:
            (self._may if name else self._name).setFocus()
            return None
        passphrase = self._passphrase.chosen()
        if not passphrase:
            return None
        roles = {Role(may)} | ({Role.ADMINISTRATOR} if self._looks_after.isChecked() else set())
        return NewUser(name, self._role.text(), self._organisation.text()), frozenset(roles), passphrase

    def clear(self) -> None:
        """Forget everything that was typed."""
        for field in (self._name, self._role, self._organisation):
            field.clear()
        self._may.setCurrentIndex(0)
        self._looks_after.setChecked(False)
        self._passphrase.clear()

    def refuse(self, error: InvalidValue) -> None:
        """Say beside the field what was not taken."""
        if error.field_key == "name":
            self._name_row.show_problem(str(error), is_announced=True)
            self._name.setFocus()
        elif error.field_key == "roles":
            self._may_row.show_problem(error.happened, is_announced=True)
        else:
            self._passphrase.refuse(error.happened)
