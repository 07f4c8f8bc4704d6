"""Giving the record another key, so that whoever kept a copy of the old one can open nothing new.

A power cut at any moment leaves a record that everybody who stays can open: the key file holds both keys while the
record's file is turned from the one to the other, and the next unlocking finds out which it has.
"""

from __future__ import annotations

import secrets
import shutil
import uuid
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from sqlcipher3 import dbapi2 as sqlcipher

from eolc_desktop.errors import StoreDamaged, StoreError, StoreForeign, StoreFull, UserError
from eolc_desktop.models.backup import list_backups
from eolc_desktop.models.integrity import check_closed_file
from eolc_desktop.models.key_file import KeyFile, Method, as_bytes, replace_whole
from eolc_desktop.models.key_sealing import sealed
from eolc_desktop.models.keys import KEY_BYTES, KeySlots, Unlocked
from eolc_desktop.models.opening import StorePlace, connect, in_words
from eolc_desktop.paths import Profile


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """What was done. `left_behind` are (user id, method) of ways in that could not be given the new key, because they
    were made by an earlier version and their secret was not at hand; `backups` how many were turned too, and
    `backups_gone` how many were removed because they could not be, and `backups_old` how many the disk did not even let
    go: those open with the old key still."""

    key: bytes = field(repr=False)
    left_behind: tuple[tuple[str, Method], ...]
    backups: int
    backups_gone: int
    backups_old: int = 0


def rekey(profile: Profile, slots: KeySlots, proof: Unlocked) -> Rekeyed:
    """Give the closed record, and every backup, another random key. Whoever has a slot keeps it.

    Raises UserError when the way in of whoever does it was made by an earlier version (change the passphrase first),
    and StoreError when the record cannot be turned; it has its old key then.
    """
    if proof.slot.id not in {slot.id for slot in slots.slots if slot.public}:
        raise UserError(
            "Your passphrase was set with an earlier version of the program.",
            "Nothing was changed.",
            "Change it once in Settings, to the same words if you like, then try again.",
        )
    new_key = secrets.token_bytes(KEY_BYTES)
    before = slots.slots
    left_behind = tuple((slot.user_id, slot.method) for slot in before if not slot.public)
    after = tuple(sealed(slots.store_id, slot, new_key) for slot in before if slot.public)
    old = StorePlace(profile.store, proof.key, slots.store_id)
    slots.replace_slots(before, after)
    try:
        turn(old, new_key)
    except (StoreError, UserError):
        settle(profile, slots, proof.key, new_key)
        raise
    try:
        slots.replace_slots(after)
    except StoreFull:
        # Both keys are in the key file still. The record gets its old one back, as its user is told.
        try:
            turn(replace(old, key=new_key), proof.key)
        except StoreError:
            raise _turned_and_not_settled() from None
        raise
    both, alone = KeyFile(slots.store_id, before, after), KeyFile(slots.store_id, after)
    return Rekeyed(new_key, left_behind, *_turn_backups(profile, old, new_key, both, alone))


def turn(place: StorePlace, new_key: bytes) -> None:
    """Turn a file nobody else has open to another key, all at once or not at all, and prove that it opens.

    Raises StoreError, also for whatever else the disk refuses in between.
    """
    salt = uuid.UUID(place.store_id).hex
    try:
        with closing(connect(place)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
            connection.set_authorizer(None)
            connection.execute(f"PRAGMA rekey = \"x'{new_key.hex()}{salt}'\"").fetchall()
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlcipher.Error as error:
        told = in_words(error)
        # A disk that refuses in the middle of it shows as "table is locked" too, where nobody else has the file.
        raise told if isinstance(told, StoreDamaged) else _not_turned() from None
    check_closed_file(replace(place, key=new_key))


def _not_turned() -> StoreError:
    return StoreError(
        "The record could not be given another key: the disk refused it.",
        "Nothing is lost, and it opens as before.",
        "Please make some room on the disk, then try again.",
    )


def _turned_and_not_settled() -> StoreError:
    return StoreError(
        "The record has another key, but the disk refused before its backups had it too.",
        "Nothing is lost, and the record opens as before.",
        "Please make some room on the disk, unlock, then give it another key once more.",
    )


def settle(profile: Profile, slots: KeySlots, key: bytes, next_key: bytes) -> bytes:
    """After a change of the key that was cut off: find out which key the record has, and keep the slots for that one.

    Returns that key. Raises the errors of `connect` when neither opens it; then both are kept.
    """
    for candidate, kept in ((key, slots.slots), (next_key, slots.next_slots)):
        try:
            connect(StorePlace(profile.store, candidate, slots.store_id)).close()
        except (StoreForeign, StoreDamaged):
            continue
        slots.replace_slots(kept)
        return candidate
    connect(StorePlace(profile.store, key, slots.store_id)).close()
    return key


def _turn_backups(
    profile: Profile, old: StorePlace, new_key: bytes, both: KeyFile, after: KeyFile
) -> tuple[int, int, int]:
    """Turn each backup: a copy is turned and proved, and takes its place while its key file holds both keys.

    Returns how many were turned, how many were removed, and how many could be neither.
    """
    turned = gone = kept = 0
    for backup in list_backups(profile.backups):
        fresh = replace(old, path=backup.path.with_name("turning.db"))
        try:
            shutil.copyfile(backup.path, fresh.path)
            turn(fresh, new_key)
            replace_whole(backup.keys, as_bytes(both))
            fresh.path.replace(backup.path)
            replace_whole(backup.keys, as_bytes(after))
            turned += 1
        except (OSError, StoreError):
            # One that still opened with the old key would be what a leaver could read.
            if _removed(backup.path, backup.keys):
                gone += 1
            else:
                kept += 1
        finally:
            _removed(*(fresh.path.with_name(fresh.path.name + side) for side in ("", "-wal", "-shm", "-journal")))
    return turned, gone, kept


def _removed(*paths: Path) -> bool:
    """Remove files; whether the disk let it."""
    try:
        for path in paths:
            path.unlink(missing_ok=True)
    except OSError:
        return False
    return True
