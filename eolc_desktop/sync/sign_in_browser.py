"""Signing in as oneself, in the computer's own browser: the program never sees the password.

OAuth 2 for native programs (RFC 8252): the authorisation code with PKCE (RFC 7636), answered to an address on this
computer that listens for this one sign-in. The access token stays in memory; the refresh token, where the organisation
gives one, is handed to `keep` to be put into the encrypted record, and is used once.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import select
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from threading import Event
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from joserfc.jwt import JWTClaimsRegistry

from eolc_desktop.errors import Cancelled, ServerRefused, SignInNeeded
from eolc_desktop.sync.http import Http
from eolc_desktop.sync.probe import body_of
from eolc_desktop.sync.sign_in import Service, Tokens, discover, tokens_in

SECONDS_TO_SIGN_IN = 120
_MOST_KNOCKS = 20
_LONGEST_KNOCK = 8 * 1024
_ALGORITHMS = ("RS256", "RS384", "ES256", "ES384")
_PAGE = (
    "<!doctype html><html lang='en-GB'><meta charset='utf-8'><title>EoLC Desktop</title>"
    "<body style='font:1.2rem sans-serif;margin:3rem'><p>{words}</p></body></html>"
)
_DONE = "Thank you. You can close this page and go back to EoLC Desktop."
_NOT_OURS = "This page belongs to no sign-in of EoLC Desktop."


@dataclass(frozen=True, slots=True)
class Client:
    """How this program is registered with the sign-in service. `audience` is the shared record's address."""

    client_id: str
    scope: str
    audience: str


class BrowserSignIn:
    """The sign-in of one user. `open_browser` shows an address; `keep` stores a refresh token ("" forgets it)."""

    def __init__(self, client: Client, refresh: str = "", keep: Callable[[str], None] = lambda _token: None) -> None:
        self._client, self._keep = client, keep
        self._refresh = refresh
        self._service: Service | None = None
        self._tokens: Tokens | None = None

    def header(self, http: Http) -> str:
        """A token that holds, renewed without the user where that is possible. Raises SignInNeeded when it is not."""
        if self._tokens is None or not self._tokens.holds:
            self._tokens = self._renewed(http)
        return f"Bearer {self._tokens.access}"

    def expired(self) -> bool:
        """The token is dropped; a new one can be had while there is a refresh token."""
        had, self._tokens = self._tokens, None
        return had is not None and bool(self._refresh)

    def sign_in(self, http: Http, open_browser: Callable[[str], None], stop: Event | None = None) -> None:
        """Show the sign-in page in the browser and wait for its answer, for two minutes at the most.

        Raises SignInNeeded when the user did not finish or was refused, Cancelled when `stop` was set, ServerRefused
        when the answer is not what was asked for.
        """
        service = self._found(http)
        if not service.authorise:
            raise ServerRefused(
                "The shared record has no page to sign in on.",
                "Nothing was sent to it.",
                "Choose another way of signing in under Settings.",
            )
        verifier, state, nonce = (secrets.token_urlsafe(48) for _ in range(3))
        with socket.create_server(("127.0.0.1", 0)) as listening:
            back = f"http://127.0.0.1:{listening.getsockname()[1]}/"
            challenge = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
            asked = {
                "response_type": "code",
                "client_id": self._client.client_id,
                "redirect_uri": back,
                "scope": self._client.scope,
                "state": state,
                "nonce": nonce,
                "aud": self._client.audience,
                "code_challenge": challenge,
                "code_challenge_method": "S256",
            }
            joint = "&" if urlsplit(service.authorise).query else "?"
            open_browser(f"{service.authorise}{joint}{urlencode(asked)}")
            said = _wait_for_answer(listening, state, stop or Event())
        _check_answer(said, service)
        form = {
            "grant_type": "authorization_code",
            "code": said["code"],
            "redirect_uri": back,
            "client_id": self._client.client_id,
            "code_verifier": verifier,
        }
        tokens = tokens_in(http.post_form(service.token, form))
        if "openid" in self._client.scope.split():
            _check_identity(http, service, tokens.identity, self._client.client_id, nonce)
        self._take(tokens)

    def sign_out(self, http: Http) -> None:
        """Forget every token, and tell the service that they must not be used again where it can be told."""
        token, self._tokens = self._refresh, None
        self._refresh = ""
        self._keep("")
        if token and self._found(http).revoke:
            form = {"token": token, "token_type_hint": "refresh_token", "client_id": self._client.client_id}
            http.post_form(self._found(http).revoke, form)

    def _renewed(self, http: Http) -> Tokens:
        if not self._refresh:
            raise _please_sign_in()
        form = {"grant_type": "refresh_token", "refresh_token": self._refresh, "client_id": self._client.client_id}
        try:
            tokens = tokens_in(http.post_form(self._found(http).token, form), Tokens("", 0, self._refresh))
        except SignInNeeded:
            # Used up or taken back: it is of no use any more, and must not be tried again and again.
            self._refresh = ""
            self._keep("")
            raise
        return self._take(tokens)

    def _take(self, tokens: Tokens) -> Tokens:
        self._tokens = tokens
        if tokens.refresh != self._refresh:
            self._refresh = tokens.refresh
            self._keep(tokens.refresh)
        return tokens

    def _found(self, http: Http) -> Service:
        if self._service is None:
            self._service = discover(http)
        return self._service


