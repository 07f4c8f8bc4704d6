"""Several nurses on one laptop: the computer's key store opens the record for whoever chose it, under no other name."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest

from eolc_desktop.services import sign_in
from eolc_desktop.services.session import Session
from eolc_desktop.services.sign_in import NewUser
from tests.app.laptop import CHEAP, WORDS, Laptop, laptop
from tests.models.test_os_keyring import secret_service
from tests.pages import Page

__all__ = ["laptop"]
BEN, HIS_WORDS = NewUser("Ben Li", "district nurse", "", frozenset({"nurse"})), "seven lemon ladders asleep"
KEY_STORE = "Use this computer’s key store"
pytestmark = pytest.mark.hazard("H38")


@pytest.fixture
def shared(laptop: Laptop) -> Iterator[Laptop]:
    """Jo and Ben use it, and Jo chose the key store."""
    before = keyring.get_keyring()
    keyring.set_keyring(secret_service())
    laptop.make(lambda session: add(laptop, session))
    choose_the_key_store(laptop, WORDS)
    yield laptop
    keyring.set_keyring(before)


def add(laptop: Laptop, session: Session) -> None:
    proof = sign_in.prove(laptop.profile, WORDS, laptop.clock, costs=CHEAP)
    sign_in.add_user(laptop.profile, session.store, proof, BEN, HIS_WORDS, laptop.clock, costs=CHEAP)


def choose_the_key_store(laptop: Laptop, words: str) -> None:
    proof = sign_in.prove(laptop.profile, words, laptop.clock, costs=CHEAP)
    sign_in.set_keyring(laptop.profile, proof, on=True, clock=laptop.clock, costs=CHEAP)


def opens_as(laptop: Laptop, page: Page, name: str) -> None:
    page.choose("Who are you?", name)
    page.press(KEY_STORE)
    laptop.qtbot.waitUntil(lambda: laptop.program.shell is not None, timeout=10_000)
    page.wait_until_says(f"{name}, district nurse")
    laptop.program.end()


def test_it_is_offered_to_who_chose_it_and_not_under_another_name(shared: Laptop) -> None:
    page = shared.start()
    assert not page.has(KEY_STORE), "nobody has said yet who they are"
    page.choose("Who are you?", "Ben Li")
    assert not page.has(KEY_STORE), "it would open the record as Jo"
    opens_as(shared, page, "Jo Okafor")


def test_two_who_chose_it_come_in_each_under_their_own_name(shared: Laptop) -> None:
    choose_the_key_store(shared, HIS_WORDS)
    for name in ("Ben Li", "Jo Okafor"):
        opens_as(shared, shared.start(), name)
