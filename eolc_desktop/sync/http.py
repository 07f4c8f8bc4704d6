"""Talking to the shared record over HTTP: certificates, time limits, sizes, waiting, cancelling; no patient data told.

One request at a time. Nothing is retried here but one request after an expired token: what a lost answer means is for
the engine to decide. httpx2 runs inside a loop of its own, so that a request can be cancelled at any moment.
"""

from __future__ import annotations

import asyncio
import logging
import ssl
import threading
import time
import zlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Protocol

import httpx2
import truststore

from eolc_desktop.errors import Cancelled, InvalidValue, ServerNotTrusted, ServerRefused, ServerUnreachable
from eolc_desktop.logs import Plain
from eolc_desktop.sync.server import Answer, Request, Server, matching

_log = logging.getLogger(__name__)
for _library in ("httpx2", "httpcore2"):
    # They write addresses and headers, a token among them; what may be known of a request is said below.
    logging.getLogger(_library).setLevel(logging.WARNING)

CONNECT_SECONDS = 10.0
READ_SECONDS = 60.0
WHOLE_SECONDS = 120.0
"""How long one request may take in all: a server that sends a byte a second is no server."""
SLOWEST = 16 * 1024
"""Bytes a second of the slowest line on which a scan still arrives: a large body is given that much longer."""
LONGEST_WAIT = 900.0
"""The longest that a server may ask us to wait, in seconds."""
LONGEST_HEADER = 8 * 1024


class SignsIn(Protocol):
    """What gives a request its credentials."""

    def header(self, http: Http, /) -> str:
        """The value of the Authorization header, or "". May itself send requests to the sign-in service."""

    def expired(self) -> bool:
        """Called when the server did not accept the header: True when a new one can be had without the user."""


class Nobody:
    """No sign-in: for training, on a server of made-up people."""

    def header(self, _http: Http) -> str:
        """No header."""
        return ""

    def expired(self) -> bool:
        """There is nothing to renew."""
        return False


def context_for(authority: str) -> ssl.SSLContext:
    """TLS 1.2 or later, host names checked; the given authority and no other, or else the system's.

    Raises InvalidValue for an authority that is no certificate.
    """
    if not authority:
        context: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    else:
        try:
            context = ssl.create_default_context(cadata=authority)
        except (ssl.SSLError, ValueError):
            raise InvalidValue(
                "This file is not a certificate that can be read.",
                "Nothing was changed.",
                "Ask for the authority’s certificate as a PEM file.",
                "authority",
            ) from None
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    return context


