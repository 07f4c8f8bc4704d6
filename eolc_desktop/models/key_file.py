"""How the key slots lie on disk: their format, the limits on what is believed, and two copies that never both break."""

from __future__ import annotations

import base64
import binascii
import glob
import hashlib
import json
import os
import secrets
import uuid
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from eolc_desktop.errors import KeySlotsDamaged

FORMAT = 2
"""What is written. Format 1 is read as well: its slots cannot be given another key without their secret."""
_READ = (1, 2)
_MOST_BYTES = 1_000_000
_MOST_SLOTS = 200


class Method(StrEnum):
    """The ways a slot can be opened."""

    PASSPHRASE = "passphrase"  # noqa: S105  a name, not a secret
    RECOVERY_CODE = "recovery_code"
    KEYRING = "keyring"


@dataclass(frozen=True, slots=True)
class Argon2idCost:
    """What one guess at a passphrase costs (RFC 9106): kibibytes of memory, passes over them, lanes."""

    memory_kib: int = 65_536
    passes: int = 3
    lanes: int = 4

    def is_at_least(self, other: Argon2idCost) -> bool:
        """Tell whether a guess costs as much as with `other`; lanes make it no dearer, so they do not count."""
        return self.memory_kib >= other.memory_kib and self.passes >= other.passes

    def is_bearable(self) -> bool:
        """Tell whether this laptop can be asked to do it: a file that was tampered with must not fill its memory."""
        return self.memory_kib <= 1_048_576 and self.passes <= 16 and 1 <= self.lanes <= 16


@dataclass(frozen=True, slots=True)
class ScryptCost:
    """What one guess at a recovery code costs (RFC 7914): rounds as a power of two, block size, lanes."""

    log2_rounds: int = 15
    block: int = 8
    lanes: int = 1

    def is_at_least(self, other: ScryptCost) -> bool:
        """Tell whether a guess costs as much as with `other`."""
        return self.log2_rounds >= other.log2_rounds and self.block >= other.block

    def is_bearable(self) -> bool:
        """Tell whether this laptop can be asked to do it."""
        return self.log2_rounds <= 20 and self.block <= 16 and 1 <= self.lanes <= 16


Cost = Argon2idCost | ScryptCost


@dataclass(frozen=True, slots=True)
class Costs:
    """The cost new slots are made with, and the least that a file is believed with."""

    passphrase: Argon2idCost = Argon2idCost()
    recovery_code: ScryptCost = ScryptCost()


STANDARD = Costs()
"""Argon2id with 64 MiB, 3 passes, 4 lanes (about 0.3 s); scrypt with 2^15 rounds for a code that is random anyway."""


@dataclass(frozen=True, slots=True)
class Slot:
    """The record's key, wrapped for one person by one method; all but `nonce` and `wrapped` is bound to it."""

    id: str
    user_id: str
    user_name: str
    method: Method
    created: str
    cost: Cost | None
    salt: bytes
    backend: str
    nonce: bytes
    wrapped: bytes
    public: bytes = b""
    """With this another key can be sealed for the slot by somebody who does not know its secret; b"" in format 1."""

    def bound_to(self, store_id: str) -> bytes:
        """Return what the wrapping is authenticated with, so that no part of a slot can be changed or moved."""
        kept = {name: value for name, value in _slot_as_data(self).items() if name not in ("nonce", "wrapped")}
        return json.dumps({"store": store_id, **kept}, sort_keys=True, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class KeyFile:
    """What a file of key slots holds."""

    store_id: str
    slots: tuple[Slot, ...]
    next_slots: tuple[Slot, ...] = ()
    """The same slots around the record's next key, while it is being changed: one of the two opens the record."""


def mirror_of(path: Path) -> Path:
    """Return where the second copy of a key file is."""
    return path.with_name(path.name + ".prev")


def write_key_file(path: Path, held: KeyFile) -> bool:
    """Write the slots so that at every moment at least one whole copy is on the disk, then bring the second into line.

    The second copy is made equal, not left one change behind: a passphrase that was changed must not go on opening it.
    Returns whether it could be: what was asked for has happened once the first copy is there. Raises OSError when the
    disk will not take the first; what was there before is then still whole.
    """
    content = as_bytes(held)
    replace_whole(path, content)
    try:
        replace_whole(mirror_of(path), content)
    except OSError:
        return False
    return True


def read_key_file(path: Path, minimum: Costs) -> tuple[KeyFile, bool]:
    """Return what the file holds, from its second copy when it must be, and whether the two need bringing into line.

    Raises FileNotFoundError when neither is there and KeySlotsDamaged when neither can be believed.
    """
    main, mirror = _copy(path, minimum), _copy(mirror_of(path), minimum)
    held = main or mirror
    if held is not None:
        return held, main != mirror
    if path.exists() or mirror_of(path).exists():
        raise key_slots_damaged()
    raise FileNotFoundError(path.name)


def as_bytes(held: KeyFile) -> bytes:
    """Return the file's content: JSON with a checksum, so that damage is not mistaken for a wrong passphrase."""
    body: dict[str, object] = {
        "format": FORMAT,
        "store": held.store_id,
        "slots": [_slot_as_data(slot) for slot in held.slots],
    }
    if held.next_slots:
        body["next"] = [_slot_as_data(slot) for slot in held.next_slots]
    return json.dumps({**body, "checksum": _checksum(body)}, indent=1, ensure_ascii=False).encode()


def from_bytes(content: bytes, minimum: Costs) -> KeyFile:
    """Return what `content` holds, believing nothing weaker than `minimum`. Raises KeySlotsDamaged."""
    try:
        data = json.loads(content)
        checksum = data.pop("checksum")
        if data["format"] not in _READ or checksum != _checksum(data) or not 0 < len(data["slots"]) <= _MOST_SLOTS:
            raise key_slots_damaged()
        slots = tuple(_slot_from_data(slot) for slot in data["slots"])
        next_slots = tuple(_slot_from_data(slot) for slot in data.get("next", ()))
        store_id = str(uuid.UUID(data["store"]))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, binascii.Error):
        raise key_slots_damaged() from None
    for slot in (*slots, *next_slots):
        _refuse_weak(slot, minimum)
    return KeyFile(store_id, slots, next_slots)


