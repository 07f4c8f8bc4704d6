"""Waiting for a server of another process: asked again until it is there, with a deadline."""

from __future__ import annotations

import select
import time
from collections.abc import Callable


def until(there: Callable[[], bool], seconds: float, otherwise: Callable[[], str]) -> None:
    """Ask until the answer is yes. Raises AssertionError with what `otherwise` says once the time is over."""
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, otherwise()
        select.select([], [], [], 0.2)
