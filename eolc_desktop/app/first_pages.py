"""The signed-in window and the pages that are wanted first, made empty while the passphrase is typed: nobody waits for
them after Enter."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

from PySide6.QtCore import QObject, QTimer, Slot

from eolc_desktop.app.start import ProgramWindow
from eolc_desktop.views.shell import Shell
from eolc_desktop.views.widgets.lay_out import lay_out

PAUSE = 60
"""Milliseconds before each step, so that keys are answered in between: a step takes about 30."""
FIRST = ("today", "caseload")
"""The kinds of the pages, in the order in which they are likely to be wanted."""


class FirstPages(QObject):
    """Makes the window for a desk at which nobody sits yet, then one page after another. There is nothing of anybody on
    them, and nothing can be done with them.

    They wait hidden in the program's window, and are thrown away with it when nobody signs in.
    """

    def __init__(
        self, window: ProgramWindow, make: Callable[[], Shell], also: Sequence[Callable[[], object]] = ()
    ) -> None:
        """`also` is what else takes a moment, and is done after the pages."""
        super().__init__(window)
        self._also = also
        self._window = window
        self._make = make
        self._shell: Shell | None = None
        self._steps = self._all_steps()
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(PAUSE)
        self._next.timeout.connect(self._go_on)

    def begin(self) -> None:
        """Make them, one at a time."""
        self._next.start()

    def stop(self) -> None:
        """Make no more."""
        self._next.stop()
        self._steps.close()

    def take(self) -> Shell:
        """The window, with the pages that are made by now. No more are made."""
        self.stop()
        return self._made()

    def _made(self) -> Shell:
        # In the program's window from the first moment: what is never shown goes with it.
        if self._shell is None:
            self._shell = self._make()
            self._window.keep_page(self._shell)
        return self._shell

    def _all_steps(self) -> Generator[None]:
        shell = self._made()
        yield
        shell.resize(self._window.size())
        lay_out(shell)
        yield
        for kind in FIRST:
            shell.places.get_ready(kind)
            yield
        for act in self._also:
            act()
            yield

    @Slot()
    def _go_on(self) -> None:
        if next(self._steps, self) is not self:
            self._next.start()
