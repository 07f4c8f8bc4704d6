"""Hiding small numbers before figures leave the service, so that nobody can be told from them, also not by subtraction.

A share of few people tells about each of them. What stands in a table beside its sum can be worked out from the sum;
so wherever one row is hidden, others are hidden with it until what is left over is as large as a row that may be shown.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

LEAST = 5
"""The smallest number of people that is shown, unless it is none at all."""
K = TypeVar("K", bound=Hashable)
Pair = tuple[int, int]
"""For how many it holds, of how many."""


def may_be_shown(pair: Pair, least: int = LEAST) -> bool:
    """Whether a figure tells nothing about few: those counted, those for whom it holds and the others are each none, or
    at least so many."""
    n, total = pair
    return all(number == 0 or number >= least for number in (total, n, total - n))


def shown_rows(rows: Mapping[K, Pair], whole: Pair, least: int = LEAST) -> frozenset[K]:
    """Which rows of a table may be shown beside its whole. Nothing is, where the whole may not be.

    The rows must add up to the whole. The hidden ones, taken together, can always be worked out; they are only left
    hidden when together they may be shown, and when they are at least two.
    """
    if not may_be_shown(whole, least):
        return frozenset()
    hidden = {key for key, pair in rows.items() if not may_be_shown(pair, least)}
    # The smallest rows go first, so that as much as possible stays.
    others = sorted((key for key in rows if key not in hidden and rows[key][1]), key=lambda key: rows[key][1])
    while hidden and not _is_safe([rows[key] for key in hidden], least):
        if not others:
            return frozenset()
        hidden.add(others.pop(0))
    return frozenset(key for key in rows if key not in hidden)


def _is_safe(hidden: list[Pair], least: int) -> bool:
    counted = [pair for pair in hidden if pair[1]]
    together = (sum(n for n, _total in hidden), sum(total for _n, total in hidden))
    return len(counted) >= 2 and may_be_shown(together, least)
