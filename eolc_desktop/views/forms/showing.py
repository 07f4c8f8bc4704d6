"""Putting parts of a form away and back without work for those that stand as they should: forms are made in a blink."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def is_put_away(widget: QWidget) -> bool:
    """Whether a widget was hidden on purpose, whatever the window it will stand in does."""
    attribute = Qt.WidgetAttribute
    return widget.testAttribute(attribute.WA_WState_Hidden) and widget.testAttribute(
        attribute.WA_WState_ExplicitShowHide
    )


def set_shown(widget: QWidget, shown: bool) -> None:
    """Show a widget with its window, or put it away.

    Qt lays a window out anew for every widget that is told to be visible, also for one that would have been shown
    anyway; so nothing is told that is so already.
    """
    if shown == is_put_away(widget):
        widget.setVisible(shown)
