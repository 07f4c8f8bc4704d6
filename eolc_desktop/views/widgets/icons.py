"""Icons that keep the colour of their words when the theme changes."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QLabel, QWidget

from eolc_desktop.desktop import icons
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
