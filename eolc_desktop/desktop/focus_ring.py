"""Shows where the keyboard is: a yellow ground and a dark ring, only for someone who moves by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from eolc_desktop.desktop.looks import dress_again
from eolc_desktop.desktop.style_sheet import FOCUS_PROPERTY

_MOVING = frozenset(
    key.value
    for key in (
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Escape,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
        Qt.Key.Key_F2,
        Qt.Key.Key_F3,
        Qt.Key.Key_F5,
        Qt.Key.Key_F6,
        Qt.Key.Key_F7,
        Qt.Key.Key_F8,
    )
)
"""Keys that move about; letters are only typing."""

_CHORDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


class FocusRing(QObject):
    """Marks the widget that has the focus, while the program is worked by keyboard.

    That begins with a key that moves about (Tab, an arrow, Enter, a shortcut) and ends with a click or touch. What the
    program itself focuses in between, such as the first control of a page that Enter opened, is marked too: someone
    without a pointer must always see where they are.
    """

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._marked: QWidget | None = None
        self._by_keyboard = False
        app.focusChanged.connect(self._on_focus_changed)

    def note_key(self, event: QKeyEvent) -> None:
        """Note a key the user pressed."""
        if event.key() in _MOVING or event.modifiers() & _CHORDS:
            self._by_keyboard = True

    def note_pointer(self) -> None:
        """Note a click or a touch."""
        self._by_keyboard = False

    @Slot(QWidget, QWidget)
    def _on_focus_changed(self, _before: QWidget | None, after: QWidget | None) -> None:
        if self._marked is not None and self._marked is not after and isValid(self._marked):
            _mark(self._marked, is_reached=False)
        self._marked = after
        if after is not None:
            _mark(after, is_reached=self._by_keyboard)


def _mark(widget: QWidget, *, is_reached: bool) -> None:
    if bool(widget.property(FOCUS_PROPERTY)) != is_reached:
        widget.setProperty(FOCUS_PROPERTY, is_reached)
        dress_again(widget)
