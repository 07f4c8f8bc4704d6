"""What the power is cut during: saving, changing keys, a first run, a migration, backups, all by the program's code.

Run as `python -m tests.prove.workloads FOLDER NAME [SETTING]`, in a folder that is recorded (see `power_cut`). Each
acknowledges what it was told is done, by number, as the window says "Saved on this laptop".
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from eolc_desktop.clock import Clock
from eolc_desktop.models import key_file, keys, migrate, opening
from eolc_desktop.models.backup import Backup, list_backups, make_backup, renew_keys, thin_backups
from eolc_desktop.models.key_file import Argon2idCost, Costs, ScryptCost
from eolc_desktop.models.migrate import SHIPPED, Migrations
from eolc_desktop.models.opening import StorePlace
from eolc_desktop.models.store import Store, create_store, open_store
from eolc_desktop.models.ways import by_passphrase
from eolc_desktop.paths import Profile
from eolc_desktop.record import journal
from eolc_desktop.services import new_key, restoring, sign_in
from tests.models.kills import PEN, PEOPLE, save
from tests.prove.power_cut import ACKNOWLEDGED

KEY = bytes(range(32))
STORE_ID = "5f0c3b0e-8f27-4c1f-9a3a-0d8f6f2a7b11"
CHEAP = Costs(Argon2idCost(8, 1, 1), ScryptCost(1, 1, 1))
SAVES = 45
CHANGES_OF_KEYS = 12
BACKUPS = 3
WHO = sign_in.NewUser("Asha Okafor", "district nurse", "Airedale community team")


def passphrase(number: int) -> str:
    """Return the passphrase after `number` changes."""
    return f"violet tractor pond {number}"


def now() -> datetime:
    """Return a moment that does not matter here."""
    return datetime(2026, 11, 12, 14, 32, tzinfo=UTC)


CLOCK: Clock = now


def next_release(folder: Path, body: str) -> Migrations:
    """Return the shipped migrations with one more, whose `upgrade` is `body`, written below `folder`."""
    shutil.copytree(SHIPPED.folder, folder, ignore=shutil.ignore_patterns("__pycache__"))
    number = SHIPPED.head + 1
    (folder / "versions" / f"v{number:04d}_next.py").write_text(
        "from alembic import op\nimport sqlalchemy as sa\n\n"
        f'revision = "{number:04d}"\ndown_revision = "{SHIPPED.head:04d}"\n\n\n'
        "def upgrade():\n" + "".join(f"    {line}\n" for line in body.splitlines())
    )
    return Migrations(folder, number)


def lost(profile: Profile) -> Profile:
    """Where the laptop was whose backup another begins with."""
    return Profile(profile.folder.with_name(f"{profile.folder.name}-lost"))


class OwnFileRefusedError(Exception):
    """The disk refused a file that stands in for the program's keys and that the work wrote itself."""


