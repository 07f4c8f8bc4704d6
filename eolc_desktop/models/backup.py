"""Backups that count only when they were proved: encrypted copies beside the record, thinned as they grow old."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from eolc_desktop.clock import LOCAL, Clock
from eolc_desktop.errors import BackupFailed, StoreError
from eolc_desktop.models.integrity import check_closed_file, row_counts
from eolc_desktop.models.key_file import replace_whole, sync_folder
from eolc_desktop.models.opening import StorePlace, connect, is_marked_in_use, mark_in_use

NEWEST_KEPT = 10
DAYS_KEPT = 7
WEEKS_KEPT = 4
_NAME = re.compile(r"record-(\d{8}T\d{6})(\d{3})Z\.db\Z")
_UNFINISHED = "record-unfinished.db"
_SIDE_FILES = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Backup:
    """A proved backup: the encrypted record, the keys that open it, when it was made (UTC), its size in bytes."""

    path: Path
    keys: Path
    made_at: datetime
    size: int


def make_backup(place: StorePlace, keys: Path, folder: Path, clock: Clock) -> Backup:
    """Copy the record into `folder`, prove the copy, and only then give it its name; saving goes on meanwhile.

    The copy is opened again with the key, every page's seal and every index is checked, and its rows are counted
    against those of the record at the same moment. Works on any thread. Raises BackupFailed; older backups and the
    record are then untouched.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = replace(place, path=folder / _UNFINISHED)
        _clear(folder)
        _need_room(place.path, folder)
        try:
            counted = _copy(place, fresh)
            _sync(fresh.path)
            if check_closed_file(fresh) != counted:
                raise _failed("The copy did not hold the same as the record.")
            made_at = clock().astimezone(UTC)
            final = _free_name(folder, made_at, "record")
            replace_whole(keys_beside(final), keys.read_bytes())
            fresh.path.replace(final)
            sync_folder(folder)
        finally:
            _remove(fresh.path)
    except (OSError, sqlcipher.Error):
        raise _failed("The disk may be full, or it could not be written to.") from None
    except StoreError as error:
        raise _failed(error.happened) from None
    return Backup(final, keys_beside(final), made_at, final.stat().st_size)


def copy_to_second_place(backup: Backup, place: StorePlace, folder: Path) -> Backup:
    """Copy a proved backup, with its keys, into a folder on another disk, prove the copy there, and thin those before.

    What other laptops keep there is left alone: many may use one folder of their organisation. Raises BackupFailed when
    the folder is not there or does not take it; the backup it was copied from is untouched.
    """
    final = folder / backup.path.name
    fresh = replace(place, path=folder / f"record-unfinished-{place.store_id}.db")
    try:
        if not folder.is_dir():
            raise _failed_there()
        try:
            _remove(fresh.path)
            shutil.copyfile(backup.path, fresh.path)
            _sync(fresh.path)
            check_closed_file(fresh)
            if final.exists() and record_of(final) != place.store_id:
                final = _free_name(folder, backup.made_at, "record")
            replace_whole(keys_beside(final), backup.keys.read_bytes())
            fresh.path.replace(final)
            sync_folder(folder)
        finally:
            _remove(fresh.path)
    except (OSError, sqlcipher.Error, StoreError):
        raise _failed_there() from None
    thin_backups(folder, place.store_id)
    return Backup(final, keys_beside(final), backup.made_at, final.stat().st_size)


def list_backups(folder: Path) -> tuple[Backup, ...]:
    """Return the proved backups in `folder`, newest first. A file that never got its name does not count."""
    found = []
    for path in folder.glob("record-*.db"):
        if match := _NAME.match(path.name):
            made_at = datetime.strptime(f"{match[1]}{match[2]}+0000", "%Y%m%dT%H%M%S%f%z")
            found.append(Backup(path, keys_beside(path), made_at, path.stat().st_size))
    return tuple(sorted(found, key=lambda backup: backup.made_at, reverse=True))


def worth_keeping(backups: Iterable[Backup]) -> tuple[Backup, ...]:
    """Return those to keep: the last ten, the newest of each of the last seven days and of the last four weeks.

    Days and weeks are those on which a backup was made, in local time, so a laptop left in a drawer keeps its own.
    """
    newest_first = sorted(backups, key=lambda backup: backup.made_at, reverse=True)
    days: dict[object, Backup] = {}
    weeks: dict[object, Backup] = {}
    for backup in newest_first:
        local = backup.made_at.astimezone(LOCAL)
        days.setdefault(local.date(), backup)
        weeks.setdefault(local.isocalendar()[:2], backup)
    kept = {*newest_first[:NEWEST_KEPT], *list(days.values())[:DAYS_KEPT], *list(weeks.values())[:WEEKS_KEPT]}
    return tuple(backup for backup in newest_first if backup in kept)


