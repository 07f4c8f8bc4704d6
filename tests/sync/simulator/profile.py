"""How bad the world of one history is, drawn by its seed."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from typing import Any

from tests.sync.simulator.server import Habits


@dataclass(frozen=True)
class Profile:
    """How bad the world is in one run: each seed has its own (swarm testing): rare faults hide behind common ones."""

    laptops: int = 3
    steps: int = 500
    crashes: float = 0.02
    lost: float = 0.1
    repeated: float = 0.03
    timeouts: float = 0.02
    pace: float = 0.6  # how much of what happens is messages moving on
    speed: float = 0.1  # how much time goes by: a request lives LONGEST seconds
    edits: float = 0.1
    consent_changes: float = 0.03
    kept_back: float = 0.03
    most_entries: int = 50
    restores: bool = False
    torn: bool = False  # the server answers a batch entry by entry, and others write in between, as HAPI does
    habits: Habits = field(default_factory=Habits)

    @classmethod
    def of(cls, chance: random.Random, *, torn: bool, lists_changes: bool = False) -> Profile:
        """A profile drawn by chance."""

        def some(*values: Any) -> Any:
            return chance.choice(values)

        guard = chance.random() < 0.3
        habits = Habits(
            stale_status=some(409, 412),
            if_match_on_nothing_creates=some(True, False),
            create_guard=guard,
            etags=some(True, False),
            random_versions=some(True, False),
            caches_searches=some(True, True, False),
            largest_page=some(2, 3, 200),
            next_links=some(True, False),
            no_order_among_equals=some(True, False),
            coarse_clock=some(True, False),
            loses_token=some(True, False, False),
            busy=some(0, 0, 0.05),
            lists_changes=lists_changes,
        )
        if not habits.next_links or habits.no_order_among_equals:
            # One that gives less than asked says that there is more, and does not mix what it counts.
            habits = replace(habits, largest_page=200)
        return cls(
            laptops=some(3, 3, 4),
            crashes=some(0.0, 0.01, 0.03),
            lost=some(0.0, 0.03, 0.1),
            repeated=some(0.0, 0.03, 0.1),
            timeouts=some(0.01, 0.02, 0.05),
            pace=some(0.5, 0.65, 0.75),
            speed=some(0.05, 0.1, 0.3),
            edits=some(0.05, 0.1, 0.2),
            consent_changes=some(0.0, 0.03),
            kept_back=some(0.0, 0.03),
            most_entries=some(50, 50, 6),
            restores=chance.random() < 0.1,
            torn=torn,
            habits=habits,
        )
