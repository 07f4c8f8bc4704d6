"""Setting text: every script in a font that has it, nothing lost or cut off, numbers and doses never split."""

from __future__ import annotations

import unicodedata
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from eolc_desktop.documents import fonts, wording
from eolc_desktop.documents.blocks import Paragraph, Span
from eolc_desktop.documents.fonts import FAMILIES, family_of, missing_characters, typeface
from eolc_desktop.documents.page import PrintStyle, build
from eolc_desktop.documents.raster import text_of
from eolc_desktop.documents.text import SetText, Typesetter
from eolc_desktop.paths import resources
from tests.documents.examples import IN_MANY_SCRIPTS
from tests.documents.reading import structure

anything = st.text(max_size=120)
hostile = st.one_of(
    anything,
    st.text(st.characters(categories=["L", "M", "N", "P", "S"]), max_size=80),
    st.text("نصà ়্́‍‌কি9 (", max_size=60),
    st.text("wi.", min_size=80, max_size=400),
    st.sampled_from(list(IN_MANY_SCRIPTS.values())),
)


def lines_of(text: str, size: float = 14, width: float = 300) -> list[str]:
    return [line_text(line) for line in Typesetter().set(text, size, width).lines]


def line_text(line: object) -> str:
    return "".join(piece.text for piece in line.pieces)  # type: ignore[attr-defined]


def drawn(words: SetText) -> str:
    return "".join(line_text(line) for line in words.lines)


@pytest.mark.parametrize("language", IN_MANY_SCRIPTS)
def test_every_script_has_its_letters(language: str) -> None:
    assert missing_characters(IN_MANY_SCRIPTS[language]) == []


@pytest.mark.parametrize("language", sorted(set(IN_MANY_SCRIPTS) - {"ar", "ur", "he"}))
def test_every_left_to_right_script_copies_out_as_it_was_typed(language: str) -> None:
    text = IN_MANY_SCRIPTS[language]
    copied = text_of(build("T", None, PrintStyle(), [Paragraph(text, language=language)]))[0]
    assert "".join(unicodedata.normalize("NFC", text).split()) in "".join(copied.split())


@pytest.mark.parametrize("language", ["ar", "ur", "he"])
def test_right_to_left_words_copy_out_and_are_read_out_as_typed(language: str) -> None:
    text = IN_MANY_SCRIPTS[language]
    pdf = build("T", None, PrintStyle(), [Paragraph(text, language=language)])
    copied = text_of(pdf)[0]
    assert [word for word in text.rstrip(".۔").split() if word not in copied] == []
    spoken = structure(pdf).all("P")[0]
    assert spoken.attributes["ActualText"] == text
    assert spoken.attributes["Lang"] == language


def test_two_letters_of_one_shape_copy_out_as_themselves() -> None:
    maksura, ghunna = "\u0628\u0649\u0628", "\u0628\u06ba\u0628"  # in the middle of a word both lose their dots
    pdf = build("T", None, PrintStyle(), [Paragraph(f"{maksura} {ghunna}")])
    assert maksura in text_of(pdf)[0]
    assert ghunna in text_of(pdf)[0]


@pytest.mark.parametrize("sign", "→←↑↓≥≤≠±×÷½¼°µ☐☑☒✓✔✗☎⚠•●■★♥–—…‘’“”£€₹™−②")
def test_ordinary_signs_have_a_font(sign: str) -> None:
    assert missing_characters(sign) == []


def test_what_no_font_has_is_reported_and_printed_in_words() -> None:
    text = "Thank you 😀 \ue000 \ud800 ok"
    assert missing_characters(text) == ["😀", "\ue000", "\ud800"]
    assert lines_of(text, width=900) == ["Thank you [grinning face] [character U+E000] [character U+D800] ok"]


@given(hostile)
@example("\u0e33\u200b\u1a60é́́́́́́")
@example("\U0001f469\u200d\U0001f469\u200d\U0001f467 \ufe0f\u20e3")
def test_no_text_is_ever_drawn_as_an_empty_box(text: str) -> None:
    for line in Typesetter().set(text, 14, 200).lines:
        for piece in line.pieces:
            assert [text for glyph, text in piece.meanings if glyph == 0] == []


