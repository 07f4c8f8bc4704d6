"""How everything looks: Fusion on every system, a palette and a short style sheet, both made from the tokens."""

from __future__ import annotations

from typing import ClassVar, cast

from PySide6.QtCore import QDir, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QKeyEvent, QPalette
from PySide6.QtWidgets import QAbstractItemView, QApplication, QWidget

from eolc_desktop.desktop.event_watch import EventWatch
from eolc_desktop.desktop.focus_ring import FocusRing
from eolc_desktop.desktop.settings import TEXT_PERCENT, Settings, ThemeName
from eolc_desktop.desktop.style_sheet import Appearance, style_sheet
from eolc_desktop.desktop.tokens import BRIGHT, DARK, LIGHT, Block, Pair, Tokens
from eolc_desktop.paths import resources

BODY_PIXELS = 15
"""Least size of the body text at 100 %: the system's own font where it is larger (EN 301 549 11.7)."""

BRIGHT_PIXELS = 17
"""The same in bright light: the sun takes away more than colour."""

_KEY_PRESS = QEvent.Type.KeyPress
_MOUSE_PRESS = QEvent.Type.MouseButtonPress
_TOUCH = QEvent.Type.TouchBegin
_POLISH = QEvent.Type.Polish


class Theme(QObject):
    """Dresses the whole program, and dresses it again when the user or the computer asks for something else.

    Signals:
        changed: after everything was dressed. Painted widgets draw again from `current()`.
    """

    changed = Signal()
    in_force: ClassVar[Appearance] = Appearance(LIGHT, 1.0, 11.25, 20)
    """How everything looks at this moment: one for the process, as Qt's own palette is."""

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app = app
        self._choice: ThemeName = "system"
        self._percent = TEXT_PERCENT[0]
        self._has_large_targets = False
        self._is_watching = False
        QDir.addSearchPath("icons", str(resources() / "icons"))
        app.setStyle("Fusion")
        self._system_font = app.font()
        # Kept, because a wrapper that is let go takes the object it wraps with it (found on PySide6 6.11.3).
        self._hints = app.styleHints()
        self._accessibility = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self._on_system_changed)
        self._accessibility.contrastPreferenceChanged.connect(self._on_system_changed)
        self._focus_ring = FocusRing(app, self)

    def watch(self) -> None:
        """Begin to look at how the user moves about. Call it once the first window is painted, and before any list.

        A filter on all events makes PySide6 load every class of Qt it has: 30 ms that the unlock window need not wait.
        """
        if not self._is_watching:
            self._is_watching = True
            EventWatch.of(self._app).add((_KEY_PRESS, _MOUSE_PRESS, _TOUCH, _POLISH), self._look)

    def use(self, settings: Settings) -> None:
        """Dress everything as the settings say."""
        self._choice = settings.theme
        self._percent = settings.text_percent
        self._has_large_targets = settings.has_large_targets
        self._dress()

    def _look(self, watched: QObject, event: QEvent) -> bool:
        """See how the user moves about, and lists that meet their style."""
        kind = event.type()
        if kind is _KEY_PRESS:
            self._focus_ring.note_key(cast("QKeyEvent", event))
        elif kind is _MOUSE_PRESS or kind is _TOUCH:
            self._focus_ring.note_pointer()
        elif isinstance(watched, QAbstractItemView):  # as `lay_lists_anew` says
            watched.scheduleDelayedItemsLayout()
        return False

    @Slot()
    def _on_system_changed(self) -> None:
        if self._choice == "system":
            self._dress()

    def _dress(self) -> None:
        tokens = self._tokens()
        font, appearance = self._measured(tokens)
        sheet = style_sheet(appearance)
        if Theme.in_force == appearance and self._app.font() == font and self._app.styleSheet() == sheet:
            return  # to dress every widget anew takes long
        Theme.in_force = appearance
        self._app.setFont(font)
        self._app.setPalette(palette(tokens))
        self._app.setStyleSheet(sheet)
        self.changed.emit()

    def _tokens(self) -> Tokens:
        chosen = {"light": LIGHT, "dark": DARK, "bright": BRIGHT}.get(self._choice)
        if chosen is not None:
            return chosen
        if self._accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast:
            self._app.setPalette(QPalette())
            return tokens_from(self._app.palette())
        return DARK if self._hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT

    def _measured(self, tokens: Tokens) -> tuple[QFont, Appearance]:
        font = QFont(self._system_font)
        system_pixels = QFontInfo(font).pixelSize()
        least = BRIGHT_PIXELS if tokens is BRIGHT else BODY_PIXELS
        enlarged = max(1.0, least / system_pixels) if system_pixels > 0 else 1.0
        scale = self._percent / 100
        points = QFontInfo(font).pointSizeF() * enlarged * scale
        font.setPointSizeF(points)
        line = round(QFontMetrics(font).height())
        return font, Appearance(tokens, scale, points, line, self._has_large_targets)


