"""The Qt style sheet: one short set of rules by look, written from the tokens and the size of the text."""

from __future__ import annotations

from dataclasses import dataclass

from eolc_desktop.desktop.looks import PROPERTY, Look
from eolc_desktop.desktop.tokens import Colour, Pair, Tokens

FOCUS_PROPERTY = "keyboard_focus"
"""True on the one widget that was reached by keyboard: it wears the yellow ground and the dark ring."""

PROBLEM_PROPERTY = "has_problem"
"""True on a field whose value cannot be taken; the words beside it say why."""

TARGET = 40
"""Height of a control at 100 %, in device-independent pixels (Fluent and EN 301 549 practice; WCAG asks 24)."""

LARGE_TARGET = 48
"""The same for gloves and touch."""

RADIUS = 4
EDGE = 2
"""Width of a control's edge and of the focus ring, in pixels."""

META, CARD, KEY_LINE, NAME, TITLE = 13 / 15, 16 / 15, 17 / 15, 21 / 15, 26 / 15
"""Sizes of type as shares of the body, which is 15 pixels at 100 %."""

TEXT_FIELDS = ("QLineEdit", "QComboBox", "QAbstractSpinBox")
TEXT_AREAS = ("QPlainTextEdit", "QTextEdit", "QListView", "QTableView", "QTreeView")


@dataclass(frozen=True, slots=True)
class Appearance:
    """How everything looks at this moment."""

    tokens: Tokens
    scale: float
    """Size of the text, 1.0 to 2.0."""
    body_points: float
    """Size of the body text in points, the scale included."""
    line_height: int
    """Height of one line of body text, in pixels."""
    has_large_targets: bool = False

    @property
    def target(self) -> int:
        """Return the least height of a control in pixels: it grows with the text, never below the text itself."""
        at_rest = LARGE_TARGET if self.has_large_targets else TARGET
        return max(at_rest, self.line_height + 4 * EDGE + 8)

    def pixels(self, at_100_percent: int) -> int:
        """Return a length that grows with the text, such as an icon's side."""
        return round(at_100_percent * self.scale)

    def points(self, share: float) -> str:
        """Return a size of type for the style sheet, as a share of the body."""
        return f"{self.body_points * share:.2f}pt"


def style_sheet(appearance: Appearance) -> str:
    """Return the whole style sheet."""
    return "\n".join((_words(appearance), _grounds(appearance), _controls(appearance), _views(appearance)))


def _of(*looks: Look, kind: str = "*", state: str = "") -> str:
    return ", ".join(f'{kind}[{PROPERTY}="{look.value}"]{state}' for look in looks)


def _pair(pair: Pair) -> str:
    return f"color: {pair.text}; background: {pair.background};"


def _words(appearance: Appearance) -> str:
    t, pt = appearance.tokens, appearance.points
    return f"""
{_of(Look.TITLE)} {{ font-size: {pt(TITLE)}; font-weight: 600; }}
{_of(Look.NAME)} {{ font-size: {pt(NAME)}; font-weight: 600; }}
{_of(Look.HEADING)} {{ font-size: {pt(CARD)}; font-weight: 600; }}
{_of(Look.KEY_LINE, Look.OWN_WORDS)} {{ font-size: {pt(KEY_LINE)}; }}
{_of(Look.KEY_LINE)} {{ font-weight: 600; }}
{_of(Look.META)} {{ font-size: {pt(META)}; color: {t.text_secondary}; }}
{_of(Look.SECONDARY)} {{ color: {t.text_secondary}; }}
{_of(Look.FIELD_LABEL)} {{ font-weight: 600; }}
{_of(Look.FIELD_ERROR)} {{ font-weight: 600; color: {t.error_text}; }}
QLabel:disabled {{ color: {t.text_disabled}; }}
QToolTip {{ {_pair(Pair(t.text, t.surface))} border: 1px solid {t.control_border}; padding: 6px; }}"""


