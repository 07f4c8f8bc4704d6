"""What draws a page: set text, rules, frames and ticks on a ReportLab canvas, each marked with what it is."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from eolc_desktop.documents.embedding import embed
from eolc_desktop.documents.fonts import EM, Typeface
from eolc_desktop.documents.shaping import Shaped
from eolc_desktop.documents.tags import Bookmark, Node, write_bookmarks, write_properties, write_tree
from eolc_desktop.documents.text import Line, SetText

Strings: TypeAlias = tuple[tuple[float, str], ...]
_GLYPH = re.compile("[0-9a-f]{4}|>[^<]*<")
_THICKER = 0.028
"""Width of the line drawn round a letter that has no bold file, in type sizes."""


@dataclass(slots=True)
class _Use:
    """How a document uses one font file: its name in the PDF, and which text each glyph code stands for.

    A glyph that stands for two texts (one Arabic shape for two letters) gets a second code, so that each copies out
    as what it is.
    """

    name: str
    face: Typeface
    meanings: dict[int, str] = field(default_factory=dict)
    glyphs: dict[int, int] = field(default_factory=dict)
    _codes: dict[tuple[int, str], int] = field(default_factory=dict)
    _known: dict[Shaped, Strings] = field(default_factory=dict)

    def strings(self, piece: Shaped) -> Strings:
        """Note the glyphs of a piece, and return its strings in the codes of this document."""
        strings = self._known.get(piece)
        if strings is None:
            codes = [self._code(glyph, text, exact=piece.exact) for glyph, text in piece.meanings]
            strings = piece.strings
            if codes != [glyph for glyph, _ in piece.meanings]:
                left = iter(codes)
                strings = tuple(
                    (rise, _GLYPH.sub(lambda found: found[0] if found[0][0] == ">" else f"{next(left):04x}", string))
                    for rise, string in strings
                )
            self._known[piece] = strings
        return strings

    def _code(self, glyph: int, text: str, *, exact: bool) -> int:
        if self.meanings.setdefault(glyph, text) == text or not exact:
            self.glyphs[glyph] = glyph
            return glyph
        code = self._codes.get((glyph, text))
        if code is None:
            code = self._codes[glyph, text] = int(self.face.face.glyph_count) + len(self._codes)
            self.meanings[code] = text
            self.glyphs[code] = glyph
        return code


class Pen:
    """Draws the pages of one document. Positions are in points from the bottom left of the page."""

    def __init__(self, page_size: tuple[float, float]) -> None:
        from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415

        canvas: Any = Canvas(io.BytesIO(), pagesize=page_size, pageCompression=0, invariant=1)
        # ReportLab starts each page by naming Helvetica, which is never embedded: start with nothing instead.
        canvas._preamble = "1 0 0 1 0 0 cm"  # noqa: SLF001
        self._canvas: Any = canvas
        self._uses: dict[str, _Use] = {}
        self._page = 0
        self._marks = 0
        self._up = 0.0
        self._bookmarks: list[Bookmark] = []

    @property
    def page(self) -> int:
        """The page that is drawn, from 0."""
        return self._page

    def next_page(self) -> None:
        """End the page."""
        self._canvas.showPage()
        self._page += 1
        self._marks = 0

    def bookmark(self, title: str, level: int, top: float) -> None:
        """Remember a heading for the list of contents."""
        self._bookmarks.append(Bookmark(title, level, self._page, self._up + top))

    @contextmanager
    def marked(self, node: Node | None, artifact: str = "") -> Iterator[None]:
        """Mark what is drawn inside as part of an element, or as furniture that is not read out (`node` None).

        `artifact` is the kind of furniture: "Header" or "Footer", or nothing for rules and frames.
        """
        if node is None:
            kind = f" <</Type /Pagination /Subtype /{artifact}>> BDC" if artifact else " BMC"
            self._canvas.addLiteral("/Artifact" + kind)
        else:
            self._canvas.addLiteral(f"/{node.role} <</MCID {self._marks}>> BDC")
            node.kids.append((self._page, self._marks))
            self._marks += 1
        yield
        self._canvas.addLiteral("EMC")

    def text(self, words: SetText, x: float, top: float, width: float) -> None:
        """Draw set text with its first line's top at `top`; right-to-left lines end at `x + width`."""
        ops = ["BT"]
        y = top - words.baseline
        for line in words.lines:
            if line.pieces:
                left = x + width - line.width if line.right_to_left else x
                ops.append(f"1 0 0 1 {left:.2f} {y:.2f} Tm")
                self._line(ops, line, words.size)
            y -= words.leading
        ops.append("ET")
        if len(ops) > 2:
            self._canvas.addLiteral("\n".join(ops))

    def _line(self, ops: list[str], line: Line, size: float) -> None:
        face: Typeface | None = None
        use, own = self._use(line.pieces[0].face), size
        waiting: list[str] = []

        def flush() -> None:
            if waiting:
                ops.append(f"[<{''.join(waiting)}>] TJ")
                waiting.clear()

        pieces, n = line.pieces, 0
        while n < len(pieces):
            piece = pieces[n]
            n += 1
            if face is not piece.face:
                flush()
                if face is not None and face.thicken:
                    ops.append("0 Tr")
                face, use = piece.face, self._use(piece.face)
                own = round(size * face.optical, 2)
                ops.append(f"/{use.name} {own:g} Tf")
                if face.thicken:
                    ops.append(f"2 Tr {own * _THICKER:.2f} w")
            strings = use.strings(piece)
            if piece.exact and len(strings) == 1 and not strings[0][0]:
                waiting.append(strings[0][1])
                continue
            flush()
            if not piece.exact:
                said = piece.text
                if n < len(pieces) and pieces[n].text == " " and pieces[n].face is face:
                    # Some readers lose a space of its own after a word that ends in a mark: it goes with the word.
                    said += " "
                    strings += use.strings(pieces[n])
                    n += 1
                ops.append(f"/Span <</ActualText <FEFF{said.encode('utf-16-be', 'surrogatepass').hex().upper()}>>> BDC")
            for rise, string in strings:
                ops.append(f"{rise * own / EM:.2f} Ts [<{string}>] TJ" if rise else f"[<{string}>] TJ")
                if rise:
                    ops.append("0 Ts")
            if not piece.exact:
                ops.append("EMC")
        flush()
        if face is not None and face.thicken:
            ops.append("0 Tr")

    def _use(self, face: Typeface) -> _Use:
        use = self._uses.get(face.path.name)
        if use is None:
            use = self._uses[face.path.name] = _Use(f"F{len(self._uses) + 1}", face)
        return use

    def rule(self, x: float, y: float, length: float, thickness: float) -> None:
        """Draw a level line."""
        self._canvas.setLineWidth(thickness)
        self._canvas.line(x, y, x + length, y)

    def bar(self, x: float, y: float, width: float, height: float) -> None:
        """Draw a solid black bar."""
        self._canvas.rect(x, y, width, height, stroke=0, fill=1)

    def bars(self, boxes: Iterable[tuple[float, float, float, float]]) -> None:
        """Draw many solid black bars, each (x, y, width, height)."""
        drawn = " ".join(f"{x:.2f} {y:.2f} {width:.2f} {height:.2f} re" for x, y, width, height in boxes)
        self._canvas.addLiteral(f"{drawn} f")

    def frame(self, x: float, y: float, width: float, height: float, thickness: float) -> None:
        """Draw a frame whose outer edge is the given box."""
        self._canvas.setLineWidth(thickness)
        half = thickness / 2
        self._canvas.rect(x + half, y + half, width - thickness, height - thickness, stroke=1, fill=0)

    def tick_box(self, x: float, y: float, size: float, *, ticked: bool) -> None:
        """Draw a square, with a tick in it or empty."""
        self.frame(x, y, size, size, max(1.0, size * 0.09))
        if ticked:
            self._canvas.setLineWidth(size * 0.16)
            path = self._canvas.beginPath()
            path.moveTo(x + size * 0.2, y + size * 0.5)
            path.lineTo(x + size * 0.42, y + size * 0.24)
            path.lineTo(x + size * 0.82, y + size * 0.8)
            self._canvas.drawPath(path, stroke=1, fill=0)

    def picture(self, png: bytes, x: float, y: float, width: float, height: float) -> None:
        """Draw a picture with its lower left corner at (x, y)."""
        from reportlab.lib.utils import ImageReader  # noqa: PLC0415

        self._canvas.drawImage(ImageReader(io.BytesIO(png)), x, y, width, height)

    def dot(self, x: float, y: float, radius: float) -> None:
        """Draw the dot of a list."""
        self._canvas.circle(x, y, radius, stroke=0, fill=1)

    @contextmanager
    def turned(self, x: float, y: float) -> Iterator[None]:
        """Draw what is inside from (x, y) upwards: its own left is the foot of the page."""
        self._canvas.saveState()
        self._canvas.translate(x, y)
        self._canvas.rotate(90)
        yield
        self._canvas.restoreState()

    @contextmanager
    def moved(self, x: float, y: float) -> Iterator[None]:
        """Draw what is inside with (x, y) as the lower left corner: a card on the sheet it is cut out of."""
        if not x and not y:
            yield
            return
        self._canvas.saveState()
        self._canvas.translate(x, y)
        self._up = y
        yield
        self._up = 0.0
        self._canvas.restoreState()

    def cut_lines(self, width: float, height: float, *, fold: bool) -> None:
        """Draw the edge of a card, dashed, and marks at its sides where it is folded."""
        with self.marked(None):
            self._canvas.setDash(3, 3)
            self._canvas.setLineWidth(0.6)
            self._canvas.rect(0, 0, width, height, stroke=1, fill=0)
            self._canvas.setDash()
            if fold:
                self.rule(0, height / 2, 6, 1.0)
                self.rule(width - 6, height / 2, 6, 1.0)

    def finish(self, root: Node, *, title: str, author: str, language: str) -> bytes:
        """Return the whole document: its fonts, structure, bookmarks and properties. Equal input gives equal bytes."""
        import pikepdf  # noqa: PLC0415

        with pikepdf.open(io.BytesIO(self._canvas.getpdfdata())) as pdf:
            fonts = pikepdf.Dictionary()
            for use in self._uses.values():
                fonts[f"/{use.name}"] = embed(pdf, use.face, use.meanings, use.glyphs)
            shared = pdf.make_indirect(fonts)
            for page in pdf.pages:
                pictures = page.obj.Resources.get("/XObject")
                page.obj.Resources = pikepdf.Dictionary(Font=shared)
                if pictures:
                    page.obj.Resources.XObject = pictures
                if "/Trans" in page.obj:
                    del page.obj.Trans
            write_tree(pdf, root)
            write_bookmarks(pdf, self._bookmarks)
            write_properties(pdf, title=title, author=author, language=language)
            out = io.BytesIO()
            pdf.save(
                out,
                compress_streams=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                deterministic_id=True,
            )
        return out.getvalue()
