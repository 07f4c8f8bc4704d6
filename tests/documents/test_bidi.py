"""Right-to-left text: the standard's own order, except that a number, dose or name is never turned about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest
from bidi import get_display
from hypothesis import given
from hypothesis import strategies as st

from eolc_desktop.documents import bidi, wording
from eolc_desktop.documents.blocks import Block, Fact, Facts, OwnWords, Paragraph, TableBlock
from eolc_desktop.documents.page import PrintStyle, build
from tests.documents.examples import IN_MANY_SCRIPTS
from tests.documents.reading import lines_as_seen

NUMBERS = [
    "999 000 0018",
    "01943 000111",
    "(01943) 000111",
    "+44 1943 000 111",
    "05-Apr-2026",
    "5 April 1941",
    "05/04/1941",
    "2.5 mg – 5 mg",
    "10 mg in 1 mL",
    "120/80",
    "50%",
    "£1,250.50",
    "14:30",
    "Dr Smith 07700 900123",
    "٠١٩٤٣ ٠٠٠١١١",
    "۰۱۹۴۳ ۰۰۰۱۱۱",
]
SENTENCES = {
    "ar": "اتصل على {} في أي وقت",
    "ur": "این ایچ ایس نمبر {} ہے",
    "he": "נא להתקשר אל {} בכל שעה",
}


def on_paper(*blocks: Block) -> list[str]:
    return lines_as_seen(build("A page", None, PrintStyle(), blocks))


def bare(text: str) -> str:
    # Without brackets: the reader turns those of a right-to-left line round in what it reports, not on the page.
    return re.sub(r"[\s()]", "", text)


def stands_whole(number: str, lines: list[str]) -> bool:
    """Whether the number stands on one line, from left to right, in the order it was written."""
    return any(bare(number) in bare(line) for line in lines)


@pytest.mark.parametrize("language", SENTENCES)
@pytest.mark.parametrize("number", NUMBERS)
def test_a_number_inside_right_to_left_text_reads_as_it_was_written(number: str, language: str) -> None:
    lines = on_paper(Paragraph(SENTENCES[language].format(number), language=language))
    assert stands_whole(number, lines), lines


def test_the_check_sees_numbers_that_are_turned_about(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the standard alone would print; for digits in groups the held spaces are a second guard, taken off too."""
    monkeypatch.setattr(bidi, "stretches", lambda *_, **__: [])
    lines = on_paper(Paragraph(SENTENCES["ur"].format("05-Apr-2026"), language="ur"))
    assert stands_whole("Apr-2026-05", lines)
    assert not stands_whole("05-Apr-2026", lines)
    monkeypatch.setattr(wording, "hold", lambda text: text)
    lines = on_paper(Paragraph(SENTENCES["ur"].format("999 000 0018"), language="ur"))
    assert stands_whole("0018 000 999", lines)
    assert not stands_whole("999 000 0018", lines)


@pytest.mark.parametrize(
    "make",
    [
        lambda text: OwnWords(text, "Fatima, 10 November 2026", "ur"),
        lambda text: Facts((Fact("نام", text),)),
        lambda text: TableBlock(("Who", "Words"), ((text, text),)),
        lambda text: Paragraph("\n".join([text, "then in English", text])),
    ],
    ids=["own words", "facts", "table", "lines"],
)
def test_numbers_are_whole_in_every_kind_of_block(make: Callable[[str], Block]) -> None:
    assert stands_whole("999 000 0018", on_paper(make(SENTENCES["ur"].format("999 000 0018"))))


digits = st.text("0123456789", min_size=2, max_size=6)
groups = st.lists(digits, min_size=2, max_size=4)
separators = st.sampled_from([" ", "-", "/", ".", " – ", ":"])
words = st.sampled_from([word for key in ("ar", "ur", "he") for word in IN_MANY_SCRIPTS[key].split()])


@given(st.lists(words, min_size=1, max_size=25), groups, separators, st.lists(words, min_size=1, max_size=25))
def test_any_number_stays_whole_wherever_the_line_ends(
    before: list[str], parts: list[str], separator: str, after: list[str]
) -> None:
    number = separator.join(parts)
    lines = on_paper(Paragraph(" ".join([*before, number, *after]), language="ar"))
    assert stands_whole(number, lines), lines


@given(st.lists(words, min_size=1, max_size=2), digits, digits)
def test_a_number_after_an_arabic_name_in_an_english_line_stays_after_it(name: list[str], a: str, b: str) -> None:
    lines = on_paper(Paragraph(f"Please telephone {' '.join(name)} {a} {b}, or the nurses on 01943 000111."))
    assert stands_whole(f"{a} {b}, or the nurses on", lines), lines


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("رقم 999 000 0018 هو", ["999 000 0018"]),
        ("هاتف (01943) 000111 (Anna Smith) ثم +44 1943 000", ["(01943) 000111 (Anna Smith)", "+44 1943 000"]),
        ("دواء (5 mg) هنا", ["5 mg"]),
        ("نسبة 50% هنا", ["50%"]),
        ("يكلف £5 فقط", ["£5"]),
        ("قال Dr Smith إنه", ["Dr Smith"]),
        ("[grinning face] نعم", ["grinning face"]),
        ("لا أرقام هنا", []),
    ],
)
def test_what_is_held_in_one_piece_inside_right_to_left_text(text: str, held: list[str]) -> None:
    kinds = [unicodedata.bidirectional(character) for character in text]
    assert [text[a:b] for a, b, _ in bidi.stretches(text, kinds, right_to_left=True)] == held


@pytest.mark.parametrize(
    ("text", "language", "right_to_left"),
    [
        ("Margaret", "", False),
        ("محمد", "", True),
        ("دوا 2.5 mg – 5 mg", "", True),
        ("Dr Smith نے کہا کہ وہ کل صبح آئیں گے", "", True),
        ("Call أحمد now", "", False),
        ("أحمد will come at nine with the medicine", "", False),
        ("أحمد", "en-GB", False),
        ("Dr Smith ہے", "ur", True),
        ("Dr Smith ہے", "ur-PK", True),
        ("١٢٣ ٤٥٦", "", False),
    ],
)
def test_the_direction_of_a_paragraph(text: str, language: str, right_to_left: bool) -> None:
    assert bidi.reads_right_to_left(text, language) is right_to_left


alphabet = st.text("אבجدaB019٣٤+-,.:%£ !&؟()[]\u064b", min_size=1, max_size=16)
_EITHER_WAY = str.maketrans("()[]", "||!!")


@given(alphabet, st.booleans())
def test_without_stretches_the_order_is_that_of_the_unicode_standard(text: str, right_to_left: bool) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bidi, "stretches", lambda *_, **__: [])
        levels = bidi.levels(text, right_to_left=right_to_left)
    for index in range(len(text) - 1, -1, -1):  # rule L1: spaces at the end of a line
        if text[index] != " ":
            break
        levels[index] = int(right_to_left)
    ours = "".join(text[n] for n in bidi.visual_order(levels))
    theirs = get_display(text, base_dir="R" if right_to_left else "L")
    assert ours.translate(_EITHER_WAY) == str(theirs).translate(_EITHER_WAY)
