"""What protects an open store: private files, everything encrypted, settings that stay, statements that are denied."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from eolc_desktop.models.opening import APPLICATION_ID, PAGE_BYTES, StorePlace, connect
from eolc_desktop.models.store import Store, create_store, open_store
from tests.models.conftest import note


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps others out by the folder it is in")
def test_only_the_owner_may_read_any_of_its_files(store: Store, tmp_path: Path) -> None:
    with store.writing() as connection:
        note(connection, "so that there is a log")
    assert {file.name: stat.S_IMODE(file.stat().st_mode) for file in tmp_path.iterdir()} == {
        "record.db": 0o600,
        "record.db-shm": 0o600,
        "record.db-wal": 0o600,
    }


def test_nothing_readable_is_ever_in_its_files(store: Store, tmp_path: Path) -> None:
    canary = "ZQXCANARY Marmalade"
    with store.writing() as connection:
        for _ in range(500):
            note(connection, canary)
    files = [file for file in tmp_path.iterdir() if not file.name.endswith("-shm")]
    assert len(files) == 2
    for file in files:
        content = file.read_bytes()
        for encoding in ("utf-8", "utf-16-le"):
            assert canary.encode(encoding) not in content
        assert b"CREATE TABLE" not in content
        assert not content.startswith(b"SQLite format 3")


def test_the_file_starts_with_the_records_own_id(closed: StorePlace) -> None:
    assert closed.path.read_bytes()[:16].hex() == closed.store_id.replace("-", "")


def test_a_key_of_another_length_never_becomes_a_passphrase(closed: StorePlace) -> None:
    for length in (0, 16, 31, 33, 48):
        with pytest.raises(ValueError, match="32 bytes"):
            connect(replace(closed, key=bytes(length)))


def test_the_settings_took_effect(closed: StorePlace) -> None:
    raw = connect(closed)
    expected = {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
        "recursive_triggers": 1,
        "secure_delete": 1,
        "temp_store": 2,
        "wal_autocheckpoint": 400,
        "journal_size_limit": 8_388_608,
        "application_id": APPLICATION_ID,
        "busy_timeout": 5000,
        "page_size": str(PAGE_BYTES),
    }
    assert {name: raw.execute(f"PRAGMA {name}").fetchone()[0] for name in expected} == expected
    raw.close()


@pytest.mark.parametrize(
    "statement",
    [
        "ATTACH 'copy.db' AS copy KEY ''",
        "ATTACH ':memory:' AS copy",
        "VACUUM INTO 'copy.db'",
        "PRAGMA key = 'x'",
        "PRAGMA rekey = ''",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA synchronous = OFF",
        "PRAGMA writable_schema = ON",
        "SELECT load_extension('x')",
    ],
)
def test_no_statement_can_copy_the_record_out_or_undo_the_settings(closed: StorePlace, statement: str) -> None:
    raw = connect(closed)
    with pytest.raises(sqlcipher.DatabaseError, match=r"not authorized|authorization denied"):
        raw.execute(statement)
    raw.close()


def test_names_of_any_kind_open(tmp_path: Path) -> None:
    for name in ("Anne-Marie’s 100% ?#& files", "Şükrü", "with space"):
        folder = tmp_path / name
        folder.mkdir()
        place = StorePlace(folder / "record.db", secrets.token_bytes(32), str(uuid4()))
        create_store(place.path, place.key, place.store_id).close()
        open_store(place.path, place.key, place.store_id).close()
        assert [file.name for file in folder.iterdir()] == ["record.db"]


def test_two_places_never_show_their_key(place: StorePlace) -> None:
    show: list[Callable[[object], str]] = [repr, str]
    for shown in show:
        assert place.key.hex() not in shown(place)
        assert "key" not in shown(place)