class Work:
    """A folder to work in, and the file that says what was acknowledged."""

    def __init__(self, folder: Path) -> None:
        self.profile = Profile(folder)
        self.place = StorePlace(self.profile.store, KEY, STORE_ID)
        self._file = os.open(folder / ACKNOWLEDGED, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def acknowledge(self, number: int) -> None:
        """Say that what `number` stands for is done."""
        os.write(self._file, b"%d\n" % number)

    def made(self) -> Store:
        """Return a new store with its people in it, acknowledged as 0."""
        store = create_store(self.place.path, KEY, STORE_ID)
        with store.writing() as connection:
            for number in range(PEOPLE):
                journal.add_person(connection, PEN, f"person-{number}")
        self.acknowledge(0)
        return store

    def saving(self, setting: str) -> None:
        """Save, with checkpoints between and under way, closing and opening in between."""
        small = [line for line in opening.SETTINGS if not line.startswith(("wal_autocheckpoint", "synchronous"))]
        opening.SETTINGS = (*small, "wal_autocheckpoint = 24", f"synchronous = {setting or 'FULL'}")
        store = self.made()
        for number in range(1, SAVES + 1):
            save(store, number, "real")
            self.acknowledge(number)
            if number % 11 == 0:
                store.checkpoint()
            if number % 17 == 0:
                store.close()
                store = open_store(self.place.path, KEY, STORE_ID)
        store.close()

    def changing_keys(self, setting: str) -> None:
        """Change the passphrase again and again; with `setting`, write the file in one of two careless ways."""
        if setting:
            key_file.replace_whole = {"overwritten": _overwritten, "renamed unsynced": _renamed_unsynced}[setting]
        _, _, slots = keys.create_slots(self.profile.keys, "asha", "Asha", passphrase(0), CLOCK, costs=CHEAP)
        self.acknowledge(0)
        for number in range(1, CHANGES_OF_KEYS + 1):
            proof = keys.unlock_with_passphrase(slots, passphrase(number - 1))
            keys.change_passphrase(slots, proof, passphrase(number))
            self.acknowledge(number)

    def first_run(self, setting: str) -> None:
        """Make keys and record."""
        made = sign_in.first_run(self.profile, WHO, passphrase(0), CLOCK, costs=CHEAP)
        self.acknowledge(0)
        made.store.close()

    def changing_the_record_s_key(self, setting: str) -> None:
        """Give the record, and a backup of it, another key; with `setting`, write no key file that holds both."""
        if setting:
            write = key_file.write_key_file

            def without_next(path: Path, held: key_file.KeyFile) -> bool:
                return write(path, replace(held, next_slots=()))

            vars(keys)["write_key_file"] = without_next
        made = sign_in.first_run(self.profile, WHO, passphrase(0), CLOCK, costs=CHEAP)
        make_backup(made.store.place, self.profile.keys, self.profile.backups, CLOCK)
        made.store.close()
        self.acknowledge(0)
        new_key.new_key(self.profile, passphrase(0), CLOCK, costs=CHEAP)
        self.acknowledge(1)

    def migrating(self, setting: str) -> None:
        """Bring a store up to date; with `setting`, a migration that commits half way is let through."""
        body = 'op.add_column("person", sa.Column("pronouns", sa.String, nullable=False, server_default=""))\n'
        if setting:
            vars(migrate)["allow_within_transaction"] = opening.allow
            body += 'op.execute("COMMIT")\nop.execute("BEGIN IMMEDIATE")\n'
        body += 'op.create_table("fresh", sa.Column("a", sa.Integer))'
        migrations = next_release(self.profile.folder.with_name(self.profile.folder.name + "-migrations"), body)
        store = self.made()
        for number in range(1, 8):
            save(store, number, "real")
        store.close()
        self.profile.keys.write_text("{}")
        self.acknowledge(1)
        store = open_store(self.place.path, KEY, STORE_ID, migrations=migrations)
        self.acknowledge(2)
        store.close()

    def backing_up(self, setting: str) -> None:
        """Make backups between saves, thin them, and change the keys beside them."""
        store = self.made()
        self._put_keys(0)
        for number in range(1, BACKUPS + 1):
            save(store, number, "real")
            make_backup(store.place, self.profile.keys, self.profile.backups, CLOCK)
            self.acknowledge(number)
            self._put_keys(number)
            renew_keys(self.profile.keys, self.profile.backups)
            thin_backups(self.profile.backups)
        store.close()

    def beginning_with_a_backup(self, setting: str) -> None:
        """Begin on a new laptop with the backup of another, which lies beside the folder."""
        (backup,) = list_backups(lost(self.profile).backups) or (self._lose(),)
        restoring.restore(self.profile, backup, by_passphrase(passphrase(0)), CLOCK, costs=CHEAP).store.close()
        self.acknowledge(0)

    def _lose(self) -> Backup:
        """A laptop with people in it, and its backup."""
        gone = lost(self.profile)
        made = sign_in.first_run(gone, WHO, passphrase(0), CLOCK, costs=CHEAP)
        with made.store.writing() as connection:
            for number in range(PEOPLE):
                journal.add_person(connection, PEN, f"person-{number}")
        backup = make_backup(made.store.place, gone.keys, gone.backups, CLOCK)
        made.store.close()
        return backup

    def _put_keys(self, number: int) -> None:
        try:
            key_file.replace_whole(self.profile.keys, b'{"keys": %d}' % number)
        except OSError:
            raise OwnFileRefusedError from None


def _overwritten(path: Path, content: bytes) -> None:
    path.write_bytes(content)


def _renamed_unsynced(path: Path, content: bytes) -> None:
    fresh = path.with_name(path.name + ".fresh")
    fresh.write_bytes(content)
    fresh.replace(path)


WORKLOADS: dict[str, Callable[[Work, str], None]] = {
    "saving": Work.saving,
    "changing keys": Work.changing_keys,
    "first run": Work.first_run,
    "changing the record's key": Work.changing_the_record_s_key,
    "migrating": Work.migrating,
    "backing up": Work.backing_up,
    "beginning with a backup": Work.beginning_with_a_backup,
}

if __name__ == "__main__":
    WORKLOADS[sys.argv[2]](Work(Path(sys.argv[1])), sys.argv[3] if len(sys.argv) > 3 else "")
