"""Sizes, rules and fixed words of the printed page, for ordinary, large and high-contrast print."""

from __future__ import annotations

from dataclasses import dataclass, field

SMALLEST = 12.0
"""No text on a sheet of paper is smaller than this, in points (large print starts at 16)."""
SMALLEST_ON_A_CARD = 9.0
"""A card has to fit a purse (ux.md §9.1)."""
MILLIMETRE = 72 / 25.4


@dataclass(frozen=True, slots=True)
class FixedWords:
    """The words the engine itself puts on the page. English here; another language is another value of this class.

    `translation` says on every page that nobody has checked the translation, where that is so.
    """

    born: str = "Born {date}"
    nhs_number: str = "NHS No. {number}"
    version: str = "Plan version {version}"
    printed: str = "Printed {when} by {whom}"
    printed_when: str = "Printed {when}"
    check_code: str = "Check code {code}"
    not_newest: str = "This may not be the newest copy."
    to_check: str = "To check, call {number}."
    page: str = "Page {page} of {pages}"
    goes_on: str = "Page {page} of {pages} – continues"
    continues: str = "Continues on the next page"
    continued: str = "Continued"
    continued_named: str = "{name} – continued"
    in_full: str = "… (in full on page 1)"
    in_full_title: str = "In full"
    ticked: str = "Ticked"
    not_ticked: str = "Not ticked"
    to_tick: str = "Box to tick"
    translation: str = ""


@dataclass(frozen=True, slots=True)
class PrintStyle:
    """How a document is printed.

    `base_points` is the size of running text: 14 for a family's copy, 16, 18 or 22 for large print, never
    under 12 (9 on a `card`). `high_contrast` draws thicker rules and has no small print. `easy` is the layout for
    who finds reading hard: one thing under another, wide gaps, short lines. `dense` is for a page read in a hurry that
    has to hold everything: full lines, small gaps. `language` is the document's own, as a tag. Everything is black on
    white, so that a copy of a copy still says the same.
    """

    base_points: float = 14
    high_contrast: bool = False
    language: str = "en-GB"
    words: FixedWords = field(default_factory=FixedWords)
    easy: bool = False
    card: bool = False
    dense: bool = False

    def __post_init__(self) -> None:
        """Refuse a size nobody should have to read."""
        if self.base_points < self.smallest:
            raise ValueError(f"print is never smaller than {self.smallest:g} points")

    @property
    def smallest(self) -> float:
        """The smallest type in points: 12 on a sheet, 9 on a card."""
        return SMALLEST_ON_A_CARD if self.card else SMALLEST

    @property
    def airy(self) -> float:
        """By how much gaps between things are wider than usual: more where the layout is to be easy to read."""
        return 1.7 if self.easy else 0.5 if self.dense else 1.0

    @property
    def leading(self) -> float:
        """Distance between lines, in type sizes."""
        return 1.25 if self.dense or self.card else 1.4

    @property
    def small(self) -> float:
        """Size of notes: who said it and when."""
        return self.base_points if self.high_contrast else max(self.smallest, round(self.base_points * 0.86, 1))

    @property
    def furniture(self) -> float:
        """Size of what stands on every page: whose plan, which version, check code. At most 16, to leave room."""
        return min(16.0, max(self.smallest, round(self.base_points * (0.86 if self.high_contrast else 0.75), 1)))

    @property
    def own_words(self) -> float:
        """Size of what the person said."""
        return round(self.base_points * 1.14, 1)

    @property
    def number(self) -> float:
        """Size of a telephone number to be read across a room."""
        return round(self.base_points * 1.5, 1)

    def heading(self, level: int) -> float:
        """Size of a heading of level 1 to 3."""
        if self.card or self.dense:
            return round(self.base_points * {1: 1.3}.get(level, 1.0), 1)
        return round(self.base_points * {1: 1.7, 2: 1.3}.get(level, 1.1), 1)

    @property
    def rule(self) -> float:
        """Thickness of an ordinary rule."""
        return 1.2 if self.high_contrast else 0.7

    @property
    def frame(self) -> float:
        """Thickness of a frame, and of the rule under a table's head."""
        return 2.2 if self.high_contrast else 1.4

    @property
    def thick(self) -> float:
        """Thickness of the frame round what must not be missed."""
        return 3.6 if self.high_contrast else 2.8

    @property
    def longest_line(self) -> float:
        """Width of about 70 letters, beyond which a line is hard to follow, in points at the base size."""
        return (30 if self.easy else 37) * self.base_points if not self.dense else 1000.0


@dataclass(frozen=True, slots=True)
class Sheet:
    """A size of paper and its margins, in points. A4 upright unless a document is a card."""

    width: float = 210 * MILLIMETRE
    height: float = 297 * MILLIMETRE
    side: float = 18 * MILLIMETRE
    top: float = 11 * MILLIMETRE
    foot: float = 10 * MILLIMETRE
    on: tuple[float, float] | None = None
    """The width and height of the sheet that several of these are cut out of, or None when this is the sheet."""
    fold: bool = False

    @property
    def paper(self) -> tuple[float, float]:
        """The size of the paper in the printer."""
        return self.on or (self.width, self.height)

    @property
    def places(self) -> tuple[tuple[float, float], ...]:
        """Where on the paper the sheets stand, by their lower left corners, in reading order."""
        across, down = int(self.paper[0] / self.width + 0.001), int(self.paper[1] / self.height + 0.001)
        left, foot = (self.paper[0] - across * self.width) / 2, (self.paper[1] - down * self.height) / 2
        return tuple(
            (left + column * self.width, foot + (down - 1 - row) * self.height)
            for row in range(down)
            for column in range(across)
        )

    @property
    def measure(self) -> float:
        """Width between the margins."""
        return self.width - 2 * self.side


A4 = Sheet()
A4_ACROSS = Sheet(width=A4.height, height=A4.width, side=14 * MILLIMETRE)
A4_FULL = Sheet(side=14 * MILLIMETRE, top=9 * MILLIMETRE, foot=8 * MILLIMETRE)
A6_CARD = Sheet(
    105 * MILLIMETRE, 148 * MILLIMETRE, 8 * MILLIMETRE, 7 * MILLIMETRE, 7 * MILLIMETRE, on=(A4.width, A4.height)
)
WALLET_CARD = Sheet(
    85.6 * MILLIMETRE,
    108 * MILLIMETRE,
    4 * MILLIMETRE,
    4 * MILLIMETRE,
    4 * MILLIMETRE,
    (A4.width, A4.height),
    fold=True,
)
"""A bank card's width and twice its height (ISO/IEC 7810 ID-1), to be folded once."""
