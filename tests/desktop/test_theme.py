"""How the program is dressed: choice and computer, size of text, targets, and the ring of who works by keyboard."""

from __future__ import annotations

import re
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from eolc_desktop.desktop.looks import PROPERTY, Look, wear
from eolc_desktop.desktop.settings import Settings, ThemeName
from eolc_desktop.desktop.style_sheet import FOCUS_PROPERTY, style_sheet
from eolc_desktop.desktop.theme import Theme, current
from eolc_desktop.desktop.tokens import BRIGHT, DARK, LIGHT
from tests import accessibility
from tests.pages import OpenWindow, Page
from tests.pictures import take

ROOT = Path(__file__).resolve().parents[2]
Dress = Callable[..., None]


def controls() -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    parts: dict[str, QWidget] = {
        "Name": QLineEdit("Peggy"),
        "Place": QComboBox(),
        "Save": QPushButton("Save"),
        "She was told": QCheckBox("She was told"),
        "At home": QRadioButton("At home"),
        "Caseload": QListWidget(),
    }
    for name, part in parts.items():
        part.setAccessibleName(name)
        column.addWidget(part)
    rows = parts["Caseload"]
    assert isinstance(rows, QListWidget)
    rows.addItems(["SMITH, Margaret", "KHAN, Ahmed", "NOWAK, Ewa"])
    rows.setCurrentRow(1)
    return window


@pytest.mark.parametrize(("name", "tokens"), [("light", LIGHT), ("dark", DARK), ("bright", BRIGHT)])
def test_the_choice_wins(theme: Theme, name: ThemeName, tokens: object) -> None:
    theme.use(Settings(theme=name))
    assert current().tokens is tokens
    assert QApplication.palette().color(QPalette.ColorRole.Window).name() == current().tokens.window


def test_without_a_choice_it_follows_the_computer(theme: Theme, qapp: QApplication) -> None:
    """The screenless platform says nothing of light and dark; the program is then light."""
    theme.use(Settings(theme="system"))
    assert current().tokens is LIGHT


def test_everyone_hears_of_a_change(theme: Theme) -> None:
    heard: list[str] = []

    def note() -> None:
        heard.append(current().tokens.name)

    theme.changed.connect(note)
    theme.use(Settings(theme="dark"))
    theme.changed.disconnect(note)
    assert heard == ["dark"]


@pytest.mark.parametrize("percent", [100, 150, 200])
def test_text_grows_and_nothing_is_smaller_than_the_body_of_the_computer(theme: Theme, percent: int) -> None:
    theme.use(Settings(theme="light", text_percent=percent))
    label = QLabel("words")
    assert QFontInfo(label.font()).pixelSize() == pytest.approx(15 * percent / 100, abs=1)
    assert current().scale == percent / 100


def test_in_bright_light_the_text_is_larger(theme: Theme) -> None:
    theme.use(Settings(theme="bright"))
    assert QFontInfo(QLabel("words").font()).pixelSize() == 17


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize(("large", "least"), [(False, 40), (True, 48)])
def test_every_control_can_be_hit_with_a_shaking_hand(
    page: OpenWindow, theme: Theme, percent: int, large: bool, least: int
) -> None:
    theme.use(Settings(theme="light", text_percent=percent, has_large_targets=large))
    window = controls()
    page(window, 600, 700)
    assert accessibility.small_targets(window, least) == []
    rows = window.findChild(QListWidget)
    assert rows is not None
    heights = {rows.visualItemRect(rows.item(row)).height() for row in range(3)}
    assert min(heights) >= 40


def test_rows_of_a_list_never_lie_over_each_other(page: OpenWindow) -> None:
    """A list that a row was chosen in before it was shown keeps the places from before it had its style."""
    rows = QListWidget()
    rows.addItems(["SMITH, Margaret", "KHAN, Ahmed", "NOWAK, Ewa"])
    rows.setCurrentRow(1)
    window = QWidget()
    QVBoxLayout(window).addWidget(rows)
    page(window, 500, 800)
    tops = [rows.visualItemRect(rows.item(row)).top() for row in range(3)]
    heights = [rows.visualItemRect(rows.item(row)).height() for row in range(3)]
    assert tops == [0, heights[0], 2 * heights[0]]


def test_the_style_sheet_stays_short(theme: Theme) -> None:
    """Every widget that appears is matched against every rule: a long sheet is a slow window."""
    sheet = style_sheet(current())
    assert len(re.findall(r"{", sheet)) < 110
    assert len(sheet) < 14_000


