"""The square code on every page: a real reader reads it off the picture of the page; it names nobody."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2
import pytest
import zxingcpp

from eolc_desktop.documents.blocks import Paragraph
from eolc_desktop.documents.making import Order, make
from eolc_desktop.documents.page import A4, PrintStyle, Sheet, build
from eolc_desktop.documents.square_code import MODULE, QUIET, square_code, square_side
from tests.documents.examples import IDENTITY, plan
from tests.plans import full_plan


def read(pdf: bytes, dpi: int = 150) -> list[list[str]]:
    """What the reader finds on each page."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [document[n].render(scale=dpi / 72).to_pil().convert("L") for n in range(len(document))]
    return [[found.text for found in zxingcpp.read_barcodes(page)] for page in pages]


@pytest.mark.parametrize("points", [14, 22])
def test_every_page_carries_its_code_and_nothing_else(points: int) -> None:
    identity = replace(IDENTITY, check_code="7K2M9Q")
    pdf = make(Order("family-plan", full_plan(), identity, PrintStyle(base_points=points)))
    found = read(pdf)
    assert len(found) > 3
    assert found == [["EOLC:7K2M9Q"]] * len(found)


def test_a_page_without_a_code_has_no_square() -> None:
    assert set(map(tuple, read(build("A page", replace(IDENTITY, check_code=""), PrintStyle(), plan())))) == {()}


def test_a_card_too_narrow_for_it_has_the_letters_alone() -> None:
    card = Sheet(width=190.0, height=320.0, side=8.0)
    story = [Paragraph("Ring the hospice.")]
    identity = replace(IDENTITY, check_code="7K2M9Q")
    assert set(map(tuple, read(build("A card", identity, PrintStyle(), story, sheet=card)))) == {()}


def test_it_stands_free_and_inside_the_margins() -> None:
    square = square_code("ZZZZZZ")
    assert square_side(square) == (len(square) + 2 * QUIET) * MODULE < A4.measure / 5


def test_the_test_sees_a_square_that_cannot_be_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eolc_desktop.documents.furniture.square_code", lambda _code: ((True,) * 21,) * 21)
    assert read(build("A page", replace(IDENTITY, check_code="7K2M9Q"), PrintStyle(), plan()))[0] == []
