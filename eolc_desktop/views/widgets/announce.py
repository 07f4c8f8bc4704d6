"""Tells a screen reader something that happened outside what it is reading, once and politely."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget


class Voice(QObject):
    """What was announced, for whoever wants to hear it too.

    Signals:
        said: the words of each announcement.
    """

    said = Signal(str)


voice = Voice()
"""The one voice of the process: there is one screen reader."""


def announce(widget: QWidget, words: str, *, is_urgent: bool = False) -> None:
    """Have the words read out when the reader pauses; urgent words (an error) are read at once."""
    politeness = QAccessible.AnnouncementPoliteness
    event = QAccessibleAnnouncementEvent(widget, words)
    event.setPoliteness(politeness.Assertive if is_urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)
    voice.said.emit(words)