def _grounds(appearance: Appearance) -> str:
    t, pt = appearance.tokens, appearance.points
    inset = 1 if t.draws_tints else EDGE
    blocks = "\n".join(
        f"{_of(look)} {{ {_pair(Pair(block.text, block.background))} border: {inset}px solid {block.edge}; "
        f"border-left: 8px solid {block.edge}; }}\n"
        f"{_of(look)} QLabel {{ color: {block.text}; background: transparent; border: 0; }}"
        for look, block in (
            (Look.INFORMATION, t.information),
            (Look.SUCCESS, t.success),
            (Look.WARNING, t.warning),
            (Look.ERROR, t.error),
        )
    )
    tag_edge = "transparent" if t.draws_tints else t.control_border
    tags = "\n".join(
        f"{_of(look)} {{ {_pair(pair)} }}"
        for look, pair in (
            (Look.TAG, t.tag),
            (Look.STAGE_BLUE, t.stage_blue),
            (Look.STAGE_GREEN, t.stage_green),
            (Look.STAGE_AMBER, t.stage_amber),
            (Look.STAGE_RED, t.stage_red),
        )
    )
    all_tags = (Look.TAG, Look.STAGE_BLUE, Look.STAGE_GREEN, Look.STAGE_AMBER, Look.STAGE_RED)
    return f"""
{_of(Look.PAGE)} {{ background: {t.window}; }}
{_of(Look.CARD)} {{ background: {t.surface}; border: {inset}px solid {t.divider}; border-radius: {RADIUS}px; }}
{_of(Look.RAIL)} {{ background: {t.surface}; border: 0; border-right: {inset}px solid {t.divider}; }}
{_of(Look.STATUS)} {{ background: {t.surface}; border: 0; border-top: {inset}px solid {t.divider}; }}
{_of(Look.BANNER)} {{ background: {t.banner.background}; }}
{_of(Look.BANNER_DIED)} {{ background: {t.banner_died.background}; }}
{_of(Look.BANNER)} QLabel {{ color: {t.banner.text}; }}
{_of(Look.BANNER_LABEL, kind="QLabel")} {{ font-size: {pt(META)}; color: {t.banner_label}; }}
{_of(Look.BANNER_VALUE, kind="QLabel")} {{ font-size: {pt(CARD)}; font-weight: 600; }}
{_of(Look.BANNER_DIED)} QLabel {{ color: {t.banner_died.text}; }}
{_of(Look.DO_NOT)} {{ {_pair(t.do_not)} font-size: {pt(KEY_LINE)}; font-weight: 600; padding: 6px 12px; }}
{blocks}
{_of(*all_tags)} {{ font-size: {pt(META)}; font-weight: 600; border: 1px solid {tag_edge}; border-radius: 3px; }}
{tags}"""


def _button(look: Look | None, pair: Pair, hover: Pair, edge: Colour) -> str:
    name = "QPushButton" if look is None else _of(look, kind="QPushButton")
    hovered = "QPushButton:hover" if look is None else _of(look, kind="QPushButton", state=":hover")
    return f"{name} {{ {_pair(pair)} border-color: {edge}; }}\n{hovered} {{ {_pair(hover)} }}"


