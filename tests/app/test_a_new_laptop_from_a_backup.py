"""A new laptop begins with a backup of another, in the window and by keyboard; what may be missing is said."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from eolc_desktop.models.key_file import read_key_file
from eolc_desktop.paths import Profile
from eolc_desktop.record import users
from eolc_desktop.record.rows import moment_text
from eolc_desktop.services import people, restoring, sign_in
from eolc_desktop.services.session import Session
from eolc_desktop.services.sign_in import ProfileState
from tests.app.laptop import CHEAP, CRASH_LOG, WORDS, Laptop, add_peggy, laptop
from tests.app.test_getting_in import backup_of
from tests.pages import Page
from tests.prepared_files import PreparedFiles
from tests.strictness import ExpectedLog

__all__ = ["laptop"]
MAY_LACK = "What was recorded later on the laptop it comes from"


@pytest.fixture
def stick(laptop: Laptop, tmp_path: Path) -> Path:
    """The backup of a laptop that is lost: two files on a stick. The laptop that starts is a new one."""
    lost = Profile(tmp_path / "lost")
    new, laptop.profile = laptop.profile, lost
    laptop.make(add_peggy)
    backup_of(laptop)
    laptop.profile = new
    folder = tmp_path / "stick"
    shutil.copytree(lost.backups, folder)
    shutil.rmtree(lost.folder)
    shutil.rmtree(new.folder, ignore_errors=True)
    return folder


def to_the_secret(laptop: Laptop, files: PreparedFiles, chosen: Path, *, button: str) -> Page:
    page = laptop.start()
    page.press("I have a backup of another laptop")
    assert page.says("Step 1 of 3")
    assert page.focused_name() == "Choose the file of a backup…"
    page.key("F1")
    page.wait_until_says("On a new laptop")
    page.key("F1")
    files.paths.append(chosen)
    page.press(button)
    page.wait_until_says("The backup of 12-Nov-2026 14:32")
    return page


def put_in_place(laptop: Laptop, page: Page) -> None:
    page.key(Qt.Key.Key_Return)
    page.wait_until_says("Step 3 of 3", 20_000)


def test_by_the_file_and_the_passphrase(laptop: Laptop, stick: Path, prepared_files: PreparedFiles) -> None:
    (file,) = stick.glob("record-*.db")
    page = to_the_secret(laptop, prepared_files, file, button="Choose the file of a backup…")
    assert page.says(file.name)
    assert page.focused_name() == "Passphrase"
    page.keys("not the one at all")
    page.key(Qt.Key.Key_Return)
    page.wait_until_says("That passphrase does not open this record.")
    assert sign_in.profile_state(laptop.profile, CHEAP) is ProfileState.NEW, "nothing was begun"
    page.keys(WORDS)
    put_in_place(laptop, page)
    for words in (
        "It holds 1 person.",
        MAY_LACK,
        "please ask your colleagues",
        "If the other laptop is found, do not use it",
    ):
        assert page.says(words)
    assert page.focused_name() == "Work on this computer"
    page.key(Qt.Key.Key_Space)
    page.wait_until_has("Changed last", milliseconds=10_000)
    page.wait_until_says(MAY_LACK)
    session = laptop.program._session
    assert session is not None
    assert not page.says("Please choose a new passphrase.")
    laptop.settle()
    laptop.program.end()

    def look(there: Session) -> None:
        with there.store.reading() as connection:
            assert session.laptop_id == users.known(connection, restoring.LAPTOP_ID) != "", "not the lost one’s"
        after = restoring.after_restore(there)
        assert after is not None, "sharing waits until it was compared"
        assert moment_text(after.made_at).startswith("2026-11-12T14:32")
        assert [row.family_name for row in people.caseload(there).rows] == ["Smith"]

    laptop.read(look)
    again = laptop.start()
    laptop.unlock(again)
    again.wait_until_says(MAY_LACK)


def test_by_a_folder_and_the_recovery_code_with_the_keyboard_alone(
    laptop: Laptop, stick: Path, prepared_files: PreparedFiles
) -> None:
    page = laptop.start()
    tab_to(page, "I have a backup of another laptop")
    page.key(Qt.Key.Key_Space)
    page.wait_until_says("Step 1 of 3")
    prepared_files.paths.append(stick)
    tab_to(page, "Choose a folder of backups…")
    page.key(Qt.Key.Key_Space)
    page.wait_until_says("Step 2 of 3")
    tab_to(page, "Use the recovery code")
    page.key(Qt.Key.Key_Space)
    assert page.says("Type the 28 letters and numbers")
    assert page.focused_name() == "Recovery code"
    page.keys(laptop.code.lower())
    put_in_place(laptop, page)
    page.key(Qt.Key.Key_Space)
    page.wait_until_says("You unlocked with the recovery code. Please choose a new passphrase.", 10_000)


def tab_to(page: Page, name: str) -> None:
    for _ in range(20):
        if page.focused_name() == name:
            return
        page.key(Qt.Key.Key_Tab)
    raise AssertionError(f"{name!r} is not reached by Tab")


def test_a_damaged_backup_leaves_the_laptop_as_new_and_another_may_be_tried(
    laptop: Laptop, stick: Path, prepared_files: PreparedFiles
) -> None:
    (file,) = stick.glob("record-*.db")
    whole = file.read_bytes()
    file.write_bytes(whole[:-4096])
    page = to_the_secret(laptop, prepared_files, stick, button="Choose a folder of backups…")
    page.keys(WORDS)
    page.key(Qt.Key.Key_Return)
    page.wait_until_says("This backup could not be restored", 20_000)
    assert sign_in.profile_state(laptop.profile, CHEAP) is ProfileState.NEW
    file.write_bytes(whole)
    page.press("Back")
    prepared_files.paths.append(file)
    page.press("Choose the file of a backup…")
    page.wait_until_says("Step 2 of 3")
    page.keys(WORDS)
    put_in_place(laptop, page)
    read_key_file(laptop.profile.keys, CHEAP)


def no_backup(stick: Path) -> None:
    shutil.rmtree(stick)
    stick.mkdir()


def without_keys(stick: Path) -> None:
    (keys,) = stick.glob("*.keys.json")
    keys.unlink()


@pytest.mark.parametrize("harm", [no_backup, without_keys])
def test_what_is_no_backup_is_said_and_a_first_run_is_one_step_away(
    laptop: Laptop, stick: Path, prepared_files: PreparedFiles, harm: Callable[[Path], None]
) -> None:
    harm(stick)
    page = laptop.start()
    page.press("I have a backup of another laptop")
    prepared_files.paths.append(stick)
    page.press("Choose a folder of backups…")
    page.wait_until_says("A backup is two files: record-….db and record-….keys.json. Copy both.")
    page.press("Begin without a backup")
    page.wait_until_says("Step 1 of 4")
    assert page.focused_name() == "Your name"


def test_closing_the_window_before_going_on_keeps_the_record_whole(
    laptop: Laptop, stick: Path, prepared_files: PreparedFiles
) -> None:
    page = to_the_secret(laptop, prepared_files, stick, button="Choose a folder of backups…")
    page.keys(WORDS)
    put_in_place(laptop, page)
    laptop.program.end()
    again = laptop.start()
    laptop.unlock(again)
    again.wait_until_says(MAY_LACK)


def test_left_alone_before_going_on_it_begins_afresh_at_the_unlock_page(
    laptop: Laptop, stick: Path, prepared_files: PreparedFiles
) -> None:
    page = to_the_secret(laptop, prepared_files, stick, button="Choose a folder of backups…")
    page.keys(WORDS)
    put_in_place(laptop, page)
    laptop.clock.advance(hours=1)  # asleep, with the record open
    page.key(Qt.Key.Key_Tab)
    laptop.qtbot.waitUntil(lambda: bool(laptop.replaced), timeout=10_000)
    assert laptop.replaced == [("--locked",)], "nothing of the keys stays in memory"
    again = laptop.start()
    laptop.unlock(again)
    again.wait_until_says(MAY_LACK)


def test_a_record_that_is_gone_with_its_backups_is_restored_from_elsewhere(
    laptop: Laptop, tmp_path: Path, prepared_files: PreparedFiles, expected_log: ExpectedLog
) -> None:
    """The unlock page offered only the backups beside the record: with them gone there was no way on."""
    expected_log.expect(CRASH_LOG)
    laptop.make(add_peggy)
    backup_of(laptop)
    stick = tmp_path / "stick"
    shutil.move(laptop.profile.backups, stick)
    laptop.profile.store.unlink()
    page = laptop.start()
    page.press("Restore from a backup…")
    laptop.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=5000)
    laptop.qtbot.waitUntil(lambda: QApplication.activeWindow() is QApplication.activeModalWidget(), timeout=5000)
    (file,) = stick.glob("record-*.db")
    prepared_files.paths.append(file)
    page.dialog().press("One that is somewhere else…")
    page.wait_until_says("the backup is put in place, and opened.")
    assert laptop.window is not None
    with laptop.qtbot.waitActive(laptop.window, timeout=5000):
        laptop.window.activateWindow()
    page.retype("Passphrase", WORDS)
    page.key(Qt.Key.Key_Return)
    page.wait_until_has("Changed last", milliseconds=20_000)
