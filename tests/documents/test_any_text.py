"""Any words in any block: nothing lost, nothing over anything else, nothing off the page, no crash."""

from __future__ import annotations

import re
from collections import Counter
from itertools import combinations

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from eolc_desktop.documents import wording
from eolc_desktop.documents.archive import archive_copy
from eolc_desktop.documents.blocks import (
    Block,
    BulletList,
    CallEntry,
    CallFirst,
    Fact,
    Facts,
    Gap,
    Heading,
    KeepTogether,
    NoteBox,
    OwnWords,
    PageBreak,
    Paragraph,
    TableBlock,
    Tick,
    TickList,
    words_in,
)
from eolc_desktop.documents.page import PageIdentity, PrintStyle, build
from eolc_desktop.documents.raster import page_count, text_of
from tests.documents.examples import IN_MANY_SCRIPTS, SENTENCE
from tests.documents.reading import Drawn, letters, structure, what_is_drawn

texts = st.one_of(
    st.text(max_size=60),
    st.sampled_from([*IN_MANY_SCRIPTS.values(), SENTENCE, "Call أحمد on 01943 000111.", "x" * 300, ""]),
    st.builds(
        lambda text, times: text * times, st.sampled_from([SENTENCE, *IN_MANY_SCRIPTS.values()]), st.integers(1, 30)
    ),
)
facts = st.builds(lambda rows: Facts(tuple(rows)), st.lists(st.builds(Fact, texts, texts, texts), max_size=4))
simple = st.one_of(
    st.builds(Heading, texts, st.integers(1, 3)),
    st.builds(Paragraph, texts),
    st.builds(OwnWords, texts, texts),
    facts,
    st.builds(lambda items: BulletList(tuple(items)), st.lists(texts, max_size=4)),
    st.builds(
        lambda items: TickList(tuple(items)),
        st.lists(st.builds(Tick, texts, st.sampled_from([True, False, None]), texts), max_size=3),
    ),
    st.builds(
        lambda rows, title: TableBlock(("One", "Two", "Three"), tuple(rows), (2, 1, 1), title),
        st.lists(st.tuples(texts, texts, texts), max_size=5),
        texts,
    ),
    st.builds(
        lambda title, entries: CallFirst(title, tuple(entries)),
        texts,
        st.lists(st.builds(CallEntry, texts, st.text("0123456789 ", max_size=20), texts, texts), max_size=4),
    ),
    st.builds(Gap, st.floats(0, 300)),
    st.just(PageBreak()),
)
blocks = st.one_of(
    simple,
    st.builds(lambda title, body: NoteBox(title, tuple(body)), texts, st.lists(simple, max_size=3)),
    st.builds(lambda body: KeepTogether(tuple(body)), st.lists(simple, max_size=3)),
)
stories = st.lists(blocks, max_size=6)
styles = st.builds(PrintStyle, st.sampled_from([12.0, 14.0, 16.0, 18.0, 22.0]), st.booleans())
identities = st.one_of(
    st.none(),
    st.builds(
        PageIdentity, texts, texts, texts, texts, texts, texts, texts, texts, st.lists(texts, max_size=3).map(tuple)
    ),
)
slow = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # making a long story short would outlast the test's own time
)


def ink(text: str) -> Counter[str]:
    return Counter(re.sub(r"[\s\u200b]", "", wording.clean(text)))


def overlap(one: Drawn, other: Drawn) -> bool:
    a, b = one.box, other.box
    return a[0] < b[2] - 0.1 and b[0] < a[2] - 0.1 and a[1] < b[3] - 0.1 and b[1] < a[3] - 0.1


@slow
@given(stories, styles, identities)
def test_any_story_is_laid_out_whole(story: list[Block], style: PrintStyle, identity: PageIdentity | None) -> None:
    with what_is_drawn() as drawn:
        pdf = build("My plan for care", identity, style, story)
    by_page: dict[int, list[Drawn]] = {}
    for piece in drawn:
        by_page.setdefault(piece.page, []).append(piece)
        left, foot, right, top = piece.box
        assert left >= 50 or piece.words.width == 0
        assert right <= 595.3 - 50
        assert foot >= 20
        assert top <= 841.9 - 20
    for on_page in by_page.values():
        on_page = [piece for piece in on_page if piece.words.width > 0]
        assert [(a.text(), b.text()) for a, b in combinations(on_page, 2) if overlap(a, b)] == []
    expected = ink("".join(" ".join(words_in(block)) for block in story))
    assert not expected - ink("".join(piece.text() for piece in drawn))
    assert page_count(pdf) == len(by_page)
    structure(pdf)


@slow
@given(st.lists(st.text(st.characters(min_codepoint=33, max_codepoint=0x17F), max_size=200), min_size=1, max_size=8))
def test_any_latin_text_is_in_the_pages_a_reader_copies(words: list[str]) -> None:
    text = " ".join(words)
    copied = "".join(text_of(build("", None, PrintStyle(), [Paragraph(text)])))
    assert "".join(wording.clean(text).split()) in "".join(copied.split())


@slow
@given(st.text(max_size=300))
def test_no_ink_is_off_the_page(text: str) -> None:
    pdf = build("T", None, PrintStyle(22), [OwnWords(text), TableBlock(("A", "B", "C"), ((text, text, text),))])
    for page in range(page_count(pdf)):
        for _, (left, foot, right, top) in letters(pdf, page):
            assert left > -1
            assert foot > -1
            assert right < 596
            assert top < 843


@settings(slow, max_examples=8)
@given(stories, styles)
def test_any_story_passes_the_check_for_long_term_keeping(story: list[Block], style: PrintStyle) -> None:
    archive_copy(build("T", None, style, story))
