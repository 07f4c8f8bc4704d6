"""A way in as a value: what somebody typed, before it was tried on any keys. The same opens, reads and restores."""

from __future__ import annotations

from collections.abc import Callable

from eolc_desktop.models import keys
from eolc_desktop.models.keys import KeySlots, Unlocked
from eolc_desktop.models.recovery_code import read_code

Way = Callable[[KeySlots], Unlocked]
"""Tries itself on slots. Raises WrongPassphrase, WaitFirst or KeyringUnavailable, as the functions of `keys` do."""


def by_passphrase(passphrase: str, user_id: str | None = None) -> Way:
    """By a passphrase: anybody's, or that of `user_id`."""
    return lambda slots: keys.unlock_with_passphrase(slots, passphrase, user_id)


def by_recovery_code(code: str) -> Way:
    """By a recovery code, however it is spaced."""
    return lambda slots: keys.unlock_with_recovery_code(slots, code)


def by_what_was_typed(typed: str) -> Way:
    """By a recovery code where what was typed is one, with its check characters, and else by a passphrase."""
    return by_recovery_code(typed) if read_code(typed) is not None else by_passphrase(typed)


def by_keyring(user_id: str | None = None) -> Way:
    """By what the computer's own key store holds."""
    return lambda slots: keys.unlock_with_keyring(slots, user_id)
