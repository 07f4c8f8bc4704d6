"""The guide that comes with the program: its chapters read from `resources/guide`, for the screen and for paper.

A chapter is plain text: `# Title`, `## Heading {#section}`, paragraphs, `- ` and `1. ` lists, tables, and pictures of
the program's own screens, `![what it shows](name)`, which `python -m tests.guide` makes anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import zip_longest
from pathlib import Path

from eolc_desktop.documents.blocks import Block, BulletList, Heading, PageBreak, Paragraph, Picture, TableBlock
from eolc_desktop.documents.page import build
from eolc_desktop.documents.style import PrintStyle
from eolc_desktop.paths import resources

TITLE = "Guide to EoLC Desktop"
POINTS = 12
_SECTION = re.compile(r" *\{#([a-z-]+)\} *$")
_PICTURE = re.compile(r"^!\[([^\]]+)\]\(([a-z0-9-]+)\)$")
_NUMBERED = re.compile(r"^\d+\. ")
KEYS_HEAD = ("Do this", "Press")
_KEYS = "KEYS"
"""Where the list of keys stands."""


@dataclass(frozen=True, slots=True)
class Part:
    """What stands under one section of a chapter. `key` is what a screen names to open the guide there."""

    key: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """One chapter: its key ("a-visit"), its title, and its parts in order."""

    key: str
    title: str
    parts: tuple[Part, ...]

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The whole chapter, with its title."""
        return (Heading(self.title, 1), *(block for part in self.parts for block in part.blocks))


def folder() -> Path:
    """Where the guide's texts and pictures are."""
    return resources() / "guide"


@cache
def chapters() -> tuple[Chapter, ...]:
    """Every chapter, in order. The files are named by their place: `2-a-visit.md`."""
    files = sorted(folder().glob("*.md"), key=lambda path: int(path.name.partition("-")[0]))
    return tuple(_chapter(path.stem.partition("-")[2], path.read_text(encoding="utf-8")) for path in files)


def _chapter(key: str, text: str) -> Chapter:
    title, parts = "", []
    blocks: list[Block] = []
    section = ""
    for piece in (part.strip() for part in text.split("\n\n") if part.strip()):
        named = _SECTION.search(piece)
        words = _SECTION.sub("", piece)
        if piece.startswith("# "):
            title = words.removeprefix("# ")
            continue
        if named and (blocks or section):
            parts.append(Part(section, tuple(blocks)))
            blocks = []
        if named:
            section = named[1]
        blocks.extend(_blocks(words))
    parts.append(Part(section, tuple(blocks)))
    return Chapter(key, title, tuple(parts))


def _blocks(words: str) -> Iterator[Block]:
    lines = words.splitlines()
    if words.startswith("## "):
        yield Heading(words.removeprefix("## "), 2)
    elif words == _KEYS:
        yield TableBlock(KEYS_HEAD, keys(), (3, 2))
    elif pictured := _PICTURE.match(words):
        yield Picture((folder() / "pictures" / f"{pictured[2]}.png").read_bytes(), pictured[1])
    elif words.startswith("- "):
        yield BulletList(tuple(line.removeprefix("- ") for line in lines))
    elif _NUMBERED.match(words):
        yield BulletList(tuple(_NUMBERED.sub("", line) for line in lines), numbered=True)
    elif words.startswith("|"):
        head, _line, *rows = ([cell.strip() for cell in line.strip("|").split("|")] for line in lines)
        yield TableBlock(tuple(head), tuple(tuple(row) for row in rows), (1, 3))
    else:
        yield Paragraph(" ".join(lines))


def keys() -> tuple[tuple[str, str], ...]:
    """What can be done by key, and the keys: one line each in `keys.txt`, which a test compares with the program."""
    lines = (folder() / "keys.txt").read_text(encoding="utf-8").splitlines()
    return tuple((does.strip(), pressed.strip()) for does, _, pressed in (line.partition(" | ") for line in lines))


def _on_a_card(table: TableBlock) -> TableBlock:
    """The keys in two columns beside each other, so that they stand on one page."""
    if table.head != KEYS_HEAD:
        return table
    half = (len(table.rows) + 1) // 2
    beside = zip_longest(table.rows[:half], table.rows[half:], fillvalue=("", ""))
    return TableBlock(table.head * 2, tuple((*left, *right) for left, right in beside), (3, 2, 3, 2), row_heads=False)


def make_guide(wanted: Sequence[str] = ()) -> bytes:
    """Make the chapters with these keys, or the whole guide, as a PDF in memory."""
    chosen = [chapter for chapter in chapters() if not wanted or chapter.key in wanted]
    story: list[Block] = []
    for chapter in chosen:
        story += [PageBreak()] if story else []
        story += [_on_a_card(block) if isinstance(block, TableBlock) else block for block in chapter.blocks]
    return build(chosen[0].title if len(chosen) == 1 else TITLE, None, PrintStyle(base_points=POINTS), story)
