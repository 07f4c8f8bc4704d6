"""Every way in which a store cannot be opened is told apart, in words, and none of them makes or changes a file."""

from __future__ import annotations

import os
import secrets
import sqlite3
import stat
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlcipher3 import dbapi2 as sqlcipher

from eolc_desktop.errors import (
    StoreBusy,
    StoreDamaged,
    StoreEmpty,
    StoreError,
    StoreForeign,
    StoreFull,
    StoreMissing,
    StoreTooNew,
)
from eolc_desktop.models.integrity import check_store
from eolc_desktop.models.opening import PAGE_BYTES, StorePlace, connect, mark_in_use
from eolc_desktop.models.store import LastSavesMissing, Store, create_store, open_store
from tests.models.conftest import note, notes

ROWS = 300


def opened(place: StorePlace, **how: object) -> Store:
    return open_store(place.path, place.key, place.store_id, busy_seconds=0.05, **how)  # type: ignore[arg-type]


def lasting(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if not file.name.endswith(("-wal", "-shm"))}


def refusal(place: StorePlace) -> StoreError:
    """Return why the store does not open; the folder must be exactly as it was, but for SQLite's own side files."""
    before = lasting(place.path.parent)
    with pytest.raises(StoreError) as told:
        opened(place)
    assert lasting(place.path.parent) == before
    assert str(place.path) not in str(told.value)
    assert all((told.value.happened, told.value.safe, told.value.next_step))
    return told.value


def flip(path: Path, at: int) -> None:
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def test_with_the_right_key_it_opens_and_everything_is_there(closed: StorePlace) -> None:
    store = opened(closed)
    with store.reading() as connection:
        assert notes(connection) == ROWS
    store.close()


def test_missing(place: StorePlace) -> None:
    assert type(refusal(place)) is StoreMissing


def test_empty_is_never_an_empty_caseload(place: StorePlace) -> None:
    place.path.touch()
    assert type(refusal(place)) is StoreEmpty


@pytest.mark.parametrize("size", [1, 15, 16, 100, PAGE_BYTES - 1])
def test_cut_to_less_than_a_page(closed: StorePlace, size: int) -> None:
    os.truncate(closed.path, size)
    assert type(refusal(closed)) is StoreDamaged


