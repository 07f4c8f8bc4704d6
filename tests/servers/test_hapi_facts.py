"""Habits of HAPI FHIR that the exchange leans on or works round: written down in docs/fhir-servers.md, held here.

When a newer HAPI behaves otherwise, this says so before a laptop finds out.
"""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from eolc_desktop.sync import all_changes
from eolc_desktop.sync.http import Http
from eolc_desktop.sync.probe import body_of
from eolc_desktop.sync.server import Answer, Request, server_at
from tests.servers.hapi import Hapi

pytestmark = [pytest.mark.xdist_group("hapi"), pytest.mark.timeout(900)]


class Asking:
    """Sends what a test asks, and keeps its lines short."""

    def __init__(self, http: Http) -> None:
        self._http = http

    def put(self, resource: dict[str, Any], if_match: str = "") -> Answer:
        key = f"{resource['resourceType']}/{resource['id']}"
        return self._http.send(Request("PUT", key, json.dumps(resource).encode(), if_match=if_match))

    def get(self, key: str) -> Answer:
        return self._http.send(Request("GET", key))

    def together(self, *entries: tuple[dict[str, Any], str], kind: str = "transaction") -> Answer:
        sent = [
            {
                "resource": resource,
                "request": {"method": "PUT", "url": f"{resource['resourceType']}/{resource['id']}"}
                | ({"ifMatch": f'W/"{version}"'} if version else {}),
            }
            for resource, version in entries
        ]
        bundle = {"resourceType": "Bundle", "type": kind, "entry": sent}
        return self._http.send(Request("POST", "", json.dumps(bundle).encode()))

    def ask_together(self, *urls: str) -> list[dict[str, Any]]:
        """What a batch of questions is answered."""
        asked = [{"request": {"method": "GET", "url": url}} for url in urls]
        bundle = {"resourceType": "Bundle", "type": "batch", "entry": asked}
        answer = self._http.send(Request("POST", "", json.dumps(bundle).encode(), fresh=True))
        return [entry.get("resource", {}) for entry in body_of(answer)["entry"]]

    def search(self, kind: str, fresh: bool = True, **form: str) -> list[dict[str, Any]]:
        answer = self._http.send(Request("POST", f"{kind}/_search", form=form, fresh=fresh))
        assert answer.status == 200
        return [entry["resource"] for entry in body_of(answer).get("entry", [])]

    def delete(self, key: str, if_match: str = "") -> Answer:
        return self._http.send(Request("DELETE", key, if_match=if_match))


@pytest.fixture
def asking(hapi: Hapi) -> Any:
    with Http(server_at(hapi.address)) as http:
        yield Asking(http)


def basic(value: str = "x", name: str = "") -> dict[str, Any]:
    extension = [{"url": "https://example.org/value", "valueString": value}]
    return {"resourceType": "Basic", "id": name or str(uuid4()), "extension": extension, "code": {"text": "a trial"}}


def test_version_0_is_a_guard_that_lets_a_record_only_begin(asking: Asking) -> None:
    new, guarded = basic(), basic()
    assert asking.put(new, if_match="0").status == 201
    assert asking.put(new | {"code": {"text": "other"}}, if_match="0").status == 409
    assert asking.together((guarded, "0")).status == 200
    assert asking.together((guarded | {"code": {"text": "other"}}, "0")).status == 409


def test_any_version_lets_a_record_begin_that_is_not_there(asking: Asking) -> None:
    """So a record that was removed altogether (expunged) would come back: the exchange reads again before it sends."""
    assert asking.put(basic(), if_match="5").status == 201


def test_a_deleted_record_is_gone_and_its_old_version_does_not_bring_it_back(asking: Asking) -> None:
    record = basic()
    asking.put(record)
    asking.delete(f"Basic/{record['id']}")
    assert asking.get(f"Basic/{record['id']}").status == 410
    assert asking.put(record, if_match="1").status == 409
    assert asking.put(record).status == 201


def test_a_stale_delete_is_carried_out(asking: Asking) -> None:
    """The reason, besides the record's own, why nothing is ever deleted."""
    record = basic()
    asking.put(record)
    assert asking.delete(f"Basic/{record['id']}", if_match="99").status == 200


def test_a_transaction_says_which_versions_it_made_also_where_nothing_changed(asking: Asking) -> None:
    record = basic()
    first = body_of(asking.together((record, "")))["entry"][0]["response"]
    again = body_of(asking.together((record, "")))["entry"][0]["response"]
    assert (first["status"], first["etag"], again["etag"]) == ("201 Created", "1", "1")
    assert asking.get(f"Basic/{record['id']}").etag == "1"


def test_of_four_that_write_at_once_one_wins(hapi: Hapi, asking: Asking) -> None:
    record = basic()
    asking.put(record)

    def write(number: int) -> int:
        with Http(server_at(hapi.address)) as http:
            return Asking(http).put(basic(str(number), record["id"]), if_match="1").status

    with ThreadPoolExecutor(4) as four:
        assert sorted(four.map(write, range(4))) == [200, 409, 409, 409]


