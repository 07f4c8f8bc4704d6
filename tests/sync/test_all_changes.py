"""One list of everything that changed takes the place of the searches only where it leaves out nothing."""

from __future__ import annotations

from typing import Any

import pytest

from eolc_desktop.fhir.sharing.elements import PROJECTION
from eolc_desktop.sync import all_changes
from eolc_desktop.sync.names import manifest
from tests.sync.simulator.server import Habits
from tests.sync.simulator.world import World

KINDS = ("List", "DocumentReference", "Flag", "QuestionnaireResponse")
PERSON = "0" * 31 + "1"


def one(kind: str, name: str, at: str, version: str = "1", **more: Any) -> dict[str, Any]:
    meta = {"versionId": version, "lastUpdated": f"2026-11-30T08:00:{at}.000Z"}
    return {"resource": {"resourceType": kind, "id": name, "meta": meta, **more}, "request": {"method": "PUT"}}


def listed(*entries: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"resourceType": "Bundle", "type": "history", "entry": list(entries), **more}


def names(history: dict[str, Any]) -> list[list[str]] | None:
    pages = all_changes.pages(KINDS, history)
    return None if pages is None else [[str(entry["resource"]["id"]) for entry in page["entry"]] for page in pages]


def test_each_type_has_its_page_in_the_order_of_time() -> None:
    history = listed(one("Flag", "b", "03"), one("QuestionnaireResponse", "q", "02"), one("Flag", "a", "01"))
    assert names(history) == [[], [], ["a", "b"], ["q"]]
    assert names(listed()) == [[], [], [], []]


def test_what_is_not_ours_to_read_is_left_out_as_the_searches_leave_it_out() -> None:
    ours = one("DocumentReference", "ours", "05", identifier=[{"system": PROJECTION, "value": "plan"}])
    plan = {"resource": manifest(PERSON, {}) | {"meta": {"versionId": "1", "lastUpdated": "2026-11-30T08:00:01Z"}}}
    others = one("List", "theirs", "04"), one("DocumentReference", "letter", "03"), one("Provenance", "p", "02")
    assert names(listed(ours, *others, plan)) == [[plan["resource"]["id"]], ["ours"], [], []]


@pytest.mark.parametrize(
    "history",
    [
        listed(one("Flag", "a", "01"), link=[{"relation": "self"}, {"relation": "next", "url": "x"}]),
        listed(*(one("Flag", str(number), "01") for number in range(all_changes.MOST))),
        listed(one("Flag", "a", "02", "x7"), one("Flag", "a", "01", "x9")),
        listed({"request": {"method": "DELETE", "url": "Flag/a"}}, one("Flag", "b", "01")),
        listed({"request": {"method": "DELETE", "url": "https://record.example/fhir/Flag/a"}}),
        listed({"response": {"status": "200"}}),
        listed(one("Flag", "a", "no time")),
        {"resourceType": "Bundle", "type": "searchset", "entry": []},
        {"resourceType": "OperationOutcome"},
    ],
    ids=["goes on", "full", "no numbers", "deleted", "deleted there", "empty", "no time", "a search", "no list"],
)
def test_a_list_that_may_leave_something_out_does_not_count(history: dict[str, Any]) -> None:
    assert all_changes.pages(KINDS, history) is None


def test_of_one_resource_the_highest_number_counts_also_where_its_time_is_the_earlier() -> None:
    history = listed(one("Flag", "a", "07", "9", status="before"), one("Flag", "a", "05", "10", status="after"))
    pages = all_changes.pages(KINDS, history)
    assert pages is not None
    assert [entry["resource"]["status"] for entry in pages[2]["entry"]] == ["after"]


def test_what_others_deleted_of_other_types_is_passed_over() -> None:
    assert names(listed({"request": {"method": "DELETE", "url": "Basic/trial"}}, one("Flag", "a", "01"))) == [
        [], [], ["a"], [],
    ]  # fmt: skip


def test_histories_use_it() -> None:
    """The simulation has servers that list changes, and ones that do not: both are met."""
    worlds = [World(seed) for seed in range(20)]
    found = {world.profile.habits.lists_changes for world in worlds if world.profile}
    assert found == {True, False}
    assert not Habits().lists_changes
