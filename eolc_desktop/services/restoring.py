"""A backup in the record's place: a new laptop is told apart from the old, sharing waits, what may lack is said."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from eolc_desktop.care_plan.dates import moment_words
from eolc_desktop.clock import Clock, system_clock
from eolc_desktop.errors import BackupFailed, KeySlotsDamaged
from eolc_desktop.models.backup import Backup, list_backups, record_of, restore_backup
from eolc_desktop.models.key_file import STANDARD, Costs, mirror_of, read_key_file
from eolc_desktop.models.keys import KeySlots
from eolc_desktop.models.opening import StorePlace
from eolc_desktop.models.ways import Way
from eolc_desktop.paths import Profile
from eolc_desktop.record import audit, people, users
from eolc_desktop.record.rows import moment_of, moment_text, new_id
from eolc_desktop.services import private_file, sign_in, trust
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session
from eolc_desktop.services.sharing_use import SETTINGS

RESTORED_AT = "restored_at"
"""The fact that holds when the record was put back from a backup, until it was compared: sharing waits meanwhile."""
BACKUP_MADE_AT = "restored_from"
BEGAN_AT = "began_with_the_shared_record"
"""The fact that holds when an empty record was first filled from the shared one: a new laptop without a backup."""
PAUSED = "put back from a backup: nothing is sent before it was compared"
LAPTOP_ID = "laptop_id"
CARRYING_KEY = "carrying_key"
"""The fact that holds this laptop's private key for files from other laptops (`services.carrying`)."""


@dataclass(frozen=True, slots=True)
class AfterRestore:
    """That the record comes from a backup and has not been compared with the shared record since."""

    restored_at: datetime
    made_at: datetime
    is_shared: bool = True
    """Whether there is a shared record to compare it with."""

    @property
    def words(self) -> str:
        """What the screen says."""
        said = (
            f"This record was put back from the backup of {moment_words(self.made_at)}. What was recorded later on the "
            "laptop it comes from"
        )
        if not self.is_shared:
            return f"{said} is not in it: please ask your colleagues, and compare with the paper in the houses."
        return f"{said}, and not shared, is not in it. Sharing waits until both were compared."


def began_words(at: datetime) -> str:
    """What a laptop says that began with the shared record: what was never shared is not on it."""
    return (
        f"This laptop began with the shared record, on {moment_words(at)}. What other laptops recorded and never "
        "shared is not here: plans without consent to share, what people keep back, confidential addresses, and "
        "whatever a lost laptop had not sent yet. The newest backup of that laptop may have it."
    )


def facts_of(made_at: datetime, now: datetime, *, is_new_laptop: bool) -> dict[str, str]:
    """What a record that is put back from a backup knows of itself before it is in its place.

    A new laptop gets an id of its own, so that nobody takes what it records for the old one's; files that were made for
    the old laptop, or were being written there, are not of this one.
    """
    facts = {RESTORED_AT: moment_text(now), BACKUP_MADE_AT: moment_text(made_at)}
    if is_new_laptop:
        facts |= {LAPTOP_ID: new_id(), CARRYING_KEY: "", private_file.BEING_WRITTEN: ""}
    return facts


def restore(
    profile: Profile, backup: Backup, way: Way, clock: Clock = system_clock, *, costs: Costs = STANDARD
) -> sign_in.SignedIn:
    """Put a backup in the record's place and open it. The file that was there is set aside, never deleted.

    The keys beside the record are used, or those of the backup where these are damaged or gone. Raises as `unlock_by`
    does, StoreFull when the disk does not take the keys, and BackupFailed when the backup does not prove whole; then
    the record's place is as it was, and a new laptop is as new as before. From the moment it is in place the record
    knows that it was put back, so that sharing waits; what else is to be noted, `note_restored` notes.
    """
    is_new_laptop = sign_in.profile_state(profile, costs) is sign_in.ProfileState.NEW
    facts = facts_of(backup.made_at, clock(), is_new_laptop=is_new_laptop)
    try:
        slots = KeySlots.load(profile.keys, costs=costs, clock=clock)
    except (FileNotFoundError, KeySlotsDamaged):
        held, _ = read_key_file(backup.keys, costs)
        if profile.keys.exists():
            profile.keys.replace(profile.keys.with_name("keys-damaged.json"))
        slots = KeySlots(profile.keys, held, costs, clock)
    unlocked = way(slots)
    had_keys, had_record = profile.keys.exists(), profile.store.exists()
    if not had_keys:
        slots.replace_slots(slots.slots, slots.next_slots)
    place = StorePlace(profile.store, unlocked.key, slots.store_id)
    try:
        try:
            restore_backup(backup, place, clock, facts)
        except BackupFailed:
            if not unlocked.next_key:
                raise
            # Giving the record another key was cut off, and this backup has that one already.
            restore_backup(backup, replace(place, key=unlocked.next_key), clock, facts)
    except BaseException:
        if not had_keys:
            # Alone they would say that a record is missing, and keep another laptop's backup out. A record that was not
            # there before goes too: whoever is told that it could not be put in place would not look for it.
            for path in (profile.keys, mirror_of(profile.keys), *(() if had_record else (profile.store,))):
                with suppress(OSError):
                    path.unlink(missing_ok=True)
        raise
    return sign_in.opened(profile, unlocked, clock, costs, even_if_saves_are_missing=True)


