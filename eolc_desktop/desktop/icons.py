"""The program's own icons: simple line drawings in resources/icons, drawn in a colour of the theme at any size."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QBuffer, QByteArray, QSize
from PySide6.QtGui import QIcon, QImageReader, QPixmap

from eolc_desktop.desktop.tokens import Colour
from eolc_desktop.paths import resources

SCALES = (1.0, 1.5, 2.0, 3.0)
"""Screen scales an icon is drawn for; Qt takes the nearest."""

INK = b"currentColor"
"""What every drawing calls its one colour."""


@cache
def icon(name: str, colour: Colour, side: int, disabled: Colour = "", checked: Colour = "") -> QIcon:
    """Return an icon of `side` pixels (device independent) in one colour, and in others while disabled or checked.

    An icon never says anything alone: the words stand beside it, or in the accessible name of its button. Raises
    FileNotFoundError for a name that is not drawn.
    """
    made = QIcon()
    for scale in SCALES:
        made.addPixmap(_drawn(name, colour, side, scale), QIcon.Mode.Normal)
        if disabled:
            made.addPixmap(_drawn(name, disabled, side, scale), QIcon.Mode.Disabled)
        if checked:
            made.addPixmap(_drawn(name, checked, side, scale), QIcon.Mode.Normal, QIcon.State.On)
    return made


def pixmap(name: str, colour: Colour, side: int, scale: float = 1.0) -> QPixmap:
    """Return a drawing of `side` pixels for a label, sharp on a screen of that scale."""
    return _drawn(name, colour, side, scale)


def _drawn(name: str, colour: Colour, side: int, scale: float) -> QPixmap:
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
