"""The ladder of checks that the record is whole, and its report in plain words."""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from eolc_desktop.errors import StoreError
from eolc_desktop.models.opening import StorePlace, code_of, connect, in_words, log_of

_ATTEMPTS = 20
_SECONDS_BETWEEN = 0.05
_PAGE = re.compile(r"page (\d+)")


@dataclass(frozen=True, slots=True)
class IntegrityReport:
    """What a check found. `lines` are sentences for the user, without patient data.

    `ok` is whether everything that was checked is whole; `complete` whether every step could be done; `full` whether
    the long check was asked for; `pages` how many pages of 4096 bytes the file has; `damaged_pages` their numbers.
    """

    ok: bool
    complete: bool
    full: bool
    pages: int
    damaged_pages: tuple[int, ...]
    lines: tuple[str, ...]


def check_store(place: StorePlace, *, full: bool = False) -> IntegrityReport:
    """Check the record with a connection of its own, while saving goes on: page seals, structure, references.

    Call it while the store is open. About half a second for 40 MB; `full` also compares every index with its table
    and takes about half a second more. Raises the errors of `connect` when the file cannot be opened at all.
    """
    connection = connect(place)
    try:
        return _check(connection, place.path, full=full)
    except sqlcipher.Error as error:
        return _broken_off(error, full=full)
    finally:
        connection.close()


def row_counts(connection: sqlcipher.Connection) -> dict[str, int]:
    """Return how many rows each table has, shadow tables of the search index included."""
    names = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
        )
    ]
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}  # noqa: S608


def hold_still(connection: sqlcipher.Connection, path: Path) -> bool:
    """Bring the whole record into its main file and begin a reading that keeps it so; saves go on beside it.

    A reader that finds the write-ahead log empty holds back every later checkpoint, so the main file does not change
    under `cipher_integrity_check`, which reads nothing else. Without this it reports damage where there is none.
    Returns False when other connections did not let the log be emptied; a reading has begun all the same.
    """
    log = log_of(path)
    for _ in range(_ATTEMPTS):
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not log.exists() or log.stat().st_size == 0:
            return True
        connection.execute("ROLLBACK")
        # SQLite does not wait for a checkpoint that another connection is in the middle of.
        threading.Event().wait(_SECONDS_BETWEEN)
    connection.execute("BEGIN")
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    return False


def _check(connection: sqlcipher.Connection, path: Path, *, full: bool) -> IntegrityReport:
    lines = ["The record opened with its key."]
    still = hold_still(connection, path)
    pages = int(connection.execute("PRAGMA page_count").fetchone()[0])
    damaged: tuple[int, ...] = ()
    if still:
        found = [str(line) for (line,) in connection.execute("PRAGMA cipher_integrity_check").fetchall()]
        damaged = tuple(int(match[1]) if (match := _PAGE.search(line)) else 0 for line in found)
        if damaged:
            # Reading on would run into the same pages, and a connection that met one stays unusable.
            share = "1 page" if len(damaged) == 1 else f"{len(damaged):,} pages"
            lines.append(f"{share} of its {pages:,} are damaged, or were altered outside the program.")
            lines.append("Please restore the record from a backup. The damaged file is kept.")
            return IntegrityReport(False, False, full, pages, damaged, tuple(lines))
        lines.append(f"All of its {pages:,} pages carry their seal: none is damaged, none was altered from outside.")
    else:
        lines.append("Saves were under way, so the pages’ seals will be checked next time.")
    pragma = "integrity_check" if full else "quick_check"
    structure = connection.execute(f"PRAGMA {pragma}").fetchall() == [("ok",)]
    lines.append("Its tables are in order." if structure else "Its tables are not in order. Please restore a backup.")
    strays = len(connection.execute("PRAGMA foreign_key_check").fetchall())
    lines.append(
        "Every entry belongs to something that is there."
        if not strays
        else f"{strays:,} entries belong to something that is not there. Please tell your computer support."
    )
    connection.execute("ROLLBACK")
    return IntegrityReport(structure and not strays, still, full, pages, (), tuple(lines))


def _broken_off(error: sqlcipher.Error, *, full: bool) -> IntegrityReport:
    told = in_words(error)
    if told is None:
        raise error
    if code_of(error) in (sqlcipher.SQLITE_CORRUPT, sqlcipher.SQLITE_NOTADB):
        return IntegrityReport(False, False, full, 0, (), (told.happened, told.safe, told.next_step))
    raise told from None


def check_closed_file(place: StorePlace) -> dict[str, int]:
    """Check a file nobody else has open, such as a backup, in full; return its row counts.

    Raises StoreError when it is anything but whole.
    """
    connection = connect(place)
    try:
        report = _check(connection, place.path, full=True)
        if not (report.ok and report.complete):
            raise StoreError(" ".join(report.lines))
        return row_counts(connection)
    except sqlcipher.Error as error:
        raise in_words(error) or error from None
    finally:
        connection.close()
