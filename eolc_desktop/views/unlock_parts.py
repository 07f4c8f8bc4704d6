"""Small parts of the unlock page, which loads next to nothing."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from eolc_desktop.desktop.looks import PROPERTY, Look


def at_left(button: QPushButton) -> QHBoxLayout:
    """A line with a button at its left."""
    line = QHBoxLayout()
    line.addWidget(button)
    line.addStretch(1)
    return line


def dressed(widget: QWidget, look: Look) -> None:
    """Give a new widget its look: the style reads it when the page is first shown, so nothing is dressed twice."""
    widget.setProperty(PROPERTY, look.value)
