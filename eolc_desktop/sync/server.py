"""Where the shared record is, how it is trusted, and what a request and an answer are: plain data."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from eolc_desktop.errors import InvalidValue

_PATH = re.compile(
    r"(metadata|[A-Z][A-Za-z]{1,50}(/[A-Za-z0-9\-.]{1,64})?(/_history(/[A-Za-z0-9\-.]{1,64})?|/_search)?)?\Z"
)
"""What may stand after the server's address: kinds of record and random ids. There is no place for a name, a number or
a date of birth: searches are sent as forms (`POST …/_search`), so that no log on the way holds them."""


@dataclass(frozen=True, slots=True)
class Server:
    """A shared record as the settings name it.

    `address` is the FHIR base ("https://record.example.nhs.uk/fhir"). `authority` is the text (PEM) of an
    organisation's own certificate authority; with it nobody else's certificates count, without it those of the system
    do. `proxy` is used only when it is set: the environment is never asked.
    """

    address: str
    authority: str = ""
    proxy: str = ""

    @property
    def origin(self) -> str:
        """Scheme, host and port: what a token is for."""
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"


def server_at(address: str, authority: str = "", proxy: str = "") -> Server:
    """Make a `Server` from what somebody typed.

    Raises InvalidValue for an address without encryption (but for one on this computer, for training), and for one with
    a name, a password, a question or a fragment in it.
    """
    safe, where = "Nothing was changed.", "For example: https://record.example.nhs.uk/fhir"
    typed = address.strip().rstrip("/")
    try:
        parts = urlsplit(typed)
        host, _port = parts.hostname, parts.port
    except ValueError:
        raise InvalidValue("This is not a web address.", safe, where, "address") from None
    if not host or parts.scheme not in ("http", "https"):
        raise InvalidValue("The address begins with https:// and names a server.", safe, where, "address")
    if parts.username or parts.password or parts.query or parts.fragment:
        raise InvalidValue("The address has no user name, password or question in it.", safe, where, "address")
    if parts.scheme == "http" and not _is_this_computer(host):
        raise InvalidValue(
            "Without encryption (https) anybody on the network could read what is sent.", safe, where, "address"
        )
    return Server(typed, authority.strip(), proxy.strip())


def _is_this_computer(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Request:
    """One request, relative to the server's address.

    `body` is JSON already written; `form` the questions of a search. `most_bytes` is how large an answer may be once it
    is unpacked, `expects` how large it is likely to be, where that is much. `fresh` asks the server not to answer from
    an earlier search, `minimal` to say only how it went. Raises ValueError for a path that could hold something about a
    person.
    """

    method: str
    path: str = ""
    body: bytes = b""
    form: Mapping[str, str] = field(default_factory=dict)
    if_match: str = ""
    only_new: bool = False
    fresh: bool = False
    accept: str = "application/fhir+json"
    most_bytes: int = 5 * 1024 * 1024
    expects: int = 0
    minimal: bool = False

    def __post_init__(self) -> None:
        if not _PATH.match(self.path):
            raise ValueError("a path holds kinds of record and random ids, and nothing else")

    @property
    def kind(self) -> str:
        """The kind of record asked about, for the log."""
        return self.path.split("/", 1)[0] or "bundle"


@dataclass(frozen=True, slots=True)
class Answer:
    """What the server said. `content` is unpacked and not yet read as JSON; `headers` has lower-case names.

    `retry_after` is in seconds, None where the server did not ask to wait.
    """

    status: int
    headers: Mapping[str, str]
    content: bytes = b""
    retry_after: float | None = None

    @property
    def etag(self) -> str:
        """The version id in the ETag, without its wrapping: `W/"3"` is "3"."""
        return version_in(self.headers.get("etag", ""))

    @property
    def ok(self) -> bool:
        """Whether the server did what was asked."""
        return 200 <= self.status < 300


def version_in(etag: str) -> str:
    """The version id in an ETag, weak or not; "" where there is none."""
    return etag.strip().removeprefix("W/").strip('"')


def matching(version: str) -> str:
    """The header value that lets a write through only onto this version."""
    return f'W/"{version}"'


Resource = dict[str, Any]
"""A FHIR resource as JSON."""
