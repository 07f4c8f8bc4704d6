"""What waits for the paint comes after it, whoever asked; and what a program builds is not looked at meanwhile."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QListWidget, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from eolc_desktop.desktop.after_paint import AfterPaint
from eolc_desktop.desktop.building import building
from eolc_desktop.desktop.event_watch import EventWatch
from tests.desktop.test_event_watch import OTHER, WANTED, Reached, Watcher


class Painted(QWidget):
    """Notes when it is painted."""

    def __init__(self, order: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.order = order

    def paintEvent(self, event: QPaintEvent) -> None:
        self.order.append("painted")
        super().paintEvent(event)


def test_what_waits_comes_after_the_paint_of_what_was_just_made(qtbot: QtBot) -> None:
    window = QWidget()
    box = QVBoxLayout(window)
    qtbot.addWidget(window)
    window.resize(300, 300)
    with qtbot.waitExposed(window):
        window.show()
    for _ in range(20):
        order: list[str] = []
        waits = AfterPaint(window)
        waits.due.connect(partial(order.append, "due"))

        def make(waits: AfterPaint = waits, order: list[str] = order) -> None:
            waits.begin()
            assert waits.is_waiting
            made = Painted(order, window)
            box.addWidget(made)

        # As from a key, and as from a timer: what waits by a timer of no time alone comes before the paint then.
        QTimer.singleShot(0, window, make)
        qtbot.waitUntil(partial(order.__contains__, "due"))
        assert order[0] == "painted"
        assert not waits.is_waiting


def test_it_comes_once_however_often_it_was_asked_for_and_not_at_all_once_stopped(qtbot: QtBot) -> None:
    owner = QWidget()
    qtbot.addWidget(owner)
    waits, stopped, last = AfterPaint(owner), AfterPaint(owner), AfterPaint(owner)
    came: list[str] = []
    waits.due.connect(lambda: came.append("waits"))
    stopped.due.connect(lambda: came.append("stopped"))
    last.due.connect(lambda: came.append("last"))
    waits.begin()
    waits.begin()
    stopped.begin()
    stopped.stop()
    assert not stopped.is_waiting
    last.begin()
    qtbot.waitUntil(lambda: "last" in came)
    assert came == ["waits", "last"]


def test_nobody_looks_while_the_program_builds_and_everybody_does_afterwards(qapp: QApplication) -> None:
    watch, seeing, later, gone, thing = EventWatch.of(qapp), Watcher(), Watcher(), Watcher(), Reached()
    watch.add([WANTED], seeing.look)
    watch.add([WANTED], gone.look)
    part = QWidget()
    with building(part):
        QCoreApplication.sendEvent(thing, QEvent(WANTED))
        with building(part):
            QCoreApplication.sendEvent(thing, QEvent(WANTED))
        QCoreApplication.sendEvent(thing, QEvent(WANTED))
        watch.add([WANTED], later.look)
        watch.remove(gone.look)
    assert (seeing.seen, later.seen, gone.seen) == ([], [], [])
    QCoreApplication.sendEvent(thing, QEvent(WANTED))
    QCoreApplication.sendEvent(thing, QEvent(OTHER))
    assert (seeing.seen, later.seen, gone.seen) == ([WANTED], [WANTED], [])
    for one in (seeing, later):
        watch.remove(one.look)
    part.deleteLater()


def test_a_mistake_within_does_not_leave_the_watch_asleep(qapp: QApplication) -> None:
    watch, seeing, thing, part = EventWatch.of(qapp), Watcher(), Reached(), QWidget()
    watch.add([WANTED], seeing.look)
    try:
        with building(part):
            raise LookupError
    except LookupError:
        QCoreApplication.sendEvent(thing, QEvent(WANTED))
    assert seeing.seen == [WANTED]
    watch.remove(seeing.look)
    part.deleteLater()


def test_a_list_that_was_built_meanwhile_lays_its_rows_out_as_it_is_dressed(qtbot: QtBot, qapp: QApplication) -> None:
    """Qt keeps the places of rows from before the style sheet was known: they would lie over each other."""
    window = QWidget()
    box = QVBoxLayout(window)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    qapp.setStyleSheet("QListWidget::item { padding: 12px }")
    try:
        with building(window):
            listed = QListWidget(window)
            listed.addItems(["one", "two", "three"])
            listed.visualItemRect(listed.item(1))  # makes it lay out before it is dressed
            box.addWidget(listed)
            listed.show()
        qtbot.waitUntil(
            lambda: all(
                listed.visualItemRect(listed.item(row)).height() == listed.sizeHintForRow(row)
                and listed.visualItemRect(listed.item(row)).top()
                >= listed.visualItemRect(listed.item(row - 1)).bottom()
                for row in (1, 2)
            )
        )
    finally:
        qapp.setStyleSheet("")