def lay_lists_anew(page: QWidget) -> None:
    """Have the lists and tables of a page that has just met its style put their items in their places once more.

    Qt keeps the places of items from before the style sheet was known: they would overlap.
    """
    for view in page.findChildren(QAbstractItemView):
        view.scheduleDelayedItemsLayout()


def current() -> Appearance:
    """Return how everything looks at this moment, for widgets that paint."""
    return Theme.in_force


def palette(tokens: Tokens) -> QPalette:
    """Return Qt's palette for these tokens."""
    roles = QPalette.ColorRole
    colours = {
        roles.Window: tokens.window,
        roles.WindowText: tokens.text,
        roles.Base: tokens.surface,
        roles.AlternateBase: tokens.hover,
        roles.Text: tokens.text,
        roles.PlaceholderText: tokens.text_secondary,
        roles.Button: tokens.surface,
        roles.ButtonText: tokens.text,
        roles.BrightText: tokens.error_text,
        roles.Highlight: tokens.accent.background,
        roles.HighlightedText: tokens.accent.text,
        roles.Accent: tokens.accent.background,
        roles.Link: tokens.link,
        roles.LinkVisited: tokens.link,
        roles.ToolTipBase: tokens.surface,
        roles.ToolTipText: tokens.text,
        roles.Light: tokens.surface,
        roles.Midlight: tokens.hover,
        roles.Mid: tokens.divider,
        roles.Dark: tokens.control_border,
        roles.Shadow: tokens.text,
    }
    made = QPalette()
    for role, colour in colours.items():
        made.setColor(role, QColor(colour))
    for role in (roles.WindowText, roles.Text, roles.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, role, QColor(tokens.text_disabled))
    return made


def tokens_from(system: QPalette) -> Tokens:
    """Return tokens that use nothing but the computer's own colours, for someone who chose a contrast theme there.

    EN 301 549 11.7: what the user set for the whole computer wins, so every colour of ours is dropped.
    """
    roles = QPalette.ColorRole

    def colour(role: QPalette.ColorRole, group: QPalette.ColorGroup = QPalette.ColorGroup.Active) -> str:
        return system.color(group, role).name()

    ground, ink = colour(roles.Window), colour(roles.WindowText)
    surface, link = colour(roles.Base), colour(roles.Link)
    plain, inverted = Pair(ink, ground), Pair(ground, ink)
    strong = Pair(colour(roles.HighlightedText), colour(roles.Highlight))
    block = Block(ink, ground, ink)
    return Tokens(
        name="system contrast",
        is_dark=system.color(roles.Window).lightness() < system.color(roles.WindowText).lightness(),
        draws_tints=False,
        window=ground,
        surface=surface,
        text=ink,
        text_secondary=ink,
        text_disabled=colour(roles.WindowText, QPalette.ColorGroup.Disabled),
        link=link,
        error_text=ink,
        control_border=ink,
        divider=ink,
        hover=ground,
        accent=strong,
        accent_hover=strong,
        primary=strong,
        primary_hover=strong,
        destructive=strong,
        focus=inverted,
        selected=Block(strong.text, strong.background, ink),
        information=block,
        success=block,
        warning=block,
        error=block,
        banner=strong,
        banner_label=strong.text,
        banner_died=plain,
        do_not=inverted,
        tag=plain,
        stage_blue=plain,
        stage_green=plain,
        stage_amber=plain,
        stage_red=plain,
    )
