"""The one look at what a user does, and at what is about to be shown: in every window, and in none of its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeAlias
from weakref import WeakMethod

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

Look: TypeAlias = Callable[[QObject, QEvent], bool]
"""Sees an event before whom it is for does, and returns whether it is to go no further. A method of an object, which
may go away: nobody is kept alive by watching."""


class EventWatch(QObject):
    """Filters the events of every window of the program, and of whatever has the keyboard.

    All keys, clicks and touches reach a window before they reach a part of it, and so does what asks to be painted; an
    input method alone writes to what has the keyboard. A filter on the whole program would see no more of these, and
    every other event too: a page that opens makes thousands, and Python took a third of the time of opening one.

    A window is watched from before the program next waits for anything, which is before anybody can touch it.

    Signals:
        window_appeared: a window that was not there before (a `QWidget`), also the list of a drop-down field.
    """

    window_appeared = Signal(object)

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._looks: dict[QEvent.Type, tuple[WeakMethod[Look], ...]] = {}
        self._is_on = False
        self._focus: QObject | None = None
        self._dispatcher: QAbstractEventDispatcher | None = None
        self._windows: list[QWindow] = []
        """Held, so that PySide does not make them anew each time they are asked for."""
        self._known: list[QWidget] = []
        """The same as widgets: what asks to be painted is told to those."""

    @staticmethod
    def of(app: QApplication) -> EventWatch:
        """The program's watch, made when it is first asked for."""
        return next((child for child in app.children() if isinstance(child, EventWatch)), None) or EventWatch(app)

    def add(self, kinds: Iterable[QEvent.Type], look: Look) -> None:
        """Have `look` see all events of these kinds, before those that were added earlier."""
        for kind in kinds:
            self._looks[kind] = (WeakMethod(look), *self._looks.get(kind, ()))
        if not self._is_on:
            self._begin()

    def remove(self, look: Look) -> None:
        """Have `look` see no more events."""
        kept = {kind: tuple(one for one in looks if one() not in (look, None)) for kind, looks in self._looks.items()}
        self._looks = {kind: looks for kind, looks in kept.items() if looks}
        if self._is_on and not self._looks:
            self._end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell those who want to see this kind of event; the first who stops it is the last to see it."""
        looks = self._looks.get(event.type())
        if looks is None:  # nearly always
            return False
        return any(look(watched, event) for one in looks if (look := one()) is not None)

    # What is watched

    def _begin(self) -> None:
        self._is_on = True
        self._dispatcher = QAbstractEventDispatcher.instance()  # held: a wrapper let go may take what it wraps with it
        assert self._dispatcher is not None
        self._dispatcher.aboutToBlock.connect(self._on_turn)
        self._app.focusObjectChanged.connect(self._on_focus)
        self._app.applicationStateChanged.connect(self._on_state)
        self._on_focus(self._app.focusObject())
        self._on_turn()

    def _end(self) -> None:
        self._is_on = False
        if self._dispatcher is not None:
            self._dispatcher.aboutToBlock.disconnect(self._on_turn)
        self._app.focusObjectChanged.disconnect(self._on_focus)
        self._app.applicationStateChanged.disconnect(self._on_state)
        for thing in (*self._windows, *self._known, self._focus):
            if thing is not None and isValid(thing):
                thing.removeEventFilter(self)
        self._windows, self._known, self._focus = [], [], None

    @Slot()
    def _on_turn(self) -> None:
        """The program is about to wait: a window that has come meanwhile is watched from now on."""
        windows = QGuiApplication.topLevelWindows()
        if windows == self._windows:  # nearly always
            return
        new = [window for window in windows if window not in self._windows]
        self._windows = windows
        self._known = [thing for thing in self._known if isValid(thing)]
        for widget in QApplication.topLevelWidgets():
            handle = widget.windowHandle()
            if handle is not None and handle in new:
                widget.installEventFilter(self)
                self._known.append(widget)
                self.window_appeared.emit(widget)
        for window in new:
            window.installEventFilter(self)

    @Slot(QObject)
    def _on_focus(self, focus: QObject | None) -> None:
        before, self._focus = self._focus, focus
        if before is not None and before is not focus and isValid(before) and before not in self._known:
            before.removeEventFilter(self)
        if focus is not None and focus not in self._known:
            focus.installEventFilter(self)

    @Slot(Qt.ApplicationState)
    def _on_state(self, _state: Qt.ApplicationState) -> None:
        self.eventFilter(self._app, QEvent(QEvent.Type.ApplicationStateChange))
