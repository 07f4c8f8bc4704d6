"""A whole document: blocks laid out on pages, each page with whose plan it is, which copy, and "page n of m"."""

from __future__ import annotations

from collections.abc import Sequence

from eolc_desktop.documents.blocks import Block, words_in
from eolc_desktop.documents.composing import Composer
from eolc_desktop.documents.fill_in import Place
from eolc_desktop.documents.flowables import Flow, draw_stacked, fill
from eolc_desktop.documents.fonts import missing_characters
from eolc_desktop.documents.furniture import Furniture, PageIdentity
from eolc_desktop.documents.pen import Pen
from eolc_desktop.documents.style import A4, PrintStyle, Sheet
from eolc_desktop.documents.tags import Node
from eolc_desktop.documents.text import Typesetter
from eolc_desktop.documents.wording import clean
from eolc_desktop.errors import PrintFailed

__all__ = ["A4", "PageIdentity", "PrintStyle", "Sheet", "build", "missing_in"]


def build(
    title: str,
    identity: PageIdentity | None,
    style: PrintStyle,
    story: Sequence[Block],
    *,
    author: str = "",
    sheet: Sheet = A4,
    places: list[Place] | None = None,
) -> bytes:
    """Return a document as PDF, made in memory. Equal input gives equal bytes.

    `title` is the document's name, without the person's; `author` the organisation. The PDF has its fonts in it,
    a structure tree, bookmarks and language. Where the fields of a form lie is added to
    `places`. Raises `PrintFailed` when the sheet has no room for a single line.
    """
    composer = Composer(Typesetter(style.leading), style)
    root = Node("Document")
    furniture = Furniture(composer, title, identity, sheet)
    flows = [
        *composer.flows(furniture.in_full, sheet.measure, root),
        *composer.flows(story, sheet.measure, root),
    ]
    pages = _paginate(flows, furniture.room)
    pen = Pen(sheet.paper)
    cells = sheet.places
    for number, page in enumerate(pages, 1):
        cell = (number - 1) % len(cells)
        with pen.moved(*cells[cell]):
            if sheet.on:
                pen.cut_lines(sheet.width, sheet.height, fold=sheet.fold)
            furniture.draw_head(pen)
            draw_stacked(page, pen, sheet.side, furniture.body_top)
            furniture.draw_foot(pen, number, len(pages))
        if cell == len(cells) - 1 or number == len(pages):
            pen.next_page()
    if places is not None:
        places += composer.places
    return pen.finish(root, title=clean(title), author=clean(author), language=style.language)


def missing_in(story: Sequence[Block], identity: PageIdentity | None = None) -> list[str]:
    """Return the characters of a document that no bundled font has, each once, for the preview to warn of.

    On the page each stands as its name in square brackets.
    """
    return missing_characters("".join(words_in([*story, identity])))


def _paginate(flows: Sequence[Flow], room: float) -> list[list[Flow]]:
    pages: list[list[Flow]] = []
    left = list(flows)
    while left:
        placed, rest = fill(left, room, fresh=True)
        if not placed and rest:
            raise PrintFailed(
                "The page could not be laid out.",
                "Nothing was printed, and the record is unchanged.",
                "Choose a smaller print size and try again.",
            )
        if placed:
            pages.append(placed)
        left = rest
    return pages or [[]]
