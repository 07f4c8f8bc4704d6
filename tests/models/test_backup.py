"""A backup counts only when it was proved, never costs the record anything, and can be put back."""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eolc_desktop.clock import LOCAL
from eolc_desktop.errors import BackupFailed
from eolc_desktop.models import backup as backups
from eolc_desktop.models.backup import (
    Backup,
    list_backups,
    make_backup,
    renew_keys,
    restore_backup,
    thin_backups,
    worth_keeping,
)
from eolc_desktop.models.integrity import check_closed_file
from eolc_desktop.models.opening import StorePlace
from eolc_desktop.models.store import Store, open_store
from tests.models.conftest import SetClock, note, notes


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    path = tmp_path / "keys.json"
    path.write_text('{"slots": "of the day"}')
    return path


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "backups"


@pytest.fixture
def back_up(store: Store, keys: Path, folder: Path, clock: SetClock) -> Callable[[], Backup]:
    return lambda: make_backup(store.place, keys, folder, clock)


def count(place: StorePlace) -> int:
    store = open_store(place.path, place.key, place.store_id)
    with store.reading() as connection:
        there = notes(connection)
    store.close()
    return there


def save(store: Store, times: int) -> None:
    for number in range(times):
        with store.writing() as connection:
            note(connection, f"{number} " + "something to fill a page with " * 20)


def test_it_holds_everything_saved_so_far_the_log_included(
    store: Store, back_up: Callable[[], Backup], folder: Path, clock: SetClock
) -> None:
    save(store, 40)
    made = back_up()
    assert count(replace(store.place, path=made.path)) == 40
    assert made.made_at == clock()
    assert made.size == made.path.stat().st_size > 40_000
    assert sorted(file.name for file in folder.iterdir()) == [
        "record-20261112T143200000Z.db",
        "record-20261112T143200000Z.keys.json",
    ]
    assert list_backups(folder) == (made,)


def test_it_is_encrypted_with_its_keys_beside_it_for_the_owner_only(
    store: Store, back_up: Callable[[], Backup], keys: Path, folder: Path
) -> None:
    save(store, 5)
    made = back_up()
    assert b"something" not in made.path.read_bytes()
    assert not made.path.read_bytes().startswith(b"SQLite format 3")
    assert made.keys.read_bytes() == keys.read_bytes()
    if os.name == "posix":
        assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_saving_goes_on_afterwards_and_the_next_has_another_name(
    store: Store, back_up: Callable[[], Backup], folder: Path
) -> None:
    save(store, 1)
    first = back_up()
    save(store, 1)
    second = back_up()
    assert first.path != second.path
    assert [count(replace(store.place, path=made.path)) for made in (first, second)] == [1, 2]
    assert len(list_backups(folder)) == 2


