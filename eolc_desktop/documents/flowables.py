"""What flows down a page: text, columns, framed and kept-together groups, each able to go on over the page.

A flow knows its height for the width it was made for. Asked to split, it returns what fits and what is left; together
they are always everything. All measures are in points, and `top` is counted from the foot of the page.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from eolc_desktop.documents.pen import Pen
from eolc_desktop.documents.tags import Node
from eolc_desktop.documents.text import SetText

_HAIR = 0.01
_ROOM_TO_START = 0.25
Parts: TypeAlias = "tuple[Flow | None, Flow | None]"


class Flow(ABC):
    """Something with a height that can be drawn. `keep_next`: never left at the foot of a page without what follows."""

    before: float = 0.0
    after: float = 0.0
    keep_next: bool = False

    @property
    @abstractmethod
    def height(self) -> float:
        """Height at the width it was made for."""

    @property
    def baseline(self) -> float | None:
        """Way down to the line its first letters stand on, for flows side by side; `None` if it has none."""
        return None

    def split(self, room: float, *, fresh: bool) -> Parts:
        """Return what fits in `room` and what is left. `fresh`: nothing is above it, so it must use the room."""
        del room, fresh
        return None, self

    @abstractmethod
    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it with its left edge at `x` and its upper edge at `top`."""


@dataclass(eq=False)
class TextFlow(Flow):
    """Set text that belongs to one element of the structure (or, without one, is not read out)."""

    words: SetText
    width: float
    node: Node | None = None
    before: float = 0.0
    after: float = 0.0
    keep_next: bool = False
    bookmark: tuple[str, int] | None = None

    @property
    def height(self) -> float:
        """Height of the lines."""
        return self.words.height

    @property
    def baseline(self) -> float | None:
        """Where the first line stands."""
        return self.words.baseline

    def split(self, room: float, *, fresh: bool) -> Parts:
        """Split between lines, two at least on either side unless the room forces it."""
        count = len(self.words.lines)
        fits = int((room + _HAIR) / self.words.leading)
        if fits >= count:
            return self, None
        if not fresh:
            fits = min(fits, count - 2)
            if count < 4 or fits < 2:
                return None, self
        fits = max(1, fits)
        first = replace(self, words=self.words.part(0, fits), after=0.0)
        return first, replace(self, words=self.words.part(fits), before=0.0, bookmark=None)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the lines."""
        if self.bookmark:
            pen.bookmark(*self.bookmark, top)
        if any(line.pieces for line in self.words.lines):
            with pen.marked(self.node):
                pen.text(self.words, x, top, self.width)


@dataclass(eq=False)
class Space(Flow):
    """White space; not carried to the top of a new page."""

    points: float

    @property
    def height(self) -> float:
        """The space."""
        return self.points

    def split(self, room: float, *, fresh: bool) -> Parts:
        """Give up what does not fit: the page ends here anyway."""
        del room, fresh
        return Space(0.0), None

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw nothing."""


@dataclass(eq=False)
class NewPage(Flow):
    """What follows starts on a new page."""

    @property
    def height(self) -> float:
        """It takes no room itself."""
        return 0.0

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw nothing."""


@dataclass(eq=False)
class TickMark(Flow):
    """A box, ticked or not, as tall as the first line of the words beside it."""

    size: float
    line: float
    ticked: bool
    node: Node

    @property
    def height(self) -> float:
        """Height of the line it stands in."""
        return self.line

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the box."""
        with pen.marked(self.node):
            pen.tick_box(x, top - (self.line + self.size) / 2, self.size, ticked=self.ticked)


