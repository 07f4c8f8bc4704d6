"""Two hundred laptops that begin in the same second, and a server that is away or takes only so many: no storm."""

from __future__ import annotations

import heapq
import random
from collections import Counter
from dataclasses import dataclass, field

import pytest

from eolc_desktop.sync.asking import Stopped
from eolc_desktop.sync.exchange import Outcome
from eolc_desktop.sync.timing import LONGEST_WAIT, Rhythm

LAPTOPS = 200
TRY = 0.05
"""Seconds until a busy server has said so."""
BUSY = Outcome(Stopped("busy"), 0, 0, 0, restored=False)


@dataclass
class Morning:
    """How often each laptop asked, and in each second; when each was through."""

    tries: Counter[int] = field(default_factory=Counter)
    in_second: Counter[int] = field(default_factory=Counter)
    through: dict[int, float] = field(default_factory=dict)


def morning(away: float, in_a_second: int) -> Morning:
    """What happens when the server is away for so many seconds and then takes so many exchanges a second."""
    chance = random.Random(1)
    rhythms = [Rhythm(random.Random(number)) for number in range(LAPTOPS)]
    asking = [(chance.random(), number) for number in range(LAPTOPS)]
    heapq.heapify(asking)
    seen, taken = Morning(), Counter[int]()
    while asking:
        at, number = heapq.heappop(asking)
        second = int(at)
        seen.tries[number] += 1
        seen.in_second[second] += 1
        if at >= away and taken[second] < in_a_second:
            taken[second] += 1
            seen.through[number] = at
        else:
            again = at + TRY + rhythms[number].after(BUSY, something_waits=True)
            heapq.heappush(asking, (again, number))
    return seen


@pytest.mark.parametrize(("away", "in_a_second"), [(0, 5), (30, 5), (60, 20), (900, 20)])
def test_nobody_storms_a_server_and_nobody_starves(away: float, in_a_second: int) -> None:
    seen = morning(away, in_a_second)
    assert len(seen.through) == LAPTOPS
    assert max(seen.through.values()) <= away + LONGEST_WAIT + LAPTOPS / in_a_second
    assert max(seen.tries.values()) <= 20, "one laptop asked again and again"
    later = {second: asked for second, asked in seen.in_second.items() if second >= 10}
    assert max(later.values(), default=0) <= LAPTOPS / 4, "they came back together"
    in_a_minute = sum(asked for second, asked in seen.in_second.items() if 240 <= second < 300)
    assert in_a_minute <= LAPTOPS * 1.5, "a server that is away for long is asked less and less"


def test_most_are_through_soon_after_a_short_time_away() -> None:
    through = sorted(morning(30, 20).through.values())
    assert through[LAPTOPS // 2] <= 30 + 20
