"""Having a page laid out before anybody sees it, so that nobody waits for that when it is shown."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget


def lay_out(page: QWidget) -> None:
    """Have Qt dress every part of a hidden page and put it in its place, as when it is shown in its present size."""
    # There is no other way to ask for it than to paint; one pixel of it is painted, and thrown away.
    page.grab(QRect(0, 0, 1, 1))