def record_of(backup: Path) -> str:
    """The uuid of the record that a backup is of, as the keys beside it say; "" where they do not."""
    try:
        return str(json.loads(keys_beside(backup).read_bytes())["store"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return ""


def thin_backups(folder: Path, only_of: str = "") -> tuple[Backup, ...]:
    """Delete the backups not worth keeping and return them. A file in use is left for next time.

    With `only_of`, the backups of that record alone are counted and deleted.
    """
    backups = [backup for backup in list_backups(folder) if not only_of or record_of(backup.path) == only_of]
    removed = []
    for backup in set(backups) - set(worth_keeping(backups)):
        try:
            backup.path.unlink()
            backup.keys.unlink(missing_ok=True)
        except OSError:
            continue
        removed.append(backup)
    return tuple(sorted(removed, key=lambda backup: backup.made_at))


def renew_keys(keys: Path, folder: Path) -> None:
    """Give every backup the keys as they are now, so that a passphrase that was changed opens none of them any more.

    Raises BackupFailed when one could not be written; its older keys then still open it.
    """
    try:
        content = keys.read_bytes()
        for backup in list_backups(folder):
            replace_whole(backup.keys, content)
    except OSError:
        raise BackupFailed(
            "The keys of the backups could not be renewed.",
            "The record is safe. Some backups still open with the passphrase from before.",
            "Please make some room on the disk, then change the passphrase once more.",
        ) from None


def restore_backup(
    backup: Backup, place: StorePlace, clock: Clock, facts: Mapping[str, str] | None = None
) -> Path | None:
    """Put a copy of `backup` in the record's place, proved first; return where the file that was there is kept.

    `facts` are in the copy before it has its name: whatever ends the program then, the record knows where it is from.
    The record must not be open. What is in its place is never overwritten or deleted: it is set aside under a new
    name, its log with it. Raises BackupFailed; the record's place is then as it was.
    """
    fresh = replace(place, path=place.path.with_name(f"{place.path.name}.restoring"))
    try:
        _remove(fresh.path)
        try:
            shutil.copyfile(backup.path, fresh.path)
            fresh.path.chmod(0o600)
            _sync(fresh.path)
            check_closed_file(fresh)
            _note(fresh, facts or {})
            aside = _set_aside(place.path, clock)
            try:
                fresh.path.replace(place.path)
            except OSError:
                if aside is not None:
                    _move(aside, place.path)
                raise
            sync_folder(place.path.parent)
        finally:
            _remove(fresh.path)
    except (OSError, sqlcipher.Error, StoreError):
        raise BackupFailed(
            "This backup could not be restored: it is damaged, belongs to other keys, or the disk is full.",
            "The record’s own file was not deleted.",
            "Please try an older backup.",
        ) from None
    return aside


def keys_beside(backup: Path) -> Path:
    """Return where the keys of a backup are."""
    return backup.with_suffix(".keys.json")


def _copy(place: StorePlace, fresh: StorePlace) -> dict[str, int]:
    """Copy page by page within one reading, and count the rows of that same moment."""
    with closing(connect(place)) as source, closing(connect(fresh, create=True)) as target:
        source.execute("BEGIN")
        counted = row_counts(source)
        source.backup(target)
        source.execute("ROLLBACK")
        if is_marked_in_use(target):
            # Unlike the record just now, the copy needs no log beside it.
            mark_in_use(target, in_use=False)
    return counted


def _note(place: StorePlace, facts: Mapping[str, str]) -> None:
    """Keep facts in a closed file."""
    with closing(connect(place)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        connection.executemany(
            "INSERT INTO fact (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
            list(facts.items()),
        )
        connection.execute("COMMIT")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    _sync(place.path)


def _set_aside(path: Path, clock: Clock) -> Path | None:
    """Move the file that is there away, and always the log: beside another file it would be written into that one."""
    aside = _free_name(path.parent, clock().astimezone(UTC), f"{path.stem}-set-aside")
    try:
        return aside if _move(path, aside) else None
    except OSError:
        _move(aside, path)
        raise


def _move(path: Path, to: Path) -> bool:
    """Give a file another name, and the files beside it; whether there was any."""
    moved = False
    for side in _SIDE_FILES:
        beside = path.with_name(path.name + side)
        if beside.exists():
            beside.replace(to.with_name(to.name + side))
            moved = True
    return moved


def _free_name(folder: Path, moment: datetime, stem: str) -> Path:
    millisecond = moment.microsecond // 1000
    while True:
        path = folder / f"{stem}-{moment:%Y%m%dT%H%M%S}{millisecond:03d}Z.db"
        if not path.exists():
            return path
        millisecond = (millisecond + 1) % 1000


def _clear(folder: Path) -> None:
    """Remove what a backup that was cut off left behind."""
    _remove(folder / _UNFINISHED)
    for keys in folder.glob("record-*.keys.json"):
        if not keys.with_name(keys.name.removesuffix(".keys.json") + ".db").exists():
            keys.unlink()


def _need_room(path: Path, folder: Path) -> None:
    if shutil.disk_usage(folder).free < path.stat().st_size * 5 // 4 + 4_194_304:
        raise _failed("There is not enough room on the disk.")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _remove(path: Path) -> None:
    for side in _SIDE_FILES:
        path.with_name(path.name + side).unlink(missing_ok=True)


def _failed_there() -> BackupFailed:
    return BackupFailed(
        "The backup was made on this laptop, but could not be copied to the second place.",
        "The record and its backups on this laptop are safe.",
        "See whether the second place can be reached and has room; the program will try again.",
    )


def _failed(why: str) -> BackupFailed:
    return BackupFailed(
        f"A backup could not be made. {why}",
        "The record and the backups from before are safe.",
        "Please make some room on the disk; the program will try again.",
    )