@dataclass(eq=False)
class Dot(Flow):
    """The dot of a list. Furniture: the list element says that it is one."""

    radius: float
    line: float

    @property
    def height(self) -> float:
        """Height of the line it stands in."""
        return self.line

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the dot."""
        with pen.marked(None):
            pen.dot(x + self.radius, top - self.line / 2, self.radius)


def fill(flows: Sequence[Flow], room: float, *, fresh: bool) -> tuple[list[Flow], list[Flow]]:
    """Return the flows that fit in `room`, and what is left for the next page.

    A flow that does not fit is split. Headings at the end go over with what they head, unless that would leave
    nothing on a fresh page.
    """
    placed: list[Flow] = []
    used = 0.0
    left: list[Flow] = []
    whole = True
    for n, flow in enumerate(flows):
        if isinstance(flow, NewPage):
            if not placed:
                continue
            return placed, list(flows[n + 1 :])
        gap = max(placed[-1].after, flow.before) if placed else 0.0
        if used + gap + flow.height <= room + _HAIR:
            placed.append(flow)
            used += gap + flow.height
            continue
        first, rest = flow.split(room - used - gap, fresh=fresh and not placed)
        if first is not None:
            placed.append(first)
        whole = first is not None
        left = ([rest] if rest is not None else []) + list(flows[n + 1 :])
        break
    if left and not whole:
        kept = len(placed)
        while kept and placed[kept - 1].keep_next:
            kept -= 1
        if kept or not fresh:
            left = placed[kept:] + left
            placed = placed[:kept]
        elif placed:  # only headings fit on a fresh page: what they head has to start under them
            room_left = room - used - max(placed[-1].after, left[0].before)
            if room_left >= room * _ROOM_TO_START:
                first, rest = left[0].split(room_left, fresh=True)
                if first is not None:
                    placed.append(first)
                    left = ([rest] if rest is not None else []) + left[1:]
    return placed, left


def stacked_height(flows: Sequence[Flow]) -> float:
    """Return the height of flows one under another, with the larger of two meeting gaps between them."""
    total = 0.0
    for n, flow in enumerate(flows):
        total += flow.height + (max(flows[n - 1].after, flow.before) if n else 0.0)
    return total


def draw_stacked(flows: Sequence[Flow], pen: Pen, x: float, top: float) -> None:
    """Draw flows one under another from `top` down."""
    for n, flow in enumerate(flows):
        if n:
            top -= max(flows[n - 1].after, flow.before)
        flow.draw(pen, x, top)
        top -= flow.height


class Stack(Flow):
    """Flows one under another. With `keep` they go to the next page together, if that is enough."""

    def __init__(self, flows: Sequence[Flow], *, keep: bool = False, before: float = 0.0, after: float = 0.0) -> None:
        self.flows = list(flows)
        self.keep = keep
        self.before, self.after = before, after
        self._height = stacked_height(self.flows)

    @property
    def height(self) -> float:
        """Height of the flows and the gaps between them."""
        return self._height

    @property
    def baseline(self) -> float | None:
        """Where the first flow's first line stands."""
        return self.flows[0].baseline if self.flows else None

    def split(self, room: float, *, fresh: bool) -> Parts:
        """Split between or in the flows."""
        if self.keep and not fresh:
            return None, self
        placed, left = fill(self.flows, room, fresh=fresh)
        first = (
            Stack(placed, keep=self.keep, before=self.before, after=self.after if not left else 0.0) if placed else None
        )
        return first, Stack(left, keep=self.keep, after=self.after) if left else None

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the flows."""
        draw_stacked(self.flows, pen, x, top)


@dataclass(frozen=True, slots=True)
class Column:
    """One of several flows side by side; `again` makes what stands in its place when the others go on over the page."""

    x: float
    flow: Flow | None
    again: Callable[[], Flow] | None = None


class Columns(Flow):
    """Flows side by side: a label and its value, a box and its words, the cells of a row."""

    def __init__(
        self,
        columns: Sequence[Column],
        *,
        before: float = 0.0,
        after: float = 0.0,
        keep: bool = False,
        foot: Flow | None = None,
    ) -> None:
        self.columns = list(columns)
        self.before, self.after = before, after
        self.keep = keep
        self.foot = foot
        """Says "continues" under the columns when they go on over the page."""
        lines = [column.flow.baseline if column.flow else None for column in self.columns]
        lowest = max((line for line in lines if line is not None), default=0.0)
        self._drops = [0.0 if line is None else lowest - line for line in lines]
        heights = (c.flow.height + drop for c, drop in zip(self.columns, self._drops, strict=True) if c.flow)
        self._height = max(heights, default=0.0)

    @property
    def height(self) -> float:
        """Height of the longest column."""
        return self._height

    def split(self, room: float, *, fresh: bool) -> Parts:
        """Split every column at the same height."""
        if self.keep and not fresh:
            return None, self
        inside = room - (self.foot.height + self.foot.before if self.foot else 0.0)
        firsts: list[Column] = []
        rests: list[Column] = []
        for column, drop in zip(self.columns, self._drops, strict=True):
            if column.flow is None or column.flow.height + drop <= inside + _HAIR:
                first, rest = column.flow, None
            else:
                first, rest = column.flow.split(inside - drop, fresh=fresh)
                if first is None and not fresh:
                    return None, self
            firsts.append(Column(column.x, first, column.again))
            if rest is None and column.again is not None:
                rest = column.again()
            rests.append(Column(column.x, rest, column.again))
        upper: Flow = Columns(firsts, before=self.before)
        if self.foot:
            upper = Stack([upper, self.foot], before=self.before)
        return upper, Columns(rests, after=self.after, foot=self.foot)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the columns with the first lines of their words level, whatever their script."""
        for column, drop in zip(self.columns, self._drops, strict=True):
            if column.flow:
                column.flow.draw(pen, x + column.x, top - drop)


@dataclass(frozen=True, slots=True)
class Border:
    """The frame, or the bar at the left, around a group, and the white space inside it."""

    thickness: float
    padding: float
    bar_only: bool = False

    @property
    def inset(self) -> float:
        """Distance from the outer edge to the words, at the left."""
        return self.thickness + self.padding


class Framed(Flow):
    """A group in a frame. When it goes on over the page, both parts say so, in words."""

    def __init__(
        self,
        flows: Sequence[Flow],
        width: float,
        border: Border,
        notes: tuple[Callable[[], Flow], Callable[[], Flow]],
        *,
        keep: bool = False,
        before: float = 0.0,
        after: float = 0.0,
    ) -> None:
        self.flows = list(flows)
        self.width, self.border, self.notes, self.keep = width, border, notes, keep
        self.before, self.after = before, after
        self._above = 0.0 if border.bar_only else border.inset
        self._height = stacked_height(self.flows) + 2 * self._above

    @property
    def height(self) -> float:
        """Height with the frame."""
        return self._height

    def split(self, room: float, *, fresh: bool) -> Parts:
        """Split inside the frame, with "continues" under the first part and "continued" above the rest."""
        if self.keep and not fresh:
            return None, self
        continues, continued = (make() for make in self.notes)
        placed, left = fill(self.flows, room - 2 * self._above - continues.height - continues.before, fresh=fresh)
        if not placed:
            return None, self
        if not left:
            return self, None
        first = Framed([Stack(placed), continues], self.width, self.border, self.notes, before=self.before)
        return first, Framed([continued, *left], self.width, self.border, self.notes, after=self.after)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the frame and what is in it."""
        if self.border.thickness:
            with pen.marked(None):
                if self.border.bar_only:
                    pen.bar(x, top - self.height, self.border.thickness, self.height)
                else:
                    pen.frame(x, top - self.height, self.width, self.height, self.border.thickness)
        draw_stacked(self.flows, pen, x + self.border.inset, top - self._above)
