"""Looking at the seals of everybody on a list before it leaves: a few at a time, with how far it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Slot

from eolc_desktop.services import going_out
from eolc_desktop.services.going_out import Looked
from eolc_desktop.views.desk import Desk


class LookingFirst(QObject):
    """Looks at one list at a time, the store being free for others in between. What is found, the service tells that
    lets the list leave: it looks again at whoever was not looked at."""

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._whose: tuple[str, ...] = ()
        self._then: Callable[[], object] | None = None

    def at(self, whose: Sequence[str], then: Callable[[], object]) -> None:
        """Look at these people, then call `then`. Another list that is being looked at is let go."""
        self._whose, self._then = tuple(whose), then
        self._go_on(0)

    def _go_on(self, done: int) -> None:
        self._desk.run("look at a list", going_out.look_at_some, self._whose, done, done=self._on_looked)

    @Slot(object)
    def _on_looked(self, looked: Looked) -> None:
        if looked.of != len(self._whose) or self._then is None:
            return
        if not looked.is_over:
            self._desk.told.emit(looked.words)
            self._go_on(looked.done)
            return
        then, self._then = self._then, None
        then()
