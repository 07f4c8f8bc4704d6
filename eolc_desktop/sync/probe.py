"""Trying a server before the first plan is sent to it: by doing, on made-up records that say nothing about anybody.

Servers say little of this about themselves, and some that say so do not do it. The probe asks with records of the kind
`Basic` that hold only random ids, and takes them away again as far as the server allows.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Generator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import parsedate_to_datetime
from threading import Event
from typing import Any
from uuid import uuid4

from eolc_desktop.clock import Clock
from eolc_desktop.errors import ImportRefused, ServerUnreachable, SignInNeeded, UserError
from eolc_desktop.fhir.elements import parts
from eolc_desktop.fhir.reading import parse
from eolc_desktop.sync import all_changes
from eolc_desktop.sync.capabilities import Capabilities, Check, Finding
from eolc_desktop.sync.http import Http
from eolc_desktop.sync.server import Answer, Request, Resource

_UNKNOWN = "https://eolc-desktop.github.io/fhir/StructureDefinition/probe"
_CONFLICT = (409, 412)
_AWAY = (429, 502, 503, 504)
_NOT_SIGNED_IN = 401
_TRIES = 10
_SECONDS_BETWEEN = 0.3
"""A server may take a moment before a search finds what was just written: up to three seconds are no fault."""


@dataclass(frozen=True, slots=True)
class Pause:
    """Wait this many seconds before going on."""

    seconds: float


Steps = Generator["Request | Pause", "Answer | None", None]


def probe(http: Http, clock: Clock, newer: Callable[[], str] = lambda: str(uuid4())) -> Capabilities:
    """Try what the exchange relies on, and say what was found. Raises ServerError when the server cannot be reached.

    Raises SignInNeeded and Cancelled as `Http.send` does. Nothing about a person is sent.
    """
    trial = _Trial(clock, newer, http.server.address.rpartition("/")[2])
    try:
        _go_through(http, trial.steps())
    finally:
        _take_away(http, trial.made)
    return trial.result()


def _go_through(http: Http, steps: Steps) -> None:
    waiting, answer = Event(), None
    with suppress(StopIteration):
        while True:
            step = steps.send(answer)
            if isinstance(step, Pause):
                waiting.wait(step.seconds)
                answer = None
            else:
                answer = _sent(http, step)


def _take_away(http: Http, made: Sequence[str]) -> None:
    """Delete the trial records, also after a trial that broke off, as far as the server is there and lets us."""
    with suppress(UserError):
        for key in reversed(made):
            http.send(Request("DELETE", key))


def _sent(http: Http, request: Request) -> Answer:
    """Send a request; what the server says of itself is asked for twice, as some take a minute to work it out once.

    A server that is busy, away behind its gate, or does not know us has not been tried: nothing is to be remembered.
    """
    try:
        answer = http.send(request)
    except ServerUnreachable:
        if request.path != "metadata":
            raise
        answer = http.send(request)
    if answer.status in _AWAY:
        raise ServerUnreachable(
            "The shared record is busy or not working just now.",
            "Everything you recorded is safe on this laptop.",
            "It is tried again by itself; you can go on working.",
        )
    if answer.status == _NOT_SIGNED_IN:
        raise SignInNeeded(
            "The shared record did not accept the sign-in.",
            "Everything you recorded is safe on this laptop, and waits.",
            "Sign in again, or see under Settings how it is signed in to.",
        )
    return answer


def calls_itself(http: Http) -> str | None:
    """The name and version that a server gives itself; None where it says nothing of the kind just now.

    Raises ServerError, SignInNeeded and Cancelled as `probe` does.
    """
    said = body_of(_sent(http, _metadata()))
    return _software(said) if said.get("resourceType") == "CapabilityStatement" else None


def _metadata() -> Request:
    return Request("GET", "metadata", most_bytes=16 * 1024 * 1024)


def _software(said: dict[str, Any]) -> str:
    software = said.get("software")
    named = software if isinstance(software, dict) else {}
    return " ".join(str(named.get(key, "")) for key in ("name", "version")).strip()[:80]


@dataclass
class _Trial:
    clock: Clock
    newer: Callable[[], str]
    name: str
    """The last part of the server's address."""
    software: str = ""
    fhir_version: str = ""
    skew: float = 0.0
    found: dict[Check, Finding] = field(default_factory=dict)
    made: list[str] = field(default_factory=list)

    def result(self) -> Capabilities:
        findings = tuple(self.found.get(check, Finding(check, None)) for check in Check)
        return Capabilities(self.software, self.fhir_version, self.clock(), findings, self.skew)

    def say(self, check: Check, passed: bool | None, detail: str = "") -> None:
        self.found[check] = Finding(check, passed, detail)

    def steps(self) -> Steps:
        yield from self._what_it_is()
        if self.found[Check.FHIR_R4].passed:
            yield from self._writing()

    def _what_it_is(self) -> Steps:
        answer = yield _metadata()
        said = body_of(answer)
        self.software = _software(said)
        self.fhir_version = str(said.get("fhirVersion", ""))[:20]
        is_r4 = said.get("resourceType") == "CapabilityStatement" and self.fhir_version.startswith(("4.0", "4.3"))
        self.say(Check.FHIR_R4, is_r4, "" if is_r4 else self.fhir_version or "it does not say what it is")
        if answer is not None:
            self.skew = _skew(answer.headers.get("date", ""), self.clock())

    def _writing(self) -> Steps:
        one = self._new()
        first = yield _put(_trial_record(one, "first"))
        ours = _ok(first)
        self.say(Check.OWN_IDS, ours, "" if ours else _status(first))
        if not ours:
            return
        read = yield _get(one)
        kept = body_of(read)
        self.say(Check.KEEPS_UNKNOWN, _value(kept) == "first")
        old = _version(read)
        second = yield _put(_trial_record(one, "second"), if_match=old)
        after = yield _get(one)
        changed = _ok(second) and _value(body_of(after)) == "second"
        stale = yield _put(_trial_record(one, "stale"), if_match=old)
        now = yield _get(one)
        kept_newer = changed and _value(body_of(now)) == "second"
        self.say(
            Check.REFUSES_STALE,
            bool(old) and kept_newer and stale is not None and stale.status in _CONFLICT,
            "" if kept_newer else "an older change replaced a newer one",
        )
        yield from self._together(one, old)
        yield from self._receipt(one)
        yield from self._changes(one)
        yield from self._empty_version(one)

    def _together(self, one: str, old: str) -> Steps:
        """Send two records together of which one may not be written: neither may be."""
        beside = self._new()
        sent = [_entry(_trial_record(beside, "beside")), _entry(_trial_record(one, "stale"), if_match=old)]
        answer = yield _together(sent)
        there = yield _get(beside)
        now = yield _get(one)
        refused = answer is not None and answer.status in _CONFLICT
        intact = _value(body_of(now)) == "second"
        self.say(
            Check.STALE_IN_TRANSACTION, refused and intact, "" if intact else "an older change replaced a newer one"
        )
        left_out = there is not None and there.status in (404, 410)
        self.say(Check.ALL_OR_NOTHING, left_out and intact, "" if left_out else "a part of what was refused was kept")

        broken = self._new()
        bad = _trial_record(one, "broken") | {"created": "no date"}
        answer = yield _together([_entry(_trial_record(broken, "beside")), _entry(bad)])
        there = yield _get(broken)
        if answer is not None and not answer.ok and _ok(there):
            self.say(Check.ALL_OR_NOTHING, False, "a part of what was refused was kept")

        yield from self._beginning_once(one)

    def _beginning_once(self, one: str) -> Steps:
        """Begin a record that is there already, in the two ways in which a server can be asked not to."""
        guarded = yield _together([_entry(_trial_record(one, "again"), only_new=True)])
        now = yield _get(one)
        guard = guarded is not None and not guarded.ok and _value(body_of(now)) == "second"
        self.say(Check.CREATE_GUARD, guard)
        if _value(body_of(now)) == "again":
            yield _put(_trial_record(one, "second"), if_match=_version(now))
        new = self._new()
        begun = yield _together([_entry(_trial_record(new, "begun"), if_match="0")])
        again = yield _together([_entry(_trial_record(new, "again"), if_match="0")])
        there = yield _get(new)
        refused = again is not None and again.status in _CONFLICT
        self.say(Check.BEGINS_AT_0, _ok(begun) and refused and _value(body_of(there)) == "begun")

    def _receipt(self, one: str) -> Steps:
        """A Provenance in the same transaction, read back: the receipt by which a lost answer is settled."""
        before = yield _get(one)
        receipt = self._new("Provenance")
        provenance: Resource = {
            "resourceType": "Provenance",
            "id": receipt,
            "target": [{"reference": f"Basic/{one}"}],
            "recorded": self.clock().isoformat(timespec="seconds"),
            "agent": [{"who": {"display": "EoLC Desktop"}}],
        }
        sent = [_entry(_trial_record(one, "third"), if_match=_version(before)), _entry(provenance)]
        answer = yield _together(sent)
        read = yield Request("GET", f"Provenance/{receipt}", fresh=True)
        now = yield _get(one)
        self.say(Check.RECEIPTS, _ok(answer) and _ok(read) and _value(body_of(now)) == "third")
        said = _etag_of_first(body_of(answer))
        self.say(Check.TRUE_ETAGS, bool(said) and said == _version(now))

    def _changes(self, one: str) -> Steps:
        """Ask what changed since the last version of one record: it must be among the answers, and in order."""
        two = self._new()
        yield _put(_trial_record(two, "later"))
        read = yield _get(one)
        since = str((body_of(read).get("meta") or {}).get("lastUpdated", ""))
        both = {f"Basic/{one}", f"Basic/{two}"}
        form = {"_id": f"{one},{two}", "_lastUpdated": f"ge{since}", "_sort": "_lastUpdated", "_count": "50"}
        found: list[Resource] = []
        for tried in range(_TRIES):
            answer = yield Request("POST", "Basic/_search", form=form, fresh=True)
            if not _ok(answer):
                break
            found = _found(body_of(answer))
            if {f"Basic/{record.get('id')}" for record in found} >= both or not since:
                break
            if tried < _TRIES - 1:
                yield Pause(_SECONDS_BETWEEN)
        times = [str((record.get("meta") or {}).get("lastUpdated", "")) for record in found]
        complete = {f"Basic/{record.get('id')}" for record in found} == both
        later = yield Request("POST", "Basic/_search", form=form | {"_lastUpdated": "ge2999-01-01"}, fresh=True)
        asked = _ok(later) and not _found(body_of(later))
        passed = bool(since) and complete and times == sorted(times) and asked
        self.say(Check.READS_CHANGES, passed, "" if asked else "it does not look at the time asked about")
        if since:
            yield from self._one_list(since, both)

    def _one_list(self, since: str, both: set[str]) -> Steps:
        """Ask in one question about everything, as the exchange does: both must be in it, in short, and nothing that
        changed before the time asked about; and where it is cut short it must say so. One with a record for each team
        wants its name before the question (HAPI with partitions)."""
        for where in ("_history", f"{self.name}/_history"):
            never = "2999-01-01T00:00:00Z"
            asked = [(since, all_changes.MOST), (never, all_changes.MOST), (since, 1)]
            entries = [{"request": {"method": "GET", "url": all_changes.search(where, *one)}} for one in asked]
            batch = {"resourceType": "Bundle", "type": "batch", "entry": entries}
            answers = parts(body_of((yield Request("POST", "", json.dumps(batch).encode(), fresh=True))).get("entry"))
            lists: list[Resource] = [answer.get("resource") or {} for answer in answers]
            if len(lists) == len(asked) and (named := all_changes.versions(lists[0])) and named.keys() >= both:
                is_short = not any("extension" in version for key in both for version in named[key])
                is_whole = [all_changes.whole(one) for one in lists] == [True, True, False]
                passed = is_short and is_whole and all_changes.versions(lists[1]) == {}
                self.say(Check.LISTS_CHANGES, passed, where if passed else "")
                return
        self.say(Check.LISTS_CHANGES, passed=False)

    def _empty_version(self, one: str) -> Steps:
        before = yield _get(one)
        yield _put(_trial_record(one, "third"))
        after = yield _get(one)
        self.say(Check.NO_EMPTY_VERSIONS, bool(_version(before)) and _version(before) == _version(after))

    def _new(self, kind: str = "Basic") -> str:
        made = self.newer()
        self.made.append(f"{kind}/{made}")
        return made


