"""Puts the Tab key in reading order: parts of a page are made when they are needed, and Qt would visit those last."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from operator import itemgetter

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QLabel, QLayout, QRadioButton, QScrollArea, QStackedWidget, QWidget


def controls_in_order(widget: QWidget) -> Iterator[QWidget]:
    """The controls inside a widget that take the keyboard, as they are read: along its layouts, line by line."""
    if isinstance(widget, QLabel):
        return
    layout = widget.layout()
    tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    # Of a list of choices one is a stop at a time, and which one changes: all of them have their place in the order.
    stops = (tab or isinstance(widget, QRadioButton)) and widget.focusProxy() is None
    if stops:
        yield widget
    if isinstance(widget, QAbstractItemView):
        return
    if isinstance(widget, QScrollArea):
        inside = widget.widget()
        if inside is not None:
            yield from controls_in_order(inside)
    elif isinstance(widget, QStackedWidget):
        for place in range(widget.count()):
            if (page := widget.widget(place)) is not None:
                yield from controls_in_order(page)
    elif layout is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    # Never `itemAt`: PySide remembers the address of an item that Qt made and frees, and takes whatever is made there
    # next for that item. The program ends when such a widget is destroyed (found on PySide6 6.11.3).
    around = layout.parentWidget()
    placed: list[tuple[int, QWidget | QLayout]] = [
        (layout.indexOf(thing), thing)
        for thing in (*layout.children(), *(around.children() if around is not None else ()))
        if isinstance(thing, QWidget | QLayout) and thing is not layout
    ]
    for place, thing in sorted(placed, key=itemgetter(0)):
        if place < 0:
            continue
        if isinstance(thing, QWidget):
            yield from controls_in_order(thing)
        else:
            yield from _in_layout(thing)


def put_tab_in_reading_order(*widgets: QWidget) -> None:
    """Let Tab visit the controls inside these widgets, one after the other, in the order in which they are read."""
    controls = [control for widget in widgets for control in controls_in_order(widget)]
    for before, after in pairwise(controls):
        QWidget.setTabOrder(before, after)
