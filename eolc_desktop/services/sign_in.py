"""First run, unlocking, and who may unlock: from a passphrase to an open store, in words when it does not work.

Nothing heavy is imported until it is used: the window asks this module how the profile stands before it paints, and
calls `warm_up` on a thread of its own while the passphrase is being typed.
"""

from __future__ import annotations

import os
import secrets
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING

from eolc_desktop.clock import Clock, system_clock
from eolc_desktop.errors import KeySlotsDamaged, StoreError, StoreFull, UserError
from eolc_desktop.models import keys
from eolc_desktop.models.key_file import STANDARD, Costs, Method, mirror_of, read_key_file
from eolc_desktop.models.keys import KEY_BYTES, KeySlots, Unlocked
from eolc_desktop.models.passphrase import passphrase_problem
from eolc_desktop.models.ways import by_passphrase

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from eolc_desktop.models.store import Store
    from eolc_desktop.models.ways import Way
    from eolc_desktop.paths import Profile

__all__ = ["passphrase_problem"]

FIRST_USER = frozenset(("nurse", "clinician", "administrator"))
"""The roles of whoever makes the record, so that somebody who works alone is never stopped."""


class ProfileState(StrEnum):
    """How a profile stands before anything is opened: which first screen to show."""

    NEW = "new"
    READY = "ready"
    RECORD_MISSING = "record_missing"
    RECORD_EMPTY = "record_empty"
    KEYS_MISSING = "keys_missing"
    KEYS_DAMAGED = "keys_damaged"


@dataclass(frozen=True, slots=True)
class NewUser:
    """Somebody who will use this laptop, in their own words: "Asha Okafor", "district nurse", "Hill Road surgery".

    `roles` are the keys of `services.roles.Role`; the first user of a laptop holds all that somebody alone needs.
    """

    name: str
    role: str
    organisation: str
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class SignedIn:
    """An open store and whose slot opened it. `method` says how: after a recovery code, offer a new passphrase."""

    store: Store
    unlocked: Unlocked = field(repr=False)

    @property
    def user_id(self) -> str:
        """The user's id, the same in their slots and in the record."""
        return self.unlocked.user_id

    @property
    def method(self) -> Method:
        """How they came in."""
        return self.unlocked.slot.method


@dataclass(frozen=True, slots=True)
class FirstRun:
    """A new record, open, and the recovery code: to be shown and printed now, and never again."""

    store: Store
    user_id: str
    recovery_code: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class WaysIn:
    """What the unlock screen offers: (id, name) of all with a passphrase, who chose the key store, seconds to wait."""

    people: tuple[tuple[str, str], ...]
    with_keyring: tuple[str, ...]
    seconds_to_wait: int


def profile_state(profile: Profile, costs: Costs = STANDARD) -> ProfileState:
    """Tell how the profile stands, from its files alone, in about a millisecond.

    A first run that was cut off before the record had its name left nothing of anybody's, so it is NEW again. Where
    there are backups it never is: then a missing record is to be restored, not made anew.
    """
    has_backups = any(profile.backups.glob("record-*.db"))
    unfinished = profile.store.with_name(profile.store.name + ".new").exists()
    try:
        read_key_file(profile.keys, costs)
        keys_are = ProfileState.READY
    except FileNotFoundError:
        keys_are = ProfileState.KEYS_MISSING
    except KeySlotsDamaged:
        keys_are = ProfileState.KEYS_DAMAGED
    if not profile.store.exists():
        is_new = not has_backups and (unfinished or keys_are is ProfileState.KEYS_MISSING)
        return ProfileState.NEW if is_new else ProfileState.RECORD_MISSING
    if profile.store.stat().st_size == 0:
        return ProfileState.RECORD_EMPTY
    return keys_are


def ways_in(profile: Profile, clock: Clock = system_clock, costs: Costs = STANDARD) -> WaysIn:
    """Return what the unlock screen offers. Raises KeySlotsDamaged."""
    slots = _slots(profile, clock, costs)
    return WaysIn(
        tuple((slot.user_id, slot.user_name) for slot in slots.of_method(Method.PASSPHRASE)),
        tuple(slot.user_id for slot in slots.of_method(Method.KEYRING)),
        slots.tries.seconds_to_wait(),
    )


