"""Loads modules that hold windows, one a turn of the window's own thread, so that keys are answered in between.

A class of Qt's is only ever made on that thread: PySide keeps what it knows of all classes without a lock, and a start
on a busy computer once ended in a segmentation fault while another thread was making one.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from eolc_desktop.desktop.warm_up import WarmUp

BETWEEN = 4
"""Milliseconds between two turns."""


class InTurns(QObject):
    """Loads `modules` once `first` has loaded what they rest on: that knows nothing of Qt, and has a thread of its own.

    Whatever of `first` failed is raised here as an ImportError, which goes to the crash window.

    Signals:
        loaded: all of them are there.
    """

    loaded = Signal()

    def __init__(self, first: WarmUp, modules: Sequence[str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.first = first
        self.modules = tuple(modules)
        self._waiting = list(modules)
        self._turn = QTimer(self)
        self._turn.setSingleShot(True)
        self._turn.setInterval(BETWEEN)
        self._turn.timeout.connect(self._load_next)

    @property
    def is_done(self) -> bool:
        """Whether everything is loaded."""
        return not self._waiting

    def start(self) -> None:
        """Begin. Calling it again while it loads, or afterwards, does nothing."""
        if self._waiting and not self._turn.isActive():
            self.first.start()
            self._turn.start()

    @Slot()
    def _load_next(self) -> None:
        if self.first.is_done:
            self.first.wait()
            import_module(self._waiting[0])
            del self._waiting[0]
        if self._waiting:
            self._turn.start()
        else:
            self.loaded.emit()
