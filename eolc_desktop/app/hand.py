"""A hand on the keyboard for the demonstration: finds controls by their spoken names and works them by keys."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QWidget

PATIENCE_SECONDS = 60.0
_WORKED = frozenset(
    {
        QAccessible.Role.EditableText,
        QAccessible.Role.ComboBox,
        QAccessible.Role.CheckBox,
        QAccessible.Role.RadioButton,
        QAccessible.Role.Button,
        QAccessible.Role.PushButton,
        QAccessible.Role.Link,
    }
)


class NotThere(Exception):
    """The demonstration looked for something on the screen that is not there; the text names it."""


class Hand:
    """Types and presses as somebody would who cannot see the screen."""

    def __init__(self, root: QWidget) -> None:
        self._root = root

    def wait_until(self, holds: Callable[[], bool], what: str) -> None:
        """Let the window work until something holds. Raises NotThere when it never does."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not holds():
            if time.monotonic() > until:
                raise NotThere(what)
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def rest(self, seconds: float) -> None:
        """Let the window work for a while."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)

    def has(self, name: str) -> bool:
        """Whether a control of this name is on the screen and can be used."""
        return self._find(name) is not None

    def press(self, name: str) -> None:
        """Press a button, tick a box, choose one of several."""
        control = self._control(name)
        control.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(control, Qt.Key.Key_Space)

    def type(self, name: str, words: str) -> None:
        """Type into a field, after what it holds."""
        control = self._control(name)
        control.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClicks(QApplication.focusWidget() or control, words)

    def keys(self, key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self._root, key, modifiers)

    def choose(self, name: str, words: str) -> None:
        """Choose from a list that opens."""
        control = self._control(name)
        if not isinstance(control, QComboBox) or control.findText(words) < 0:
            raise NotThere(f"{words} in {name}")
        control.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClicks(control, words)

    def says(self, words: str) -> bool:
        """Whether these words stand anywhere on the screen."""
        return any(words in said for said in self._words(QAccessible.queryAccessibleInterface(self._root)))

    def _control(self, name: str) -> QWidget:
        self.wait_until(lambda: self._find(name) is not None, name)
        found = self._find(name)
        if found is None:
            raise NotThere(name)
        return found

    def _find(self, name: str) -> QWidget | None:
        return self._look(QAccessible.queryAccessibleInterface(self._root), name)

    def _look(self, node: QAccessibleInterface | None, name: str) -> QWidget | None:
        if node is None or not node.isValid() or node.state().invisible:
            return None
        thing = node.object()
        if node.role() in _WORKED and isinstance(thing, QWidget) and thing.isEnabled() and _name(thing, node) == name:
            return thing
        for place in range(node.childCount()):
            if found := self._look(node.child(place), name):
                return found
        return None

    def _words(self, node: QAccessibleInterface | None) -> list[str]:
        if node is None or not node.isValid() or node.state().invisible:
            return []
        said = [node.text(QAccessible.Text.Name), node.text(QAccessible.Text.Value)]
        for place in range(node.childCount()):
            said += self._words(node.child(place))
        return said


def _name(thing: QWidget, node: QAccessibleInterface) -> str:
    named = thing.accessibleName() or node.text(QAccessible.Text.Name)
    return named.replace("&", "") if isinstance(thing, QAbstractButton) else named
