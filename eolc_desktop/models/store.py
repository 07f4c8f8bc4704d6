"""The encrypted store: one file, opened on one thread, read and written in whole transactions."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, event, exc
from sqlcipher3 import dbapi2 as sqlcipher

from eolc_desktop.clock import Clock, system_clock
from eolc_desktop.errors import StoreDamaged, StoreError, StoreTooNew
from eolc_desktop.models.backup import make_backup
from eolc_desktop.models.engine import over
from eolc_desktop.models.key_file import sync_folder
from eolc_desktop.models.migrate import SHIPPED, Migrations, migrate, version_of
from eolc_desktop.models.opening import (
    BUSY_SECONDS,
    StorePlace,
    code_of,
    connect,
    in_words,
    is_marked_in_use,
    log_of,
    mark_in_use,
    store_empty,
    store_full,
    store_replaced,
)
from eolc_desktop.paths import Profile

_TRIES_TO_TIDY = 2


USUALLY_AT_HAND = 8_000
"""Kilobytes of the file that are kept decrypted in memory."""


class LastSavesMissing(StoreDamaged):
    """The record was not closed in order, and the log that held its last saves is not beside it."""


class Store:
    """One encrypted SQLite file, opened. Used on one thread at a time, one transaction at a time.

    `path` is the file, `store_id` the uuid of the record, `place` what a check or a backup on another thread needs.
    """

    def __init__(self, place: StorePlace, raw: sqlcipher.Connection) -> None:
        self.place = place
        self._raw = raw
        self._open = True
        self._file = _file_at(place.path)
        self._busy = threading.Lock()
        self._begin = "BEGIN IMMEDIATE"
        self._marked = False
        self._connection = over(raw)
        event.listen(self._connection, "begin", self._begin_as_said)

    @property
    def path(self) -> Path:
        """The encrypted file."""
        return self.place.path

    @property
    def store_id(self) -> str:
        """The uuid of the record, the same in its key file."""
        return self.place.store_id

    @property
    def version(self) -> int:
        """The version of the tables in the file."""
        return version_of(self._raw)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Read as of one moment; writing in it is an error, and is undone. Raises StoreDamaged, StoreBusy."""
        with self._alone(), _told(may_write=False):
            # Undone and counted, not forbidden by `PRAGMA query_only`: to set that makes SQLite prepare every statement
            # anew, which would cost each save after a reading a third of its time.
            before = self._raw.total_changes
            self._begin = "BEGIN"
            with closing(self._connection.begin()):
                yield self._connection
            if self._raw.total_changes != before:
                raise RuntimeError("something was written where only reading is meant; it was undone")

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Write all of it or nothing: committed, and on the disk, when the block ends without an error.

        Raises StoreFull when the disk refuses, StoreBusy when another program holds the store for five seconds,
        StoreDamaged, StoreMissing when the file that was opened is not in its place any more, for then a save would
        be gone with it; nothing of the block is then kept. Other errors of the block pass through, after it is undone.
        """
        with self._alone(), _told():
            if _file_at(self.path) != self._file:
                raise store_replaced()
            self._mark_in_use()
            try:
                self._begin = "BEGIN IMMEDIATE"
                with self._connection.begin():
                    yield self._connection
                    if not self._raw.in_transaction:
                        # SQLite undoes the whole transaction by itself when the disk is full. A block that caught
                        # that error must not look as if it had been saved.
                        raise store_full()
            finally:
                if self._raw.in_transaction:
                    self._raw.rollback()

    def keep_at_hand(self, kilobytes: int = USUALLY_AT_HAND) -> None:
        """Keep as much of the file decrypted in memory, at most: what does not fit is read, checked and decrypted again
        each time it is asked for."""
        with self._alone():
            self._raw.execute(f"PRAGMA cache_size = -{int(kilobytes)}")

    def checkpoint(self) -> None:
        """Bring every save into the main file, at lock and when idle; waits for nobody who is reading just then."""
        with self._alone(), _told():
            self._checkpoint()

    def close(self) -> None:
        """Close in order, so that the main file alone is the whole record. May be called again, on any thread."""
        with self._busy:
            if not self._open:
                return
            self._open = False
            # All that was acknowledged is on the disk already. When the disk is full now, only the tidy end fails.
            marked = not any(self._tidied() for _ in range(_TRIES_TO_TIDY))
            self._let_go()
            if marked:
                # SQLite takes the log away once all of it is in the main file. Without it the mark that stayed would
                # say, at the next opening, that the last saves are missing.
                with suppress(OSError):
                    log_of(self.path).touch(mode=0o600)

    def abandon(self) -> None:
        """Close without taking the mark of use away, when opening went no further."""
        with self._busy:
            self._open = False
            self._let_go()

    def was_left_in_use(self) -> bool:
        """Tell whether the record was not closed in order the last time it was written."""
        return is_marked_in_use(self._raw)

    def bring_up_to_date(self, migrations: Migrations) -> None:
        """Run the migrations the file has not had. Raises StoreError, the store then being exactly what it was."""
        with self._alone():
            self._begin = "BEGIN IMMEDIATE"
            migrate(self._connection, self._raw, migrations)

    def fill_with(self, fill: Callable[[Connection], object]) -> None:
        """Write into a store that has no tables yet, such as one in memory."""
        with self._alone():
            self._begin = "BEGIN IMMEDIATE"
            with self._connection.begin():
                fill(self._connection)

    def _begin_as_said(self, _connection: Connection) -> None:
        self._raw.execute(self._begin)

    @contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._busy.acquire(blocking=False):
            raise RuntimeError("the store is being used already: on another thread, or inside its own transaction")
        try:
            if not self._open:
                raise RuntimeError("the store is closed")
            yield
        finally:
            self._busy.release()

    def _mark_in_use(self) -> None:
        """Note in the main file itself, before the first save, that saves may be in the log beside it.

        The mark is taken away when the store is closed in order. So a main file that was copied, or left, without its
        log is found out when it is opened, where it would otherwise seem whole and lack the last saves.
        """
        if self._marked:
            return
        if not self.was_left_in_use():
            mark_in_use(self._raw, in_use=True)
        _, in_log, done = self._raw.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        # While something else reads, the mark may not reach the main file yet; then the next save tries again.
        self._marked = in_log == done

    def _checkpoint(self) -> None:
        # What could not be brought over while somebody reads is brought over by whoever closes last.
        usual = self._raw.execute("PRAGMA busy_timeout").fetchone()[0]
        self._raw.execute("PRAGMA busy_timeout = 0").fetchall()
        self._raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._raw.execute(f"PRAGMA busy_timeout = {usual}").fetchall()

    def _tidied(self) -> bool:
        """Take the mark of use away and bring every save into the main file; whether the disk let it."""
        try:
            if self.was_left_in_use():
                mark_in_use(self._raw, in_use=False)
            self._checkpoint()
        except sqlcipher.Error:
            return False
        return True

    def _let_go(self) -> None:
        self._connection.close()
        self._raw.close()


def create_store(
    path: Path,
    key: bytes,
    store_id: str,
    *,
    fill: Callable[[Connection], None] | None = None,
    migrations: Migrations = SHIPPED,
) -> Store:
    """Make a new store at `path`, where there is none, and open it; `fill` writes what it must never be without.

    Raises StoreError when something is there already, StoreFull when the disk refuses.
    """
    prepared = prepare_store(path, key, store_id, fill=fill, migrations=migrations)
    put_in_place(prepared, path)
    return open_store(path, key, store_id, migrations=migrations)


def prepare_store(
    path: Path,
    key: bytes,
    store_id: str,
    *,
    fill: Callable[[Connection], None] | None = None,
    migrations: Migrations = SHIPPED,
) -> Path:
    """Make a whole, closed store beside `path` and return where: it becomes the record when `put_in_place` names it."""
    prepared = clear_unfinished(path)
    place = StorePlace(prepared, key, store_id)
    with _told():
        store = Store(place, connect(place, create=True))
        try:
            store.bring_up_to_date(migrations)
            if fill:
                with store.writing() as connection:
                    fill(connection)
        finally:
            store.close()
        # Closing says nothing of a disk that refused its last sync: what was saved is safe by then. A record that is
        # yet to get its name must be whole in its main file alone, or its first start would miss the last saves.
        with closing(connect(place)) as again:
            if is_marked_in_use(again):
                raise store_full()
    return prepared


def put_in_place(prepared: Path, path: Path) -> None:
    """Give a prepared store its name for good. Raises StoreError when something is there already, StoreFull."""
    if path.exists():
        raise StoreError(
            "There is a record on this computer already.",
            "It was left as it is.",
            "Please unlock it instead of making a new one.",
        )
    try:
        handle = os.open(prepared, os.O_RDWR)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
        prepared.rename(path)
        try:
            sync_folder(path.parent)
        except OSError:
            # A name that may be gone after a power cut is none yet.
            path.rename(prepared)
            raise
    except OSError:
        raise store_full() from None


def open_store(
    path: Path,
    key: bytes,
    store_id: str,
    *,
    migrations: Migrations = SHIPPED,
    busy_seconds: float = BUSY_SECONDS,
    even_if_saves_are_missing: bool = False,
    clock: Clock = system_clock,
) -> Store:
    """Open the store at `path`; nothing is ever created. An older one is brought up to date after a proved backup.

    Raises StoreMissing, StoreEmpty, StoreForeign, StoreDamaged, StoreTooNew, StoreBusy, StoreFull and BackupFailed.
    Raises LastSavesMissing when the log of the last saves is gone; with `even_if_saves_are_missing` the store is
    opened as it is, for someone who was told.
    """
    place = StorePlace(path, key, store_id)
    had_log = log_of(path).exists()
    with _told():
        store = Store(place, connect(place, busy_seconds=busy_seconds))
        try:
            _refuse_unfit(store, migrations, had_log=had_log or even_if_saves_are_missing)
            if store.version < migrations.head:
                profile = Profile(path.parent)
                make_backup(place, profile.keys, profile.backups, clock)
                store.bring_up_to_date(migrations)
        except LastSavesMissing:
            # The mark that says so must stay.
            store.abandon()
            raise
        except BaseException:
            store.close()
            raise
    return store


@contextmanager
def second_look(place: StorePlace) -> Iterator[Connection]:
    """Read as of one moment with a connection of its own, on any thread, while the store is open and saving goes on.

    Raises the errors of `connect`, and StoreDamaged when what is read is damaged.
    """
    with _told():
        store = Store(place, connect(place))
        try:
            with store.reading() as connection:
                yield connection
        finally:
            store.abandon()


def _file_at(path: Path) -> tuple[int, int] | None:
    """Which file stands in a place, whatever its name; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def unfinished_beside(path: Path) -> Path:
    """Return where a store is made before it is whole."""
    return path.with_name(path.name + ".new")