def _controls(appearance: Appearance) -> str:
    t = appearance.tokens
    inner = appearance.target - 2 * EDGE
    box = appearance.pixels(20)
    tick = "light" if contrasts_with_white(t) else "dark"
    arrow = "light" if t.is_dark else "dark"
    fields, areas = ", ".join(TEXT_FIELDS), ", ".join(TEXT_AREAS)
    wrong = ", ".join(f'{kind}[{PROBLEM_PROPERTY}="true"]' for kind in (*TEXT_FIELDS, *TEXT_AREAS))
    unusable = ", ".join(f"{kind}:disabled" for kind in (*TEXT_FIELDS, *TEXT_AREAS, "QPushButton"))
    chosen = Pair(t.selected.text, t.selected.background)
    plain = "transparent"
    quiet = _of(Look.QUIET, kind="QPushButton")
    place = _of(Look.PLACE, kind="QPushButton")
    return f"""
{fields}, {areas} {{ {_pair(Pair(t.text, t.surface))} border: {EDGE}px solid {t.control_border};
  border-radius: {RADIUS}px; selection-background-color: {t.accent.background};
  selection-color: {t.accent.text}; }}
{fields} {{ min-height: {inner}px; padding: 0 8px; }}
{wrong} {{ border-color: {t.error_text}; }}
QPlainTextEdit, QTextEdit {{ padding: 4px; }}
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {{ width: 0; border: 0; }}
QComboBox::drop-down {{ border: 0; width: {appearance.pixels(24)}px; }}
QComboBox::down-arrow {{ image: url(icons:drawn/arrow-{arrow}.svg); width: {appearance.pixels(16)}px;
  height: {appearance.pixels(16)}px; }}
QComboBox QAbstractItemView {{ border: {EDGE}px solid {t.control_border}; }}
QPushButton {{ border: {EDGE}px solid; border-radius: {RADIUS}px; min-height: {inner}px; padding: 0 14px;
  font-weight: 600; }}
QToolButton {{ color: {t.link}; border: {EDGE}px solid {plain}; border-radius: {RADIUS}px; min-height: {inner}px;
  min-width: {inner}px; }}
{_button(None, Pair(t.link, t.surface), Pair(t.link, t.hover), t.link)}
{_button(Look.PRIMARY, t.primary, t.primary_hover, t.primary.background)}
{_button(Look.DESTRUCTIVE, t.destructive, t.destructive, t.destructive.background)}
QPushButton:checked {{ {_pair(chosen)} }}
{quiet} {{ background: {plain}; border-color: {plain}; color: {t.link}; text-decoration: underline; padding: 0 6px; }}
{place} {{ color: {t.text}; background: {plain}; text-align: left; font-weight: 400; border-color: {plain};
  border-left: 4px solid {plain}; border-radius: 0; padding: 0 12px; }}
{_of(Look.PLACE, kind="QPushButton", state=":hover")} {{ background: {t.hover}; }}
{_of(Look.PLACE, kind="QPushButton", state=":checked")} {{ {_pair(chosen)}
  border-left-color: {t.selected.edge}; }}
{unusable} {{ {_pair(Pair(t.text_disabled, t.window))} border-color: {t.text_disabled}; border-style: dashed; }}
QCheckBox, QRadioButton {{ spacing: 12px; padding: 6px 8px 6px 6px; min-height: {inner - 12}px;
  border: {EDGE}px solid {plain}; border-radius: {RADIUS}px; }}
QCheckBox:disabled, QRadioButton:disabled {{ color: {t.text_disabled}; }}
QCheckBox::indicator, QRadioButton::indicator {{ width: {box}px; height: {box}px; background: {t.surface};
  border: {EDGE}px solid {t.control_border}; }}
QRadioButton::indicator {{ border-radius: {box // 2 + EDGE}px; }}
QCheckBox::indicator {{ border-radius: 2px; }}
QCheckBox::indicator:checked {{ background: {t.accent.background}; border-color: {t.accent.background};
  image: url(icons:drawn/tick-{tick}.svg); }}
QRadioButton::indicator:checked {{ border-color: {t.accent.background}; background: qradialgradient(cx: 0.5, cy: 0.5,
  radius: 0.5, fx: 0.5, fy: 0.5, stop: 0 {t.accent.background}, stop: 0.56 {t.accent.background},
  stop: 0.64 {t.surface}, stop: 1 {t.surface}); }}
{_focus(t)}"""


