"""A card whose content is made anew each time it is read."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.widgets.emptied import emptied
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class Part(QFrame):
    """A card whose content is made anew."""

    def __init__(self, title: str = "") -> None:
        super().__init__()
        wear(self, Look.CARD)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(16, 12, 16, 16)
        self._column.setSpacing(8)
        if title:
            self.begin(title)

    def begin(self, title: str) -> None:
        """Begin anew under a heading."""
        emptied(self._column)
        self.add(WrappedLabel(title, Look.HEADING))

    def add(self, widget: QWidget) -> None:
        """Put something beneath what is there."""
        self._column.addWidget(widget)

    def say(self, words: str, look: Look | None = None) -> None:
        """Put words beneath what is there."""
        self.add(WrappedLabel(words, look) if look is not None else WrappedLabel(words))

    def item(self, label: str, words: str, note: str = "") -> None:
        """Put a labelled value beneath what is there, with a note in smaller words."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 2, 0, 2)
        column.setSpacing(1)
        column.addWidget(WrappedLabel(label, Look.FIELD_LABEL))
        column.addWidget(WrappedLabel(words))
        if note:
            column.addWidget(WrappedLabel(note, Look.SECONDARY))
        self.add(holder)

    def rows(self, heading: str, rows: Sequence[tuple[str, str, str]]) -> None:
        """Put a heading beneath what is there and, under it, labelled values beside each other: label, words, note."""
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 2, 0, 6)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 2)
        grid.addWidget(WrappedLabel(heading, Look.FIELD_LABEL), 0, 0, 1, 2)
        for number, (label, words, note) in enumerate(rows, start=1):
            grid.addWidget(WrappedLabel(label, Look.SECONDARY), number, 0, Qt.AlignmentFlag.AlignTop)
            said = QWidget()
            column = QVBoxLayout(said)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(1)
            column.addWidget(WrappedLabel(words))
            if note:
                column.addWidget(WrappedLabel(note, Look.SECONDARY))
            grid.addWidget(said, number, 1)
        self.add(holder)

    def press(self, words: str, pressed: Callable[[], object], look: Look | None = None) -> QPushButton:
        """Put a button beneath what is there."""
        button = QPushButton(words)
        if look is not None:
            wear(button, look)
        button.clicked.connect(lambda: pressed())
        holder = QWidget()
        row = FlowLayout(holder, across=8)
        row.addWidget(button)
        self.add(holder)
        return button
