"""Backups of the record, and the check that it is whole: on any thread, while saving goes on."""

from __future__ import annotations

from dataclasses import replace

from eolc_desktop.models import backup, integrity
from eolc_desktop.models.backup import Backup
from eolc_desktop.models.integrity import IntegrityReport
from eolc_desktop.services import trust
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session


@needs(Right.BE_HERE)
def back_up(session: Session) -> Backup:
    """Make a proved backup now and thin the older ones. Raises BackupFailed; the older ones are then untouched."""
    made = backup.make_backup(session.store.place, session.profile.keys, session.profile.backups, session.clock)
    backup.thin_backups(session.profile.backups)
    return made


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
