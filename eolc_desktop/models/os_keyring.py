"""The computer's own key store (that of Windows, macOS, GNOME or KDE): a convenience, asked with a time limit."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from eolc_desktop.errors import KeyringUnavailable

if TYPE_CHECKING:
    from keyring.backend import KeyringBackend

SERVICE = "EoLC Desktop"
SECONDS_TO_ANSWER = 3.0
"""A locked key store may wait for ever behind a question nobody sees."""

TRUSTED = frozenset(
    (
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.libsecret.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
        "keyring.backends.kwallet.DBusKeyringKWallet4",
        "keyring.backends.Windows.WinVaultKeyring",
        "keyring.backends.macOS.Keyring",
    )
)
"""Key stores that keep what they hold encrypted for this user. Plain-text and do-nothing ones are refused."""

_WINDOWS = "keyring.backends.Windows.WinVaultKeyring"

_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Kept:
    """A secret as kept: the text, and the name of the key store it came from or went to."""

    secret: str
    backend: str


def keep_secret(account: str, secret: str, seconds: float = SECONDS_TO_ANSWER) -> Kept:
    """Put `secret` into the key store and read it back. Raises KeyringUnavailable, never anything else."""

    def keep() -> Kept:
        backend, name = _trusted_backend()
        backend.set_password(SERVICE, account, secret)
        if backend.get_password(SERVICE, account) != secret:
            raise _unavailable("It did not keep what it was given.")
        return Kept(secret, name)

    return _within(seconds, keep)


def kept_secret(account: str, expected_backend: str, seconds: float = SECONDS_TO_ANSWER) -> str:
    """Return the secret kept for `account`.

    Raises KeyringUnavailable when the key store is missing, locked, does not answer within `seconds`, holds nothing
    for this record, or is another than `expected_backend`.
    """

    def fetch() -> str:
        backend, name = _trusted_backend()
        if name != expected_backend:
            raise _unavailable("This computer now uses another key store than when this was set up.")
        secret = backend.get_password(SERVICE, account)
        if not secret:
            raise _unavailable("It holds nothing for this record.")
        return secret

    return _within(seconds, fetch)


def forget_secret(account: str, seconds: float = SECONDS_TO_ANSWER) -> None:
    """Take the secret out of the key store. Raises KeyringUnavailable."""

    def forget() -> None:
        backend, _ = _trusted_backend()
        backend.delete_password(SERVICE, account)

    _within(seconds, forget)


def backend_name(seconds: float = SECONDS_TO_ANSWER) -> str:
    """Return the name of the key store that would be used. Raises KeyringUnavailable."""
    return _within(seconds, lambda: _trusted_backend()[1])


def _trusted_backend() -> tuple[KeyringBackend, str]:
    import keyring  # noqa: PLC0415  a tenth of a second, and most people never use it

    chosen = keyring.get_keyring()
    candidates = getattr(chosen, "backends", None) or [chosen]
    for backend in candidates:
        name = f"{type(backend).__module__}.{type(backend).__qualname__}"
        if name in TRUSTED:
            if name == _WINDOWS:
                # By default Windows lets the secret roam to the user's other computers.
                backend.persist = "local machine"
            return backend, name
    raise _unavailable("This computer has none that the program can trust.")


def _within(seconds: float, ask: Callable[[], _Answer]) -> _Answer:
    """Ask on a thread of its own, which is left behind when the key store does not answer in time."""
    answers: list[_Answer] = []
    failures: list[KeyringUnavailable] = []

    def run() -> None:
        try:
            answers.append(ask())
        except KeyringUnavailable as error:
            failures.append(error)
        except Exception:  # noqa: BLE001  key stores raise errors of a dozen libraries; all mean the same here
            failures.append(_unavailable("It is locked, or it refused."))

    thread = threading.Thread(target=run, name="computer-key-store", daemon=True)
    thread.start()
    thread.join(seconds)
    if answers:
        return answers[0]
    raise failures[0] if failures else _unavailable("It did not answer.")


def _unavailable(why: str) -> KeyringUnavailable:
    return KeyringUnavailable(
        f"This computer’s own key store could not be used. {why}",
        "Nothing is lost.",
        "Please unlock with your passphrase.",
    )