def warm_up() -> None:
    """Import what unlocking needs, on a thread that nobody waits for."""
    for name in (
        "argon2.low_level",
        "cryptography.hazmat.primitives.ciphers.aead",
        "sqlalchemy.dialects.sqlite",
        "eolc_desktop.models.store",
        "eolc_desktop.record.users",
    ):
        import_module(name)


def first_run(
    profile: Profile,
    who: NewUser,
    passphrase: str,
    clock: Clock = system_clock,
    *,
    costs: Costs = STANDARD,
    also: Callable[[Connection, str], None] | None = None,
) -> FirstRun:
    """Make the keys and the record, with its first user in it, and open it.

    `also` writes what the record must never be without, given the user's id. The record gets its name last: cut off
    anywhere before, the next start is a first run again. Raises InvalidValue when the passphrase will not do,
    StoreError when there is a record or something left of one, StoreFull when the disk refused and nothing was begun,
    and RecordReady when it refused after the record had its name.
    """
    from eolc_desktop.models.store import open_store, prepare_store, put_in_place  # noqa: PLC0415
    from eolc_desktop.record import users  # noqa: PLC0415
    from eolc_desktop.services.first_run_refused import after_refusal, record_ready  # noqa: PLC0415

    if profile_state(profile, costs) is not ProfileState.NEW:
        raise StoreError(
            "There is a record on this computer already, or what is left of one.",
            "It was left as it is.",
            "Please unlock it, or restore it from a backup.",
        )
    keys.refuse_passphrase(passphrase, who.name)
    user_id, store_id, key = uuid.uuid4().hex, str(uuid.uuid4()), secrets.token_bytes(KEY_BYTES)

    def fill(connection: Connection) -> None:
        roles = who.roles or FIRST_USER
        users.add(connection, users.User(user_id, who.name, who.role, who.organisation, roles=roles), clock())
        if also:
            also(connection, user_id)

    try:
        profile.make_private()
        prepared = prepare_store(profile.store, key, store_id, fill=fill)
        _, code, _ = keys.create_slots(
            profile.keys, user_id, who.name, passphrase, clock, store_id=store_id, key=key, costs=costs
        )
        put_in_place(prepared, profile.store)
    except (OSError, StoreFull):
        raise after_refusal(profile) from None
    try:
        return FirstRun(open_store(profile.store, key, store_id), user_id, code)
    except UserError:
        raise record_ready() from None


def unlock(
    profile: Profile,
    passphrase: str,
    clock: Clock = system_clock,
    *,
    user_id: str | None = None,
    costs: Costs = STANDARD,
    even_if_saves_are_missing: bool = False,
) -> SignedIn:
    """Open the record with a passphrase, among all users' or that of `user_id`. Takes about 0.3 s on the store thread.

    Raises WrongPassphrase, WaitFirst, KeySlotsDamaged and the errors of `open_store`.
    """
    way = by_passphrase(passphrase, user_id)
    return unlock_by(profile, way, clock, costs=costs, even_if_saves_are_missing=even_if_saves_are_missing)


def unlock_by(
    profile: Profile,
    way: Way,
    clock: Clock = system_clock,
    *,
    costs: Costs = STANDARD,
    even_if_saves_are_missing: bool = False,
) -> SignedIn:
    """Open the record by any way in: a passphrase, a recovery code, or the key store (at most about three seconds).

    Raises as `unlock` does, and KeyringUnavailable, upon which the passphrase is asked for.
    """
    unlocked = way(_slots(profile, clock, costs))
    return opened(profile, unlocked, clock, costs, even_if_saves_are_missing=even_if_saves_are_missing)


def prove(
    profile: Profile,
    passphrase: str,
    clock: Clock = system_clock,
    *,
    user_id: str | None = None,
    costs: Costs = STANDARD,
) -> Unlocked:
    """Return the proof, from a passphrase, that changing the ways in asks for. Raises as `unlock` does."""
    return by_passphrase(passphrase, user_id)(_slots(profile, clock, costs))


def change_passphrase(
    profile: Profile, proof: Unlocked, passphrase: str, clock: Clock = system_clock, *, costs: Costs = STANDARD
) -> None:
    """Give the person of `proof` a new passphrase, in the record's keys and in those of every backup.

    Raises InvalidValue when it will not do; BackupFailed when it was changed, but not for every backup.
    """
    slots = _slots(profile, clock, costs)
    keys.change_passphrase(slots, proof, passphrase)
    _renew_backups(profile)


