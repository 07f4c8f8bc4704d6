"""The square code (QR, ISO/IEC 18004) at the foot of every page: the check code, for a scanner that types it.

It holds the letters `EOLC:` and the six signs of the check code, and nothing about the person.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any, TypeAlias

from eolc_desktop.documents.pen import Pen

PREFIX = "EOLC:"
MODULE = 1.7
"""Side of one of the small squares in points: 0.6 mm, 7 dots of a printer of 300 dpi."""
QUIET = 2
"""Small squares left white around it. The paper around the foot is white too; the standard asks for four in all."""

_SIGNS = re.compile("[0-9A-Z-]{1,12}")

Square: TypeAlias = tuple[tuple[bool, ...], ...]


@lru_cache(maxsize=64)
def square_code(check_code: str) -> Square:
    """Return the small squares of a code, from the top, row by row: true is black. None for what is no check code."""
    if not _SIGNS.fullmatch(check_code):
        return ()
    from reportlab.graphics.barcode.qrencoder import QRCode, QRErrorCorrectLevel  # noqa: PLC0415

    made: Any = QRCode(None, QRErrorCorrectLevel.M)
    made.addData(PREFIX + check_code)
    made.make()
    count = made.getModuleCount()
    return tuple(tuple(bool(made.isDark(row, column)) for column in range(count)) for row in range(count))


def square_side(square: Square) -> float:
    """Return the side of a code with the white around it, in points."""
    return (len(square) + 2 * QUIET) * MODULE


def draw_square(pen: Pen, square: Square, right: float, top: float) -> None:
    """Draw a code with its right upper corner there. Neighbours are one bar, so that no hairline parts them."""
    left = right - square_side(square) + QUIET * MODULE
    y = top - QUIET * MODULE
    boxes: list[tuple[float, float, float, float]] = []
    for row in square:
        y -= MODULE
        start = None
        for place, is_black in enumerate((*row, False)):
            if is_black and start is None:
                start = place
            elif not is_black and start is not None:
                boxes.append((left + start * MODULE, y, (place - start) * MODULE, MODULE))
                start = None
    pen.bars(boxes)
