"""Files that are attached to a person's record: in the encrypted store alone, in pieces, by what they hold."""

from __future__ import annotations

import hashlib
from datetime import datetime

from sqlalchemy import Connection, func, insert, select

from eolc_desktop.errors import StoreDamaged
from eolc_desktop.models.tables import attachment, attachment_part
from eolc_desktop.record.rows import moment_text

PIECE = 256 * 1024
"""Bytes in one row: large enough to read quickly, small enough that SQLite never moves a whole photograph."""


def keep(connection: Connection, person_id: str, data: bytes, media_type: str, at: datetime) -> str:
    """Keep a file of one person and return its SHA-256, which is its name. The same file is kept once."""
    sha256 = hashlib.sha256(data).hexdigest()
    if not has(connection, person_id, sha256):
        mine = {"person_id": person_id, "sha256": sha256}
        connection.execute(
            insert(attachment), mine | {"media_type": media_type, "size": len(data), "added_at": moment_text(at)}
        )
        pieces = [data[start : start + PIECE] for start in range(0, len(data), PIECE)]
        connection.execute(
            insert(attachment_part), [mine | {"number": number, "bytes": piece} for number, piece in enumerate(pieces)]
        )
    return sha256


def has(connection: Connection, person_id: str, sha256: str) -> bool:
    """Whether the file is on this laptop: an entry that came from the shared record may name one that is not."""
    mine = (attachment.c.person_id == person_id) & (attachment.c.sha256 == sha256)
    return connection.execute(select(func.count()).select_from(attachment).where(mine)).scalar_one() > 0


def read(connection: Connection, person_id: str, sha256: str) -> tuple[bytes, str]:
    """The bytes of a file and its media type. Raises StoreDamaged where it is not whole, KeyError where it is not."""
    mine = (attachment.c.person_id == person_id) & (attachment.c.sha256 == sha256)
    head = connection.execute(select(attachment.c.media_type).where(mine)).first()
    if head is None:
        raise KeyError(sha256)
    of_it = (attachment_part.c.person_id == person_id) & (attachment_part.c.sha256 == sha256)
    rows = connection.execute(select(attachment_part.c.bytes).where(of_it).order_by(attachment_part.c.number))
    data = b"".join(row.bytes for row in rows)
    if hashlib.sha256(data).hexdigest() != sha256:
        raise StoreDamaged(
            "This file is no longer whole in the record.",
            "The rest of the plan is untouched.",
            "Restore the record from a backup, or attach the file again.",
        )
    return data, head.media_type


def files_of(connection: Connection, person_id: str) -> frozenset[str]:
    """The names (SHA-256) of all files of a person that are on this laptop."""
    rows = connection.execute(select(attachment.c.sha256).where(attachment.c.person_id == person_id))
    return frozenset(row.sha256 for row in rows)