def test_a_copy_that_is_not_whole_never_gets_its_name(
    store: Store, back_up: Callable[[], Backup], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk turns one bit of the copy between writing and proving."""
    save(store, 30)
    kept = back_up()
    written = backups._sync

    def turn_a_bit(path: Path) -> None:
        written(path)
        content = bytearray(path.read_bytes())
        content[4096 * 7 + 99] ^= 1
        path.write_bytes(content)

    monkeypatch.setattr(backups, "_sync", turn_a_bit)
    with pytest.raises(BackupFailed, match="damaged"):
        back_up()
    assert list_backups(folder) == (kept,)
    assert len(list(folder.iterdir())) == 2


def test_a_copy_that_lacks_a_row_never_gets_its_name(
    store: Store, back_up: Callable[[], Backup], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    save(store, 3)
    monkeypatch.setattr(backups, "row_counts", lambda _: {"audit": 4})
    with pytest.raises(BackupFailed, match="did not hold the same"):
        back_up()
    assert not list_backups(folder)


def test_a_damaged_record_is_not_backed_up_over_good_ones(
    closed: StorePlace, keys: Path, folder: Path, clock: SetClock
) -> None:
    kept = make_backup(closed, keys, folder, clock)
    content = bytearray(closed.path.read_bytes())
    content[4096 * 9 + 9] ^= 1
    closed.path.write_bytes(content)
    with pytest.raises(BackupFailed) as told:
        make_backup(closed, keys, folder, clock)
    assert "backups from before are safe" in told.value.safe
    assert list_backups(folder) == (kept,)


def test_without_room_nothing_is_begun(
    store: Store, back_up: Callable[[], Backup], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: type("Usage", (), {"free": 100_000})())
    with pytest.raises(BackupFailed, match="not enough room"):
        back_up()
    assert list(folder.iterdir()) == []


def test_without_keys_there_is_no_backup(store: Store, back_up: Callable[[], Backup], keys: Path, folder: Path) -> None:
    keys.unlink()
    with pytest.raises(BackupFailed):
        back_up()
    assert list(folder.iterdir()) == []


def test_what_one_that_was_cut_off_left_is_cleared_away(
    store: Store, back_up: Callable[[], Backup], folder: Path
) -> None:
    folder.mkdir()
    for name in ("record-unfinished.db", "record-unfinished.db-wal", "record-20200101T000000000Z.keys.json"):
        (folder / name).write_bytes(b"half")
    assert list_backups(folder) == ()
    made = back_up()
    assert {file.name for file in folder.iterdir()} == {made.path.name, made.keys.name}


def test_changed_keys_reach_every_backup(store: Store, back_up: Callable[[], Backup], keys: Path, folder: Path) -> None:
    made = [back_up(), back_up()]
    keys.write_text('{"slots": "new"}')
    renew_keys(keys, folder)
    assert {backup.keys.read_text() for backup in made} == {'{"slots": "new"}'}


def test_restored_it_is_as_it_was_and_what_was_there_is_kept(
    store: Store, back_up: Callable[[], Backup], place: StorePlace, clock: SetClock
) -> None:
    save(store, 2)
    made = back_up()
    save(store, 5)
    store.close()
    clock.go_on(hours=1)
    aside = restore_backup(made, place, clock)
    assert count(place) == 2
    assert aside
    assert aside.name == "record-set-aside-20261112T153200000Z.db"
    assert count(replace(place, path=aside)) == 7
    assert made.path.exists()
    assert restore_backup(made, place, clock) != aside


def test_the_log_of_a_crashed_record_never_gets_into_the_restored_one(
    store: Store, back_up: Callable[[], Backup], place: StorePlace, clock: SetClock, tmp_path: Path
) -> None:
    save(store, 2)
    made = back_up()
    save(store, 5)
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for side in ("", "-wal"):
        (crashed / f"record.db{side}").write_bytes(Path(f"{place.path}{side}").read_bytes())
    there = replace(place, path=crashed / "record.db")
    aside = restore_backup(made, there, clock)
    assert count(there) == 2
    assert aside
    assert count(replace(place, path=aside)) == 7


def test_a_log_without_its_record_is_moved_out_of_the_way_too(
    store: Store, back_up: Callable[[], Backup], place: StorePlace, clock: SetClock, tmp_path: Path
) -> None:
    """As a restore leaves it that was cut off between setting aside the record and its log."""
    made = back_up()
    save(store, 5)
    lost = tmp_path / "lost"
    lost.mkdir()
    (lost / "record.db-wal").write_bytes(Path(f"{place.path}-wal").read_bytes())
    there = replace(place, path=lost / "record.db")
    assert restore_backup(made, there, clock)
    assert count(there) == 0


def test_where_nothing_is_it_is_simply_put_back(
    store: Store, back_up: Callable[[], Backup], place: StorePlace, clock: SetClock, tmp_path: Path
) -> None:
    save(store, 3)
    made = back_up()
    there = replace(place, path=tmp_path / "record-2.db")
    assert restore_backup(made, there, clock) is None
    assert count(there) == 3


@pytest.mark.parametrize("harm", ["bit", "cut", "empty", "other key"])
def test_a_backup_that_is_not_whole_takes_nothings_place(
    store: Store, back_up: Callable[[], Backup], place: StorePlace, clock: SetClock, harm: str
) -> None:
    save(store, 20)
    made = back_up()
    store.close()
    whole = made.path.read_bytes()
    content = bytearray(whole)
    content[4096 * 11 + 3] ^= 1
    made.path.write_bytes({"bit": bytes(content), "cut": whole[:-4096], "empty": b""}.get(harm, whole))
    key = secrets.token_bytes(32) if harm == "other key" else place.key
    with pytest.raises(BackupFailed, match="not deleted"):
        restore_backup(made, replace(place, key=key), clock)
    assert count(place) == 20
    assert {file.name for file in place.path.parent.iterdir()} == {"record.db", "keys.json", "backups"}


def test_a_restore_that_the_disk_refuses_leaves_what_was_there(
    store: Store, back_up: Callable[[], Backup], clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = back_up()
    with store.writing() as connection:
        note(connection, "saved since")
    place = store.place
    store.close()
    replace_file = Path.replace

    def refused(self: Path, target: Path) -> Path:
        if self.name.endswith(".restoring"):
            raise OSError
        return replace_file(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", refused)
        with pytest.raises(BackupFailed):
            restore_backup(made, place, clock)
    assert not list(place.path.parent.glob("*set-aside*"))
    assert count(place) == 1, "the record is in its place, with what was saved since"


def test_a_proved_file_says_what_it_holds(closed: StorePlace) -> None:
    counted = check_closed_file(closed)
    assert counted["audit"] == 300
    assert counted["change"] == 0


def at(*moments: datetime) -> list[Backup]:
    return [Backup(Path(f"{moment}.db"), Path("k"), moment, 1) for moment in moments]


def test_ten_newest_seven_days_and_four_weeks_are_kept() -> None:
    end = datetime(2026, 11, 12, 18, 30, tzinfo=UTC)
    all_made = at(*(end - timedelta(hours=3) * number for number in range(8 * 90)))
    kept = worth_keeping(all_made)
    assert kept[:10] == tuple(all_made[:10])
    days = [backup.made_at.astimezone(LOCAL).date() for backup in kept]
    assert {end.date() - timedelta(days=number) for number in range(7)} <= set(days)
    assert len({backup.made_at.astimezone(LOCAL).isocalendar()[:2] for backup in kept}) == 4
    assert len(kept) <= 10 + 7 + 4
    assert len(kept) == 10 + 5 + 2, "the ten newest are of two days, and of the weeks two are among the days"


def test_a_laptop_left_in_a_drawer_keeps_its_backups() -> None:
    old = at(*(datetime(2020, 1, day, tzinfo=UTC) for day in range(1, 10)))
    assert set(worth_keeping(old)) == set(old)


MOMENTS = st.lists(st.datetimes(datetime(2024, 1, 1), datetime(2026, 1, 1)), max_size=80, unique=True)  # noqa: DTZ001


@given(MOMENTS)
def test_thinning_keeps_the_newest_and_settles(moments: list[datetime]) -> None:
    all_made = at(*(moment.replace(tzinfo=UTC) for moment in moments))
    kept = worth_keeping(all_made)
    assert len(kept) <= 21
    assert len(kept) >= min(10, len(all_made))
    assert not all_made or kept[0].made_at == max(backup.made_at for backup in all_made)
    assert worth_keeping(kept) == kept


def test_what_is_not_worth_keeping_is_deleted_with_its_keys(tmp_path: Path) -> None:
    end = datetime(2026, 11, 12, 18, tzinfo=UTC)
    for number in range(30):
        name = f"record-{end - timedelta(hours=number):%Y%m%dT%H%M%S}000Z"
        (tmp_path / f"{name}.db").write_bytes(b"x")
        (tmp_path / f"{name}.keys.json").write_bytes(b"x")
    (tmp_path / "record-unfinished.db").write_bytes(b"x")
    (tmp_path / "notes of mine.txt").write_bytes(b"x")
    removed = thin_backups(tmp_path)
    left = list_backups(tmp_path)
    assert len(removed) + len(left) == 30
    assert set(left) == set(worth_keeping([*left, *removed]))
    assert len(list(tmp_path.glob("*.keys.json"))) == len(left)
    assert (tmp_path / "notes of mine.txt").exists()