@needs(Right.BE_HERE)
def note_restored(session: Session, made_at: datetime, *, is_new_laptop: bool) -> AfterRestore:
    """Keep that the record was just put back from a backup made at `made_at`, and begin to keep its newest seal anew.

    Its older backups stay.
    """
    now = session.clock()
    with session.store.writing() as connection:
        for name, value in facts_of(made_at, now, is_new_laptop=is_new_laptop).items():
            users.know(connection, name, value)
        detail: dict[str, str | int] = {"made_at": moment_text(made_at), "new_laptop": int(is_new_laptop)}
        audit.note(connection, now, session.user.id, "restored the record", detail=detail)
        is_shared = _is_shared(session, connection)
    session.doubt.lines = ()
    trust.forget_head(session)
    return AfterRestore(now, made_at, is_shared)


@needs(Right.BE_HERE)
def people_held(session: Session) -> int:
    """How many people the record holds; a number, which says nothing of any of them."""
    with session.store.reading() as connection:
        return len(people.all_ids(connection))


@needs(Right.BE_HERE)
def after_restore(session: Session) -> AfterRestore | None:
    """What is to be said until the record was compared; None when it does not come from a backup, or was."""
    with session.store.reading() as connection:
        return restored(session, connection)


@needs(Right.BE_HERE)
def restored(session: Session, connection: Connection) -> AfterRestore | None:
    """The same, in a reading that is open already."""
    at, made = users.known(connection, RESTORED_AT), users.known(connection, BACKUP_MADE_AT)
    return AfterRestore(moment_of(at), moment_of(made), _is_shared(session, connection)) if at and made else None


def _is_shared(session: Session, connection: Connection) -> bool:
    return bool(session.policy.server if session.policy.decides("server") else users.known(connection, SETTINGS))


@needs(Right.SHARE)
def note_began(session: Session) -> None:
    """An empty record was filled from the shared one."""
    with session.store.writing() as connection:
        if people.all_ids(connection):
            users.know(connection, BEGAN_AT, moment_text(session.clock()))


def began_at(connection: Connection) -> datetime | None:
    """When this laptop began with the shared record; None for one that did not."""
    at = users.known(connection, BEGAN_AT)
    return moment_of(at) if at else None


@needs(Right.SHARE)
def note_compared(session: Session) -> None:
    """The record was compared with the shared one: sharing may go on."""
    with session.store.writing() as connection:
        users.know(connection, RESTORED_AT, "")
        audit.note(connection, session.clock(), session.user.id, "compared the restored record")


def backup_at(path: Path) -> Backup:
    """The backup at a path: the file itself, or the newest in a folder.

    Raises BackupFailed when there is none, and when a folder holds those of several laptops: the newest would then be
    anybody's.
    """
    folder = path if path.is_dir() else path.parent
    found = [backup for backup in list_backups(folder) if path.is_dir() or backup.path == path]
    if not found or not found[0].keys.exists():
        raise BackupFailed(
            f"There is no backup at {path}, or the file of its keys is not beside it.",
            "Nothing was changed.",
            "A backup is two files: record-….db and record-….keys.json. Copy both.",
        )
    newest = {record_of(one.path): one for one in reversed(found)}
    if len(newest) > 1:
        names = ", ".join(sorted(one.path.name for one in newest.values()))
        raise BackupFailed(
            f"The backups of {len(newest)} laptops are in {path}.",
            "Nothing was changed.",
            f"Say which file. The newest of each: {names}.",
        )
    return found[0]
