"""A new laptop from a backup: read and worked without eyes or pointer, with words for each thing that goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.errors import BackupFailed, WrongPassphrase
from eolc_desktop.services.restoring import AfterRestore
from eolc_desktop.services.this_computer import DiskEncryption
from eolc_desktop.views.begin_with_backup import HOLDS, UNLOCK, BeginWithBackupPage
from tests.pages import OpenWindow, Page
from tests.prepared_files import PreparedFiles
from tests.views.conftest import LOOKS, walked

MADE = datetime(2026, 11, 11, 17, 5, tzinfo=UTC)
WRONG = WrongPassphrase("That passphrase does not open this record.", "Nothing is lost.", "Please try again.")


def page_of(shown: Page) -> BeginWithBackupPage:
    assert isinstance(shown.root, BeginWithBackupPage)
    return shown.root


def to_step(page: BeginWithBackupPage, step: int) -> None:
    if step >= UNLOCK:
        page.show_backup("11-Nov-2026 17:05", "record-20261111T170500000Z.db")
    if step >= HOLDS:
        page.show_holds(AfterRestore(MADE, MADE).words, 1087)
        page.show_disk(DiskEncryption.NOT_FOUND)


@pytest.fixture
def shown(page: OpenWindow) -> Page:
    opened = page(BeginWithBackupPage(), 1366, 706)
    page_of(opened).focus_first()
    return opened


@pytest.mark.parametrize(("colours", "percent", "size"), LOOKS)
@pytest.mark.parametrize("step", range(3))
@pytest.mark.parametrize("by_code", [False, True])
def test_it_is_read_and_worked_without_eyes_or_pointer(
    page: OpenWindow,
    dress: Callable[[ThemeName, int], None],
    colours: ThemeName,
    percent: int,
    size: tuple[int, int],
    step: int,
    by_code: bool,
) -> None:
    dress(colours, percent)
    opened = page(BeginWithBackupPage(), *size)
    to_step(page_of(opened), step)
    page_of(opened).focus_first()
    if by_code and step == UNLOCK:
        opened.press("Use the recovery code")
        page_of(opened).show_problem(WRONG)
    elif by_code:
        page_of(opened).show_problem(BackupFailed("There is no backup.", "Nothing was changed.", "Copy both files."))
    assert walked(opened) == []


def test_each_step_says_where_it_is_and_back_goes_back(shown: Page) -> None:
    left: list[bool] = []
    page_of(shown).left.connect(lambda: left.append(True))
    assert shown.says("Step 1 of 3")
    assert not shown.has("Put it on this laptop"), "there is nothing to put yet"
    to_step(page_of(shown), UNLOCK)
    assert shown.says("Step 2 of 3")
    assert shown.says("The backup of 11-Nov-2026 17:05 (record-20261111T170500000Z.db).")
    shown.press("Back")
    assert shown.says("Step 1 of 3")
    assert not left
    shown.press("Begin without a backup")
    assert left == [True]


def test_what_was_chosen_is_told_and_nothing_where_nothing_was(
    shown: Page, prepared_files: PreparedFiles, tmp_path: Path
) -> None:
    chosen: list[Path] = []
    page_of(shown).chosen.connect(chosen.append)
    prepared_files.paths += [None, tmp_path / "record.db", tmp_path]
    shown.press("Choose the file of a backup…")
    assert chosen == []
    shown.press("Choose the file of a backup…")
    shown.press("Choose a folder of backups…")
    assert chosen == [tmp_path / "record.db", tmp_path]


def test_a_passphrase_and_a_code_are_told_apart_and_asked_for(shown: Page) -> None:
    told: list[tuple[str, str]] = []
    page_of(shown).passphrase_given.connect(lambda typed: told.append(("passphrase", typed)))
    page_of(shown).recovery_code_given.connect(lambda typed: told.append(("code", typed)))
    to_step(page_of(shown), UNLOCK)
    shown.press("Put it on this laptop")
    assert shown.says("Please type your passphrase.")
    shown.keys("lantern orchard")
    shown.key(Qt.Key.Key_Return)
    assert shown.says("Putting the backup on this laptop…")
    shown.key(Qt.Key.Key_Return)
    assert told == [("passphrase", "lantern orchard")], "once, however often Enter is pressed"
    page_of(shown).show_problem(WRONG)
    assert WRONG.happened in shown.description("Passphrase")
    assert shown.focused_name() == "Passphrase"
    shown.press("Use the recovery code")
    assert shown.read("Recovery code") == "", "what was typed for the one is not shown for the other"
    shown.keys("7KDM")
    shown.key(Qt.Key.Key_Return)
    assert told[1:] == [("code", "7KDM")]


def test_caps_lock_is_said(shown: Page) -> None:
    to_step(page_of(shown), UNLOCK)
    shown.keys("A")
    page_of(shown)._secret._field.caps_lock.emit(True)
    assert shown.says("Caps Lock is on")


def test_what_is_not_in_the_backup_is_said_before_anybody_works(shown: Page) -> None:
    finished: list[bool] = []
    page_of(shown).finished.connect(lambda: finished.append(True))
    to_step(page_of(shown), HOLDS)
    for words in ("It holds 1,087 people.", "not shared, is not in it. Sharing waits", "do not use it"):
        assert shown.says(words)
    assert not shown.has("Back")
    shown.press("Work on this computer")
    assert finished == [True]
