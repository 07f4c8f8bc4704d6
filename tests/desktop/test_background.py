"""Slow work: where it runs, where its outcome arrives, and what becomes of its faults."""

from __future__ import annotations

import gc
import logging
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from types import TracebackType

import pytest
import shiboken6
from PySide6.QtCore import QObject, Slot
from pytestqt.qtbot import QtBot

from eolc_desktop.desktop.background import Background, ProgramFault, Work
from eolc_desktop.errors import ChangedElsewhere, UserError
from eolc_desktop.logs import PrivateFormatter


class Listener(QObject):
    """Stands for a view: notes what it is told, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.heard: list[object] = []
        self.threads: set[int] = set()

    @Slot(object)
    def hear(self, outcome: object) -> None:
        self.heard.append(outcome)
        self.threads.add(threading.get_ident())


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def hooked(monkeypatch: pytest.MonkeyPatch) -> list[BaseException]:
    """What reached the crash hook."""
    reached: list[BaseException] = []

    def hook(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        reached.append(error)

    monkeypatch.setattr(sys, "excepthook", hook)
    return reached


def raising(error: BaseException) -> Callable[[], None]:
    def fail() -> None:
        raise error

    return fail


def test_who_speaks_on_a_lane_s_thread_outlives_what_it_speaks_of(
    background: Background, listener: Listener, qtbot: QtBot
) -> None:
    """Qt looks at a sender once more when the receiver has heard; so the work itself is not the sender (0013)."""
    may_end = threading.Event()
    work = background.run("gone", may_end.wait, done=listener.hear)
    shiboken6.delete(work)
    may_end.set()
    background.run("next", lambda: "next", done=listener.hear)
    qtbot.waitUntil(lambda: listener.heard == ["next"])


def test_runs_off_the_ui_thread_and_tells_on_it(background: Background, listener: Listener, qtbot: QtBot) -> None:
    background.run("where", threading.get_ident, done=listener.hear)
    qtbot.waitUntil(lambda: len(listener.heard) == 1)
    assert listener.heard[0] != threading.get_ident()
    assert listener.threads == {threading.get_ident()}


def test_the_store_has_one_thread_for_life(background: Background, listener: Listener, qtbot: QtBot) -> None:
    for _ in range(3):
        for _ in range(50):
            background.run("where", threading.get_ident, done=listener.hear)
        qtbot.waitUntil(lambda: len(listener.heard) % 50 == 0)
    qtbot.waitUntil(lambda: len(listener.heard) == 150)
    assert len(set(listener.heard)) == 1


def test_the_store_lane_keeps_the_order(background: Background, listener: Listener, qtbot: QtBot) -> None:
    for number in range(100):
        background.run("count", lambda number=number: number, done=listener.hear)  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(listener.heard) == 100)
    assert listener.heard == list(range(100))


@pytest.mark.hazard("H35")
def test_the_free_lane_does_not_wait_for_the_store(background: Background, listener: Listener, qtbot: QtBot) -> None:
    let_go = threading.Event()
    background.run("long save", lambda: let_go.wait(10))
    background.run("look", lambda: "free", done=listener.hear, uses_store=False)
    qtbot.waitUntil(lambda: listener.heard == ["free"])
    let_go.set()


def test_a_user_error_is_told_to_who_asked(
    background: Background, listener: Listener, qtbot: QtBot, hooked: list[BaseException]
) -> None:
    error = ChangedElsewhere("It was changed.", "Nothing was lost.", "Look at both.")
    background.run("save", raising(error), failed=listener.hear)
    qtbot.waitUntil(lambda: listener.heard == [error])
    assert listener.threads == {threading.get_ident()}
    assert hooked == []


def test_a_listener_connected_to_the_work_hears_too(
    background: Background, listener: Listener, qtbot: QtBot, hooked: list[BaseException]
) -> None:
    work = background.run("save", raising(UserError("No.")))
    work.failed.connect(listener.hear)
    qtbot.waitUntil(lambda: len(listener.heard) == 1)
    assert hooked == []


def test_a_user_error_nobody_asked_for_reaches_the_hook(
    background: Background, qtbot: QtBot, hooked: list[BaseException]
) -> None:
    error = UserError("The disk is full.")
    background.run("save", raising(error))
    qtbot.waitUntil(lambda: hooked == [error])


def test_a_failed_save_is_told_although_its_view_has_gone(
    background: Background, qtbot: QtBot, hooked: list[BaseException]
) -> None:
    view, let_go = Listener(), threading.Event()
    error = UserError("It was not saved.")

    def fail_later() -> None:
        let_go.wait(10)
        raise error

    background.run("save", fail_later, done=view.hear, failed=view.hear)
    view.deleteLater()
    with qtbot.waitSignal(view.destroyed):
        pass
    let_go.set()
    qtbot.waitUntil(lambda: hooked == [error])


def test_a_fault_reaches_the_hook_and_the_view_recovers(
    background: Background, listener: Listener, qtbot: QtBot, hooked: list[BaseException]
) -> None:
    background.run("save", raising(KeyError("ZQXCANARY")), failed=listener.hear)
    qtbot.waitUntil(lambda: len(hooked) == 1)
    assert isinstance(hooked[0], KeyError)
    assert [type(told) for told in listener.heard] == [ProgramFault]
    assert "ZQXCANARY" not in str(listener.heard[0])


def test_even_an_exit_in_a_lane_comes_to_an_end(
    background: Background, listener: Listener, qtbot: QtBot, hooked: list[BaseException]
) -> None:
    background.run("save", raising(SystemExit(3)), failed=listener.hear)
    qtbot.waitUntil(lambda: len(listener.heard) == 1)
    background.run("still there", lambda: "yes", done=listener.hear)
    qtbot.waitUntil(lambda: listener.heard[-1] == "yes")
    assert [type(error) for error in hooked] == [SystemExit]


class Row:
    """Stands for a row or a cursor, which must not outlive the work."""


def test_a_failure_lets_go_of_what_its_frames_held(
    background: Background, listener: Listener, qtbot: QtBot, hooked: list[BaseException]
) -> None:
    kept: list[weakref.ref[Row]] = []
    died_on: list[int] = []

    def fail_with_a_row() -> None:
        row = Row()
        kept.append(weakref.ref(row, lambda _: died_on.append(threading.get_ident())))
        try:
            raise ValueError
        except ValueError as error:
            raise KeyError from error

    background.run("read", fail_with_a_row, failed=listener.hear)
    qtbot.waitUntil(lambda: len(hooked) == 1)
    assert kept[0]() is None
    assert died_on[0] != threading.get_ident()
    assert hooked[0].__traceback__ is not None, "the places are still there for the report"


def test_a_waiting_lane_keeps_nothing_alive(background: Background, listener: Listener, qtbot: QtBot) -> None:
    row = Row()
    kept = weakref.ref(row)

    def read(row: Row = row) -> str:
        return type(row).__name__

    background.run("read", read, done=listener.hear)
    del row, read
    qtbot.waitUntil(lambda: listener.heard == ["Row"])
    qtbot.waitUntil(lambda: kept() is None)


def test_cancelled_work_is_not_told(background: Background, listener: Listener, qtbot: QtBot) -> None:
    let_go, begun = threading.Event(), []
    running = background.run("slow", lambda: let_go.wait(10), done=listener.hear)
    waiting = background.run("search", lambda: begun.append(1), done=listener.hear)
    with qtbot.waitSignals([running.finished, waiting.finished]):
        running.cancel()
        waiting.cancel()
        let_go.set()
    assert listener.heard == []
    assert begun == [], "work that had not begun was begun although it was cancelled"


def test_cancelling_after_the_end_does_no_harm(background: Background, listener: Listener, qtbot: QtBot) -> None:
    work = background.run("quick", lambda: 1, done=listener.hear)
    with qtbot.waitSignal(work.destroyed):
        pass
    work.cancel()
    assert listener.heard == [1]


def test_an_outcome_on_its_way_is_not_told_after_cancel(
    background: Background, listener: Listener, qtbot: QtBot
) -> None:
    ended = threading.Event()
    work = background.run("quick", lambda: 1, done=listener.hear)
    background.run("after it", ended.set)
    assert ended.wait(5), "the outcome is now posted, and not yet delivered"
    with qtbot.waitSignal(work.finished):
        work.cancel()
    assert listener.heard == []


class Held:
    """Stands for a page that nothing holds any more but the work it asked for."""


@pytest.mark.parametrize("uses_store", [True, False])
@pytest.mark.parametrize("fails", [True, False])
def test_what_work_closes_over_is_let_go_on_the_ui_thread(
    background: Background, listener: Listener, qtbot: QtBot, uses_store: bool, fails: bool
) -> None:
    """On the lane's thread a page's widgets would be let go while Qt destroys them: the program would end."""
    went: list[str] = []
    asked = threading.Event()

    def ask(held: Held) -> Work:
        weakref.finalize(held, lambda: went.append(threading.current_thread().name))

        def read() -> object:
            asked.wait(5)
            if fails:
                raise UserError(type(held).__name__, "", "")
            return type(held).__name__

        return background.run("read", read, failed=listener.hear, uses_store=uses_store)

    work = ask(Held())
    with qtbot.waitSignal(work.finished):
        asked.set()
    background.call_on_store(lambda: None)
    assert went == ["MainThread"]


@pytest.mark.parametrize("callback", [print, lambda _: None, Listener.hear])
def test_only_methods_of_an_object_may_be_told(background: Background, callback: Callable[[object], None]) -> None:
    with pytest.raises(TypeError):
        background.run("bad", lambda: None, done=callback)


def test_fifteen_hundred_pieces_of_work(background: Background, listener: Listener, qtbot: QtBot) -> None:
    for number in range(1500):
        background.run("one of many", lambda: 1, done=listener.hear, uses_store=bool(number % 2))
        if number % 100 == 0:
            gc.collect()
    qtbot.waitUntil(lambda: len(listener.heard) == 1500, timeout=20_000)
    gc.collect()
    qtbot.waitUntil(lambda: background.findChildren(Work) == [])


def test_closing_runs_what_was_given(qapp: QObject) -> None:
    background, saved = Background(), []
    for number in range(20):
        background.run("save", lambda number=number: saved.append(number))  # type: ignore[misc]
    assert background.close()
    assert saved == list(range(20))
    late = background.run("too late", lambda: saved.append(20))
    assert late.cancelled
    assert background.close()
    assert saved == list(range(20))


def test_closing_does_not_wait_for_ever_on_what_hangs(qapp: QObject, monkeypatch: pytest.MonkeyPatch) -> None:
    """A keyring can hang behind a prompt; quitting must not."""
    monkeypatch.setattr("eolc_desktop.desktop.background.FREE_SECONDS_AT_CLOSE", 0.2)
    background, let_go, saved = Background(), threading.Event(), []
    for _ in range(3):
        background.run("ask the keyring", let_go.wait, uses_store=False)
    background.run("save", lambda: saved.append(1))
    assert not background.close()
    assert saved == [1]
    let_go.set()
    assert background.close()


@pytest.fixture
def logged() -> Iterator[list[str]]:
    lines: list[str] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(self.format(record))

    handler = Keep()
    handler.setFormatter(PrivateFormatter())
    logger = logging.getLogger("eolc_desktop.desktop.background")
    logger.addHandler(handler)
    yield lines
    logger.removeHandler(handler)


def test_the_log_has_the_type_and_no_words(
    background: Background, qtbot: QtBot, hooked: list[BaseException], logged: list[str]
) -> None:
    background.run("save an answer", raising(ValueError("ZQXCANARY 999 000 0018")))
    qtbot.waitUntil(lambda: len(hooked) == 1)
    assert logged[0].endswith("save an answer failed: ValueError")
