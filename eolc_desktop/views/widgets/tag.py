"""A short word that sets a row or a person apart; its colour only repeats what the word says."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from eolc_desktop.desktop.looks import Look, wear


class Tag(QLabel):
    """A word on a coloured ground, such as "Similar name" or "Amber – weeks". The word is never left out."""

    def __init__(self, words: str, look: Look = Look.TAG, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setContentsMargins(8, 2, 8, 2)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        wear(self, look)

    def say(self, words: str, look: Look = Look.TAG) -> None:
        """Change the word and its look."""
        self.setText(words)
        wear(self, look)
