"""Is this page still right? Its check code typed, or read from the square code by a scanner that types."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import today
from eolc_desktop.desktop.background import Work
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.services import paper_copies
from eolc_desktop.services.paper_copies import Answer, Standing
from eolc_desktop.views import person_words
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.paper.words import code_words
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

_LOOKS = {
    Standing.CURRENT: Look.SUCCESS,
    Standing.SAFETY_UNCHANGED: Look.INFORMATION,
    Standing.SUPERSEDED: Look.ERROR,
    Standing.UNKNOWN: Look.WARNING,
}


class CheckCard(QFrame):
    """Takes a check code and says what this laptop knows of the page.

    Signals:
        plan_wanted, register_wanted: the id of the person whose page it is.
    """

    plan_wanted = Signal(str)
    register_wanted = Signal(str)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked: Work | None = None
        self._person_id = ""
        wear(self, Look.CARD)
        self.field = QLineEdit()
        self.field.setMaxLength(40)
        self.field.returnPressed.connect(self.check)
        label = LabelledRow(
            "Check code at the foot of the page",
            self.field,
            help_text="Six letters and figures. A scanner that types can read the square code instead.",
        )
        button = QPushButton("Check")
        wear(button, Look.PRIMARY)
        button.clicked.connect(self.check)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(label, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        self._says = WrappedLabel("")
        self._says.setMargin(10)
        self._more = WrappedLabel("")
        self._checked = WrappedLabel("", Look.SECONDARY)
        self._whose = WrappedLabel("", Look.KEY_LINE)
        self._plan = QPushButton("Open the plan")
        self._plan.clicked.connect(self._on_plan)
        self._register = QPushButton("All pages of this person")
        self._register.clicked.connect(self._on_register)
        self._doors = QWidget()
        doors = QHBoxLayout(self._doors)
        doors.setContentsMargins(0, 0, 0, 0)
        doors.setSpacing(8)
        doors.addWidget(self._plan)
        doors.addWidget(self._register)
        doors.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 16)
        column.setSpacing(8)
        column.addWidget(WrappedLabel("Is this page still right?", Look.HEADING))
        column.addLayout(row)
        self._answer = (self._says, self._whose, self._more, self._checked, self._doors)
        for widget in self._answer:
            column.addWidget(widget)
            widget.hide()
        self.setFocusProxy(self.field)

    def look_up(self, code: str) -> None:
        """Look a code up that was typed elsewhere."""
        self.field.setText(code)
        self.check()

    @Slot()
    def check(self) -> None:
        """Look up what stands in the field."""
        if self._asked is not None:
            self._asked.cancel()
        self._asked = self._desk.run("look up a page", paper_copies.look_up, self.field.text(), done=self._on_answer)

    @Slot(object)
    def _on_answer(self, answer: Answer) -> None:
        self._asked = None
        self._person_id = answer.row.id if answer.row else ""
        code = f"{code_words(answer.code)}: " if answer.code else ""
        self._says.setText(f"{code}{answer.says}")
        wear(self._says, _LOOKS[answer.standing])
        whose = person_words.identity_line(answer.row, today(self._desk.now())) if answer.row else ""
        self._whose.setText(whose)
        self._more.setText("\n".join(answer.more))
        self._checked.setText(answer.checked)
        for widget in self._answer:
            widget.show()
        self._whose.setVisible(bool(whose))
        self._doors.setVisible(bool(whose))
        self._checked.setVisible(bool(answer.code))
        announce(self, " ".join((self._says.text(), whose, *answer.more, answer.checked)))
        # The next page can be scanned at once.
        self.field.selectAll()

    @Slot()
    def _on_plan(self) -> None:
        self.plan_wanted.emit(self._person_id)

    @Slot()
    def _on_register(self) -> None:
        self.register_wanted.emit(self._person_id)
