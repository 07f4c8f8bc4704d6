"""A chapter of the guide as widgets: words that wrap, lists, tables, and pictures as wide as there is room."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look
from eolc_desktop.desktop.theme import current
from eolc_desktop.documents.blocks import Block, BulletList, Heading, Paragraph, Picture, TableBlock
from eolc_desktop.documents.guide import Chapter
from eolc_desktop.documents.text import plain
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

NARROWEST = 160


class PictureView(QWidget):
    """A picture, never larger than it is, smaller where there is less room; its words are read out."""

    def __init__(self, picture: Picture, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pixmap = QPixmap()
        self._pixmap.loadFromData(picture.png)
        self.setAccessibleName(f"Picture: {picture.alt}")
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Its height follows its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height at this width."""
        wide = min(width, self._pixmap.width())
        return round(self._pixmap.height() * wide / max(1, self._pixmap.width()))

    def sizeHint(self) -> QSize:
        """As large as it is."""
        return self._pixmap.size()

    def minimumSizeHint(self) -> QSize:
        """It can be made small."""
        return QSize(NARROWEST, self.heightForWidth(NARROWEST))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in a thin frame."""
        del event
        wide = min(self.width(), self._pixmap.width())
        place = QRect(0, 0, wide, self.heightForWidth(self.width()))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(place, self._pixmap)
        painter.setPen(QPen(QColor(current().tokens.control_border), 1))
        painter.drawRect(place.adjusted(0, 0, -1, -1))
        painter.end()


class ChapterView(QWidget):
    """The whole of one chapter, under each other. `sections` are the first widgets of its parts, by their keys."""

    def __init__(self, chapter: Chapter, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.sections: dict[str, QWidget] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 12, 12)
        column.setSpacing(8)
        column.addWidget(WrappedLabel(chapter.title, Look.TITLE))
        for part in chapter.parts:
            for place, block in enumerate(part.blocks):
                widgets = _widgets(block)
                if place == 0 and part.key:
                    self.sections[part.key] = widgets[0]
                if isinstance(block, Heading):
                    column.addSpacing(8)
                for widget in widgets:
                    column.addWidget(widget)
        column.addStretch(1)


def _widgets(block: Block) -> list[QWidget]:
    match block:
        case Heading():
            return [WrappedLabel(plain(block.text), Look.HEADING)]
        case Paragraph():
            return [WrappedLabel(plain(block.text))]
        case BulletList():
            marks = (f"{n}." if block.numbered else "•" for n in range(1, len(block.items) + 1))
            return [WrappedLabel(f"{mark}  {plain(item)}") for mark, item in zip(marks, block.items, strict=True)]
        case Picture():
            return [PictureView(block)]
        case TableBlock():
            return [_table(block)]
    return []


def _table(block: TableBlock) -> QWidget:
    table = QWidget()
    grid = QGridLayout(table)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(16)
    grid.setVerticalSpacing(4)
    for column, share in enumerate(block.widths or (1,) * len(block.head)):
        grid.setColumnStretch(column, int(share))
        grid.addWidget(WrappedLabel(plain(block.head[column]), Look.FIELD_LABEL), 0, column)
    for row, cells in enumerate(block.rows, 1):
        for column, words in enumerate(cells):
            grid.addWidget(WrappedLabel(plain(words)), row, column, Qt.AlignmentFlag.AlignTop)
    return table
