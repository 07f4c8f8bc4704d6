"""A bar chart on paper: a name, a bar in a thin frame and the figure in words on each line; black on white alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from eolc_desktop.documents.blocks import BarsBlock
from eolc_desktop.documents.flowables import Flow, TextFlow
from eolc_desktop.documents.pen import Pen
from eolc_desktop.documents.tags import Node

if TYPE_CHECKING:
    from eolc_desktop.documents.composing import Composer

NAMES, WORDS = 0.34, 0.2
"""Shares of the width that the names at the left and the figures at the right have."""
FRAME = 0.6
BETWEEN = 0.25
"""Room between two lines, in type sizes."""
HIGH = 0.55
"""Height of a bar, in type sizes: slender, so that a page of charts stays calm and saves ink."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the chart, set."""

    name: TextFlow
    words: TextFlow
    share: float

    @property
    def height(self) -> float:
        """The height of its words."""
        return max(self.name.height, self.words.height)


@dataclass(eq=False)
class BarsFlow(Flow):
    """The lines of a chart, whole on one page. Its words are read out once, as what the figure is called."""

    lines: tuple[Line, ...]
    width: float
    size: float
    node: Node
    after: float = 0.0

    @property
    def height(self) -> float:
        """Of all lines, with the room between them."""
        return sum(line.height for line in self.lines) + BETWEEN * self.size * (len(self.lines) - 1)

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw names and figures, which the table beside says too, then all bars as one figure."""
        left, long = x + self.width * NAMES, self.width * (1 - NAMES - WORDS)
        high = HIGH * self.size
        frames: list[tuple[float, float, float, float]] = []
        solid: list[tuple[float, float, float, float]] = []
        for line in self.lines:
            line.name.draw(pen, x, top)
            line.words.draw(pen, left + long + self.size, top)
            foot = top - (line.height + high) / 2
            frames.append((left, foot, long, high))
            if line.share > 0:
                solid.append((left, foot, long * line.share, high))
            top -= line.height + BETWEEN * self.size
        with pen.marked(self.node):
            for box in frames:
                pen.frame(*box, FRAME)
            if solid:
                pen.bars(solid)


def bars(composer: Composer, block: BarsBlock, width: float, parent: Node) -> Flow:
    """The flow of a bar chart."""
    size = composer.style.small
    alt = f"{block.alt} {'; '.join(f'{bar.name}: {bar.words}' for bar in block.bars)}."

    def words(text: str, share: float) -> TextFlow:
        return composer.text(text, width * share - size, None, size=size)

    lines = tuple(
        Line(words(bar.name, NAMES), words(bar.words, WORDS), min(1.0, max(0.0, bar.share))) for bar in block.bars
    )
    return BarsFlow(lines, width, size, parent.add("Figure", alt=alt), after=composer.base * 0.6)