def test_cut_anywhere_else(closed: StorePlace) -> None:
    whole = closed.path.read_bytes()
    for size in range(PAGE_BYTES, len(whole), PAGE_BYTES // 2 + 512):
        closed.path.write_bytes(whole[:size])
        assert type(refusal(closed)) is StoreDamaged, size


def test_another_key_does_not_fit(closed: StorePlace) -> None:
    told = refusal(replace(closed, key=secrets.token_bytes(32)))
    assert type(told) is StoreDamaged
    assert "does not fit its keys" in told.happened


def test_another_record_of_the_same_key(closed: StorePlace) -> None:
    assert type(refusal(replace(closed, store_id=str(uuid4())))) is StoreForeign


def test_another_laptops_record(closed: StorePlace, tmp_path: Path) -> None:
    other = StorePlace(tmp_path / "other.db", secrets.token_bytes(32), str(uuid4()))
    create_store(other.path, other.key, other.store_id).close()
    other.path.replace(closed.path)
    assert type(refusal(closed)) is StoreForeign


def test_an_unencrypted_database(place: StorePlace) -> None:
    plain = sqlite3.connect(place.path)
    plain.execute("CREATE TABLE person (name)")
    plain.commit()
    plain.close()
    assert type(refusal(place)) is StoreForeign


def test_any_other_file(place: StorePlace) -> None:
    place.path.write_bytes(b"%PDF-1.7" + secrets.token_bytes(20_000))
    assert type(refusal(place)) is StoreForeign


def test_an_encrypted_file_of_another_program(place: StorePlace) -> None:
    raw = connect(place, create=True)
    raw.execute("CREATE TABLE recipe (name)")
    raw.execute("PRAGMA application_id = 5")
    raw.close()
    assert type(refusal(place)) is StoreForeign


def test_one_with_no_tables(place: StorePlace) -> None:
    raw = connect(place, create=True)
    raw.execute("CREATE TABLE recipe (name)")
    raw.close()
    assert type(refusal(place)) is StoreEmpty


def test_a_newer_one(closed: StorePlace) -> None:
    raw = connect(closed)
    raw.execute("PRAGMA user_version = 9999")
    raw.close()
    assert type(refusal(closed)) is StoreTooNew


@pytest.mark.parametrize("at", [16, 200, 2000, PAGE_BYTES - 1])
def test_damage_in_the_first_page_is_not_taken_for_a_wrong_key(closed: StorePlace, at: int) -> None:
    flip(closed.path, at)
    told = refusal(closed)
    assert type(told) is StoreDamaged
    assert "passphrase is right" in told.happened


def test_damage_in_the_salt_does_no_harm_since_the_record_knows_it(closed: StorePlace) -> None:
    flip(closed.path, 3)
    store = opened(closed)
    with store.reading() as connection:
        assert notes(connection) == ROWS
    store.close()


def test_salt_and_first_page_both_gone_is_still_known_as_ours(closed: StorePlace) -> None:
    content = closed.path.read_bytes()
    closed.path.write_bytes(bytes(PAGE_BYTES) + content[PAGE_BYTES:])
    assert "passphrase is right" in refusal(closed).happened


def test_every_flipped_bit_elsewhere_is_found_before_anybody_relies_on_it(closed: StorePlace) -> None:
    whole = closed.path.read_bytes()

    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.integers(PAGE_BYTES, len(whole) - 1), st.integers(0, 7))
    def flipped(at: int, bit: int) -> None:
        content = bytearray(whole)
        content[at] ^= 1 << bit
        closed.path.write_bytes(content)
        try:
            report = check_store(closed)
        except StoreDamaged:
            return
        assert not report.ok
        assert report.damaged_pages == (at // PAGE_BYTES + 1,)

    flipped()


def test_a_page_that_cannot_be_read_is_told_where_it_is_met(closed: StorePlace) -> None:
    content = closed.path.read_bytes()
    closed.path.write_bytes(content[: PAGE_BYTES * 12] + secrets.token_bytes(len(content) - PAGE_BYTES * 12))
    with pytest.raises(StoreDamaged, match="damaged"):  # noqa: PT012  it may show at opening or at reading
        store = opened(closed)
        with store.reading() as connection:
            notes(connection)


def test_last_saves_left_behind_are_noticed(store: Store, place: StorePlace, tmp_path: Path) -> None:
    with store.writing() as connection:
        note(connection, "in the log only")
    copy = StorePlace(tmp_path / "copied" / "record.db", place.key, place.store_id)
    copy.path.parent.mkdir()
    copy.path.write_bytes(place.path.read_bytes())
    told = refusal(copy)
    assert type(told) is LastSavesMissing
    assert "newest entries may be missing" in told.safe
    aware = opened(copy, even_if_saves_are_missing=True)
    with aware.reading() as connection:
        assert notes(connection) == 0
    aware.close()
    opened(copy).close()


@pytest.mark.parametrize("times", [1, 1000], ids=["once", "every time"])
def test_a_mark_that_the_disk_kept_from_being_taken_away_does_not_say_that_saves_are_missing(
    store: Store, place: StorePlace, monkeypatch: pytest.MonkeyPatch, times: int
) -> None:
    with store.writing() as connection:
        note(connection, "saved")
    left = iter(range(times))

    def refused(connection: sqlcipher.Connection, *, in_use: bool) -> None:
        if next(left, None) is not None:
            raise sqlcipher.OperationalError("disk I/O error")
        mark_in_use(connection, in_use=in_use)

    monkeypatch.setattr("eolc_desktop.models.store.mark_in_use", refused)
    store.close()
    monkeypatch.undo()
    again = opened(place)
    with again.reading() as connection:
        assert notes(connection) == 1
    again.close()


def test_with_its_log_a_copy_is_whole(store: Store, place: StorePlace, tmp_path: Path) -> None:
    with store.writing() as connection:
        note(connection, "in the log only")
    copy = StorePlace(tmp_path / "copied" / "record.db", place.key, place.store_id)
    copy.path.parent.mkdir()
    for side in ("", "-wal"):
        copy.path.with_name(copy.path.name + side).write_bytes(Path(f"{place.path}{side}").read_bytes())
    copied = opened(copy)
    with copied.reading() as connection:
        assert notes(connection) == 1
    copied.close()


def test_closed_in_order_the_main_file_alone_is_the_whole_record(closed: StorePlace, tmp_path: Path) -> None:
    assert [file.name for file in tmp_path.iterdir()] == ["record.db"]


HOLDER = """
import sys
from pathlib import Path
from eolc_desktop.models.opening import StorePlace, connect
place = StorePlace(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), sys.argv[3])
connection = connect(place)
for statement in sys.argv[4:]:
    connection.execute(statement).fetchall()
print("held", flush=True)
sys.stdin.read()
"""


def held_by_another_process(place: StorePlace, *statements: str) -> subprocess.Popen[bytes]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(place.path), place.key.hex(), place.store_id, *statements],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stdout.readline() == b"held\n"
    return process


