"""What a figure is: a name, what was measured, its limit, and whether the limit held."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

HEADING = f"{'figure':<48}{'measured':>12}{'limit':>12}   verdict"


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the benchmark. `unit` is "ms", "MB" or "×" (a ratio); without a limit it is only told."""

    name: str
    measured: float
    unit: str
    limit: float | None = None
    detail: str = ""

    @property
    def verdict(self) -> str:
        """Whether the limit held."""
        if self.limit is None:
            return "told"
        return "held" if self.measured <= self.limit else "over"

    @property
    def line(self) -> str:
        """The figure as it is printed."""
        limit = "–" if self.limit is None else self._number(self.limit)
        return (
            f"{self.name:<46}{self._number(self.measured):>12}{limit:>12}   {self.verdict:<7}   {self.detail}".rstrip()
        )

    def _number(self, value: float) -> str:
        return f"{value:.2f} ×" if self.unit == "×" else f"{value:.1f} {self.unit}"


def median(values: Sequence[float]) -> float:
    """The middle one."""
    return statistics.median(values)


def p95(values: Sequence[float]) -> float:
    """The value that nineteen in twenty do not exceed (nearest rank, so always one that was measured)."""
    return sorted(values)[ceil(0.95 * len(values)) - 1]


def spread(values: Sequence[float]) -> str:
    """Median, 95th percentile and worst, in milliseconds, for the end of a line. `values` are seconds."""
    in_ms = [value * 1000 for value in values]
    return f"median {median(in_ms):.1f}, p95 {p95(in_ms):.1f}, worst {max(in_ms):.1f} ms of {len(in_ms)}"
