"""The computer's key store, in every state: it may help, it must never hold anybody up or weaken anything."""

from __future__ import annotations

import base64
import secrets
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import chainer, fail, null
from keyring.errors import KeyringLocked, PasswordDeleteError

from eolc_desktop.errors import KeyringUnavailable, NotAllowed
from eolc_desktop.models import keys, os_keyring
from eolc_desktop.models.key_file import Costs, Method
from eolc_desktop.models.keys import KeySlots, create_slots, unlock_with_passphrase
from tests.models.conftest import SetClock

GOOD = "violet tractor pond marmalade"


class KeptInMemory(KeyringBackend):
    """A key store that works. Named as the real ones are, since they are told apart by name."""

    priority = 5

    def __init__(self) -> None:
        KeyringBackend.__init__(self)  # type: ignore[no-untyped-call]
        self.held: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.held.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.held[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.held:
            raise PasswordDeleteError
        del self.held[service, username]


def named(kind: type[KeptInMemory], module: str, name: str) -> KeptInMemory:
    return cast(KeptInMemory, type(name, (kind,), {"__module__": module, "__qualname__": name})())


def secret_service(kind: type[KeptInMemory] = KeptInMemory) -> KeptInMemory:
    return named(kind, "keyring.backends.SecretService", "Keyring")


class Locked(KeptInMemory):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("Failed to unlock the collection!")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise KeyringLocked("Failed to unlock the collection!")


class Forgetful(KeptInMemory):
    def get_password(self, service: str, username: str) -> str | None:
        return None


class Broken(KeptInMemory):
    def get_password(self, service: str, username: str) -> str | None:
        raise OSError(1783, "The stub received bad data")


class Waiting(KeptInMemory):
    """Waits behind a question that nobody sees, as a locked key store can."""

    answered = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.answered.wait(20)
        return None


@pytest.fixture(autouse=True)
def restored() -> Iterator[None]:
    before = keyring.get_keyring()
    yield
    keyring.set_keyring(before)


@pytest.fixture
def slots(tmp_path: Path, clock: SetClock, cheap: Costs) -> KeySlots:
    return create_slots(tmp_path / "keys.json", "asha", "Asha Okafor", GOOD, clock, costs=cheap)[2]


def plain(kind: Any) -> KeyringBackend:
    """Return one of the library's own."""
    return cast(KeyringBackend, kind())


def attempts(slots: KeySlots) -> list[Callable[[], object]]:
    backend = "keyring.backends.SecretService.Keyring"
    return [
        lambda: os_keyring.backend_name(),
        lambda: os_keyring.keep_secret("asha", "s"),
        lambda: os_keyring.kept_secret("asha", backend),
        lambda: keys.enrol_keyring(slots, unlock_with_passphrase(slots, GOOD)),
    ]


def all_untrusted() -> list[KeyringBackend]:
    return [
        plain(fail.Keyring),
        plain(null.Keyring),
        named(KeptInMemory, "keyrings.alt.file", "PlaintextKeyring"),
        named(KeptInMemory, "keyring.backends.SecretService", "PlaintextKeyring"),
        plain(chainer.ChainerBackend),
    ]


@pytest.mark.parametrize("backend", all_untrusted(), ids=["none", "null", "plain text", "untrusted", "chain"])
def test_none_or_one_that_keeps_secrets_in_the_clear_is_refused_at_once(
    backend: KeyringBackend, slots: KeySlots, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [plain(null.Keyring)])
    keyring.set_keyring(backend)
    for attempt in attempts(slots):
        with pytest.raises(KeyringUnavailable, match="unlock with your passphrase"):
            attempt()
    assert not slots.of_method(Method.KEYRING)
    if isinstance(backend, KeptInMemory):
        assert not backend.held, "nothing was given to it"


@pytest.mark.parametrize("kind", [Locked, Forgetful, Broken], ids=lambda kind: kind.__name__)
def test_one_that_is_locked_forgets_or_breaks_leaves_everything_as_it_was(
    kind: type[KeptInMemory], slots: KeySlots
) -> None:
    keyring.set_keyring(secret_service(kind))
    before = slots.path.read_bytes()
    for attempt in attempts(slots)[1:]:
        with pytest.raises(KeyringUnavailable, match="Nothing is lost"):
            attempt()
    assert slots.path.read_bytes() == before


@pytest.mark.hazard("H35")
def test_one_that_never_answers_is_left_alone_in_time() -> None:
    keyring.set_keyring(secret_service(Waiting))
    with pytest.raises(KeyringUnavailable, match="did not answer"):
        os_keyring.kept_secret("asha", "keyring.backends.SecretService.Keyring", seconds=0.05)
    Waiting.answered.set()
    for thread in threading.enumerate():
        if thread.name == "computer-key-store":
            thread.join(10)
            assert not thread.is_alive()


def test_chosen_it_unlocks_and_its_secret_alone_is_useless(slots: KeySlots, clock: SetClock, cheap: Costs) -> None:
    backend = secret_service()
    keyring.set_keyring(backend)
    asha = unlock_with_passphrase(slots, GOOD)
    with pytest.raises(KeyringUnavailable, match="not switched on"):
        keys.unlock_with_keyring(slots)
    keys.enrol_keyring(slots, asha)
    again = KeySlots.load(slots.path, costs=cheap, clock=clock)
    assert keys.unlock_with_keyring(again).key == asha.key
    assert keys.unlock_with_keyring(again, "asha").user_id == "asha"
    (account, kept), *others = backend.held.items()
    assert not others
    assert account == ("EoLC Desktop", f"{slots.store_id}/asha")
    assert base64.b64decode(kept) != asha.key
    assert len(kept) < 100, "Windows takes no more than 1,280 characters"
    assert unlock_with_passphrase(again, GOOD).key == asha.key, "the passphrase always works beside it"


def test_another_key_store_than_before_is_noticed(slots: KeySlots) -> None:
    first = secret_service()
    keyring.set_keyring(first)
    keys.enrol_keyring(slots, unlock_with_passphrase(slots, GOOD))
    second = named(KeptInMemory, "keyring.backends.kwallet", "DBusKeyring")
    second.held = dict(first.held)
    keyring.set_keyring(second)
    with pytest.raises(KeyringUnavailable, match="another key store"):
        keys.unlock_with_keyring(slots)


@pytest.mark.parametrize("kept", ["", "not base64!", "é", base64.b64encode(b"short").decode(), None])
def test_a_secret_that_was_changed_opens_nothing(slots: KeySlots, kept: str | None) -> None:
    backend = secret_service()
    keyring.set_keyring(backend)
    keys.enrol_keyring(slots, unlock_with_passphrase(slots, GOOD))
    account = next(iter(backend.held))
    backend.held[account] = base64.b64encode(secrets.token_bytes(32)).decode() if kept is None else kept
    with pytest.raises(KeyringUnavailable):
        keys.unlock_with_keyring(slots)
    assert slots.tries.seconds_to_wait() == 0


def test_two_people_are_never_taken_for_each_other(slots: KeySlots) -> None:
    keyring.set_keyring(secret_service())
    asha = unlock_with_passphrase(slots, GOOD)
    keys.add_user(slots, asha, "ben", "Ben Li", "seven lemon ladders asleep")
    keys.enrol_keyring(slots, asha)
    keys.enrol_keyring(slots, unlock_with_passphrase(slots, "seven lemon ladders asleep"))
    with pytest.raises(KeyringUnavailable, match="choose your name"):
        keys.unlock_with_keyring(slots)
    assert keys.unlock_with_keyring(slots, "ben").user_id == "ben"
    assert keys.unlock_with_keyring(slots, "asha").user_id == "asha"


def test_switched_off_its_secret_is_taken_back_and_the_passphrase_stays(slots: KeySlots) -> None:
    backend = secret_service()
    keyring.set_keyring(backend)
    asha = unlock_with_passphrase(slots, GOOD)
    keys.remove_slot(slots, asha, keys.enrol_keyring(slots, asha).id)
    assert not backend.held
    assert not slots.of_method(Method.KEYRING)
    with pytest.raises(NotAllowed):
        keys.remove_slot(slots, asha, asha.slot.id)


def test_it_can_be_switched_off_when_the_key_store_is_gone(slots: KeySlots) -> None:
    keyring.set_keyring(secret_service())
    asha = unlock_with_passphrase(slots, GOOD)
    slot = keys.enrol_keyring(slots, asha)
    keyring.set_keyring(plain(fail.Keyring))
    keys.remove_slot(slots, asha, slot.id)
    assert not slots.of_method(Method.KEYRING)


def test_on_windows_the_secret_stays_on_this_computer() -> None:
    windows = named(KeptInMemory, "keyring.backends.Windows", "WinVaultKeyring")
    keyring.set_keyring(windows)
    os_keyring.keep_secret("asha", "s")
    assert getattr(windows, "persist", None) == "local machine"


def test_the_trusted_one_is_chosen_from_several(monkeypatch: pytest.MonkeyPatch) -> None:
    clear, trusted = named(KeptInMemory, "keyrings.alt.file", "PlaintextKeyring"), secret_service()
    monkeypatch.setattr(chainer.ChainerBackend, "backends", [clear, trusted])
    keyring.set_keyring(plain(chainer.ChainerBackend))
    assert os_keyring.keep_secret("asha", "s").backend == "keyring.backends.SecretService.Keyring"
    assert not clear.held
