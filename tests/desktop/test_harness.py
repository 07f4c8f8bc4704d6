"""The test harness itself: each of its checks catches what it is there for."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QGroupBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTableWidget,
)

from eolc_desktop.paths import Profile
from tests import accessibility, register
from tests.desktop.parts import named, window_of
from tests.fixed_clock import FixedClock
from tests.pages import OpenWindow, choices
from tests.strictness import ExpectedLog

ROOT = Path(__file__).resolve().parents[2]


def yes_or_no(question: str) -> QGroupBox:
    group = QGroupBox(question)
    row = QHBoxLayout(group)
    for answer in ("Yes", "No", "Not known"):
        row.addWidget(QRadioButton(answer))
    return group


# The walker


def test_a_good_window_has_no_faults(page: OpenWindow) -> None:
    area = QPlainTextEdit()
    area.setTabChangesFocus(True)
    window = window_of(
        named(QLineEdit(), "Name"),
        named(QComboBox(), "Place"),
        named(area, "Note"),
        QCheckBox("Told"),
        QPushButton("Save"),
        yes_or_no("Does she know?"),
        yes_or_no("Does her husband know?"),
    )
    page(window)
    assert accessibility.faults(window) == []
    assert accessibility.unreached(window) == []


def test_a_control_without_a_name_is_found(page: OpenWindow) -> None:
    for control in (QLineEdit(), QPushButton(), QListWidget(), QCheckBox()):
        window = window_of(control)
        page(window)
        assert accessibility.faults(window) == [f"a {type(control).__name__} has no name"]


def test_the_text_in_a_drop_down_list_is_not_its_name(page: OpenWindow) -> None:
    box = QComboBox()
    box.addItems(["At home", "Hospice"])
    window = window_of(QLabel("Place"), box)
    page(window)
    assert accessibility.faults(window) == ["a QComboBox has no name"]
    label = window.findChild(QLabel)
    assert label is not None
    label.setBuddy(box)
    assert accessibility.faults(window) == []


def test_two_controls_of_one_name_are_found(page: OpenWindow) -> None:
    window = window_of(QPushButton("Change"), QPushButton("Change"))
    page(window)
    assert accessibility.faults(window) == ["two controls are called 'Change'"]


def test_two_answers_of_one_name_in_one_group_are_found(page: OpenWindow) -> None:
    group = yes_or_no("Does she know?")
    layout = group.layout()
    assert layout is not None
    layout.addWidget(QRadioButton("Yes"))
    window = window_of(group, yes_or_no("Does her husband know?"))
    page(window)
    assert accessibility.faults(window) == ["two controls in 'Does she know?' are called 'Yes'"]


def test_what_the_keyboard_cannot_reach_is_found(page: OpenWindow) -> None:
    from PySide6.QtCore import Qt  # noqa: PLC0415  the one test that needs it

    button, switched_off = QPushButton("Save"), QPushButton("Print")
    button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    switched_off.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    switched_off.setEnabled(False)
    window = window_of(named(QLineEdit(), "Name"), button, switched_off)
    page(window)
    assert accessibility.faults(window) == ["'Save' cannot be reached with the keyboard"]
    assert accessibility.unreached(window) == ["Save"]


def test_what_keeps_the_tab_key_is_found(page: OpenWindow) -> None:
    area, table = QPlainTextEdit(), QTableWidget(2, 2)
    window = window_of(named(area, "Note"), named(table, "Caseload"))
    page(window)
    found = accessibility.faults(window)
    assert any("'Note' keeps the Tab key" in fault for fault in found)
    assert any("'Caseload' uses Tab" in fault for fault in found)


def test_a_dialog_without_a_title_is_found(page: OpenWindow) -> None:
    dialog = QDialog()
    page(dialog)
    assert "the window has no title" in accessibility.faults(dialog)


def test_small_targets_and_cut_words_are_found(page: OpenWindow) -> None:
    button = QPushButton("Record what was said")
    button.setStyleSheet("min-width: 0; max-width: 60px; min-height: 0; max-height: 20px; border: 0; padding: 0")
    window = window_of(button)
    page(window)
    assert accessibility.small_targets(window) == ["'Record what was said' is 60 by 20"]
    assert len(accessibility.cut_off(window)) == 1


def test_the_order_of_tab_is_told(page: OpenWindow) -> None:
    window = window_of(named(QLineEdit(), "First"), named(QLineEdit(), "Second"), QPushButton("Third"))
    opened = page(window)
    opened.reach("First")
    assert accessibility.tab_order(window) == ["First", "Second", "Third"]


# The page


def test_a_page_is_worked_by_what_the_labels_say(page: OpenWindow) -> None:
    box, rows, told, pressed = QComboBox(), QListWidget(), QCheckBox("Told"), []
    box.addItems(["Not asked yet", "At home", "Hospice"])
    rows.addItems(["SMITH, Margaret", "KHAN, Ahmed"])
    save = QPushButton("Save")
    save.clicked.connect(lambda: pressed.append(1))
    opened = page(
        window_of(
            named(QLineEdit("Dr"), "Clinician"),
            named(box, "Place"),
            named(rows, "Caseload"),
            told,
            yes_or_no("Does she know?"),
            yes_or_no("Does her husband know?"),
            save,
        )
    )
    opened.type("Clinician", " Khan")
    assert opened.read("Clinician") == "Dr Khan"
    opened.retype("Clinician", "Dr Patel")
    assert opened.read("Clinician") == "Dr Patel"
    opened.choose("Place", "Hospice")
    assert opened.read("Place") == "Hospice"
    opened.choose("Caseload", "KHAN")
    assert opened.read("Caseload") == "KHAN, Ahmed"
    opened.tick("Told")
    assert told.isChecked()
    opened.tick("Told", ticked=False)
    assert opened.read("Told") == "not ticked"
    opened.choose("Does her husband know?", "Not known")
    opened.choose("Does she know?", "Yes")
    assert opened.read("Not known", "Does her husband know?") == "ticked"
    assert opened.read("Yes", "Does she know?") == "ticked"
    assert choices(opened, "Does she know?") == ["Yes", "No", "Not known"]
    opened.press("Save")
    assert pressed == [1]


def test_a_page_cannot_press_what_the_keyboard_does_not_reach(page: OpenWindow) -> None:
    from PySide6.QtCore import Qt  # noqa: PLC0415

    button = QPushButton("Save")
    button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    opened = page(window_of(named(QLineEdit(), "Name"), QPushButton("Print"), button))
    with pytest.raises(AssertionError, match="cannot be come to with Tab"):
        opened.press("Save")


def test_a_page_cannot_press_what_is_switched_off_or_hidden_or_not_there(page: OpenWindow) -> None:
    off, hidden = QPushButton("Save"), QPushButton("Print")
    off.setEnabled(False)
    opened = page(window_of(named(QLineEdit(), "Name"), off, hidden))
    hidden.hide()
    with pytest.raises(AssertionError, match="switched off"):
        opened.press("Save")
    with pytest.raises(AssertionError, match="0 controls are called 'Print'; there are: 'Name', 'Save'"):
        opened.press("Print")


def test_a_page_says_which_choices_there_are(page: OpenWindow) -> None:
    box = QComboBox()
    box.addItems(["At home", "Hospice"])
    opened = page(window_of(named(box, "Place")))
    with pytest.raises(AssertionError, match="it offers"):
        opened.choose("Place", "Hospital")


# The ground


def test_the_clock_stands_still(clock: FixedClock) -> None:
    assert clock().isoformat() == "2026-11-12T14:32:00+00:00"
    assert clock() == clock()
    assert clock.advance(hours=8).hour == 22


def test_the_profile_and_the_home_are_the_tests_own(profile: Profile, own_home: Path) -> None:
    assert Path.home() == own_home
    assert os.environ["XDG_CONFIG_HOME"].startswith(str(own_home))
    assert list(profile.logs.iterdir()) == []
    assert "DBUS_SESSION_BUS_ADDRESS" not in os.environ


def test_a_warning_that_is_expected_passes(expected_log: ExpectedLog) -> None:
    expected_log.expect("eolc_desktop.example")
    logging.getLogger("eolc_desktop.example").warning("a warning")


def run_suite(folder: Path, source: str, *arguments: str) -> str:
    """Run a suite of its own on this harness, and return what it printed."""
    (folder / "tests").mkdir()
    (folder / "pytest.ini").write_text("[pytest]\nqt_api = pyside6\n", encoding="utf-8")
    (folder / "tests" / "test_it.py").write_text(textwrap.dedent(source), encoding="utf-8")
    ended = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-p",
            "tests.conftest",
            "-q",
            "-p",
            "no:randomly",
            "-p",
            "no:cacheprovider",
            "--import-mode=importlib",
            *arguments,
        ],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), register.FOLDER: ""},
        capture_output=True,
        text=True,
        timeout=100,
    )
    return ended.stdout


LEAVING = """
    import logging, subprocess, sys, threading
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QWidget
    kept = []
    def test_window(qtbot):
        kept.append(QWidget())
    def test_timer(qtbot):
        kept.append(QTimer()); kept[-1].start(100_000)
    def test_thread():
        thread = threading.Thread(target=threading.Event().wait, daemon=True, name="straggler"); thread.start()
    def test_process():
        kept.append(subprocess.Popen([sys.executable, "-c", "import threading; threading.Event().wait(20)"]))
    def test_warning():
        logging.getLogger("eolc_desktop.x").warning("unexpected")
    def test_missing_warning(expected_log):
        expected_log.expect("eolc_desktop.x")
    def test_file(prepared_files):
        prepared_files.paths = [None]
    def test_clean(qtbot):
        widget = QWidget(); qtbot.addWidget(widget); widget.show()
