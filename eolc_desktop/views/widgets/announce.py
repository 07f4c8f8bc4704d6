"""Tells a screen reader something that happened outside what it is reading, once and politely."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

_listeners: list[Callable[[str], object]] = []


def announce(widget: QWidget, words: str, *, is_urgent: bool = False) -> None:
    """Have the words read out when the reader pauses; urgent words (an error) are read at once."""
    politeness = QAccessible.AnnouncementPoliteness
    event = QAccessibleAnnouncementEvent(widget, words)
    event.setPoliteness(politeness.Assertive if is_urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)
    for listener in _listeners:
        listener(words)


def listen(listener: Callable[[str], object]) -> None:
    """Have `listener` called with the words of every announcement from now on: a test, or a log of a driven visit."""
    _listeners.append(listener)


def stop_listening(listener: Callable[[str], object]) -> None:
    """Call `listener` no more."""
    _listeners.remove(listener)
