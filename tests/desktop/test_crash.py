"""Faults of the program: every way they can come, what is told of them, and that no value is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Slot, qInstallMessageHandler, qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from eolc_desktop import logs
from eolc_desktop.desktop.crash import FAULTS_FILE, MOST_REPORTS, CrashReporter
from eolc_desktop.desktop.crash_window import CrashDesk, CrashWindow
from eolc_desktop.errors import UserError
from eolc_desktop.paths import Profile
from tests import accessibility
from tests.fixed_clock import FixedClock
from tests.pages import OpenWindow
from tests.strictness import ExpectedLog

ROOT = Path(__file__).resolve().parents[2]
CANARY = "ZQXCANARY 999 000 0018"
LOGGER = "eolc_desktop.desktop.crash"

pytestmark = pytest.mark.qt_no_exception_capture


class Told(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.reports: list[str] = []
        self.errors: list[object] = []
        self.threads: set[int] = set()

    @Slot(str)
    def take(self, report: str) -> None:
        self.reports.append(report)
        self.threads.add(threading.get_ident())

    @Slot(object)
    def take_error(self, error: object) -> None:
        self.errors.append(error)


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def reporter(clock: FixedClock, profile: Profile, told: Told, qapp: QApplication) -> Iterator[CrashReporter]:
    made = CrashReporter(clock)
    made.met.connect(told.take)
    made.unheard.connect(told.take_error)
    made.install(profile.logs)
    yield made
    made.remove()


def fail_with(name: str) -> None:
    patient = {"name": name}
    raise ValueError(patient)


def test_the_report_has_types_places_versions_and_no_value(clock: FixedClock, qapp: QApplication) -> None:
    with pytest.raises(ValueError, match="CANARY") as caught:
        fail_with(CANARY)
    report = CrashReporter(clock).report(caught.value)
    assert "2026-11-12 14:32 UTC" in report
    assert "EoLC Desktop" in report
    assert "ValueError" in report
    assert "in fail_with" in report
    for secret in ("ZQXCANARY", "999", str(ROOT), str(Path.home()), os.uname().nodename):
        assert secret not in report


def test_a_fault_in_a_slot_is_told(
    reporter: CrashReporter, told: Told, qtbot: QtBot, expected_log: ExpectedLog
) -> None:
    expected_log.expect(LOGGER, 50)
    button = QPushButton("x")
    qtbot.addWidget(button)
    button.clicked.connect(lambda: fail_with(CANARY))
    button.click()
    qtbot.waitUntil(lambda: len(told.reports) == 1)
    assert "in fail_with" in told.reports[0]
    assert "ZQXCANARY" not in told.reports[0]


def test_a_fault_in_a_thread_is_told_on_the_ui_thread(
    reporter: CrashReporter, told: Told, qtbot: QtBot, expected_log: ExpectedLog
) -> None:
    expected_log.expect(LOGGER, 50)
    thread = threading.Thread(target=fail_with, args=(CANARY,))
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(told.reports) == 1)
    assert told.threads == {threading.get_ident()}


def test_a_fault_in_a_destructor_is_told(
    reporter: CrashReporter, told: Told, qtbot: QtBot, expected_log: ExpectedLog
) -> None:
    expected_log.expect(LOGGER, 50)

    class Bad:
        def __del__(self) -> None:
            fail_with(CANARY)

    Bad()
    qtbot.waitUntil(lambda: len(told.reports) == 1)
    assert "ZQXCANARY" not in told.reports[0]


def test_it_is_never_told_inside_the_event_that_failed(
    reporter: CrashReporter, told: Told, qtbot: QtBot, expected_log: ExpectedLog
) -> None:
    expected_log.expect(LOGGER, 50)
    error = ValueError()
    sys.excepthook(ValueError, error, None)
    assert told.reports == []
    qtbot.waitUntil(lambda: len(told.reports) == 1)


def test_a_user_error_nobody_handled_goes_to_the_message_bar(reporter: CrashReporter, told: Told, qtbot: QtBot) -> None:
    error = UserError("The disk is full.")
    sys.excepthook(UserError, error, None)
    qtbot.waitUntil(lambda: told.errors == [error])
    assert told.reports == []


def test_the_same_fault_sixty_times_a_second_is_told_once(
    reporter: CrashReporter, told: Told, qtbot: QtBot, expected_log: ExpectedLog
) -> None:
    expected_log.expect(LOGGER, 50)
    for _ in range(300):
        try:
            fail_with(CANARY)
        except ValueError as error:
            sys.excepthook(ValueError, error, error.__traceback__)
    qtbot.waitUntil(lambda: bool(told.reports))
    QApplication.processEvents()
    assert len(told.reports) == 1


def test_many_different_faults_are_not_all_told(
    reporter: CrashReporter, told: Told, qtbot: QtBot, expected_log: ExpectedLog
) -> None:
    expected_log.expect(LOGGER, 50)
    for number in range(3 * MOST_REPORTS):
        kind = type(f"Fault{number}", (Exception,), {})
        sys.excepthook(kind, kind(), None)
    qtbot.waitUntil(lambda: len(told.reports) >= MOST_REPORTS)
    QApplication.processEvents()
    assert len(told.reports) == MOST_REPORTS


def test_a_message_of_qt_is_logged_by_its_place_alone(
    reporter: CrashReporter, profile: Profile, expected_log: ExpectedLog
) -> None:
    expected_log.expect(LOGGER)
    handler = logs.start(profile.logs)
    try:
        qWarning(f"QString::arg: Argument missing: {CANARY}, 3")
        qWarning(f"{CANARY} cannot be shown")
    finally:
        logs.stop(handler)
    lines = (profile.logs / logs.LOG_NAME).read_text(encoding="utf-8").splitlines()
    assert len(lines) == 2
    assert "from QString::arg" in lines[0]
    assert "an unnamed place" in lines[1]
    assert "ZQXCANARY" not in " ".join(lines)


def test_everything_is_put_back(clock: FixedClock, profile: Profile, qapp: QApplication) -> None:
    before = (sys.excepthook, threading.excepthook, sys.unraisablehook)
    qt_before = qInstallMessageHandler(None)
    qInstallMessageHandler(qt_before)
    made = CrashReporter(clock)
    made.install(profile.logs)
    assert sys.excepthook != before[0]
    made.remove()
    assert (sys.excepthook, threading.excepthook, sys.unraisablehook) == before
    assert qInstallMessageHandler(qt_before) is qt_before


PROGRAM = textwrap.dedent(
    """
    import ctypes, resource, sys
    from pathlib import Path
    from PySide6.QtCore import QCoreApplication
    from eolc_desktop.desktop.crash import CrashReporter, refuse_memory_dumps
    app = QCoreApplication([])
    refuse_memory_dumps()
    assert resource.getrlimit(resource.RLIMIT_CORE) == (0, 0)
    assert ctypes.CDLL(None).prctl(3, 0, 0, 0, 0) == 0, "the process can still be dumped"
    CrashReporter().install(Path(sys.argv[1]))
    def read_from_nowhere(name):
        ctypes.string_at(0)
    read_from_nowhere("ZQXCANARY")
    """
)


def test_a_crash_of_the_interpreter_leaves_places_and_no_values(profile: Profile) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", PROGRAM, str(profile.logs)], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert ended.returncode == -signal.SIGSEGV, ended.stderr
    path = profile.logs / FAULTS_FILE
    text = path.read_text(encoding="utf-8")
    assert "in read_from_nowhere" in text
    assert "ZQXCANARY" not in text + ended.stderr
    assert path.stat().st_mode & 0o777 == 0o600


def test_the_window_is_calm_and_can_be_worked_by_keyboard(page: OpenWindow, qtbot: QtBot) -> None:
    window = CrashWindow()
    window.add("ValueError\n  eolc_desktop/views/x.py:1 in y")
    opened = page(window)
    assert accessibility.faults(window) == []
    assert accessibility.unreached(window) == []
    assert opened.says("What you had typed is kept.")
    opened.press("Copy details")
    assert QGuiApplication.clipboard().text().startswith("ValueError")
    with qtbot.waitSignal(window.restart_asked):
        opened.press("Restart to the lock screen")
    opened.press("Go on")
    assert not window.isVisible()


def test_one_window_however_many_faults(qtbot: QtBot) -> None:
    desk = CrashDesk()
    desk.show("ValueError")
    desk.show("KeyError")
    assert desk.window is not None
    assert desk.window.details.toPlainText() == "ValueError\n\nKeyError"
    assert [type(each) for each in QApplication.topLevelWidgets() if each.isVisible()] == [CrashWindow]
    desk.close()
