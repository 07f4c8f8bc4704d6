"""Every section as a Questionnaire, every entry as a QuestionnaireResponse: valid FHIR, and nothing lost on the way."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eolc_desktop.care_plan.catalogue import Catalogue, built_in
from eolc_desktop.care_plan.fields import MAIN, Absence, Field, Kind, Section, Value
from eolc_desktop.care_plan.plan import Author, Entry, EntryState, Item, Source, Told
from eolc_desktop.errors import ImportRefused
from eolc_desktop.fhir import reading
from eolc_desktop.fhir.addresses import DATA_ABSENT_REASON, EXACT_VALUE
from eolc_desktop.fhir.elements import extension
from eolc_desktop.fhir.questionnaire import canonical, questionnaire
from eolc_desktop.fhir.questionnaire_response import read_response, response, section_key_of
from tests.authors import AT, NURSE
from tests.fhir.valid import assert_valid
from tests.plans import canary, full_plan

SUBJECT = {"reference": "Patient/p1"}
SECTIONS = [pytest.param(section, id=section.key) for section in built_in()]
LATER = AT + timedelta(days=30)

texts = st.text(st.characters(codec=None), max_size=20)
moments = st.integers(-(10**15), 10**15).map(lambda microseconds: AT + timedelta(microseconds=microseconds))
authors = st.builds(Author, st.just("u1"), st.text(max_size=8), st.text(max_size=8), st.just(""))
json_values: st.SearchStrategy[Any] = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | texts
    | st.sampled_from(["2026", "2026-02-30", "0000", "9999-12", "2026-11-12T14:32:00+00:00", "2026-11-12T14:32+00:00"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["absent", "text", "code", "system", "x"]) | st.text(max_size=5), inner)
    ),
    max_leaves=4,
)


def items_of(section: Section) -> st.SearchStrategy[dict[str, Item]]:
    def value(field: Field) -> st.SearchStrategy[Any]:
        usual: Value = canary(section, field)
        chosen = st.sampled_from([option.key for option in field.options] or ["x"])
        listed = st.lists(chosen, min_size=1, max_size=3) if field.kind is Kind.CHOICES else chosen
        return st.one_of(st.just(usual), listed, json_values, st.sampled_from([a.value_to_store for a in Absence]))

    def item(field: Field) -> st.SearchStrategy[Item]:
        told = st.builds(Told, st.sampled_from(list(Source)), st.text(max_size=20))
        confirmed: st.SearchStrategy[Any] = st.one_of(st.just((None, None)), st.tuples(moments, authors))
        return st.builds(
            lambda v, change, at, by, t, c: Item(v, change, at, by, t, c[0], c[1]),
            value(field),
            st.sampled_from(["c1", "c2"]),
            moments,
            authors,
            told,
            confirmed,
        )

    chosen = st.lists(st.sampled_from(section.fields), max_size=2, unique_by=lambda field: field.key)
    newer = Field(key="from_a_newer_program", label="?", standard="", authorship=section.fields[0].authorship)
    return chosen.flatmap(lambda fields: st.fixed_dictionaries({f.key: item(f) for f in [*fields, newer]}))


entries = st.sampled_from([section.key for section in built_in()]).flatmap(
    lambda key: st.builds(
        Entry,
        st.sampled_from([MAIN, "5d0c6f1e8a7b4b0c9d2e3f4a5b6c7d8e"]),
        st.just(key),
        items_of(built_in()[key]),
        st.sampled_from(list(EntryState)),
        st.sampled_from(["", "0123abc"]),
        st.text(max_size=10),
    )
)


def there_and_back(section: Section, entry: Entry, catalogue: Catalogue | None = None) -> Entry:
    """As JSON text, and read the way a file or a server's answer is read."""
    text = json.dumps(response(section, entry, SUBJECT)).encode()
    resource = reading.read(text).resources[0].body
    return read_response(resource, catalogue or built_in(), LATER).entry


