"""Putting parts of a form away and back without work for those that stand as they should: forms are made in a blink."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

MARGIN = 12
LINES_AROUND = 14
"""About the lines of a window that are no part of its form: menus, who this is, the title, the bar at the foot."""


def lines_in_view(widget: QWidget) -> int:
    """About how many lines of a page are seen at once in the window a widget stands in."""
    return widget.window().height() // widget.fontMetrics().lineSpacing() - LINES_AROUND


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


def bring_into_view(widget: QWidget) -> None:
    """Scroll the page a widget stands on until it is seen: Qt does that for Tab, not for what the program chooses."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    if around is None:
        return
    inside = around.widget()
    if inside is not None and (layout := inside.layout()) is not None:
        layout.activate()  # what was shown or put away a moment ago has its place before it is looked for
    if widget.height() < around.viewport().height():
        around.ensureWidgetVisible(widget, 0, MARGIN)
    elif inside is not None:
        around.verticalScrollBar().setValue(widget.mapTo(inside, widget.rect().topLeft()).y())
