"""One list of what changed takes the place of searches only where it leaves out nothing."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from eolc_desktop.fhir.sharing.elements import PROJECTION
from eolc_desktop.record.exchange import SharedResource
from eolc_desktop.sync import all_changes
from eolc_desktop.sync.names import CONFLICT_CODE, MANIFEST_CODE, door, manifest
from tests.sync.simulator.list_mutants import LIST_MUTANTS
from tests.sync.simulator.memory import MemoryLedger
from tests.sync.simulator.server import Habits
from tests.sync.simulator.world import World

KINDS = ("List", "DocumentReference", "Flag", "QuestionnaireResponse")
PERSON = "0" * 31 + "1"
SINCE = "2026-11-30T08:00:00.000Z"


def one(kind: str, name: str, at: str, version: str = "1", **more: Any) -> dict[str, Any]:
    meta = {"versionId": version, "lastUpdated": f"2026-11-30T08:00:{at}.000Z"}
    return {"resource": {"resourceType": kind, "id": name, "meta": meta, **more}, "request": {"method": "PUT"}}


def listed(*entries: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "history", "entry": list(entries), **more}


@pytest.fixture
def ledger() -> MemoryLedger:
    """It knows Flag/a in its version 1."""
    made = World(1).laptops[0].ledger
    assert isinstance(made, MemoryLedger)
    at = "2026-11-30T08:00:01.000Z"
    made.put_resources(SharedResource("Flag/a", PERSON, {"resourceType": "Flag"}, "1", at))
    return made


def news(ledger: MemoryLedger, history: dict[str, Any]) -> set[str] | None:
    told = all_changes.told(ledger, KINDS, SINCE, history)
    return None if told is None else told.news


def test_what_is_known_is_no_news(ledger: MemoryLedger) -> None:
    assert news(ledger, listed()) == set()
    assert news(ledger, listed(one("Flag", "a", "01"))) == set()
    assert news(ledger, listed(one("Flag", "b", "02"), one("Flag", "a", "01"))) == {"Flag"}
    assert news(ledger, listed(one("QuestionnaireResponse", "q", "01"), one("Flag", "a", "01"))) == {
        "QuestionnaireResponse"
    }


def test_the_same_number_at_another_time_is_another_version(ledger: MemoryLedger) -> None:
    """A server that was set back gives it again."""
    assert news(ledger, listed(one("Flag", "a", "02"))) == {"Flag"}
    assert news(ledger, listed(one("Flag", "a", "01", "2"))) == {"Flag"}
    with LIST_MUTANTS["number_is_enough"]():
        assert news(ledger, listed(one("Flag", "a", "02"))) == set()


def test_what_was_received_and_is_not_merged_yet_is_what_counts(ledger: MemoryLedger) -> None:
    known = ledger.resource("Flag/a")
    assert known is not None
    at = "2026-11-30T08:00:02.000Z"
    ledger.put_resources(replace(known, seen={"resourceType": "Flag"}, seen_version="2", seen_updated=at))
    assert news(ledger, listed(one("Flag", "a", "02", "2"), one("Flag", "a", "01"))) == set()
    assert news(ledger, listed(one("Flag", "a", "01"))) == {"Flag"}


def test_what_the_searches_do_not_ask_for_is_no_news(ledger: MemoryLedger) -> None:
    guard = {"resource": door(PERSON) | {"meta": {"versionId": "1", "lastUpdated": SINCE}}}
    theirs = one("List", "theirs", "04", code={"coding": [dict(CONFLICT_CODE)]})
    letter = one("DocumentReference", "letter", "03", identifier=[{"system": "urn:ward", "value": "9"}])
    assert news(ledger, listed(guard, theirs, letter, one("Provenance", "p", "02"))) == set()
    ours = one("DocumentReference", "ours", "05", identifier=[{"system": PROJECTION, "value": "plan"}])
    plan = {"resource": manifest(PERSON, {}) | {"meta": {"versionId": "1", "lastUpdated": SINCE}}}
    assert news(ledger, listed(ours, plan)) == {"DocumentReference", "List"}


def test_what_does_not_say_whose_it_is_counts_as_ours(ledger: MemoryLedger) -> None:
    """A server may leave more out of a summary than others do."""
    assert news(ledger, listed(one("List", "x", "01"), one("DocumentReference", "y", "01"))) == {
        "DocumentReference",
        "List",
    }


def test_it_tells_how_far_each_type_is_known(ledger: MemoryLedger) -> None:
    plan = one("List", "m", "07", code={"coding": [dict(MANIFEST_CODE)]})
    told = all_changes.told(ledger, KINDS, SINCE, listed(one("Binary", "f", "09"), plan, one("Flag", "a", "01")))
    assert told is not None
    assert told.until == "2026-11-30T08:00:09.000Z"
    assert told.newest == {"Flag": "2026-11-30T08:00:01.000Z"}
    assert told.manifests == {"List/m": "2026-11-30T08:00:07.000Z"}


@pytest.mark.parametrize(
    "history",
    [
        listed(one("Flag", "a", "01"), link=[{"relation": "self"}, {"relation": "next", "url": "x"}]),
        listed(*(one("Flag", str(number), "01") for number in range(all_changes.MOST))),
        listed(one("Flag", "a", "01"), total=2),
        listed({"request": {"method": "DELETE"}}),
        listed({"response": {"status": "200"}}),
        listed(one("Flag", "a", "no time")),
        {"resourceType": "Bundle", "type": "searchset", "entry": []},
        {"resourceType": "OperationOutcome"},
    ],
    ids=["goes on", "full", "counts more", "deleted, not said what", "empty", "no time", "a search", "no list"],
)
def test_a_list_that_may_leave_something_out_does_not_count(ledger: MemoryLedger, history: dict[str, Any]) -> None:
    assert all_changes.told(ledger, KINDS, SINCE, history) is None


def test_of_one_resource_the_highest_number_counts_also_where_its_time_is_the_earlier(ledger: MemoryLedger) -> None:
    at = "2026-11-30T08:00:05.000Z"
    ledger.put_resources(SharedResource("Flag/b", PERSON, {"resourceType": "Flag"}, "10", at))
    assert news(ledger, listed(one("Flag", "b", "07", "9"), one("Flag", "b", "05", "10"))) == set()
    assert news(ledger, listed(one("Flag", "b", "07", "11"), one("Flag", "b", "05", "10"))) == {"Flag"}


def test_of_versions_without_numbers_nobody_can_tell(ledger: MemoryLedger) -> None:
    assert news(ledger, listed(one("Flag", "a", "02", "x7"), one("Flag", "a", "01", "1"))) == {"Flag"}


@pytest.mark.parametrize("url", ["Flag/a", "https://record.example/fhir/Flag/a"])
def test_what_others_deleted_is_looked_for(ledger: MemoryLedger, url: str) -> None:
    assert news(ledger, listed({"request": {"method": "DELETE", "url": url}})) == {"Flag"}
    assert news(ledger, listed({"request": {"method": "DELETE", "url": "Basic/trial"}})) == set()


def test_histories_use_it() -> None:
    """The simulation has servers that list changes, and ones that do not: both are met."""
    worlds = [World(seed) for seed in range(20)]
    found = {world.profile.habits.lists_changes for world in worlds if world.profile}
    assert found == {True, False}
    assert not Habits().lists_changes
