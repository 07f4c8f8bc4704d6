"""The bundled open fonts: which one draws a character, and which characters none of them can draw."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from eolc_desktop.paths import resources

EM = 1000
"""Every measure of a glyph in these modules is in thousandths of the type size, as PDF has it."""


@dataclass(frozen=True, slots=True)
class Family:
    """The files of one family. Without a bold file the regular one is drawn with a thicker outline."""

    regular: str
    bold: str = ""
    complex_script: bool = False
    optical: float = 1.0
    """By how much the family is drawn larger, so that its letters look as large as the Latin beside them."""


def _noto(name: str, *, bold: bool = False, complex_script: bool = False, optical: float = 1.0) -> Family:
    return Family(f"{name}-Regular.ttf", f"{name}-Bold.ttf" if bold else "", complex_script, optical)


FAMILIES: dict[str, Family] = {
    "sans": _noto("NotoSans", bold=True),
    "arabic": _noto("NotoNaskhArabic", bold=True, complex_script=True, optical=1.2),
    "hebrew": _noto("NotoSansHebrew", bold=True, complex_script=True),
    "devanagari": _noto("NotoSansDevanagari", bold=True, complex_script=True),
    "bengali": _noto("NotoSansBengali", bold=True, complex_script=True),
    "gurmukhi": _noto("NotoSansGurmukhi", bold=True, complex_script=True),
    "gujarati": _noto("NotoSansGujarati", bold=True, complex_script=True),
    "tamil": _noto("NotoSansTamil", bold=True, complex_script=True),
    "telugu": _noto("NotoSansTelugu", bold=True, complex_script=True),
    "kannada": _noto("NotoSansKannada", bold=True, complex_script=True),
    "malayalam": _noto("NotoSansMalayalam", bold=True, complex_script=True),
    "sinhala": _noto("NotoSansSinhala", complex_script=True),
    "thai": _noto("NotoSansThai", complex_script=True),
    "lao": _noto("NotoSansLao", complex_script=True),
    "myanmar": _noto("NotoSansMyanmar", complex_script=True),
    "khmer": _noto("NotoSansKhmer", complex_script=True),
    "ethiopic": _noto("NotoSansEthiopic"),
    "armenian": _noto("NotoSansArmenian"),
    "georgian": _noto("NotoSansGeorgian"),
    "cjk": Family("wqy-microhei.ttc"),
    "symbols": _noto("NotoSansSymbols"),
    "symbols2": _noto("NotoSansSymbols2"),
    "maths": _noto("NotoSansMath"),
}

_BLOCKS: tuple[tuple[int, int, str], ...] = (
    (0x0530, 0x058F, "armenian"),
    (0x0590, 0x05FF, "hebrew"),
    (0x0600, 0x08FF, "arabic"),
    (0x0900, 0x097F, "devanagari"),
    (0x0980, 0x09FF, "bengali"),
    (0x0A00, 0x0A7F, "gurmukhi"),
    (0x0A80, 0x0AFF, "gujarati"),
    (0x0B80, 0x0BFF, "tamil"),
    (0x0C00, 0x0C7F, "telugu"),
    (0x0C80, 0x0CFF, "kannada"),
    (0x0D00, 0x0D7F, "malayalam"),
    (0x0D80, 0x0DFF, "sinhala"),
    (0x0E00, 0x0E7F, "thai"),
    (0x0E80, 0x0EFF, "lao"),
    (0x1000, 0x109F, "myanmar"),
    (0x10A0, 0x10FF, "georgian"),
    (0x1100, 0x11FF, "cjk"),
    (0x1200, 0x139F, "ethiopic"),
    (0x1780, 0x17FF, "khmer"),
    (0x19E0, 0x19FF, "khmer"),
    (0x1C90, 0x1CBF, "georgian"),
    (0x1CD0, 0x1CFF, "devanagari"),
    (0x2D00, 0x2D2F, "georgian"),
    (0x2D80, 0x2DDF, "ethiopic"),
    (0x2E80, 0x9FFF, "cjk"),
    (0xA8E0, 0xA8FF, "devanagari"),
    (0xA9E0, 0xA9FF, "myanmar"),
    (0xAA60, 0xAA7F, "myanmar"),
    (0xAB00, 0xAB2F, "ethiopic"),
    (0xAC00, 0xD7FF, "cjk"),
    (0xF900, 0xFAFF, "cjk"),
    (0xFB13, 0xFB17, "armenian"),
    (0xFB1D, 0xFB4F, "hebrew"),
    (0xFB50, 0xFDFF, "arabic"),
    (0xFE30, 0xFE4F, "cjk"),
    (0xFE70, 0xFEFC, "arabic"),
    (0xFF00, 0xFFEF, "cjk"),
)
_LAST_RESORT = ("symbols", "symbols2", "maths", "cjk")

INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200e\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)
"""What has no ink of its own and is left out of print.

