"""A column no wider than is comfortable to read, at the left of whatever room there is."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.fields import Part, Section
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.person.decision_strip import DecisionStrip

LETTERS_WIDE = 86
"""About 75 letters of text with the edges of its controls."""


class ReadingColumn(QWidget):
    """Holds a page that is read or filled in from top to bottom. `box` takes its parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QWidget(self)
        column.setMaximumWidth(self.fontMetrics().averageCharWidth() * LETTERS_WIDE)
        self.box = QVBoxLayout(column)
        self.box.setContentsMargins(24, 16, 24, 24)
        self.box.setSpacing(12)
        self._inside = column
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(column, 1)
        row.addStretch(0)

    def add_links(self, *buttons: QPushButton) -> None:
        """Add a line of buttons that look like links."""
        line = QWidget(self._inside)
        flow = FlowLayout(line, across=12)
        for button in buttons:
            wear(button, Look.QUIET)
            flow.addWidget(button)
        self.box.addWidget(line)

    def add_strip(self, section: Section) -> DecisionStrip | None:
        """Begin a page about decisions with the CPR line, the advance decision and the attorneys; else add nothing."""
        if section.part is not Part.DECISIONS:
            return None
        strip = DecisionStrip(self._inside)
        self.box.addWidget(strip)
        return strip
