"""Text set in lines: the right font for every character, right-to-left in its order, whole words, nothing cut off."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from eolc_desktop.documents import bidi, wording
from eolc_desktop.documents.blocks import Span, Text
from eolc_desktop.documents.fonts import EM, Typeface, drawn_by_sans, family_of, typeface
from eolc_desktop.documents.shaping import Shaped, shape, space

LEADING = 1.4
"""The usual distance between lines, in type sizes."""
_LONGEST_WORD = 34
_BREAKS_AFTER = frozenset("/-@._\u00a0")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of set text. `pieces` stand from left to right; `width` is in points."""

    pieces: tuple[Shaped, ...]
    width: float
    right_to_left: bool = False


@dataclass(frozen=True, slots=True)
class SetText:
    """Text in lines for one width. All measures in points; `baseline` is the way down from the top of a line."""

    lines: tuple[Line, ...]
    size: float
    leading: float
    baseline: float

    @property
    def height(self) -> float:
        """Height of all the lines."""
        return self.leading * len(self.lines)

    @property
    def width(self) -> float:
        """Width of the longest line."""
        return max((line.width for line in self.lines), default=0.0)

    def part(self, start: int, end: int | None = None) -> SetText:
        """Return some of the lines."""
        return SetText(self.lines[start:end], self.size, self.leading, self.baseline)


@dataclass(frozen=True, slots=True)
class _Word:
    """What a line may not end inside. `gap`: whether a space comes before it."""

    pieces: tuple[tuple[Shaped, int], ...]
    width: float
    gap: bool
    gap_level: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Source:
    """One line of the author's text, character by character: which are bold, and which way each is read."""

    text: str
    bold: Sequence[bool]
    levels: Sequence[int]
    right_to_left: bool
    language: str


def plain(text: Text) -> str:
    """Return the words of a text without their emphasis."""
    if isinstance(text, str):
        return text
    parts: Iterable[str | Span] = (text,) if isinstance(text, Span) else text
    return "".join(part if isinstance(part, str) else part.text for part in parts)


