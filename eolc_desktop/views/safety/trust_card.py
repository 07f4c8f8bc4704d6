"""Whether the record is as it was written: what was found, a code to write down, and going on with an older record."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look
from eolc_desktop.errors import InvalidValue, UserError, WrongPassphrase
from eolc_desktop.services import trust
from eolc_desktop.services.roles import Right, may
from eolc_desktop.services.trust import InDoubt
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.settings_cards import Card
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

FITS = "Nothing was found to have been altered."


class TrustCard(Card):
    """Everybody may look and compare a code; only who looks after the laptop goes on with an older record."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Is the record as it was written?", desk, parent)
        self._found = WrappedLabel(FITS)
        self._code = WrappedLabel("", Look.FIELD_LABEL)
        self._code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._typed = QLineEdit()
        self._typed.setMaxLength(40)
        self._typed.returnPressed.connect(self._on_compare)
        self._typed_row = LabelledRow("A code that was written down before", self._typed)
        self._compare = QPushButton("Compare the code")
        self._compare.clicked.connect(self._on_compare)
        self._reason, self._now = QLineEdit(), QLineEdit()
        self._reason.setMaxLength(300)
        self._now.setEchoMode(QLineEdit.EchoMode.Password)
        self._now.setMaxLength(1024)
        self._reason_row = LabelledRow("What was compared, and with what", self._reason)
        self._now_row = LabelledRow("Your own passphrase, to go on with this record", self._now)
        self._accept = QPushButton("Go on with this older record")
        self._accept.clicked.connect(self._on_accept)
        self._going_on = QWidget()
        column = QVBoxLayout(self._going_on)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(
            WrappedLabel(
                "If the newer record is lost for good: compare each plan with the shared record or the paper in the "
                "house first. This is kept in the list of who did what.",
                Look.SECONDARY,
            )
        )
        for part in (self._reason_row, self._now_row, self._accept):
            column.addWidget(part)
        self._going_on.hide()
        self.add(
            WrappedLabel(
                "Each save is sealed with the one before it. So an entry that was changed outside the program, and an "
                "old copy put in the place of a newer one, are noticed. Where plans are shared, the shared record "
                "knows the newest seal too: a number and a code.",
                Look.SECONDARY,
            ),
            self._found,
            self._code,
            self._typed_row,
            self.outcome,
        )
        self.add_buttons(self._compare)
        self.add(self._going_on)

    def refresh(self) -> None:
        """Ask what is known, and for the code of now."""
        self.desk.run("what is in doubt", trust.doubt_about, done=self._on_doubt, failed=self.tell)
        self.desk.run("the code of the record", trust.paper_code, done=self._on_code, failed=self.tell)

    def forget(self) -> None:
        """Forget a passphrase that was typed."""
        self._now.clear()

    @Slot(object)
    def _on_doubt(self, doubt: InDoubt) -> None:
        self._found.setText("\n".join(doubt.lines) or FITS)
        is_old = any("older copy" in line for line in doubt.lines)
        self._going_on.setVisible(is_old and may(self.desk.session, Right.LOOK_AFTER))

    @Slot(object)
    def _on_code(self, code: str) -> None:
        self._code.setText(f"The code of the record now, to write down: {code}")

    @Slot()
    def _on_compare(self) -> None:
        self._typed_row.show_problem("")
        typed = self._typed.text()
        self.desk.run("compare a code", trust.compare_code, typed, done=self._on_told, failed=self._on_no_code)

    @Slot(object)
    def _on_told(self, words: str) -> None:
        self.say(words, Look.SUCCESS if words.startswith("The record holds") else Look.ERROR)

    @Slot(object)
    def _on_no_code(self, error: UserError) -> None:
        self.say("")
        self._typed_row.show_problem(f"{error.happened} {error.next_step}", is_announced=True)

    @Slot()
    def _on_accept(self) -> None:
        given = (self._now.text(), self._reason.text())
        self.desk.run(
            "go on with an older record", trust.accept_as_it_is, *given, done=self._on_accepted, failed=self._on_refused
        )

    @Slot(object)
    def _on_accepted(self, _nothing: object) -> None:
        self.forget()
        self.say("This record is used from now on.")
        self.refresh()

    @Slot(object)
    def _on_refused(self, error: UserError) -> None:
        self._reason_row.show_problem(error.happened if isinstance(error, InvalidValue) else "", is_announced=True)
        self._now_row.show_problem(error.happened if isinstance(error, WrongPassphrase) else "", is_announced=True)
        if not isinstance(error, InvalidValue | WrongPassphrase):
            self.tell(error)
