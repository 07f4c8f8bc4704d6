"""Room on a page for an answer: a frame to write in, or choices to tick; and where each lies."""

from __future__ import annotations

from dataclasses import dataclass

from eolc_desktop.documents.flowables import Flow
from eolc_desktop.documents.pen import Pen

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a field lies: the page from 0, and left, foot, right and top in points. `option` is the key of a choice."""

    page: int
    box: Box
    name: str
    spoken: str
    option: str
    words: str


@dataclass(eq=False)
class Room(Flow):
    """A frame for an answer, written by hand or typed. What it is for stands above it and is read out as its name."""

    width: float
    points: float
    thickness: float
    name: str
    spoken: str
    places: list[Place]
    after: float = 0.0

    @property
    def height(self) -> float:
        """Height of the frame."""
        return self.points

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the frame and note where it lies."""
        with pen.marked(None):
            pen.frame(x, top - self.points, self.width, self.points, self.thickness)
        inset = self.thickness + 2
        box = (x + inset, top - self.points + inset, x + self.width - inset, top - inset)
        self.places.append(Place(pen.page, box, self.name, self.spoken, "", ""))


@dataclass(eq=False)
class ChoiceMark(Flow):
    """A square to tick, as tall as the line of words beside it."""

    size: float
    line: float
    name: str
    spoken: str
    option: str
    words: str
    places: list[Place]

    @property
    def height(self) -> float:
        """Height of the line it stands in."""
        return self.line

    def draw(self, pen: Pen, x: float, top: float) -> None:
        """Draw the square, for a page that is filled in by hand, and note where it lies."""
        foot = top - (self.line + self.size) / 2
        with pen.marked(None):
            pen.tick_box(x, foot, self.size, ticked=False)
        box = (x, foot, x + self.size, foot + self.size)
        self.places.append(Place(pen.page, box, self.name, self.spoken, self.option, self.words))
