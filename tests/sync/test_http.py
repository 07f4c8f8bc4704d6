"""Talking to the shared record: what is trusted, what is refused, and that nobody on the way learns about a person."""

from __future__ import annotations

import gzip
import logging
import threading
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest

from eolc_desktop.errors import Cancelled, InvalidValue, ServerNotTrusted, ServerRefused, ServerUnreachable
from eolc_desktop.sync import effects
from eolc_desktop.sync.http import LONGEST_WAIT, Http
from eolc_desktop.sync.http_effects import answer_to
from eolc_desktop.sync.server import Request, server_at
from tests.sync.loopback import Asked, Authority, Loopback, Said, authority

NAME = "Zqmargaret"


@pytest.fixture(scope="module")
def trusted() -> Authority:
    return authority("An organisation")


def plain(said: Said) -> Loopback:
    return Loopback(lambda _asked: said)


@pytest.mark.parametrize(
    "address",
    [
        "http://record.example.nhs.uk/fhir",
        "ftp://record.example.nhs.uk/fhir",
        "record.example.nhs.uk",
        "https://nurse:secret@record.example.nhs.uk/fhir",
        "https://record.example.nhs.uk/fhir?patient=1",
        "https://record.example.nhs.uk/fhir#x",
        "https://[::1",
        "",
    ],
)
def test_an_address_that_would_give_something_away_is_refused(address: str) -> None:
    with pytest.raises(InvalidValue):
        server_at(address)


def test_an_address_on_this_computer_may_be_without_encryption() -> None:
    assert server_at(" http://127.0.0.1:8080/fhir/ ").address == "http://127.0.0.1:8080/fhir"


@pytest.mark.parametrize(
    "path", ["Patient?name=Smith", "Patient/9990000018?x", "Patient/_search/Smith", "../x", "Patient/a b"]
)
def test_a_path_has_no_place_for_a_name_or_a_number(path: str) -> None:
    with pytest.raises(ValueError, match="random ids"):
        Request("GET", path)


def test_a_search_is_a_form_and_never_in_the_address() -> None:
    with plain(Said()) as server, Http(server_at(server.address)) as http:
        http.send(Request("POST", "Patient/_search", form={"name": NAME}, fresh=True))
    asked = server.asked[0]
    assert (asked.path, asked.form) == ("/fhir/Patient/_search", {"name": NAME})
    assert asked.headers["cache-control"] == "no-cache"


def test_a_write_names_the_version_it_is_for() -> None:
    with plain(Said(headers={"ETag": 'W/"7"'})) as server, Http(server_at(server.address)) as http:
        answer = http.send(Request("PUT", "Flag/a-1", b'{"a":1}', if_match="6"))
        http.send(Request("PUT", "Flag/a-1", b'{"a":1}', only_new=True))
    assert answer.etag == "7"
    assert server.asked[0].headers["if-match"] == 'W/"6"'
    assert server.asked[0].headers["content-type"] == "application/fhir+json"
    assert server.asked[1].headers["if-none-match"] == "*"


# Who the server is (threat T4)


def test_an_organisations_own_authority_is_trusted(trusted: Authority, tmp_path: Path) -> None:
    certificate = trusted.issue(tmp_path / "server.pem")
    with (
        Loopback(lambda _asked: Said(body=b'{"a":1}'), certificate) as server,
        Http(server_at(server.address, trusted.pem)) as http,
    ):
        assert http.send(Request("GET", "metadata")).content == b'{"a":1}'


@pytest.mark.parametrize("case", ["another authority", "run out", "another host", "the system's authorities"])
def test_a_server_that_cannot_prove_itself_gets_nothing(trusted: Authority, tmp_path: Path, case: str) -> None:
    signer = authority("Somebody else") if case == "another authority" else trusted
    host = "elsewhere.example" if case == "another host" else "localhost"
    certificate = signer.issue(tmp_path / "server.pem", host, -1 if case == "run out" else 1)
    ours = "" if case == "the system's authorities" else trusted.pem
    with (
        Loopback(lambda _asked: Said(), certificate) as server,
        Http(server_at(server.address, ours)) as http,
        pytest.raises(ServerNotTrusted, match="could not prove"),
    ):
        http.send(Request("POST", "", b'{"secret":1}'))
    assert server.asked == []


def test_an_authority_that_is_no_certificate_is_refused() -> None:
    with Http(server_at("https://localhost:9/fhir", "no certificate")) as http, pytest.raises(InvalidValue):
        http.send(Request("GET", "metadata"))


def test_the_environment_is_not_asked_for_a_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    with plain(Said()) as server, Http(server_at(server.address)) as http:
        assert http.send(Request("GET", "metadata")).ok


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nobody_is_followed_elsewhere(status: int) -> None:
    with (
        plain(Said()) as elsewhere,
        plain(Said(status, headers={"Location": elsewhere.address})) as server,
        Http(server_at(server.address)) as http,
        pytest.raises(ServerRefused, match="another address"),
    ):
        http.send(Request("POST", "", b'{"secret":1}'))
    assert elsewhere.asked == []


# How much, and how long


def test_an_answer_that_is_too_large_is_not_read() -> None:
    with (
        plain(Said(body=b" " * 2000)) as server,
        Http(server_at(server.address)) as http,
        pytest.raises(ServerRefused, match="larger than"),
    ):
        http.send(Request("GET", "metadata", most_bytes=1999))


def test_a_few_packed_bytes_do_not_fill_the_memory() -> None:
    packed = gzip.compress(b" " * 200_000_000, 9)
    with (
        plain(Said(body=packed, headers={"Content-Encoding": "gzip"})) as server,
        Http(server_at(server.address)) as http,
        pytest.raises(ServerRefused, match="larger than"),
    ):
        http.send(Request("GET", "metadata"))


