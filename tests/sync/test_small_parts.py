"""The small parts of the exchange: when it runs again, what is received from whom, what is carried over unchanged."""

from __future__ import annotations

import random
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, NOT_STATED, Item
from eolc_desktop.care_plan.said import Said
from eolc_desktop.record import exact_json
from eolc_desktop.sync import entry_codec
from eolc_desktop.sync.asking import Stopped
from eolc_desktop.sync.bundles import carried_over
from eolc_desktop.sync.effects import JSON
from eolc_desktop.sync.entry_codec import EntryCodec
from eolc_desktop.sync.exchange import Outcome
from eolc_desktop.sync.names import entry_key, fhir_id, manifest, manifest_key, person_of, stamp_of, stamped, stamps_in
from eolc_desktop.sync.ports import Unreadable
from eolc_desktop.sync.reconciling import is_whole
from eolc_desktop.sync.staging import stage
from eolc_desktop.sync.timing import LONGEST_WAIT, Rhythm, is_stalled
from tests.authors import AT, DOCTOR, NURSE
from tests.sync.simulator.memory import MemoryLedger

PERSON = uuid4().hex
CODEC = EntryCodec(built_in())
BUSY = Outcome(Stopped("busy", 7), 0, 0, 0, restored=False)
FINE = Outcome(None, 1, 0, 0, restored=False)


def test_after_failures_it_waits_longer_but_never_for_ever() -> None:
    rhythm = Rhythm(random.Random(1))
    waits = [rhythm.after(BUSY, something_waits=True) for _ in range(200)]
    assert all(7 <= wait <= 7 + LONGEST_WAIT for wait in waits)
    assert max(waits[:2]) < 20 < max(waits)
    assert len({round(wait) for wait in waits}) > 50, "laptops that fail together do not come back together"
    assert rhythm.after(FINE, something_waits=True) < 100 < rhythm.after(FINE, something_waits=False)
    rhythm.failures = 9
    rhythm.begin_anew()
    assert rhythm.after(BUSY, something_waits=True) <= 11


def test_no_progress_for_ten_minutes_is_a_failure_to_be_shown() -> None:
    late = AT + timedelta(minutes=11)
    assert is_stalled(late, AT, None, online=True)
    assert not is_stalled(late, AT, AT + timedelta(minutes=5), online=True)
    assert not is_stalled(late, AT, None, online=False)
    assert not is_stalled(late, None, None, online=True)


def entry() -> JSON:
    part = {
        ("cpr", "main", "decision"): Said(Item("not_for", "c1", AT, NURSE, NOT_STATED, AT, DOCTOR)),
        ("cpr", "main", ENTRY_ITSELF): Said(Item("withdrawn", "c2", AT, DOCTOR, NOT_STATED), "", "Recorded twice"),
    }
    made = CODEC.encode(PERSON, "cpr", "main", part, {})
    return {**made, "id": entry_key(PERSON, "cpr", "main").partition("/")[2], "meta": {"versionId": "1"}}


def test_an_entry_travels_whole_with_its_state_and_who_set_it() -> None:
    version = CODEC.decode(entry())
    decision, state = version["cpr", "main", "decision"], version["cpr", "main", ENTRY_ITSELF]
    assert (decision.item.value, decision.item.recorded_by, decision.item.confirmed_by) == ("not_for", NURSE, DOCTOR)
    assert (state.item.value, state.item.recorded_by, state.reason) == ("withdrawn", DOCTOR, "Recorded twice")


def test_an_entry_that_changed_is_read_anew_also_under_its_old_version() -> None:
    """What was read is remembered, for speed: never instead of what is there."""
    codec = EntryCodec(built_in())
    first = codec.decode(entry())
    assert codec.decode(entry()) is first
    assert codec.decode({**entry(), "status": "in-progress"}) != first
    assert codec.decode(stamped(entry(), "another")) is not first


def test_what_was_read_longest_ago_is_forgotten_first_and_read_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(entry_codec, "MOST_REMEMBERED", 2)
    codec = EntryCodec(built_in())
    oldest, middle, newest = ({**entry(), "id": name} for name in ("oldest", "middle", "newest"))
    before = [codec.decode(resource) for resource in (oldest, middle, newest)]
    assert codec.decode(middle) is before[1]
    assert codec.decode(newest) is before[2]
    again = codec.decode(oldest)
    assert again == before[0]
    assert again is not before[0]
    codec.forget()
    assert codec.decode(oldest) is not again
    assert codec.decode(oldest) == again


@pytest.mark.hazard("H28")
def test_what_another_program_did_to_an_entry_is_what_counts() -> None:
    version = CODEC.decode({**entry(), "status": "completed"})
    assert version["cpr", "main", ENTRY_ITSELF].item.value == "current"
    with pytest.raises(Unreadable):
        CODEC.decode({**entry(), "modifierExtension": [{"url": "https://example.org/negated", "valueBoolean": True}]})