def test_a_batch_is_told_all_that_changed_in_one_list_and_where_it_is_cut(asking: Asking) -> None:
    one, two = basic(), basic()
    asking.put(one)
    since = body_of(asking.get(f"Basic/{one['id']}"))["meta"]["lastUpdated"]
    asking.put(two)
    asking.put(one | {"code": {"text": "later"}})
    urls = [all_changes.search("_history", since), all_changes.search("_history", since, 1)]
    whole, cut = asking.ask_together(*urls)
    assert all_changes.whole(whole)
    assert not all_changes.whole(cut), "it names a next page"
    named = all_changes.versions(whole)
    assert named is not None
    assert [version["meta"]["versionId"] for version in named[f"Basic/{one['id']}"]] == ["2", "1"]
    assert not any("extension" in version for version in named[f"Basic/{two['id']}"]), "in short"


def test_a_summary_of_a_file_is_without_its_content(asking: Asking) -> None:
    """A list of what changed would bring the scans of everybody else."""
    scan = {"resourceType": "Binary", "id": str(uuid4()), "contentType": "application/pdf", "data": "QUJD"}
    asking.put(scan)
    since = body_of(asking.get(f"Binary/{scan['id']}"))["meta"]["lastUpdated"]
    (history,) = asking.ask_together(all_changes.search("_history", since))
    named = all_changes.versions(history)
    assert named is not None
    assert [set(version) for version in named[f"Binary/{scan['id']}"]] == [
        {"resourceType", "id", "meta", "contentType"}
    ]


def test_an_earlier_search_is_answered_again_unless_told_not_to(asking: Asking) -> None:
    record = basic()
    assert asking.search("Basic", fresh=False, _id=record["id"]) == []
    asking.put(record)
    assert asking.search("Basic", fresh=False, _id=record["id"]) == []
    assert len(asking.search("Basic", _id=record["id"])) == 1


def test_a_page_holds_200_and_a_transaction_more_than_50(asking: Asking) -> None:
    assert asking.together(*[(basic(), "") for _ in range(201)]).status == 200
    assert len(asking.search("Basic", _count="500")) == 200


def test_a_search_that_is_not_to_be_stored_is_cut_off_without_a_word(hapi: Hapi, asking: Asking) -> None:
    """It costs the server half as much, and is never asked for: what lies behind the cut would be passed over."""
    assert asking.together(*[(basic(), "") for _ in range(201)]).status == 200

    def first_page(wanted: str) -> tuple[int, bool]:
        headers = {"Cache-Control": wanted}
        page = httpx2.get(f"{hapi.address}/Basic?_count=200", headers=headers, timeout=60).json()
        return len(page["entry"]), any(link["relation"] == "next" for link in page["link"])

    assert first_page("no-cache") == (200, True)
    assert first_page("no-cache, no-store") == (100, False)


def test_what_points_at_nothing_is_refused_but_not_within_one_transaction(asking: Asking) -> None:
    person = {"resourceType": "Patient", "id": str(uuid4())}
    flag = {
        "resourceType": "Flag",
        "id": str(uuid4()),
        "status": "active",
        "code": {"text": "a trial"},
        "subject": {"reference": f"Patient/{person['id']}"},
    }
    assert asking.put(flag).status == 400
    assert asking.together((flag, ""), (person, "")).status == 200
    assert len(asking.search("Flag", patient=f"Patient/{person['id']}", _lastUpdated="ge2020-01-01")) == 1


def test_extensions_come_back_and_properties_that_fhir_does_not_know_do_not(asking: Asking) -> None:
    record = basic() | {"birdName": "wren", "modifierExtension": [{"url": "https://example.org/m", "valueCode": "x"}]}
    asking.put(record)
    back = body_of(asking.get(f"Basic/{record['id']}"))
    assert back["extension"] == record["extension"]
    assert back["modifierExtension"] == record["modifierExtension"]
    assert "birdName" not in back


def test_a_code_that_fhir_does_not_have_is_refused(asking: Asking) -> None:
    assert asking.put({"resourceType": "Patient", "id": str(uuid4()), "gender": "wrong"}).status == 400


def test_a_document_comes_back_as_it_went(asking: Asking) -> None:
    binary = {"resourceType": "Binary", "id": str(uuid4()), "contentType": "application/pdf", "data": "JVBERi0xLjcK"}
    assert asking.put(binary).status == 201
    assert body_of(asking.get(f"Binary/{binary['id']}"))["data"] == binary["data"]


def test_a_killed_server_keeps_what_it_said_it_had(hapi: Hapi, asking: Asking) -> None:
    """A new connection is used afterwards: the old one ended with the server."""
    records = [basic(str(number)) for number in range(20)]
    for record in records:
        assert asking.put(record).status == 201
    hapi.kill()
    hapi.start()
    with Http(server_at(hapi.address)) as http:
        again = Asking(http)
        assert [again.get(f"Basic/{record['id']}").status for record in records] == [200] * 20
