"""Files that are attached: known by what they hold, refused in words when hostile, drawn as pictures."""

from __future__ import annotations

import contextlib
import io
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from eolc_desktop.documents.attached import MAX_BYTES, inspect, page_image
from eolc_desktop.documents.raster import PixelFormat
from eolc_desktop.errors import ImportRefused


def picture(form: str = "PNG", size: tuple[int, int] = (60, 40), colour: str = "red") -> bytes:
    file = io.BytesIO()
    Image.new("RGB", size, colour).save(file, form)
    return file.getvalue()


def pdf(pages: int = 2, locked: str = "") -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, encrypt=locked or None)
    for number in range(pages):
        canvas.drawString(100, 700, f"Page {number + 1}")
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def huge_png() -> bytes:
    """A small file that says it unfolds to 50,000 by 50,000 points."""
    head = b"IHDR" + (50_000).to_bytes(4, "big") * 2 + b"\x08\x02\x00\x00\x00"
    chunk = (13).to_bytes(4, "big") + head + zlib.crc32(head).to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n" + chunk + picture()[33:]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (picture("PNG"), "Picture (PNG), 1 KB"),
        (picture("JPEG"), "Photograph (JPEG), 1 KB"),
        (pdf(2), "PDF, 2 pages, 1 KB"),
    ],
    ids=["png", "jpeg", "pdf"],  # the bytes of a PDF hold the moment it was made
)
def test_a_file_is_known_by_what_it_holds(data: bytes, words: str) -> None:
    assert inspect(data).words.split(", ")[0] == words.split(", ")[0]
    assert inspect(data).pages == (2 if "PDF" in words else 1)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "empty"),
        (b"MZ\x90\x00 a program called photo.jpg", "not a picture or a PDF"),
        (b"GIF89a", "not a picture or a PDF"),
        (picture("PNG")[:40], "damaged"),
        (picture("JPEG")[:200], "damaged"),
        (b"%PDF-1.7 and nothing more", "damaged"),
        (huge_png(), "more points"),
        (pdf(1, locked="secret"), "password"),
        (b"\xff\xd8\xff" + bytes(MAX_BYTES), "MB"),
    ],
    ids=["empty", "program", "gif", "cut png", "cut jpeg", "cut pdf", "bomb", "locked", "large"],
)
def test_a_hostile_or_damaged_file_is_refused_in_words(data: bytes, why: str) -> None:
    with pytest.raises(ImportRefused, match=why):
        inspect(data)


def test_pages_are_drawn_as_wide_as_asked_and_a_picture_never_wider_than_it_is() -> None:
    drawn = page_image(pdf(2), 1, 500)
    assert abs(drawn.width - 500) <= 1
    assert drawn.format is PixelFormat.BGRX
    small = page_image(picture(), 0, 500)
    assert (small.width, small.height, small.stride) == (60, 40, 240)
    assert small.pixels[:3] == b"\x00\x00\xff", "blue, green, red"


def test_a_photograph_taken_sideways_stands_upright() -> None:
    file = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (60, 40)).save(file, "JPEG", exif=exif)
    drawn = page_image(file.getvalue(), 0, 500)
    assert (drawn.width, drawn.height) == (40, 60)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from([picture("PNG"), picture("JPEG"), pdf(1)]), st.data())
def test_no_changed_file_does_more_than_be_refused(data: bytes, draw: st.DataObject) -> None:
    changed = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 6))):
        changed[draw.draw(st.integers(8, len(changed) - 1))] = draw.draw(st.integers(0, 255))
    with contextlib.suppress(ImportRefused):
        found = inspect(bytes(changed))
        page_image(bytes(changed), found.pages - 1, 300)
