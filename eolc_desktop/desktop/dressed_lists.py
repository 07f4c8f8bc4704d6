"""Lists that are made while their window is shown already: laid out once more when the style sheet has met them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractItemView


def laid_out_when_dressed(view: QAbstractItemView) -> None:
    """Have a list find the places of its items anew when it is dressed.

    Qt keeps their places from before the style sheet was known: they would overlap.
    """
    view.installEventFilter(_Dressing(view))


class _Dressing(QObject):
    def eventFilter(self, view: QObject, event: QEvent) -> bool:
        """See the moment, and then no more."""
        if event.type() is QEvent.Type.Polish and isinstance(view, QAbstractItemView):
            view.scheduleDelayedItemsLayout()
            view.removeEventFilter(self)
        return False
