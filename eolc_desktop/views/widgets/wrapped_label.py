"""Words on the screen that wrap and are never cut off, whatever their length, the size of the text or the width."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QEvent, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from eolc_desktop.desktop.looks import PROPERTY, Look

LEAST_LETTERS = 12
"""Width it can shrink to, in letters: a longer word is then broken, as no other way keeps it whole and in view."""

DATE = re.compile(r"\b(\d\d)-([A-Z][a-z]{2})-(\d{4})\b")
NHS_NUMBER = re.compile(r"\b(\d{3}) (\d{3}) (\d{4})\b")

MEASURES_KEPT = 8
"""Widths whose lines are kept to be painted."""

COMFORTABLE_LETTERS = 75
"""Width it asks for at most: longer lines are hard to read (RNIB clear print)."""


def _kept_together(words: str) -> str:
    """The words as they are painted: no line ends within a date or an NHS number, which could be misread then."""
    words = DATE.sub("\\1\u2011\\2\u2011\\3", words) if "-" in words else words
    return NHS_NUMBER.sub("\\1\u00a0\\2\u00a0\\3", words) if " " in words else words


@lru_cache(1)
def _policy() -> QSizePolicy:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    return policy


@dataclass(frozen=True, slots=True)
class _Whole:
    """The words in lines that are comfortable to read: their widest line, their height, and the width in which they
    were laid out (None where no line had to be broken, so that more room changes nothing)."""

    natural: float
    height: int
    room: int | None

    def breaks_alike_in(self, width: int) -> bool:
        """Whether the lines are the same ones in this width: every one has room, and none had to be broken for less."""
        return self.natural < width and (self.room is None or width <= self.room)


class WrappedLabel(QLabel):
    """A label of plain text. What a person typed is never taken for markup, and no word of it is ever left out.

    Qt's own label wraps between words only and cuts off what is longer than a line, such as an address without spaces.
    """

    def __init__(self, words: str = "", look: Look | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._measured: dict[int, tuple[QTextLayout, int]] = {}
        self._heights: dict[int, int] = {}
        self._hint: QSize | None = None
        self._least: QSize | None = None
        self._edges: QSize | None = None
        self._whole: _Whole | None = None
        self._font = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setSizePolicy(_policy())
        if words:
            super().setText(words)
        if look is not None:
            self.setProperty(PROPERTY, look.value)

    def text(self) -> str:
        """Return the words as they were given."""
        return self._words

    def setText(self, words: str) -> None:
        """Show these words."""
        if words == self._words:
            return
        self._words = words
        self._forget()
        # A label that points to a field takes "&" for the mark of a shortcut, and reads "&&" out as one "&".
        super().setText(words.replace("&", "&&") if self.buddy() is not None else words)

    def setBuddy(self, field: QWidget) -> None:
        """Name the field these words stand for: screen readers read them with it."""
        super().setBuddy(field)
        super().setText(self._words.replace("&", "&&"))

    def setAlignment(self, alignment: Qt.AlignmentFlag) -> None:
        """Put the words at an edge or in the middle."""
        super().setAlignment(alignment)
        self._forget()

    def setMargin(self, margin: int) -> None:
        """Leave this many pixels round the words."""
        super().setMargin(margin)
        self._forget()

    def heightForWidth(self, width: int) -> int:
        """Return the height that all the words need in this width, in pixels."""
        if width not in self._heights:
            self.ensurePolished()
            around = self._around()
            room = max(width - around.width(), 1)
            whole = self._comfortable()
            height = whole.height if whole.breaks_alike_in(room) else self._laid_out(room)[1]
            self._heights[width] = height + around.height()
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """Return the size of the words in lines that are comfortable to read."""
        if self._hint is None:
            self.ensurePolished()
            width = int(self._comfortable().natural) + 1 + self._around().width()
            self._hint = QSize(width, self.heightForWidth(width))
        return self._hint

    def minimumSizeHint(self) -> QSize:
        """Return the narrowest it can be, and the height of one line."""
        if self._least is None:
            self.ensurePolished()
            metrics, around = self.fontMetrics(), self._around()
            narrowest = min(self.sizeHint().width(), LEAST_LETTERS * metrics.averageCharWidth() + around.width())
            self._least = QSize(narrowest, metrics.height() + around.height())
        return self._least

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the ground of its look and every line of the words."""
        painter = QPainter(self)
        self.drawFrame(painter)
        area = self._text_area()
        layout, height = self._laid_out(area.width())
        slack = max(0, area.height() - height)
        alignment = self.alignment()
        below = slack if alignment & Qt.AlignmentFlag.AlignBottom else 0
        top = slack // 2 if alignment & Qt.AlignmentFlag.AlignVCenter else below
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        layout.draw(painter, QPointF(area.x(), area.y() + top))
        painter.end()

    def _text_area(self) -> QRect:
        margin = self.margin()
        return self.contentsRect().adjusted(margin, margin, -margin, -margin)

    def _around(self) -> QSize:
        """Return what stands round the words: margins, and the edge and padding of its look."""
        if self._edges is None:
            self._edges = self.size() - self._text_area().size()
        return self._edges

    # What was measured before: a layout asks hundreds of times for the same few widths

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew with another font, or when the style sheet has given the look its edge."""
        super().changeEvent(event)
        kind = event.type()
        if kind == QEvent.Type.ContentsRectChange:
            self._forget()
        elif kind == QEvent.Type.FontChange and (font := self.font().key()) != self._font:
            self._font = font
            self._forget()

    def _forget(self) -> None:
        self._measured.clear()
        self._heights.clear()
        self._hint = self._least = self._edges = self._whole = None

    def _comfortable(self) -> _Whole:
        if self._whole is None:
            room = COMFORTABLE_LETTERS * self.fontMetrics().averageCharWidth()
            layout, height = self._laid_out(room)
            count = layout.lineCount()
            natural = max((layout.lineAt(line).naturalTextWidth() for line in range(count)), default=0.0)
            self._whole = _Whole(natural, height, room if count > self._words.count("\n") + 1 else None)
        return self._whole

    def _laid_out(self, width: int) -> tuple[QTextLayout, int]:
        if width not in self._measured:
            if len(self._measured) > MEASURES_KEPT:
                self._measured.clear()
            self._measured[width] = self._lay_out(width)
        return self._measured[width]

    def _lay_out(self, width: int) -> tuple[QTextLayout, int]:
        across = self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask
        layout = QTextLayout(_kept_together(self._words).replace("\n", "\u2028"), self.font())
        option = QTextOption(across)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        layout.setTextOption(option)
        layout.beginLayout()
        height = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, height))
            height += line.height()
        layout.endLayout()
        return layout, round(height + 0.49)
