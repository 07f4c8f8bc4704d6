"""Asks a visitor, who may only read, why they need to: before anything is shown, and kept in the audit."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import UserError
from eolc_desktop.record.users import User
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.scrolling import scrolling
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

LETTERS_WIDE = 62


class ReasonPage(QWidget):
    """One question.

    Signals:
        given: the reason, in the visitor's own words.
    """

    given = Signal(str)
    page_title = "Why you are here"

    def __init__(self, user: User, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        wear(self, Look.PAGE)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._reason = QLineEdit()
        self._reason.setMaxLength(300)
        self._reason.returnPressed.connect(self._on_go_on)
        self._row = LabelledRow(
            "Your reason",
            self._reason,
            help_text="For example: asked by the family about the visit of 3 November. No names are needed.",
        )
        go_on = QPushButton("Go on")
        wear(go_on, Look.PRIMARY)
        go_on.clicked.connect(self._on_go_on)
        holder = QWidget()
        holder.setMaximumWidth(max(480, self.fontMetrics().averageCharWidth() * LETTERS_WIDE))
        column = QVBoxLayout(holder)
        column.setSpacing(12)
        column.addWidget(WrappedLabel("Why do you need to read?", Look.TITLE))
        column.addWidget(
            WrappedLabel(
                f"{user.name}, you are a visitor on this laptop: you may read, and nothing else. Your reason is kept "
                "beside every plan you open, and people can ask who has seen theirs."
            )
        )
        column.addWidget(self._row)
        row = QHBoxLayout()
        row.addWidget(go_on)
        row.addStretch(1)
        column.addLayout(row)
        middle = QWidget()
        across = QHBoxLayout(middle)
        across.setContentsMargins(24, 24, 24, 24)
        across.addStretch(1)
        across.addWidget(holder, 4, Qt.AlignmentFlag.AlignVCenter)
        across.addStretch(1)
        scroll = scrolling(middle)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scroll)
        self.setFocusProxy(self._reason)

    def focus_first(self) -> None:
        """Give the field the keyboard."""
        self._reason.setFocus(Qt.FocusReason.OtherFocusReason)

    def refuse(self, error: UserError) -> None:
        """Say beside the field why it will not do."""
        self._row.show_problem(error.happened, is_announced=True)
        self.focus_first()

    @Slot()
    def _on_go_on(self) -> None:
        self.given.emit(self._reason.text())
