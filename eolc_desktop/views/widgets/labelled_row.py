"""One row of a form: its label, help, what is wrong, and the field; joined for screen readers in one place."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look, dress_again, wear
from eolc_desktop.desktop.style_sheet import PROBLEM_PROPERTY
from eolc_desktop.views.forms.showing import set_shown
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

OPTIONAL = "(optional)"


class LabelledRow(QWidget):
    """A label above its field, so that neither is squeezed at large text; between them help, and what is wrong.

    The field's spoken name is the label; help and problem are its spoken description. Optional is said in words.
    """

    def __init__(
        self,
        label: str,
        field: QWidget,
        *,
        help_text: str = "",
        is_optional: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.field = field
        self.label = WrappedLabel(f"{label} {OPTIONAL}" if is_optional else label, Look.FIELD_LABEL)
        self.help = WrappedLabel(help_text, Look.SECONDARY)
        self.problem = WrappedLabel("", Look.FIELD_ERROR)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self.label, self.help, self.problem, field):
            column.addWidget(part)
        set_shown(self.help, bool(help_text))
        self.problem.setVisible(False)
        self.setFocusProxy(field)
        self.label.setBuddy(field)
        self._spoken = field.focusProxy() or field
        if not self._spoken.accessibleName():
            self._spoken.setAccessibleName(self.label.text())
        self._describe()

    def show_problem(self, words: str, *, is_announced: bool = False) -> None:
        """Say beside the field what is wrong with it and how to put it right; "" when nothing is."""
        self.problem.setText(words)
        self.problem.setVisible(bool(words))
        self._spoken.setProperty(PROBLEM_PROPERTY, bool(words))
        dress_again(self._spoken)
        self._describe()
        if words and is_announced:
            announce(self._spoken, f"{self.label.text()}: {words}", is_urgent=True)

    def say_help(self, words: str) -> None:
        """Change the help."""
        self.help.setText(words)
        set_shown(self.help, bool(words))
        self._describe()

    def _describe(self) -> None:
        parts = (self.problem.text(), self.help.text())
        self._spoken.setAccessibleDescription(" ".join(part for part in parts if part))


def beside_its_label(label: str, menu: QWidget) -> QWidget:
    """A field with its label at its left, for a line of choices above a list."""
    called = QLabel(label)
    wear(called, Look.FIELD_LABEL)
    called.setBuddy(menu)
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.addWidget(called)
    row.addWidget(menu)
    return pair
