"""The message bar: seen, heard once, never in the way."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from eolc_desktop.errors import PrintFailed
from eolc_desktop.views.widgets.announce import listen, stop_listening
from eolc_desktop.views.widgets.message_bar import Kind, MessageBar
from tests import accessibility
from tests.pages import OpenWindow, Page

PRINTER = PrintFailed("The printer did not answer.", "Nothing was lost.", "Choose another printer or save the PDF.")


@pytest.fixture
def heard() -> Iterator[list[str]]:
    """What is announced."""
    words: list[str] = []
    listen(words.append)
    yield words
    stop_listening(words.append)


@pytest.fixture
def bar() -> MessageBar:
    return MessageBar()


@pytest.fixture
def opened(page: OpenWindow, bar: MessageBar) -> Page:
    window = QWidget()
    column = QVBoxLayout(window)
    line = QLineEdit()
    line.setAccessibleName("Note")
    column.addWidget(bar)
    column.addWidget(line)
    column.addStretch(1)
    return page(window, 800, 300)


def test_it_is_not_there_while_it_says_nothing(opened: Page, bar: MessageBar) -> None:
    assert not bar.isVisible()
    assert bar.words() == ""


@pytest.mark.parametrize("kind", Kind)
def test_it_is_seen_and_heard_once(opened: Page, bar: MessageBar, heard: list[str], kind: Kind) -> None:
    opened.reach("Note")
    bar.say("Saved on this laptop 14:32.", kind)
    assert opened.says("Saved on this laptop 14:32.")
    assert opened.says(kind.word), "the kind is said by colour alone"
    assert heard == [f"{kind.word}. Saved on this laptop 14:32."]
    assert opened.focused_name() == "Note", "the bar took the focus from who is typing"
    assert accessibility.faults(opened.root) == []


def test_an_error_says_its_three_parts(opened: Page, bar: MessageBar) -> None:
    bar.tell(PRINTER)
    assert bar.words() == ("The printer did not answer. Nothing was lost. Choose another printer or save the PDF.")


def test_its_button_acts_and_closes_it(opened: Page, bar: MessageBar, qtbot: QtBot) -> None:
    bar.say("Saved.", Kind.SUCCESS, action="Undo")
    with qtbot.waitSignals([bar.acted, bar.closed]):
        opened.press("Undo")
    assert not bar.isVisible()


def test_without_something_to_do_there_is_no_button_for_it(opened: Page, bar: MessageBar) -> None:
    bar.say("Saved.", action="Undo")
    bar.say("Printed.")
    assert not opened.has("Undo")


def test_closing_by_keyboard_gives_the_focus_back(opened: Page, bar: MessageBar) -> None:
    opened.reach("Note")
    bar.say("Saved.")
    opened.press("Close message")
    assert opened.focused_name() == "Note"


def test_a_later_message_takes_the_place_of_the_first(opened: Page, bar: MessageBar, heard: list[str]) -> None:
    bar.say("Saved.", Kind.SUCCESS)
    bar.tell(PRINTER)
    assert not opened.says("Saved.")
    assert len(heard) == 2


def timer_of(bar: MessageBar) -> QTimer:
    timer = bar.findChild(QTimer)
    assert timer is not None
    return timer


def test_a_passing_message_goes_by_itself(opened: Page, bar: MessageBar, qtbot: QtBot) -> None:
    bar.say("Saved.", seconds=10)
    assert timer_of(bar).interval() == 10_000
    with qtbot.waitSignal(bar.closed):
        timer_of(bar).start(1)


def test_a_passing_message_waits_for_who_is_on_it(opened: Page, bar: MessageBar, qtbot: QtBot) -> None:
    bar.say("Saved.", action="Undo", seconds=10)
    opened.reach("Undo")
    with qtbot.assertNotEmitted(bar.closed), qtbot.waitSignal(timer_of(bar).timeout):
        timer_of(bar).start(1)
    assert timer_of(bar).isActive()
    bar.close_message()


def test_a_message_that_stays_has_no_timer(opened: Page, bar: MessageBar) -> None:
    bar.say("Saved.", seconds=10)
    bar.tell(PRINTER)
    assert not timer_of(bar).isActive()


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("width", [640, 760, 1300])
def test_its_words_and_buttons_are_never_cut_off(
    page: OpenWindow, dress: Callable[..., None], percent: int, width: int
) -> None:
    dress("light", percent)
    window, bar = QWidget(), MessageBar()
    column = QVBoxLayout(window)
    column.addWidget(bar)
    column.addStretch(1)
    bar.say(str(PRINTER), Kind.ERROR, action="Choose a printer")
    opened = page(window, width, 700)
    assert accessibility.cut_off(window) == []
    assert opened.root.width() == width, "the bar pushed the window wider"
    assert accessibility.small_targets(window) == []
