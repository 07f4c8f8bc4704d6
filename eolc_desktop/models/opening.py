"""Opens the encrypted file with its raw key, sets how SQLite treats it, and tells apart the ways that can fail."""

from __future__ import annotations

import hashlib
import hmac
import os
import sys
import uuid
from dataclasses import dataclass, field
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from eolc_desktop.errors import (
    StoreBusy,
    StoreDamaged,
    StoreEmpty,
    StoreError,
    StoreForeign,
    StoreFull,
    StoreMissing,
)

APPLICATION_ID = 0x454F4C43
"""“EOLC”, in the file's header, beneath the encryption."""

PAGE_BYTES = 4096
BUSY_SECONDS = 5.0
_HMAC_BYTES = 64
_IN_USE = "store_in_use"
_UNENCRYPTED = b"SQLite format 3\0"

SETTINGS = (
    "cipher_compatibility = 4",
    "foreign_keys = ON",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "recursive_triggers = ON",
    "secure_delete = ON",
    "temp_store = MEMORY",
    "journal_mode = WAL",
    "synchronous = FULL",
    "wal_autocheckpoint = 400",
    "journal_size_limit = 8388608",
    *(("fullfsync = ON", "checkpoint_fullfsync = ON") if sys.platform == "darwin" else ()),
)
"""WAL with FULL is what keeps an acknowledged save through a power cut; the rest keeps damage and tampering visible."""

_ATTACH, _DETACH, _PRAGMA, _FUNCTION, _TRANSACTION = 24, 25, 19, 31, 22
_OK, _DENY = 0, 1
_FIXED_PRAGMAS = frozenset(
    (
        "key",
        "rekey",
        "hexkey",
        "hexrekey",
        "textkey",
        "textrekey",
        "writable_schema",
        "journal_mode",
        "synchronous",
        "locking_mode",
        "trusted_schema",
        "temp_store_directory",
        "cipher_plaintext_header_size",
        "cipher_use_hmac",
    )
)


@dataclass(frozen=True, slots=True)
class StorePlace:
    """Where a store is and what opens it: all that a check or a backup on another thread needs.

    `key` is 32 bytes; `store_id` is the uuid of the record, which is also the first 16 bytes of its file.
    """

    path: Path
    key: bytes = field(repr=False)
    store_id: str


