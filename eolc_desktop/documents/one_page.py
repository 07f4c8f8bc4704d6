"""A page that holds the most urgent parts whole and says what it had no room for; and lines to write on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eolc_desktop.documents import blocks
from eolc_desktop.documents.flowables import Column, Columns, Flow, Parts, Stack
from eolc_desktop.documents.pen import Pen
from eolc_desktop.documents.tags import Node
from eolc_desktop.documents.text import plain

if TYPE_CHECKING:
    from eolc_desktop.documents.composing import Composer


class FirstPageFlow(Flow):
    """Parts in the order of their urgency. On a page too small for all, those that fit stand whole on it.

    The others go over to the next page in their order, and the page names them. Only a first part longer than a page
    is split, as any text is.
    """

    def __init__(
        self,
        parts: Sequence[tuple[str, Stack]],
        more: Callable[[Sequence[str]], Flow],
        again: Callable[[], Flow],
        gap: float,
    ) -> None:
        self._parts, self._more, self._again, self._gap = list(parts), more, again, gap
        self._all = self._stack([part for _name, part in self._parts])

    def _stack(self, parts: Sequence[Flow]) -> Stack:
        for part in parts:
            part.after = max(part.after, self._gap)
        return Stack(parts)

    @property
    def height(self) -> float:
        """Height of all the parts."""
        return self._all.height

    def split(self, room: float, *, fresh: bool) -> Parts:
        """Keep what fits whole; name what does not, and let it follow on the next page."""
        if self.height <= room:
            return self._all, None
        placed: list[int] = []
        for number in range(len(self._parts)):
            trial = self._page([*placed, number])
            if trial.height <= room:
                placed.append(number)
        if placed:
            over = [part for number, (_name, part) in enumerate(self._parts) if number not in placed]
            return self._page(placed), Stack([self._again(), self._stack(over)])
        if not fresh:
            return None, self
        return self._all.split(room, fresh=True)

    def _page(self, placed: Sequence[int]) -> Stack:
        here = [part for number, (_name, part) in enumerate(self._parts) if number in placed]
        there = [name for number, (name, _part) in enumerate(self._parts) if number not in placed]
        return Stack([self._stack(here), *([self._more(there)] if there else [])])

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw all the parts."""
        self._all.draw(pen, x, top)


@dataclass(eq=False)
class WritingLines(Flow):
    """Empty lines to write on by hand, `step` points apart. Furniture: there is nothing on them to read out."""

    width: float
    lines: int
    step: float
    thickness: float

    @property
    def height(self) -> float:
        """Height of the lines."""
        return self.lines * self.step

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the lines."""
        with pen.marked(None):
            for number in range(1, self.lines + 1):
                pen.rule(x, top - number * self.step, self.width, self.thickness)


def write_lines(composer: Composer, block: blocks.WriteLines, width: float, parent: Node) -> Flow:
    """Return a label with lines to write on; a single line stands beside a label that leaves room for it."""
    step = max(24.0, composer.base * 1.8)
    label = composer.text(block.label, width, parent.add("P"), bold=True, keep_next=True)
    at = label.words.width + composer.base * 0.6
    if block.lines == 1 and not plain(block.note) and at < width * 0.55:
        lines = WritingLines(width - at, 1, step, composer.style.rule)
        return Columns([Column(0, label), Column(at, lines)], keep=True, after=composer.base * 0.4)
    flows: list[Flow] = [label]
    if plain(block.note):
        flows.append(composer.text(block.note, width, parent.add("P"), size=composer.style.small, keep_next=True))
    flows.append(WritingLines(width, block.lines, step, composer.style.rule))
    return Stack(flows, keep=True, after=composer.base * 0.6)


def first_page(composer: Composer, block: blocks.FirstPage, width: float, parent: Node) -> Flow:
    """Return the parts of a page that holds the most urgent ones whole."""
    parts = [(name, Stack(composer.flows(body, width, parent.add("Sect")))) for name, body in block.parts]

    def more(names: Sequence[str]) -> Flow:
        said = block.more.format(names="; ".join(names))
        return composer.text(said, width, parent.add("P"), size=composer.base, bold=True, before=composer.base * 0.6)

    def again() -> Flow:
        return composer.text(block.again, width, None, size=composer.style.heading(2), bold=True, keep_next=True)

    return FirstPageFlow(
        [(name, part) for name, part in parts if part.flows], more, again, composer.base * 0.5 * composer.style.airy
    )
