"""Writing a file where the user chose: whole or not at all, readable by them alone, and never half of it for good.

What is being written stands beside its place, under a name of its own, and holds plans in the clear. Where it stands is
noted in the record before its first byte: whatever ends the program in between, the next unlocking removes it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from eolc_desktop.errors import PrintFailed, UserError
from eolc_desktop.models.key_file import sync_folder
from eolc_desktop.record import audit, users
from eolc_desktop.record.rows import moment_of, moment_text
from eolc_desktop.services.roles import Right, needs
from eolc_desktop.services.session import Session

BEING_WRITTEN = "files_being_written"
"""The fact that holds where files are being written: their paths beside their places, with when each was begun."""
LOOKED_FOR = timedelta(days=30)
"""How long a file is looked for where nothing can be removed: a stick that is never put in again."""


@needs(Right.PRINT)
def write_private(
    session: Session, path: Path, content: bytes, not_saved: str = "The file could not be saved there."
) -> None:
    """Write `content` at `path` with mode 0600. Raises PrintFailed; whatever goes wrong, no half file is left.

    Raises StoreFull, beginning nothing, when the record cannot note where it is written.
    """
    part = part_of(path)
    try:
        begin(session, path)
        _fill(part, content)
        finish(session, path)
    except BaseException as error:
        give_up(session, path)
        if not isinstance(error, OSError):
            raise
        raise _not_written(not_saved) from error


def write_public(path: Path, content: bytes, not_saved: str = "The file could not be saved there.") -> None:
    """Write, whole or not at all, what says nothing of anybody: it needs no record. Raises PrintFailed."""
    part = part_of(path)
    try:
        _create(part)
        _fill(part, content)
        part.replace(path)
    except BaseException as error:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        if not isinstance(error, OSError):
            raise
        raise _not_written(not_saved) from error


# A file that is written a little at a time


def part_of(path: Path) -> Path:
    """Where a file stands until it is whole."""
    return path.with_name(f".{path.name}.part")


@needs(Right.PRINT)
def begin(session: Session, path: Path) -> None:
    """Note where the file will stand until it is whole, and begin it there, empty. Raises OSError, StoreFull."""
    part = part_of(path)
    with session.store.writing() as connection:
        noted = _noted(connection)
        noted[str(part.absolute())] = session.clock()
        _keep(connection, noted)
    try:
        _create(part)
    except OSError:
        _forget(session, path)
        raise


@needs(Right.PRINT)
def finish(session: Session, path: Path) -> None:
    """Give the whole file its name. Raises OSError."""
    part_of(path).replace(path)
    _forget(session, path)


@needs(Right.PRINT)
def give_up(session: Session, path: Path) -> None:
    """Leave nothing of the file. Where it cannot be removed now (a stick was pulled out) the next unlocking tries."""
    with suppress(OSError):
        part_of(path).unlink(missing_ok=True)
        if path.absolute().parent.is_dir():
            _forget(session, path)


def _forget(session: Session, path: Path) -> None:
    # Before the note goes, it is on the disk that the name is gone: a power cut could bring it back.
    with suppress(OSError):
        sync_folder(path.absolute().parent)
    # A record that takes nothing any more keeps the note, and looks for a file that is not there: no harm.
    with suppress(UserError), session.store.writing() as connection:
        noted = _noted(connection)
        if noted.pop(str(part_of(path).absolute()), None) is not None:
            _keep(connection, noted)


# After a program that was ended in between


@needs(Right.BE_HERE)
def clear_left_behind(session: Session) -> str:
    """Remove what a program that was ended left of files it was writing, note it, and say so; "" where nothing was.

    Called once after unlocking: only one program has the record, so nothing that is noted is being written.
    """
    with session.store.reading() as connection:
        noted = _noted(connection)
    if not noted:
        return ""
    removed, away = [], {}
    for name, at in noted.items():
        part = Path(name)
        try:
            was_there = part.exists()
            part.unlink(missing_ok=True)
            is_reached = part.parent.is_dir()
        except OSError:
            is_reached = was_there = False
        if was_there:
            removed.append(part)
        elif not is_reached:
            away[name] = at
    waiting = {name: at for name, at in away.items() if session.clock() - at < LOOKED_FOR}
    with session.store.writing() as connection:
        _keep(connection, waiting)
        if removed or len(waiting) < len(away):
            detail: dict[str, str | int] = {"removed": len(removed), "never_found": len(away) - len(waiting)}
            audit.note(connection, session.clock(), session.user.id, "removed half a file", "", detail)
    return " ".join((*map(_removed_words, _folders(removed)), *map(_away_words, _folders(map(Path, waiting)))))


def _removed_words(folder: Path) -> str:
    return (
        f"The program was ended while it saved a file in {folder}. What was there of it has been removed: please save "
        "it again."
    )


def _away_words(folder: Path) -> str:
    return (
        f"The program was ended while it saved a file in {folder}, where nothing can be removed now. Half of that "
        "file may be there, and anybody could read it. It is removed when you unlock with that disk or stick in place."
    )


def _folders(parts: Iterable[Path]) -> list[Path]:
    return sorted({part.parent for part in parts})


def _noted(connection: Connection) -> dict[str, datetime]:
    return {name: moment_of(at) for name, at in json.loads(users.known(connection, BEING_WRITTEN) or "{}").items()}


def _keep(connection: Connection, noted: Mapping[str, datetime]) -> None:
    kept = json.dumps({name: moment_text(at) for name, at in noted.items()}) if noted else ""
    users.know(connection, BEING_WRITTEN, kept)


# The file itself


def _create(part: Path) -> None:
    """A new file that only its owner reads, whatever stood there under that name."""
    part.unlink(missing_ok=True)
    os.close(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))


def _fill(part: Path, content: bytes) -> None:
    with part.open("r+b") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _not_written(not_saved: str) -> PrintFailed:
    return PrintFailed(not_saved, "Nothing else was changed.", "Choose another folder, or make room on the disk.")
