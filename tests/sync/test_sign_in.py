"""Signing in: real exchanges with a service on this computer, and everything that must be refused."""

from __future__ import annotations

import threading
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from threading import Event
from urllib.error import HTTPError

import pytest
from joserfc.jwk import ECKey, OctKey, RSAKey

from eolc_desktop.errors import Cancelled, InvalidValue, ServerRefused, SignInNeeded
from eolc_desktop.sync import sign_in_browser
from eolc_desktop.sync.http import Http
from eolc_desktop.sync.server import Request, server_at
from eolc_desktop.sync.sign_in import GivenToken, OwnKey, discover
from eolc_desktop.sync.sign_in_browser import BrowserSignIn, Client
from tests.sync.sign_in_service import SignInService

ASK = Request("GET", "metadata")


@pytest.fixture
def service() -> Iterator[SignInService]:
    made = SignInService()
    with made.run():
        yield made


def pem(key: RSAKey | ECKey) -> str:
    return key.as_pem(private=True).decode()


# With a token that was given


def test_a_given_token_is_sent(service: SignInService) -> None:
    service.given["trial"] = "nurse"
    with Http(server_at(service.base), GivenToken(" trial\n")) as http:
        assert http.send(ASK).ok
    with Http(server_at(service.base), GivenToken("other")) as http:
        assert http.send(ASK).status == 401


@pytest.mark.parametrize("token", ["", "two words", "line\nbreak", "ünlaut", "x" * 20_000])
def test_what_cannot_be_a_token_is_refused(token: str) -> None:
    with pytest.raises(InvalidValue):
        GivenToken(token)


# With a key of the program's own


@pytest.mark.parametrize(
    "key",
    [RSAKey.generate_key(2048), ECKey.generate_key("P-256"), ECKey.generate_key("P-384")],
    ids=["RSA", "P-256", "P-384"],
)
def test_a_program_signs_in_with_its_key(service: SignInService, key: RSAKey | ECKey) -> None:
    service.client_key = key
    with Http(server_at(service.base), OwnKey("eolc-desktop", pem(key), "system/*.rs")) as http:
        assert http.send(ASK).ok
        assert http.send(ASK).ok
    assert len(service.given) == 1, "one token does for many requests"


def test_a_token_that_is_taken_back_is_asked_for_again(service: SignInService) -> None:
    service.client_key = key = ECKey.generate_key("P-256")
    with Http(server_at(service.base), OwnKey("eolc-desktop", pem(key), "system/*.rs")) as http:
        http.send(ASK)
        service.given.clear()
        assert http.send(ASK).ok
    assert len(service.assertions) == 2


@pytest.mark.parametrize(
    "key",
    [
        "",
        "no key",
        ECKey.generate_key("P-521").as_pem(private=True).decode(),
        RSAKey.generate_key(2048).as_pem(private=False).decode(),
        str(OctKey.generate_key(256).as_dict()),
    ],
    ids=["nothing", "words", "another curve", "public", "shared secret"],
)
def test_a_key_that_cannot_sign_is_refused(key: str) -> None:
    with pytest.raises(InvalidValue):
        OwnKey("eolc-desktop", key, "system/*.rs")


def test_a_sign_in_service_without_encryption_gets_nothing(service: SignInService) -> None:
    service.lie = "no encryption"
    with Http(server_at(service.base)) as http, pytest.raises(ServerRefused, match="without encryption"):
        discover(http)


# In the browser


class Browser:
    """Opens the page, signs in, and goes back where it is sent, as a person's browser would."""

    def __init__(self, service: SignInService, **changes: str) -> None:
        self.service, self.changes = service, changes
        self.page = ""
        self.threads: list[threading.Thread] = []

    def __call__(self, address: str) -> None:
        back = self.service.sign_in_page(address, **self.changes)
        thread = threading.Thread(target=self._go, args=(back,))
        thread.start()
        self.threads.append(thread)

    def _go(self, back: str) -> None:
        with suppress(OSError), urllib.request.urlopen(back, timeout=10) as answer:
            self.page = answer.read().decode()

    def __enter__(self) -> Browser:
        return self

    def __exit__(self, *_about: object) -> None:
        for thread in self.threads:
            thread.join()


def as_user(service: SignInService, **more: object) -> BrowserSignIn:
    return BrowserSignIn(Client("eolc-desktop", "openid offline_access user/*.*", service.base), **more)  # type: ignore[arg-type]


