"""Brings a store to the tables of this release: in one transaction, checked before it counts, or not at all."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection
from sqlcipher3 import dbapi2 as sqlcipher

from eolc_desktop.errors import StoreError
from eolc_desktop.models.integrity import row_counts
from eolc_desktop.models.migrations import HEAD
from eolc_desktop.models.opening import allow, allow_within_transaction


@dataclass(frozen=True, slots=True)
class Migrations:
    """A folder of migrations, and the version that the last of them makes."""

    folder: Path
    head: int


SHIPPED = Migrations(Path(__file__).parent / "migrations", HEAD)
"""The migrations of this release. The folder is on the disk in a frozen program too: the installer puts it there."""


class _NotSound(Exception):
    """What a migration made does not hold together."""


def version_of(connection: sqlcipher.Connection) -> int:
    """Return the version of the tables in an open store; 0 when there are none."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def migrate(connection: Connection, raw: sqlcipher.Connection, migrations: Migrations = SHIPPED) -> None:
    """Run every migration the store has not had, in one transaction.

    `connection` begins its transactions with BEGIN IMMEDIATE, and `raw` is the same connection beneath SQLAlchemy.
    Before it is committed, every reference and index is checked, and no table that stays may have lost rows.
    Raises StoreError, the store then being exactly what it was.
    """
    # Tables are rebuilt by copying, which would set off the rules for what hangs on their rows.
    raw.execute("PRAGMA foreign_keys = OFF")
    try:
        with connection.begin():
            before = row_counts(raw)
            raw.set_authorizer(allow_within_transaction)
            _upgrade(connection, migrations)
            raw.set_authorizer(allow)
            raw.execute(f"PRAGMA user_version = {migrations.head}")
            _prove(raw, before)
    except Exception as error:
        raise StoreError(
            "This record comes from an earlier version of the program, and it could not be brought up to date.",
            "Nothing in it was changed.",
            "Please go on with the earlier version, and tell your computer support.",
        ) from error
    finally:
        raw.set_authorizer(allow)
        if raw.in_transaction:
            raw.rollback()
        raw.execute("PRAGMA foreign_keys = ON")


def _upgrade(connection: Connection, migrations: Migrations) -> None:
    from alembic import command  # noqa: PLC0415  a fifth of a second, and needed once in a release
    from alembic.config import Config  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(migrations.folder).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    command.upgrade(config, f"{migrations.head:04d}")


def _prove(raw: sqlcipher.Connection, before: dict[str, int]) -> None:
    after = row_counts(raw)
    if any(after[name] < rows for name, rows in before.items() if name in after):
        raise _NotSound("a table lost rows")
    if raw.execute("PRAGMA foreign_key_check").fetchone():
        raise _NotSound("an entry belongs to something that is not there")
    if raw.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        raise _NotSound("a table and its index differ")
    if not raw.in_transaction:
        raise _NotSound("the transaction ended early")
