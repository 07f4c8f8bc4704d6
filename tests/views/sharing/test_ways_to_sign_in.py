"""The ways to sign in, through the page of settings, with a shared record that lets nobody else in.

It stands behind TLS with a certificate of the organisation's own authority, as a team's own server would.
"""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from joserfc.jwk import ECKey
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices

from eolc_desktop.services import shared_record
from eolc_desktop.services.shared_record import SignInBy
from eolc_desktop.views.settings_page import SettingsPage
from eolc_desktop.views.sharing.settings_card import SharingCard
from tests.pages import Page
from tests.prepared_files import PreparedFiles
from tests.sync.loopback import Asked, Authority, Loopback, Said, authority
from tests.sync.sign_in_service import SignInService, said
from tests.sync.team_record import TeamRecord
from tests.views.conftest import PEGGY, Office
from tests.views.sharing.conftest import SHARED, share

SIGN_IN_SERVICE = ("/.well-known/smart-configuration", "/keys", "/token", "/revoke")


@dataclass
class Guarded:
    """A shared record with its sign-in service at one address: nobody gets in without a token of that service."""

    service: SignInService = field(default_factory=SignInService)
    record: TeamRecord = field(default_factory=TeamRecord)
    turned_away: int = 0

    def answer(self, asked: Asked) -> Said:
        if urlsplit(asked.path).path.removeprefix("/fhir") in SIGN_IN_SERVICE:
            return self.service.answer(asked)
        if asked.headers.get("authorization", "").removeprefix("Bearer ") not in self.service.given:
            self.turned_away += 1
            return said({}, 401)
        return self.record.answer(asked)


@pytest.fixture(scope="module")
def hospice() -> Authority:
    return authority("The hospice’s own authority")


@pytest.fixture
def guarded(hospice: Authority, tmp_path: Path) -> Iterator[Guarded]:
    made = Guarded()
    made.service.server = Loopback(made.answer, hospice.issue(tmp_path / "server.pem"))
    with made.service.server:
        yield made


@pytest.fixture
def browser(guarded: Guarded, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The computer's own browser, in which somebody signs in at once. Holds the addresses that it was given."""
    opened: list[str] = []
    threads: list[threading.Thread] = []

    def go(back: str) -> None:
        with suppress(OSError), urllib.request.urlopen(back, timeout=10) as answer:
            answer.read()

    def open_url(url: QUrl) -> bool:
        opened.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))
        threads.append(threading.Thread(target=go, args=(guarded.service.sign_in_page(opened[-1]),)))
        threads[-1].start()
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", staticmethod(open_url))
    yield opened
    for thread in threads:
        thread.join()


@pytest.fixture
def card(office: Office, guarded: Guarded, hospice: Authority, prepared_files: PreparedFiles, tmp_path: Path) -> Page:
    """The card of sharing in Settings, with the address and the authority given and the way to sign in still open."""
    shown = office.show(SettingsPage(office.desk))
    office.settle()
    (found,) = shown.root.findChildren(SharingCard)
    made = Page(office.qtbot, found)
    made.type("Address of the shared record", guarded.service.base)
    (tmp_path / "hospice.pem").write_text(hospice.pem)
    prepared_files.paths = [tmp_path / "hospice.pem"]
    made.press("Choose a certificate authority…")
    made.wait_until_says("An authority of your organisation’s own vouches for the server.")
    return made


def use(office: Office, card: Page) -> None:
    """Try the server and use it, as the page then offers."""
    card.press("Try this server")
    card.wait_until_says("can be used as a shared record", 20_000)
    card.press("Use this shared record")
    card.wait_until_says("In use: https://localhost")
    office.settle()


def with_a_token(card: Page, guarded: Guarded) -> None:
    guarded.service.given["trial-1"] = "nurse"
    card.choose("How to sign in", "With a token that I was given")
    card.type("Token or private key", "trial-1")


def with_its_own_key(card: Page, guarded: Guarded) -> None:
    key = ECKey.generate_key("P-384")
    guarded.service.client_key = key
    card.choose("How to sign in", "As this program, with a private key")
    card.type("Id of this program there", "eolc-desktop")
    card.type("Token or private key", key.as_pem(private=True).decode())


@pytest.mark.parametrize("way", [with_a_token, with_its_own_key])
def test_a_plan_is_shared_with_a_secret_that_was_typed(
    office: Office, card: Page, guarded: Guarded, way: Callable[[Page, Guarded], None]
) -> None:
    person = office.person(PEGGY, **SHARED)
    way(card, guarded)
    use(office, card)
    assert card.read("Token or private key") == "", "it does not stay on the screen"
    card.wait_until_says("Kept. Type another to replace it.")
    kept = office.on_store(lambda: shared_record.settings(office.session))
    assert kept is not None
    assert kept.secret
    share(office)
    assert any(f"{person}" in key or "She wishes it" in json.dumps(r) for key, r in guarded.record.held.items())
    assert guarded.turned_away == 0


def test_somebody_signs_in_as_themselves_and_stays_signed_in(
    office: Office, card: Page, guarded: Guarded, browser: list[str]
) -> None:
    office.person(PEGGY, **SHARED)
    card.choose("How to sign in", "As myself, in the browser")
    card.press("Try this server")
    assert "Please type the program’s id there." in card.description("Id of this program there")
    card.type("Id of this program there", "eolc-desktop")
    use(office, card)
    share(office)
    assert not guarded.record.held, "the sign-in of the trial is not kept: nothing is sent in anybody's name yet"
    assert office.desk.sharing.words().startswith("Sign in to share")
    with office.qtbot.waitSignal(office.desk.sharing.ended, timeout=20_000):
        card.press("Sign in now")
    office.settle()
    assert len(browser) == 2
    assert all("code_challenge_method=S256" in address for address in browser)
    assert "She wishes it" in json.dumps(guarded.record.held)
    guarded.service.given.clear()  # the access token runs out; then the program is started anew
    office.desk.sharing._signed_in = None
    share(office)
    assert office.desk.sharing.status is not None
    assert office.desk.sharing.status.all_shared
    assert len(browser) == 2, "nobody is asked twice"


def test_a_server_that_its_authority_does_not_vouch_for_is_not_used(
    office: Office, card: Page, guarded: Guarded, prepared_files: PreparedFiles, tmp_path: Path
) -> None:
    with_a_token(card, guarded)
    (tmp_path / "another.pem").write_text(authority("Somebody else").pem)
    prepared_files.paths = [tmp_path / "another.pem"]
    card.press("Choose a certificate authority…")
    card.wait_until_says("The certificate was read.")
    card.press("Try this server")
    card.wait_until_says("could not prove that it is the shared record", 20_000)
    assert not card.has("Use this shared record")
    assert guarded.service.server is not None
    assert guarded.service.server.asked == [], "no token went to it"


def test_a_token_that_is_not_taken_is_said_and_nothing_is_used(office: Office, card: Page, guarded: Guarded) -> None:
    card.choose("How to sign in", "With a token that I was given")
    card.type("Token or private key", "made-up")
    card.press("Try this server")
    card.wait_until_says("The shared record did not accept the sign-in.", 20_000)
    office.settle()
    assert not card.has("Use this shared record")
    assert office.on_store(lambda: shared_record.settings(office.session)) is None


def test_nobody_sends_real_people_to_a_server_that_anybody_may_read(office: Office, card: Page) -> None:
    office.desk.session = replace(office.session, made_up=False)
    card.choose("How to sign in", SignInBy.NOTHING.words)
    card.press("Try this server")
    assert "Real people’s plans are not sent" in card.description("How to sign in")
    assert not card.has("Use this shared record")
