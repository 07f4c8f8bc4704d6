"""What one exchange has done so far, counted from what is on the disk and on the server, never guessed."""

from __future__ import annotations

from dataclasses import dataclass, field

from eolc_desktop.sync.resting import AtRest


@dataclass(slots=True)
class Tally:
    """Counts of one exchange: change-sets sent and refused, resources received; `merged` is about whom there was news.

    `resting` remembers of whom nothing was to be sent when they were merged.
    """

    sent: int = 0
    refused: int = 0
    received: int = 0
    merged: set[str] = field(default_factory=set)
    restored: bool = False
    resting: dict[str, AtRest] = field(default_factory=dict, repr=False)
