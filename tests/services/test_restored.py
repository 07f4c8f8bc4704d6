"""What was lost or damaged is restored from a backup, beside what was there, and knows that it was."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from eolc_desktop.app.opening import begin_session
from eolc_desktop.errors import (
    BackupFailed,
    StoreDamaged,
    WrongPassphrase,
)
from eolc_desktop.models.backup import list_backups
from eolc_desktop.models.key_file import mirror_of
from eolc_desktop.models.ways import by_passphrase
from eolc_desktop.paths import Profile
from eolc_desktop.services import restoring
from eolc_desktop.services.sign_in import ProfileState
from tests.services.laptop import ASHA, CHEAP, GOOD, OTHER, Laptop, names


@pytest.fixture
def laptop(tmp_path: Path) -> Iterator[Laptop]:
    laptop = Laptop(Profile(tmp_path / "profile"))
    yield laptop
    laptop.lock()


def test_a_damaged_record_is_told_from_a_wrong_passphrase_and_restored(laptop: Laptop) -> None:
    made = laptop.first_run()
    backup = laptop.back_up(made.store)
    laptop.lock()
    content = bytearray(laptop.profile.store.read_bytes())
    content[300] ^= 1
    laptop.profile.store.write_bytes(content)
    with pytest.raises(WrongPassphrase):
        laptop.unlock(OTHER)
    with pytest.raises(StoreDamaged, match="passphrase is right"):
        laptop.unlock()
    restored = restoring.restore(laptop.profile, backup, by_passphrase(GOOD), laptop.clock, costs=CHEAP)
    laptop.opened.append(restored.store)
    assert names(restored.store) == [ASHA.name]
    assert [path.read_bytes() for path in laptop.profile.folder.glob("record-set-aside-*.db")] == [content]


def test_with_record_and_keys_both_lost_a_backup_brings_them_back(laptop: Laptop) -> None:
    made = laptop.first_run()
    backup = laptop.back_up(made.store)
    laptop.lock()
    laptop.profile.store.unlink()
    laptop.profile.keys.write_bytes(b"ruined")
    mirror_of(laptop.profile.keys).unlink()
    with pytest.raises(WrongPassphrase):
        restoring.restore(laptop.profile, backup, by_passphrase(OTHER), laptop.clock, costs=CHEAP)
    assert not laptop.profile.store.exists()
    restored = restoring.restore(laptop.profile, backup, by_passphrase(GOOD), laptop.clock, costs=CHEAP)
    laptop.opened.append(restored.store)
    assert names(restored.store) == [ASHA.name]
    assert laptop.state() is ProfileState.READY
    laptop.lock()
    laptop.unlock()


@pytest.mark.parametrize("is_new_laptop", [True, False], ids=["on a new laptop", "on the same one"])
def test_a_restore_that_is_cut_off_once_it_is_in_place_knows_that_it_was_one(
    laptop: Laptop, tmp_path: Path, is_new_laptop: bool
) -> None:
    """Whatever ends the program before the rest is noted: sharing waits, and a new laptop is not taken for the old."""
    made = laptop.first_run()
    old = begin_session(made.store, made.user_id, laptop.profile, laptop.clock, costs=CHEAP).laptop_id
    backup = laptop.back_up(made.store)
    laptop.lock()
    there = Laptop(Profile(tmp_path / "new")) if is_new_laptop else laptop
    there.profile.make_private()
    restoring.restore(there.profile, backup, by_passphrase(GOOD), laptop.clock, costs=CHEAP).store.close()
    opened = there.unlock()
    session = begin_session(opened.store, opened.user_id, there.profile, there.clock, costs=CHEAP)
    after = restoring.after_restore(session)
    assert after is not None
    assert after.made_at == backup.made_at
    assert (session.laptop_id != old) is is_new_laptop
    there.lock()


def test_a_ruined_backup_is_not_restored(laptop: Laptop) -> None:
    made = laptop.first_run()
    backup = laptop.back_up(made.store)
    laptop.lock()
    backup.path.write_bytes(backup.path.read_bytes()[:-4096])
    with pytest.raises(BackupFailed, match="older backup"):
        restoring.restore(laptop.profile, backup, by_passphrase(GOOD), laptop.clock, costs=CHEAP)
    assert names(laptop.unlock().store) == [ASHA.name]
    assert [kept.path for kept in list_backups(laptop.profile.backups)] == [backup.path]
