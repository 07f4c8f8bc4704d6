"""Pages about the service and about nobody in particular: figures, promises, the look at itself, services near here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from eolc_desktop.documents.blocks import (
    BarOf,
    BarsBlock,
    Block,
    BulletList,
    Heading,
    KeepTogether,
    Paragraph,
    TableBlock,
)
from eolc_desktop.documents.page import PageIdentity, PrintStyle
from eolc_desktop.documents.style import A4, Sheet


@dataclass(frozen=True, slots=True)
class SheetOrder:
    """A page of blocks to be made, with what stands on it."""

    title: str
    file_name: str
    blocks: tuple[Block, ...]
    identity: PageIdentity
    style: PrintStyle
    sheet: Sheet = A4


@dataclass(frozen=True, slots=True)
class Numbers:
    """A table of numbers, and a chart above it with nothing in it that the table does not say."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bars: tuple[BarOf, ...] = ()
    shows: str = ""
    """What the chart shows, where that is not all of the figure."""


@dataclass(frozen=True, slots=True)
class TableOfFigures:
    """One figure on paper: what it is, in words, by whose definition, and its tables."""

    title: str
    says: str
    notes: tuple[str, ...]
    tables: tuple[Numbers, ...] = ()


def figures_sheet(title: str, lead: Sequence[str], figures: Sequence[TableOfFigures]) -> tuple[Block, ...]:
    """Figures one after another, each with its words first and its numbers in tables."""
    blocks: list[Block] = [Heading(title, 1), *(Paragraph(words) for words in lead)]
    for figure in figures:
        head: list[Block] = [Heading(figure.title), *([Paragraph(figure.says)] if figure.says else [])]
        head += [Paragraph(words, small=True) for words in figure.notes]
        parts: list[list[Block]] = []
        for numbers in figure.tables:
            widths = (3.0, *(1.6 for _ in numbers.columns[1:]))
            table: list[Block] = [TableBlock(numbers.columns, numbers.rows, widths)] if numbers.rows else []
            shows = numbers.shows
            chart: list[Block] = []
            if numbers.bars:
                title = f"{figure.title}, {shows}" if shows else figure.title
                chart += [Paragraph(f"{shows[:1].upper()}{shows[1:]}:", small=True)] if shows else []
                chart.append(BarsBlock(f"Bar chart: {title}.", numbers.bars))
            # A chart fills a page soon enough: its table may go on over the next.
            parts += [part for part in (chart, table) if part]
        blocks.append(KeepTogether((*head, *(parts[0] if parts else []))))
        blocks += [KeepTogether(tuple(part)) if len(part) > 1 else part[0] for part in parts[1:]]
    return tuple(blocks)


def list_sheet(
    title: str,
    lead: Sequence[str],
    columns: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    widths: tuple[float, ...],
) -> tuple[Block, ...]:
    """One table under a title."""
    blocks: list[Block] = [Heading(title, 1), *(Paragraph(words) for words in lead)]
    return (*blocks, TableBlock(columns, tuple(rows), widths)) if rows else (*blocks, Paragraph("Nothing is listed."))


def review_sheet(
    title: str,
    lead: Sequence[str],
    parts: Sequence[tuple[str, tuple[str, ...], Sequence[tuple[str, ...]], tuple[float, ...]]],
    notes: Sequence[str],
) -> tuple[Block, ...]:
    """The service's look at itself: a table for each part, meant for one page."""
    blocks: list[Block] = [Heading(title, 1), *(Paragraph(words, small=True) for words in lead)]
    blocks += [TableBlock(columns, tuple(rows), widths, name) for name, columns, rows, widths in parts if rows]
    return (*blocks, BulletList(tuple(notes))) if notes else tuple(blocks)
