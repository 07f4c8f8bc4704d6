"""The application for pictures outside pytest: one font, no blinking, no sliding, as the tests have it."""

from __future__ import annotations

import sys

from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication

from eolc_desktop.desktop.theme import Theme
from eolc_desktop.paths import resources

FONT, POINTS = "Noto Sans", 11


def dressed_app() -> tuple[QApplication, Theme]:
    """The one application of this process and its theme: pictures come out the same on every computer."""
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    app = QApplication(sys.argv[:1])
    for path in sorted((resources() / "fonts").glob("NotoSans-*.ttf")):
        QFontDatabase.addApplicationFont(str(path))
    app.setFont(QFont(FONT, POINTS))
    app.setQuitOnLastWindowClosed(False)
    app.setCursorFlashTime(0)
    for effect in (Qt.UIEffect.UI_AnimateCombo, Qt.UIEffect.UI_AnimateMenu, Qt.UIEffect.UI_AnimateTooltip):
        app.setEffectEnabled(effect, False)
    return app, Theme(app)