def body_of(answer: Answer | None) -> dict[str, Any]:
    """The JSON object of an answer, {} for anything that cannot be read safely."""
    if answer is None or not answer.content:
        return {}
    try:
        read = parse(answer.content, 16 * 1024 * 1024)
    except ImportRefused:
        return {}
    return read if isinstance(read, dict) else {}


def _trial_record(name: str, value: str) -> Resource:
    return {
        "resourceType": "Basic",
        "id": name,
        "extension": [{"url": _UNKNOWN, "valueString": value}],
        "code": {"text": "A trial record of EoLC Desktop: it may be deleted"},
    }


def _value(body: dict[str, Any]) -> str:
    for found in body.get("extension") or []:
        if isinstance(found, dict) and found.get("url") == _UNKNOWN:
            return str(found.get("valueString"))
    return ""


def _put(resource: Resource, if_match: str = "") -> Request:
    return Request("PUT", f"Basic/{resource['id']}", json.dumps(resource).encode(), if_match=if_match)


def _get(name: str) -> Request:
    return Request("GET", f"Basic/{name}", fresh=True)


def _entry(resource: Resource, if_match: str = "", only_new: bool = False) -> Resource:
    key = f"{resource['resourceType']}/{resource['id']}"
    request = {"method": "PUT", "url": key}
    if if_match:
        request["ifMatch"] = f'W/"{if_match}"'
    if only_new:
        request["ifNoneMatch"] = "*"
    return {"fullUrl": f"urn:uuid:{resource['id']}", "resource": resource, "request": request}