def replace_recovery_code(
    profile: Profile, proof: Unlocked, clock: Clock = system_clock, *, costs: Costs = STANDARD
) -> str:
    """Return a new recovery code for the person of `proof`; the old one opens nothing any more. Raises BackupFailed."""
    slots = _slots(profile, clock, costs)
    code = keys.replace_recovery_code(slots, proof)
    _renew_backups(profile)
    return code


def set_keyring(
    profile: Profile, proof: Unlocked, *, on: bool, clock: Clock = system_clock, costs: Costs = STANDARD
) -> None:
    """Switch unlocking by the computer's key store on or off for the person of `proof`. Raises KeyringUnavailable."""
    slots = _slots(profile, clock, costs)
    if on:
        keys.enrol_keyring(slots, proof)
    else:
        for slot in slots.of_method(Method.KEYRING, proof.user_id):
            keys.remove_slot(slots, proof, slot.id)
    _renew_backups(profile)


def add_user(
    profile: Profile,
    store: Store,
    proof: Unlocked,
    who: NewUser,
    passphrase: str,
    clock: Clock = system_clock,
    *,
    costs: Costs = STANDARD,
) -> tuple[str, str]:
    """Let another person use the record; return their id and their recovery code, to be shown once.

    Raises InvalidValue when the passphrase will not do, StoreFull when the disk refuses.
    """
    from eolc_desktop.record import users  # noqa: PLC0415

    slots = _slots(profile, clock, costs)
    user_id = uuid.uuid4().hex
    with store.writing() as connection:
        users.add(connection, users.User(user_id, who.name, who.role, who.organisation, roles=who.roles), clock())
        code = keys.add_user(slots, proof, user_id, who.name, passphrase)
    _renew_backups(profile)
    return user_id, code


def remove_user(
    profile: Profile, proof: Unlocked, user_id: str, clock: Clock = system_clock, *, costs: Costs = STANDARD
) -> None:
    """Take another person's ways in away, here and in every backup. Raises NotAllowed, BackupFailed."""
    keys.remove_user(_slots(profile, clock, costs), proof, user_id)
    _renew_backups(profile)


def _slots(profile: Profile, clock: Clock, costs: Costs) -> KeySlots:
    try:
        return KeySlots.load(profile.keys, costs=costs, clock=clock)
    except FileNotFoundError:
        raise KeySlotsDamaged(
            "The file that holds this record’s keys is not in its place.",
            "The record itself has not been touched.",
            "Each backup keeps a copy of the keys: choose “Restore from a backup”, or ask your computer support.",
        ) from None


def opened(
    profile: Profile, unlocked: Unlocked, clock: Clock, costs: Costs, *, even_if_saves_are_missing: bool
) -> SignedIn:
    """Open the record for whoever proved who they are. Raises the errors of `open_store`."""
    from eolc_desktop.models.store import open_store  # noqa: PLC0415

    slots = _slots(profile, clock, costs)
    _keep_private(profile)
    if unlocked.next_key:
        from eolc_desktop.models import rekeying  # noqa: PLC0415  once, after a power cut at the wrong moment

        unlocked = replace(unlocked, key=rekeying.settle(profile, slots, unlocked.key, unlocked.next_key), next_key=b"")
    store = open_store(
        profile.store,
        unlocked.key,
        slots.store_id,
        even_if_saves_are_missing=even_if_saves_are_missing,
        clock=clock,
    )
    return SignedIn(store, unlocked)


def _keep_private(profile: Profile) -> None:
    """Take back what let other users of the computer read, as after copying the folder by hand.

    Where the disk does not let it, nothing is said: it is no reason to keep anybody from a plan.
    """
    with suppress(StoreFull, OSError):
        profile.make_private()
        for path in (profile.store, profile.keys, mirror_of(profile.keys)):
            if os.name == "posix" and path.exists() and path.stat().st_mode & 0o077:
                path.chmod(0o600)


def _renew_backups(profile: Profile) -> None:
    from eolc_desktop.models.backup import renew_keys  # noqa: PLC0415

    renew_keys(profile.keys, profile.backups)
