"""A disk that takes nothing: the window comes, a plan is read, and what cannot be done is said and not offered."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from eolc_desktop.app import batch, command_line
from eolc_desktop.desktop.crash_window import CrashWindow
from eolc_desktop.errors import StoreFull
from eolc_desktop.models import key_file, store
from eolc_desktop.paths import Profile
from eolc_desktop.services import sign_in
from eolc_desktop.services.first_run_refused import RecordReady
from tests.app.disks import Disk, mounted, protected
from tests.app.laptop import CHEAP, JO, WORDS, Laptop, add_peggy, laptop
from tests.app.test_getting_in import backup_of
from tests.fixed_clock import FixedClock
from tests.models.test_os_keyring import secret_service
from tests.pages import Page

__all__ = ["laptop"]
READ = "Read only, in an emergency…"
pytestmark = [
    pytest.mark.hazard("H10"),
    pytest.mark.skipif(sys.platform != "linux", reason="disks that refuse are made for Linux"),
]


@pytest.fixture(params=[mounted, protected], ids=["a disk mounted read-only", "files and folders without permission"])
def disk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Disk]:
    """A disk of the profile's own, in the two ways in which nothing may be written to one."""
    with request.param(tmp_path / "profile") as made:
        yield made


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Disk]:
    """A disk that can be filled."""
    with mounted(tmp_path / "profile") as made:
        yield made


@pytest.fixture
def key_store() -> Iterator[object]:
    """The computer's own key store, as a Linux desktop has it, in memory."""
    before = keyring.get_keyring()
    backend = secret_service()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


@pytest.fixture
def profile(tmp_path: Path) -> Profile:
    """The profile on that disk."""
    return Profile(tmp_path / "profile")


def everything_in(folder: Path) -> dict[str, tuple[int, float, bytes]]:
    """Each file and folder, with its mode, when it was last written, and what it holds."""
    found = {}
    for path in sorted((folder, *folder.rglob("*"))):
        looked = path.stat()
        found[str(path)] = (looked.st_mode, looked.st_mtime, path.read_bytes() if path.is_file() else b"")
    return found


def no_fault_is_shown() -> bool:
    return not any(isinstance(window, CrashWindow) for window in QApplication.topLevelWidgets() if window.isVisible())


def unlock_to_read(laptop: Laptop, page: Page, code: str = "") -> None:
    page.press(READ)
    page.wait_until_says("a copy is opened, for reading only")
    if code:
        page.press("Use the recovery code")
        assert page.says("a copy is opened, for reading only. Type the 28 letters and numbers")
        page.keys(code)
    else:
        page.retype("Passphrase", WORDS)
    page.key(Qt.Key.Key_Return)
    wait_until_read(laptop, page)


def wait_until_read(laptop: Laptop, page: Page) -> None:
    laptop.qtbot.waitUntil(lambda: laptop.program.shell is not None, timeout=10_000)
    page.wait_until_says("You are reading the record itself")


def test_a_plan_is_read_from_a_disk_that_can_only_be_read(laptop: Laptop, disk: Disk) -> None:
    laptop.make(add_peggy)
    backup_of(laptop)
    disk.make_read_only()
    before = everything_in(laptop.profile.folder)
    page = laptop.start()
    page.wait_until_says("The record can only be read just now")
    assert page.has(READ)
    assert not page.has("Restore from a backup…")
    unlock_to_read(laptop, page)
    assert page.says("Nothing can be recorded or printed until the computer is put right.")
    assert not page.says("Nobody has shown yet that there is a copy of your recovery code.")
    page.key("Ctrl+,")
    page.wait_until_has("Colours")
    for gone in ("Change the passphrase", "Make a new recovery code", "Back up now", "Save who I am"):
        assert not page.has(gone), "what would be gone at the lock is not offered"
    session = laptop.program._session
    assert session is not None
    copy = session.profile.folder
    assert copy != laptop.profile.folder
    laptop.settle()
    laptop.program.end()
    assert not copy.exists(), "the copy goes with the window"
    assert everything_in(laptop.profile.folder) == before, "nothing is written, not even a time or a permission"
    assert no_fault_is_shown()


