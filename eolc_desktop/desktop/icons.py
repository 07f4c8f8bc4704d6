"""The program's own icons: simple line drawings in resources/icons, drawn in a colour of the theme at any size."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QBuffer, QByteArray, QSize
from PySide6.QtGui import QImageReader, QPixmap

from eolc_desktop.desktop.tokens import Colour
from eolc_desktop.paths import resources

INK = b"currentColor"
"""What every drawing calls its one colour."""


def pixmap(name: str, colour: Colour, side: int, scale: float = 1.0) -> QPixmap:
    """Return a drawing of `side` pixels (device independent) in one colour, sharp on a screen of that scale.

    An icon never says anything alone: the words stand beside it. Raises FileNotFoundError for a name that is not drawn.
    """
    # Read through Qt's image plug-in: no further module of PySide6 is loaded, and any size is sharp.
    source = QBuffer()
    source.setData(QByteArray(_source(name).replace(INK, colour.encode())))
    reader = QImageReader(source, QByteArray(b"svg"))
    reader.setScaledSize(QSize(round(side * scale), round(side * scale)))
    drawn = QPixmap.fromImage(reader.read())
    drawn.setDevicePixelRatio(scale)
    return drawn


@cache
def _source(name: str) -> bytes:
    return (resources() / "icons" / f"{name}.svg").read_bytes()
