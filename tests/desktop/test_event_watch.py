"""The one filter on all events: who asked is told of what they asked for, in order, and of nothing else."""

from __future__ import annotations

import gc

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication

from eolc_desktop.desktop.event_watch import EventWatch

WANTED, OTHER = QEvent.Type.User, QEvent.Type.ApplicationFontChange


class Watcher:
    """Notes what it sees, and stops it when told to."""

    def __init__(self, stops: bool = False) -> None:
        self.seen: list[QEvent.Type] = []
        self.stops = stops

    def look(self, _watched: QObject, event: QEvent) -> bool:
        self.seen.append(event.type())
        return self.stops


class Reached(QObject):
    """Counts the events that reach it."""

    def __init__(self) -> None:
        super().__init__()
        self.kinds: list[QEvent.Type] = []

    def event(self, event: QEvent) -> bool:
        self.kinds.append(event.type())
        return True


def test_only_what_was_asked_for_is_seen_and_the_last_to_ask_sees_it_first(qapp: QApplication) -> None:
    watch, first, second, thing = EventWatch.of(qapp), Watcher(), Watcher(stops=True), Reached()
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


def test_there_is_one_watch_and_it_keeps_nobody_alive(qapp: QApplication) -> None:
    watch = EventWatch.of(qapp)
    assert EventWatch.of(qapp) is watch
    gone, thing = Watcher(stops=True), Reached()
    watch.add([WANTED], gone.look)
    del gone
    gc.collect()
    QCoreApplication.sendEvent(thing, QEvent(WANTED))
    assert thing.kinds == [WANTED]
