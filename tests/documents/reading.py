"""Reads a PDF back as different readers would: by eye, by copying, by ear; and gathers what was drawn where."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pikepdf
import pypdfium2
import pytest

from eolc_desktop.documents.pen import Pen
from eolc_desktop.documents.text import SetText

Box = tuple[float, float, float, float]


def letters(pdf: bytes, page: int) -> list[tuple[str, Box]]:
    """Every letter with ink on a page, and its box (left, foot, right, top) in points."""
    with pypdfium2.PdfDocument(pdf) as document:
        words = document[page].get_textpage()
        found = [(words.get_text_range(n, 1), words.get_charbox(n)) for n in range(words.count_chars())]
    return [(text, box) for text, box in found if text.strip()]


def lines_as_seen(pdf: bytes, page: int = 0) -> list[str]:
    """The lines of a page from top to bottom, each from left to right as the eye meets it, whatever its direction.

    Letters a fifth of their height apart have a space between them.
    """
    rows: list[list[tuple[str, Box]]] = []
    for letter, box in sorted(letters(pdf, page), key=lambda found: -found[1][1]):
        middle = (box[1] + box[3]) / 2
        row = next((row for row in rows if abs(_middle(row[0][1]) - middle) < 7), None)
        if row is None:
            rows.append(row := [])
        row.append((letter, box))
    seen: list[str] = []
    for row in rows:
        row.sort(key=lambda found: found[1][0])
        line, right = "", None
        for letter, box in row:
            line += (" " if right is not None and box[0] - right > 2.2 else "") + letter
            right = box[2]
        seen.append(line)
    return seen


def _middle(box: Box) -> float:
    return (box[1] + box[3]) / 2


def sizes_of_type(pdf: bytes) -> set[float]:
    """Every size, in points, that text is drawn at."""
    found: set[float] = set()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            for instruction in pikepdf.parse_content_stream(page, "Tf"):
                found.add(float(instruction.operands[1]))
    return found


@dataclass
class Element:
    """One element of the structure tree, with the text drawn for it."""

    role: str
    text: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    kids: list[Element] = field(default_factory=list)

    def walk(self) -> Iterator[Element]:
        """This element and all under it, in reading order."""
        yield self
        for kid in self.kids:
            yield from kid.walk()

    def all(self, role: str) -> list[Element]:
        """The elements of a role, in reading order."""
        return [element for element in self.walk() if element.role == role]

    def words(self) -> str:
        """The text of this element and all under it."""
        return " ".join(element.text for element in self.walk() if element.text)


def structure(pdf: bytes) -> Element:
    """The document as it is read out: its structure tree, with the text of each element."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        texts = [_marked_text(document, page) for page in document.pages]
        numbers = {page.obj.objgen: n for n, page in enumerate(document.pages)}
        return _element(document.Root.StructTreeRoot.K, texts, numbers)


def _element(node: Any, texts: list[dict[int, str]], numbers: dict[tuple[int, int], int]) -> Element:
    found = Element(str(node.S)[1:])
    for name in ("/Alt", "/Lang", "/ActualText"):
        if name in node:
            found.attributes[name[1:]] = str(node[name])
    if "/A" in node:
        found.attributes["Scope"] = str(node.A.Scope)[1:]
    home = numbers[node.Pg.objgen] if "/Pg" in node else -1
    kids = node.K if isinstance(node.K, pikepdf.Array) else [node.K]
    for kid in kids:
        if isinstance(kid, int):
            found.text += texts[home][kid]
        elif kid.get("/Type") == pikepdf.Name.MCR:
            found.text += " " + texts[numbers[kid.Pg.objgen]][int(kid.MCID)]
        else:
            found.kids.append(_element(kid, texts, numbers))
    return found


def _meanings(font: Any) -> dict[str, str]:
    table: dict[str, str] = {}
    for line in font.ToUnicode.read_bytes().decode("ascii").splitlines():
        parts = line.split("> <")
        if line.startswith("<") and len(parts) == 2 and parts[0] != "<0000":
            table[parts[0][1:].lower()] = bytes.fromhex(parts[1].rstrip(">")).decode("utf-16-be")
    return table


def _marked_text(document: pikepdf.Pdf, page: pikepdf.Page) -> dict[int, str]:
    """The text drawn for each marked part of a page; fails if text is drawn outside every mark."""
    fonts = {name: _meanings(font) for name, font in page.obj.Resources.Font.items()}
    marks: list[tuple[str, int | None, str | None]] = []
    found: dict[int, str] = {}
    font: dict[str, str] = {}
    for instruction in pikepdf.parse_content_stream(page):
        operator, operands = str(instruction.operator), instruction.operands
        if operator in ("BDC", "BMC"):
            options: Any = operands[1] if len(operands) > 1 else {}
            number = int(options["/MCID"]) if "/MCID" in options else None
            actual = str(options["/ActualText"]) if "/ActualText" in options else None
            marks.append((str(operands[0]), number, actual))
            if number is not None:
                assert number not in found, "a number marks two parts of one page"
                found[number] = ""
        elif operator == "EMC":
            _, _, actual = marks.pop()
            if actual is not None:
                _append(found, marks, actual)
        elif operator == "Tf":
            font = fonts[str(operands[0])]
        elif operator == "TJ":
            assert marks, "text outside every mark"
            if marks[-1][2] is None:
                hexed = "".join(bytes(part).hex() for part in operands[0] if isinstance(part, pikepdf.String))
                _append(found, marks, "".join(font[hexed[n : n + 4]] for n in range(0, len(hexed), 4)))
        elif operator == "Tm":
            _append(found, marks, " ")
    assert not marks, "a mark is not closed"
    return found


def _append(found: dict[int, str], marks: list[tuple[str, int | None, str | None]], text: str) -> None:
    for _, number, _ in marks:
        if number is not None:
            found[number] += text


@dataclass
class Drawn:
    """Set text and where it was put: page from 0, then the box (left, foot, right, top)."""

    page: int
    box: Box
    words: SetText

    def text(self) -> str:
        """What it says, without spaces, pieces from left to right."""
        return "".join(piece.text for line in self.words.lines for piece in line.pieces)


@contextmanager
def what_is_drawn() -> Iterator[list[Drawn]]:
    """Gather all set text that a pen draws, upright text only."""
    drawn: list[Drawn] = []
    draw, turn = Pen.text, Pen.turned
    upright = [True]

    def text(self: Pen, words: SetText, x: float, top: float, width: float) -> None:
        if upright[0]:
            left = x + width - words.width if any(line.right_to_left for line in words.lines) else x
            drawn.append(Drawn(self._page, (left, top - words.height, left + words.width, top), words))
        draw(self, words, x, top, width)

    @contextmanager
    def turned(self: Pen, x: float, y: float) -> Iterator[None]:
        upright[0] = False
        with turn(self, x, y):
            yield
        upright[0] = True

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pen, "text", text)
        patch.setattr(Pen, "turned", turned)
        yield drawn
