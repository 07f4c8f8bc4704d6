"""Every action of the window in one list: menus, command palette, shortcut sheet and tests are made from it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

MENUS = ("File", "Person", "View", "Help")
"""The menus in their order. What the page that is shown can do stands in a menu of its own after these two words."""
_WHY_NOT = "why_not"
_CUSTOM = "custom_shortcuts"


@dataclass(frozen=True, slots=True)
class Deed:
    """An action and the menu it stands in."""

    menu: str
    action: QAction

    @property
    def words(self) -> str:
        """What the action is called, without the sign that marks its letter in a menu."""
        return plain_words(self.action)

    @property
    def keys(self) -> str:
        """Its shortcuts in words: "Ctrl+F or F3"."""
        return keys_words(self.action)

    @property
    def why_not(self) -> str:
        """Why it cannot be done now; "" when it can."""
        if self.action.isEnabled():
            return ""
        return str(self.action.property(_WHY_NOT) or "Not possible here")


def plain_words(action: QAction) -> str:
    """What an action is called."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("…")


def keys_words(action: QAction) -> str:
    """The shortcuts of an action, as they stand on the keys."""
    native = QKeySequence.SequenceFormat.NativeText
    return " or ".join(sequence.toString(native) for sequence in action.shortcuts())


class Actions(QObject):
    """The list of actions. One that is added here is in its menu, in the palette and on the shortcut sheet."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._deeds: dict[Deed, list[QKeySequence]] = {}
        self._page: QWidget | None = None
        self._uses_custom = True

    def add(
        self,
        menu: str,
        text: str,
        slot: Callable[..., Any],
        *keys: str | QKeySequence.StandardKey,
        is_custom: bool = False,
    ) -> QAction:
        """Add an action. `keys` are its shortcuts, the first one shown in the menu.

        `is_custom` marks shortcuts that are our own and can be switched off (WCAG 2.1.4); those of the platform stay.
        """
        action = QAction(text, self)
        sequences = [QKeySequence(key) for key in keys]
        action.setShortcuts(sequences)
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        action.setProperty(_CUSTOM, is_custom)
        action.setMenuRole(QAction.MenuRole.NoRole)
        action.triggered.connect(slot)
        self._window.addAction(action)
        self._deeds[Deed(menu, action)] = sequences
        return action

    def allow(self, action: QAction, allowed: bool, why_not: str = "") -> None:
        """Let an action be done or not, with the reason that the palette shows beside it."""
        action.setEnabled(allowed)
        action.setProperty(_WHY_NOT, why_not)

    def use_custom_shortcuts(self, wanted: bool) -> None:
        """Switch the program's own shortcuts on or off; what they do stays in the menus and the palette."""
        self._uses_custom = wanted
        self._settle()

    def show_page(self, page: QWidget | None) -> None:
        """Take the page's own actions in; where it uses one of our keys, the key is the page's while it is shown."""
        self._page = page
        self._settle()

    def _settle(self) -> None:
        taken = {key.toString() for deed in self._of_page() for key in deed.action.shortcuts()}
        for deed, keys in self._deeds.items():
            is_the_pages = not taken.isdisjoint(key.toString() for key in keys)
            is_off = not self._uses_custom and bool(deed.action.property(_CUSTOM))
            deed.action.setShortcuts([] if is_the_pages or is_off else keys)
            deed.action.setVisible(not is_the_pages)

    def __iter__(self) -> Iterator[Deed]:
        """Every action there is now: the window's own, then the page's."""
        yield from (deed for deed in self._deeds if deed.action.isVisible())
        yield from self._of_page()

    def _of_page(self) -> Iterator[Deed]:
        if self._page is not None:
            for action in self._page.actions():
                if action.text() and not action.isSeparator():
                    yield Deed("This page", action)

    def fill(self, bar: QMenuBar) -> QMenu:
        """Make the menus. Returns the menu of the page, which `fill_page_menu` keeps up to date."""
        page_menu = QMenu("&Page", bar)
        for name in MENUS:
            menu = bar.addMenu(f"&{name}")
            for deed in self._deeds:
                if deed.menu == name:
                    menu.addAction(deed.action)
            if name == "Person":
                bar.addMenu(page_menu)
        return page_menu

    def fill_page_menu(self, menu: QMenu) -> None:
        """Put the page's own actions in its menu; a page without any has no menu."""
        # Not `clear`: with it PySide takes each action from its page, whose actions then go with Python's last name for
        # them; the page of a person serves the next one, who would be left without Ctrl+Enter.
        for action in menu.actions():
            menu.removeAction(action)
        for deed in self._of_page():
            menu.addAction(deed.action)
        menu.menuAction().setVisible(not menu.isEmpty())
