"""Servers that lie, break off or never end: refused in words, nothing half applied, and nothing lost when they mend.

Bob's laptop has the real store and the product's engine over real HTTP; what the server answers is tampered with.
"""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

from eolc_desktop.record.exchange import shared_person_of
from eolc_desktop.sync import receiving
from eolc_desktop.sync.effects import JSON, Answer, Request
from eolc_desktop.sync.exchange import Outcome
from eolc_desktop.sync.http import Http
from eolc_desktop.sync.http_effects import answer_to
from eolc_desktop.sync.ports import ServerAbilities
from eolc_desktop.sync.server import server_at
from tests.sync.loopback import Asked, Loopback, Said
from tests.sync.real import CONSENT, Team
from tests.sync.scenarios import DECISION, HOSPITAL, NAME, PERSON, PHONE, REASON
from tests.sync.simulator.server import Habits, Server

Tamper = Callable[[Asked, Said], Said]
HABITS, ABILITIES = Habits(etags=True), ServerAbilities(etags_in_transactions=True)
SOMEBODY_ELSE = "5f0e0d5e-0000-4000-8000-00000000000b"
CANNOT_READ = "cannot be read safely"
CANNOT_USE = "cannot be used"


@dataclass
class OverHttp:
    """The simulated server, reached over real HTTP, as a laptop of `tests.sync.real` asks it."""

    address: str
    server: Server

    def answer(self, effect: Request, *_: Any) -> Answer:
        with Http(server_at(self.address)) as http:
            return answer_to(http, effect)

    def stamp(self) -> int:
        return self.server.stamp()


@dataclass
class Hostile:
    """What stands between Bob and the server. It is honest until it is told how to tamper."""

    team: Team
    tamper: Tamper | None = None
    asked: list[Asked] = field(default_factory=list)

    def answer(self, asked: Asked) -> Said:
        self.asked.append(asked)
        server, path = self.team.server, asked.path.removeprefix("/fhir").strip("/")
        body = json.loads(asked.body) if asked.body else None
        found = server.answer(Request(asked.method, path, body, fresh=True), 1, server.stamp())
        said = Said(found.status, json.dumps(found.body).encode() if found.body is not None else b"", found.headers)
        return self.tamper(asked, said) if self.tamper is not None else said


@contextmanager
def before_bob(folder: Path, *, lists: bool = False) -> Iterator[tuple[Team, Hostile]]:
    """Both have a plan; Ann has changed what belongs together, and Bob something of his own. With `lists` Bob asks in
    one list first what changed."""
    abilities = replace(ABILITIES, lists_changes="_history") if lists else ABILITIES
    team = Team(folder, replace(HABITS, lists_changes=lists), abilities)
    hostile = Hostile(team)
    try:
        with Loopback(hostile.answer) as loopback:
            team.ann.record(PERSON, {NAME: "Smith", CONSENT: "given", DECISION: "for", HOSPITAL: "prefers"})
            team.exchange(team.ann, team.bob)
            team.ann.record(PERSON, {DECISION: "not_for", REASON: "Frail", HOSPITAL: "avoid"})
            team.exchange(team.ann)
            team.bob.record(PERSON, {PHONE: "01274 2"})
            team.bob.server = OverHttp(loopback.address, team.server)  # type: ignore[assignment]
            yield team, hostile
    finally:
        team.close()


def exchanged(team: Team, hostile: Hostile, tamper: Tamper | None) -> Outcome:
    hostile.tamper = tamper
    team.later()
    return team.bob.exchange()


def mends(team: Team, hostile: Hostile) -> None:
    """When the server is honest again, both have everything, and nobody was asked anything."""
    for _ in range(3):
        assert exchanged(team, hostile, None).stopped is None
        team.exchange(team.ann)
    wanted = {
        NAME: "Smith",
        CONSENT: "given",
        DECISION: "not_for",
        REASON: "Frail",
        HOSPITAL: "avoid",
        PHONE: "01274 2",
    }
    assert team.bob.says(PERSON) == team.ann.says(PERSON) == wanted
    assert (team.ann.left(), team.bob.left()) == ([], [])
    assert not team.bob.conflicts(PERSON)
    assert team.bob.journal_agrees()


def body(said: Said, change: Callable[[JSON], None]) -> Said:
    """The answer with something in it changed."""
    read = json.loads(said.body)
    change(read)
    return replace(said, body=json.dumps(read).encode())


def resources_in(bundle: JSON) -> list[JSON]:
    """Every resource in an answer, in the pages of a batch too."""
    found = [entry["resource"] for entry in bundle.get("entry", []) if entry.get("resource")]
    return [*found, *(inner for page in found if page["resourceType"] == "Bundle" for inner in resources_in(page))]


def pages(change: Callable[[JSON], None]) -> Tamper:
    """Change each page of a search."""

    def each(read: JSON) -> None:
        for page in resources_in(read):
            if page["resourceType"] == "Bundle":
                change(page)

    return lambda _asked, said: body(said, each)