@settings(max_examples=60, deadline=None)
@given(entries)
def test_nothing_is_lost_whatever_was_recorded(entry: Entry) -> None:
    section = built_in()[entry.section]
    back = read_response(json.loads(json.dumps(response(section, entry, SUBJECT))), built_in(), LATER)
    assert back.entry == entry
    assert {key: type(item.value) for key, item in back.entry.items.items()} == {
        key: type(item.value) for key, item in entry.items.items()
    }
    assert back.edited_elsewhere == ()


@settings(max_examples=60, deadline=None)
@given(entries)
def test_values_are_valid_fhir_whatever_was_recorded(entry: Entry) -> None:
    section = built_in()[entry.section]
    sound = {  # names and reasons as a store holds them: typed by people, cleaned on the way in
        key: replace(item, recorded_by=NURSE, confirmed_by=None, confirmed_at=None, told=Told())
        for key, item in entry.items.items()
    }
    assert_valid(response(section, replace(entry, items=sound, reason=""), SUBJECT))


@pytest.mark.parametrize("section", SECTIONS)
def test_every_section_is_a_valid_questionnaire(section: Section) -> None:
    made = questionnaire(section)
    assert_valid(made)
    assert canonical(section) == f"{made['url']}|{made['version']}"
    links = [item["linkId"] for item in made["item"]]
    links += [inner["linkId"] for item in made["item"] for inner in item.get("item", [])]
    assert len(links) == len(set(links))


def test_every_entry_of_the_fullest_plan_comes_back_the_same() -> None:
    plan = full_plan()
    for section in plan.catalogue:
        for entry in plan.entries(section.key):
            assert_valid(response(section, entry, SUBJECT, plan.links))
            assert there_and_back(section, entry) == entry


def test_a_form_that_asks_otherwise_has_another_address() -> None:
    cpr = built_in()["cpr"]
    asks_more = replace(cpr, fields=(*cpr.fields, replace(cpr["reason"], key="another")))
    other_answers = replace(
        cpr, fields=tuple(replace(f, options=f.options[:-1]) if f.key == "decision" else f for f in cpr.fields)
    )
    assert len({canonical(cpr), canonical(asks_more), canonical(other_answers)}) == 3
    assert section_key_of({"questionnaire": canonical(asks_more)}) == "cpr"


def entry_with(value: Value, field: str = "decision") -> Entry:
    return Entry(MAIN, "cpr", {field: Item(value, "c1", AT, NURSE, Told(Source.DOCUMENT, "the form"))})


def test_a_choice_carries_the_published_code_beside_ours() -> None:
    made = response(built_in()["cpr"], entry_with("not_for"), SUBJECT)
    chosen = made["item"][0]["answer"][0]["valueCoding"]
    assert chosen["code"] == "not_for"
    assert [e["valueCoding"]["code"] for e in chosen["extension"]] == ["450476008"]


def test_an_absence_is_no_answer_and_says_why() -> None:
    made = response(built_in()["cpr"], entry_with({"absent": "not_known"}, "form_location"), SUBJECT)
    assert "answer" not in made["item"][0]
    assert extension(made["item"][0], DATA_ABSENT_REASON)["valueCode"] == "unknown"


def test_an_answer_taken_back_stays_taken_back() -> None:
    entry = entry_with(None)
    assert there_and_back(built_in()["cpr"], entry) == entry


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (EntryState.CURRENT, "completed"),
        (EntryState.WITHDRAWN, "stopped"),
        (EntryState.ENTERED_IN_ERROR, "entered-in-error"),
    ],
)
def test_who_knows_nothing_of_our_states_still_does_not_act_on_what_no_longer_stands(
    state: EntryState, status: str
) -> None:
    made = response(built_in()["cpr"], replace(entry_with("not_for"), state=state), SUBJECT)
    assert made["status"] == status
    # And another program that marks it as entered in error is heard.
    made["status"] = "entered-in-error"
    assert read_response(made, built_in(), LATER).entry.state is EntryState.ENTERED_IN_ERROR


