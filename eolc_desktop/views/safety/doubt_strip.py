"""The strip across the window: a plan or the record cannot be trusted, or is only being read. It cannot be closed."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.services import trust
from eolc_desktop.services.trust import NOT_TRUSTED, InDoubt
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class DoubtStrip(WrappedLabel):
    """Hidden while everything fits."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("", Look.ERROR, parent)
        self._desk = desk
        self._person_id = ""
        self.setMargin(10)
        self.hide()
        desk.sharing.ended.connect(self.look)  # the shared record may know better

    def belong_to(self, person_id: str) -> None:
        """Speak of this person's plan from now on, or ("") of the record alone."""
        self._person_id = person_id
        self.look()

    @Slot()
    def look(self) -> None:
        """Ask again what is known. On the store's lane, so that it comes after the plan was opened and looked at."""
        self._desk.run("what is in doubt", trust.doubt_about, self._person_id, done=self._on_told)

    @Slot(object)
    def _on_told(self, doubt: InDoubt) -> None:
        reading_only = self._desk.session.reading_only
        words = " ".join((*doubt.lines, NOT_TRUSTED)) if doubt else reading_only
        wear(self, Look.ERROR if doubt else Look.WARNING)
        is_new = bool(words) and words != self.text()
        self.setText(words)
        self.setVisible(bool(words))
        if is_new:
            announce(self, words, is_urgent=True)
