"""Calls into Qt leave the reference counts of None, True and False alone.

PySide6 6.12.0 gives up a reference to `None` at each call that returns nothing and one to `True` at each signal. Before
Python 3.12 such an object is freed once its count reaches zero, and the interpreter aborts: after some hundred signals,
in the middle of a visit. pyproject.toml keeps that version out; this keeps its successors honest.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QLabel

NOISE = 50
"""References that the interpreter itself may take or give in the meantime. The fault changes 100 in each round."""

ROUND = 100
"""Few enough to fail with a message, before the count (some hundreds in a small program) reaches zero."""

pytestmark = pytest.mark.skipif(
    sys.version_info >= (3, 12),
    reason="from Python 3.12 these objects are immortal: nothing is counted, nothing can abort",
)


class Bell(QObject):
    """Rings with nothing, with a truth value, and with a word.

    Signals:
        rang: Emitted without a value.
        answered: Emitted with a truth value.
        said: Emitted with a word.
    """

    rang = Signal()
    answered = Signal(bool)
    said = Signal(str)


class Listener(QObject):
    """Counts what it hears; its slots return None, as nearly all slots do."""

    def __init__(self) -> None:
        super().__init__()
        self.heard = 0

    def hear(self, *_values: object) -> None:
        self.heard += 1


def counts() -> dict[str, int]:
    return {repr(value): sys.getrefcount(value) for value in (None, True, False)}


def assert_steady(call: Callable[[], object], *, calls: int) -> None:
    """Make the calls in rounds, and fail at the first after which a count has moved by more than noise."""
    before = counts()
    for made in range(ROUND, calls + 1, ROUND):
        for _ in range(ROUND):
            call()
        moved = {name: now - before[name] for name, now in counts().items()}
        assert all(abs(change) <= NOISE for change in moved.values()), f"after {made} calls the counts moved by {moved}"


def test_signals_without_listeners() -> None:
    bell = Bell()
    assert_steady(bell.rang.emit, calls=5_000)


def test_signals_with_listeners() -> None:
    bell, listener = Bell(), Listener()
    for signal in (bell.rang, bell.answered, bell.said):
        signal.connect(listener.hear)

    def ring() -> None:
        bell.rang.emit()
        bell.answered.emit(True)
        bell.answered.emit(False)
        bell.said.emit("Good morning")

    assert_steady(ring, calls=5_000)
    assert listener.heard == 4 * 5_000


def test_calls_that_return_nothing(qapp: QApplication) -> None:
    label = QLabel()

    def change() -> None:
        label.setText("Good morning")
        label.setEnabled(True)

    assert_steady(change, calls=10_000)


def test_calls_that_return_none_true_or_false(qapp: QApplication) -> None:
    label = QLabel()

    def ask() -> None:
        assert label.parent() is None
        assert label.isEnabled() is True
        assert label.isVisible() is False

    assert_steady(ask, calls=10_000)