def connect(place: StorePlace, *, create: bool = False, busy_seconds: float = BUSY_SECONDS) -> sqlcipher.Connection:
    """Open the file and prove the key by reading from it; nothing is created unless `create` is given.

    The salt of the file is the record's own id. So a file tells whose it is before anything is decrypted, and one
    record's file does not open as another's although the key were the same.

    Raises StoreMissing, StoreEmpty, StoreForeign, StoreDamaged, StoreBusy or StoreFull.
    """
    if len(place.key) != 32:
        # SQLCipher would take a key of any other length for a passphrase, without a word.
        raise ValueError("the key of a store has 32 bytes")
    if create:
        try:
            os.close(os.open(place.path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError:
            raise store_not_writable() from None
    else:
        _look_at_file(place)
    connection = None
    try:
        connection = sqlcipher.connect(
            f"{place.path.resolve().as_uri()}?mode=rw",
            uri=True,
            timeout=busy_seconds,
            isolation_level=None,
            check_same_thread=False,
            cached_statements=256,
        )
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.set_key(f"x'{place.key.hex()}{uuid.UUID(place.store_id).hex}'")
        for setting in SETTINGS:
            connection.execute(f"PRAGMA {setting}").fetchall()
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if create:
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        elif connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise store_foreign()
        connection.set_authorizer(allow)
    except sqlcipher.Error as error:
        if connection:
            connection.close()
        if code_of(error) == sqlcipher.SQLITE_NOTADB:
            raise _why_unreadable(place) from None
        told = in_words(error)
        raise store_not_writable() if isinstance(told, StoreFull) else told or error from None
    except BaseException:
        if connection:
            connection.close()
        raise
    return connection


def log_of(path: Path) -> Path:
    """Return where the write-ahead log of the file at `path` is, with the saves that are not in it yet."""
    return path.with_name(path.name + "-wal")


def is_marked_in_use(connection: sqlcipher.Connection) -> bool:
    """Tell whether the file says of itself that saves may be in the log beside it."""
    return bool(connection.execute("SELECT 1 FROM fact WHERE name = ? AND value = 'yes'", (_IN_USE,)).fetchone())


def mark_in_use(connection: sqlcipher.Connection, *, in_use: bool) -> None:
    """Note in the file that saves may be in the log beside it, or that it is whole by itself."""
    connection.execute(
        "INSERT INTO fact (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (_IN_USE, "yes" if in_use else "no"),
    )


def code_of(error: BaseException) -> int:
    """Return SQLite's primary result code for an error of the driver, or 0."""
    return int(getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def in_words(error: BaseException) -> StoreError | None:
    """Return what to tell the user about an error of the driver, or None when it is a fault of the program."""
    match code_of(error):
        case sqlcipher.SQLITE_BUSY | sqlcipher.SQLITE_LOCKED:
            return store_busy()
        case (
            sqlcipher.SQLITE_FULL
            | sqlcipher.SQLITE_IOERR
            | sqlcipher.SQLITE_READONLY
            | sqlcipher.SQLITE_CANTOPEN
            | sqlcipher.SQLITE_PERM
        ):
            return store_full()
        case sqlcipher.SQLITE_CORRUPT | sqlcipher.SQLITE_NOTADB:
            return store_damaged()
    return None


def whole_pages(place: StorePlace, most: int = 64) -> int:
    """Return how many of the first pages of the file, the first apart, carry this key's own seal.

    Works on a file that cannot be opened: SQLCipher 4 seals every page with HMAC-SHA512 under a key derived from the
    raw key and the salt, over the encrypted page and its number.
    """
    salt = bytes(byte ^ 0x3A for byte in uuid.UUID(place.store_id).bytes)
    seal = hashlib.pbkdf2_hmac("sha512", place.key, salt, 2, 32)
    whole = 0
    with place.path.open("rb") as file:
        file.seek(PAGE_BYTES)
        for number in range(2, most + 2):
            page = file.read(PAGE_BYTES)
            if len(page) < PAGE_BYTES:
                break
            end = PAGE_BYTES - _HMAC_BYTES
            expected = hmac.digest(seal, page[:end] + number.to_bytes(4, "little"), "sha512")
            whole += hmac.compare_digest(expected, page[end:])
    return whole


def store_missing() -> StoreMissing:
    """Return the error for a record that is not where it should be."""
    return StoreMissing(
        "The record is not in its place on this computer.",
        "Nothing was made in its stead.",
        "It can be restored from a backup. If it was moved, please ask your computer support before going on.",
    )


def store_empty() -> StoreEmpty:
    """Return the error for a file with nothing in it."""
    return StoreEmpty(
        "The record’s file is empty: what was in it is not there.",
        "The file was left as it is.",
        "Please restore the record from a backup.",
    )


def store_foreign() -> StoreForeign:
    """Return the error for a file that is not this record."""
    return StoreForeign(
        "The file in the record’s place is not this record: it belongs to another program or another laptop.",
        "It was left as it is.",
        "Please put the record’s own file back, or restore the record from a backup.",
    )


def store_damaged() -> StoreDamaged:
    """Return the error for a record whose key is right and which still cannot be read."""
    return StoreDamaged(
        "Your passphrase is right, but the record’s file is damaged and cannot be read safely.",
        "The damaged file is kept as it is.",
        "Please restore the record from a backup.",
    )


def store_busy() -> StoreBusy:
    """Return the error for a record that another program keeps to itself."""
    return StoreBusy(
        "Another copy of the program is using the record just now.",
        "Nothing was changed, and what you typed is kept.",
        "Please close the other copy, or try again in a moment.",
    )


def store_full() -> StoreFull:
    """Return the error for a disk that takes nothing more."""
    return StoreFull(
        "This could not be saved: the disk is full, or it cannot be written to.",
        "What was saved before is safe, and what you typed is still on the screen.",
        "Please make some room on the disk, or have it looked at, then save again.",
    )


def store_replaced() -> StoreMissing:
    """What is said when the file was taken away, or another put in its place, while it was open."""
    return StoreMissing(
        "The record’s file was moved, or another was put in its place, while the program had it open.",
        "What was saved before is in the file that was opened. This was not saved; what you typed stays on the screen.",
        "Please write down what you typed and ask your computer support to put the file back.",
    )


def store_not_writable() -> StoreFull:
    """Return the error for a record that could only be looked at, not saved to: it is not opened then."""
    return StoreFull(
        "The record was not opened: this computer does not let the program write to it, or the disk is full.",
        "Nothing was changed.",
        "Please make some room on the disk, or ask your computer support to let you write to the program’s folder.",
    )


def _look_at_file(place: StorePlace) -> None:
    """Refuse what must never be opened: SQLite would open an empty file with any key and show no people at all."""
    try:
        # As for writing: SQLite would open a file that can only be read all the same, and refuse each save later.
        with place.path.open("r+b") as file:
            start = file.read(PAGE_BYTES)
    except FileNotFoundError:
        raise store_missing() from None
    except OSError:
        raise store_not_writable() from None
    if not start:
        raise store_empty()
    if start.startswith(_UNENCRYPTED):
        raise store_foreign()
    if len(start) < PAGE_BYTES:
        raise store_damaged()
    if place.path.stat().st_size % PAGE_BYTES and not log_of(place.path).exists():
        # With a log beside it, a last page that a power cut left unfinished is made whole from there.
        raise _why_unreadable(place)


def _why_unreadable(place: StorePlace) -> StoreError:
    """Tell a damaged first page from a file that is not this record's, by the seals of the other pages."""
    with place.path.open("rb") as file:
        starts_as_ours = file.read(16) == uuid.UUID(place.store_id).bytes
    if not whole_pages(place):
        if not starts_as_ours:
            return store_foreign()
        return StoreDamaged(
            "The record’s file does not fit its keys: one of the two was put back from another time, or is damaged.",
            "Both were left as they are.",
            "Please restore the record from a backup, which holds a file and keys that fit each other.",
        )
    return store_damaged()


def allow(action: int, first: str | None, second: str | None, _database: str | None, _inside: str | None) -> int:
    """Keep any statement from copying the record elsewhere (ATTACH), loading code, or undoing the settings."""
    if action in (_ATTACH, _DETACH):
        return _DENY
    if action == _PRAGMA and second is not None and (first or "").lower() in _FIXED_PRAGMAS:
        return _DENY
    if action == _FUNCTION and second == "load_extension":
        return _DENY
    return _OK


def allow_within_transaction(
    action: int, first: str | None, second: str | None, database: str | None, inside: str | None
) -> int:
    """Allow what `allow` does, but nothing that begins or ends a transaction."""
    return _DENY if action == _TRANSACTION else allow(action, first, second, database, inside)
