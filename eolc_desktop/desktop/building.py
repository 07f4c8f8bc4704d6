"""Making or changing many parts of a window in one go."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtWidgets import QApplication, QWidget

from eolc_desktop.desktop.event_watch import EventWatch
from eolc_desktop.desktop.theme import lay_lists_anew


@contextmanager
def building(part: QWidget) -> Iterator[None]:
    """Around work of the program itself at a part of a window: nobody looks at the events that it makes.

    A form makes a thousand of them, and each look costs Python microseconds: a quarter of the time until it is seen.
    Run no event loop within.
    """
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        yield
        return
    with EventWatch.of(app).resting():
        yield
    lay_lists_anew(part)
