"""The pages that are wanted first, made empty while the passphrase is typed: nobody waits for them after Enter."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QTimer, Slot
from PySide6.QtWidgets import QWidget

from eolc_desktop.views.caseload.page import CaseloadPage
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.today import TodayPage

PAUSE = 60
"""Milliseconds before each page, so that keys are answered in between: a page takes about 30 to make."""
FIRST: Mapping[str, Callable[[Desk, QWidget], QWidget]] = {"today": TodayPage, "caseload": CaseloadPage}
"""By their kind, in the order in which they are likely to be wanted."""


class FirstPages(QObject):
    """Makes one page after another for a desk at which nobody sits yet. There is nothing of anybody on them.

    They wait as hidden children of the window, and are thrown away with it when nobody signs in.
    """

    def __init__(self, desk: Desk, window: QWidget) -> None:
        super().__init__(window)
        self._desk = desk
        self._window = window
        self._waiting = list(FIRST)
        self._made: dict[str, QWidget] = {}
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(PAUSE)
        self._next.timeout.connect(self._make_next)

    def begin(self) -> None:
        """Make them, one at a time."""
        self._next.start()

    def take(self) -> Mapping[str, QWidget]:
        """The pages that are made by now. No more are."""
        self._next.stop()
        self._waiting.clear()
        made, self._made = self._made, {}
        return made

    @Slot()
    def _make_next(self) -> None:
        kind = self._waiting.pop(0)
        page = FIRST[kind](self._desk, self._window)
        page.hide()
        self._made[kind] = page
        if self._waiting:
            self._next.start()
