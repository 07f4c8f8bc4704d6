"""The clock of every test: it stands still until a test moves it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from eolc_desktop.clock import LOCAL

THURSDAY = datetime(2026, 11, 12, 14, 32, tzinfo=LOCAL)
"""Thursday 12 November 2026, 14:32 in London."""


class FixedClock:
    """A `Clock` whose time is what the test says."""

    def __init__(self, now: datetime = THURSDAY) -> None:
        self.now = now.astimezone(UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, *, days: float = 0, hours: float = 0, minutes: float = 0, seconds: float = 0) -> datetime:
        """Move the clock (back, with a negative number) and return the new time, in UTC."""
        self.now += timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
        return self.now