def _focus(t: Tokens) -> str:
    reached = f'[{FOCUS_PROPERTY}="true"]'
    controls = ", ".join(
        f"{kind}{reached}{state}"
        for kind in (*TEXT_FIELDS, "QPushButton", "QCheckBox", "QRadioButton", "QToolButton", "QTabBar")
        for state in ("", ":hover", ":checked")
    )
    looks = ", ".join(
        _of(look, kind="QPushButton", state=reached)
        for look in (Look.PRIMARY, Look.DESTRUCTIVE, Look.QUIET, Look.PLACE)
    )
    areas = ", ".join(f"{kind}{reached}" for kind in (*TEXT_AREAS, "QScrollArea"))
    items = ", ".join(f"{kind}{reached}::item:selected" for kind in ("QListView", "QTableView", "QTreeView"))
    ring = f"border: {EDGE}px solid {t.focus.text};"
    # Fusion would lay its own tinted frame over the ring.
    plain = ", ".join((*TEXT_AREAS, "QPushButton", "QCheckBox", "QRadioButton", "QToolButton", "QTabBar"))
    return f"""{plain} {{ outline: 0; }}
{controls}, {looks} {{ {_pair(t.focus)} {ring} }}
{areas} {{ border: {EDGE}px solid {t.focus.text if not t.is_dark else t.focus.background};
  background: {t.surface}; }}
{items} {{ {_pair(t.focus)} border-left-color: {t.focus.text}; }}"""


def _views(appearance: Appearance) -> str:
    t = appearance.tokens
    thin, grip = appearance.pixels(16), appearance.pixels(40)
    above = (appearance.target - appearance.line_height) // 2
    return f"""
QListView::item, QTreeView::item {{ padding: {above}px 8px; }}
QTableView::item {{ padding: 0 8px; }}
QListView::item:hover, QTableView::item:hover {{ background: {t.hover}; }}
QListView::item:selected, QTableView::item:selected, QTreeView::item:selected {{
  {_pair(Pair(t.selected.text, t.selected.background))} }}
QListView::item:selected {{ border-left: 4px solid {t.selected.edge}; padding-left: 4px; }}
QHeaderView {{ background: {t.surface}; border: 0; }}
QHeaderView::section {{ {_pair(Pair(t.text_secondary, t.surface))} border: 0; padding: 6px 8px; font-weight: 600;
  border-bottom: {EDGE}px solid {t.control_border}; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; }}
QScrollArea {{ border: {EDGE}px solid transparent; }}
QAbstractScrollArea::corner {{ background: transparent; border: 0; }}
QScrollBar {{ background: {t.window}; border: 0; margin: 0; }}
QScrollBar:vertical {{ width: {thin}px; }}
QScrollBar:horizontal {{ height: {thin}px; }}
QScrollBar::handle {{ background: {t.control_border}; border: 3px solid {t.window}; border-radius: {thin // 2}px; }}
QScrollBar::handle:vertical {{ min-height: {grip}px; }}
QScrollBar::handle:horizontal {{ min-width: {grip}px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QMenuBar {{ {_pair(Pair(t.text, t.surface))} }}
QMenuBar::item {{ padding: 6px 12px; background: transparent; }}
QMenu {{ {_pair(Pair(t.text, t.surface))} border: 1px solid {t.control_border}; }}
QMenu::item {{ padding: 8px 24px; }}
QMenuBar::item:selected, QMenu::item:selected {{ {_pair(t.focus)} }}
QMenu::item:disabled {{ color: {t.text_disabled}; }}
QProgressBar {{ {_pair(Pair(t.text, t.surface))} border: {EDGE}px solid {t.control_border}; text-align: center;
  border-radius: {RADIUS}px; min-height: {appearance.pixels(20)}px; }}
QProgressBar::chunk {{ background: {t.selected.background if t.draws_tints else t.hover}; }}"""


def contrasts_with_white(tokens: Tokens) -> bool:
    """Whether what is drawn on the accent is white (otherwise it is dark)."""
    return tokens.accent.text.lower() == "#ffffff"
