"""Sits at the window of a measured process, carries out commands, and tells when it was painted."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Generator
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QEvent, QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

if TYPE_CHECKING:
    from tests.bench.user import User

SECONDS_AT_MOST = 60
"""How long a command may wait for one thing before it is a failure."""

Condition = Callable[[], object]
Steps = Generator[Condition, int, Any]
"""A command: it yields what it waits for, and is sent the moment (in ns) at which that held and all was painted."""


class Painted:
    """Holds once a widget that fits was painted. With `only` no other is looked at.

    Looking at every widget of the program has PySide load all its classes, which takes 30 ms the first time.
    """

    def __init__(self, fits: Callable[[QWidget], bool], only: QWidget | None = None) -> None:
        self.fits = fits
        self.only = only
        self.seen = False

    def __call__(self) -> bool:
        """Whether it was."""
        return self.seen


class Seat(QObject):
    """Sits at the window of this process, carries out commands and tells how long things took.

    A condition is looked at each time Qt's loop has nothing left to do: what was asked to be painted is painted then.
    """

    def __init__(self) -> None:
        super().__init__()
        self._steps: Steps | None = None
        self._condition: Condition | None = None
        self._watched: QObject | None = None
        self._at = 0
        self.ready_at = 0
        self.spent = 0
        """Nanoseconds that watching took until the window was ready."""
        self.field: QLineEdit | None = None
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None
        self._dispatcher = dispatcher
        dispatcher.aboutToBlock.connect(self._look)
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self._on_too_long)
        self._commands: QSocketNotifier | None = None
        self._user: User | None = None
        self._begin(self.ready())

    # What carries out commands

    def _on_command(self) -> None:
        if self._commands is not None:
            self._commands.setEnabled(False)
        line = sys.stdin.readline()
        import json  # noqa: PLC0415

        given = json.loads(line) if line else {"command": "quit"}
        name = given.pop("command")
        self._begin((getattr(self, name, None) or getattr(self._at_the_program(), name))(**given))

    def _at_the_program(self) -> User:
        """What can be done only in the program itself; loaded now, when the start has been measured."""
        from tests.bench.user import User  # noqa: PLC0415

        if self._user is None:
            self._user = User(self)
        return self._user

    def _begin(self, steps: Steps) -> None:
        self._steps = steps
        self._step(None)

    def _step(self, at: int | None) -> None:
        """Let the command go on, from the moment at which what it waited for held (None at its beginning)."""
        assert self._steps is not None
        try:
            self._wait_for(self._steps.send(at))  # type: ignore[arg-type]
        except StopIteration as end:
            self._end(end.value)
        except Exception:  # noqa: BLE001  whatever it was, the one who asked must hear of it
            import traceback  # noqa: PLC0415

            self._end({"failed": traceback.format_exc()})

    def _wait_for(self, condition: Condition) -> None:
        self._watch(condition.only or QCoreApplication.instance() if isinstance(condition, Painted) else None)
        self._condition = condition
        self._at = 0
        self._limit.start(SECONDS_AT_MOST * 1000)

    def _end(self, answer: Any) -> None:
        self._steps = self._condition = None
        self._limit.stop()
        self._watch(None)
        import json  # noqa: PLC0415  not before the start was measured: the bare window needs none

        print(json.dumps(answer), flush=True)
        if self._commands is not None:
            self._commands.setEnabled(True)
        else:
            self._commands = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
            self._commands.activated.connect(self._on_command)

    def _watch(self, thing: QObject | None) -> None:
        """See what happens to this widget, or in the whole program; None for nothing more."""
        if self._watched is not thing:
            if self._watched is not None:
                self._watched.removeEventFilter(self)
            if thing is not None:
                thing.installEventFilter(self)
            self._watched = thing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """See what is painted."""
        wanted = self._condition
        if event.type() is QEvent.Type.Paint and isinstance(wanted, Painted) and isinstance(watched, QWidget):
            wanted.seen = wanted.seen or wanted.fits(watched)
        return False

    def _look(self) -> None:
        if self._condition is not None and not self._at and self._condition():
            self._at = time.monotonic_ns()
            QTimer.singleShot(0, self, self._go_on)

    def _go_on(self) -> None:
        self._step(self._at)

    def _on_too_long(self) -> None:
        self._end({"failed": f"nothing happened in {SECONDS_AT_MOST} s; waiting for {self._condition}"})

    # Commands of both windows

    def ready(self) -> Steps:
        """Press a key as soon as the passphrase field has the keyboard; wait until the field is painted with it.

        What watching took of the time until then ("spent") is not the window's, and told apart: above all, the first
        use of the names of keys has PySide load some hundred enums, which a window that asks for none does not.
        """
        yield lambda: isinstance(QApplication.focusWidget(), QLineEdit)
        field = QApplication.focusWidget()
        assert isinstance(field, QLineEdit)
        self.field = field
        began = time.monotonic_ns()
        press = key_press("x")
        self.spent += time.monotonic_ns() - began
        QCoreApplication.sendEvent(field.window().windowHandle(), press)
        assert field.text() == "x", "the field did not take the key"
        self.ready_at = yield Painted(lambda _: True, only=field)
        return {"ready": self.ready_at - self.spent}

    def memory(self) -> Steps:
        """Memory of this process and of those it started, in MB: resident, and its fair share of what is shared."""
        from tests.bench.memory_use import of_process_and_children  # noqa: PLC0415

        yield lambda: True
        return of_process_and_children()

    def quit(self) -> Steps:
        """Quit as a user does."""
        yield lambda: True
        QTimer.singleShot(0, QApplication.closeAllWindows)
        QTimer.singleShot(0, QApplication.quit)
        return {}


def key_press(letter: str) -> QEvent:
    """A key that gives this letter, of any alphabet (those of QTest are ASCII only)."""
    from PySide6.QtCore import Qt  # noqa: PLC0415
    from PySide6.QtGui import QKeyEvent  # noqa: PLC0415

    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_unknown, Qt.KeyboardModifier.NoModifier, letter)
