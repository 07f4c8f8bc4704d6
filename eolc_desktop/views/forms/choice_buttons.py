"""Radio buttons and ticks whose words wrap: Qt's own cut a long choice off where the window ends."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QStyle, QStyleOptionButton, QWidget

ARROWS = {
    Qt.Key.Key_Up.value: -1,
    Qt.Key.Key_Left.value: -1,
    Qt.Key.Key_Down.value: 1,
    Qt.Key.Key_Right.value: 1,
}
"""The arrow keys, and whether they go back or on in a list of choices."""
MEASURES_KEPT = 8
LEAST_LETTERS = 14
"""A choice never asks for more width than this many letters: its words wrap instead."""


def wrapped(words: str, button: QAbstractButton, width: int) -> list[str]:
    """Break words into the lines that fit a width in pixels; a word that is wider than the line is broken too."""
    layout = QTextLayout(words, button.font())
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        lines.append(words[line.textStart() : line.textStart() + line.textLength()].rstrip())
    layout.endLayout()
    return lines or [""]


class _Measure:
    """Remembers how high a button is at each width: layouts ask for the same few again and again."""

    def __init__(self, button: QRadioButton | QCheckBox, part: QStyle.SubElement) -> None:
        self._button = button
        self._part = part
        self._known: dict[tuple[int, str], int] = {}

    def extra_height(self, width: int) -> int:
        """The height beyond the first line."""
        key = (width, self._button.font().key())
        if key not in self._known:
            if len(self._known) > MEASURES_KEPT:
                self._known.clear()
            button = self._button
            one_line = button.sizeHint().width() <= width
            area = 0 if one_line else _contents(button, self._part, width).width()
            lines = 1 if one_line else len(wrapped(button.words, button, area))  # type: ignore[union-attr]
            self._known[key] = (lines - 1) * button.fontMetrics().lineSpacing()
        return self._known[key]


def _let_height_follow_width(button: QAbstractButton) -> None:
    policy = button.sizePolicy()
    policy.setHorizontalPolicy(QSizePolicy.Policy.Preferred)  # else no layout makes it narrower than its words
    policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    button.setSizePolicy(policy)


def _option(button: QRadioButton | QCheckBox, words: str) -> QStyleOptionButton:
    option = QStyleOptionButton()
    button.initStyleOption(option)
    option.text = words
    return option


def _contents(button: QRadioButton | QCheckBox, part: QStyle.SubElement, width: int) -> QRect:
    option = _option(button, "")
    option.rect = QRect(0, 0, width, button.height())
    return button.style().subElementRect(part, option, button)


def _paint(
    button: QRadioButton | QCheckBox,
    words: str,
    whole: QStyle.ControlElement,
    label: QStyle.ControlElement,
    part: QStyle.SubElement,
) -> None:
    # The style draws ground, ring and mark; then each line of words as a label of its own, so that the style sheet's
    # colours (those of the focus too) hold for every line.
    painter = QPainter(button)
    style = button.style()
    style.drawControl(whole, _option(button, ""), painter, button)
    area = _contents(button, part, button.width())
    spacing = button.fontMetrics().lineSpacing()
    lines = wrapped(words, button, area.width())
    top = area.y() + (area.height() - spacing * len(lines)) // 2
    for line in lines:
        option = _option(button, line.replace("&", "&&"))
        option.rect = QRect(area.x(), top, area.width(), spacing)
        style.drawControl(label, option, painter, button)
        top += spacing
    painter.end()


class Choice(QRadioButton):
    """One choice of several."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words.replace("&", "&&"), parent)
        self.words = words
        self._measure = _Measure(self, QStyle.SubElement.SE_RadioButtonContents)
        _let_height_follow_width(self)

    def heightForWidth(self, width: int) -> int:
        """The height that the wrapped words need."""
        return super().sizeHint().height() + self._measure.extra_height(width)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for a few letters."""
        size = super().minimumSizeHint()
        return QSize(min(size.width(), self.fontMetrics().averageCharWidth() * LEAST_LETTERS), size.height())

    def hitButton(self, position: QPoint) -> bool:
        """The whole of it can be pressed."""
        return self.rect().contains(position)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the arrows to the list it stands in: Qt would go by where the buttons lie, not by their order."""
        if event.key() in ARROWS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the mark and the wrapped words."""
        elements = QStyle.ControlElement
        _paint(
            self,
            self.words,
            elements.CE_RadioButton,
            elements.CE_RadioButtonLabel,
            QStyle.SubElement.SE_RadioButtonContents,
        )


class Tick(QCheckBox):
    """Something that is so or is not."""

    def __init__(self, words: str, parent: QWidget | None = None) -> None:
        super().__init__(words.replace("&", "&&"), parent)
        self.words = words
        self._measure = _Measure(self, QStyle.SubElement.SE_CheckBoxContents)
        _let_height_follow_width(self)

    def heightForWidth(self, width: int) -> int:
        """The height that the wrapped words need."""
        return super().sizeHint().height() + self._measure.extra_height(width)

    def minimumSizeHint(self) -> QSize:
        """Wide enough for a few letters."""
        size = super().minimumSizeHint()
        return QSize(min(size.width(), self.fontMetrics().averageCharWidth() * LEAST_LETTERS), size.height())

    def hitButton(self, position: QPoint) -> bool:
        """The whole of it can be pressed."""
        return self.rect().contains(position)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the mark and the wrapped words."""
        elements = QStyle.ControlElement
        _paint(self, self.words, elements.CE_CheckBox, elements.CE_CheckBoxLabel, QStyle.SubElement.SE_CheckBoxContents)