def _fewer(read: JSON) -> None:
    read["entry"].pop()


def _out_of_order(page: JSON) -> None:
    for entry in page["entry"][-1:]:
        entry["resource"]["meta"] |= {"lastUpdated": "1990-01-01T00:00:00Z"}


def _without_time(page: JSON) -> None:
    for entry in page["entry"]:
        entry["resource"]["meta"] |= {"lastUpdated": "soon"}


def _always_more(page: JSON) -> None:
    page["link"] = [{"relation": "next", "url": "https://elsewhere.example/fhir/List?_count=200"}]


BROKEN: dict[str, tuple[Tamper, str]] = {
    "a page of a website": (lambda _, s: replace(s, body=b"<html>Please sign in</html>"), CANNOT_READ),
    "cut off, and claimed whole": (lambda _, s: replace(s, body=s.body[:-9]), CANNOT_READ),
    "cut off": (lambda _, s: replace(s, claimed_length=len(s.body) + 9), "broke off|connection|reached"),
    "says a thing twice": (lambda _, s: replace(s, body=b'{"type":"x",' + s.body[1:]), CANNOT_READ),
    "no text": (lambda _, s: replace(s, body=b"\xff\xfe" + s.body), CANNOT_READ),
    "not a number": (lambda _, s: replace(s, body=b'{"total":NaN,' + s.body[1:]), CANNOT_READ),
    "a list": (lambda _, s: replace(s, body=b"[" + s.body + b"]"), CANNOT_READ),
    "deeper than anything": (lambda _, s: replace(s, body=b'{"a":' * 90_000 + b"1" + b"}" * 90_000), CANNOT_READ),
    "larger than memory": (
        lambda _, s: replace(s, body=gzip.compress(b" " * 60_000_000), headers={"Content-Encoding": "gzip"}),
        "larger than",
    ),
    "elsewhere": (lambda _, s: replace(s, status=307, headers={"Location": "http://127.0.0.1:9/fhir"}), "address"),
    "fewer answers than questions": (lambda _, s: body(s, _fewer), CANNOT_USE),
    "no answers": (lambda _, s: replace(s, body=b"{}"), CANNOT_USE),
    "no order": (pages(_out_of_order), "order of their time"),
    "no times": (pages(_without_time), "order of their time"),
    "always one more page": (pages(_always_more), "come to the end"),
}


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Team, Hostile]]:
    """One history for every server that breaks its answers: none of them may leave a trace, and after all of them
    nothing is lost."""
    with before_bob(tmp_path_factory.mktemp("hostile")) as begun:
        team, hostile = begun
        exchanged(team, hostile, BROKEN["no answers"][0])  # Bob has tried once: what he recorded waits from here on
        yield begun
        mends(team, hostile)


@pytest.mark.parametrize("case", BROKEN)
def test_what_cannot_be_read_is_refused_in_words_and_nothing_is_taken_in(
    here: tuple[Team, Hostile], case: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "MOST_OF_ONE_MOMENT", 20)
    team, hostile = here
    tamper, words = BROKEN[case]
    before, hostile.asked = team.bob.says(PERSON), []
    outcome = exchanged(team, hostile, tamper)
    assert outcome.stopped is not None
    assert re.search(words, outcome.stopped.reason), outcome.stopped.reason
    assert team.bob.says(PERSON) == before
    assert team.bob.left(), "what Bob recorded still waits"
    assert len(hostile.asked) < 50


