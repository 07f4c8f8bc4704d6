"""A field for a passphrase, which notices Caps Lock. Loaded for the first picture, so it needs next to nothing."""

from __future__ import annotations

import sys

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget


class SecretField(QLineEdit):
    """A field for a passphrase that notices Caps Lock from what is typed, where the system does not tell.

    Signals:
        caps_lock: whether it is on, when that is known anew.
    """

    caps_lock = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caps_lock: bool | None = None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go by the system, else by the key itself, else by a large letter without Shift, or a small one with it."""
        told = _caps_lock_of_system()
        letter = event.text()
        is_large = letter != letter.lower()
        if told is None and (is_large or self._caps_lock is not None or not letter):
            told = self._told_by(event, letter)
        self._tell(told)
        super().keyPressEvent(event)

    def _told_by(self, event: QKeyEvent, letter: str) -> bool | None:
        from PySide6.QtCore import Qt  # noqa: PLC0415

        if event.key() == Qt.Key.Key_CapsLock and self._caps_lock is not None:
            return not self._caps_lock
        if len(letter) == 1 and letter.upper() != letter.lower():
            has_shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            return (letter == letter.upper()) is not has_shift
        return None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Ask the system when the field gets the keyboard."""
        self._tell(_caps_lock_of_system())
        super().focusInEvent(event)

    def _tell(self, is_on: bool | None) -> None:
        if is_on is not None and is_on != self._caps_lock:
            self._caps_lock = is_on
            self.caps_lock.emit(is_on)


def _caps_lock_of_system() -> bool | None:
    """Whether Caps Lock is on, where the system tells; None where only the letters themselves can."""
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  only Windows has this call

        return bool(ctypes.windll.user32.GetKeyState(0x14) & 1)
    return None
