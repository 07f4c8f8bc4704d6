"""What one exchange has done so far, counted from what is on the disk and on the server, never guessed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class Tally:
    """Counts of one exchange: change-sets sent and refused, resources received, people read anew."""

    sent: int = 0
    refused: int = 0
    received: int = 0
    merged: int = 0
    restored: bool = False
