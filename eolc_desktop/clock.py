"""The clock the program is given, so that tests and the demo can fix the time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Returns the present moment as an aware datetime in UTC."""

LOCAL = ZoneInfo("Europe/London")
"""Where the people live: every time shown or printed is in this zone, whatever the laptop's own setting."""


def system_clock() -> datetime:
    """Return the computer's present moment, in UTC."""
    return datetime.now(UTC)
