"""The one place where the window hears that the record changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal


class ChangeFeed(QObject):
    """Tells every open view what a service changed, so that views refresh themselves and never call each other.

    Signals:
        changed: the `Changes` a service returned, which says what was touched; a view asks it whether it is concerned.
    """

    changed = Signal(object)

    def tell(self, changes: object) -> None:
        """Pass on what a service changed. Call it on the UI thread, after the change was committed."""
        self.changed.emit(changes)