class Http:
    """A connection to one shared record. Used on one thread; only `cancel` may be called from another."""

    def __init__(self, server: Server, sign_in: SignsIn | None = None, whole_seconds: float = WHOLE_SECONDS) -> None:
        self.server = server
        self._sign_in = sign_in or Nobody()
        self._whole_seconds = whole_seconds
        self._runner = asyncio.Runner()
        self._client: httpx2.AsyncClient | None = None
        self._lock = threading.Lock()
        self._task: asyncio.Task[Answer] | None = None
        self._is_cancelled = False
        self.sent = 0

    @property
    def signs_in(self) -> SignsIn:
        """What gives the requests their credentials."""
        return self._sign_in

    def __enter__(self) -> Http:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection."""
        client, self._client = self._client, None
        if client is not None:
            self._runner.run(client.aclose())
        self._runner.close()

    def cancel(self) -> None:
        """Stop the request under way, and send no other. From any thread."""
        with self._lock:
            self._is_cancelled = True
            if self._task is not None:
                self._task.get_loop().call_soon_threadsafe(self._task.cancel)

    def send(self, request: Request) -> Answer:
        """Send a request to the shared record and wait for the whole answer.

        Raises ServerUnreachable when it is not known whether the server did it, ServerNotTrusted when nothing was sent,
        ServerRefused for an answer that must not be read, Cancelled.
        """
        url = f"{self.server.address}/{request.path}" if request.path else self.server.address
        answer = self._go(request.method, url, request, self._headers(request))
        if answer.status == 401 and self._sign_in.expired():
            answer = self._go(request.method, url, request, self._headers(request))
        return answer

    def post_form(self, url: str, form: Mapping[str, str], most_bytes: int = 256 * 1024) -> Answer:
        """Send a form to the sign-in service: never with the credentials of the record. Raises as `send` does."""
        request = Request("POST", form=form, accept="application/json", most_bytes=most_bytes)
        return self._go("POST", url, request, {"Accept": "application/json"})

    def fetch(self, url: str, most_bytes: int = 256 * 1024) -> Answer:
        """Fetch what the sign-in service publishes about itself. Raises as `send` does."""
        request = Request("GET", accept="application/json", most_bytes=most_bytes)
        return self._go("GET", url, request, {"Accept": "application/json"})

    def _headers(self, request: Request) -> dict[str, str]:
        headers = {"Accept": request.accept}
        if request.body:
            headers["Content-Type"] = "application/fhir+json"
            headers["Prefer"] = "return=minimal" if request.minimal else "return=representation"
        if request.if_match:
            headers["If-Match"] = matching(request.if_match)
        if request.only_new:
            headers["If-None-Match"] = "*"
        if request.fresh:
            headers["Cache-Control"] = "no-cache"
        if said := self._sign_in.header(self):
            headers["Authorization"] = said
        return headers

    def _go(self, method: str, url: str, request: Request, headers: Mapping[str, str]) -> Answer:
        begun = time.monotonic()
        with self._lock:
            if self._is_cancelled:
                raise Cancelled("The exchange was stopped.", "What was not sent yet waits on this laptop.", "")
        try:
            answer = self._runner.run(self._tracked(method, url, request, headers))
        except asyncio.CancelledError:
            raise Cancelled("The exchange was stopped.", "What was not sent yet waits on this laptop.", "") from None
        finally:
            with self._lock:
                self._task = None
        took = round((time.monotonic() - begun) * 1000)
        said = (Plain(method), Plain(request.kind), answer.status, took, len(answer.content))
        _log.info("%s %s: %d in %d ms, %d bytes", *said)
        return answer

    async def _tracked(self, method: str, url: str, request: Request, headers: Mapping[str, str]) -> Answer:
        with self._lock:
            self._task = asyncio.current_task()
        try:
            async with asyncio.timeout(self._whole_seconds + (len(request.body) + request.expects) / SLOWEST):
                return await self._exchange(method, url, request, headers)
        except TimeoutError:
            raise _unreachable("The shared record took too long to answer.") from None
        except httpx2.ConnectError as error:
            raise _not_connected(error) from None
        except (httpx2.ConnectTimeout, httpx2.PoolTimeout):
            raise _unreachable("The shared record could not be reached.") from None
        except httpx2.TimeoutException:
            raise _unreachable("The shared record took too long to answer.") from None
        except httpx2.HTTPError:
            raise _unreachable("The connection to the shared record broke off.") from None
        except (httpx2.InvalidURL, UnicodeError):
            raise _refused("The address of the shared record is not one that can be reached.") from None

    async def _exchange(self, method: str, url: str, request: Request, headers: Mapping[str, str]) -> Answer:
        client = self._open()
        self.sent += 1
        sent = client.build_request(
            method,
            url,
            headers={"Accept-Encoding": "gzip", **headers},
            content=request.body or None,
            data=dict(request.form) if request.form else None,
        )
        response = await client.send(sent, stream=True)
        try:
            if 300 <= response.status_code < 400 and response.status_code != 304:
                raise _refused(
                    "The shared record sends us on to another address, and nothing goes where it was not meant to."
                )
            content = await _unpacked(response, request.most_bytes)
        finally:
            await response.aclose()
        known = {name.lower(): value[:LONGEST_HEADER] for name, value in response.headers.items()}
        return Answer(response.status_code, known, content, _retry_after(known.get("retry-after", "")))

    def _open(self) -> httpx2.AsyncClient:
        if self._client is None:
            timeout = httpx2.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
            self._client = httpx2.AsyncClient(
                verify=context_for(self.server.authority),
                trust_env=False,
                follow_redirects=False,
                timeout=timeout,
                proxy=self.server.proxy or None,
                limits=httpx2.Limits(max_connections=4, keepalive_expiry=60),
                headers={"User-Agent": "EoLC-Desktop"},
            )
        return self._client


async def _unpacked(response: httpx2.Response, most: int) -> bytes:
    """The body, unpacked here so that a few packed bytes can never fill the memory. Raises ServerRefused."""
    packing = response.headers.get("content-encoding", "identity").strip().lower()
    if packing not in ("identity", "gzip", "x-gzip", ""):
        raise _refused("The shared record packs its answers in a way this program does not unpack.")
    unpack = zlib.decompressobj(31) if "gzip" in packing else None
    pieces: list[bytes] = []
    room = most
    async for packed in response.aiter_raw():
        try:
            piece = unpack.decompress(packed, room + 1) if unpack else packed
        except zlib.error:
            raise _unreachable("An answer of the shared record arrived damaged.") from None
        room -= len(piece)
        if room < 0:
            raise _refused(f"An answer of the shared record is larger than {most // 1024:,} KB, and was not read.")
        pieces.append(piece)
    if unpack is not None and not unpack.eof and pieces:
        raise _unreachable("An answer of the shared record was cut off.")
    return b"".join(pieces)


def _retry_after(said: str) -> float | None:
    """Seconds to wait, from a count or a date; never less than 0 nor more than LONGEST_WAIT."""
    if not said:
        return None
    if said.strip().isascii() and said.strip().isdigit():
        seconds = float(said.strip()[:9])
    else:
        try:
            when = parsedate_to_datetime(said)
        except (TypeError, ValueError):
            return None
        seconds = (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return min(max(seconds, 0.0), LONGEST_WAIT)


def _not_connected(error: httpx2.ConnectError) -> ServerUnreachable | ServerNotTrusted:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return ServerNotTrusted(
                "The server at this address could not prove that it is the shared record.",
                "Nothing was sent.",
                "Check the address and the certificate authority in Settings, or ask your IT service. On some networks "
                "a filter stands between: use another network and try again.",
            )
        cause = cause.__cause__ or cause.__context__
    return _unreachable("The shared record could not be reached.")


def _unreachable(happened: str) -> ServerUnreachable:
    return ServerUnreachable(
        happened,
        "Everything you recorded is safe on this laptop.",
        "It is tried again by itself; you can go on working.",
    )


def _refused(happened: str) -> ServerRefused:
    return ServerRefused(
        happened,
        "Nothing of that answer was taken in, and nothing on this laptop changed.",
        "Tell whoever looks after the shared record.",
    )