def let_go(process: subprocess.Popen[bytes]) -> None:
    process.communicate()
    assert process.returncode == 0


def test_while_another_program_writes_saving_says_so_and_nothing_is_lost(closed: StorePlace) -> None:
    other = held_by_another_process(closed, "BEGIN IMMEDIATE")
    store = opened(closed)
    with pytest.raises(StoreBusy), store.writing() as connection:
        note(connection, "cannot be written yet")
    let_go(other)
    with store.writing() as connection:
        note(connection, "now it can")
    with store.reading() as connection:
        assert notes(connection) == ROWS + 1
    store.close()


def test_kept_exclusively_by_another_program_it_does_not_open(closed: StorePlace) -> None:
    raw = sqlcipher.connect(closed.path, isolation_level=None)
    raw.set_key(f"x'{closed.key.hex()}'")
    raw.execute("PRAGMA locking_mode = EXCLUSIVE")
    raw.execute("BEGIN EXCLUSIVE")
    raw.execute("DELETE FROM fact WHERE name = 'none'")
    assert type(refusal(closed)) is StoreBusy
    raw.execute("COMMIT")
    raw.close()
    opened(closed).close()


@pytest.mark.skipif(os.name != "posix", reason="users and modes are those of POSIX")
def test_a_folder_that_cannot_be_written_to_is_told(closed: StorePlace) -> None:
    """Run as another user where this one is root, whom no mode keeps out."""
    script = (
        "import os, sys; from pathlib import Path\n"
        "from eolc_desktop.errors import UserError\n"
        "from eolc_desktop.models.store import open_store\n"
        "os.geteuid() == 0 and os.setuid(65534)\n"
        "try: open_store(Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), sys.argv[3])\n"
        "except UserError as error: print(type(error).__name__)\n"
    )
    folders = [folder for folder in closed.path.parents if folder.stat().st_uid == os.geteuid()]
    modes = {folder: stat.S_IMODE(folder.stat().st_mode) for folder in folders}
    for folder, mode in modes.items():
        folder.chmod(mode | 0o055)
    closed.path.parent.chmod(0o555)
    closed.path.chmod(0o444)
    try:
        ran = subprocess.run(
            [sys.executable, "-c", script, str(closed.path), closed.key.hex(), closed.store_id],
            capture_output=True,
            text=True,
            check=True,
        )
    finally:
        for folder, mode in modes.items():
            folder.chmod(mode)
    assert ran.stdout.strip() == StoreFull.__name__, ran
