"""Migrations: they make exactly the tables the program reads, all at once after a proved backup, or nothing happens."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine
from sqlcipher3 import dbapi2 as sqlcipher

from eolc_desktop.errors import BackupFailed, StoreError
from eolc_desktop.models.backup import list_backups
from eolc_desktop.models.guards import JOURNAL_GUARDS_SQL
from eolc_desktop.models.migrate import SHIPPED, Migrations
from eolc_desktop.models.opening import StorePlace
from eolc_desktop.models.service_tables import metadata
from eolc_desktop.models.store import Store, create_store, open_store
from eolc_desktop.models.tables import SEARCH_SQL
from eolc_desktop.record.exchange import SharedResource
from eolc_desktop.record.shared_resources import of_person
from tests.models.conftest import note, notes

WriteNext = Callable[[str], Migrations]


def master(rows: list[tuple[str, str]]) -> dict[str, str]:
    """Return each statement by the name of what it makes, with one way of writing spaces."""
    return {name: re.sub(r"\s*([(),])\s*", r"\1", re.sub(r"\s+", " ", sql.strip())) for name, sql in rows}


ALL_OF_IT = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT IN ('alembic_version')"


def test_they_make_exactly_the_tables_that_the_program_describes(store: Store) -> None:
    engine = create_engine("sqlite://", module=sqlcipher)
    with engine.begin() as connection:
        metadata.create_all(connection)
        for statement in (*SEARCH_SQL, *JOURNAL_GUARDS_SQL):
            connection.exec_driver_sql(statement)
        described = master([(name, sql) for name, sql in connection.exec_driver_sql(ALL_OF_IT)])
    engine.dispose()
    with store.reading() as connection:
        made = master([(name, sql) for name, sql in connection.exec_driver_sql(ALL_OF_IT)])
    assert made == described, "a migration and `tables.py` differ"


def test_alembic_finds_no_difference_either(store: Store) -> None:
    ours = set(metadata.tables)
    with store.reading() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, parents: kind != "table" or name in ours,  # noqa: ARG005
            },
        )
        assert compare_metadata(context, metadata) == []


def test_their_numbers_run_on_to_the_one_the_program_expects() -> None:
    config = Config()
    config.set_main_option("script_location", str(SHIPPED.folder))
    config.set_main_option("path_separator", "os")
    scripts = ScriptDirectory.from_config(config)
    revisions = [script.revision for script in scripts.walk_revisions()][::-1]
    assert revisions == [f"{number:04d}" for number in range(1, SHIPPED.head + 1)]


def test_a_new_store_has_the_newest_version(store: Store) -> None:
    assert store.version == SHIPPED.head
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalars().all() == [
            f"{SHIPPED.head:04d}"
        ]


@pytest.fixture
def write_next(tmp_path: Path) -> WriteNext:
    """Writes one more migration beside the shipped ones, as the next release would have it."""
    number = SHIPPED.head + 1

    def write(body: str) -> Migrations:
        folder = tmp_path / "with % in its name" / "migrations"
        if not folder.exists():
            shutil.copytree(SHIPPED.folder, folder)
        (folder / "versions" / f"v{number:04d}_next.py").write_text(
            "from alembic import op\nimport sqlalchemy as sa\n\n"
            f'revision = "{number:04d}"\ndown_revision = "{SHIPPED.head:04d}"\n\n\n'
            "def upgrade():\n" + "".join(f"    {line}\n" for line in body.splitlines())
        )
        return Migrations(folder, number)

    return write


@pytest.fixture
def older(closed: StorePlace) -> StorePlace:
    """A store of the release before, with keys beside it."""
    closed.path.with_name("keys.json").write_text("{}")
    return closed


def opened(place: StorePlace, migrations: Migrations = SHIPPED) -> Store:
    return open_store(place.path, place.key, place.store_id, migrations=migrations)


def contents(place: StorePlace) -> tuple[int, list[str]]:
    """Return the version, the schema, and every row of every table."""
    store = opened(place)
    tables = sorted(store._raw.execute("SELECT name, sql FROM sqlite_master").fetchall())
    rows = [
        repr(store._raw.execute(f'SELECT * FROM "{name}"').fetchall())
        for name, sql in tables
        if str(sql).startswith("CREATE TABLE")
    ]
    version = store.version
    store.close()
    return version, [repr(tables), *rows]


def test_an_older_store_is_brought_up_to_date_after_a_proved_backup(older: StorePlace, write_next: WriteNext) -> None:
    migrations = write_next(
        'op.add_column("person", sa.Column("pronouns", sa.String, nullable=False, server_default=""))'
    )
    store = opened(older, migrations)
    assert store.version == SHIPPED.head + 1
    with store.reading() as connection:
        assert notes(connection) == 300
        assert connection.exec_driver_sql("SELECT pronouns FROM person").all() == []
        assert (
            connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() == f"{SHIPPED.head + 1:04d}"
        )
    assert store._raw.execute("PRAGMA foreign_keys").fetchone() == (1,)
    with store.writing() as connection:
        note(connection, "saving goes on")
    store.close()
    (backup,) = list_backups(older.path.parent / "backups")
    before = open_store(backup.path, older.key, older.store_id)
    assert before.version == SHIPPED.head
    before.close()
    opened(older, migrations).close()
    assert len(list_backups(older.path.parent / "backups")) == 1, "up to date, it is opened without another"


def test_a_table_can_be_rebuilt_under_those_that_hang_on_it(older: StorePlace, write_next: WriteNext) -> None:
    store = opened(older)
    with store.writing() as connection:
        connection.exec_driver_sql("INSERT INTO person (id, added_at) VALUES ('p1', 'now')")
        connection.exec_driver_sql(
            "INSERT INTO change VALUES (1, 'c', 'p1'" + ", 's'" * 3 + ", 'set'" + ", ''" * 13 + ")"
        )
        connection.exec_driver_sql("INSERT INTO current VALUES ('p1', 's', 'e', 'f', '', '', 1, NULL)")
    store.close()
    migrations = write_next(
        'with op.batch_alter_table("person") as batch:\n'
        '    batch.alter_column("gender", new_column_name="sex_at_birth")'
    )
    store = opened(older, migrations)
    with store.reading() as connection:
        assert connection.exec_driver_sql("SELECT sex_at_birth FROM person").all() == [("",)]
        assert connection.exec_driver_sql("SELECT count(*) FROM current").scalar() == 1
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
    store.close()


@pytest.mark.parametrize(
    "body",
    [
        'op.add_column("person", sa.Column("pronouns", sa.String))\nraise RuntimeError("half way")',
        'op.create_table("fresh", sa.Column("a", sa.Integer))\nop.execute("INSERT INTO no_such_table VALUES (1)")',
        'op.execute("DROP TRIGGER audit_is_never_deleted")\nop.execute("DELETE FROM audit WHERE sequence = 7")',
        "op.execute(\"INSERT INTO current VALUES ('nobody', 's', 'e', 'f', '', '', 1, NULL)\")",
        'op.execute("COMMIT")\nop.create_table("fresh", sa.Column("a", sa.Integer))\nraise RuntimeError("outside")',
        "this is not python",
    ],
    ids=["raises half way", "wrong sql", "loses a row", "leaves a stray", "commits by itself", "does not compile"],
)
def test_one_that_fails_changes_nothing_at_all(older: StorePlace, write_next: WriteNext, body: str) -> None:
    before = contents(older)
    with pytest.raises(StoreError, match="could not be brought up to date") as told:
        opened(older, write_next(body))
    assert "Nothing in it was changed" in told.value.safe
    assert contents(older) == before
    (backup,) = list_backups(older.path.parent / "backups")
    assert open_store(backup.path, older.key, older.store_id).version == SHIPPED.head


def test_what_is_known_of_the_shared_record_stays_as_it_was(place: StorePlace) -> None:
    """Version 12 writes the table anew."""
    before = create_store(place.path, place.key, place.store_id, migrations=Migrations(SHIPPED.folder, 11))
    rows = [
        (f"Observation/{number * 7919 % 97}", f"person {number % 3}", f'{{"n":{number}.10,"said":"{"é " * 900}"}}',
         f"v{number}", "2026-11-29T08:00:00Z", f'{{"n":{number}}}' if number % 2 else "", f"w{number}", f"at {number}")
        for number in range(97)
    ]  # fmt: skip
    columns = '"key", person_id, base, base_version, base_updated, seen, seen_version, seen_updated'
    with before.writing() as connection:
        connection.exec_driver_sql(f"INSERT INTO shared_resource ({columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
    before.close()
    place.path.with_name("keys.json").write_text("{}")
    store = opened(place)
    assert store.version >= 12
    with store.reading() as connection:
        found = connection.exec_driver_sql(f"SELECT {columns} FROM shared_resource").all()
        read = of_person(connection, "person 1")
    assert sorted(map(tuple, found)) == sorted(rows)
    assert len(read) == 32
    assert read["Observation/62"] == SharedResource(
        "Observation/62", "person 1", {"n": Decimal("1.10"), "said": "é " * 900}, "v1", "2026-11-29T08:00:00Z",
        {"n": 1}, "w1", "at 1",
    )  # fmt: skip
    store.close()


def test_a_refusal_after_a_crash_does_not_look_like_missing_saves_next_time(
    older: StorePlace, write_next: WriteNext, tmp_path: Path
) -> None:
    """The last to close removes the log, so whoever refuses a store must leave it closed in order."""
    store = opened(older)
    with store.writing() as connection:
        note(connection, "in the log")
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for side in ("", "-wal"):
        (crashed / f"record.db{side}").write_bytes(Path(f"{older.path}{side}").read_bytes())
    store.close()
    there = replace(older, path=crashed / "record.db")
    with pytest.raises(BackupFailed):  # for there are no keys beside it
        opened(there, write_next('op.create_table("fresh", sa.Column("a", sa.Integer))'))
    again = opened(there)
    with again.reading() as connection:
        assert notes(connection) == 301
    again.close()


def test_without_a_backup_nothing_is_begun(
    older: StorePlace, write_next: WriteNext, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = contents(older)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: type("Usage", (), {"free": 0})())
    with pytest.raises(BackupFailed, match="not enough room"):
        opened(older, write_next('op.create_table("fresh", sa.Column("a", sa.Integer))'))
    assert contents(older) == before


def test_a_first_run_that_fails_leaves_no_store(place: StorePlace, write_next: WriteNext) -> None:
    with pytest.raises(StoreError):
        create_store(place.path, place.key, place.store_id, migrations=write_next('raise RuntimeError("no")'))
    assert not place.path.exists()