def test_a_list_of_changes_without_an_end_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each page goes on a little further: the time of the last change never stands still."""
    monkeypatch.setattr(receiving, "MOST_PAGES", 10)
    seconds, listed = iter(range(60)), [{"resourceType": "List"}]

    def further(page: JSON) -> None:
        _always_more(page)
        found = [entry["resource"] for entry in page["entry"] if entry["resource"]["resourceType"] == "List"]
        listed[:] = found or listed
        meta = {"versionId": "x", "lastUpdated": f"2026-12-01T00:00:{next(seconds):02}Z"}
        page["entry"] = [{"resource": {**listed[0], "meta": meta}}]

    with before_bob(tmp_path) as (team, hostile):
        before = team.bob.says(PERSON)
        outcome = exchanged(team, hostile, pages(further))
        assert outcome.stopped is receiving.ENDLESS
        assert team.bob.says(PERSON) == before
        mends(team, hostile)


@pytest.mark.parametrize("kind", ["QuestionnaireResponse", "List"])
def test_what_is_about_somebody_else_is_not_taken_in_nor_written_over(tmp_path: Path, kind: str) -> None:
    def about_somebody_else(read: JSON) -> None:
        for resource in resources_in(read):
            if resource["resourceType"] == kind:
                resource["subject"] = {"reference": f"Patient/{SOMEBODY_ELSE}"}

    with before_bob(tmp_path) as (team, hostile):
        before = team.bob.says(PERSON)
        server = {key: len(versions) for key, versions in team.server.history.items()}
        exchanged(team, hostile, lambda _asked, said: body(said, about_somebody_else))
        assert team.bob.says(PERSON) == before
        assert {key: len(versions) for key, versions in team.server.history.items()} == server
        with team.bob.store.reading() as connection:
            words = shared_person_of(connection, PERSON).trouble
        assert "Nothing of it was taken in" in words
        mends(team, hostile)


def test_a_resource_under_another_name_is_not_taken_in(tmp_path: Path) -> None:
    """Asked for by name, the server gives another entry of the same person."""

    def another(read: JSON) -> None:
        answers = [e["resource"] for e in read["entry"] if e.get("resource", {}).get("resourceType") != "Bundle"]
        entries = [resource for resource in answers if resource["resourceType"] == "QuestionnaireResponse"]
        for resource, other in zip(entries, reversed(entries), strict=True):
            resource["id"] = other["id"] if len(entries) > 1 else SOMEBODY_ELSE

    def only_by_name(asked: Asked, said: Said) -> Said:
        def stale(page: JSON) -> None:
            page["entry"] = [e for e in page["entry"] if e["resource"]["resourceType"] == "List"]

        return body(pages(stale)(asked, said), another)

    with before_bob(tmp_path) as (team, hostile):
        before = team.bob.says(PERSON)
        exchanged(team, hostile, only_by_name)
        assert team.bob.says(PERSON) == before
        mends(team, hostile)


def _transaction(asked: Asked) -> bool:
    return asked.method == "POST" and b'"transaction"' in asked.body


def _lying_etags(asked: Asked, said: Said) -> Said:
    def lie(read: JSON) -> None:
        for entry in read["entry"]:
            entry["response"]["etag"] = 'W/"41"'

    return body(said, lie) if _transaction(asked) else said


def _lying_created(asked: Asked, said: Said) -> Said:
    def lie(read: JSON) -> None:
        for entry in read["entry"]:
            entry["response"]["status"] = "201 Created"

    return body(said, lie) if _transaction(asked) else said


@pytest.mark.parametrize("lie", [_lying_etags, _lying_created])
def test_versions_that_are_not_true_lose_nothing(tmp_path: Path, lie: Tamper) -> None:
    with before_bob(tmp_path) as (team, hostile):
        exchanged(team, hostile, lie)
        team.bob.record(PERSON, {PHONE: "01274 3"})
        exchanged(team, hostile, lie)
        team.bob.record(PERSON, {PHONE: "01274 2"})
        mends(team, hostile)


def test_what_a_server_claims_to_have_and_has_not_is_sent_again(tmp_path: Path) -> None:
    """It answers that all is well, and keeps nothing."""
    with before_bob(tmp_path) as (team, hostile):

        def forgets(asked: Asked, said: Said) -> Said:
            if _transaction(asked):
                team.server.restore(kept)
            return said

        kept = team.server.snapshot()
        outcome = exchanged(team, hostile, forgets)
        assert outcome.sent == 1, "as far as anybody can tell"
        mends(team, hostile)


def _of_everybody(page: JSON) -> None:
    page["entry"] *= 100


def _nameless(page: JSON) -> None:
    for entry in page["entry"]:
        entry["resource"] = "Flag/1"


def _half(page: JSON) -> None:
    page["entry"] = page["entry"][::2]
    page["link"] = [{"relation": "next", "url": "https://elsewhere.example/fhir?_getpages=1"}]


def _no_bundle(page: JSON) -> None:
    page.clear()
    page["resourceType"] = "OperationOutcome"


def lists(change: Callable[[JSON], None]) -> Tamper:
    """Change the list of what changed, and leave the searches alone."""

    def each(read: JSON) -> None:
        for page in resources_in(read):
            if page.get("type") == "history":
                change(page)

    return lambda _asked, said: body(said, each)


@pytest.mark.parametrize("change", [_of_everybody, _nameless, _half, _no_bundle, _without_time, _always_more])
def test_a_list_of_changes_that_cannot_be_used_is_passed_over(tmp_path: Path, change: Callable[[JSON], None]) -> None:
    """All is searched then, in the same exchange."""
    with before_bob(tmp_path, lists=True) as (team, hostile):
        assert exchanged(team, hostile, lists(change)).stopped is None
        assert any(b"_history" in asked.body for asked in hostile.asked)
        assert team.bob.says(PERSON)[DECISION] == "not_for"
        mends(team, hostile)


def test_after_a_list_that_cannot_be_read_the_next_exchange_searches(tmp_path: Path) -> None:
    def too_large(asked: Asked, said: Said) -> Said:
        return replace(said, body=b"<html>") if b"_history" in asked.body else said

    with before_bob(tmp_path, lists=True) as (team, hostile):
        stopped = exchanged(team, hostile, too_large).stopped
        assert stopped is not None
        assert CANNOT_READ in stopped.reason
        assert exchanged(team, hostile, too_large).stopped is None
        assert team.bob.says(PERSON)[DECISION] == "not_for"
        mends(team, hostile)
