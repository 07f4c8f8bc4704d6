"""Widgets that only point at one another are destroyed on the UI thread, whatever the other threads are doing."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from eolc_desktop.desktop import rubbish
from eolc_desktop.desktop.background import Background
from eolc_desktop.desktop.rubbish import RubbishRound


@pytest.fixture
def going_round(qapp: object) -> Iterator[RubbishRound]:
    made = RubbishRound()
    made.begin()
    yield made
    made.end()
    made.deleteLater()


def drop_two_that_hold_each_other() -> list[str]:
    """Make widgets that nothing but themselves holds, and return where the name of the thread will stand on which
    they go."""
    went: list[str] = []
    one, other = QWidget(), QWidget()
    one.other, other.other = other, one  # type: ignore[attr-defined]
    weakref.finalize(one, lambda: went.append(threading.current_thread().name))
    return went


def make_much() -> list[list[int]]:
    """What a long piece of work makes: far more than Python lets by before it looks for rubbish."""
    return [[number] for number in range(200_000)]


def test_they_go_on_the_ui_thread(
    going_round: RubbishRound, background: Background, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rubbish, "QUIET_SECONDS", -1.0)
    went = drop_two_that_hold_each_other()
    with qtbot.waitSignal(background.run("read a plan", make_much).done) as made:
        pass
    assert made.args, "what was made is there, and still is while the round looks"
    assert went == [], "the store's thread leaves them alone"
    qtbot.waitUntil(lambda: bool(went), timeout=10_000)
    assert went == ["MainThread"]


def test_without_it_they_go_on_the_stores_thread(background: Background, qtbot: QtBot) -> None:
    """What it is there for: with Python's own look, this is where they would go."""
    gc.enable()
    went = drop_two_that_hold_each_other()
    work = background.run("read a plan", make_much)
    with qtbot.waitSignal(work.finished):
        pass
    assert went != ["MainThread"]


def test_it_rests_while_work_makes_much_and_not_for_ever(
    qapp: object, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_work = [True]
    monkeypatch.setattr(rubbish, "QUIET_SECONDS", -1.0)
    monkeypatch.setattr(rubbish, "EVERY", 5)
    resting = RubbishRound(rests=lambda: bool(at_work))
    resting.begin()
    try:
        went = drop_two_that_hold_each_other()
        kept = make_much()
        for _round in range(5):
            with qtbot.waitSignal(resting._timer.timeout):
                pass
        assert went == []
        at_work.clear()
        qtbot.waitUntil(lambda: bool(went), timeout=10_000)
        at_work.append(True)
        monkeypatch.setattr(rubbish, "LONGEST_REST", 0.0)
        went = drop_two_that_hold_each_other()
        kept += make_much()
        qtbot.waitUntil(lambda: bool(went), timeout=10_000)
    finally:
        resting.end()
        resting.deleteLater()
