"""The one look at every event of the program: what wants to see some of them is told of those alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeAlias
from weakref import WeakMethod

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

Look: TypeAlias = Callable[[QObject, QEvent], bool]
"""Sees an event before whom it is for does, and returns whether it is to go no further. A method of an object, which
may go away: nobody is kept alive by watching."""


class EventWatch(QObject):
    """Filters the events of the whole program. A page that opens makes thousands: each costs Python a few microseconds,
    so there is one filter, and it asks nobody about events that nobody wants.
    """

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self._app = app
        self._looks: dict[QEvent.Type, tuple[WeakMethod[Look], ...]] = {}
        self._is_on = False
        self._at_rest = 0

    @staticmethod
    def of(app: QApplication) -> EventWatch:
        """The program's watch, made when it is first asked for."""
        return next((child for child in app.children() if isinstance(child, EventWatch)), None) or EventWatch(app)

    def add(self, kinds: Iterable[QEvent.Type], look: Look) -> None:
        """Have `look` see all events of these kinds, before those that were added earlier."""
        for kind in kinds:
            self._looks[kind] = (WeakMethod(look), *self._looks.get(kind, ()))
        if not self._is_on:
            self._is_on = True
            self._install()

    def remove(self, look: Look) -> None:
        """Have `look` see no more events."""
        kept = {kind: tuple(one for one in looks if one() not in (look, None)) for kind, looks in self._looks.items()}
        self._looks = {kind: looks for kind, looks in kept.items() if looks}
        if self._is_on and not self._looks:
            self._is_on = False
            self._app.removeEventFilter(self)

    @contextmanager
    def resting(self) -> Iterator[None]:
        """See nothing while the program itself works at its windows.

        Only around work that runs no event loop: what a user does comes through the loop and is seen, as is every
        paint, for it comes through the loop too.
        """
        self._at_rest += 1
        self._app.removeEventFilter(self)
        try:
            yield
        finally:
            self._at_rest -= 1
            self._install()

    def _install(self) -> None:
        if self._is_on and not self._at_rest:
            self._app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell those who want to see this kind of event; the first who stops it is the last to see it."""
        looks = self._looks.get(event.type())
        if looks is None:  # nearly always
            return False
        return any(look(watched, event) for one in looks if (look := one()) is not None)
