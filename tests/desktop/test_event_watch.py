"""The look at what reaches a window: who asked is told of what they asked for, in order, and of nothing else."""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from eolc_desktop.desktop.event_watch import EventWatch
from tests.pages import OpenWindow

WANTED, OTHER = QEvent.Type.User, QEvent.Type.ApplicationFontChange
KEY, UPDATE = QEvent.Type.KeyPress, QEvent.Type.UpdateRequest


class Watcher:
    """Notes what it sees, and stops it when told to."""

    def __init__(self, stops: bool = False) -> None:
        self.seen: list[QEvent.Type] = []
        self.stops = stops

    def look(self, _watched: QObject, event: QEvent) -> bool:
        self.seen.append(event.type())
        return self.stops


class Reached(QWidget):
    """A window that notes the events of two kinds that reach it."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[QEvent.Type] = []

    def event(self, event: QEvent) -> bool:
        if event.type() in (WANTED, OTHER):
            self.kinds.append(event.type())
        return super().event(event)


def test_only_what_was_asked_for_is_seen_and_the_last_to_ask_sees_it_first(
    qapp: QApplication, page: OpenWindow
) -> None:
    thing = Reached()
    page(thing)
    watch, first, second = EventWatch.of(qapp), Watcher(), Watcher(stops=True)
    watch.add([WANTED], first.look)
    watch.add([WANTED], second.look)
    QCoreApplication.sendEvent(thing, QEvent(OTHER))
    QCoreApplication.sendEvent(thing, QEvent(WANTED))
    assert (first.seen, second.seen, thing.kinds) == ([], [WANTED], [OTHER])
    watch.remove(second.look)
    QCoreApplication.sendEvent(thing, QEvent(WANTED))
    assert (first.seen, second.seen, thing.kinds) == ([WANTED], [WANTED], [OTHER, WANTED])
    watch.remove(first.look)
    QCoreApplication.sendEvent(thing, QEvent(WANTED))
    assert first.seen == [WANTED]


def test_there_is_one_watch_and_it_keeps_nobody_alive(qapp: QApplication, page: OpenWindow) -> None:
    watch = EventWatch.of(qapp)
    assert EventWatch.of(qapp) is watch
    gone, thing = Watcher(stops=True), Reached()
    page(thing)
    watch.add([WANTED], gone.look)
    del gone
    gc.collect()
    QCoreApplication.sendEvent(thing, QEvent(WANTED))
    assert thing.kinds == [WANTED]


def test_a_window_that_came_later_and_the_list_of_a_field_in_it_are_seen_too(
    qapp: QApplication, page: OpenWindow, qtbot: QtBot
) -> None:
    page(QWidget())
    watch, watcher = EventWatch.of(qapp), Watcher()
    watch.add([KEY, UPDATE, QEvent.Type.MouseMove], watcher.look)
    dialog = QDialog()
    box = QComboBox(dialog)
    box.setAccessibleName("Place")
    box.addItems(["At home", "In a hospice"])
    QVBoxLayout(dialog).addWidget(box)
    page(dialog)
    assert UPDATE in watcher.seen, "what asks to be painted is seen before it is"
    QTest.keyClick(dialog.windowHandle(), Qt.Key.Key_A)
    assert KEY in watcher.seen
    box.showPopup()
    listed = box.view().window()
    qtbot.waitUntil(lambda: listed.windowHandle() is not None and listed.isVisible())
    QApplication.processEvents()
    qtbot.wait(0)
    watcher.seen.clear()
    QTest.mouseMove(listed.windowHandle(), listed.rect().center())
    QApplication.processEvents()
    assert QEvent.Type.MouseMove in watcher.seen
    box.hidePopup()
    watch.remove(watcher.look)


def test_what_an_input_method_writes_is_seen(qapp: QApplication, page: OpenWindow) -> None:
    """Words of some languages, and those of a keyboard on the screen, reach no window: they are written at once."""
    window, line = QWidget(), QLineEdit()
    line.setAccessibleName("Note")
    QVBoxLayout(window).addWidget(line)
    page(window)
    line.setFocus()
    watch, watcher = EventWatch.of(qapp), Watcher()
    watch.add([QEvent.Type.InputMethod], watcher.look)
    written = QInputMethodEvent()
    written.setCommitString("言葉")
    QCoreApplication.sendEvent(line, written)
    assert (line.text(), watcher.seen) == ("言葉", [QEvent.Type.InputMethod])
    watch.remove(watcher.look)


def test_what_goes_on_within_a_page_is_left_alone(qapp: QApplication, page: OpenWindow) -> None:
    """A page that opens makes thousands of events, and each would cost Python a few microseconds."""
    window = QWidget()
    label = QLabel("Peggy", window)
    page(window)
    watch, watcher = EventWatch.of(qapp), Watcher()
    watch.add([QEvent.Type.Paint, QEvent.Type.Resize, QEvent.Type.Polish], watcher.look)
    label.resize(120, 40)
    QLabel("Quixworth", window).show()
    label.repaint()
    assert QEvent.Type.Resize not in watcher.seen
    assert QEvent.Type.Polish not in watcher.seen
    watch.remove(watcher.look)
