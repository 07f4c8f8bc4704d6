"""The seals over the journal and the audit: how one is made from the one before it, and making them for older records.

Each seal covers the lines of one save, or a stretch of the audit. Its code (HMAC-SHA256) is made from the code of the
seal before it and from what it covers, so that a line that was changed, taken out or put back, and an old page or an
old file put in place of a newer one, do not fit any more. SQLCipher's own page seals do not see that: each old page is
whole in itself (docs/clinical-safety.md, H30).
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select

from eolc_desktop.models.tables import audit, change, fact, seal

SEAL_KEY = "seal_key"
"""The fact that holds the key of the seals: random, and encrypted with everything else in the file."""
CHANGE, AUDIT = "change", "audit"
START = "0" * 64
"""What the first seal follows."""

CHANGE_COLUMNS = (
    "sequence",
    "id",
    "person_id",
    "section",
    "entry",
    "field",
    "op",
    "value",
    "parent",
    "base_change",
    "save_id",
    "recorded_at",
    "author_id",
    "author_name",
    "author_role",
    "author_organisation",
    "source",
    "source_detail",
    "reason",
    "laptop_id",
)
_ENCODE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
"""A row and a tuple are written alike. Made once: a plan that is opened has every line of its journal written so."""
AUDIT_COLUMNS = ("sequence", "at", "user_id", "action", "person_id", "detail")
"""What is sealed of each line, in this order for good: a later column needs a later kind of seal."""

_LAST = select(seal.c.number, seal.c.mac).order_by(seal.c.number.desc()).limit(1)
_INSERT = insert(seal)
_KEY = select(fact.c.value).where(fact.c.name == bindparam("of_name"))


@dataclass(frozen=True, slots=True)
class Seal:
    """One seal: its place in the chain, what it covers, the digest of that, and its code."""

    number: int
    kind: str
    person_id: str
    first: int
    last: int
    body: str
    mac: str

    def code(self, key: bytes, before: str) -> str:
        """The code this seal must have after the one before it."""
        return code_of(key, before, (self.number, self.kind, self.person_id, self.first, self.last, self.body))


def code_of(key: bytes, before: str, parts: Sequence[str | int]) -> str:
    """The code of a seal over `parts` that follows a seal with the code `before`."""
    return hmac.digest(key, f"{before}\n{_text(parts)}".encode(), "sha256").hex()


def digest_of(lines: Iterable[Sequence[Any]]) -> str:
    """The digest of lines of the journal or the audit, each as its sealed columns in their order."""
    lines = list(lines)
    text = _ENCODE(lines)[1:-1]
    # Written all together, which costs half as much, where what stands between two lines stands in none of them.
    is_plain = text.count("],[") == len(lines) - 1
    text = text.replace("],[", "]\n[") if is_plain else "\n".join(map(_ENCODE, lines))
    return hashlib.sha256(f"{text}\n".encode() if lines else b"").hexdigest()


def _text(parts: Sequence[Any]) -> str:
    return _ENCODE(parts)


def key_of(connection: Connection) -> bytes:
    """The key of the seals, made when the store has none yet. It is kept with the connection, not read at each save."""
    known = connection.info.get(SEAL_KEY)
    if isinstance(known, bytes):
        return known
    text = connection.execute(_KEY, {"of_name": SEAL_KEY}).scalar()
    if text is None:
        text = secrets.token_hex(32)
        connection.execute(insert(fact), {"name": SEAL_KEY, "value": text})
        # Not kept yet: the transaction it was made in may be undone.
        return bytes.fromhex(text)
    key = bytes.fromhex(text)
    connection.info[SEAL_KEY] = key
    return key


def add_seals(connection: Connection, covers: Iterable[tuple[str, str, int, int, str]]) -> None:
    """Add a seal for each (kind, person, first, last, digest), following the newest, in the caller's transaction."""
    key = key_of(connection)
    newest = connection.execute(_LAST).first()
    number, mac = (newest.number, newest.mac) if newest else (0, START)
    rows = []
    for kind, person_id, first, last, body in covers:
        number += 1
        mac = code_of(key, mac, (number, kind, person_id, first, last, body))
        rows.append(
            {
                "number": number,
                "kind": kind,
                "person_id": person_id,
                "first": first,
                "last": last,
                "body": body,
                "mac": mac,
            }
        )
    if rows:
        connection.execute(_INSERT, rows)


def seal_everything(connection: Connection) -> None:
    """Seal a record from before there were seals: each save as it stands now, then the audit."""
    columns = [change.c[name] for name in CHANGE_COLUMNS]
    lines = connection.execute(select(*columns).order_by(change.c.sequence))

    def saves() -> Iterable[tuple[str, str, int, int, str]]:
        for (_save, person_id), of_save in itertools.groupby(lines, key=attrgetter("save_id", "person_id")):
            held = [tuple(line) for line in of_save]
            yield CHANGE, person_id, held[0][0], held[-1][0], digest_of(held)

    add_seals(connection, list(saves()))
    seal_audit(connection)


def seal_audit(connection: Connection) -> bool:
    """Seal the lines of the audit that no seal covers yet. Returns whether there were any."""
    covered = (
        connection.execute(
            select(seal.c.last).where(seal.c.kind == AUDIT).order_by(seal.c.number.desc()).limit(1)
        ).scalar()
        or 0
    )
    columns = [audit.c[name] for name in AUDIT_COLUMNS]
    lines = connection.execute(select(*columns).where(audit.c.sequence > covered).order_by(audit.c.sequence)).all()
    if lines:
        held = [tuple(line) for line in lines]
        add_seals(connection, [(AUDIT, "", held[0][0], held[-1][0], digest_of(held))])
    return bool(lines)
