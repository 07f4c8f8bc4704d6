"""Icons that keep the colour of their words when the theme changes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QPushButton, QWidget

from eolc_desktop.desktop import icons
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.desktop.style_sheet import FOCUS_PROPERTY
from eolc_desktop.desktop.theme import current

SIDE = 20
"""Side of an icon at 100 %, in pixels."""

_RESTYLED = (
    QEvent.Type.StyleChange,
    QEvent.Type.PaletteChange,
    QEvent.Type.EnabledChange,
)


class IconLabel(QLabel):
    """An icon beside words, in their colour. `means` is read out; leave it empty where the words say it."""

    def __init__(self, name: str, means: str = "", side: int = SIDE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._side = side
        self._shown: tuple[str, str, int] | None = None
        self.setAccessibleName(means)
        self._draw()

    def show_icon(self, name: str, means: str = "") -> None:
        """Show another icon."""
        self._name = name
        self.setAccessibleName(means)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in the colour and size of the new theme."""
        super().changeEvent(event)
        if event.type() in _RESTYLED:
            self._draw()

    def _draw(self) -> None:
        colour = self.palette().color(QPalette.ColorRole.WindowText).name()
        wanted = (self._name, colour, current().pixels(self._side))
        if wanted != self._shown:
            self._shown = wanted
            self.setPixmap(icons.pixmap(*wanted, scale=self.devicePixelRatioF()))
            self.setFixedSize(wanted[2], wanted[2])


class IconButton(QPushButton):
    """A button with an icon before its words. Words always stand there: an icon alone is a riddle."""

    def __init__(self, words: str, name: str, look: Look | None = None, parent: QWidget | None = None) -> None:
        super().__init__(words, parent)
        self._name = name
        self._shown: tuple[str, str, int, str, str] | None = None
        if look is not None:
            wear(self, look)
        self._draw()

    def show_icon(self, name: str) -> None:
        """Show another icon."""
        self._name = name
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Draw again in the colour and size of the new theme."""
        super().changeEvent(event)
        if event.type() in _RESTYLED:
            self._draw()

    def _draw(self) -> None:
        tokens = current().tokens
        side = current().pixels(SIDE)
        colour = self.palette().color(QPalette.ColorGroup.Active, QPalette.ColorRole.ButtonText).name()
        is_reached = bool(self.property(FOCUS_PROPERTY))
        checked = tokens.focus.text if is_reached else tokens.selected.text
        wanted = (self._name, colour, side, tokens.text_disabled, checked)
        if wanted != self._shown:
            self._shown = wanted
            self.setIcon(icons.icon(*wanted))
            self.setIconSize(QSize(side, side))