class Typesetter:
    """Sets text for one document, keeping each word it has shaped until the document is done."""

    def __init__(self, leading: float = LEADING) -> None:
        self._leading = leading
        self._shaped: dict[tuple[str, str, bool, bool, str], Shaped] = {}

    def set(self, text: Text, size: float, width: float, *, bold: bool = False, language: str = "") -> SetText:
        """Set a text in lines no wider than `width` points at `size` points.

        Lines end at spaces, and between the signs of Chinese and Japanese; a longer word is cut between
        letters. `language` is the tag of the words if it is known and not English; it settles the direction.
        """
        lines: list[Line] = []
        faces: set[Typeface] = {typeface("sans", bold)}
        limit = width / size * EM
        for source in self._sources(text, bold, language):
            for line in self._fill(self._words(source), source, limit):
                lines.append(Line(line.pieces, line.width * size / EM, line.right_to_left))
                faces.update(piece.face for piece in line.pieces if piece.face.complex_script)
        ascent = max(face.ascent * face.optical for face in faces) / EM
        descent = max(face.descent * face.optical for face in faces) / EM
        # Latin, Greek and Cyrillic letters leave their line's box nearly empty: only taller scripts need all of it.
        tall = any(face.complex_script for face in faces) or self._leading >= ascent + descent
        leading = max(self._leading, ascent + descent) if tall else self._leading
        return SetText(tuple(lines), size, leading * size, (ascent + (leading - ascent - descent) / 2) * size)

    def longest_word(self, text: Text, size: float, *, bold: bool = False) -> float:
        """Return the width in points of the longest word of a text: no line of it can be narrower without a cut.

        An address of the web, or letters without end, does not count: it is cut in any case.
        """
        words = (word for source in self._sources(text, bold, "") for word in self._words(source))
        return max((word.width for word in words if word.end - word.start <= _LONGEST_WORD), default=0.0) * size / EM

    def _sources(self, text: Text, bold: bool, language: str) -> Iterator[_Source]:
        if isinstance(text, str):
            cleaned = wording.clean(text)
            flags: list[bool] = []
        else:
            cleaned, flags = "", []
            for part in (text,) if isinstance(text, Span) else text:
                span = part if isinstance(part, Span) else Span(part)
                words = wording.clean(span.text)
                cleaned += wording.unbroken(words) if span.keep else words
                flags += [span.bold or bold] * len(words)
        cleaned = wording.hold(cleaned)
        at = 0
        for part in cleaned.split("\n"):
            heavy = flags[at : at + len(part)] if flags else [bold] * len(part)
            at += len(part) + 1
            if bidi.has_right_to_left(part):
                rtl = bidi.reads_right_to_left(part, language)
                yield _Source(part, heavy, bidi.levels(part, right_to_left=rtl), rtl, language)
            else:
                yield _Source(part, heavy, (), False, language)

    def _words(self, source: _Source) -> Iterator[_Word]:
        text = source.text
        if not text:
            return
        if not source.levels and len(set(source.bold)) == 1 and "\u200b" not in text and drawn_by_sans(text):
            yield from self._plain_words(source)
            return
        start, length, gap = 0, len(text), False
        while start < length:
            if text[start] in " \u200b":
                gap = gap or text[start] == " "
                start += 1
                continue
            end = start + 1
            while end < length and text[end] not in " \u200b" and not wording.breaks_between(text[end - 1], text[end]):
                end += 1
            yield self._word(source, start, end, gap)
            gap = False
            start = end

    def _plain_words(self, source: _Source) -> Iterator[_Word]:
        """Return the words of a line that the ordinary family draws from left to right: nearly all there is."""
        bold, at = source.bold[0], 0
        for word in source.text.split(" "):
            if word:
                piece = self._piece(word, "sans", bold, False, source.language)
                yield _Word(((piece, 0),), piece.width, at > 0, 0, at, at + len(word))
            at += len(word) + 1

    def _word(self, source: _Source, start: int, end: int, gap: bool) -> _Word:
        pieces: list[tuple[Shaped, int]] = []
        for a, b, family in _runs(source, start, end):
            level = source.levels[a] if source.levels else 0
            piece = self._piece(source.text[a:b], family, source.bold[a], level % 2 == 1, source.language)
            pieces.append((piece, level))
        gap_level = source.levels[start - 1] if gap and source.levels and start else 0
        return _Word(tuple(pieces), sum(piece.width for piece, _ in pieces), gap, gap_level, start, end)

    def _piece(self, text: str, family: str, bold: bool, rtl: bool, language: str) -> Shaped:
        key = (text, family, bold, rtl, language)
        shaped = self._shaped.get(key)
        if shaped is None:
            face = typeface(family, bold)
            shaped = self._shaped[key] = shape(text, face, right_to_left=rtl, language=language)
        return shaped

    def _fill(self, words: Iterator[_Word], source: _Source, limit: float) -> Iterator[Line]:
        line: list[_Word] = []
        used = 0.0
        for word in words:
            gap = space(line[-1].pieces[-1][0].face).width if line and word.gap else 0.0
            if line and used + gap + word.width > limit:
                yield _line(line, source)
                line, used, gap = [], 0.0, 0.0
            while word.width > limit:
                head, tail = self._cut(word, source, limit)
                if tail is None:
                    break
                yield _line([head], source)
                word = tail
            line.append(word)
            used += gap + word.width
        yield _line(line, source)

    def _cut(self, word: _Word, source: _Source, limit: float) -> tuple[_Word, _Word | None]:
        """Cut a word that is longer than a line: at a sign in it if one comes late enough, else between letters."""
        text = source.text
        cuts = [at for at in range(word.start + 1, word.end) if wording.may_break_inside(text[at - 1], text[at])]
        if not cuts:
            return word, None
        low, high = 0, min(len(cuts) - 1, max(4, int(4 * len(cuts) * limit / word.width)))
        while low < high:
            middle = (low + high + 1) // 2
            if self._word(source, word.start, cuts[middle], gap=False).width <= limit:
                low = middle
            else:
                high = middle - 1
        best = low
        for index in range(low, low // 2, -1):
            if text[cuts[index] - 1] in _BREAKS_AFTER:
                best = index
                break
        head = self._word(source, word.start, cuts[best], word.gap)
        return head, self._word(source, cuts[best], word.end, gap=False)


def _runs(source: _Source, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Return the parts of a word that one typeface draws in one direction, as (start, end, family)."""
    begin, family, key = start, "", None
    for at in range(start, end):
        character = source.text[at]
        own = _family(character, family)
        here = (own, source.bold[at], source.levels[at] if source.levels else 0)
        if key is not None and here != key:
            yield begin, at, family
            begin = at
        key, family = here, own
    if key is not None:
        yield begin, end, family


def _family(character: str, before: str) -> str:
    """Return the family for a character after another: marks, joiners and common signs stay with what they follow."""
    if character.isascii() or not before:
        return family_of(character) or "sans"
    follows = not character.isalnum() and ord(character) in typeface(before).characters
    if follows or character in "\u200c\u200d":
        return before
    return family_of(character) or before


def _line(words: Sequence[_Word], source: _Source) -> Line:
    items: list[tuple[Shaped, int]] = []
    for word in words:
        if items and word.gap:
            items.append((space(items[-1][0].face), word.gap_level))
        items.extend(word.pieces)
    width = sum(piece.width for piece, _ in items)
    if source.levels:
        order = bidi.visual_order([level for _, level in items])
        return Line(tuple(items[n][0] for n in order), width, source.right_to_left)
    return Line(tuple(piece for piece, _ in items), width, source.right_to_left)
