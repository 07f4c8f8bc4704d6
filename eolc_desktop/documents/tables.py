"""Tables that run over pages: the head repeated, rows whole where they can be, nothing cut off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from eolc_desktop.documents.flowables import Column, Columns, Flow, Parts, Stack
from eolc_desktop.documents.pen import Pen


@dataclass(frozen=True, slots=True)
class Grid:
    """The rules of a table and the white space in its cells, in points. `edges` are the left edges of the columns."""

    edges: tuple[float, ...]
    width: float
    padding: float
    rule: float
    head_rule: float


class Row(Flow):
    """One row: its cells side by side, with a rule under it."""

    def __init__(self, cells: Columns, grid: Grid, *, head: bool = False) -> None:
        self.cells, self.grid, self.head = cells, grid, head

    @property
    def height(self) -> float:
        """Height with the white space above and below the words."""
        return self.cells.height + 2 * self.grid.padding

    def split(self, room: float, *, fresh: bool) -> Parts:
        """Split every cell of the row at the same height; only for a row longer than a page."""
        if not fresh:
            return None, self
        first, rest = self.cells.split(room - 2 * self.grid.padding, fresh=True)
        top = Row(first, self.grid) if isinstance(first, Columns) else None
        return top, Row(rest, self.grid) if isinstance(rest, Columns) else None

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the words, and the rule."""
        self.cells.draw(pen, x, top - self.grid.padding)
        with pen.marked(None):
            thickness = self.grid.head_rule if self.head else self.grid.rule
            pen.rule(x, top - self.height, self.grid.width, thickness)


@dataclass(frozen=True, slots=True)
class Repeats:
    """What a table draws again when it goes on over the page. None of it is read out twice."""

    head: Callable[[], Sequence[Flow]]
    continues: Callable[[], Flow]


class TableFlow(Flow):
    """A table: its title and head, then its rows."""

    def __init__(
        self,
        head: Sequence[Flow],
        rows: Sequence[Row],
        repeats: Repeats,
        grid: Grid,
        *,
        before: float = 0.0,
        after: float = 0.0,
        foot: Flow | None = None,
    ) -> None:
        self.head, self.rows, self.repeats, self.grid = list(head), list(rows), repeats, grid
        self.before, self.after, self.foot = before, after, foot
        self._head = Stack(self.head)
        self._height = self._head.height + sum(row.height for row in self.rows) + self._foot_height(foot)

    @staticmethod
    def _foot_height(foot: Flow | None) -> float:
        return foot.height + foot.before if foot else 0.0

    @property
    def height(self) -> float:
        """Height of the head and the rows."""
        return self._height

    def split(self, room: float, *, fresh: bool) -> Parts:
        """Split between rows; inside a row only when it is longer than a page under its head."""
        foot = self.repeats.continues()
        left = room - self._head.height - self._foot_height(foot)
        placed: list[Row] = []
        rest: list[Row] = []
        for n, row in enumerate(self.rows):
            if row.height <= left + 0.01:
                placed.append(row)
                left -= row.height
                continue
            rest = self.rows[n:]
            if fresh and not placed:
                first, over = row.split(left, fresh=True)
                placed = [first] if isinstance(first, Row) else []
                rest = ([over] if isinstance(over, Row) else []) + self.rows[n + 1 :]
            break
        if len(placed) > 1 and len(rest) == 1:  # no row alone over the page
            rest.insert(0, placed.pop())
        if not placed or (len(placed) == 1 and len(self.rows) > 2 and not fresh):
            return None, self
        if not rest:
            return self, None
        top = TableFlow(self.head, placed, self.repeats, self.grid, before=self.before, foot=foot)
        return top, TableFlow(self.repeats.head(), rest, self.repeats, self.grid, after=self.after)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the head, the rows, and "continues" where they go on over the page."""
        self._head.draw(pen, x, top)
        top -= self._head.height
        for row in self.rows:
            row.draw(pen, x, top)
            top -= row.height
        if self.foot:
            self.foot.draw(pen, x, top - self.foot.before)


def column_widths(shares: Sequence[float], needed: Sequence[float], width: float) -> list[float] | None:
    """Return the widths of columns by their shares, none narrower than its longest word, or `None` if that cannot be.

    `needed` is the width of each column's longest word with its white space; `width` is what they have together.
    """
    if sum(needed) > width + 0.01:
        return None
    total = sum(shares)
    widths = [width * share / total for share in shares]
    fixed: set[int] = set()
    while True:
        narrow = {n for n, needs in enumerate(needed) if n not in fixed and widths[n] < needs - 0.01}
        if not narrow:
            return widths
        fixed |= narrow
        free = [n for n in range(len(shares)) if n not in fixed]
        spare = width - sum(needed[n] for n in fixed)
        for n in fixed:
            widths[n] = needed[n]
        free_share = sum(shares[n] for n in free)
        for n in free:
            widths[n] = spare * shares[n] / free_share


def cells(flows: Sequence[Flow], grid: Grid) -> Columns:
    """Return the cells of a row, each at its column's edge."""
    return Columns([Column(edge + grid.padding, flow) for edge, flow in zip(grid.edges, flows, strict=True)])
