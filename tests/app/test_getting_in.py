"""Getting in: who the passphrase lets in, what is said when the record does not open, and the first run."""

from __future__ import annotations

import os
from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from eolc_desktop.models.backup import make_backup
from eolc_desktop.models.keys import KeySlots
from eolc_desktop.models.opening import StorePlace
from eolc_desktop.paths import Profile
from eolc_desktop.record import audit
from eolc_desktop.services import sign_in
from eolc_desktop.services.session import Session
from tests.app.laptop import CHEAP, CRASH_LOG, WORDS, Laptop, add_peggy, laptop
from tests.pages import Page
from tests.strictness import ExpectedLog

__all__ = ["laptop"]


def test_the_passphrase_opens_today(laptop: Laptop) -> None:
    laptop.make(add_peggy)
    page = laptop.start()
    laptop.unlock(page)
    assert laptop.window is not None
    assert laptop.window.windowTitle() == "Today – EoLC Desktop"
    assert page.says("Thursday 12-Nov-2026")


def test_a_wrong_passphrase_opens_nothing_and_is_said(laptop: Laptop) -> None:
    laptop.make()
    page = laptop.start()
    page.keys("not this one at all")
    page.key(Qt.Key.Key_Return)
    page.wait_until_says("That passphrase does not open this record.")
    assert laptop.program.shell is None
    page.keys(WORDS)
    page.key(Qt.Key.Key_Return)
    page.wait_until_says("There is nobody on this computer yet", 10_000)


def test_after_several_wrong_tries_there_is_a_wait_that_outlives_the_program(laptop: Laptop) -> None:
    laptop.make()
    page = laptop.start()
    for _ in range(4):
        page.keys("not this one at all")
        page.key(Qt.Key.Key_Return)
        laptop.settle()
    page.wait_until_says("please try again in 2 seconds")
    laptop.program.end()
    again = laptop.start()
    assert again.says("please try again in 2 seconds")


def test_the_recovery_code_opens_it_and_asks_for_a_new_passphrase(laptop: Laptop) -> None:
    laptop.make()
    page = laptop.start()
    page.press("Use the recovery code")
    page.keys(laptop.code.lower())
    page.key(Qt.Key.Key_Return)
    laptop.qtbot.waitUntil(lambda: laptop.program.shell is not None, timeout=10_000)
    page.wait_until_says("You unlocked with the recovery code. Please choose a new passphrase.")
    assert page.focused_name() == "New passphrase"
    new = "kettle meadow quilt eleven"
    page.keys(new)
    page.type("New passphrase once more", new)
    page.press("Change the passphrase")
    page.wait_until_says("The passphrase was changed")
    laptop.program.end()
    assert sign_in.prove(laptop.profile, new, laptop.clock, costs=CHEAP).user_id


def test_who_signed_in_and_how_is_noted(laptop: Laptop) -> None:
    laptop.make()
    page = laptop.start()
    laptop.unlock(page)
    laptop.program.end()

    def look(session: Session) -> list[tuple[str, object]]:
        with session.store.reading() as connection:
            return [(line.action, line.detail.get("how")) for line in audit.lines(connection)]

    assert ("signed in", "passphrase") in laptop.read(look)  # type: ignore[operator]


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (lambda profile: profile.store.unlink(), "The record is not in its place on this computer."),
        (lambda profile: profile.store.write_bytes(b""), "The record’s file is empty"),
        (lambda profile: profile.keys.unlink(), "The file that holds this record’s keys is not in its place."),
        (lambda profile: profile.keys.write_text("{}"), "The file that holds this record’s keys is damaged."),
    ],
)
def test_what_is_wrong_with_the_files_is_said_before_anything_is_typed(
    laptop: Laptop, harm: Callable[[Profile], object], says: str
) -> None:
    laptop.make()
    backup_of(laptop)
    for second in laptop.profile.folder.glob("keys.json.prev"):
        second.unlink()
    harm(laptop.profile)
    page = laptop.start()
    page.wait_until_says(says)
    assert page.has("Restore from a backup…")


def backup_of(laptop: Laptop) -> None:
    opened = sign_in.prove(laptop.profile, WORDS, laptop.clock, costs=CHEAP)
    slots = KeySlots.load(laptop.profile.keys, costs=CHEAP, clock=laptop.clock)
    place = StorePlace(laptop.profile.store, opened.key, slots.store_id)
    make_backup(place, laptop.profile.keys, laptop.profile.backups, laptop.clock)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"SQLite format 3\0" + bytes(9000), "belongs to another program or another laptop"),
        (os.urandom(20_000), "not this record"),
        (None, "damaged"),
    ],
)
def test_a_file_that_is_not_the_record_is_told_from_a_damaged_one(
    laptop: Laptop, content: bytes | None, says: str
) -> None:
    laptop.make(add_peggy)
    whole = bytearray(laptop.profile.store.read_bytes())
    whole[200:400] = bytes(200)
    laptop.profile.store.write_bytes(bytes(whole) if content is None else content)
    page = laptop.start()
    page.keys(WORDS)
    page.key(Qt.Key.Key_Return)
    page.wait_until_says(says, 10_000)
    assert laptop.program.shell is None


