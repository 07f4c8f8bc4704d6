"""Putting parts of a form away and back without work for those that stand as they should: forms are made in a blink."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QWidget


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
    elif shown and not widget.isVisible():
        around = widget.parentWidget()
        if around is not None and around.isVisible():
            widget.show()


@contextmanager
def laid_out_once(layout: QLayout) -> Iterator[None]:
    """Show several widgets of a layout that is seen and have them laid out once, not once for each."""
    layout.setEnabled(False)
    try:
        yield
    finally:
        layout.setEnabled(True)
        layout.update()
