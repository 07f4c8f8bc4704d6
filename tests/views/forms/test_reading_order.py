"""The order of Tab along layouts; and what looking along them must never leave behind."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QLineEdit, QSpacerItem, QVBoxLayout, QWidget, QWidgetItem
from pytestqt.qtbot import QtBot
from shiboken6 import getAllValidWrappers

from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.reading_order import controls_in_order


def a_page() -> QWidget:
    """Fields in layouts within layouts, the last made first."""
    page = QWidget()
    lines = QVBoxLayout(page)
    last = QLineEdit("five", page)
    grid, flowing = QGridLayout(), FlowLayout()
    lines.addWidget(QLineEdit("one"))
    lines.addLayout(grid)
    grid.addWidget(QLineEdit("two"), 0, 0)
    grid.addWidget(QLineEdit("three"), 0, 1)
    lines.addLayout(flowing)
    flowing.addWidget(QLineEdit("four"))
    lines.addStretch()
    lines.addWidget(last)
    return page


def test_it_goes_along_the_layouts(qtbot: QtBot) -> None:
    page = a_page()
    qtbot.addWidget(page)
    read = [control.text() for control in controls_in_order(page) if isinstance(control, QLineEdit)]
    assert read == ["one", "two", "three", "four", "five"]


def test_no_item_that_qt_frees_is_left_in_pysides_memory(qtbot: QtBot) -> None:
    """PySide would take what is made at the item's address next for the item, and end the program with it."""
    page = a_page()
    qtbot.addWidget(page)
    before = items()
    list(controls_in_order(page))
    assert items() - before == set()


def items() -> set[int]:
    return {id(thing) for thing in getAllValidWrappers() if isinstance(thing, QWidgetItem | QSpacerItem)}