def test_a_plan_is_read_with_the_recovery_code_where_the_passphrase_is_forgotten(laptop: Laptop, disk: Disk) -> None:
    laptop.make(add_peggy)
    disk.make_read_only()
    before = everything_in(laptop.profile.folder)
    page = laptop.start()
    page.press(READ)
    page.keys("not the one at all")
    page.key(Qt.Key.Key_Return)
    page.wait_until_says("Your recovery code opens it as well.")
    unlock_to_read(laptop, page, laptop.code.lower().replace("-", " "))
    assert not page.says("Please choose a new passphrase."), "it could not be kept"
    laptop.program.end()
    assert everything_in(laptop.profile.folder) == before
    assert no_fault_is_shown()


def test_a_plan_is_read_with_the_computers_own_key_store(laptop: Laptop, disk: Disk, key_store: object) -> None:
    laptop.make(add_peggy)
    proof = sign_in.prove(laptop.profile, WORDS, laptop.clock, costs=CHEAP)
    sign_in.set_keyring(laptop.profile, proof, on=True, clock=laptop.clock, costs=CHEAP)
    disk.make_read_only()
    before = everything_in(laptop.profile.folder)
    page = laptop.start()
    page.wait_until_has(READ)
    page.press(READ)
    page.press("Use this computer’s key store")
    wait_until_read(laptop, page)
    laptop.program.end()
    assert everything_in(laptop.profile.folder) == before


def test_who_types_the_passphrase_at_once_is_told_the_same(laptop: Laptop, disk: Disk) -> None:
    laptop.make(add_peggy)
    disk.make_read_only()
    before = everything_in(laptop.profile.folder)
    page = laptop.start()
    page.keys(WORDS)
    page.key(Qt.Key.Key_Return)
    laptop.settle()
    page.wait_until_says("To read a plan, choose “Read only, in an emergency…”.")
    assert laptop.program.shell is None
    unlock_to_read(laptop, page)
    laptop.lock(page)
    assert laptop.replaced == [("--locked",)]
    assert everything_in(laptop.profile.folder) == before
    assert no_fault_is_shown()


def test_one_who_was_cut_off_before_leaves_nothing_in_the_way(laptop: Laptop, disk: Disk) -> None:
    """Where the computer made its disk read-only while the program was open: lock, socket and log stay behind."""
    laptop.make(add_peggy)
    opened = sign_in.unlock(laptop.profile, WORDS, laptop.clock, costs=CHEAP)
    with opened.store.writing() as connection:
        connection.exec_driver_sql("INSERT INTO fact (name, value) VALUES ('a test', 'only in the log')")
    ended = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, text=True)
    host = os.uname().nodename
    laptop.profile.lock.write_text(f"{ended.stdout.strip()}\neolc-desktop\n{host}\n\n\n")
    kept = laptop.profile.folder.with_name("kept")
    shutil.copytree(laptop.profile.folder, kept, ignore=shutil.ignore_patterns("*.socket"))
    opened.store.close()
    shutil.rmtree(laptop.profile.folder, ignore_errors=True)
    shutil.copytree(kept, laptop.profile.folder, dirs_exist_ok=True)
    disk.make_read_only()
    page = laptop.start()
    unlock_to_read(laptop, page)
    session = laptop.program._session
    assert session is not None

    found: list[object] = []
    work = laptop.program.background.run("look", lambda: value_of(session.store, "a test"))
    work.done.connect(found.append)
    laptop.qtbot.waitUntil(lambda: bool(found), timeout=10_000)
    assert found == ["only in the log"]


def value_of(opened: store.Store, name: str) -> object:
    with opened.reading() as connection:
        return connection.exec_driver_sql("SELECT value FROM fact WHERE name = ?", (name,)).scalar()


