"""What can be done on a person's page by key; the same actions stand in the menu and the palette."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

MOST_DIGITS = 10


class PageActions:
    """Adds actions to a page. Their keys work while the keyboard is anywhere inside the page.

    Keys of our own can be switched off (WCAG 2.1.4); what they do stays in the menu and the palette.
    """

    def __init__(self, page: QWidget, *, has_custom_keys: bool) -> None:
        self._page = page
        self._custom: list[tuple[QAction, list[QKeySequence]]] = []
        self._has_custom_keys = has_custom_keys

    def add(self, words: str, done: Callable[[], object], *keys: str, is_custom: bool = True) -> QAction:
        """Add an action. `is_custom` marks keys that are our own, not the platform's."""
        action = QAction(words, self._page)
        sequences = [QKeySequence(key) for key in keys]
        if self._has_custom_keys or not is_custom:
            action.setShortcuts(sequences)
        if is_custom and sequences:
            self._custom.append((action, sequences))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(done)
        self._page.addAction(action)
        return action

    def use_custom_keys(self, wanted: bool) -> None:
        """Switch the keys of our own on or off."""
        if wanted != self._has_custom_keys:
            self._has_custom_keys = wanted
            for action, sequences in self._custom:
                action.setShortcuts(sequences if wanted else [])

    def add_places(self, go_to: Callable[[int], object], names: Sequence[str]) -> None:
        """Let Alt and a digit lead to the first ten places; the tenth is at Alt and 0."""
        for number, name in enumerate(names[:MOST_DIGITS], 1):
            self.add(f"Go to: {name}", partial(_go, go_to, number), f"Alt+{number % 10}")


def _go(go_to: Callable[[int], object], number: int, _checked: bool = False) -> None:
    go_to(number)
