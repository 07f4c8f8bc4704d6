"""Fonts put into a PDF: only the glyphs a document uses, with their widths and the text they stand for."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from typing import Any

from eolc_desktop.documents.fonts import Typeface

_UNNEEDED = [
    "GSUB",
    "GPOS",
    "GDEF",
    "OS/2",
    "cmap",
    "name",
    "post",
    "gasp",
    "FFTM",
    "vhea",
    "vmtx",
    "kern",
    "DSIG",
    "STAT",
]
_SYMBOLIC = 4
_HEAD_BOX = slice(36, 44)


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"), "big")


def subset(face: Typeface, glyphs: set[int]) -> bytes:
    """Return a TrueType file with only the given glyphs, under their own numbers."""
    import uharfbuzz  # noqa: PLC0415

    wanted = uharfbuzz.SubsetInput()
    flags = uharfbuzz.SubsetFlags
    wanted.flags = flags.RETAIN_GIDS | flags.NO_LAYOUT_CLOSURE | flags.NO_HINTING | flags.NOTDEF_OUTLINE
    wanted.glyph_set.update(glyphs)
    wanted.drop_table_tag_set.update(_tag(name) for name in _UNNEEDED)
    return bytes(uharfbuzz.subset(face.face, wanted).blob.data)


def embed(pdf: Any, face: Typeface, meanings: Mapping[int, str], glyph_of: Mapping[int, int]) -> Any:
    """Add a typeface to an open pikepdf document and return its font dictionary.

    `meanings` says which text each used code stands for, `glyph_of` which glyph draws it. The font is a composite
    one (Type 0, Identity-H), so any glyph of any script can be drawn. Its name is made from the glyphs, so that
    equal documents are equal.
    """
    import pikepdf  # noqa: PLC0415
    import uharfbuzz  # noqa: PLC0415

    name, array, dictionary = pikepdf.Name, pikepdf.Array, pikepdf.Dictionary
    glyphs = sorted(set(glyph_of.values()))
    base = name(f"/{_prefix(glyphs)}+{face.face.get_name(6) or face.family}")
    box = face.face.reference_table("head").data[_HEAD_BOX]
    corners = [int.from_bytes(box[n : n + 2], "big", signed=True) * face.scale for n in range(0, 8, 2)]
    cap_height = face.font.get_metric_position_with_fallback(uharfbuzz.OTMetricsTag.CAP_HEIGHT) * face.scale
    descriptor = dictionary(
        Type=name.FontDescriptor,
        FontName=base,
        Flags=_SYMBOLIC,
        FontBBox=array([round(corner) for corner in corners]),
        ItalicAngle=0,
        Ascent=round(face.ascent),
        Descent=-round(face.descent),
        CapHeight=round(cap_height),
        StemV=140 if face.bold and not face.thicken else 80,
        FontFile2=pdf.make_stream(subset(face, set(glyphs))),
    )
    descriptor.FontFile2.Length1 = len(descriptor.FontFile2.read_raw_bytes())
    own_numbers = all(code == glyph for code, glyph in glyph_of.items())
    descendant = dictionary(
        Type=name.Font,
        Subtype=name.CIDFontType2,
        BaseFont=base,
        CIDSystemInfo=dictionary(Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0),
        CIDToGIDMap=name.Identity if own_numbers else pdf.make_stream(_glyph_map(glyph_of)),
        DW=0,
        W=array(_widths(face, glyph_of)),
        FontDescriptor=pdf.make_indirect(descriptor),
    )
    return pdf.make_indirect(
        dictionary(
            Type=name.Font,
            Subtype=name.Type0,
            BaseFont=base,
            Encoding=name("/Identity-H"),
            DescendantFonts=array([pdf.make_indirect(descendant)]),
            ToUnicode=pdf.make_stream(_to_unicode(meanings)),
        )
    )


def _prefix(glyphs: list[int]) -> str:
    """Return the six letters by which PDF tells one subset of a font from another."""
    number = zlib.crc32(repr(glyphs).encode("ascii"))
    return "".join(chr(ord("A") + number // 26**place % 26) for place in range(6))


def _glyph_map(glyph_of: Mapping[int, int]) -> bytes:
    """Return the CIDToGIDMap: two bytes for every code up to the last."""
    table = bytearray(2 * (max(glyph_of) + 1))
    for code, glyph in glyph_of.items():
        table[2 * code : 2 * code + 2] = glyph.to_bytes(2, "big")
    return bytes(table)


def _widths(face: Typeface, glyph_of: Mapping[int, int]) -> list[Any]:
    import pikepdf  # noqa: PLC0415

    out: list[Any] = []
    run: list[int] = []
    first = 0
    for code, glyph in sorted(glyph_of.items()):
        if run and code != first + len(run):
            out += [first, pikepdf.Array(run)]
            run = []
        if not run:
            first = code
        run.append(int(face.advance(glyph)))
    if run:
        out += [first, pikepdf.Array(run)]
    return out


def _to_unicode(meanings: Mapping[int, str]) -> bytes:
    """Return the ToUnicode map (PDF 32000-1, 9.10.3): at most 100 glyphs a block."""
    entries = [
        f"<{glyph:04X}> <{text.encode('utf-16-be', 'surrogatepass').hex().upper()}>"
        for glyph, text in sorted(meanings.items())
        if text
    ]
    blocks = [entries[n : n + 100] for n in range(0, len(entries), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        "1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
        f"{body}\nendcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n"
    ).encode("ascii")
