"""How the plan that is open stands with the shared record, kept true in the bar at its foot."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot

from eolc_desktop.services import sharing_status
from eolc_desktop.services.session import Changes
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.person.save_bar import SaveBar


class SharedWords(QObject):
    """Asks again after every change of this person's plan and whenever sharing stands otherwise."""

    def __init__(self, desk: Desk, person_id: str, bar: SaveBar, parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._person_id, self._bar = desk, person_id, bar
        desk.changed.connect(self._on_changed)
        desk.sharing.stands.connect(self._look)
        self._look()

    @Slot()
    def _look(self) -> None:
        if not self._desk.sharing.is_running:
            self._desk.run("how a plan is shared", sharing_status.person_words, self._person_id, done=self._on_words)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(self._person_id) and not changes.drafts_only:
            self._look()

    @Slot(object)
    def _on_words(self, words: str) -> None:
        self._bar.show_shared(words)