def test_a_program_that_does_not_know_the_exact_value_is_heard_when_it_changes_the_answer() -> None:
    entry = entry_with("Hall table ", "form_location")
    made = response(built_in()["cpr"], entry, SUBJECT)
    assert extension(made["item"][0], EXACT_VALUE)
    made["item"][0]["answer"][0]["valueString"] = "Kitchen drawer"
    assert read_response(made, built_in(), LATER).entry.value("form_location") == "Kitchen drawer"


def test_what_another_system_added_is_told_by_another_system() -> None:
    made = response(built_in()["cpr"], entry_with("not_for"), SUBJECT)
    made["item"].append({"linkId": "form_location", "answer": [{"valueString": "Bedside"}]})
    made["author"] = {"display": "Out of hours desk"}
    made["authored"] = "2026-11-20T10:00:00+00:00"
    back = read_response(made, built_in(), LATER)
    item = back.entry.items["form_location"]
    assert back.edited_elsewhere == ("form_location",)
    assert item.told.source is Source.OTHER_SYSTEM
    assert item.recorded_by.name == "Out of hours desk"
    assert item.recorded_at == datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert back.entry.items["decision"].recorded_by == NURSE


def test_a_section_of_a_newer_program_is_kept_and_sent_back_unchanged() -> None:
    newer = replace(built_in()["cpr"], key="from_tomorrow")
    entry = replace(entry_with("not_for"), section="from_tomorrow")
    assert there_and_back(newer, entry) == entry
    without = response(newer, entry, SUBJECT)
    back = read_response(without, built_in(), LATER).entry
    again = response(replace(newer, fields=()), back, SUBJECT)
    assert read_response(again, Catalogue((newer,)), LATER).entry == entry


def test_moments_in_any_zone_and_years_alone_keep_their_shape() -> None:
    zone = timezone(timedelta(hours=5, minutes=30))
    for kind, value in ((Kind.DATE, "1941"), (Kind.DATE, "1941-04"), (Kind.DATE_TIME, AT.astimezone(zone).isoformat())):
        field = Field(key="x", label="X", standard="", authorship=built_in()["cpr"].fields[0].authorship, kind=kind)
        section = replace(built_in()["cpr"], key="mine", fields=(field,))
        entry = Entry(MAIN, "mine", {"x": Item(value, "c1", AT, NURSE, Told())})
        made = response(section, entry, SUBJECT)
        assert_valid(made)
        assert not extension(made["item"][0], EXACT_VALUE)
        assert read_response(made, Catalogue((section,)), LATER).entry == entry


@pytest.mark.parametrize(
    "change",
    [
        {"modifierExtension": [{"url": "http://example.org/not", "valueBoolean": True}]},
        {"implicitRules": "http://example.org/rules"},
        {"questionnaire": "http://example.org/Questionnaire/other|1"},
        {"resourceType": "Observation"},
        {"item": [{"answer": []}]},
        {"item": [{"linkId": "decision"}, {"linkId": "decision"}]},
        {"extension": [], "identifier": {}},
    ],
)
def test_what_is_not_an_entry_of_ours_is_refused(change: dict[str, Any]) -> None:
    made = response(built_in()["cpr"], entry_with("not_for"), SUBJECT) | change
    if change.get("item") == [{"linkId": "decision"}, {"linkId": "decision"}]:
        made["item"] = [made["item"][0], made["item"][0]] if made["item"] else []
        made["item"] = [{"linkId": "decision", "answer": [{"valueString": "a"}]}] * 2
    with pytest.raises(ImportRefused):
        read_response(made, built_in(), LATER)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["status", "extension", "item", "contained", "author", "authored"]), json_values)
)
def test_whatever_a_server_sends_is_read_or_refused(change: dict[str, Any]) -> None:
    made = response(built_in()["cpr"], entry_with("not_for"), SUBJECT) | change
    with contextlib.suppress(ImportRefused):
        read_response(made, built_in(), LATER)
