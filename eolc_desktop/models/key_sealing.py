"""Sealing the record's key for somebody who is not there: with the public half of their slot (X25519, HKDF, AES-GCM).

A slot's secret, derived from a passphrase or a code, is at the same time a private key. Its public half stands in the
file, so that whoever changes the record's key can give the new one to everybody who stays, and to nobody else.
"""

from __future__ import annotations

import secrets
from dataclasses import replace

from eolc_desktop.models.key_file import Slot

_PUBLIC_BYTES = 32
_SEALED_BYTES = _PUBLIC_BYTES + 48


def is_sealed(slot: Slot) -> bool:
    """Whether the slot's key was sealed for it by somebody else."""
    return len(slot.wrapped) == _SEALED_BYTES


def public_of(wrapping_key: bytes) -> bytes:
    """The public half of a slot's secret (32 bytes)."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey  # noqa: PLC0415

    return X25519PrivateKey.from_private_bytes(_stretched(wrapping_key, b"eolc slot")).public_key().public_bytes_raw()


def sealed(store_id: str, slot: Slot, key: bytes) -> Slot:
    """The slot around another key, made without its secret. Raises ValueError for one that has no public half."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    if len(slot.public) != _PUBLIC_BYTES:
        raise ValueError("this slot cannot be given a key without its secret")
    once = X25519PrivateKey.generate()
    shared = once.exchange(X25519PublicKey.from_public_bytes(slot.public))
    nonce, public = secrets.token_bytes(12), once.public_key().public_bytes_raw()
    wrapped = AESGCM(_stretched(shared, public)).encrypt(nonce, key, slot.bound_to(store_id))
    return replace(slot, nonce=nonce, wrapped=public + wrapped)


def unsealed(store_id: str, slot: Slot, wrapping_key: bytes) -> bytes:
    """The key that `sealed` put into the slot. Raises InvalidTag for another secret or a changed slot."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey  # noqa: PLC0415
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM  # noqa: PLC0415

    public, wrapped = slot.wrapped[:_PUBLIC_BYTES], slot.wrapped[_PUBLIC_BYTES:]
    private = X25519PrivateKey.from_private_bytes(_stretched(wrapping_key, b"eolc slot"))
    shared = private.exchange(X25519PublicKey.from_public_bytes(public))
    return AESGCM(_stretched(shared, public)).decrypt(slot.nonce, wrapped, slot.bound_to(store_id))


def _stretched(secret: bytes, info: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256  # noqa: PLC0415
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF  # noqa: PLC0415

    return HKDF(SHA256(), 32, None, info).derive(secret)
