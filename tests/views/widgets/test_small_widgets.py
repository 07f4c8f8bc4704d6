"""Tags, headings, empty places and icons."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from eolc_desktop.desktop.looks import Look
from eolc_desktop.desktop.tokens import BRIGHT, DARK, LIGHT
from eolc_desktop.views.widgets.empty_state import EmptyState
from eolc_desktop.views.widgets.icons import IconLabel
from eolc_desktop.views.widgets.section_heading import SectionHeading
from eolc_desktop.views.widgets.tag import Tag
from tests import accessibility
from tests.pages import OpenWindow
from tests.pictures import take

Dress = Callable[..., None]


def window_of(*parts: QWidget) -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    for part in parts:
        column.addWidget(part)
    column.addStretch(1)
    return window


def colours(widget: QWidget) -> set[str]:
    image = take(widget)
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_an_empty_place_says_what_to_do(page: OpenWindow, qtbot: QtBot) -> None:
    place = EmptyState("No one is on this computer yet.", "Add a person.", "Add a person")
    opened = page(window_of(place), 500, 300)
    assert opened.words() == ["No one is on this computer yet.", "Add a person."]
    with qtbot.waitSignal(place.chosen):
        opened.press("Add a person")
    place.say("No one matches ‘smyt’ on this computer.")
    assert opened.words() == ["No one matches ‘smyt’ on this computer."]
    assert not opened.has("Add a person")
    assert accessibility.faults(opened.root) == []


@pytest.mark.parametrize("percent", [100, 200])
def test_a_heading_makes_room_for_what_is_beside_it(page: OpenWindow, dress: Dress, percent: int) -> None:
    dress("light", percent)
    heading = SectionHeading("What matters to her, and to the people who matter to her")
    heading.add(Tag("Similar name"))
    heading.add(QPushButton("Change"))
    opened = page(window_of(heading), 700, 400)
    assert accessibility.cut_off(opened.root) == []
    heading.say("Called first")
    assert "Called first" in opened.words()
    assert accessibility.faults(opened.root) == []


@pytest.mark.parametrize("look", [Look.TAG, Look.STAGE_BLUE, Look.STAGE_GREEN, Look.STAGE_AMBER, Look.STAGE_RED])
@pytest.mark.parametrize("percent", [100, 200])
def test_a_tag_shows_its_word_on_its_ground(page: OpenWindow, dress: Dress, look: Look, percent: int) -> None:
    dress("light", percent)
    tag = Tag("Amber – weeks", look)
    opened = page(window_of(tag), 400, 200)
    assert getattr(LIGHT, look.value).background in colours(tag)
    assert accessibility.cut_off(opened.root) == []
    tag.say("Days, perhaps only hours")
    opened.qtbot.waitUntil(lambda: accessibility.cut_off(opened.root) == [])
    assert opened.words() == ["Days, perhaps only hours"]


def test_in_bright_light_a_tag_has_an_edge_and_no_tint(page: OpenWindow, dress: Dress) -> None:
    dress("bright")
    tag = Tag("Red – days", Look.STAGE_RED)
    page(window_of(tag), 400, 200)
    assert {BRIGHT.stage_red.background, BRIGHT.control_border} <= colours(tag)
    assert LIGHT.stage_red.background not in colours(tag)


def test_icons_follow_the_theme(page: OpenWindow, dress: Dress) -> None:
    icon = IconLabel("lock", "Locked")
    page(window_of(icon), 300, 200)
    assert LIGHT.text in colours(icon)
    dress("dark", 200)
    assert DARK.text in colours(icon)
    assert icon.width() == 40


def test_an_icon_that_means_something_says_so(page: OpenWindow) -> None:
    icon, silent = IconLabel("warning", "Please check"), IconLabel("clock")
    opened = page(window_of(icon, silent), 300, 200)
    assert opened.says("Please check")
    icon.show_icon("success", "Done")
    assert opened.says("Done")
    assert not opened.says("Please check")
