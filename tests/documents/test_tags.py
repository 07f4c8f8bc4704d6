"""What those hear who have the page read out, and what software finds in it."""

from __future__ import annotations

import io

import pikepdf
import pytest

from eolc_desktop.documents.blocks import Facts, Heading, OwnWords, Paragraph, TableBlock, Tick, TickList
from eolc_desktop.documents.page import PrintStyle, build
from tests.documents.examples import FACTS, IDENTITY, IN_MANY_SCRIPTS, SENTENCE, plan
from tests.documents.reading import Element, structure


def flat(text: str) -> str:
    return " ".join(text.split())


@pytest.fixture(scope="module")
def whole_plan() -> Element:
    return structure(build("T", IDENTITY, PrintStyle(), plan()))


def test_every_word_is_marked_and_every_mark_has_its_element() -> None:
    pdf = build("T", IDENTITY, PrintStyle(), [*plan(), *(Paragraph(text) for text in IN_MANY_SCRIPTS.values())])
    structure(pdf)
    with pikepdf.open(io.BytesIO(pdf)) as document:
        numbers = document.Root.StructTreeRoot.ParentTree.Nums
        for index, page in enumerate(document.pages):
            begun = [part.operands for part in pikepdf.parse_content_stream(page, "BDC")]
            marked = [int(options["/MCID"]) for _, options in begun if "/MCID" in options]
            assert marked == list(range(len(marked)))
            assert int(page.obj.StructParents) == index
            parents = numbers[2 * index + 1]
            assert len(parents) == len(marked)
            assert all(parent.Type == "/StructElem" for parent in parents)


def test_the_furniture_of_the_page_is_not_read_out(whole_plan: Element) -> None:
    words = whole_plan.words()
    assert "Printed 12 November" not in words
    assert "Page 1 of" not in words
    assert "999 000 0018" not in words
    assert "continued" not in words.lower()
    assert "continues" not in words.lower()


def test_headings_are_headings(whole_plan: Element) -> None:
    headings = [(element.role, flat(element.words())) for element in whole_plan.walk() if element.role[0] == "H"]
    assert headings[:3] == [("H1", "My plan for care"), ("H2", "Who to call first"), ("H2", "What matters to me")]
    assert ("H3", "A smaller heading") in headings


def test_a_table_is_one_table_with_heads_for_columns_and_rows(whole_plan: Element) -> None:
    (table,) = whole_plan.all("Table")
    assert [kid.role for kid in table.kids] == ["Caption", *["TR"] * 12]
    head, first = table.all("TR")[:2]
    assert [(cell.role, cell.attributes.get("Scope")) for cell in head.kids] == [("TH", "Column")] * 3
    assert [(cell.role, cell.attributes.get("Scope")) for cell in first.kids] == [
        ("TH", "Row"),
        ("TD", None),
        ("TD", None),
    ]
    assert flat(first.kids[2].words()) == "Kitchen cupboard, top shelf"


def test_labels_and_values_are_a_list() -> None:
    items = structure(build("T", None, PrintStyle(), [Facts(FACTS)])).all("LI")
    assert [(flat(item.all("Lbl")[0].words()), flat(item.all("LBody")[0].words())) for item in items] == [
        (str(fact.label), flat(f"{fact.value} {fact.note}")) for fact in FACTS
    ]


def test_boxes_say_whether_they_are_ticked() -> None:
    ticks = TickList((Tick("a", True), Tick("b", False), Tick("c", None)))
    figures = structure(build("T", None, PrintStyle(), [ticks])).all("Figure")
    assert [figure.attributes["Alt"] for figure in figures] == ["Ticked", "Not ticked", "Box to tick"]


def test_words_over_two_pages_are_one_element() -> None:
    (quote,) = structure(build("T", None, PrintStyle(), [OwnWords(SENTENCE * 40, "Margaret")])).all("BlockQuote")
    assert [kid.role for kid in quote.kids] == ["P", "P"]
    assert flat(quote.kids[0].words()) == f"“{(SENTENCE * 40).strip()}”"


def test_a_table_made_into_lines_is_still_read_with_its_labels() -> None:
    table = TableBlock(
        ("Medicine", "What it is for", "Where it is"), (("hydromorphone", "breathlessness", "refrigerator"),)
    )
    items = structure(build("T", None, PrintStyle(26), [table])).all("LI")
    assert [flat(item.words()) for item in items][1] == "What it is for breathlessness"


def test_language_and_title_are_set() -> None:
    with pikepdf.open(
        io.BytesIO(build("My plan", IDENTITY, PrintStyle(language="cy"), [Heading("Fy nghynllun", 1)]))
    ) as pdf:
        assert str(pdf.Root.Lang) == "cy"
        assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
        assert bool(pdf.Root.MarkInfo.Marked)
        assert pdf.open_metadata()["dc:title"] == "My plan"


def test_words_in_another_language_say_which() -> None:
    (paragraph,) = structure(build("T", None, PrintStyle(), [Paragraph("Dzień dobry", language="pl")])).all("P")
    assert paragraph.attributes["Lang"] == "pl"
