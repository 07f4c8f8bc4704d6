"""Backups of the record, and the check that it is whole: on any thread, while saving goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from eolc_desktop.care_plan.dates import moment_words
from eolc_desktop.errors import BackupFailed, InvalidValue, NotAllowed
from eolc_desktop.models import backup, integrity
from eolc_desktop.models.backup import Backup
from eolc_desktop.models.integrity import IntegrityReport
from eolc_desktop.models.store import second_look
from eolc_desktop.record import audit, users
from eolc_desktop.services import organisation, trust
from eolc_desktop.services.roles import Right, needs, refuse_copy
from eolc_desktop.services.session import Session

SECOND_PLACE = "second_place_for_backups"
"""The fact that names a folder beside this laptop that backups are copied to."""
NEVER = datetime.min.replace(tzinfo=UTC)


@needs(Right.BE_HERE)
def back_up(session: Session) -> Backup:
    """Make a proved backup now, thin the older ones, and copy it to the second place where one is named. Any thread.

    Raises BackupFailed; the older ones are then untouched. Where only the second place failed it says so.
    """
    refuse_copy(session)
    made = backup.make_backup(session.store.place, session.profile.keys, session.profile.backups, session.clock)
    backup.thin_backups(session.profile.backups)
    if second := _second_place(session):
        backup.copy_to_second_place(made, session.store.place, Path(second))
    return made


@needs(Right.BE_HERE)
def catch_up(session: Session) -> bool:
    """Copy the newest backup to the second place where it could not be when it was made: the stick is there again.

    Returns whether it did. That it could not be copied was told then, and is not told anew. Any thread.
    """
    second, kept = _second_place(session), backup.list_backups(session.profile.backups)
    if not second or not kept or not Path(second).is_dir() or _newest_there(session, second) >= kept[0].made_at:
        return False
    try:
        backup.copy_to_second_place(kept[0], session.store.place, Path(second))
    except BackupFailed:
        return False
    return True


@needs(Right.BE_HERE)
def how_second_place_stands(session: Session) -> str:
    """Whether the second place can be reached and holds the newest backup, in words; "" where none is named."""
    if not (second := second_place(session)):
        return ""
    if not Path(second).is_dir():
        return (
            "This folder cannot be reached now: the newest backup may be on this laptop alone. It is copied when it "
            "can be."
        )
    there, kept = _newest_there(session, second), backup.list_backups(session.profile.backups)
    if there == NEVER:
        return "There is no backup of this record there yet."
    behind = "" if not kept or there >= kept[0].made_at else " A newer one is on this laptop alone; it is copied soon."
    return f"The newest backup there is of {moment_words(there)}.{behind}"


def _second_place(session: Session) -> str:
    """The same as `second_place`, on any thread."""
    with second_look(session.store.place) as connection:
        return session.policy.backup_folder or users.known(connection, SECOND_PLACE)


def _newest_there(session: Session, folder: str) -> datetime:
    of_ours = (b for b in backup.list_backups(Path(folder)) if backup.record_of(b.path) == session.store.store_id)
    return max((one.made_at for one in of_ours), default=NEVER)


@needs(Right.BE_HERE)
def second_place(session: Session) -> str:
    """The folder that backups are copied to beside this laptop: the organisation's where it set one; "" for none."""
    if session.policy.backup_folder:
        return session.policy.backup_folder
    with session.store.reading() as connection:
        return users.known(connection, SECOND_PLACE)


@needs(Right.LOOK_AFTER)
def set_second_place(session: Session, folder: str) -> str:
    """Name a folder that each backup is copied to as well, on a stick or the organisation's own disk; "" for none.

    Raises InvalidValue for one that is not there, or lies in the record's own folder, where it would be lost with it;
    NotAllowed where the organisation has set it.
    """
    if session.policy.decides("backup_folder"):
        raise NotAllowed(
            "Your organisation sets where backups are copied to.", "Nothing was changed.", organisation.ASK
        )
    folder = folder.strip()
    if folder:
        path = Path(folder).expanduser()
        if not path.is_dir():
            raise InvalidValue("There is no such folder.", "Nothing was changed.", "", "second_place")
        if path.resolve().is_relative_to(session.profile.folder.resolve()):
            raise InvalidValue("That is inside the record’s own folder.", "Nothing was changed.", "", "second_place")
        folder = str(path.resolve())
    with session.store.writing() as connection:
        users.know(connection, SECOND_PLACE, folder)
        audit.note(connection, session.clock(), session.user.id, "changed the second place for backups")
    return folder


@needs(Right.BE_HERE)
def kept_backups(session: Session) -> tuple[Backup, ...]:
    """The proved backups on this computer, the newest first."""
    return backup.list_backups(session.profile.backups)


@needs(Right.BE_HERE)
def check_record(session: Session, full: bool = True) -> IntegrityReport:
    """Check that the record is whole: every page's seal, its tables, what belongs to what; `full` every index too.

    Where its pages can be read, the seals over what was saved are looked at as well.
    """
    report = integrity.check_store(session.store.place, full=full)
    if not report.complete and not report.ok:
        return report
    doubt = trust.look_whole(session)
    fits = ("Each save fits the one before it: nothing was altered, taken out or put back outside the program.",)
    return replace(report, ok=report.ok and not doubt, lines=(*report.lines, *(doubt.lines or fits)))
