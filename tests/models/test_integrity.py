"""The checks find what is damaged, never what is whole, and say it in plain words."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from eolc_desktop.models import integrity, opening
from eolc_desktop.models.integrity import check_store, hold_still
from eolc_desktop.models.opening import StorePlace, connect
from eolc_desktop.models.store import Store, open_store
from tests.models.conftest import note, notes


@pytest.mark.parametrize("full", [False, True], ids=["daily", "full"])
def test_a_whole_store_is_whole(closed: StorePlace, full: bool) -> None:
    report = check_store(closed, full=full)
    assert (report.ok, report.complete, report.full, report.damaged_pages) == (True, True, full, ())
    assert report.pages == closed.path.stat().st_size // 4096
    assert len(report.lines) == 4


def test_saves_that_are_still_in_the_log_are_no_damage(store: Store) -> None:
    """SQLCipher's own check reads the main file alone: without a checkpoint first it may call whole data damaged."""
    for number in range(30):
        with store.writing() as connection:
            note(connection, f"{number} " + "x" * 5000)
    report = check_store(store.place)
    assert report.ok
    assert report.complete


def test_it_can_be_checked_while_saving_goes_on(store: Store) -> None:
    def save() -> None:
        for number in range(250):
            with store.writing() as connection:
                note(connection, f"{number} " + "y" * 9000)

    reports = []
    thread = threading.Thread(target=save)
    thread.start()
    while thread.is_alive():
        reports.append(check_store(store.place))
    thread.join()
    reports.append(check_store(store.place))
    assert all(report.ok for report in reports), reports
    assert reports[-1].complete
    with store.reading() as connection:
        assert notes(connection) == 250


def test_the_main_file_is_held_still_while_its_seals_are_read(store: Store) -> None:
    reader = connect(store.place)
    assert hold_still(reader, store.path)
    before = store.path.read_bytes()
    for number in range(60):
        with store.writing() as connection:
            note(connection, f"{number} " + "x" * 40_000)
    assert store.path.read_bytes() == before, "no checkpoint came between, though the log grew past its limit"
    assert reader.execute("PRAGMA cipher_integrity_check").fetchall() == []
    reader.close()
    with store.reading() as connection:
        assert notes(connection) == 60


def test_a_check_that_cannot_hold_it_still_says_so_and_alarms_nobody(store: Store) -> None:
    with store.writing() as connection:
        note(connection, "in the log")
    reader = connect(store.place)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM fact").fetchone()
    with store.writing() as connection:
        note(connection, "in the log too")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(opening.connect, "__kwdefaults__", {"create": False, "busy_seconds": 0.01})
        patch.setattr(integrity, "_ATTEMPTS", 2)
        report = check_store(store.place)
    reader.close()
    assert report.ok
    assert not report.complete
    assert any("next time" in line for line in report.lines)


def test_each_damaged_page_is_named(closed: StorePlace) -> None:
    content = bytearray(closed.path.read_bytes())
    for page in (5, 9):
        content[(page - 1) * 4096 + 77] ^= 16
    closed.path.write_bytes(content)
    report = check_store(closed)
    assert not report.ok
    assert report.damaged_pages == (5, 9)
    assert any(line.startswith("2 pages of its") for line in report.lines)
    assert any("restore the record from a backup" in line for line in report.lines)


def test_entries_that_belong_to_nothing_are_found(closed: StorePlace) -> None:
    raw = connect(closed)
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("INSERT INTO current VALUES ('nobody', 's', 'e', 'f', '1', '', 1, NULL)")
    raw.close()
    report = check_store(closed)
    assert not report.ok
    assert any("belong to something that is not there" in line for line in report.lines)


def test_an_index_that_lost_an_entry_is_found_by_the_full_check(closed: StorePlace, tmp_path: Path) -> None:
    raw = connect(closed)
    raw.set_authorizer(None)
    raw.execute("PRAGMA writable_schema = ON")
    raw.execute("UPDATE sqlite_master SET sql = replace(sql, '(person_id,', '(user_id,') WHERE name LIKE 'ix_audit%'")
    raw.execute("UPDATE sqlite_master SET sql = replace(sql, 'action', 'acting') WHERE name = 'nothing'")
    raw.close()
    report = check_store(closed, full=True)
    assert not report.ok
    assert any("not in order" in line for line in report.lines)


def test_nothing_of_a_person_is_in_a_report(closed: StorePlace) -> None:
    store = open_store(closed.path, closed.key, closed.store_id)
    with store.writing() as connection:
        note(connection, "ZQXCANARY")
    report = check_store(store.place, full=True)
    store.close()
    assert "ZQXCANARY" not in repr(report)
    assert str(closed.path) not in repr(report)
