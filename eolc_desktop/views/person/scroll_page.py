"""A page that scrolls up and down only, and gives way before anything fixed around it is cut off."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

LEAST_HEIGHT = 60
"""In pixels: what stands above and below (who this is, and the button that saves) comes first on a small screen."""


class ScrollPage(QScrollArea):
    """Holds one page; the page itself never takes the keyboard, what stands on it does."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(LEAST_HEIGHT)
