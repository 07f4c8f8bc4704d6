"""A FHIR server as real ones are: each with its own habits, all of them found in `fhir-servers.md`."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from urllib.parse import urlencode

from eolc_desktop.sync.effects import JSON, Request, Response
from tests.sync.simulator.quick import parse_qsl

BEGUN = datetime(2026, 11, 1, tzinfo=UTC)
LONGEST = 20
"""Seconds that a request may be on its way or a transaction open."""


@dataclass(frozen=True)
class Habits:
    """What one server does. The defaults are those of a kind one."""

    stale_status: int = 412
    if_match_on_nothing_creates: bool = False
    create_guard: bool = False
    etags: bool = False
    random_versions: bool = False
    caches_searches: bool = True
    largest_page: int = 200
    next_links: bool = True
    no_order_among_equals: bool = False
    coarse_clock: bool = False
    loses_token: bool = False
    busy: float = 0.0
    lists_changes: bool = False


@lru_cache(maxsize=10_000)
def instant(seconds: int) -> str:
    return (BEGUN + timedelta(seconds=seconds)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Server:
    """Versions, transactions that are whole or nothing, searches, and a stamp of time before the commit."""

    def __init__(self, habits: Habits, chance: random.Random, on_commit: Callable[..., None] = lambda *_: None) -> None:
        self.habits = habits
        self.chance = chance
        self.history: dict[str, list[JSON]] = {}
        self.moments: dict[str, int] = {}
        self.on_commit = on_commit
        self.cache: dict[str, tuple[int, list[str]]] = {}
        self.token = 1
        self.now = 0
        self.is_quiet = False
        self.asked = 0
        self.refusal: Response | None = None

    def current(self, key: str) -> JSON | None:
        versions = self.history.get(key)
        return versions[-1] if versions else None

    def snapshot(self) -> tuple[dict[str, list[JSON]], dict[str, int]]:
        return {key: list(versions) for key, versions in self.history.items()}, dict(self.moments)

    def restore(self, snapshot: tuple[dict[str, list[JSON]], dict[str, int]]) -> None:
        self.history = {key: list(versions) for key, versions in snapshot[0].items()}
        self.moments = dict(snapshot[1])
        self.cache.clear()

    def stamp(self) -> int:
        """The time a request is given when it comes in: before anything of it is seen by others."""
        return self.now - self.now % 4 if self.habits.coarse_clock else self.now

    def answer(self, request: Request, token: int, stamped: int, who: Any = None) -> Response:
        self.asked += 1
        if self.habits.loses_token and token != self.token:
            return Response(401)
        if self.habits.busy and not self.is_quiet and self.chance.random() < self.habits.busy:
            return Response(self.chance.choice([429, 503]), {"retry-after": "3"})
        if request.method == "POST":
            assert request.body is not None
            if request.body["type"] == "transaction":
                if self.refusal is not None:
                    return self.refusal
                return self._transaction(request.body, stamped, who)
            entries = [
                self._put(e["request"]["url"], e["resource"], stamped)
                if e["request"]["method"] == "PUT"
                else self._entry(e["request"]["url"], request)
                for e in request.body["entry"]
            ]
            return Response(200, {}, {"resourceType": "Bundle", "type": "batch-response", "entry": entries})
        if request.method == "PUT":
            assert request.body is not None
            self._put(request.path, request.body, stamped)
            return Response(200)
        status, body = self._get(request.path, (), no_cache=request.fresh)
        return Response(status, {}, body)

    def _entry(self, url: str, request: Request) -> JSON:
        path, _, query = url.partition("?")
        status, body = self._get(path, parse_qsl(query), no_cache=request.fresh)
        return {"response": {"status": str(status)}} | ({"resource": body} if body is not None else {})

    def _get(self, path: str, query: tuple[tuple[str, str], ...], *, no_cache: bool) -> tuple[int, JSON | None]:
        if "/" in path:
            found = self.current(path)
            return (200, found) if found is not None else (404, None)
        if path == "_history":
            return 200, self._versions(dict(query))
        return 200, self._search(path, dict(query), no_cache=no_cache)

    def _search(self, kind: str, query: dict[str, str], *, no_cache: bool) -> JSON:
        name = f"{kind} {sorted(query.items())}"
        cached = self.cache.get(name)
        if self.habits.caches_searches and not no_cache and cached and self.now - cached[0] < 60:
            keys = cached[1]
        else:
            since = query.get("_lastUpdated", "ge")[2:]
            begin_at = _plain(since) if since else ""
            moments = [
                (moment, key)
                for key, moment in self.moments.items()
                if key.startswith(f"{kind}/")
                and (not since or instant(moment) >= begin_at)
                and ("_id" not in query or key.partition("/")[2] in query["_id"].split(","))
            ]
            if self.habits.no_order_among_equals:
                self.chance.shuffle(moments)  # and another one each time
                keys = [key for _, key in sorted(moments, key=lambda pair: pair[0])]
            else:
                keys = [key for _, key in sorted(moments)]
            self.cache[name] = (self.now, keys)
        count = min(int(query["_count"]), self.habits.largest_page)
        begin = int(query.get("_offset", "0"))
        bundle: JSON = {
            "resourceType": "Bundle",
            "type": "searchset",
            "entry": [{"resource": self.current(key)} for key in keys[begin : begin + count]],
        }
        if self.habits.next_links and len(keys) > begin + count:
            more = {**query, "_offset": str(begin + count)}
            bundle["link"] = [{"relation": "next", "url": f"https://record.example/fhir/{kind}?{urlencode(more)}"}]
        return bundle

    def _versions(self, query: dict[str, str]) -> JSON:
        """Every version since a moment, the newest first; of one resource too, by the time it was given, which may not
        be the order in which they were written."""
        begin_at = _plain(query["_since"])
        listed = [
            (version["meta"]["lastUpdated"], number, version)
            for versions in self.history.values()
            for number, version in enumerate(versions)
            if version["meta"]["lastUpdated"] >= begin_at
        ]
        listed.sort(key=lambda one: one[:2], reverse=True)
        count = min(int(query["_count"]), self.habits.largest_page)
        entries = [{"resource": in_short(version), "request": {"method": "PUT"}} for _, _, version in listed[:count]]
        bundle: JSON = {"resourceType": "Bundle", "type": "history", "entry": entries}
        if self.habits.next_links and len(listed) > count:
            bundle["link"] = [{"relation": "next", "url": "https://record.example/fhir?_getpages=1"}]
        return bundle

    def _transaction(self, bundle: JSON, stamped: int, who: Any) -> Response:
        for entry in bundle["entry"]:
            request = entry["request"]
            now = self.current(request["url"])
            if "ifMatch" in request:
                if now is None:
                    if not self.habits.if_match_on_nothing_creates:
                        return Response(404)
                elif request["ifMatch"] != f'W/"{now["meta"]["versionId"]}"':
                    return Response(self.habits.stale_status)
            if "ifNoneMatch" in request and now is not None and self.habits.create_guard:
                return Response(412)
        self.on_commit(bundle, who)
        answers = [self._put(entry["request"]["url"], entry["resource"], stamped) for entry in bundle["entry"]]
        return Response(200, {}, {"resourceType": "Bundle", "type": "transaction-response", "entry": answers})

    def _put(self, key: str, resource: JSON, stamped: int) -> JSON:
        now, status = self.current(key), "200"
        if now is not None and {**resource, "meta": now["meta"]} == now:
            version = now["meta"]["versionId"]
            if self.habits.etags and not self.habits.random_versions and self.chance.random() < 0.5:
                version = str(int(version) + 1)  # nothing was changed, and the answer claims a new version
        else:
            number = len(self.history.get(key, [])) + 1
            version = f"{self.chance.getrandbits(64):x}" if self.habits.random_versions else str(number)
            kept = {**resource, "meta": {"versionId": version, "lastUpdated": instant(stamped)}}
            self.history.setdefault(key, []).append(kept)
            self.moments[key] = stamped
            status = "200" if now is not None else "201"
        return {"response": {"status": status} | ({"etag": f'W/"{version}"'} if self.habits.etags else {})}


def in_short(version: JSON) -> JSON:
    """A summary: what a resource says is not in it, nor who wrote it last."""
    return {name: version[name] for name in ("resourceType", "id", "meta", "code", "identifier") if name in version}


def _plain(since: str) -> str:
    found = datetime.fromisoformat(since)
    return found.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def resources(server: Server, kind: str) -> Iterator[JSON]:
    for key in server.history:
        if key.startswith(f"{kind}/"):
            found = server.current(key)
            assert found is not None
            yield found
