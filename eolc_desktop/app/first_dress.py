"""How the first picture is dressed: as the theme does it, but without the theme, which takes 30 ms to load."""

from __future__ import annotations

from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication

from eolc_desktop.desktop.settings import Settings
from eolc_desktop.desktop.style_sheet import Appearance, style_sheet
from eolc_desktop.desktop.tokens import BRIGHT, DARK, LIGHT, Tokens

BODY_PIXELS, BRIGHT_PIXELS = 15, 17
"""Least size of the body text at 100 %, as in the theme; the test of the pixels tells when they differ."""
HALF = 128
"""Lightness, of 255, below which the computer's own windows are dark."""


def dress_first(app: QApplication, settings: Settings) -> None:
    """Give the unlock page the look it will have. A test compares its pixels with those under the theme.

    The program must have been started in the style Fusion. A contrast theme of the computer itself is left to the
    theme, which follows as soon as the page is painted.
    """
    chosen = {"light": LIGHT, "dark": DARK, "bright": BRIGHT}.get(settings.theme)
    is_dark = app.palette().window().color().lightness() < HALF
    tokens = chosen or (DARK if is_dark else LIGHT)
    font = QFont(app.font())
    pixels = QFontInfo(font).pixelSize()
    larger = max(1.0, (BRIGHT_PIXELS if tokens is BRIGHT else BODY_PIXELS) / pixels) if pixels > 0 else 1.0
    scale = settings.text_percent / 100
    points = QFontInfo(font).pointSizeF() * larger * scale
    font.setPointSizeF(points)
    line = round(QFontMetrics(font).height())
    app.setFont(font)
    app.setPalette(_palette(tokens))
    app.setStyleSheet(style_sheet(Appearance(tokens, scale, points, line, settings.has_large_targets)))


def _palette(tokens: Tokens) -> QPalette:
    roles = QPalette.ColorRole
    made = QPalette()
    for role, colour in (
        (roles.Window, tokens.window),
        (roles.WindowText, tokens.text),
        (roles.Base, tokens.surface),
        (roles.Text, tokens.text),
        (roles.Button, tokens.surface),
        (roles.ButtonText, tokens.text),
        (roles.Highlight, tokens.accent.background),
        (roles.HighlightedText, tokens.accent.text),
    ):
        made.setColor(role, QColor(colour))
    return made
