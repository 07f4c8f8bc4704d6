"""Keeps what is being written, encrypted, within a second of the last key: nothing typed is ever lost."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from eolc_desktop.errors import UserError
from eolc_desktop.services import plans
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.person.entry_page import EntryPage
from eolc_desktop.views.person.save_bar import SaveBar

MILLISECONDS = 600
"""After the last key. With the store's own time this stays under the second that is promised."""


class DraftKeeping(QObject):
    """Watches the forms of one person.

    Signals:
        kept: what was typed is on this computer now.
        failed: a `UserError`: it could not be kept.
    """

    kept = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, person_id: str, bar: SaveBar, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._person_id = person_id
        self._bar = bar
        self._waiting: dict[EntryPage, int] = {}
        self._places: set[str] = set()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(MILLISECONDS)
        self._timer.timeout.connect(self.flush)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._on_focus_changed)

    def note(self, page: EntryPage, plan_version: int) -> None:
        """Something was typed on a page by somebody looking at this version of the plan."""
        self._waiting[page] = plan_version
        self._timer.start()

    def flush(self) -> None:
        """Keep everything that waits now."""
        self._timer.stop()
        waiting, self._waiting = self._waiting, {}
        for page, version in waiting.items():
            if not isValid(page):  # what was typed had been taken back, and the page was left
                continue
            place = page.place.words
            if page.form.is_changed():
                self._places.add(place)
                self._desk.run(
                    "keep a draft",
                    plans.keep_draft,
                    self._person_id,
                    place,
                    page.typed(self._bar.told).kept(),
                    version,
                    done=self._on_kept,
                    failed=self._on_failed,
                )
            elif place in self._places:
                self.forget(place)

    def settle(self, page: EntryPage) -> None:
        """What was typed on a page was saved: nothing of it waits."""
        self._waiting.pop(page, None)

    def know(self, place: str) -> None:
        """A draft of this place is in the store."""
        self._places.add(place)

    def forget(self, place: str) -> None:
        """Take a draft out of the store: its author does not want it."""
        self._places.discard(place)
        self._desk.run("put a draft aside", plans.forget_draft, self._person_id, place, failed=self._on_failed)

    def _on_focus_changed(self, before: QWidget | None, _after: QWidget | None) -> None:
        if self._waiting and before is not None:
            self.flush()

    def _on_kept(self, _nothing: object) -> None:
        self.kept.emit()

    def _on_failed(self, error: UserError) -> None:
        self.failed.emit(error)
