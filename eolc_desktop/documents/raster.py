"""Pages of a PDF as pictures, for the preview and the printer, and its text: in memory, no Qt, no file."""

from __future__ import annotations

import re
import zlib
from collections.abc import Generator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from eolc_desktop.errors import PrintFailed

_POINTS_PER_INCH = 72
_LINE_END_HYPHEN = re.compile("[\ufffe\x02](?:\r\n)?")


class PixelFormat(StrEnum):
    """How the bytes of a picture are to be read."""

    GREY = "grey"
    """One byte a pixel, 0 black to 255 white (`QImage.Format_Grayscale8`)."""
    BGRX = "bgrx"
    """Four bytes a pixel: blue, green, red, unused (`QImage.Format_RGB32` where the low byte comes first)."""


@dataclass(frozen=True, slots=True)
class PageImage:
    """One page as a picture. `stride` is the number of bytes from one row to the next; the first row is the top one."""

    width: int
    height: int
    stride: int
    pixels: bytes
    format: PixelFormat


@dataclass(frozen=True, slots=True)
class PackedPage:
    """A page drawn for a printer, its pixels packed: a fiftieth of the 9 MB that a page of A4 takes at 300 dpi."""

    page: PageImage
    """The page as it is described, without its pixels."""
    packed: bytes

    @classmethod
    def of(cls, page: PageImage) -> PackedPage:
        """Pack a page."""
        return cls(replace(page, pixels=b""), zlib.compress(page.pixels, 1))

    def unpacked(self) -> PageImage:
        """The page with its pixels again."""
        return replace(self.page, pixels=zlib.decompress(self.packed))


def _open(pdf: bytes) -> Any:
    import pypdfium2  # noqa: PLC0415

    try:
        return pypdfium2.PdfDocument(pdf)
    except pypdfium2.PdfiumError as error:
        raise PrintFailed(
            "The document could not be shown.",
            "Nothing was printed, and the record is unchanged.",
            "Make the document again.",
        ) from error


def pages(pdf: bytes, dpi: int, grey: bool = True) -> Generator[PageImage, None, None]:
    """Draw the pages of a PDF one by one, so that only one picture is in memory at a time.

    `dpi` is dots to the inch: about 110 for a screen, 300 for a printer. Raises `PrintFailed` if it is not a PDF.
    """
    with _open(pdf) as document:
        for page in document:
            bitmap = page.render(scale=dpi / _POINTS_PER_INCH, grayscale=grey, prefer_bgrx=not grey)
            form = PixelFormat.GREY if grey else PixelFormat.BGRX
            picture = PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer), form)
            bitmap.close()
            page.close()
            yield picture


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF has. Raises `PrintFailed` if it is not a PDF."""
    with _open(pdf) as document:
        return len(document)


def text_of(pdf: bytes) -> list[str]:
    """Return the text of each page, as it would be copied from a viewer. Raises `PrintFailed` if it is not a PDF."""
    texts: list[str] = []
    with _open(pdf) as document:
        for page in document:
            words = page.get_textpage()
            # A hyphen at the end of a line comes back as a mark of its own, with the lines joined.
            texts.append(_LINE_END_HYPHEN.sub("-\n", words.get_text_range()).replace("\r\n", "\n"))
            words.close()
            page.close()
    return texts
