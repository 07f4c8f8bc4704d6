"""A sign-in service on this computer: real tokens, real signatures, and as strict as OAuth 2 asks it to be."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import ECKey, RSAKey
from joserfc.jwt import JWTClaimsRegistry

from tests.sync.loopback import Asked, Loopback, Said


@dataclass
class SignInService:
    """Answers as a shared record with its sign-in service would. `lie` names what it does wrong."""

    client_id: str = "eolc-desktop"
    client_key: RSAKey | ECKey | None = None
    lie: str = ""
    key: ECKey = field(default_factory=lambda: ECKey.generate_key("P-256", {"kid": "service-1"}))
    given: dict[str, str] = field(default_factory=dict)
    families: dict[str, bool] = field(default_factory=dict)
    assertions: set[str] = field(default_factory=set)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    lifetime: int = 3600
    server: Loopback | None = None

    def run(self) -> Loopback:
        self.server = Loopback(self.answer)
        return self.server

    @property
    def base(self) -> str:
        assert self.server is not None
        return self.server.address

    def answer(self, asked: Asked) -> Said:
        path = urlsplit(asked.path).path.removeprefix("/fhir")
        match path:
            case "/.well-known/smart-configuration":
                return said(self.published())
            case "/keys":
                return said({"keys": [self.key.as_dict(private=False)]})
            case "/token":
                return self.token(asked.form)
            case "/revoke":
                self.families.pop(asked.form["token"], None)
                return said({})
        held = asked.headers.get("authorization", "").removeprefix("Bearer ")
        return said({"resourceType": "CapabilityStatement"}) if held in self.given else said({}, 401)

    def published(self) -> dict[str, Any]:
        base = "http://service.example" if self.lie == "no encryption" else self.base
        return {
            "issuer": self.base,
            "token_endpoint": f"{base}/token",
            "authorization_endpoint": f"{self.base}/authorise",
            "jwks_uri": f"{self.base}/keys",
            "revocation_endpoint": f"{self.base}/revoke",
            "authorization_response_iss_parameter_supported": True,
        }

    def token(self, form: dict[str, str]) -> Said:
        match form.get("grant_type"):
            case "client_credentials":
                return self.to_program(form)
            case "authorization_code":
                return self.to_user(form)
            case "refresh_token":
                return self.renew(form)
        return said({"error": "unsupported_grant_type"}, 400)

    def to_program(self, form: dict[str, str]) -> Said:
        assert self.client_key is not None
        claims = jwt.decode(form["client_assertion"], self.client_key, algorithms=["RS384", "ES256", "ES384"]).claims
        JWTClaimsRegistry(
            iss={"essential": True, "value": self.client_id},
            sub={"essential": True, "value": self.client_id},
            aud={"essential": True, "value": f"{self.base}/token"},
            exp={"essential": True},
            jti={"essential": True},
        ).validate(claims)
        if claims["jti"] in self.assertions or claims["exp"] - time.time() > 300:
            return said({"error": "invalid_client"}, 400)
        self.assertions.add(claims["jti"])
        return said(self.made())

    def to_user(self, form: dict[str, str]) -> Said:
        asked = self.codes.pop(form["code"], None)
        digest = hashlib.sha256(form["code_verifier"].encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or asked["code_challenge"] != challenge or asked["redirect_uri"] != form["redirect_uri"]:
            return said({"error": "invalid_grant"}, 400)
        claims = {
            "iss": "https://other.example" if self.lie == "issuer" else self.base,
            "aud": "another-program" if self.lie == "audience" else self.client_id,
            "sub": "nurse",
            "exp": int(time.time()) + (-600 if self.lie == "run out" else 300),
            "nonce": "another" if self.lie == "nonce" else asked["nonce"],
        }
        key = ECKey.generate_key("P-256") if self.lie == "signature" else self.key
        identity = jwt.encode({"alg": "ES256", "kid": "service-1"}, claims, key)
        return said(self.made() | {"id_token": identity, "refresh_token": self.fresh()})

    def renew(self, form: dict[str, str]) -> Said:
        if not self.families.get(form["refresh_token"], False):
            self.families.clear()  # used twice: the whole family is taken back
            return said({"error": "invalid_grant"}, 400)
        self.families[form["refresh_token"]] = False
        return said(self.made() | {"refresh_token": self.fresh()})

    def fresh(self) -> str:
        made = secrets.token_urlsafe(16)
        self.families[made] = True
        return made

    def made(self) -> dict[str, Any]:
        token = secrets.token_urlsafe(16)
        self.given[token] = "nurse"
        return {"access_token": token, "token_type": "Bearer", "expires_in": self.lifetime}

    def sign_in_page(self, address: str, **changes: str) -> str:
        """What the browser is sent back to once the user has signed in on the page at an address."""
        asked = {key: values[0] for key, values in parse_qs(urlsplit(address).query).items()}
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked
        back = {"code": code, "state": asked["state"], "iss": self.base} | changes
        return f"{asked['redirect_uri']}?{urlencode({k: v for k, v in back.items() if v})}"


def said(body: dict[str, Any], status: int = 200) -> Said:
    return Said(status, json.dumps(body).encode(), {"Content-Type": "application/json"})