def choose_the_backup(laptop: Laptop, page: Page) -> None:
    """Choose the one backup there is."""
    page.press("Restore from a backup…")
    laptop.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=5000)
    laptop.qtbot.waitUntil(lambda: QApplication.activeWindow() is QApplication.activeModalWidget(), timeout=5000)
    assert laptop.window is not None
    page.dialog().press("The one of 12-Nov-2026 14:32")
    page.wait_until_says("Unlock with your passphrase or your recovery code: the backup is put in place, and opened.")
    with laptop.qtbot.waitActive(laptop.window, timeout=5000):
        laptop.window.activateWindow()  # the screenless platform gives the window back only when it is asked to


def restore_the_backup(laptop: Laptop, page: Page) -> None:
    """Choose the one backup there is, and unlock with it."""
    choose_the_backup(laptop, page)
    page.retype("Passphrase", WORDS)
    page.key(Qt.Key.Key_Return)
    laptop.qtbot.waitUntil(lambda: laptop.program.shell is not None, timeout=20_000)
    page.wait_until_has("Changed last")


def test_a_backup_is_put_in_the_place_of_a_damaged_record(laptop: Laptop, expected_log: ExpectedLog) -> None:
    expected_log.expect(CRASH_LOG)
    laptop.make(add_peggy)
    backup_of(laptop)
    damaged = os.urandom(20_000)
    laptop.profile.store.write_bytes(damaged)
    page = laptop.start()
    page.keys(WORDS)
    page.key(Qt.Key.Key_Return)
    page.wait_until_has("Restore from a backup…", milliseconds=10_000)
    restore_the_backup(laptop, page)
    aside = laptop.profile.folder.glob("record-set-aside-*.db")
    assert [path.read_bytes() for path in aside] == [damaged], "the damaged file is kept"


def test_a_backup_is_put_in_place_with_the_recovery_code_too(laptop: Laptop, expected_log: ExpectedLog) -> None:
    expected_log.expect(CRASH_LOG)
    laptop.make(add_peggy)
    backup_of(laptop)
    laptop.profile.store.unlink()
    page = laptop.start()
    choose_the_backup(laptop, page)
    page.press("Use the recovery code")
    assert page.says("the backup is put in place, and opened. Type the 28 letters")
    page.keys(laptop.code)
    page.key(Qt.Key.Key_Return)
    page.wait_until_says("You unlocked with the recovery code. Please choose a new passphrase.", 20_000)
    assert laptop.profile.store.exists()


def test_who_goes_back_to_the_program_of_before_can_restore_the_backup_of_before(
    laptop: Laptop, expected_log: ExpectedLog
) -> None:
    expected_log.expect(CRASH_LOG)
    laptop.make(add_peggy)
    backup_of(laptop)
    opened = sign_in.unlock(laptop.profile, WORDS, laptop.clock, costs=CHEAP)
    opened.store._raw.execute("PRAGMA user_version = 9999")
    opened.store.close()
    newer = laptop.profile.store.read_bytes()
    page = laptop.start()
    page.keys(WORDS)
    page.key(Qt.Key.Key_Return)
    page.wait_until_says("newer version of the program", 10_000)
    assert not page.has("Read only, in an emergency…")
    restore_the_backup(laptop, page)
    aside = laptop.profile.folder.glob("record-set-aside-*.db")
    assert [path.read_bytes() for path in aside] == [newer], "what the newer program recorded is kept"


def test_a_record_of_a_newer_program_is_not_touched(laptop: Laptop) -> None:
    laptop.make()
    opened = sign_in.unlock(laptop.profile, WORDS, laptop.clock, costs=CHEAP)
    opened.store._raw.execute("PRAGMA user_version = 9999")
    opened.store.close()
    before = laptop.profile.store.read_bytes()
    page = laptop.start()
    page.keys(WORDS)
    page.key(Qt.Key.Key_Return)
    page.wait_until_says("newer version of the program", 10_000)
    assert laptop.profile.store.read_bytes() == before


# The first run


def test_the_first_run_makes_a_record_and_ends_on_today(laptop: Laptop) -> None:
    page = laptop.start()
    assert page.says("Step 1 of 4")
    page.keys("Jo Okafor")
    page.type("Your role (optional)", "district nurse")
    page.press("Continue")
    page.keys(WORDS)
    page.type("Passphrase once more", WORDS)
    page.press("Make the record")
    page.wait_until_says("Step 3 of 4", 20_000)
    window = laptop.window
    assert window is not None
    code = window.page._code._code  # type: ignore[union-attr]
    page.type("Type the last 4 characters from your copy", code[-4:])
    page.press("I have a copy: continue")
    page.wait_until_says("Step 4 of 4")
    page.press("Work on this computer")
    page.wait_until_says("There is nobody on this computer yet")
    assert page.focused_name() == "Add a person"
    laptop.program.end()
    slots = KeySlots.load(laptop.profile.keys, costs=CHEAP, clock=laptop.clock)
    assert {slot.user_name for slot in slots.slots} == {"Jo Okafor"}
    names = laptop.read(lambda session: (session.user.name, session.user.role, session.made_up))
    assert names == ("Jo Okafor", "district nurse", False)


def test_a_first_run_that_was_cut_off_after_the_record_was_made_goes_on_with_the_passphrase(laptop: Laptop) -> None:
    page = laptop.start()
    page.keys("Jo Okafor")
    page.press("Continue")
    page.keys(WORDS)
    page.type("Passphrase once more", WORDS)
    page.press("Make the record")
    page.wait_until_says("Step 3 of 4", 20_000)
    assert laptop.window is not None
    laptop.window.close()
    again = laptop.start()
    again.keys(WORDS)
    again.key(Qt.Key.Key_Return)
    again.wait_until_says("There is nobody on this computer yet", 10_000)
