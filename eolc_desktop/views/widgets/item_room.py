"""How much of an item of a list or a table is left for its words, in the theme that is worn."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyleOptionViewItem

ROUNDED = 2
"""Pixels that are left over: words that just fit when they are measured may not when they are painted."""


def room_for_words(view: QAbstractItemView, width: int) -> int:
    """The width in which Qt lays out the words of an item that is so wide: without padding and margins."""
    option = QStyleOptionViewItem()
    view.initViewItemOption(option)
    option.features |= QStyleOptionViewItem.ViewItemFeature.HasDisplay
    option.text = "words"
    option.rect = QRect(0, 0, width, 100)
    style = view.style()
    beside = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, option, view) + 1
    text = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, view)
    return max(1, text.width() - 2 * beside - ROUNDED)
