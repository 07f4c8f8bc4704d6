"""The recovery code: 128 random bits as 28 letters and digits a person can copy from paper without mistakes."""

from __future__ import annotations

import hashlib
import secrets

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O or U, so that nothing on paper looks like something else."""

SECRET_BYTES = 16
_SECRET_LETTERS = 26
_CHECK_LETTERS = 2
_GROUP = 4
_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1", " ": None, "-": None, "\t": None, "\n": None, "\r": None})
# Dashes that word processors and phones put in place of a hyphen.
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−"), None)


def new_secret() -> bytes:
    """Return 16 random bytes to stand behind a recovery code."""
    return secrets.token_bytes(SECRET_BYTES)


def write_code(secret: bytes) -> str:
    """Return the code for `secret` as it is shown and printed: seven groups of four, the last two letters a check."""
    letters = _letters(int.from_bytes(secret, "big"), _SECRET_LETTERS) + _check(secret)
    return "-".join(letters[start : start + _GROUP] for start in range(0, len(letters), _GROUP))


def read_code(text: str) -> bytes | None:
    """Return the 16 bytes behind a code as typed, or None when it cannot be a code (see `code_problem`).

    Capitals, spaces and hyphens do not matter, and O, I and L are read as 0, 1 and 1.
    """
    return None if code_problem(text) else _secret(_plain(text))


def code_problem(text: str) -> str | None:
    """Return, in words for the person typing, why `text` cannot be a recovery code; None when it can be one.

    The check letters find a slip of the pen or finger without saying anything about whether the code is the right one.
    """
    letters = _plain(text)
    if unknown := [letter for letter in letters if letter not in ALPHABET]:
        return f"A recovery code has no “{unknown[0]}” in it. Please look at that letter again."
    wanted = _SECRET_LETTERS + _CHECK_LETTERS
    if len(letters) != wanted:
        return f"A recovery code has {wanted} letters and numbers. This has {len(letters)}."
    value = _value(letters[:_SECRET_LETTERS])
    if value >> (8 * SECRET_BYTES) or letters[_SECRET_LETTERS:] != _check(_secret(letters)):
        return "One letter or number of the code is not as it is on the paper. Please compare them once more."
    return None


def _plain(text: str) -> str:
    return text.upper().translate(_DASHES).translate(_READ_AS)


def _secret(letters: str) -> bytes:
    return _value(letters[:_SECRET_LETTERS]).to_bytes(SECRET_BYTES + 1, "big")[1:]


def _value(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value * len(ALPHABET) + ALPHABET.index(letter)
    return value


def _letters(value: int, count: int) -> str:
    letters = ""
    for _ in range(count):
        value, place = divmod(value, len(ALPHABET))
        letters = ALPHABET[place] + letters
    return letters


def _check(secret: bytes) -> str:
    digest = hashlib.sha256(b"EoLC Desktop recovery code" + secret).digest()
    return _letters(int.from_bytes(digest[:2], "big") >> 6, _CHECK_LETTERS)
