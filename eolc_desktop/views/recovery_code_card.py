"""The recovery code, shown once: printed or saved on a page to be kept apart, and confirmed by typing its end."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLineEdit, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

CONFIRMED_BY = 4
"""Characters of the end that are typed from the user's own copy."""


def groups_of(code: str) -> str:
    """The code as it is read out: its groups with wide gaps, on two lines."""
    groups = code.split("-")
    half = (len(groups) + 1) // 2
    return "   ".join(groups[:half]) + "\n" + "   ".join(groups[half:])


def is_end_of(code: str, typed: str) -> bool:
    """Whether what was typed is the end of the code, however it is spaced; O is read as 0, I and L as 1."""
    plain = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None})
    return typed.upper().translate(plain) == code.replace("-", "")[-CONFIRMED_BY:]


class RecoveryCodeCard(QWidget):
    """Shows a recovery code and takes the proof that the user has a copy.

    Signals:
        print_wanted, save_wanted: the code, to go on a page of its own.
        confirmed: the end of the code was typed.
    """

    print_wanted = Signal(str)
    save_wanted = Signal(str)
    confirmed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code = ""
        frame = QFrame()
        wear(frame, Look.CARD)
        self._shown = WrappedLabel("", Look.TITLE)
        self._shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(16, 12, 16, 12)
        inside.addWidget(self._shown)
        self._print = QPushButton("Print the page…")
        self._save = QPushButton("Save the page as a PDF…")
        self._print.clicked.connect(self._on_print)
        self._save.clicked.connect(self._on_save)
        buttons = FlowLayout(across=8)
        buttons.addWidget(self._print)
        buttons.addWidget(self._save)
        self._end = QLineEdit()
        self._end.setMaxLength(12)
        self._end.returnPressed.connect(self.check)
        self._end_row = LabelledRow(
            f"Type the last {CONFIRMED_BY} characters from your copy",
            self._end,
            help_text="This shows that the copy is there and can be read.",
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(
            WrappedLabel(
                "This code opens the record when the passphrase is forgotten. It is shown once, now. Print it, or "
                "write it down, and keep it apart from the laptop: whoever has both has the record."
            )
        )
        column.addWidget(frame)
        column.addLayout(buttons)
        column.addWidget(self._end_row)
        self.setFocusProxy(self._print)

    def show_code(self, code: str) -> None:
        """Show this code."""
        self._code = code
        self._shown.setText(groups_of(code))
        self._shown.setAccessibleName("Recovery code: " + ", ".join(" ".join(group) for group in code.split("-")))
        self._end.clear()
        self._end_row.show_problem("")

    def forget(self) -> None:
        """Take the code off the screen and out of the card."""
        self.show_code("")
        self._shown.setAccessibleName("")

    @Slot()
    def check(self) -> bool:
        """Tell `confirmed` when the end of the code was typed; else say so beside the field."""
        if self._code and is_end_of(self._code, self._end.text()):
            self._end_row.show_problem("")
            self.confirmed.emit()
            return True
        words = (
            "Please compare with your copy: these are not the last "
            f"{CONFIRMED_BY} characters. They are the end of the second line."
        )
        self._end_row.show_problem(words if self._end.text() else "Please type them from your copy.", is_announced=True)
        self._end.setFocus(Qt.FocusReason.OtherFocusReason)
        return False

    @Slot()
    def _on_print(self) -> None:
        self.print_wanted.emit(self._code)

    @Slot()
    def _on_save(self) -> None:
        self.save_wanted.emit(self._code)
