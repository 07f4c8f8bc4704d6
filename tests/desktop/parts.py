"""Small windows for the tests of the harness."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget


def window_of(*parts: QWidget) -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    for part in parts:
        column.addWidget(part)
    return window


def named(widget: QWidget, name: str) -> QWidget:
    widget.setAccessibleName(name)
    return widget