@given(hostile, st.floats(12, 26), st.floats(90, 500))
def test_nothing_is_lost_and_no_line_is_too_long(text: str, size: float, width: float) -> None:
    words = Typesetter().set(text, size, width)
    expected = Counter(wording.clean(text)) - Counter(dict.fromkeys(" \n\u00a0\u200b", 10_000))
    assert Counter(drawn(words).replace(" ", "")) == expected
    assert max(line.width for line in words.lines) <= width + 0.01


@given(st.text("abc 12é", max_size=200))
def test_left_to_right_words_keep_their_order(text: str) -> None:
    assert "".join(lines_of(text, width=120)).replace(" ", "") == "".join(text.split())


@pytest.mark.parametrize(
    "together",
    [
        "999 000 0018",
        "01943 000111",
        "(01943) 000111",
        "2.5 mg",
        "2.5 mg – 5 mg",
        "10 mg in 1 mL",
        "12 November 2026",
        "Dr Smith",
    ],
)
def test_a_number_dose_or_date_is_never_split_over_lines(together: str) -> None:
    for width in range(150, 420, 7):
        lines = lines_of(f"Please remember that it is {together} and no other, whatever anyone says.", width=width)
        assert any(together in line for line in lines), lines


def test_words_are_not_hyphenated_and_lines_end_only_at_spaces() -> None:
    text = "mother-in-law’s notwithstanding breathlessness"
    assert lines_of(text, width=120) == text.split()


def test_a_word_longer_than_its_line_is_cut_after_a_sign_else_between_letters() -> None:
    assert lines_of("https://example.org/very/long/address/of/a/page", width=200)[0].endswith("/")
    whole = "W" * 100
    assert "".join(lines_of(whole)) == whole


def test_a_letter_and_its_marks_stay_together_when_a_word_is_cut() -> None:
    for line in lines_of("কি" * 60, width=100):
        assert unicodedata.category(line[0]) == "Lo"


def test_chinese_lines_do_not_start_with_a_stop() -> None:
    assert all(line[0] not in "，。" for line in lines_of(IN_MANY_SCRIPTS["zh"] * 4, width=100))


def test_line_breaks_are_kept_and_spaces_run_together() -> None:
    assert lines_of("one\r\ntwo\n\nfour \t five") == ["one", "two", "", "four five"]


def test_hidden_marks_of_direction_are_taken_out() -> None:
    assert lines_of("call \u202d01943\u202c \u200f000\u200e111\u2069") == ["call 01943 000111"]


def test_joiners_stay_where_a_script_needs_them_and_only_there() -> None:
    assert wording.clean("می\u200cخواهم a\u200db") == "می\u200cخواهم ab"


def test_bold_words_and_kept_words_are_set_among_others() -> None:
    words = Typesetter().set(("Call ", Span("01943 000 111 222", bold=True, keep=True), "."), 14, 130)
    assert [line_text(line) for line in words.lines] == ["Call", "01943 000 111 222."]
    assert [piece.face.bold for piece in words.lines[1].pieces] == [True, False]


def test_scripts_are_set_high_enough_for_their_marks() -> None:
    setter = Typesetter()
    assert setter.set(IN_MANY_SCRIPTS["ur"], 14, 300).leading > setter.set("English", 14, 300).leading


@pytest.mark.parametrize("name", FAMILIES)
def test_each_bundled_font_opens_and_is_used(name: str) -> None:
    face = typeface(name)
    assert face.characters
    assert any(family_of(chr(code)) == name for code in sorted(face.characters))


def test_every_font_is_bundled_with_its_licence() -> None:
    folder = resources() / "fonts"
    files = {path.name for path in folder.iterdir() if path.suffix in (".ttf", ".ttc")}
    assert files == {file for family in FAMILIES.values() for file in (family.regular, family.bold) if file}
    assert "SIL OPEN FONT LICENSE" in (folder / "OFL.txt").read_text(encoding="utf-8")
    assert "Apache License" in (folder / "Apache-2.0.txt").read_text(encoding="utf-8")
    assert sum(path.stat().st_size for path in folder.iterdir()) < 14_000_000


def test_fonts_without_a_bold_file_are_drawn_thicker() -> None:
    assert typeface("cjk", bold=True).thicken
    assert not typeface("sans", bold=True).thicken
    assert fonts.typeface("cjk", bold=True).path == typeface("cjk").path