def replace_whole(path: Path, content: bytes) -> None:
    """Put `content` at `path` so that a power cut leaves the old file or the new one, readable by its owner only.

    Raises OSError; what was there before is then in its place, also when the disk refused once the new file had its
    name.
    """
    for left_behind in path.parent.glob(f".{glob.escape(path.name)}.*.new"):
        with suppress(OSError):  # it is in nobody's way
            left_behind.unlink(missing_ok=True)
    before = path.read_bytes() if path.exists() else None
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if fresh.read_bytes() != content:
            raise OSError("What was written could not be read back.")
        fresh.replace(path)
        try:
            sync_folder(path.parent)
        except OSError:
            _put_back(path, before)
            raise
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)


def _put_back(path: Path, before: bytes | None) -> None:
    """Undo a change of name that may not outlive a power cut: whoever is told that it failed must find what was there.

    A power cut meanwhile leaves the one or the other, as it does at any other moment.
    """
    if before is None:
        path.unlink(missing_ok=True)
        return
    again = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    with os.fdopen(os.open(again, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(before)
        file.flush()
        with suppress(OSError):
            os.fsync(file.fileno())
    again.replace(path)
    with suppress(OSError):
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` as durable as the files (POSIX; Windows keeps its own journal of them)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def key_slots_damaged() -> KeySlotsDamaged:
    """Return the error for key slots that cannot be believed."""
    return KeySlotsDamaged(
        "The file that holds this record’s keys is damaged or was altered.",
        "The record itself has not been touched.",
        "Each backup keeps a copy of the keys: choose “Restore from a backup”, or ask your computer support.",
    )


def _copy(path: Path, minimum: Costs) -> KeyFile | None:
    try:
        with path.open("rb") as file:
            return from_bytes(file.read(_MOST_BYTES), minimum)
    except (OSError, KeySlotsDamaged):
        return None


def _checksum(body: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(body, sort_keys=True, separators=(",", ":")).encode()).hexdigest()


def _slot_as_data(slot: Slot) -> dict[str, object]:
    return {
        "id": slot.id,
        "user": slot.user_id,
        "name": slot.user_name,
        "method": slot.method.value,
        "created": slot.created,
        "kdf": {**_cost_as_data(slot.cost), "salt": _text(slot.salt)},
        "backend": slot.backend,
        "nonce": _text(slot.nonce),
        "wrapped": _text(slot.wrapped),
        **({"public": _text(slot.public)} if slot.public else {}),
    }


def _cost_as_data(cost: Cost | None) -> dict[str, object]:
    match cost:
        case Argon2idCost():
            return {"name": "argon2id", "memory_kib": cost.memory_kib, "passes": cost.passes, "lanes": cost.lanes}
        case ScryptCost():
            return {"name": "scrypt", "log2_rounds": cost.log2_rounds, "block": cost.block, "lanes": cost.lanes}
        case None:
            return {"name": "none"}


def _slot_from_data(data: Mapping[str, object]) -> Slot:
    kdf = data["kdf"]
    if not isinstance(kdf, dict):
        raise TypeError
    return Slot(
        id=_string(data["id"]),
        user_id=_string(data["user"]),
        user_name=_string(data["name"]),
        method=Method(_string(data["method"])),
        created=_string(data["created"]),
        cost=_cost_from_data(kdf),
        salt=_bytes(kdf["salt"]),
        backend=_string(data["backend"]),
        nonce=_bytes(data["nonce"]),
        wrapped=_bytes(data["wrapped"]),
        public=_bytes(data["public"]) if "public" in data else b"",
    )


def _cost_from_data(kdf: Mapping[str, object]) -> Cost | None:
    match kdf:
        case {"name": "argon2id", "memory_kib": int(memory_kib), "passes": int(passes), "lanes": int(lanes)}:
            return Argon2idCost(memory_kib, passes, lanes)
        case {"name": "scrypt", "log2_rounds": int(log2_rounds), "block": int(block), "lanes": int(lanes)}:
            return ScryptCost(log2_rounds, block, lanes)
        case {"name": "none"}:
            return None
    raise ValueError


def _refuse_weak(slot: Slot, minimum: Costs) -> None:
    match slot.method, slot.cost:
        case Method.PASSPHRASE, Argon2idCost() as argon2id:
            believed = argon2id.is_at_least(minimum.passphrase) and argon2id.is_bearable()
        case Method.RECOVERY_CODE, ScryptCost() as scrypt:
            believed = scrypt.is_at_least(minimum.recovery_code) and scrypt.is_bearable()
        case Method.KEYRING, None:
            believed = True
        case _:
            believed = False
    if (
        not believed
        or (slot.cost and len(slot.salt) < 16)
        or len(slot.nonce) != 12
        or len(slot.wrapped) not in (48, 80)
    ):
        raise key_slots_damaged()


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _bytes(value: object) -> bytes:
    return base64.b64decode(_string(value), validate=True)


def _string(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