def test_a_packed_answer_is_unpacked() -> None:
    packed = gzip.compress(b'{"a":1}')
    with (
        plain(Said(body=packed, headers={"Content-Encoding": "gzip"})) as server,
        Http(server_at(server.address)) as http,
    ):
        assert http.send(Request("GET", "metadata", most_bytes=7)).content == b'{"a":1}'


@pytest.mark.parametrize(
    "said",
    [
        Said(body=gzip.compress(b'{"a":1}')[:-6], headers={"Content-Encoding": "gzip"}),
        Said(body=b"\x1f\x8bnothing", headers={"Content-Encoding": "gzip"}),
        Said(body=b'{"a":', claimed_length=100),
    ],
    ids=["packed and cut off", "packed and damaged", "cut off"],
)
def test_half_an_answer_is_no_answer(said: Said) -> None:
    with plain(said) as server, Http(server_at(server.address)) as http, pytest.raises(ServerUnreachable):
        http.send(Request("GET", "metadata"))


def test_an_unknown_packing_is_refused() -> None:
    said = Said(headers={"Content-Encoding": "br"})
    with plain(said) as server, Http(server_at(server.address)) as http, pytest.raises(ServerRefused, match="packs"):
        http.send(Request("GET", "metadata"))


def test_a_server_that_is_not_there_is_unreachable() -> None:
    with Http(server_at("http://127.0.0.1:9/fhir")) as http, pytest.raises(ServerUnreachable, match="be reached"):
        http.send(Request("GET", "metadata"))


def test_a_server_that_never_finishes_is_left() -> None:
    said = Said(body=b"{", claimed_length=2, then_hang=True)
    with (
        plain(said) as server,
        Http(server_at(server.address), whole_seconds=0.3) as http,
        pytest.raises(ServerUnreachable, match="too long"),
    ):
        http.send(Request("GET", "metadata"))


def test_a_request_can_be_cancelled_and_no_other_is_sent() -> None:
    said = Said(body=b"{", claimed_length=2, then_hang=True)
    with plain(said) as server, Http(server_at(server.address)) as http:

        def stop() -> None:
            server.arrived.wait(10)
            http.cancel()

        stopping = threading.Thread(target=stop)
        stopping.start()
        with pytest.raises(Cancelled):
            http.send(Request("GET", "metadata"))
        stopping.join()
        with pytest.raises(Cancelled):
            http.send(Request("GET", "metadata"))
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("7", 7), ("0", 0), ("999999999999", LONGEST_WAIT), ("soon", None), ("", None), ("-5", None)],
)
def test_the_wait_a_server_asks_for_is_kept_within_reason(said: str, seconds: float | None) -> None:
    answer = Said(503, headers={"Retry-After": said} if said else {})
    with plain(answer) as server, Http(server_at(server.address)) as http:
        assert http.send(Request("GET", "metadata")).retry_after == seconds


def test_a_date_to_wait_for_is_a_number_of_seconds() -> None:
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    with plain(Said(503, headers={"Retry-After": soon})) as server, Http(server_at(server.address)) as http:
        waited = http.send(Request("GET", "metadata")).retry_after
    assert waited is not None
    assert 50 < waited <= 60


# Credentials


class Renewed:
    """A sign-in whose first token is no longer accepted."""

    def __init__(self) -> None:
        self.token = "first"

    def header(self, _http: Http) -> str:
        return f"Bearer {self.token}"

    def expired(self) -> bool:
        if self.token == "second":
            return False
        self.token = "second"
        return True


def test_an_expired_token_is_renewed_once() -> None:
    def answer(asked: Asked) -> Said:
        return Said(200 if asked.headers["authorization"] == "Bearer second" else 401)

    with Loopback(answer) as server, Http(server_at(server.address), Renewed()) as http:
        assert http.send(Request("GET", "metadata")).ok
    assert len(server.asked) == 2


def test_a_token_that_is_never_accepted_is_not_asked_for_again_and_again() -> None:
    with plain(Said(401)) as server, Http(server_at(server.address), Renewed()) as http:
        assert http.send(Request("GET", "metadata")).status == 401
    assert len(server.asked) == 2


def test_the_sign_in_service_never_gets_the_records_credentials() -> None:
    with plain(Said()) as record, plain(Said()) as service, Http(server_at(record.address), Renewed()) as http:
        http.post_form(f"http://localhost:{service.port}/token", {"grant_type": "client_credentials"})
    assert "authorization" not in service.asked[0].headers


def test_the_log_holds_no_word_of_a_request_or_an_answer(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    said = Said(body=f'{{"name":"{NAME}"}}'.encode(), headers={"X-Name": NAME})
    with plain(said) as server, Http(server_at(server.address), Renewed()) as http:
        http.send(Request("POST", "Patient/_search", form={"name": NAME}))
        http.send(Request("PUT", "Patient/5f0e0d5e-0000-4000-8000-000000000001", NAME.encode()))
    written = "\n".join(record.getMessage() for record in caplog.records)
    assert "POST Patient: 200" in written
    assert NAME not in written
    assert "first" not in written


def test_numbers_of_others_come_and_go_to_the_digit() -> None:
    """What another program wrote is written back as it came: 1.10 is not 1.1, and a number of Decimal is no crash."""
    body = b'{"resourceType":"Patient","extension":[{"url":"x","valueDecimal":1.10}]}'
    with plain(Said(200, body=body)) as server, Http(server_at(server.address)) as http:
        came = answer_to(http, effects.Request("GET", "Patient/a"))
        assert isinstance(came, effects.Response)
        answer_to(http, effects.Request("POST", body=came.body))
        assert server.asked[-1].body == body