def test_what_we_do_not_know_goes_back_unchanged() -> None:
    theirs = {"url": "https://example.org/seen-by", "valueString": "Ward 4"}
    before = {**entry(), "basedOn": [{"reference": "CarePlan/1"}]}
    before["extension"] = [*before["extension"], theirs]
    made = carried_over(entry(), stamped(before, "set-1"))
    assert made["basedOn"] == [{"reference": "CarePlan/1"}]
    assert theirs in made["extension"]
    assert "meta" not in carried_over({"resourceType": "X"}, before)


@pytest.mark.hazard("H13")
def test_numbers_of_others_are_kept_to_the_digit() -> None:
    held = {"valueDecimal": Decimal("1.10"), "text": "1.10"}
    assert exact_json.dumps(held) == '{"text":"1.10","valueDecimal":1.10}'
    assert exact_json.loads(exact_json.dumps(held)) == held
    with pytest.raises(TypeError, match="not JSON"):
        exact_json.dumps({"x": object()})


@pytest.fixture
def ledger() -> MemoryLedger:
    made = MemoryLedger(NURSE, lambda: AT, lambda: uuid4().hex)
    stage(made, received(manifest(PERSON, {}), "1", "2026-11-12T10:00:00Z"))
    return made


def received(resource: JSON, version: str, updated: str) -> JSON:
    return {**resource, "meta": {"versionId": version, "lastUpdated": updated}}


def test_an_entry_about_somebody_else_is_refused(ledger: MemoryLedger) -> None:
    mine = received(entry(), "1", "2026-11-12T10:00:01Z")
    assert stage(ledger, mine) == PERSON
    other = {
        **mine,
        "subject": {"reference": f"Patient/{fhir_id(uuid4().hex)}"},
        "meta": {**mine["meta"], "versionId": "2"},
    }
    assert stage(ledger, other) == ""
    held = ledger.resource(entry_key(PERSON, "cpr", "main"))
    assert held is not None
    assert held.seen == mine
    assert [action for action, _, _ in ledger.audit] == ["refused a resource about somebody else"]


def test_of_people_whom_nobody_shares_nothing_is_taken(ledger: MemoryLedger) -> None:
    stranger = uuid4().hex
    made = CODEC.encode(stranger, "cpr", "main", CODEC.decode(entry()), {})
    assert stage(ledger, received({**made, "id": "x"}, "1", "2026-11-12T10:00:00Z")) == ""
    assert (
        stage(ledger, received({"resourceType": "List", "id": "x", "subject": {"reference": "Patient/1"}}, "1", ""))
        == ""
    )
    assert ledger.resources(stranger) == {}


def test_an_older_answer_never_replaces_a_newer_one(ledger: MemoryLedger) -> None:
    stage(ledger, received(stamped(entry(), "new"), "2", "2026-11-12T11:00:00Z"))
    stage(ledger, received(stamped(entry(), "old"), "1", "2026-11-12T10:00:00Z"))
    held = ledger.resource(entry_key(PERSON, "cpr", "main"))
    assert held is not None
    assert held.seen is not None
    assert stamp_of(held.seen) == "new"
    assert held.is_unsure, "stale, or of a server that was set back: it has to be read by name"
    assert ledger.person(PERSON).staged


def test_of_two_versions_with_one_time_neither_is_taken_for_the_newest(ledger: MemoryLedger) -> None:
    """A server that keeps time by the second gives one time to both, and the first may not be merged yet."""
    key = entry_key(PERSON, "cpr", "main")
    first = received(stamped(entry(), "first"), "a", "2026-11-12T10:00:00Z")
    second = received(stamped(entry(), "second"), "b", "2026-11-12T10:00:00Z")
    stage(ledger, first)
    stage(ledger, second)
    held = ledger.resource(key)
    assert held is not None
    assert held.is_unsure
    assert not is_whole(ledger.resources(PERSON), PERSON)
    stage(ledger, second, asked_for=key)
    held = ledger.resource(key)
    assert held is not None
    assert (held.seen_version, held.is_unsure) == ("b", False)


def test_a_manifest_names_each_resource_with_who_wrote_it() -> None:
    made = manifest(PERSON, {"QuestionnaireResponse/b": "set-2", "QuestionnaireResponse/a": "set-1"})
    assert stamps_in(made) == {"QuestionnaireResponse/a": "set-1", "QuestionnaireResponse/b": "set-2"}
    assert f"List/{made['id']}" == manifest_key(PERSON)
    assert person_of(made) == PERSON
    assert stamps_in({"entry": [1, {"item": 2}, {"item": {"reference": 3}}]}) == {}
