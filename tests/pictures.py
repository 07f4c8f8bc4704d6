"""Compares a window with its picture of record, pixel by pixel, and keeps those pictures small.

A picture of record is a palette PNG for people to look at. The exact comparison goes by a hash of all pixels, which is
kept inside the PNG, so that nothing is lost to the palette.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QByteArray, QCoreApplication
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtWidgets import QWidget

from eolc_desktop.desktop.settings import ThemeName

ROOT = Path(__file__).resolve().parent.parent
REFERENCE = ROOT / "tests" / "screens" / "reference"
DIFFERENCES = ROOT / "build" / "screens"
"""Where a failing comparison puts the picture of now and of the difference: not under version control."""

HASH = "pixels"
MOST_COLOURS = 256

EVERY_LOOK: list[tuple[ThemeName, int]] = [
    *(("light", percent) for percent in (100, 200)),
    *(("dark", percent) for percent in (100, 200)),
    *(("bright", percent) for percent in (100, 200)),
]
"""Each theme at normal and at the largest text: (name, per cent)."""


class Pictures:
    """Takes pictures of windows and compares them with those of record."""

    def __init__(self, *, accept: bool, reference: Path = REFERENCE, differences: Path = DIFFERENCES) -> None:
        self.accept = accept
        self.reference = reference
        self.differences = differences

    def matches(self, widget: QWidget, name: str) -> None:
        """Fail unless the widget looks exactly as it did when its picture was accepted (`--accept-screens`)."""
        now = take(widget)
        path = self.reference / f"{name}.png"
        if not path.exists():
            if not self.accept:
                shown = self._keep(now, f"{name}-now")
                pytest.fail(f"there is no picture of record for {name}; look at {shown} and accept it", pytrace=False)
            keep(now, path)
            return
        if fingerprint(now) == recorded_fingerprint(path):
            return
        if self.accept:
            keep(now, path)
            return
        then = QImage(str(path)).convertToFormat(QImage.Format.Format_RGB32)
        shown = self._keep(beside(then, now), f"{name}-difference")
        self._keep(now, f"{name}-now")
        pytest.fail(f"{name} looks different: {shown} (of record, now, what changed)", pytrace=False)

    def _keep(self, image: QImage, name: str) -> Path:
        path = self.differences / f"{name}.png"
        keep(image, path)
        return path


def take(widget: QWidget) -> QImage:
    """Return what the widget looks like now, on opaque ground."""
    QCoreApplication.processEvents()
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)


def fingerprint(image: QImage) -> str:
    """Return a hash of the size and of every pixel."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    return hashlib.sha256(f"{plain.width()}x{plain.height()}:".encode() + bytes(plain.constBits())).hexdigest()


def recorded_fingerprint(path: Path) -> str:
    """Return the hash of the picture that was accepted; "" when the file holds none."""
    return QImage(str(path)).text(HASH)


def keep(image: QImage, path: Path) -> None:
    """Write a picture as a palette PNG, its exact hash inside."""
    small = image.convertToFormat(QImage.Format.Format_Indexed8, _palette(image))
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = QImageWriter(str(path), QByteArray(b"png"))
    writer.setQuality(0)  # as small as PNG can make it; nothing is lost
    writer.setText(HASH, fingerprint(image))
    if not writer.write(small):
        message = f"the picture {path} could not be written"
        raise OSError(message)


FEW_COLOURS = 16


def keep_small(image: QImage, path: Path) -> None:
    """Write a picture to be looked at by people, in few colours: less than half the size of one that is compared."""
    small = _as_pillow(image).quantize(FEW_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    path.parent.mkdir(parents=True, exist_ok=True)
    small.save(path, "PNG", optimize=True)


def beside(then: QImage, now: QImage) -> QImage:
    """Return the picture of record, the one of now, and where they differ in red, side by side."""
    seen = now.convertToFormat(QImage.Format.Format_Indexed8, _palette(then))
    pictures = [_as_pillow(image) for image in (then, now, seen)]
    width, height = max(one.width for one in pictures), max(one.height for one in pictures)
    before, after, mapped = (_on_ground(one, (width, height)) for one in pictures)
    changed = ImageChops.difference(before, mapped).convert("L").point(lambda level: 255 if level else 0)
    told = Image.new("RGB", (width, height), "#ffffff")
    told.paste("#d5281b", mask=changed)
    sheet = Image.new("RGB", (width * 3 + 40, height), "#888888")
    for place, image in enumerate((before, after, told)):
        sheet.paste(image, (place * (width + 20), 0))
    return QImage(sheet.tobytes(), sheet.width, sheet.height, sheet.width * 3, QImage.Format.Format_RGB888).copy()


def _on_ground(picture: Image.Image, size: tuple[int, int]) -> Image.Image:
    ground = Image.new("RGB", size, "#888888")
    ground.paste(picture)
    return ground


def _as_pillow(image: QImage) -> Image.Image:
    plain = image.convertToFormat(QImage.Format.Format_RGB888)
    size = (plain.width(), plain.height())
    return Image.frombuffer("RGB", size, bytes(plain.constBits()), "raw", "RGB", plain.bytesPerLine(), 1)


def _palette(image: QImage) -> list[int]:
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(plain.constBits()).cast("B").cast("I"))
    return [colour | 0xFF000000 for colour, _ in counted.most_common(MOST_COLOURS)]