def clear_unfinished(path: Path) -> Path:
    """Remove what is left of a store that was never whole, and return where one is made. Raises OSError."""
    unfinished = unfinished_beside(path)
    # The file itself goes last: while it is there, whoever looks knows that this record was never finished.
    for side in ("-wal", "-shm", "-journal", ""):
        unfinished.with_name(unfinished.name + side).unlink(missing_ok=True)
    return unfinished


def _refuse_unfit(store: Store, migrations: Migrations, *, had_log: bool) -> None:
    if store.version > migrations.head:
        raise StoreTooNew(
            "This record was last used with a newer version of the program.",
            "Nothing in it was changed.",
            "Please install the newer version and open it with that. To stay with this one, restore a backup from "
            "before the upgrade: what was recorded since is then set aside with the newer file.",
        )
    if store.version == 0:
        raise store_empty()
    if not had_log and store.was_left_in_use():
        raise LastSavesMissing(
            "The program was cut off the last time, and the file with its last saves is not beside the record.",
            "What is in the record itself is whole, but the newest entries may be missing from it.",
            "If the record was copied or moved, please copy the file again whose name ends in “-wal”. "
            "Otherwise open it as it is, or restore a backup, and look at what was entered last.",
        )


@contextmanager
def _told(*, may_write: bool = True) -> Iterator[None]:
    """Turn what SQLite reports into what a user can act on; faults of the program pass through as they are."""
    try:
        yield
    except (exc.DBAPIError, sqlcipher.Error) as error:
        cause = error.orig if isinstance(error, exc.DBAPIError) else error
        told = in_words(cause) if cause and (may_write or code_of(cause) != sqlcipher.SQLITE_READONLY) else None
        if told is None:
            raise
        # The driver's own words are dropped: those about a search hold what was searched for.
        raise told from None
