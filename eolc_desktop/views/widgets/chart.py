"""Small charts drawn with QPainter: values over time, and bars. Each says in words what it shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from eolc_desktop.desktop.theme import current

GAP = 6.0


class Mark(Enum):
    """The shape of a point: two series differ in shape as well as in colour."""

    ROUND = "round"
    SQUARE = "square"
    DIAMOND = "diamond"
    TRIANGLE = "triangle"


@dataclass(frozen=True, slots=True)
class Point:
    """One value at a place along the foot, with the words that stand at it."""

    at: float
    value: float
    label: str


@dataclass(frozen=True, slots=True)
class Series:
    """Points that belong together. `name` stands beside them where there is more than one series."""

    name: str
    points: tuple[Point, ...]
    mark: Mark = Mark.ROUND
    joined: bool = True


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of a scale, or a place along the foot, with its words."""

    at: float
    words: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: what it counts, how much, and the words of its amount ("12 of 40")."""

    label: str
    amount: float
    words: str


class Chart(QWidget):
    """What the charts have in common: named and described for who cannot see them, sized in letters, not pixels."""

    def __init__(self, name: str, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setAccessibleName(f"Chart: {name}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def describe(self, words: str) -> None:
        """What the chart shows, in a sentence."""
        self.setAccessibleDescription(words)

    def sizeHint(self) -> QSize:
        """So many lines of text high, as wide as there is room."""
        letters = self.fontMetrics()
        return QSize(letters.averageCharWidth() * 48, letters.lineSpacing() * self._lines)

    def minimumSizeHint(self) -> QSize:
        """As high, and narrower."""
        return QSize(self.fontMetrics().averageCharWidth() * 20, self.sizeHint().height())


class TimeChart(Chart):
    """Values over time as points with their words at them, on a scale with words at the left."""

    def __init__(self, name: str, lines: int = 9, parent: QWidget | None = None) -> None:
        super().__init__(name, lines, parent)
        self._series: tuple[Series, ...] = ()
        self._levels: tuple[Tick, ...] = ()
        self._foot: tuple[Tick, ...] = ()

    def show_series(self, series: Sequence[Series], levels: Sequence[Tick], foot: Sequence[Tick]) -> None:
        """Show points on a scale (`levels`, the lowest first) over places along the foot."""
        self._series, self._levels, self._foot = tuple(series), tuple(levels), tuple(foot)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the scale, then the points over it."""
        points = [point for series in self._series for point in series.points]
        if not points or not self._levels:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        letters = QFontMetricsF(self.font())
        line = letters.lineSpacing()
        left = max(letters.horizontalAdvance(tick.words) for tick in self._levels) + 2 * GAP
        widest = max(letters.horizontalAdvance(point.label) for point in points) / 2
        ends = max((letters.horizontalAdvance(tick.words) / 2 for tick in self._foot), default=0.0)
        margin = max(widest, ends, GAP)
        names = max(
            (letters.horizontalAdvance(s.name) + 2 * GAP for s in self._series if len(self._series) > 1), default=0
        )
        foot = line + GAP if self._foot else GAP
        area = QRectF(
            left + GAP, line + GAP, self.width() - left - GAP - margin - names, self.height() - line - GAP - foot
        )
        area.setLeft(area.left() + margin)
        place = _Placed(points, self._levels, self._foot, area)
        self._paint_scale(painter, place, left, line)
        for number, series in enumerate(self._series):
            self._paint_series(painter, series, number, place, line, named=len(self._series) > 1)
        painter.end()

    def _paint_scale(self, painter: QPainter, place: _Placed, left: float, line: float) -> None:
        tokens = current().tokens
        for tick in self._levels:
            y = place.y(tick.at)
            painter.setPen(QPen(QColor(tokens.divider), 1))
            painter.drawLine(QPointF(left, y), QPointF(self.width(), y))
            painter.setPen(QColor(tokens.text_secondary))
            words = QRectF(0, y - line / 2, left - GAP, line)
            painter.drawText(words, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), tick.words)
        letters = QFontMetricsF(self.font())
        taken: list[tuple[float, float]] = []
        # The ends come first: they say what time the chart covers. One between them stands where there is room.
        for tick in (*self._foot[:1], *self._foot[-1:], *self._foot[1:-1]):
            x, wide = place.x(tick.at), letters.horizontalAdvance(tick.words)
            begins, ends = x - wide / 2 - GAP, x + wide / 2 + GAP
            if any(begins < other_ends and other_begins < ends for other_begins, other_ends in taken):
                continue
            taken.append((begins, ends))
            words = QRectF(x - wide, self.height() - line, 2 * wide, line)
            painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), tick.words)

    def _paint_series(
        self, painter: QPainter, series: Series, number: int, place: _Placed, line: float, *, named: bool
    ) -> None:
        tokens = current().tokens
        colour = QColor(tokens.link if number == 0 else tokens.text)
        spots = [QPointF(place.x(point.at), place.y(point.value)) for point in series.points]
        if series.joined and len(spots) > 1:
            pen = QPen(colour, 2)
            if number:
                pen.setStyle(Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF(spots))
        letters = QFontMetricsF(self.font())
        taken = -1e9
        for spot in spots:
            draw_mark(painter, series.mark, spot, line * 0.3, colour)
        for point, spot in reversed(list(zip(series.points, spots, strict=True))):
            # The latest is always labelled; an earlier one where there is room. The table has them all.
            wide = letters.horizontalAdvance(point.label)
            if taken != -1e9 and spot.x() + wide / 2 + GAP > taken:
                continue
            taken = spot.x() - wide / 2
            painter.setPen(QColor(tokens.text))
            words = QRectF(spot.x() - wide, spot.y() - line * 1.4, 2 * wide, line)
            painter.drawText(words, int(Qt.AlignmentFlag.AlignCenter), point.label)
        if named and spots:
            painter.setPen(QColor(tokens.text))
            painter.drawText(QPointF(spots[-1].x() + 2 * GAP, spots[-1].y() + letters.ascent() / 2), series.name)