"""


def test_what_is_left_behind_fails_its_test_and_no_other(tmp_path: Path) -> None:
    printed = run_suite(tmp_path, LEAVING, "-k", "test_")
    for name, words in (
        ("test_window", "left behind: the window QWidget"),
        ("test_timer", "left behind: a timer of 100000 ms"),
        ("test_thread", "left behind: the thread straggler"),
        ("test_process", "left behind: the process"),
        ("test_warning", "eolc_desktop.x logged WARNING: unexpected"),
        ("test_missing_warning", "eolc_desktop.x never logged at WARNING"),
        ("test_file", "a file was prepared and never asked for"),
    ):
        assert words in printed
        assert f"::{name}" in printed
    assert "::test_clean" not in printed
    assert "8 passed, 7 errors" in printed


WALKING = """
    from PySide6.QtWidgets import QWidget
    from eolc_desktop.views.widgets.empty_state import EmptyState
    from tests import accessibility
    def test_one(page):
        place = EmptyState("Nothing yet.")
        page(place)
        assert accessibility.faults(place) == []
    def test_two():
        assert True
"""


@pytest.mark.parametrize("processes", ["0", "2"])
def test_a_view_nobody_walked_fails_the_whole_suite(tmp_path: Path, processes: str) -> None:
    printed = run_suite(tmp_path, WALKING, "-n", processes)
    assert "views that no test walked" in printed
    assert "eolc_desktop.views.widgets.message_bar.MessageBar: call" in printed
    for walked in ("empty_state.EmptyState", "wrapped_label.WrappedLabel"):
        assert walked not in printed
    assert "2 passed" in printed


def test_a_part_of_the_suite_may_leave_views_out(tmp_path: Path) -> None:
    printed = run_suite(tmp_path, WALKING, "-k", "test_one")
    assert "1 passed, 1 deselected" in printed
    assert "views that no test walked" not in printed
