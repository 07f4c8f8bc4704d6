"""Text made ready for the page before it is set: nothing invisible, nothing no font can draw, numbers held together."""

from __future__ import annotations

import re
import unicodedata

from eolc_desktop.documents.fonts import INVISIBLE, drawn_by_sans, family_of, in_words

NBSP = "\u00a0"

_UNITS = (
    "mg|micrograms?|mcg|nanograms?|g|kg|ml|mL|l|L|units?|mmol|mmHg|cm|mm|m|pt|am|pm|hours?|hrs?|minutes?|mins?|days?|weeks?|"
    "months?|years?|tablets?|capsules?|drops?|patch(?:es)?|puffs?|times|"
    "January|February|March|April|May|June|July|August|September|October|November|December"
)
_HELD = re.compile(
    rf"(?<=\d) (?=\d)|(?<=\d\)) (?=\d)|(?<=\d) (?=(?:{_UNITS})\b)|(?<=\d) (?=%)"
    r"|(?<=\b(?:GP|Dr|Mr|Ms|No)\.) (?=\S)|(?<=\b(?:Dr|Mr|Ms)) (?=\w)|(?<=\bMrs) (?=\w)|(?<=\bNo\.) (?=\d)"
)
_RANGE = re.compile(rf"(\d(?:{NBSP}(?:{_UNITS}))?) (in|per|to|[–/x×-]) (?=\d)")
_MONTH_YEAR = re.compile(
    r"\b(January|February|March|April|May|June|July|August|September|October|November|December) (?=\d{4}\b)"
)
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_OTHER_SPACES = re.compile("[\t\x1f\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]")
_HELD_SPACES = re.compile("[\u2007\u202f]")
_JOINER_ALONE = re.compile("(?<![\u0600-\u0dff\u1000-\u109f\u1780-\u17ff])[\u200c\u200d]")
_SPELLED_OUT = {"\ufdfd": "بسم الله الرحمن الرحيم"}
"""One sign as wide as six letters; its words are easier to read and fit every column."""
_MARKS_TOGETHER = 3


def clean(text: str) -> str:
    """Return the text as it will stand on the page, with `\\n` between lines.

    Nothing with ink is lost: a character no bundled font has stands as its name in square brackets. What
    goes is invisible (`fonts.INVISIBLE`); letters and accents are joined (NFC). A pile of more marks on one letter
    than any language writes is taken apart, so that it cannot grow over the lines around it.
    """
    if text.isascii() and text.isprintable():
        return text
    text = _LINE_ENDS.sub("\n", text)
    text = _OTHER_SPACES.sub(" ", _HELD_SPACES.sub(NBSP, text))
    text = INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    if drawn_by_sans(text.replace("\n", "")) and not _has_piled_marks(text):
        return text
    text = _JOINER_ALONE.sub("", text)
    for sign, words in _SPELLED_OUT.items():
        text = text.replace(sign, words)
    kept = "\n\u200b\u200c\u200d"
    lost = {ch: in_words(ch) for ch in set(text) if ch not in kept and not family_of(ch)}
    if lost:
        text = "".join(lost.get(ch, ch) for ch in text)
    return _apart(text) if _has_piled_marks(text) else text


def _has_piled_marks(text: str) -> bool:
    run = 0
    for ch in text:
        run = run + 1 if ch > "\u02ff" and unicodedata.category(ch) in ("Mn", "Me") else 0
        if run > _MARKS_TOGETHER:
            return True
    return False


def _apart(text: str) -> str:
    out: list[str] = []
    run = 0
    for ch in text:
        run = run + 1 if unicodedata.category(ch) in ("Mn", "Me") else 0
        if run > _MARKS_TOGETHER:
            out.append(NBSP)
            run = 1
        out.append(ch)
    return "".join(out)


def hold(text: str) -> str:
    """Return the text with no-break spaces where a line must not end, each in the place of one space.

    Inside a number (NHS number, telephone), a date, a dose and its range ("10 mg in 1 mL"), after "Dr". The length
    stays the same.
    """
    text = _MONTH_YEAR.sub(rf"\1{NBSP}", _HELD.sub(NBSP, text))
    return _RANGE.sub(rf"\1{NBSP}\2{NBSP}", text)


def unbroken(text: str) -> str:
    """Return the text with every space held, for what must stand on one line, such as a telephone number."""
    return text.replace(" ", NBSP)


def may_break_inside(before: str, after: str) -> bool:
    """Return whether a word too long for its line may be cut between two characters: never a letter from its marks."""
    if after in "\u200c\u200d" or before == "\u200d" or unicodedata.category(after).startswith("M"):
        return False
    return unicodedata.combining(before) != 9  # a virama holds the next letter


_IDEOGRAPHS = re.compile(
    "[\u2e80-\u2fff\u3003-\u3007\u3012-\u3013\u3020-\u30ff\u3100-\u9fff\uf900-\ufaff\uff10-\uff19\uff21-\uff9f]"
)
_NOT_AT_START = frozenset(
    "、。，．：；！？）〕］｝〉》」』】〗〙ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々〻ゝゞ・"  # East Asian
    "%,.!?:;)]}’”…"
)
_NOT_AT_END = frozenset("（〔［｛〈《「『【〖〘([{‘“£$¥")


def breaks_between(before: str, after: str) -> bool:
    """Return whether a line may end between two characters without a space: in Chinese and Japanese only."""
    if before < "\u2000" and after < "\u2000":
        return False
    if before in _NOT_AT_END or after in _NOT_AT_START or not may_break_inside(before, after):
        return False
    return any(_IDEOGRAPHS.match(sign) for sign in (before, after)) or before in "、。，；：！？）」』"
