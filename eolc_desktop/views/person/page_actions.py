"""What can be done on a person's page by key; the same actions stand in the menu and the palette."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

MOST_DIGITS = 9


def add_action(page: QWidget, words: str, done: Callable[[], object], *keys: str) -> QAction:
    """Add an action to a page. Its keys work while the keyboard is anywhere inside the page."""
    action = QAction(words, page)
    action.setShortcuts([QKeySequence(key) for key in keys])
    action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    action.triggered.connect(done)
    page.addAction(action)
    return action


def add_places(page: QWidget, go_to: Callable[[int], object], names: list[str]) -> None:
    """Let Alt and a digit lead to the first places."""
    for number, name in enumerate(names[:MOST_DIGITS], 1):
        action = QAction(f"Go to: {name}", page)
        action.setShortcut(QKeySequence(f"Alt+{number}"))
        action.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        action.triggered.connect(partial(_go, go_to, number))
        page.addAction(action)


def _go(go_to: Callable[[int], object], number: int, _checked: bool = False) -> None:
    go_to(number)
