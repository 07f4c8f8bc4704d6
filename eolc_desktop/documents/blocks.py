"""The vocabulary documents are written in: plain frozen values that say what stands on the page, not how it looks."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Span:
    """Words inside a text that are bold, or that must stand on one line (`keep`: a telephone number, a name)."""

    text: str
    bold: bool = False
    keep: bool = False


Text: TypeAlias = str | Span | tuple[str | Span, ...]
"""What the words of a block may be: plain, or in parts of which some stand out. A line break in it is kept."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 (the document), 2 or 3. Never left alone at the foot of a page; also a bookmark."""

    text: Text
    level: int = 2


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running words. `language` is the tag of the words when they are not in the document's language ("ur", "pl")."""

    text: Text
    language: str = ""
    small: bool = False
    """A note under something: smaller, but never below 12 points."""


@dataclass(frozen=True, slots=True)
class OwnWords:
    """What the person said, whole, larger, with a bar beside it; and under it who said it when."""

    words: str
    who_when: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What the person said in answer to one question, and who said it when."""

    label: Text
    words: str
    who_when: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class OwnWordsGroup:
    """Several things the person said, one under another with a bar beside them; who said them when stands once."""

    rows: tuple[Said, ...]
    who_when: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A label and what is known, with a note under it (who said so, when it was last confirmed)."""

    label: Text
    value: Text
    note: Text = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and values, one under another; `inline` with the value after its label, which takes less room."""

    rows: tuple[Fact, ...]
    inline: bool = False


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list of short texts, each with a dot, or with its number where the order matters."""

    items: tuple[Text, ...]
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, as a PNG; `alt` says what it shows, for those who hear the page read out."""

    png: bytes
    alt: str


@dataclass(frozen=True, slots=True)
class BarOf:
    """One bar: its name, how long it is (0 to 1 of the room), and the figure in words."""

    name: str
    share: float
    words: str


@dataclass(frozen=True, slots=True)
class BarsBlock:
    """A bar chart; `alt` says what it shows, and every bar is read out after it. Never without a table beside it."""

    alt: str
    bars: tuple[BarOf, ...]


@dataclass(frozen=True, slots=True)
class Tick:
    """A box that is ticked, not ticked, or (`None`) to be ticked by hand; with words, and a note under them."""

    text: Text
    ticked: bool | None = None
    note: Text = ""


@dataclass(frozen=True, slots=True)
class TickList:
    """Boxes with words beside them, so many `across` the page."""

    items: tuple[Tick, ...]
    across: int = 1


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table. The head is repeated on every page it runs over; a row keeps together unless it is longer than a page.

    `widths` are the shares of the columns (any scale); equal when left out. `title` stands above the table and is
    repeated with "continued".
    """

    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    widths: tuple[float, ...] = ()
    title: Text = ""
    row_heads: bool = True
    """Whether the first column names its row (who, which medicine), for those who hear the page read out."""


@dataclass(frozen=True, slots=True)
class CallEntry:
    """One telephone number: who answers, when to ring it, and anything to know first."""

    who: Text
    number: str
    when: Text = ""
    note: Text = ""


@dataclass(frozen=True, slots=True)
class CallFirst:
    """Who to call, in a thick frame, with numbers to be read across a room."""

    title: Text
    entries: tuple[CallEntry, ...]


@dataclass(frozen=True, slots=True)
class NoteBox:
    """Words in a frame. If it runs over a page, both parts say so."""

    title: Text
    body: tuple[Block, ...]
    thick: bool = False


@dataclass(frozen=True, slots=True)
class AnswerSpace:
    """Room for words, written by hand or typed into the field of this name; `spoken` is what the field is called."""

    name: str
    spoken: str
    lines: int = 4


@dataclass(frozen=True, slots=True)
class AnswerChoices:
    """Choices of which one can be ticked, by hand or in the field of this name. `options` are keys and words."""

    name: str
    spoken: str
    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WriteLines:
    """A label with empty lines under it, to be written on by hand."""

    label: Text
    lines: int = 2
    note: Text = ""


@dataclass(frozen=True, slots=True)
class FirstPage:
    """Parts, the most urgent first, of which the first page holds as many as it can, each whole.

    What finds no room follows on the next page, and the first page names it (`more` with {names} in it): nothing is
    cut and nothing shrinks. `again` heads the next page.
    """

    parts: tuple[tuple[str, tuple[Block, ...]], ...]
    more: str
    again: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Extra white space, in points."""

    points: float


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts on a new page."""


@dataclass(frozen=True, slots=True)
class KeepTogether:
    """Blocks that stand on one page if they fit on one."""

    body: tuple[Block, ...]


Block: TypeAlias = (
    Heading
    | Paragraph
    | OwnWords
    | Facts
    | BulletList
    | Picture
    | BarsBlock
    | TickList
    | TableBlock
    | CallFirst
    | NoteBox
    | AnswerSpace
    | AnswerChoices
    | WriteLines
    | FirstPage
    | OwnWordsGroup
    | Gap
    | PageBreak
    | KeepTogether
)
"""Anything a document may be made of."""


def words_in(value: object) -> Iterator[str]:
    """Return all the words of a block, a story or a page's identity, in the order they stand in it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple | list):
        for part in value:
            yield from words_in(part)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            if field.name != "language":
                yield from words_in(getattr(value, field.name))
