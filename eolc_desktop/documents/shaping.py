"""Text of one typeface and direction turned into positioned glyphs (HarfBuzz), ready for a PDF content stream."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from eolc_desktop.documents.fonts import Typeface

_PLAIN_FEATURES = {"kern": True, "liga": False, "clig": False, "dlig": False}
"""No joined letters in Latin: `fi` as two letters is easier to read and to search for."""
_NBSP = "\u00a0"


@dataclass(frozen=True, slots=True, eq=False)
class Shaped:
    """Glyphs of one piece of text, in the order they are drawn: from left to right.

    `width` is in thousandths of the size of the text. `strings` is what goes between the brackets of the `TJ`
    operator: (rise in thousandths of the typeface's own size, hexadecimal glyphs with adjustments). `meanings` says
    which text each glyph stands for. When the glyphs of left-to-right text do not stand for it in its order, `exact`
    is false and the text goes with them as /ActualText. Right-to-left text is drawn from left to right and every
    reader turns it round again; with /ActualText most turn its letters a second time.
    """

    text: str
    face: Typeface
    width: float
    strings: tuple[tuple[float, str], ...]
    meanings: tuple[tuple[int, str], ...]
    exact: bool


@lru_cache(maxsize=64)
def space(face: Typeface) -> Shaped:
    """Return the space between two words in a typeface."""
    glyph = face.space
    return Shaped(" ", face, face.advance(glyph) * face.optical, ((0.0, f"{glyph:04x}"),), ((glyph, " "),), True)


def shape(text: str, face: Typeface, *, right_to_left: bool = False, language: str = "en") -> Shaped:
    """Return the glyphs of a text that one typeface draws, all in one direction.

    A no-break space is drawn, and copied out, as an ordinary space: `999 000 0018` is found by searching for it.
    """
    import uharfbuzz  # noqa: PLC0415

    plain = text.replace(_NBSP, " ")
    buffer = uharfbuzz.Buffer()
    buffer.add_str(plain)
    buffer.direction = "rtl" if right_to_left else "ltr"
    buffer.language = language or "en"  # never the laptop's own: equal input, equal pages
    buffer.guess_segment_properties()
    uharfbuzz.shape(face.font, buffer, None if face.complex_script else _PLAIN_FEATURES)
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    scale = face.scale
    strings: list[tuple[float, str]] = []
    current: list[str] = []
    rise = width = 0.0
    owed = 0  # thousandths by which the pen is ahead of where the file's own widths have put it
    glyphs = [info.codepoint for info in infos]
    for glyph, at in zip(glyphs, positions, strict=True):
        raised = round(at.y_offset * scale)
        if raised != rise:
            if current:
                strings.append((rise, "".join(current)))
                current = []
            rise = raised
        shift = round(at.x_offset * scale)
        if owed + shift:
            current.append(f">{-(owed + shift)}<")
        current.append(f"{glyph:04x}")
        owed = round(at.x_advance * scale) - int(face.advance(glyph)) - shift
        width += round(at.x_advance * scale)
    if owed:
        current.append(f">{-owed}<")
    strings.append((rise, "".join(current)))
    meanings, exact = _meanings(plain, glyphs, [info.cluster for info in infos], face)
    return Shaped(plain, face, width * face.optical, tuple(strings), meanings, exact or right_to_left)


def _meanings(
    text: str, glyphs: list[int], clusters: list[int], face: Typeface
) -> tuple[tuple[tuple[int, str], ...], bool]:
    """Return which text each glyph stands for, and whether that says the whole text in its order."""
    if len(glyphs) == len(text) and clusters == list(range(len(text))):
        return tuple(zip(glyphs, text, strict=True)), True
    starts = sorted(set(clusters))
    part = dict(zip(starts, (text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)), strict=True))
    alone = face.character_of_glyph
    found: list[tuple[int, str]] = []
    for glyph, cluster in zip(glyphs, clusters, strict=True):
        single = clusters.count(cluster) == 1 if len(clusters) < 64 else False
        found.append((glyph, part[cluster] if single else alone.get(glyph, part[cluster][-1:])))
    return tuple(found), False
