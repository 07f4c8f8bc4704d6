"""One picture of all pictures, small, with their names: to see at a glance how the program looks."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

COLUMNS = 7
WIDE, EDGE, WORDS = 300, 12, 22


def contact_sheet(pictures: Sequence[tuple[str, QImage]]) -> QImage:
    """The pictures in rows, each under its title."""
    tall = WIDE * 9 // 16
    rows = -(-len(pictures) // COLUMNS)
    size = QSize(COLUMNS * (WIDE + EDGE) + EDGE, rows * (tall + WORDS + EDGE) + EDGE)
    sheet = QImage(size, QImage.Format.Format_RGB32)
    sheet.fill(QColor("#d8dde0"))
    painter = QPainter(sheet)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    font = QFont(painter.font())
    font.setPixelSize(12)
    painter.setFont(font)
    painter.setPen(QColor("#212b32"))
    for place, (title, picture) in enumerate(pictures):
        left = EDGE + place % COLUMNS * (WIDE + EDGE)
        top = EDGE + place // COLUMNS * (tall + WORDS + EDGE)
        painter.drawText(QRect(left, top, WIDE, WORDS), Qt.AlignmentFlag.AlignVCenter, title)
        small = picture.scaled(
            QSize(WIDE, tall), Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        painter.drawImage(left, top + WORDS, small)
    painter.end()
    return sheet