class _Placed:
    """Where values lie on the paper."""

    def __init__(self, points: Sequence[Point], levels: Sequence[Tick], foot: Sequence[Tick], area: QRectF) -> None:
        along = [point.at for point in points] + [tick.at for tick in foot]
        up = [point.value for point in points] + [tick.at for tick in levels]
        self._first, self._width = min(along), (max(along) - min(along)) or 1.0
        self._low, self._height = min(up), (max(up) - min(up)) or 1.0
        self._alone = max(along) == min(along)
        self._area = area

    def x(self, at: float) -> float:
        """Across; a single point stands in the middle."""
        share = 0.5 if self._alone else (at - self._first) / self._width
        return self._area.left() + share * self._area.width()

    def y(self, value: float) -> float:
        """Up."""
        return self._area.bottom() - (value - self._low) / self._height * self._area.height()


class BarChart(Chart):
    """Bars from the left, each with its words before it and its amount after it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, 1, parent)
        self._bars: tuple[Bar, ...] = ()

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show these bars, the first at the top."""
        self._bars = tuple(bars)
        self._lines = max(1, round(1.6 * len(bars)))
        self.describe("; ".join(f"{bar.label}: {bar.words}" for bar in bars))
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw each bar with its words."""
        if not self._bars:
            return
        painter = QPainter(self)
        letters = QFontMetricsF(self.font())
        tokens = current().tokens
        left = min(max(letters.horizontalAdvance(bar.label) for bar in self._bars), self.width() * 0.5) + 2 * GAP
        right = max(letters.horizontalAdvance(bar.words) for bar in self._bars) + 2 * GAP
        room = max(10.0, self.width() - left - right)
        most = max((bar.amount for bar in self._bars), default=0) or 1.0
        step = self.height() / len(self._bars)
        for place, bar in enumerate(self._bars):
            row = QRectF(0, place * step, self.width(), step)
            painter.setPen(QColor(tokens.text))
            words = letters.elidedText(bar.label, Qt.TextElideMode.ElideRight, left - 2 * GAP)
            painter.drawText(row, int(Qt.AlignmentFlag.AlignVCenter), words)
            long = max(0.0, bar.amount) / most * room
            drawn = QRectF(left, row.center().y() - step * 0.3, long, step * 0.6)
            painter.fillRect(drawn, QColor(tokens.link))
            after = QRectF(left + long + GAP, row.top(), right, step)
            painter.drawText(after, int(Qt.AlignmentFlag.AlignVCenter), bar.words)
        painter.end()


def draw_mark(painter: QPainter, mark: Mark, at: QPointF, radius: float, colour: QColor) -> None:
    """Draw the shape of a point, with an edge that stands out from the line beneath it."""
    painter.setPen(QPen(QColor(current().tokens.surface), 2))
    painter.setBrush(colour)
    x, y, r = at.x(), at.y(), radius
    match mark:
        case Mark.ROUND:
            painter.drawEllipse(at, r, r)
        case Mark.SQUARE:
            painter.drawRect(QRectF(x - r, y - r, 2 * r, 2 * r))
        case Mark.DIAMOND:
            painter.drawPolygon(QPolygonF([QPointF(x, y - r), QPointF(x + r, y), QPointF(x, y + r), QPointF(x - r, y)]))
        case Mark.TRIANGLE:
            painter.drawPolygon(QPolygonF([QPointF(x, y - r), QPointF(x + r, y + r), QPointF(x - r, y + r)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)
