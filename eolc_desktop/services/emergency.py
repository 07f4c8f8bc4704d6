"""Reading in an emergency: the disk takes nothing more, the record's folder cannot be written to, or it is damaged.

The record is copied, still encrypted, to a private place in memory or another disk, with the log that holds its last
saves, and opened there for reading alone. When it is damaged, the newest backup that opens is read instead.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from eolc_desktop import policy
from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.dates import moment_words
from eolc_desktop.clock import Clock, system_clock
from eolc_desktop.errors import NotAllowed, StoreDamaged, StoreError, StoreForeign, StoreMissing, UserError
from eolc_desktop.models import rekeying
from eolc_desktop.models.backup import list_backups
from eolc_desktop.models.key_file import STANDARD, Costs, Method, read_key_file
from eolc_desktop.models.keys import KeySlots
from eolc_desktop.models.opening import log_of
from eolc_desktop.models.store import open_store
from eolc_desktop.models.ways import Way
from eolc_desktop.paths import Profile
from eolc_desktop.record import users
from eolc_desktop.services.roles import Right, needs, rights_of
from eolc_desktop.services.session import Session, Visit

REASON = "reading in an emergency"


@dataclass(frozen=True, slots=True)
class EmergencyReading:
    """A session that only reads, what to say about it, and the place to be removed when it ends."""

    session: Session
    words: str
    folder: Path = field(repr=False)
    method: Method = Method.PASSPHRASE
    """How its reader came in."""

    def close(self) -> None:
        """Close the copy and remove it."""
        self.session.store.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def read_only(profile: Profile, way: Way, clock: Clock = system_clock, *, costs: Costs = STANDARD) -> EmergencyReading:
    """Open a copy of the record for reading; the newest backup that opens, when the record itself does not.

    Nothing in the profile is written, not even the count of wrong tries. Raises WrongPassphrase, KeyringUnavailable,
    NotAllowed for whoever may not read plans, and StoreError when neither the record nor a backup can be read, or there
    is no room for a copy anywhere.
    """
    for candidate, made_at in _candidates(profile):
        try:
            return _opened(profile, candidate, made_at, way, clock, costs)
        except (StoreDamaged, StoreForeign, StoreMissing):
            continue
    raise StoreError(
        "Neither the record nor any backup of it can be read on this computer.",
        "Nothing was changed.",
        "Please look at the shared record, or the paper in the house, and ask your computer support.",
    )


def _candidates(profile: Profile) -> list[tuple[Path, datetime | None]]:
    return [(profile.store, None), *((backup.path, backup.made_at) for backup in list_backups(profile.backups))]


def _opened(
    profile: Profile, path: Path, made_at: datetime | None, way: Way, clock: Clock, costs: Costs
) -> EmergencyReading:
    keys_path = profile.keys if made_at is None else path.with_suffix(".keys.json")
    try:
        held, _ = read_key_file(keys_path, costs)
    except (FileNotFoundError, UserError):
        if made_at is None:
            # Each backup has keys of its own beside it.
            raise StoreMissing("The keys of the record are not in their place.", "", "") from None
        held, _ = read_key_file(profile.keys, costs)
    folder = _private_place(path)
    try:
        copied = Profile(folder)
        # The wrong tries are counted beside the copy: the profile itself may take nothing.
        slots = KeySlots(copied.keys, held, costs, clock)
        slots.replace_slots(held.slots, held.next_slots)
        unlocked = way(slots)
        if not path.exists():
            raise StoreMissing("The record is not in its place.", "", "")
        shutil.copyfile(path, copied.store)
        if made_at is None and log_of(path).exists():
            shutil.copyfile(log_of(path), log_of(copied.store))
        key = unlocked.key
        if unlocked.next_key:
            # Giving the record another key was cut off: the copy shows which one it has.
            key = rekeying.settle(copied, slots, key, unlocked.next_key)
        store = open_store(copied.store, key, held.store_id, even_if_saves_are_missing=True, clock=clock)
        try:
            with store.reading() as connection:
                user = users.get(connection, unlocked.user_id)
            if user is None:
                raise StoreError("The record does not know this person.", "Nothing was changed.", "")
            if user.closed or Right.READ not in rights_of(user.roles):
                raise NotAllowed(
                    "You may not read people’s plans on this laptop.",
                    "Nothing was opened.",
                    "Somebody who may can open a copy to read.",
                )
        except BaseException:
            store.close()
            raise
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    reader = replace(user, roles=frozenset({"visitor"}))
    what = "the record itself" if made_at is None else f"the backup of {moment_words(made_at)}, not the record itself"
    words = f"You are reading {what}. Nothing can be recorded or printed until the computer is put right."
    session = Session(
        store,
        reader,
        clock,
        built_in(),
        "",
        copied,
        costs=costs,
        reading_only=words,
        policy=policy.load(),
        visit=Visit(REASON),
    )
    return EmergencyReading(session, words, folder, unlocked.slot.method)


@needs(Right.BE_HERE)
def end(session: Session) -> None:
    """Remove the copy that an emergency reading was made from, once its store is closed."""
    if session.reading_only:
        shutil.rmtree(session.profile.folder, ignore_errors=True)


def _private_place(path: Path) -> Path:
    """A new folder that only this user can open, where a copy fits: in memory first, where no disk is needed."""
    size = path.stat().st_size if path.exists() else 0
    wanted = size + (log_of(path).stat().st_size if log_of(path).exists() else 0) + (8 << 20)
    in_memory = [Path("/dev/shm")] if sys.platform == "linux" else []  # noqa: S108  made private just below
    for place in (*in_memory, Path(tempfile.gettempdir())):
        try:
            if os.access(place, os.W_OK) and shutil.disk_usage(place).free > wanted:
                return Path(tempfile.mkdtemp(prefix="eolc-reading-", dir=place))
        except OSError:
            continue
    raise StoreError(
        "There is no room anywhere on this computer for a copy to read from.",
        "Nothing was changed.",
        "Please make some room on the disk, or restart the computer and try again.",
    )
