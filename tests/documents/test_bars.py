"""Bar charts on paper: as long as their numbers, read out in words, and whole on one page."""

from __future__ import annotations

from eolc_desktop.documents.blocks import BarOf, BarsBlock, Paragraph
from eolc_desktop.documents.page import PrintStyle, build
from eolc_desktop.documents.raster import page_count, pages, text_of
from tests.documents.reading import structure

SHARES = (0.0, 0.25, 0.5, 1.0)
CHART = BarsBlock(
    "Bar chart: Died at home.",
    tuple(BarOf(f"Group {n}", share, f"{100 * share:.0f} in 100") for n, share in enumerate(SHARES)),
)


def dark_runs(pdf: bytes) -> list[int]:
    """The longest run of black in each row of pixels of the first page that has one of some length."""
    page = next(iter(pages(pdf, 72)))
    rows = [page.pixels[at : at + page.width] for at in range(0, page.stride * page.height, page.stride)]
    return [max(map(len, row.translate(_BLACK_OR_NOT).split(b" "))) for row in rows]


_BLACK_OR_NOT = bytes(ord("#") if level < 100 else ord(" ") for level in range(256))


def test_a_bar_is_as_long_as_its_number() -> None:
    runs = dark_runs(build("T", None, PrintStyle(), [CHART]))
    # Each bar is several rows of pixels high; thin frames and letters are not.
    lengths = [
        run for run, following, third in zip(runs, runs[1:], runs[2:], strict=False) if run == following == third
    ]
    long = sorted({length for length in lengths if length > 20})
    assert len(long) == 3, "nothing is drawn for none"
    quarter, half, whole = long
    assert abs(half - 2 * quarter) <= 2
    assert abs(whole - 2 * half) <= 3


def test_a_chart_is_one_figure_that_is_read_out_in_words() -> None:
    (figure,) = structure(build("T", None, PrintStyle(), [CHART])).all("Figure")
    assert figure.attributes["Alt"] == (
        "Bar chart: Died at home. Group 0: 0 in 100; Group 1: 25 in 100; Group 2: 50 in 100; Group 3: 100 in 100."
    )
    assert "Group 3" in text_of(build("T", None, PrintStyle(), [CHART]))[0]


def test_a_chart_is_never_torn() -> None:
    for above in range(30, 48):
        pdf = build("T", None, PrintStyle(), [*(Paragraph("A line") for _ in range(above)), CHART])
        holding = [[f"Group {n}" in page for n in range(4)] for page in text_of(pdf)]
        assert page_count(pdf) == len(holding)
        assert all(all(found) or not any(found) for found in holding)
        assert any(all(found) for found in holding)


def test_a_chart_of_nothing_takes_no_room() -> None:
    assert structure(build("T", None, PrintStyle(), [Paragraph("A"), BarsBlock("Bar chart.", ())])).all("Figure") == []
