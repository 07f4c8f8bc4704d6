"""The record's key: random, never shown, wrapped once for each person and each way of unlocking."""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
import uuid
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC
from pathlib import Path

from eolc_desktop.clock import Clock, system_clock
from eolc_desktop.errors import InvalidValue, KeyringUnavailable, NotAllowed, StoreFull, WrongPassphrase
from eolc_desktop.models import os_keyring
from eolc_desktop.models.key_file import (
    STANDARD,
    Argon2idCost,
    Cost,
    Costs,
    KeyFile,
    Method,
    ScryptCost,
    Slot,
    read_key_file,
    write_key_file,
)
from eolc_desktop.models.key_sealing import is_sealed, public_of, unsealed
from eolc_desktop.models.passphrase import normalise, passphrase_problem
from eolc_desktop.models.recovery_code import code_problem, new_secret, read_code, write_code
from eolc_desktop.models.tries import Tries

KEY_BYTES = 32


class WaitFirst(WrongPassphrase):
    """Too many wrong tries in a row: `seconds` must pass before the next one is looked at."""

    def __init__(self, seconds: int) -> None:
        count = "1 second" if seconds == 1 else f"{seconds} seconds"
        super().__init__(
            f"After several wrong tries the program waits before the next: {count} more.",
            "Nothing is lost, and nothing is ever deleted because of wrong tries.",
            "Please wait, then try again, or use your recovery code.",
        )
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What a right passphrase, code or key store gives: the 32-byte key of the store, and whose slot it was."""

    key: bytes = field(repr=False)
    user_id: str
    slot: Slot
    next_key: bytes = field(default=b"", repr=False)
    """The key the record has instead, when changing it was cut off after the file had been turned."""


class KeySlots:
    """The slots in one file. A change is on the disk, twice, before a function that makes it returns."""

    def __init__(self, path: Path, held: KeyFile, costs: Costs, clock: Clock, *, in_line: bool = True) -> None:
        self.path = path
        self.store_id = held.store_id
        self.slots = held.slots
        self.next_slots = held.next_slots
        self.costs = costs
        self.clock = clock
        self._in_line = in_line

    @classmethod
    def load(cls, path: Path, *, costs: Costs = STANDARD, clock: Clock = system_clock) -> KeySlots:
        """Read the slots at `path`, or their second copy when the first is damaged.

        `costs` is the least that slots are believed with: a file that makes guessing cheaper was altered.
        Raises FileNotFoundError when there is none and KeySlotsDamaged when none can be believed.
        """
        held, apart = read_key_file(path, costs)
        return cls(path, held, costs, clock, in_line=not apart)

    @property
    def tries(self) -> Tries:
        """The wrong tries since the last right one."""
        return Tries(self.path.with_name(self.path.name + ".tries"), self.clock)

    def of_method(self, method: Method, user_id: str | None = None) -> tuple[Slot, ...]:
        """Return the slots that open by `method`, those of one person when `user_id` is given."""
        return tuple(slot for slot in self.slots if slot.method is method and user_id in (None, slot.user_id))

    def replace_slots(self, slots: tuple[Slot, ...], next_slots: tuple[Slot, ...] = ()) -> None:
        """Write `slots` in place of those held. Raises StoreFull, changing nothing, when the disk refuses."""
        try:
            self._in_line = write_key_file(self.path, KeyFile(self.store_id, slots, next_slots))
        except OSError:
            raise StoreFull(
                "The keys could not be written to this computer’s disk.",
                "The keys and the record are as they were.",
                "Please make some room on the disk, then try again.",
            ) from None
        self.slots, self.next_slots = slots, next_slots

    def bring_into_line(self) -> None:
        """Repair the two copies from each other, once a slot has proved that what is held is whole.

        A disk that takes nothing keeps nobody out: one copy is enough, and the next unlocking tries again.
        """
        if not self._in_line:
            with suppress(StoreFull):
                self.replace_slots(self.slots, self.next_slots)


def create_slots(
    path: Path,
    user_id: str,
    user_name: str,
    passphrase: str,
    clock: Clock,
    *,
    store_id: str = "",
    key: bytes = b"",
    costs: Costs = STANDARD,
) -> tuple[bytes, str, KeySlots]:
    """Make the keys of a new record: return its random key, the recovery code to be shown once, and the slots.

    `store_id` and `key` are made at random when they are not given. Raises InvalidValue when the passphrase will not
    do, and StoreFull when the disk does not take the file.
    """
    slots = KeySlots(path, KeyFile(store_id or str(uuid.uuid4()), ()), costs, clock)
    unlocked_key = key or secrets.token_bytes(KEY_BYTES)
    fresh, code = _slots_for(slots, unlocked_key, user_id, user_name, passphrase)
    slots.replace_slots(fresh)
    return unlocked_key, code, slots


def unlock_with_passphrase(slots: KeySlots, passphrase: str, user_id: str | None = None) -> Unlocked:
    """Open the slot that `passphrase` fits, among those of one person when `user_id` is given.

    Takes about 0.3 s for each slot tried. Raises WaitFirst before the wait after wrong tries is over, WrongPassphrase
    when it fits none.
    """
    return _try_all(
        slots,
        slots.of_method(Method.PASSPHRASE, user_id),
        normalise(passphrase),
        WrongPassphrase(
            "That passphrase does not open this record.",
            "Nothing is lost.",
            "Please check Caps Lock and the keyboard’s language, and try again. Your recovery code opens it as well.",
        ),
    )


def unlock_with_recovery_code(slots: KeySlots, code: str) -> Unlocked:
    """Open the slot that the recovery code fits; capitals, spaces and hyphens do not matter.

    Raises WrongPassphrase with words about the slip when `code` cannot be a code at all (which counts as no try),
    WaitFirst and WrongPassphrase as with a passphrase.
    """
    secret = read_code(code)
    if secret is None:
        raise WrongPassphrase(code_problem(code) or "", "Nothing is lost.", "")
    return _try_all(
        slots,
        slots.of_method(Method.RECOVERY_CODE),
        write_code(secret).encode(),
        WrongPassphrase(
            "That recovery code does not open this record.",
            "Nothing is lost.",
            "Please check that the page is the one for this laptop, and the newest one.",
        ),
    )


def unlock_with_keyring(slots: KeySlots, user_id: str | None = None) -> Unlocked:
    """Open the slot whose secret the computer's key store holds, without asking anything.

    `user_id` may be left out when one person only has chosen this. Raises KeyringUnavailable; the passphrase still
    opens the record then.
    """
    enrolled = slots.of_method(Method.KEYRING, user_id)
    if not enrolled:
        raise KeyringUnavailable(
            "Unlocking with this computer’s own key store is not switched on.",
            "Nothing is lost.",
            "Please unlock with your passphrase.",
        )
    if len(enrolled) > 1:
        raise KeyringUnavailable(
            "More than one person unlocks this record with this computer’s own key store.",
            "Nothing is lost.",
            "Please choose your name first, or unlock with your passphrase.",
        )
    slot = enrolled[0]
    secret = _secret_bytes(os_keyring.kept_secret(_account(slots, slot), slot.backend))
    if secret and (key := _opened(slots.store_id, slot, secret)):
        slots.bring_into_line()
        return Unlocked(key, slot.user_id, slot, _next_key(slots, slot, secret))
    raise KeyringUnavailable(
        "What this computer’s own key store holds does not fit this record.",
        "Nothing is lost.",
        "Please unlock with your passphrase, then switch this off and on again in Settings.",
    )


def add_user(slots: KeySlots, unlocked: Unlocked, user_id: str, user_name: str, passphrase: str) -> str:
    """Let another person in with a passphrase of their own; return their recovery code, to be shown once.

    Raises InvalidValue when the passphrase will not do, NotAllowed when the person has slots already.
    """
    if any(slot.user_id == user_id for slot in slots.slots):
        raise NotAllowed("This person can unlock this record already.", "Nothing was changed.")
    fresh, code = _slots_for(slots, unlocked.key, user_id, user_name, passphrase)
    slots.replace_slots((*slots.slots, *fresh))
    return code


def change_passphrase(slots: KeySlots, unlocked: Unlocked, passphrase: str) -> None:
    """Wrap the key with a new passphrase for the person who unlocked; the old one opens nothing any more.

    Raises InvalidValue when the new one will not do.
    """
    refuse_passphrase(passphrase, unlocked.slot.user_name)
    fresh = _passphrase_slot(slots, unlocked.key, unlocked.user_id, unlocked.slot.user_name, passphrase)
    slots.replace_slots((*_without(slots, Method.PASSPHRASE, unlocked.user_id), fresh))


def replace_recovery_code(slots: KeySlots, unlocked: Unlocked) -> str:
    """Make and return a new recovery code for the person who unlocked; the old one opens nothing any more."""
    fresh, code = _code_slot(slots, unlocked.key, unlocked.user_id, unlocked.slot.user_name)
    slots.replace_slots((*_without(slots, Method.RECOVERY_CODE, unlocked.user_id), fresh))
    return code


def enrol_keyring(slots: KeySlots, unlocked: Unlocked) -> Slot:
    """Let the computer's own key store unlock the record for this person.

    Raises KeyringUnavailable; nothing is changed then.
    """
    secret = secrets.token_bytes(KEY_BYTES)
    slot = _new_slot(slots, unlocked.user_id, unlocked.slot.user_name, Method.KEYRING, None, b"")
    kept = os_keyring.keep_secret(_account(slots, slot), base64.b64encode(secret).decode())
    fresh = _wrapped(slots.store_id, replace(slot, backend=kept.backend), secret, unlocked.key)
    slots.replace_slots((*_without(slots, Method.KEYRING, unlocked.user_id), fresh))
    return fresh


def remove_slot(slots: KeySlots, unlocked: Unlocked, slot_id: str) -> None:
    """Take one way of unlocking away.

    Raises NotAllowed when no passphrase would be left for the person who unlocked: nobody may lock themselves out.
    """
    kept = tuple(slot for slot in slots.slots if slot.id != slot_id)
    if not any(slot.method is Method.PASSPHRASE and slot.user_id == unlocked.user_id for slot in kept):
        raise NotAllowed(
            "This is the passphrase you unlock this record with.",
            "Nothing was changed.",
            "You can change it in Settings, but not take it away.",
        )
    removed = [slot for slot in slots.slots if slot.id == slot_id and slot.method is Method.KEYRING]
    slots.replace_slots(kept)
    for slot in removed:
        try:
            os_keyring.forget_secret(_account(slots, slot))
        except KeyringUnavailable:
            # Without its slot the secret left in the key store opens nothing.
            continue


def remove_user(slots: KeySlots, unlocked: Unlocked, user_id: str) -> None:
    """Take every way of unlocking from another person, who then cannot open the record on this laptop any more.

    Raises NotAllowed for the person who unlocked.
    """
    if user_id == unlocked.user_id:
        raise NotAllowed(
            "You cannot take away your own way in.",
            "Nothing was changed.",
            "Somebody else who uses this laptop can do it for you.",
        )
    slots.replace_slots(tuple(slot for slot in slots.slots if slot.user_id != user_id))


def refuse_passphrase(passphrase: str, user_name: str) -> None:
    """Raise InvalidValue, in words, when a new passphrase will not do."""
    if problem := passphrase_problem(passphrase, user_name):
        raise InvalidValue(problem, "Nothing was changed.")


def _slots_for(
    slots: KeySlots, key: bytes, user_id: str, user_name: str, passphrase: str
) -> tuple[tuple[Slot, Slot], str]:
    refuse_passphrase(passphrase, user_name)
    code_slot, code = _code_slot(slots, key, user_id, user_name)
    return (_passphrase_slot(slots, key, user_id, user_name, passphrase), code_slot), code


def _passphrase_slot(slots: KeySlots, key: bytes, user_id: str, user_name: str, passphrase: str) -> Slot:
    cost, salt = slots.costs.passphrase, secrets.token_bytes(16)
    slot = _new_slot(slots, user_id, user_name, Method.PASSPHRASE, cost, salt)
    return _wrapped(slots.store_id, slot, _derived(cost, normalise(passphrase), salt), key)


def _code_slot(slots: KeySlots, key: bytes, user_id: str, user_name: str) -> tuple[Slot, str]:
    cost, salt, code = slots.costs.recovery_code, secrets.token_bytes(16), write_code(new_secret())
    slot = _new_slot(slots, user_id, user_name, Method.RECOVERY_CODE, cost, salt)
    return _wrapped(slots.store_id, slot, _derived(cost, code.encode(), salt), key), code


def _new_slot(slots: KeySlots, user_id: str, user_name: str, method: Method, cost: Cost | None, salt: bytes) -> Slot:
    created = slots.clock().astimezone(UTC).isoformat(timespec="seconds")
    return Slot(str(uuid.uuid4()), user_id, user_name, method, created, cost, salt, "", b"", b"")


def _without(slots: KeySlots, method: Method, user_id: str) -> tuple[Slot, ...]:
    return tuple(slot for slot in slots.slots if slot.method is not method or slot.user_id != user_id)


def _try_all(slots: KeySlots, candidates: tuple[Slot, ...], secret: bytes, wrong: WrongPassphrase) -> Unlocked:
    if seconds := slots.tries.seconds_to_wait():
        raise WaitFirst(seconds)
    slots.tries.count_one()
    for slot in candidates:
        derived = _derived(slot.cost, secret, slot.salt) if slot.cost else b""
        if slot.cost and (key := _opened(slots.store_id, slot, derived)):
            slots.tries.forget()
            slots.bring_into_line()
            return Unlocked(key, slot.user_id, slot, _next_key(slots, slot, derived))
    raise wrong


def _derived(cost: Cost, secret: bytes, salt: bytes) -> bytes:
    match cost:
        case Argon2idCost(memory_kib, passes, lanes):
            from argon2.low_level import Type, hash_secret_raw  # noqa: PLC0415  loaded while the passphrase is typed

            return hash_secret_raw(secret, salt, passes, memory_kib, lanes, KEY_BYTES, Type.ID)
        case ScryptCost(log2_rounds, block, lanes):
            rounds = 1 << log2_rounds
            memory = 128 * block * (rounds + lanes + 4)
            return hashlib.scrypt(secret, salt=salt, n=rounds, r=block, p=lanes, maxmem=memory, dklen=KEY_BYTES)


def _wrapped(store_id: str, slot: Slot, wrapping_key: bytes, key: bytes) -> Slot:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    nonce = secrets.token_bytes(12)
    slot = replace(slot, public=public_of(wrapping_key))
    return replace(slot, nonce=nonce, wrapped=AESGCM(wrapping_key).encrypt(nonce, key, slot.bound_to(store_id)))


def _opened(store_id: str, slot: Slot, wrapping_key: bytes) -> bytes | None:
    from cryptography.exceptions import InvalidTag  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    try:
        if is_sealed(slot):
            return unsealed(store_id, slot, wrapping_key)
        return AESGCM(wrapping_key).decrypt(slot.nonce, slot.wrapped, slot.bound_to(store_id))
    except InvalidTag:
        return None


def _next_key(slots: KeySlots, slot: Slot, wrapping_key: bytes) -> bytes:
    """The key the same slot holds for the record that is being given another one; b"" when none is."""
    found = next((one for one in slots.next_slots if one.id == slot.id), None)
    return (_opened(slots.store_id, found, wrapping_key) or b"") if found else b""


def _account(slots: KeySlots, slot: Slot) -> str:
    return f"{slots.store_id}/{slot.user_id}"


def _secret_bytes(text: str) -> bytes:
    try:
        secret = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        return b""
    return secret if len(secret) == KEY_BYTES else b""