Among it are the marks that turn the direction of text: pasted along with a telephone number they could
print its digits in another order. The engine sets direction itself (see `bidi`). Of emoji, the tone of
skin and the choice between a coloured and a plain picture are left out too.
"""


class Typeface:
    """One weight of one family, opened with HarfBuzz.

    Measures are in thousandths of its own type size, which is `optical` times that of the text around it.
    """

    def __init__(self, family: str, bold: bool) -> None:
        import uharfbuzz  # noqa: PLC0415

        files = FAMILIES[family]
        self.family = family
        self.bold = bold
        self.complex_script = files.complex_script
        self.optical = files.optical
        self.thicken = bold and not files.bold
        self.path: Path = resources() / "fonts" / (files.bold if bold and files.bold else files.regular)
        self.key = f"{family}-{'bold' if bold else 'regular'}"
        self.face: Any = uharfbuzz.Face(uharfbuzz.Blob.from_file_path(str(self.path)))
        self.font: Any = uharfbuzz.Font(self.face)
        self.scale: float = EM / self.face.upem
        extents = self.font.get_font_extents("ltr")
        self.ascent: float = extents.ascender * self.scale
        self.descent: float = -extents.descender * self.scale
        self._advances: dict[int, float] = {}

    @cached_property
    def characters(self) -> frozenset[int]:
        """The code points the file has a glyph for."""
        return frozenset(self.face.unicodes)

    @cached_property
    def character_of_glyph(self) -> dict[int, str]:
        """The character a glyph stands for on its own, for glyphs that stand for one."""
        nominal = self.font.get_nominal_glyph
        return {nominal(code): chr(code) for code in sorted(self.characters, reverse=True)}

    @cached_property
    def space(self) -> int:
        """The glyph of the space."""
        return int(self.font.get_nominal_glyph(0x20) or 0)

    def advance(self, glyph: int) -> float:
        """Return how far the pen moves after a glyph, as the embedded file says (thousandths, whole numbers)."""
        width = self._advances.get(glyph)
        if width is None:
            width = self._advances[glyph] = round(self.font.get_glyph_h_advance(glyph) * self.scale)
        return width


@lru_cache(maxsize=2 * len(FAMILIES))
def typeface(family: str, bold: bool = False) -> Typeface:
    """Return a typeface, opened once for the life of the process."""
    return Typeface(family, bold)


@lru_cache(maxsize=4096)
def family_of(character: str) -> str:
    """Return the family that draws a character, or "" when none of the bundled fonts has it."""
    code = ord(character)
    if code in typeface("sans").characters:
        return "sans"
    tried = [name for first, last, name in _BLOCKS if first <= code <= last]
    for name in (*tried, *_LAST_RESORT):
        if code in typeface(name).characters:
            return name
    parts = unicodedata.normalize("NFD", character)  # HarfBuzz puts a letter and its marks together by itself
    if len(parts) > 1:
        drawn_by = {family_of(part) for part in parts}
        return drawn_by.pop() if len(drawn_by) == 1 else ""
    return ""


def _code_points(text: str) -> set[int]:
    return {ord(character) for character in set(text)}


def drawn_by_sans(text: str) -> bool:
    """Return whether the one ordinary family draws all of a text, as it does nearly always."""
    return _code_points(text) <= typeface("sans").characters


_JOINERS = "\u200b\u200c\u200d"
_LAYOUT = frozenset("\n\t\r\v\f\x1c\x1d\x1e\x85\u2028\u2029" + _JOINERS)


def missing_characters(text: str) -> list[str]:
    """Return the characters no bundled font can draw, each once, in the order they come.

    They are never printed as an empty box: the page has their name in words instead (`in_words`), and the
    person who prints is to be told.
    """
    seen: dict[str, None] = {}
    for character in INVISIBLE.sub("", unicodedata.normalize("NFC", text)):
        if character not in seen and character not in _LAYOUT and not character.isspace() and not family_of(character):
            seen[character] = None
    return list(seen)


def in_words(character: str) -> str:
    """Return what stands on the page for a character no font can draw: "[grinning face]", "[character U+E000]"."""
    name = unicodedata.name(character, "").lower()
    return f"[{name}]" if name else f"[character U+{ord(character):04X}]"
