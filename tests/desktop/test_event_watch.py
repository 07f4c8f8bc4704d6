"""The one filter on all events: who asked is told of what they asked for, in order, and of nothing else."""

from __future__ import annotations

import gc

import pytest
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


def test_nobody_sees_anything_while_it_rests_and_everything_afterwards(qapp: QApplication) -> None:
    watch, watcher, thing = EventWatch.of(qapp), Watcher(), Reached()
    watch.add([WANTED], watcher.look)
    with watch.resting():
        with watch.resting():
            QCoreApplication.sendEvent(thing, QEvent(WANTED))
        QCoreApplication.sendEvent(thing, QEvent(WANTED))
        assert watcher.seen == []
    QCoreApplication.sendEvent(thing, QEvent(WANTED))
    assert (watcher.seen, thing.kinds) == ([WANTED], [WANTED] * 3)
    watch.remove(watcher.look)


def test_it_watches_again_after_a_page_that_could_not_be_made(qapp: QApplication) -> None:
    watch, watcher, thing = EventWatch.of(qapp), Watcher(stops=True), Reached()
    watch.add([WANTED], watcher.look)
    with pytest.raises(ZeroDivisionError), watch.resting():
        raise ZeroDivisionError
    QCoreApplication.sendEvent(thing, QEvent(WANTED))
    assert (watcher.seen, thing.kinds) == ([WANTED], [])
    watch.remove(watcher.look)


def test_who_comes_or_goes_while_it_rests_sees_events_or_none_from_its_end_on(qapp: QApplication) -> None:
    watch, stays, comes, thing = EventWatch.of(qapp), Watcher(), Watcher(), Reached()
    watch.add([WANTED], stays.look)
    with watch.resting():
        watch.remove(stays.look)
        watch.add([WANTED], comes.look)
        QCoreApplication.sendEvent(thing, QEvent(WANTED))
    QCoreApplication.sendEvent(thing, QEvent(WANTED))
    assert (stays.seen, comes.seen) == ([], [WANTED])
    with watch.resting():
        watch.remove(comes.look)
    QCoreApplication.sendEvent(thing, QEvent(WANTED))
    assert (comes.seen, len(thing.kinds)) == ([WANTED], 3)
