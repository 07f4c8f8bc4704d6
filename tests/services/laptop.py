"""A laptop as the tests of signing in need it: a profile folder, a clock that is set, and what was opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from eolc_desktop.models.backup import Backup, make_backup
from eolc_desktop.models.key_file import Argon2idCost, Costs, ScryptCost
from eolc_desktop.models.store import Store
from eolc_desktop.models.ways import by_recovery_code
from eolc_desktop.paths import Profile
from eolc_desktop.record import users
from eolc_desktop.services import sign_in
from eolc_desktop.services.sign_in import FirstRun, NewUser, ProfileState, SignedIn

GOOD = "violet tractor pond marmalade"
OTHER = "seven lemon ladders asleep"
ASHA = NewUser("Asha Okafor", "district nurse", "Airedale community team")
BEN = NewUser("Ben Li", "hospice coordinator", "Hill Hospice")
CHEAP = Costs(Argon2idCost(8, 1, 1), ScryptCost(1, 1, 1))


@dataclass
class Laptop:
    """A profile, its clock, and what was opened on it."""

    profile: Profile
    now: datetime = datetime(2026, 11, 12, 14, 32, tzinfo=UTC)
    opened: list[Store] = field(default_factory=list)

    def clock(self) -> datetime:
        return self.now

    def first_run(self, passphrase: str = GOOD) -> FirstRun:
        made = sign_in.first_run(self.profile, ASHA, passphrase, self.clock, costs=CHEAP)
        self.opened.append(made.store)
        return made

    def unlock(self, passphrase: str = GOOD, *, even_if_saves_are_missing: bool = False) -> SignedIn:
        signed_in = sign_in.unlock(
            self.profile, passphrase, self.clock, costs=CHEAP, even_if_saves_are_missing=even_if_saves_are_missing
        )
        self.opened.append(signed_in.store)
        return signed_in

    def unlock_with_code(self, code: str) -> SignedIn:
        signed_in = sign_in.unlock_by(self.profile, by_recovery_code(code), self.clock, costs=CHEAP)
        self.opened.append(signed_in.store)
        return signed_in

    def state(self) -> ProfileState:
        return sign_in.profile_state(self.profile, CHEAP)

    def lock(self) -> None:
        while self.opened:
            self.opened.pop().close()

    def back_up(self, store: Store) -> Backup:
        return make_backup(store.place, self.profile.keys, self.profile.backups, self.clock)


def names(store: Store) -> list[str]:
    """Return the names of the users in the record."""
    with store.reading() as connection:
        return [user.name for user in users.all_users(connection)]
