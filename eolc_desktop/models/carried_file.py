"""A file that only one other laptop can open: made for its address, under the key of the laptop that made it.

Both laptops have a key pair (X25519). The file's own key is drawn from a key pair made for this one file and from the
sender's, each met with the recipient's (the pattern X of the Noise framework): so a wrong recipient cannot open it, and
the recipient knows which laptop made it. The content comes in pieces, each encrypted (AES-256-GCM) under its number,
the last one marked, so that none can be taken out, put in another order or cut off unseen.
"""

from __future__ import annotations

import base64
import hashlib
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from eolc_desktop.errors import ImportRefused, InvalidValue

BEGINNING = b"EoLC carried file 1\n"
INFO = b"eolc-desktop carried file 1"
KEY = 32
LARGEST_PIECE = 1 << 26
"""Bytes of one piece, packed or not: more than any person's record or any attachment takes."""
_LENGTH = struct.Struct(">I")
_TAG = 16
_ADDRESS_CHECK = 3
_PREFIX = "EOLC-"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a file can be made for: the public key of a laptop, and what the laptop is called there."""

    key: bytes
    name: str = ""

    @property
    def text(self) -> str:
        """The address as it is copied and put into a file: letters and digits, with a check at its end."""
        body = self.key + hashlib.sha256(self.key).digest()[:_ADDRESS_CHECK]
        letters = base64.b32encode(body).decode().rstrip("=")
        return _PREFIX + "-".join(letters[start : start + 7] for start in range(0, len(letters), 7))

    @property
    def check_words(self) -> str:
        """Twelve letters and digits that two people read to each other, to be sure that it is this laptop."""
        letters = base64.b32encode(hashlib.sha256(INFO + self.key).digest()).decode()[:12]
        return " ".join(letters[start : start + 4] for start in range(0, 12, 4))


def address_in(text: str, name: str = "") -> Address:
    """The address that was typed, pasted or read from a file. Raises InvalidValue."""
    letters = "".join(text.upper().split()).removeprefix(_PREFIX).replace("-", "")
    try:
        body = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except ValueError:
        body = b""
    key, check = body[:KEY], body[KEY:]
    if len(key) != KEY or check != hashlib.sha256(key).digest()[:_ADDRESS_CHECK]:
        raise InvalidValue(
            "This is not the address of a laptop, or part of it is missing.",
            "Nothing was made.",
            "Ask for it again: the other laptop shows it under “To another laptop”.",
            "address",
        )
    return Address(key, name)


def new_key() -> bytes:
    """A private key for this laptop: it stays in the encrypted record."""
    return X25519PrivateKey.generate().private_bytes_raw()


def address_of(private: bytes, name: str = "") -> Address:
    """The address that belongs to a private key."""
    return Address(X25519PrivateKey.from_private_bytes(private).public_key().public_bytes_raw(), name)


class Writer:
    """Writes pieces for one recipient, each packed and encrypted by itself, so that a caseload needs little memory.

    The file is whole only after `finish`.
    """

    def __init__(self, file: BinaryIO, private: bytes, to: Address) -> None:
        own = X25519PrivateKey.generate()
        met = X25519PublicKey.from_public_bytes(to.key)
        self._header = BEGINNING + own.public_key().public_bytes_raw() + address_of(private).key + to.key
        secret = own.exchange(met) + X25519PrivateKey.from_private_bytes(private).exchange(met)
        self._cipher = AESGCM(_file_key(secret, self._header))
        self._file = file
        self._waiting: bytes | None = None
        self._number = 0
        file.write(self._header)

    def add(self, piece: bytes) -> None:
        """Add a piece of at most LARGEST_PIECE bytes."""
        if len(piece) > LARGEST_PIECE:
            raise ValueError("a piece that is too large to be read again")
        if self._waiting is not None:
            self._write(self._waiting, last=False)
        self._waiting = piece

    def finish(self) -> None:
        """Write the last piece, marked as such."""
        self._write(self._waiting or b"", last=True)

    def _write(self, piece: bytes, *, last: bool) -> None:
        sealed = self._cipher.encrypt(_nonce(self._number, last=last), zlib.compress(piece, 6), self._header)
        self._file.write(_LENGTH.pack(len(sealed)) + sealed)
        self._number += 1


@dataclass(frozen=True, slots=True)
class Opened:
    """A file whose first piece was opened: which laptop made it, and the pieces, decrypted one by one."""

    sender: Address
    first: bytes = field(repr=False)
    rest: Iterator[bytes] = field(repr=False)


def read(file: BinaryIO, private: bytes) -> Opened:
    """Open a file that was made for the laptop with this private key.

    Raises ImportRefused: for something else, for a file made for another laptop, for one that is damaged. A file that
    is cut off is told when its end is reached: nothing of it may be taken over before.
    """
    size = len(BEGINNING) + 3 * KEY
    header = file.read(size)
    if not header.startswith(BEGINNING) or len(header) != size:
        raise ImportRefused("This is not a file that was carried from another laptop.", "Nothing was taken over.", "")
    own, sender, to = (header[len(BEGINNING) + KEY * n : len(BEGINNING) + KEY * (n + 1)] for n in range(3))
    mine = X25519PrivateKey.from_private_bytes(private)
    if to != mine.public_key().public_bytes_raw():
        raise ImportRefused(
            "This file was made for another laptop, and only that one can open it.",
            "Nothing was taken over.",
            "Ask for one that is made for the address of this laptop.",
        )
    try:
        secret = mine.exchange(X25519PublicKey.from_public_bytes(own))
        secret += mine.exchange(X25519PublicKey.from_public_bytes(sender))
    except ValueError:
        raise _damaged() from None  # a key that fits nothing
    pieces = _pieces(file, AESGCM(_file_key(secret, header)), header)
    first = next(pieces, None)
    if first is None:
        raise _damaged()
    return Opened(Address(sender), first, pieces)


def _pieces(file: BinaryIO, cipher: AESGCM, header: bytes) -> Iterator[bytes]:
    number, ended = 0, False
    while True:
        length = file.read(_LENGTH.size)
        if not length and ended:
            return
        if len(length) != _LENGTH.size or ended:
            raise _damaged()
        (size,) = _LENGTH.unpack(length)
        if not _TAG <= size <= LARGEST_PIECE + _TAG:
            raise _damaged()
        sealed = file.read(size)
        if len(sealed) != size:
            raise _damaged()
        packed = None
        for last in (False, True):
            try:
                packed = cipher.decrypt(_nonce(number, last=last), sealed, header)
            except (InvalidTag, ValueError):
                continue
            ended = last
            break
        if packed is None:
            raise _damaged()
        yield _unpacked(packed)
        number += 1


def _unpacked(packed: bytes) -> bytes:
    unpacking = zlib.decompressobj()
    try:
        piece = unpacking.decompress(packed, LARGEST_PIECE)
    except zlib.error:
        raise _damaged() from None
    if not unpacking.eof:
        raise _damaged()
    return piece


def _file_key(secret: bytes, header: bytes) -> bytes:
    return HKDF(hashes.SHA256(), KEY, salt=hashlib.sha256(header).digest(), info=INFO).derive(secret)


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes((last,))


def _damaged() -> ImportRefused:
    return ImportRefused(
        "This file is damaged, or part of it is missing.",
        "Nothing was taken over.",
        "Ask for it to be made again, and take the stick out only after the program says that it is saved.",
    )
