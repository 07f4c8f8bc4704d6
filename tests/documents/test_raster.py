"""Pages as pictures, fit for a printer without colour; the copy for the record; and no file anywhere."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from eolc_desktop.documents import archive
from eolc_desktop.documents.archive import archive_copy
from eolc_desktop.documents.blocks import Paragraph
from eolc_desktop.documents.page import PrintStyle, build
from eolc_desktop.documents.raster import PixelFormat, page_count, pages, text_of
from eolc_desktop.documents.showing import PRINTER_DPI, pages_for_printer
from eolc_desktop.errors import PrintFailed
from tests.documents.examples import IDENTITY, IN_MANY_SCRIPTS, plan


@pytest.fixture(scope="module")
def pdf() -> bytes:
    return build("My plan for care", IDENTITY, PrintStyle(), plan())


def test_every_page_becomes_a_picture_of_the_right_size(pdf: bytes) -> None:
    pictures = list(pages(pdf, 100, grey=True))
    assert len(pictures) == page_count(pdf)
    for picture in pictures:
        assert (picture.width, picture.height) == (827, 1170)
        assert picture.format is PixelFormat.GREY
        assert len(picture.pixels) == picture.stride * picture.height
        assert min(picture.pixels) == 0
        assert picture.pixels.count(255) > 0.8 * len(picture.pixels)


def test_colour_pictures_have_four_bytes_a_pixel_and_no_colour_in_them(pdf: bytes) -> None:
    """Black and white safe: nothing on the page is told apart by colour, and nothing is tinted."""
    picture = next(pages(pdf, 60, grey=False))
    assert picture.format is PixelFormat.BGRX
    assert picture.stride == 4 * picture.width
    blue, green, red = picture.pixels[0::4], picture.pixels[1::4], picture.pixels[2::4]
    assert blue == green == red


def test_a_printer_with_only_black_loses_nothing(pdf: bytes) -> None:
    """At 300 dots to the inch nearly every dot is black or white: no grey that a copier would drop."""
    picture = next(pages(pdf, 300, grey=True))
    ink = [value for value in picture.pixels if value < 250]
    assert sum(1 for value in ink if value > 160) < 0.2 * len(ink)


def test_pages_are_drawn_one_at_a_time(pdf: bytes) -> None:
    drawing = pages(pdf, 30)
    first = next(drawing)
    drawing.close()
    assert first.width


def test_a_page_packed_for_the_printer_is_the_same_and_small(pdf: bytes) -> None:
    drawn = list(pages(pdf, PRINTER_DPI))
    packed = pages_for_printer(pdf)
    assert [page.unpacked() for page in packed] == drawn
    assert sum(len(page.packed) for page in packed) * 10 < sum(len(page.pixels) for page in drawn)


def test_text_comes_page_by_page(pdf: bytes) -> None:
    texts = text_of(pdf)
    assert len(texts) == page_count(pdf)
    assert "Who to call first" in texts[0]
    assert all(
        "05-Apr-2026" in text for text in text_of(build("T", None, PrintStyle(), [Paragraph("x 05-Apr-2026 y")]))
    )


@pytest.mark.parametrize("broken", [b"", b"not a PDF", b"%PDF-1.7\n"])
def test_what_is_not_a_pdf_is_refused_in_words(broken: bytes) -> None:
    for read in (page_count, text_of, lambda data: list(pages(data, 50))):
        with pytest.raises(PrintFailed):
            read(broken)


def test_the_copy_for_the_record_is_confirmed_as_pdf_a() -> None:
    story = [*plan(), *(Paragraph(text, language=tag) for tag, text in IN_MANY_SCRIPTS.items())]
    made = build("My plan for care", IDENTITY, PrintStyle(), story)
    kept = archive_copy(made)
    assert b"pdfaid" in kept
    assert text_of(kept) == text_of(made)
    assert archive_copy(made) == kept
    assert b"pdfaid" not in made


def test_a_copy_the_validator_does_not_confirm_is_not_kept(pdf: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    from pikepdf import pdfa  # noqa: PLC0415

    prepare = pdfa.prepare

    def spoil(document: object, flavour: object) -> object:
        result = prepare(document, flavour)  # type: ignore[arg-type]
        del document.pages[0].obj.Resources.Font["/F1"]  # type: ignore[attr-defined]
        return result

    monkeypatch.setattr(pdfa, "prepare", spoil)
    with pytest.raises(PrintFailed, match="PDF/A-2b"):
        archive.archive_copy(pdf)


_WATCH = """
import sys, io
from eolc_desktop.documents.page import PrintStyle, build
from eolc_desktop.documents.archive import archive_copy
from eolc_desktop.documents.raster import pages, text_of
from eolc_desktop.documents.blocks import Paragraph
def make():
    pdf = build("T", None, PrintStyle(), [Paragraph("ZQXCANARY 汉字 أحمد")])
    list(pages(archive_copy(pdf), 50)); text_of(pdf)
    return pdf
pdf = make()
def watch(event, arguments):
    if event == "open" and (set(str(arguments[1] or "")) & set("wax+") or (arguments[2] or 0) & 3):
        print("WROTE", arguments[0])
sys.addaudithook(watch)
for _ in range(3):
    make()
if "--slip" in sys.argv:
    import pikepdf
    from pikepdf import pdfa
    pdfa.save(pikepdf.open(io.BytesIO(pdf)), io.BytesIO(), "2b")
"""


def test_no_file_is_written_anywhere(tmp_path: Path) -> None:
    def run(*options: str) -> str:
        command = [sys.executable, "-B", "-c", _WATCH, *options]
        environment = {
            **os.environ,
            "PYTHONPATH": str(Path(__file__).parents[2]),
            "TMPDIR": str(tmp_path),
            "HOME": str(tmp_path),
        }
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=tmp_path, env=environment)
        return done.stdout

    assert run() == ""
    assert list(tmp_path.iterdir()) == []
    assert "WROTE" in run("--slip"), "the watch does not see the temporary file it is there for"
