"""Changing the size of the text and the theme by key, from anywhere in the window."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, Slot

from eolc_desktop.views.desk import Desk

SIZES = (100, 110, 125, 150, 175, 200)
"""Sizes of the text in per cent; Ctrl++ and Ctrl+- move through them."""


def next_size(percent: int, by: int) -> int:
    """The size of the text one step larger (1) or smaller (-1); the ends stay."""
    near = min(range(len(SIZES)), key=lambda place: abs(SIZES[place] - percent))
    return SIZES[max(0, min(len(SIZES) - 1, near + by))]


class Appearance(QObject):
    """Turns a key into new settings.

    Signals:
        chosen: the new `Settings`, to be kept and put into force.
    """

    chosen = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._theme_before = "system"

    @Slot()
    def larger_text(self) -> None:
        """Make the text one step larger."""
        self._choose(text_percent=next_size(self._desk.settings.text_percent, 1))

    @Slot()
    def smaller_text(self) -> None:
        """Make the text one step smaller."""
        self._choose(text_percent=next_size(self._desk.settings.text_percent, -1))

    @Slot()
    def usual_text(self) -> None:
        """Give the text its usual size."""
        self._choose(text_percent=100)

    @Slot()
    def bright_or_back(self) -> None:
        """Change to the theme for bright light, or back to the one before."""
        theme = self._desk.settings.theme
        if theme == "bright":
            self._choose(theme=self._theme_before)
        else:
            self._theme_before = theme
            self._choose(theme="bright")

    def _choose(self, **values: object) -> None:
        self.chosen.emit(self._desk.settings.changed(**values))
