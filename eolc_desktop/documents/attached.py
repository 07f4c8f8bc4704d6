"""Scans and photographs: what a file really is, and its pages as pictures. In the worker process, in memory only."""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import Any

from eolc_desktop.documents.raster import PageImage, PixelFormat
from eolc_desktop.errors import ImportRefused

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 60_000_000
MAX_PAGES = 200
JPEG, PNG, PDF = "image/jpeg", "image/png", "application/pdf"
WORDS = {JPEG: "Photograph (JPEG)", PNG: "Picture (PNG)", PDF: "PDF"}
"""The kinds of file that can be attached, and what they are called."""
WIDEST = 4_000
"""Pixels of the widest picture that is drawn: what a screen can show at its largest."""


@dataclass(frozen=True, slots=True)
class Inspected:
    """A file that was looked through from end to end and can be kept."""

    media_type: str
    size: int
    pages: int

    @property
    def words(self) -> str:
        """What it is, in words: "PDF, 3 pages, 240 KB"."""
        pages = f", {self.pages} pages" if self.pages > 1 else ""
        size = f"{self.size / 1024 / 1024:.1f} MB" if self.size >= 1024 * 1024 else f"{max(1, self.size // 1024)} KB"
        return f"{WORDS[self.media_type]}{pages}, {size}"


def _refused(happened: str, next_step: str = "Choose a JPEG or PNG picture, or a PDF.") -> ImportRefused:
    return ImportRefused(happened, "Nothing was added, and the record is unchanged.", next_step)


def kind_of(data: bytes) -> str:
    """The kind of a file by its first bytes, whatever its name says. Raises ImportRefused for any other kind."""
    if data.startswith(b"\xff\xd8\xff"):
        return JPEG
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return PNG
    if data.startswith(b"%PDF-"):
        return PDF
    if not data:
        raise _refused("This file is empty.", "Scan or photograph it again.")
    raise _refused("This is not a picture or a PDF that the program can show.")


def inspect(data: bytes) -> Inspected:
    """Look a file through before it is kept: its kind, its size, and whether every page can be opened.

    Raises ImportRefused, in words, for a file that is too large, damaged, locked with a password, or not what it
    seems: a small file may unfold to a picture larger than the memory.
    """
    if len(data) > MAX_BYTES:
        raise _refused(
            f"This file is {len(data) / 1024 / 1024:.0f} MB; up to {MAX_BYTES // 1024 // 1024} MB can be attached.",
            "Scan it at a lower resolution, or take the photograph in a smaller size.",
        )
    kind = kind_of(data)
    if kind == PDF:
        with _pdf(data) as document:
            pages = len(document)
            if not 1 <= pages <= MAX_PAGES:
                raise _refused(f"This PDF has {pages} pages; 1 to {MAX_PAGES} can be attached.")
            for number in range(pages):
                _size_of(document, number)
        return Inspected(kind, len(data), pages)
    _decoded(data).close()
    return Inspected(kind, len(data), 1)


def page_image(data: bytes, page: int, width: int) -> PageImage:
    """Draw one page so many pixels wide (a picture never wider than it is). Raises ImportRefused."""
    width = max(50, min(width, WIDEST))
    if kind_of(data) == PDF:
        with _pdf(data) as document:
            points, height = _size_of(document, page)
            scale = min(width / points, (MAX_PIXELS / (points * height)) ** 0.5)
            sheet = document[page]
            bitmap = sheet.render(scale=scale, prefer_bgrx=True)
            drawn = PageImage(bitmap.width, bitmap.height, bitmap.stride, bytes(bitmap.buffer), PixelFormat.BGRX)
            bitmap.close()
            sheet.close()
            return drawn
    picture = _decoded(data)
    if picture.width > width:
        picture = picture.resize((width, max(1, round(picture.height * width / picture.width))))
    return PageImage(picture.width, picture.height, picture.width * 4, picture.tobytes("raw", "BGRX"), PixelFormat.BGRX)


def _pdf(data: bytes) -> Any:
    import pypdfium2  # noqa: PLC0415

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise _refused("This PDF is locked with a password.", "Save it without one, then add it.") from None
        raise _refused("This PDF is damaged and cannot be shown.", "Scan it again.") from None


def _size_of(document: Any, page: int) -> tuple[float, float]:
    import pypdfium2  # noqa: PLC0415

    try:
        width, height = document.get_page_size(page)
    except (pypdfium2.PdfiumError, IndexError):
        width = height = 0.0
    if not (1 <= width <= 20_000 and 1 <= height <= 20_000):
        raise _refused("A page of this PDF is damaged or of no size that paper has.", "Scan it again.")
    return width, height


def _decoded(data: bytes) -> Any:
    """A picture the right way up, on white. Whatever a damaged file makes the decoder do becomes a refusal."""
    from PIL import Image, ImageOps  # noqa: PLC0415

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
            if picture.width * picture.height > MAX_PIXELS:
                raise _refused("This picture has more points than can be shown.", "Save it in a smaller size.")
            upright = ImageOps.exif_transpose(picture)
            if upright.mode in ("RGBA", "LA", "P", "PA"):
                layered = upright.convert("RGBA")
                ground = Image.new("RGBA", layered.size, "white")
                return Image.alpha_composite(ground, layered).convert("RGB")
            return upright.convert("RGB")
    except ImportRefused:
        raise
    except Image.DecompressionBombError:
        raise _refused("This picture has more points than can be shown.", "Save it in a smaller size.") from None
    except Exception:  # noqa: BLE001 - a decoder given a hostile file may raise anything
        raise _refused("This picture is damaged and cannot be shown.", "Take it again, or save it anew.") from None
