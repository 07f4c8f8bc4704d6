"""Locking when nobody is there, by clocks the test holds in its hand."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from eolc_desktop.desktop.idle_lock import IdleLock, steady_seconds
from tests.fixed_clock import FixedClock
from tests.pages import OpenWindow


class Steady:
    """The clock that only grows."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        return self.seconds


class Desk(QObject):
    """Stands for the window: notes what the lock says."""

    def __init__(self) -> None:
        super().__init__()
        self.said: list[str] = []

    @Slot(int)
    def warned(self, seconds: int) -> None:
        self.said.append(f"{seconds} seconds")

    @Slot()
    def kept(self) -> None:
        self.said.append("kept open")

    @Slot()
    def locked(self) -> None:
        self.said.append("locked")


class World:
    """One lock of five minutes, the two clocks it goes by, and what it said."""

    def __init__(self, clock: FixedClock) -> None:
        self.clock, self.steady, self.desk = clock, Steady(), Desk()
        self.lock = IdleLock(5, clock, self.steady)
        self.lock.warned.connect(self.desk.warned)
        self.lock.kept_open.connect(self.desk.kept)
        self.lock.lock_now.connect(self.desk.locked)
        self.lock.start()

    @property
    def said(self) -> list[str]:
        return self.desk.said

    def pass_time(self, seconds: float) -> None:
        """Let time go by with the program running: its timer fires every few seconds."""
        step = 10.0
        while seconds > 0:
            gone = min(step, seconds)
            self.clock.advance(seconds=gone)
            self.steady.seconds += gone
            seconds -= gone
            self.beat()

    def beat(self) -> None:
        timer = self.lock.findChild(QTimer)
        assert timer is not None
        if timer.isActive():
            timer.timeout.emit()

    def sleep(self, seconds: float, *, steady_goes_on: bool = True) -> None:
        """Let the computer sleep: no timer fires."""
        self.clock.advance(seconds=seconds)
        if steady_goes_on:
            self.steady.seconds += seconds


@pytest.fixture
def world(clock: FixedClock, qapp: QApplication) -> Iterator[World]:
    made = World(clock)
    yield made
    made.lock.stop()


@pytest.fixture
def field(page: OpenWindow) -> QLineEdit:
    window = QWidget()
    line = QLineEdit()
    line.setAccessibleName("Note")
    QVBoxLayout(window).addWidget(line)
    page(window)
    return line


def test_it_warns_and_then_locks(world: World) -> None:
    world.pass_time(269)
    assert world.said == []
    world.pass_time(2)
    assert world.said == ["29 seconds"]
    world.pass_time(30)
    assert world.said == ["29 seconds", "locked"]


def test_a_key_starts_the_time_again(field: QLineEdit, world: World) -> None:
    world.pass_time(200)
    QTest.keyClick(field, Qt.Key.Key_A)
    world.pass_time(200)
    assert world.said == []
    assert field.text() == "a"


def test_a_key_during_the_warning_keeps_it_open(field: QLineEdit, world: World) -> None:
    world.pass_time(280)
    QTest.keyClick(field, Qt.Key.Key_A)
    world.pass_time(100)
    assert world.said == ["30 seconds", "kept open"]


def test_eight_hours_asleep_lock_at_the_first_key(field: QLineEdit, world: World) -> None:
    world.sleep(8 * 3600)
    QTest.keyClick(field, Qt.Key.Key_A)
    assert world.said == ["locked"]
    assert field.text() == "", "the key that found the time over was let through to the record"


def test_eight_hours_asleep_lock_before_anything_is_painted(field: QLineEdit, world: World, qtbot: QtBot) -> None:
    painted: list[list[str]] = []

    class Record(QWidget):
        def paintEvent(self, _event: QPaintEvent) -> None:
            painted.append(list(world.said))

    record = Record()
    qtbot.addWidget(record)
    record.show()
    QApplication.processEvents()
    painted.clear()
    world.sleep(8 * 3600)
    record.repaint()
    assert world.said == ["locked"]
    assert [] not in painted, "the record was painted before the lock was told"


def test_a_short_sleep_locks_too(field: QLineEdit, world: World) -> None:
    """Two minutes with the lid closed: less than the idle time, and still someone else may have opened it."""
    world.pass_time(30)
    world.sleep(120)
    QTest.keyClick(field, Qt.Key.Key_A)
    assert world.said == ["locked"]


@pytest.mark.parametrize("wall_or_steady", ["wall", "steady"])
def test_either_clock_is_enough(field: QLineEdit, world: World, wall_or_steady: str) -> None:
    if wall_or_steady == "wall":
        world.sleep(8 * 3600, steady_goes_on=False)
    else:
        world.steady.seconds += 8 * 3600
    QTest.keyClick(field, Qt.Key.Key_A)
    assert world.said == ["locked"]


def test_setting_the_wall_clock_back_does_not_keep_it_open(world: World) -> None:
    world.clock.advance(days=-2)
    world.pass_time(301)
    assert world.said[-1] == "locked"


def test_locking_on_demand_is_told_once(world: World) -> None:
    world.lock.lock()
    world.lock.lock()
    world.pass_time(1000)
    assert world.said == ["locked"]


def test_a_shorter_time_holds_at_once(world: World) -> None:
    world.pass_time(50)
    world.lock.set_minutes(1)
    world.pass_time(15)
    assert world.said[-1] == "locked"


def test_it_begins_again_after_unlocking(world: World) -> None:
    world.lock.lock()
    world.sleep(3600)
    world.lock.start()
    world.pass_time(60)
    assert world.said == ["locked"]
    world.pass_time(250)
    assert world.said[-1] == "locked"
    assert len(world.said) == 3


def test_the_real_timer_fires(clock: FixedClock, qtbot: QtBot) -> None:
    steady = Steady()
    lock = IdleLock(1, clock, steady)
    lock.start()
    steady.seconds += 59.95
    lock.set_minutes(1)
    steady.seconds += 1
    with qtbot.waitSignal(lock.lock_now, timeout=3000):
        pass


def test_the_steady_clock_grows() -> None:
    first = steady_seconds()
    assert steady_seconds() >= first > 0
