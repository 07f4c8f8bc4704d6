"""When to exchange again: soon after something was recorded, later after each failure, and never not at all."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from eolc_desktop.sync.exchange import Outcome

FIRST_WAIT = 2.0
LONGEST_WAIT = 300.0
"""Seconds before the next try after a failure: somewhere between nothing and twice as long each time, up to this."""
WITH_SOMETHING_WAITING = 60.0
WITH_NOTHING_WAITING = 300.0
STALLED_AFTER = timedelta(minutes=10)


@dataclass(slots=True)
class Rhythm:
    """The rhythm of one laptop's exchanges. `chance` spreads laptops that begin together (a Monday morning)."""

    chance: random.Random = field(default_factory=random.SystemRandom)
    failures: int = 0

    def after(self, outcome: Outcome, *, something_waits: bool) -> float:
        """Seconds until the next exchange: always a number, so that what waits is never forgotten."""
        if outcome.stopped is None:
            self.failures = 0
            usual = WITH_SOMETHING_WAITING if something_waits else WITH_NOTHING_WAITING
            return usual * self.chance.uniform(0.8, 1.2)
        self.failures += 1
        longest = min(LONGEST_WAIT, FIRST_WAIT * 2**self.failures)
        asked = float(outcome.stopped.retry_after or 0)
        return asked + self.chance.uniform(0.0, longest)

    def begin_anew(self) -> None:
        """The network came back, or the user asked: earlier failures say nothing any more."""
        self.failures = 0


def is_stalled(now: datetime, waiting_since: datetime | None, last_progress: datetime | None, *, online: bool) -> bool:
    """Whether something waits, the server answers, and yet nothing has moved for ten minutes: a failure to be shown."""
    if waiting_since is None or not online:
        return False
    return now - max(waiting_since, last_progress or waiting_since) > STALLED_AFTER