def test_the_whole_program_starts_on_it(laptop: Laptop, disk: Disk) -> None:
    """From the command's own first line: what came before the window was what kept it away."""
    laptop.make()
    shutil.rmtree(laptop.profile.logs)
    disk.make_read_only()
    ran = subprocess.run(
        [sys.executable, "-m", "eolc_desktop", "--profile", str(laptop.profile.folder), "--say-when-ready"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True, text=True, check=False, timeout=60, preexec_fn=disk.give_up_rights,
    )  # fmt: skip
    assert (ran.returncode, ran.stdout) == (0, "ready\n"), ran.stderr


def test_the_command_line_says_so_too(laptop: Laptop, disk: Disk, capsys: pytest.CaptureFixture[str]) -> None:
    laptop.make()
    disk.make_read_only()
    reads, writes = os.pipe()
    os.write(writes, WORDS.encode() + b"\n")
    os.close(writes)
    given = command_line.parser().parse_args(["check", "--passphrase-fd", str(reads)])
    assert batch.run(given, laptop.profile, laptop.clock, CHEAP) == 1
    assert "this computer does not let the program write to it" in capsys.readouterr().err


# A full disk


def test_a_record_on_a_full_disk_is_read_in_an_emergency_or_opened(laptop: Laptop, small_disk: Disk) -> None:
    laptop.make(add_peggy)
    small_disk.fill()
    page = laptop.start()
    page.keys(WORDS)
    page.key(Qt.Key.Key_Return)
    page.wait_until_says("To read a plan now, choose “Read only, in an emergency…”.", 10_000)
    unlock_to_read(laptop, page)
    laptop.program.end()
    small_disk.make_room()
    again = laptop.start()
    laptop.unlock(again)
    assert no_fault_is_shown()


def what_is_made(profile: Profile) -> set[str]:
    """The files of a record and its keys, whole or not."""
    return {path.name for path in profile.folder.rglob("*") if "record" in path.name or "keys" in path.name}


def begin_first_run(page: Page) -> None:
    page.wait_until_says("Step 1 of 4")
    page.keys("Jo Okafor")
    page.press("Continue")
    page.keys(WORDS)
    page.type("Passphrase once more", WORDS)
    page.press("Make the record")


def test_a_first_run_on_a_full_disk_says_so_and_goes_on_when_there_is_room(laptop: Laptop, small_disk: Disk) -> None:
    shutil.rmtree(laptop.profile.backups, ignore_errors=True)
    shutil.rmtree(laptop.profile.logs, ignore_errors=True)
    small_disk.fill()
    page = laptop.start()
    begin_first_run(page)
    page.wait_until_says("The record could not be made: the disk is full, or it cannot be written to.", 20_000)
    assert page.says("Nothing was begun, and what you typed is still here.")
    assert no_fault_is_shown()
    assert not what_is_made(laptop.profile), "nothing is left half made"
    small_disk.make_room()
    page.press("Make the record")
    page.wait_until_says("Step 3 of 4", 20_000)
    assert no_fault_is_shown()


def test_a_first_run_on_a_disk_that_can_only_be_read_says_so(laptop: Laptop, disk: Disk) -> None:
    disk.make_read_only()
    page = laptop.start()
    begin_first_run(page)
    page.wait_until_says("The record could not be made: the disk is full, or it cannot be written to.", 20_000)
    assert no_fault_is_shown()


def test_starting_again_after_room_was_made_is_a_first_run_that_works(laptop: Laptop, small_disk: Disk) -> None:
    small_disk.fill()
    page = laptop.start()
    begin_first_run(page)
    page.wait_until_says("The record could not be made", 20_000)
    assert laptop.window is not None
    laptop.window.close()
    small_disk.make_room()
    again = laptop.start()
    begin_first_run(again)
    again.wait_until_says("Step 3 of 4", 20_000)


def test_a_record_that_is_ready_is_not_said_to_be_unmade(laptop: Laptop, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk refuses after the record has its name: it opens with the passphrase, and says that a code waits."""
    page = laptop.start()
    refused: list[bool] = []

    def full(*_given: object, **_named: object) -> store.Store:
        refused.append(True)
        raise StoreFull("The record was not opened: …", "Nothing was changed.", "")

    with monkeypatch.context() as patch:
        patch.setattr(store, "open_store", full)
        begin_first_run(page)
        page.wait_until_says("The record was made, but the disk is full or refused", 20_000)
    assert refused
    assert page.says("It is whole, and the passphrase you chose opens it. Its recovery code was not shown.")
    assert not page.says("Nothing was changed.")
    page.retype("Passphrase", WORDS)
    page.key(Qt.Key.Key_Return)
    page.wait_until_says("Nobody has shown yet that there is a copy of your recovery code.")


@pytest.mark.parametrize("module", [store, key_file], ids=["the record's", "the keys'"])
def test_a_name_that_may_not_last_is_taken_back(
    profile: Profile, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, module: object
) -> None:
    def refused(_folder: Path) -> None:
        raise OSError

    with monkeypatch.context() as patch:
        patch.setattr(module, "sync_folder", refused)
        with pytest.raises(StoreFull) as told:
            sign_in.first_run(profile, JO, WORDS, clock, costs=CHEAP)
    assert not isinstance(told.value, RecordReady)
    assert sign_in.profile_state(profile, CHEAP) is sign_in.ProfileState.NEW
    assert not what_is_made(profile) - {"backups"}