def test_a_user_signs_in_and_stays_signed_in(service: SignInService) -> None:
    kept: list[str] = []
    signing_in = as_user(service, keep=kept.append)
    with Http(server_at(service.base), signing_in) as http, Browser(service) as browser:
        signing_in.sign_in(http, browser)
        assert http.send(ASK).ok
        service.given.clear()  # the access token ran out
        assert http.send(ASK).ok
    assert "close this page" in browser.page
    assert len(kept) == 2, "the second refresh token took the place of the first"

    again = as_user(service, refresh=kept[-1], keep=kept.append)
    with Http(server_at(service.base), again) as http:
        assert http.send(ASK).ok
    assert service.families[kept[-1]]
    tokens = [*service.given, *kept]
    assert not any(token in browser.page for token in tokens)


def test_a_refresh_token_that_is_refused_is_forgotten(service: SignInService) -> None:
    kept: list[str] = []
    signing_in = as_user(service, refresh="stolen", keep=kept.append)
    with Http(server_at(service.base), signing_in) as http:
        with pytest.raises(SignInNeeded, match="not accept"):
            http.send(ASK)
        with pytest.raises(SignInNeeded, match="not signed in"):
            http.send(ASK)
    assert kept == [""]
    assert sum(asked.path.endswith("/token") for asked in service.server.asked) == 1  # type: ignore[union-attr]


def test_signing_out_takes_the_token_back(service: SignInService) -> None:
    kept: list[str] = []
    signing_in = as_user(service, keep=kept.append)
    with Http(server_at(service.base), signing_in) as http, Browser(service) as browser:
        signing_in.sign_in(http, browser)
        signing_in.sign_out(http)
        with pytest.raises(SignInNeeded):
            http.send(ASK)
    assert kept[-1] == ""
    assert not service.families


@pytest.mark.parametrize("lie", ["issuer", "audience", "nonce", "signature", "run out"])
def test_an_identity_that_is_not_for_this_sign_in_is_refused(service: SignInService, lie: str) -> None:
    service.lie = lie
    signing_in = as_user(service)
    with Http(server_at(service.base), signing_in) as http, Browser(service) as browser:
        with pytest.raises(ServerRefused, match="not the one"):
            signing_in.sign_in(http, browser)
        with pytest.raises(SignInNeeded):
            http.send(ASK)


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"iss": "https://other.example"}, ServerRefused),
        ({"iss": ""}, ServerRefused),
        ({"code": ""}, ServerRefused),
        ({"error": "access_denied"}, SignInNeeded),
        ({"code": "made-up"}, SignInNeeded),
    ],
)
def test_an_answer_that_is_not_the_services_is_refused(
    service: SignInService, changes: dict[str, str], error: type[Exception]
) -> None:
    signing_in = as_user(service)
    with (
        Http(server_at(service.base), signing_in) as http,
        Browser(service, **changes) as browser,
        pytest.raises(error),
    ):
        signing_in.sign_in(http, browser)


def test_who_does_not_know_the_sign_in_is_not_listened_to(service: SignInService) -> None:
    """Another program on this computer knocks first with a code of its own: it is turned away, the user gets in."""
    signing_in = as_user(service)
    turned_away: list[int] = []

    def both(address: str) -> None:
        other = service.sign_in_page(address, state="guessed")

        def knock_then_sign_in() -> None:
            for wrong in (other, other.replace("/?", "/other?"), other + "&state=x"):
                try:
                    urllib.request.urlopen(wrong, timeout=10).close()
                except HTTPError as refused:
                    turned_away.append(refused.code)
                    refused.close()
            browser._go(service.sign_in_page(address))

        thread = threading.Thread(target=knock_then_sign_in)
        thread.start()
        browser.threads.append(thread)

    with Http(server_at(service.base), signing_in) as http, Browser(service) as browser:
        signing_in.sign_in(http, both)
        assert http.send(ASK).ok
    assert turned_away == [404, 404, 404]


def test_waiting_for_the_browser_can_be_stopped(service: SignInService) -> None:
    stop = Event()
    signing_in = as_user(service)
    with Http(server_at(service.base), signing_in) as http, pytest.raises(Cancelled):
        signing_in.sign_in(http, lambda _address: stop.set(), stop)


def test_nobody_is_waited_for_for_ever(service: SignInService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in_browser, "SECONDS_TO_SIGN_IN", 0.2)
    signing_in = as_user(service)
    with Http(server_at(service.base), signing_in) as http, pytest.raises(SignInNeeded, match="two minutes"):
        signing_in.sign_in(http, lambda _address: None)
