"""The window that is open: settings, second starts, faults, visitors, and what the program does by itself."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from eolc_desktop.app import first_pages, upkeep
from eolc_desktop.app.window import LOCKED
from eolc_desktop.desktop.settings import Loaded, Settings, load
from eolc_desktop.desktop.single_instance import SingleInstance
from eolc_desktop.errors import SettingsIgnored
from eolc_desktop.services import backups
from eolc_desktop.services.session import Session
from eolc_desktop.views.places import Place
from eolc_desktop.views.shell import Shell
from tests.app.laptop import CRASH_LOG, WORDS, Laptop, add_peggy, laptop
from tests.strictness import ExpectedLog

__all__ = ["laptop"]


def test_what_was_chosen_is_kept_for_the_next_start(laptop: Laptop) -> None:
    laptop.make()
    page = laptop.start()
    laptop.unlock(page)
    page.key("Ctrl++")
    page.key("Ctrl+B")
    kept = load(laptop.profile.settings).settings
    assert (kept.text_percent, kept.theme) == (110, "bright")


def test_a_settings_file_that_could_not_be_read_is_told(laptop: Laptop) -> None:
    laptop.make()
    notice = SettingsIgnored("The settings file could not be read.", "Nothing was touched.", "Choose yours again.")
    page = laptop.start(loaded=Loaded(Settings(), notice))
    laptop.unlock(page)
    assert page.says("The settings file could not be read. Nothing was touched. Choose yours again.")


def test_a_second_start_raises_the_first_and_ends(laptop: Laptop, expected_log: ExpectedLog) -> None:
    expected_log.expect(CRASH_LOG)  # the screenless platform says that it raises nothing
    laptop.make()
    laptop.start()
    first = laptop.window
    assert first is not None
    first.showMinimized()
    command = [sys.executable, "-m", "eolc_desktop", "--profile", str(laptop.profile.folder)]
    second = subprocess.Popen(command, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})
    laptop.qtbot.waitUntil(lambda: second.poll() is not None, timeout=30_000)
    assert second.returncode == 0
    assert not first.isMinimized()


def test_a_fault_opens_the_crash_window_and_the_program_goes_on(laptop: Laptop, expected_log: ExpectedLog) -> None:
    expected_log.expect(CRASH_LOG)
    laptop.make()
    page = laptop.start()
    laptop.unlock(page)
    laptop.program._crashes.met.emit("a report")
    crash = laptop.program._crash_desk.window
    assert crash is not None
    assert crash.isVisible()
    page.key("Ctrl+2")
    assert laptop.program.shell is not None
    assert laptop.program.shell.places.page_title == "Caseload"
    crash.restart_asked.emit()
    laptop.qtbot.waitUntil(lambda: bool(laptop.replaced), timeout=10_000)


def test_after_a_fault_it_restarts_to_the_lock_screen_before_anybody_is_signed_in_too(
    laptop: Laptop, expected_log: ExpectedLog
) -> None:
    expected_log.expect(CRASH_LOG)
    laptop.make()
    laptop.start()
    laptop.program._crashes.met.emit("a report")
    crash = laptop.program._crash_desk.window
    assert crash is not None
    crash.restart_asked.emit()
    laptop.qtbot.waitUntil(lambda: laptop.replaced == [(LOCKED,)], timeout=10_000)
    claimed = SingleInstance(laptop.profile.lock)
    assert claimed.claim(), "the profile is given up first"
    claimed.release()


def test_a_backup_is_made_when_the_newest_is_old(laptop: Laptop) -> None:
    laptop.make(add_peggy)
    page = laptop.start()
    laptop.unlock(page)
    laptop.program._upkeep._first_look.stop()  # the record is looked at below, from this thread
    laptop.program._upkeep._on_time_to_back_up()
    laptop.qtbot.waitUntil(lambda: bool(list(laptop.profile.backups.glob("record-2*.db"))), timeout=20_000)
    made = list(laptop.profile.backups.glob("record-2*.db"))
    session = laptop.program.desk.session if laptop.program.desk else None
    assert session is not None
    upkeep._backed_up_when_old(session)
    assert list(laptop.profile.backups.glob("record-2*.db")) == made, "one of today is enough"
    laptop.clock.advance(days=2)
    upkeep._backed_up_when_old(session)
    assert len(list(laptop.profile.backups.glob("record-2*.db"))) == 2


def test_the_window_keeps_its_place(laptop: Laptop, tmp_path: Path) -> None:
    laptop.make()
    laptop.start()
    assert laptop.window is not None
    laptop.window.resize(1111, 666)
    laptop.program.end()
    assert load(laptop.profile.settings).settings.window_geometry


def test_a_visitor_says_why_before_anything_is_shown(laptop: Laptop) -> None:
    def become_a_visitor(session: Session) -> None:
        with session.store.writing() as connection:
            connection.exec_driver_sql("DELETE FROM user_role")
            connection.exec_driver_sql("INSERT INTO user_role SELECT id, 'visitor' FROM user")

    laptop.make(become_a_visitor)
    page = laptop.start()
    page.keys(WORDS)
    page.key(Qt.Key.Key_Return)
    page.wait_until_says("Why do you need to read?")
    assert laptop.program.shell is None
    page.press("Go on")
    page.wait_until_says("Please say in a few words why you need to read.")
    page.type("Your reason", "complaint of 3 November")
    page.press("Go on")
    laptop.qtbot.waitUntil(lambda: laptop.program.shell is not None, timeout=10_000)
    assert laptop.program.desk is not None
    assert laptop.program.desk.session.visit.reason == "complaint of 3 November"


def test_closed_before_its_first_page_was_shown_nothing_of_it_stays(
    laptop: Laptop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_pages, "PAUSE", 60_000)  # the passphrase is typed before anything was made ready
    laptop.make()
    page = laptop.start()
    made: list[Shell] = []

    def close_at_once() -> None:
        assert laptop.program.shell is not None
        made.append(laptop.program.shell)
        laptop.program.end()

    laptop.program.entrance.came_in.connect(close_at_once)
    page.keys(WORDS)
    page.key(Qt.Key.Key_Return)
    laptop.qtbot.waitUntil(lambda: bool(made), timeout=10_000)
    assert made[0].window() is laptop.window
    assert not made[0].isVisible()


def test_it_locks_while_it_waits_for_the_reason(laptop: Laptop) -> None:
    def become_a_visitor(session: Session) -> None:
        with session.store.writing() as connection:
            connection.exec_driver_sql("UPDATE user_role SET role = 'visitor' WHERE role = 'nurse'")
            connection.exec_driver_sql("DELETE FROM user_role WHERE role <> 'visitor'")

    laptop.make(become_a_visitor)
    page = laptop.start()
    page.keys(WORDS)
    page.key(Qt.Key.Key_Return)
    page.wait_until_says("Why do you need to read?")
    laptop.program.lock()
    laptop.qtbot.waitUntil(lambda: bool(laptop.replaced), timeout=10_000)


def test_what_the_system_says_locks(laptop: Laptop) -> None:
    laptop.make()
    page = laptop.start()
    laptop.unlock(page)
    laptop.program._watch.leaving.emit()
    laptop.qtbot.waitUntil(lambda: bool(laptop.replaced), timeout=10_000)


@pytest.mark.hazard("H10")
def test_a_damaged_record_is_read_from_its_backup_and_nothing_stays(laptop: Laptop) -> None:
    def fill(session: Session) -> None:
        add_peggy(session)
        backups.back_up(session)

    laptop.make(fill)
    laptop.profile.store.write_bytes(b"x" * 40_960)
    page = laptop.start()
    page.keys(WORDS)
    page.key(Qt.Key.Key_Return)
    page.wait_until_says("Read only, in an emergency…")
    page.press("Read only, in an emergency…")
    page.wait_until_says("a copy is opened, for reading only")
    page.keys(WORDS)
    page.key(Qt.Key.Key_Return)
    page.wait_until_says("You are reading the backup of 12-Nov-2026")
    desk = laptop.program.desk
    assert desk is not None
    copy = desk.session.profile.folder
    assert copy.exists()
    laptop.lock(page)
    laptop.qtbot.waitUntil(lambda: not copy.exists(), timeout=10_000)
    assert laptop.profile.store.read_bytes() == b"x" * 40_960, "the damaged file is left as it is"


def test_the_record_is_given_another_key_from_the_window(laptop: Laptop, expected_log: ExpectedLog) -> None:
    expected_log.expect(CRASH_LOG)  # the screenless platform says that it gives no window a size
    laptop.make()
    before = laptop.profile.store.read_bytes()
    page = laptop.start()
    laptop.unlock(page)
    assert laptop.program.shell is not None
    laptop.program.shell.places.go(Place("new_key"))
    page.type("Your own passphrase", WORDS)
    page.press("Lock, and give the record another key")
    laptop.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=20_000)
    page.dialog().press("Go to the unlock page")
    laptop.qtbot.waitUntil(lambda: laptop.replaced == [(LOCKED,)], timeout=10_000)
    assert laptop.profile.store.read_bytes()[4096:8192] != before[4096:8192]
    assert laptop.read(lambda session: session.user.name) == "Jo Okafor"
