"""The line at the foot of the window: what is kept where, in words that are true, and who is working."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from eolc_desktop.care_plan.dates import moment_words, time_words, today
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.record.users import User
from eolc_desktop.views.sharing.exchanging import Exchanging
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

NOT_SHARED = "Not shared: sharing is not set up."
"""What is said of sharing until more is known."""


class StatusLine(QFrame):
    """Says two separate facts: what is kept on this computer, and what is shared. Never one word "Saved"."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        wear(self, Look.STATUS)
        self.setAccessibleName("Status")
        self._kept = WrappedLabel("")
        self._who = WrappedLabel("", Look.SECONDARY)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 6, 16, 6)
        row.setSpacing(24)
        row.addWidget(self._kept, 1)
        row.addWidget(self._who)
        self._who.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._said = "Nothing is recorded on this computer yet."
        self._shared = NOT_SHARED
        self._is_short = False
        self._show()

    def show_user(self, user: User) -> None:
        """Say who is working: what is recorded is recorded under this name."""
        self._who.setText(", ".join(part for part in (user.name, user.role) if part))

    def be_short(self, short: bool) -> None:
        """Leave what is kept to the page where it says so itself: nothing is said twice on one screen."""
        self._is_short = short
        self._show()

    def show_kept(self, at: datetime, now: datetime, *, is_draft: bool = False) -> None:
        """Say when something was last kept, after the store said that it is on the disk."""
        when = time_words(at) if today(at) == today(now) else moment_words(at)
        what = "What you are writing is kept on this computer" if is_draft else "Kept on this computer"
        self._said = f"{what} {when}."
        self._show()

    def follow(self, sharing: Exchanging) -> None:
        """Say how sharing stands, now and whenever that changes."""
        self._sharing = sharing
        sharing.stands.connect(self._on_stands)
        self._on_stands()

    @Slot()
    def _on_stands(self) -> None:
        self._shared = self._sharing.words()
        self._show()

    def words(self) -> str:
        """What the line says about what is kept."""
        return self._kept.text()

    def _show(self) -> None:
        self._kept.setText(self._shared if self._is_short else f"{self._said} {self._shared}")
