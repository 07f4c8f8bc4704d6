"""Signing in to the shared record: with a token that was given, or as a registered program with a key of its own."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import ECKey, RSAKey, import_key

from eolc_desktop.errors import InvalidValue, ServerRefused, SignInNeeded
from eolc_desktop.sync.http import Http
from eolc_desktop.sync.probe import body_of
from eolc_desktop.sync.server import Answer, server_at

ASSERTION_SECONDS = 240
"""How long a signed request for a token holds: SMART asks for five minutes at the most."""
EARLY_SECONDS = 30
"""A token is renewed this long before it runs out, so that none runs out on its way."""
_LONGEST_TOKEN = 16 * 1024


@dataclass(frozen=True, slots=True)
class Service:
    """Where the sign-in service of a shared record is, as the record itself publishes it."""

    token: str
    authorise: str = ""
    issuer: str = ""
    keys: str = ""
    revoke: str = ""
    names_itself: bool = False  # answers with `iss`, so that one service cannot pass off another's answer (RFC 9207)


@dataclass(frozen=True, slots=True)
class Tokens:
    """What the sign-in service gave. `ends_at` is on the monotonic clock; kept in memory only, but for `refresh`."""

    access: str
    ends_at: float
    refresh: str = ""
    identity: str = ""

    @property
    def holds(self) -> bool:
        """Whether the access token can still be used."""
        return time.monotonic() < self.ends_at


def discover(http: Http) -> Service:
    """Ask the shared record for its sign-in service (SMART App Launch 2, `.well-known/smart-configuration`).

    Raises ServerRefused when it names none, or one without encryption.
    """
    said = body_of(http.fetch(f"{http.server.address}/.well-known/smart-configuration"))
    found = {
        name: _address(said.get(key))
        for name, key in (
            ("token", "token_endpoint"),
            ("authorise", "authorization_endpoint"),
            ("keys", "jwks_uri"),
            ("revoke", "revocation_endpoint"),
        )
    }
    if not found["token"]:
        raise ServerRefused(
            "The shared record does not say where to sign in.",
            "Nothing was sent to it.",
            "Ask whoever looks after it which way of signing in it has.",
        )
    issuer = said.get("issuer")
    names_itself = said.get("authorization_response_iss_parameter_supported") is True
    return Service(**found, issuer=issuer if isinstance(issuer, str) else "", names_itself=names_itself)


def _address(said: Any) -> str:
    """An address of the service, checked as the record's own is; "" where there is none."""
    if not isinstance(said, str) or not said:
        return ""
    try:
        whole = urlsplit(said)
        server_at(f"{whole.scheme}://{whole.netloc}")
    except (InvalidValue, ValueError):
        raise ServerRefused(
            "The shared record names a sign-in service without encryption.",
            "Nothing was sent there.",
            "Tell whoever looks after the shared record.",
        ) from None
    return said


def tokens_in(answer: Answer, before: Tokens | None = None) -> Tokens:
    """Read the answer of a token request. Raises SignInNeeded when the service refuses, ServerRefused when it errs."""
    said = body_of(answer)
    if answer.status in (400, 401, 403):
        raise SignInNeeded(
            "The sign-in service did not accept this sign-in.",
            "Everything you recorded is safe on this laptop, and waits.",
            "Sign in again under Settings.",
        )
    access, kind = said.get("access_token"), said.get("token_type")
    if not answer.ok or not isinstance(access, str) or not _fits_a_header(access) or str(kind).casefold() != "bearer":
        raise ServerRefused(
            "The sign-in service answered in a way this program does not understand.",
            "Everything you recorded is safe on this laptop, and waits.",
            "Tell whoever looks after the shared record.",
        )
    seconds = said.get("expires_in")
    lasts = min(seconds, 86_400) if isinstance(seconds, int) and not isinstance(seconds, bool) else 300
    refresh, identity = said.get("refresh_token"), said.get("id_token")
    return Tokens(
        access,
        time.monotonic() + max(lasts - EARLY_SECONDS, 5),
        refresh if isinstance(refresh, str) and refresh else (before.refresh if before else ""),
        identity if isinstance(identity, str) else "",
    )


def _fits_a_header(token: str) -> bool:
    return 0 < len(token) <= _LONGEST_TOKEN and token.isascii() and token.isprintable() and " " not in token


class GivenToken:
    """A token that somebody was given, for a trial or for training. It cannot be renewed."""

    def __init__(self, token: str) -> None:
        if not _fits_a_header(token.strip()):
            raise InvalidValue("This is not a token.", "Nothing was changed.", "Copy it whole, on one line.", "token")
        self._token = token.strip()

    def header(self, _http: Http) -> str:
        """The token."""
        return f"Bearer {self._token}"

    def expired(self) -> bool:
        """Nobody but the user can bring a new one."""
        return False


class OwnKey:
    """A registered program that proves who it is with a private key (SMART Backend Services, `private_key_jwt`).

    `key` is a private key as PEM or JWK text: RSA, or EC on P-256 or P-384. Raises InvalidValue for another.
    """

    def __init__(self, client_id: str, key: str, scope: str, key_id: str = "", clock: Callable[[], float] = time.time):
        self._client_id, self._scope, self._clock = client_id, scope, clock
        self._key, self._algorithm = _private_key(key)
        self._key_id = key_id
        self._service: Service | None = None
        self._tokens: Tokens | None = None

    def header(self, http: Http) -> str:
        """A token that holds, asked for when there is none."""
        if self._tokens is None or not self._tokens.holds:
            if self._service is None:
                self._service = discover(http)
            self._tokens = tokens_in(http.post_form(self._service.token, self._form(self._service.token)))
        return f"Bearer {self._tokens.access}"

    def expired(self) -> bool:
        """A new token is asked for at the next request."""
        had, self._tokens = self._tokens, None
        return had is not None

    def _form(self, audience: str) -> Mapping[str, str]:
        now = int(self._clock())
        claims = {
            "iss": self._client_id,
            "sub": self._client_id,
            "aud": audience,
            "jti": str(uuid4()),
            "iat": now,
            "exp": now + ASSERTION_SECONDS,
        }
        header = {"alg": self._algorithm} | ({"kid": self._key_id} if self._key_id else {})
        return {
            "grant_type": "client_credentials",
            "scope": self._scope,
            "client_assertion_type": "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            "client_assertion": jwt.encode(header, claims, self._key, algorithms=[self._algorithm]),
        }


def _private_key(text: str) -> tuple[RSAKey | ECKey, str]:
    problem = InvalidValue(
        "This is not a private key that can be used to sign in.",
        "Nothing was changed.",
        "It is an RSA key, or an EC key on P-256 or P-384, as PEM text.",
        "key",
    )
    try:
        for kind in ("RSA", "EC"):
            try:
                key = import_key(text.strip(), kind)
                break
            except (JoseError, ValueError, TypeError):
                continue
        else:
            raise problem
        if not key.is_private:
            raise problem
        if isinstance(key, RSAKey):
            return key, "RS384"
        if isinstance(key, ECKey) and key.curve_name in ("P-256", "P-384"):
            return key, "ES256" if key.curve_name == "P-256" else "ES384"
    except (JoseError, ValueError, TypeError):
        raise problem from None
    raise problem
