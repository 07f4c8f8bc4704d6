"""What the print page asks of the worker process: a document made, and its pages as pictures."""

from __future__ import annotations

from dataclasses import dataclass

from eolc_desktop.documents.making import Order, make
from eolc_desktop.documents.raster import PackedPage, PageImage, pages

PREVIEW_DPI = 110
PRINTER_DPI = 300
"""Enough for 12 point text on paper; 600 took four times as long and 450 MB (ux.md §9.5)."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A document and the pictures of its pages, all in memory; `check_code` says which order it was made from."""

    check_code: str
    pdf: bytes
    pages: tuple[PageImage, ...]


def make_and_show(order: Order) -> Shown:
    """Make a document and draw its pages for the screen."""
    pdf = make(order)
    return Shown(order.identity.check_code, pdf, tuple(pages(pdf, PREVIEW_DPI, grey=True)))


def make_for_printer(order: Order) -> tuple[PackedPage, ...]:
    """Make a document and draw its pages for a printer."""
    return pages_for_printer(make(order))


def pages_for_printer(pdf: bytes) -> tuple[PackedPage, ...]:
    """Draw the pages of a document for a printer."""
    return tuple(PackedPage.of(page) for page in pages(pdf, PRINTER_DPI, grey=True))