def test_only_known_looks_are_dressed(theme: Theme) -> None:
    known = {look.value for look in Look}
    assert set(re.findall(rf'{PROPERTY}="(\w+)"', style_sheet(current()))) <= known


def colours(widget: QWidget) -> set[str]:
    image = take(widget)
    return {QColor(image.pixel(x, y)).name() for x in range(image.width()) for y in range(image.height())}


def dressed(look: Look | None, kind: type[QPushButton | QLabel] = QPushButton) -> QWidget:
    widget = kind("Save")
    wear(widget, look)
    return widget


@pytest.mark.parametrize("look", [Look.PRIMARY, Look.DESTRUCTIVE])
def test_a_button_wears_its_look(page: OpenWindow, look: Look) -> None:
    button = dressed(look)
    window = QWidget()
    column = QVBoxLayout(window)
    column.addWidget(QLineEdit())
    column.addWidget(button)
    page(window)
    assert getattr(LIGHT, look.value).background in colours(button)
    wear(button, None)
    assert getattr(LIGHT, look.value).background not in colours(button)


@pytest.mark.parametrize("name", ["Name", "Place", "Save", "She was told", "At home", "Caseload"])
def test_who_works_by_keyboard_sees_where_they_are(page: OpenWindow, name: str) -> None:
    window = controls()
    opened = page(window)
    if name == "Name":
        opened.key("Shift+Tab")
    control = opened.reach(name)
    opened.qtbot.waitUntil(lambda: bool(control.property(FOCUS_PROPERTY)))
    assert {LIGHT.focus.background, LIGHT.focus.text} <= colours(control)
    opened.key(Qt.Key.Key_Tab)
    assert LIGHT.focus.background not in colours(control)


def click(widget: QWidget) -> None:
    """Click as a real pointer does: the window hears of it first."""
    window = widget.window()
    QTest.mouseClick(
        window.windowHandle(),
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
        widget.mapTo(window, QPoint(20, 10)),
    )
    QApplication.processEvents()


def test_who_works_with_a_pointer_sees_no_ring(page: OpenWindow) -> None:
    window = controls()
    opened = page(window)
    opened.reach("Save")
    line = opened.field("Name")
    click(line)
    assert QApplication.focusWidget() is line
    assert LIGHT.focus.background not in colours(line)


def test_typing_alone_brings_no_ring(page: OpenWindow) -> None:
    window = controls()
    opened = page(window)
    line = opened.field("Name")
    click(line)
    opened.keys("abc")
    button = opened.field("Save")
    button.setFocus()
    assert LIGHT.focus.background not in colours(button)


@pytest.mark.parametrize("key", ["Tab", "Return", "Down", "Ctrl+F", "F6"])
def test_what_the_program_focuses_for_a_keyboard_user_is_marked(page: OpenWindow, key: str) -> None:
    window = controls()
    opened = page(window)
    opened.key(key)
    button = opened.field("Save")
    button.setFocus()
    assert LIGHT.focus.background in colours(button)


def test_a_ring_on_a_widget_that_goes_does_no_harm(page: OpenWindow) -> None:
    window = controls()
    opened = page(window)
    line = opened.reach("Place")
    line.deleteLater()
    opened.qtbot.waitUntil(lambda: not opened.has("Place"))
    opened.reach("Save")


def test_the_computers_own_change_is_followed_only_without_a_choice(theme: Theme) -> None:
    theme.use(Settings(theme="dark"))
    theme._on_system_changed()
    assert current().tokens is DARK


COST = textwrap.dedent(
    """
    import statistics, time
    from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget
    from PySide6.QtCore import Qt
    app = QApplication([])
    def window():
        made = QWidget()
        column = QVBoxLayout(made)
        for part in (QLabel("Passphrase"), QLineEdit(), QPushButton("Unlock")):
            column.addWidget(part)
        made.show()
        app.processEvents()
        return made
    bare = window()          # fonts and styles are loaded, as a bare window would have to
    from eolc_desktop.desktop.theme import Theme
    from eolc_desktop.desktop.settings import Settings
    theme = Theme(app)
    def cost(work):
        begun = time.perf_counter()
        work()
        return 1000 * (time.perf_counter() - begun)
    print(min(cost(lambda: theme.use(Settings(theme="light"))) for _ in range(5)))
    """
)


def test_dressing_costs_a_few_milliseconds() -> None:
    ended = subprocess.run(
        [sys.executable, "-c", COST], cwd=ROOT, capture_output=True, text=True, timeout=60, check=True
    )
    assert float(ended.stdout) < 15


def test_a_page_is_a_page(page: OpenWindow) -> None:
    assert isinstance(page(controls()), Page)
