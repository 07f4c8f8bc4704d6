"""A picture on the page: as wide as the measure at most, in a thin frame, with words for those who do not see it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

from eolc_desktop.documents.blocks import Picture
from eolc_desktop.documents.flowables import Flow
from eolc_desktop.documents.pen import Pen
from eolc_desktop.documents.tags import Node

if TYPE_CHECKING:
    from eolc_desktop.documents.composing import Composer

POINTS_PER_PIXEL = 0.42
"""So that a picture of a screen stands on paper at half the size it has on one, where there is room."""
FRAME = 0.75


@dataclass(eq=False)
class PictureFlow(Flow):
    """A picture, whole on one page."""

    png: bytes
    wide: float
    high: float
    node: Node
    after: float = 0.0

    @property
    def height(self) -> float:
        """Its height, with the frame."""
        return self.high

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw it, and its frame, which is not read out."""
        with pen.marked(self.node):
            pen.picture(self.png, x, top - self.high, self.wide, self.high)
        with pen.marked(None):
            pen.frame(x, top - self.high, self.wide, self.high, FRAME)


def picture(composer: Composer, block: Picture, width: float, parent: Node) -> Flow:
    """The flow of a picture."""
    from PIL import Image  # noqa: PLC0415  only where there is a picture

    with Image.open(io.BytesIO(block.png), formats=("PNG",)) as opened:
        across, down = opened.size
    wide = min(width, across * POINTS_PER_PIXEL)
    node = parent.add("Figure", alt=block.alt)
    return PictureFlow(block.png, wide, wide * down / across, node, after=composer.base)