def _together(entries: list[Resource]) -> Request:
    bundle = {"resourceType": "Bundle", "type": "transaction", "entry": entries}
    return Request("POST", "", json.dumps(bundle).encode())


def _ok(answer: Answer | None) -> bool:
    return answer is not None and answer.ok


def _status(answer: Answer | None) -> str:
    return f"it answered {answer.status}" if answer is not None else ""


def _version(answer: Answer | None) -> str:
    if answer is None:
        return ""
    meta = body_of(answer).get("meta")
    said = meta.get("versionId") if isinstance(meta, dict) else None
    return str(said) if isinstance(said, str) and said else answer.etag


def _etag_of_first(bundle: dict[str, Any]) -> str:
    entries = bundle.get("entry")
    first = entries[0] if isinstance(entries, list) and entries and isinstance(entries[0], dict) else {}
    response = first.get("response")
    said = response.get("etag") if isinstance(response, dict) else None
    return said.strip().removeprefix("W/").strip('"') if isinstance(said, str) else ""


def _found(bundle: dict[str, Any]) -> list[Resource]:
    entries = bundle.get("entry")
    held = [entry.get("resource") for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []
    return [resource for resource in held if isinstance(resource, dict) and resource.get("resourceType") == "Basic"]


def _skew(date: str, now: datetime) -> float:
    try:
        return (now - parsedate_to_datetime(date)).total_seconds() if date else 0.0
    except (TypeError, ValueError):
        return 0.0
