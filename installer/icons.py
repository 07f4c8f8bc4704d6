"""Draws the program's icon in the forms Windows and macOS want, from resources/eolc-desktop.svg.

    python installer/icons.py FOLDER

Writes `eolc-desktop.ico` and, where macOS's own `iconutil` is, `eolc-desktop.icns`.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtGui import QGuiApplication, QIcon

SOURCE = Path(__file__).resolve().parent.parent / "resources" / "eolc-desktop.svg"
SIDES = (16, 24, 32, 48, 64, 128, 256)


def main(folder: Path) -> None:
    """Write the icons."""
    folder.mkdir(parents=True, exist_ok=True)
    app = QGuiApplication(sys.argv[:1])
    icon = QIcon(str(SOURCE))
    drawn = {}
    for side in (*SIDES, 512, 1024):
        path = folder / f"{side}.png"
        if not icon.pixmap(side, side).save(str(path)):
            raise OSError(f"{path} could not be written")
        drawn[side] = path
    del app
    largest = Image.open(drawn[256])
    largest.save(folder / "eolc-desktop.ico", sizes=[(side, side) for side in SIDES])
    if shutil.which("iconutil"):
        _icns(folder, drawn)


def _icns(folder: Path, drawn: dict[int, Path]) -> None:
    together = folder / "eolc-desktop.iconset"
    together.mkdir(exist_ok=True)
    for side in (16, 32, 128, 256, 512):
        shutil.copy(drawn[side], together / f"icon_{side}x{side}.png")
        shutil.copy(drawn[side * 2], together / f"icon_{side}x{side}@2x.png")
    subprocess.run(["iconutil", "-c", "icns", str(together), "-o", str(folder / "eolc-desktop.icns")], check=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
