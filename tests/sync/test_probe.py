"""The probe: a server that would lose a change, or half keep what it refused, is found out and only read."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any
from urllib.parse import parse_qsl

import pytest

from eolc_desktop.clock import system_clock
from eolc_desktop.errors import ServerUnreachable, SignInNeeded
from eolc_desktop.sync.capabilities import NEEDED, Capabilities, Check, from_json
from eolc_desktop.sync.http import Http
from eolc_desktop.sync.probe import probe
from eolc_desktop.sync.server import server_at
from tests.sync.loopback import Asked, Loopback, Said

AT = datetime(2026, 11, 12, 14, 32, tzinfo=UTC)


class Record:
    """A FHIR server in a dictionary that does everything right, but for one `fault`."""

    def __init__(self, fault: str = "") -> None:
        self.fault = fault
        self.held: dict[str, dict[str, Any]] = {}
        self.versions: list[dict[str, Any]] = []
        self.gone: set[str] = set()
        self.version = "1"
        self.ticks = 0
        self.lag = 3 if fault == "slow index" else 0

    def answer(self, asked: Asked) -> Said:
        path = asked.path.removeprefix("/fhir").strip("/")
        if path == "metadata":
            version = "3.0.2" if self.fault == "old FHIR" else "4.0.1"
            software = {"name": "Example", "version": self.version}
            return self.said({"resourceType": "CapabilityStatement", "fhirVersion": version, "software": software})
        if path.endswith("/_search"):
            return self.said(self.search(dict(parse_qsl(asked.body.decode()))))
        if asked.method == "POST":
            return self.together(json.loads(asked.body))
        if asked.method == "PUT":
            match = asked.headers.get("if-match", "")
            return self.put(path, json.loads(asked.body), match, asked.headers.get("if-none-match", ""))
        if asked.method == "DELETE":
            self.held.pop(path, None)
            return self.said({})
        return self.said(self.held[path]) if path in self.held else self.said({}, 404)

    def put(self, key: str, resource: dict[str, Any], match: str, none_match: str = "") -> Said:
        before = self.held.get(key)
        if before is None and self.fault == "own ids":
            return self.said({}, 404)
        if resource.get("created") == "no date":
            return self.said({}, 400)
        if none_match == "*" and before is not None and self.fault != "no guard":
            return self.said({}, 412)
        if match and before is None and self.fault == "nothing begins at 0":
            return self.said({}, 404)
        number = int(before["meta"]["versionId"]) if before else 0
        if match and match != f'W/"{number}"' and self.fault != "lost update":
            return self.said({}, 412)
        same = before is not None and {k: v for k, v in before.items() if k != "meta"} == resource
        if same and self.fault != "empty versions":
            return self.said(before or {})
        self.ticks += 1
        kept = dict(resource)
        if self.fault == "drops extensions":
            kept.pop("extension", None)
        if key.startswith("Provenance") and self.fault == "no receipts":
            return self.said(kept, 201)
        at = (AT + timedelta(seconds=self.ticks)).isoformat()
        self.held[key] = kept | {"meta": {"versionId": str(number + 1), "lastUpdated": at}}
        self.versions.append(self.held[key])
        return self.said(self.held[key], 200 if before else 201)

    def together(self, bundle: dict[str, Any]) -> Said:
        if bundle["type"] == "batch":
            lists = [self.listed(entry["request"]["url"]) for entry in bundle["entry"]]
            return self.said({"resourceType": "Bundle", "type": "batch-response", "entry": lists})
        before = json.loads(json.dumps(self.held))
        done = []
        for entry in bundle["entry"]:
            request = entry["request"]
            match = "" if self.fault == "lost update in transaction" else request.get("ifMatch", "")
            said = self.put(request["url"], entry["resource"], match, request.get("ifNoneMatch", ""))
            if said.status >= 400:
                if self.fault != "not atomic":
                    self.held = before
                return said
            etag = (
                "7"
                if self.fault == "lying etags"
                else self.held.get(request["url"], {}).get("meta", {}).get("versionId", "1")
            )
            done.append({"response": {"status": "200", "etag": f'W/"{etag}"'}})
        return self.said({"resourceType": "Bundle", "type": "transaction-response", "entry": done})

    def listed(self, url: str) -> dict[str, Any]:
        """Every version since a moment; with "teams", as a server does that has a record for each of them."""
        where, _, query = url.partition("?")
        if self.fault == "no list" or where != ("fhir/_history" if self.fault == "teams" else "_history"):
            return {"response": {"status": "400"}}
        asked = dict(parse_qsl(query))
        since = "" if self.fault == "lists everything" else asked["_since"]
        found = [v for v in reversed(self.versions) if v["meta"]["lastUpdated"] >= since]
        if self.fault == "lists half":
            found = found[1:]
        short = (
            {"resourceType", "id", "meta"} if asked["_summary"] == "true" and self.fault != "lists at length" else None
        )
        listed = [{k: v for k, v in version.items() if short is None or k in short} for version in found]
        entries = [{"resource": version, "request": {"method": "PUT"}} for version in listed[: int(asked["_count"])]]
        made: dict[str, Any] = {"resourceType": "Bundle", "type": "history", "entry": entries}
        if self.fault != "list ends early" and (len(found) > len(entries) or self.fault == "list goes on"):
            made["link"] = [{"relation": "next", "url": "https://record.example/fhir?page=2"}]
        return {"response": {"status": "200"}, "resource": made}

    def search(self, form: dict[str, str]) -> dict[str, Any]:
        if self.lag:
            self.lag -= 1
            return {"resourceType": "Bundle", "type": "searchset"}
        since = form["_lastUpdated"].removeprefix("ge")
        wanted = {f"Basic/{name}" for name in form["_id"].split(",")}
        found = [r for key, r in self.held.items() if key in wanted]
        if self.fault != "ignores since":
            found = [r for r in found if r["meta"]["lastUpdated"] >= since]
        if self.fault == "gt":
            found = [r for r in found if r["meta"]["lastUpdated"] > since]
        found.sort(key=lambda r: r["meta"]["lastUpdated"], reverse=self.fault == "unsorted")
        return {"resourceType": "Bundle", "type": "searchset", "entry": [{"resource": r} for r in found]}

    def said(self, body: dict[str, Any], status: int = 200) -> Said:
        headers = {"Date": format_datetime(datetime.now(UTC) + timedelta(minutes=12), usegmt=True)}
        if version := (body.get("meta") or {}).get("versionId"):
            headers["ETag"] = f'W/"{version}"'
        return Said(status, json.dumps(body).encode(), headers)


def probed(answer: Callable[[Asked], Said]) -> Capabilities:
    with Loopback(answer) as server, Http(server_at(server.address)) as http:
        return probe(http, system_clock)


def test_a_server_that_does_everything_may_be_written_to() -> None:
    record = Record()
    found = probed(record.answer)
    assert found.may_write
    assert all(found.passed(check) for check in Check)
    assert record.held == {}, "the trial records are taken away again"


@pytest.mark.parametrize(
    ("fault", "check"),
    [
        ("old FHIR", Check.FHIR_R4),
        ("own ids", Check.OWN_IDS),
        ("drops extensions", Check.KEEPS_UNKNOWN),
        ("lost update", Check.REFUSES_STALE),
        ("lost update in transaction", Check.STALE_IN_TRANSACTION),
        ("not atomic", Check.ALL_OR_NOTHING),
        ("no receipts", Check.RECEIPTS),
        ("ignores since", Check.READS_CHANGES),
        ("gt", Check.READS_CHANGES),
        ("unsorted", Check.READS_CHANGES),
    ],
)
def test_a_server_that_could_lose_a_change_is_only_read(fault: str, check: Check) -> None:
    found = probed(Record(fault).answer)
    assert not found.passed(check)
    assert not found.may_write
    assert "Nothing is sent to it" in found.words or "nothing is sent to it" in found.words
    assert check in NEEDED


@pytest.mark.parametrize(
    ("fault", "check"),
    [
        ("no guard", Check.CREATE_GUARD),
        ("nothing begins at 0", Check.BEGINS_AT_0),
        ("lying etags", Check.TRUE_ETAGS),
        ("empty versions", Check.NO_EMPTY_VERSIONS),
        ("no list", Check.LISTS_CHANGES),
        ("lists everything", Check.LISTS_CHANGES),
        ("lists half", Check.LISTS_CHANGES),
        ("list goes on", Check.LISTS_CHANGES),
        ("list ends early", Check.LISTS_CHANGES),
        ("lists at length", Check.LISTS_CHANGES),
    ],
)
def test_what_the_exchange_can_work_round_is_noted(fault: str, check: Check) -> None:
    found = probed(Record(fault).answer)
    assert {other for other in Check if not found.passed(other)} == {check}
    assert found.may_write


@pytest.mark.parametrize(("fault", "asked"), [("", "_history"), ("teams", "fhir/_history"), ("no list", "")])
def test_how_the_list_of_changes_is_asked_for_is_found_out(fault: str, asked: str) -> None:
    found = probed(Record(fault).answer)
    assert found.may_write
    assert found.abilities.lists_changes == asked
    assert not any("_history" in finding.words for finding in found.findings)


def test_a_search_that_finds_things_a_moment_later_is_no_fault() -> None:
    assert probed(Record("slow index").answer).may_write


@pytest.mark.parametrize("body", [b"<html>", b"[]", b"", b'{"resourceType":"CapabilityStatement"}', b'{"a":1,"a":2}'])
def test_something_else_at_the_address_is_not_a_shared_record(body: bytes) -> None:
    found = probed(lambda _asked: Said(body=body))
    assert not found.may_read
    assert not found.may_write


def test_a_server_that_refuses_everything_is_not_written_to() -> None:
    def answer(asked: Asked) -> Said:
        return Record().answer(asked) if asked.path.endswith("metadata") else Said(403)

    found = probed(answer)
    assert found.may_read
    assert not found.may_write


def test_a_server_that_is_not_there_is_said_to_be_so() -> None:
    with Http(server_at("http://127.0.0.1:9/fhir")) as http, pytest.raises(ServerUnreachable):
        probe(http, system_clock)


@pytest.mark.parametrize("at", ["metadata", "the first record"])
def test_who_is_not_signed_in_is_told_so_and_nothing_is_said_of_the_server(at: str) -> None:
    """Many servers say what they are to anybody, and ask who it is only when something is read or written."""

    def answer(asked: Asked) -> Said:
        return Record().answer(asked) if asked.path.endswith("metadata") and at != "metadata" else Said(401)

    with pytest.raises(SignInNeeded, match="did not accept the sign-in"):
        probed(answer)


def test_a_trial_that_breaks_off_takes_its_records_away() -> None:
    record, refused = Record(), iter([False] * 6 + [True])

    def answer(asked: Asked) -> Said:
        return Said(503) if next(refused, False) else record.answer(asked)

    with pytest.raises(ServerUnreachable):
        probed(answer)
    assert record.ticks, "something was written"
    assert record.held == {}


def test_clocks_that_differ_are_mentioned() -> None:
    found = probed(Record().answer)
    assert found.clock_words.startswith("The clock of this computer is 12 minutes behind")


def test_what_was_found_is_remembered_whole() -> None:
    found = probed(Record("not atomic").answer)
    assert from_json(json.loads(json.dumps(found.to_json()))) == found