def _please_sign_in() -> SignInNeeded:
    return SignInNeeded(
        "You are not signed in to the shared record.",
        "Everything you recorded is safe on this laptop, and waits.",
        "Sign in under Settings.",
    )


def _wait_for_answer(listening: socket.socket, state: str, stop: Event) -> Mapping[str, str]:
    end = time.monotonic() + SECONDS_TO_SIGN_IN
    for _knock in range(_MOST_KNOCKS):
        while not select.select([listening], [], [], 0.1)[0]:
            if stop.is_set():
                raise Cancelled("Signing in was stopped.", "Everything you recorded is safe on this laptop.", "")
            if time.monotonic() > end:
                raise SignInNeeded(
                    "Nobody signed in within two minutes.",
                    "Everything you recorded is safe on this laptop, and waits.",
                    "Try again under Settings.",
                )
        connection, _address = listening.accept()
        with connection:
            connection.settimeout(5)
            said = _asked_of(connection)
            ours = hmac.compare_digest(said.get("state", "").encode(), state.encode())
            _answer_page(connection, _DONE if ours else _NOT_OURS, 200 if ours else 404)
            if ours:
                return said
    raise _wrong_answer()


def _asked_of(connection: socket.socket) -> Mapping[str, str]:
    read = b""
    try:
        while b"\r\n\r\n" not in read and len(read) < _LONGEST_KNOCK:
            piece = connection.recv(4096)
            if not piece:
                break
            read += piece
        method, target, _version = read.split(b"\r\n", 1)[0].decode("ascii").split(" ")
        whole = urlsplit(target)
        pairs = parse_qsl(whole.query, max_num_fields=20)
    except (OSError, ValueError):
        return {}
    named = [name for name, _value in pairs]
    if method != "GET" or whole.path != "/" or len(named) != len(set(named)):
        return {}
    return dict(pairs)


def _answer_page(connection: socket.socket, words: str, status: int) -> None:
    page = _PAGE.format(words=words).encode()
    head = (
        f"HTTP/1.1 {status} {'OK' if status == 200 else 'Not Found'}\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(page)}\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\n"
        "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'\r\nConnection: close\r\n\r\n"
    )
    try:
        connection.sendall(head.encode() + page)
    except OSError:
        return


def _check_answer(said: Mapping[str, str], service: Service) -> None:
    if "error" in said:
        raise SignInNeeded(
            "The sign-in service did not let you in.",
            "Everything you recorded is safe on this laptop, and waits.",
            "Try again, or ask whoever looks after the shared record for access.",
        )
    named = said.get("iss")
    if not said.get("code") or (named is None and service.names_itself):
        raise _wrong_answer()
    if named is not None and service.issuer and named != service.issuer:
        raise _wrong_answer()


def _check_identity(http: Http, service: Service, token: str, client_id: str, nonce: str) -> None:
    """Check that the identity token was signed by the service, for this program and for this very sign-in."""
    try:
        keys = KeySet.import_key_set(body_of(http.fetch(service.keys)))  # type: ignore[arg-type]
        claims: dict[str, Any] = jwt.decode(token, keys, algorithms=list(_ALGORITHMS)).claims
        JWTClaimsRegistry(
            leeway=120,
            iss={"essential": True, "value": service.issuer},
            aud={"essential": True, "value": client_id},
            nonce={"essential": True, "value": nonce},
            exp={"essential": True},
        ).validate(claims)
    except (JoseError, ValueError, KeyError, TypeError):
        raise _wrong_answer() from None


def _wrong_answer() -> ServerRefused:
    return ServerRefused(
        "The answer of the sign-in service is not the one that was asked for, and was not used.",
        "Nobody was signed in, and nothing was sent.",
        "Try again. If it happens again, tell whoever looks after the shared record.",
    )
