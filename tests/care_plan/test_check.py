"""What stops a value being kept and what is only mentioned; and how typed text becomes a value."""

from __future__ import annotations

import json
from datetime import date
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.check import Severity, check, check_entry, normalise
from eolc_desktop.care_plan.fields import Absence, Audience, Field, Kind, Value
from eolc_desktop.care_plan.words import display
from tests.care_plan.made import any_json

TODAY = date(2026, 11, 12)
UNUSABLE, DOUBTFUL, MISSING = Severity.UNUSABLE, Severity.DOUBTFUL, Severity.MISSING

every_field = st.sampled_from([field for section in built_in() for field in section.fields])
A_FIELD_OF_EACH_KIND: dict[Kind, Field] = {
    field.kind: field for section in built_in() for field in section.fields if field.kind is not Kind.DATE_TIME
}


def field(name: str) -> Field:
    section, key = name.split(".")
    return built_in()[section][key]


KEPT: list[tuple[str, Value]] = [
    ("person.family_name", "Ó Súilleabháin"),
    ("person.birth_date", "1941-04-05"),
    ("person.birth_date", "1941"),
    ("person.birth_date", {"absent": "not_known"}),
    ("person.nhs_number", "9990000018"),
    ("person.phone", "01943 496 0199"),
    ("person.phone", "+44 1943 4960199 (ask for Anna)"),
    ("who_to_call.first_call_phone", "111"),
    ("person.lives_alone", False),
    ("person.language", {"text": "Polish", "system": "urn:ietf:bcp:47", "code": "pl"}),
    ("communication_needs.needs", ["large_print", "bsl"]),
    ("about_me.balance", 0),
    ("about_me.balance", 10),
    ("about_me.balance", {"absent": "declined"}),
    ("cpr.decision", "no_decision"),
    ("carer.carer", "f3b1"),
]

WRONG: list[tuple[str, Value, Severity]] = [
    ("person.family_name", 7, UNUSABLE),
    ("person.family_name", ["Smith"], UNUSABLE),
    ("person.family_name", "x" * 101, UNUSABLE),
    ("person.family_name", "half a character \ud83d", UNUSABLE),
    ("person.family_name", {"absent": "declined"}, DOUBTFUL),
    ("person.family_name", {"absent": "lost_in_the_post"}, DOUBTFUL),
    ("person.birth_date", "5/4/1941", UNUSABLE),
    ("person.birth_date", "1941-02-30", UNUSABLE),
    ("person.birth_date", "0041-02-03", UNUSABLE),
    ("person.birth_date", "١٩٤١", UNUSABLE),
    ("person.birth_date", 1941, UNUSABLE),
    ("person.nhs_number", "9990000019", UNUSABLE),
    ("person.nhs_number", "999000001", UNUSABLE),
    ("person.phone", "no telephone", DOUBTFUL),
    ("person.phone", "0" * 16, DOUBTFUL),
    ("person.phone", "0" * 61, UNUSABLE),
    ("person.lives_alone", "yes", UNUSABLE),
    ("person.lives_alone", 1, UNUSABLE),
    ("person.language", {"system": "urn:ietf:bcp:47"}, UNUSABLE),
    ("person.language", {"text": "Polish", "code": cast(str, 7)}, UNUSABLE),
    ("communication_needs.needs", ["large_print", "x-ray eyes"], DOUBTFUL),
    ("communication_needs.needs", "large_print", UNUSABLE),
    ("about_me.balance", 11, UNUSABLE),
    ("about_me.balance", -1, UNUSABLE),
    ("about_me.balance", True, UNUSABLE),
    ("about_me.balance", "5", UNUSABLE),
    ("cpr.decision", "perhaps", DOUBTFUL),
    ("cpr.decision", ["not_for"], UNUSABLE),
]


@pytest.mark.parametrize(("name", "value"), KEPT, ids=repr)
def test_a_value_that_is_right(name: str, value: Value) -> None:
    assert check(field(name), value) is None


@pytest.mark.parametrize(("name", "value", "severity"), WRONG, ids=repr)
def test_a_value_that_is_not(name: str, value: Value, severity: Severity) -> None:
    problem = check(field(name), value)
    assert problem is not None
    assert problem.severity is severity
    assert problem.unusable is (severity is UNUSABLE)
    assert problem.field_key == field(name).key
    assert problem.says.startswith(f"{field(name).label}: ")
    assert problem.says.endswith(".")


@pytest.mark.parametrize("nothing", [None, "", [], {}])
def test_nothing_is_never_wrong(nothing: Value) -> None:
    assert all(check(one, nothing) is None for one in A_FIELD_OF_EACH_KIND.values())


def test_a_long_text_is_kept_whole_or_not_at_all() -> None:
    one = field("about_me.most_important")
    assert check(one, "x" * one.max_length) is None
    problem = check(one, "x" * (one.max_length + 12))
    assert problem is not None
    assert "5,000" in problem.says
    assert "5,012" in problem.says
    assert "Nothing has been cut" in problem.says


@given(every_field, any_json)
def test_no_value_however_strange_breaks_checking_or_display(one: Field, value: object) -> None:
    """Values come from other systems and newer versions too: what cannot be understood is shown, never an error."""
    strange = cast(Value, value)
    problem = check(one, strange)
    for audience in Audience:
        words = display(one, strange, audience)
        assert isinstance(words, str)
        assert words
    if problem is None and strange not in (None, "", [], {}):
        json.dumps(strange).encode("utf-8")


@given(st.sampled_from([section.key for section in built_in()]), st.data())
def test_no_entry_however_strange_breaks_its_check(key: str, data: st.DataObject) -> None:
    section = built_in()[key]
    names = st.sampled_from([one.key for one in section.fields]) | st.just("of_a_newer_version")
    values = cast("dict[str, Value]", data.draw(st.dictionaries(names, any_json, max_size=6)))
    problems = check_entry(section, values, TODAY)
    assert {problem.field_key for problem in problems} <= {one.key for one in section.fields}


TYPED: list[tuple[str, object, Value]] = [
    ("person.family_name", "  Smith  ", "Smith"),
    ("person.family_name", "Smith\tJones\n", "Smith Jones"),
    ("person.family_name", "O\u00a0Brien", "O Brien"),
    ("person.family_name", "Zoe\u0308", "Zo\u00eb"),
    ("person.family_name", "   ", None),
    ("person.family_name", "Smi\x00th", "Smith"),
    ("person.postcode", "ls21 1aa", "LS21 1AA"),
    ("person.postcode", "LS211AA", "LS21 1AA"),
    ("person.postcode", "near the mill", "near the mill"),
    ("person.nhs_number", " 999 000 0018 ", "9990000018"),
    ("person.nhs_number", "999-000-0018", "9990000018"),
    ("person.nhs_number", "999 000 001", "999 000 001"),
    ("person.nhs_number", "999 000 0O18", "999 000 0O18"),
    ("person.birth_date", "5/4/1941", "1941-04-05"),
    ("person.birth_date", "5 April 1941", "1941-04-05"),
    ("person.birth_date", "April 1941", "1941-04"),
    ("person.birth_date", "last spring", "last spring"),
    ("about_me.balance", " 7 ", 7),
    ("about_me.balance", 7, 7),
    ("about_me.balance", "seven", "seven"),
    ("about_me.most_important", "\n My own bed. \r\n\r\nThe window open.  \n", "My own bed.\n\nThe window open."),
    ("communication_needs.needs", ["bsl", "large_print", "bsl"], ["large_print", "bsl"]),
    ("communication_needs.needs", [], None),
    ("person.language", "Polish", {"text": "Polish"}),
    ("person.language", {"text": " Polish ", "code": ""}, {"text": "Polish"}),
    ("person.lives_alone", False, False),
    ("person.lives_alone", None, None),
    ("cpr.decision", {"absent": "not_known"}, {"absent": "not_known"}),
]


@pytest.mark.parametrize(("name", "typed", "value"), TYPED, ids=repr)
def test_typed_text_becomes_a_value(name: str, typed: object, value: Value) -> None:
    assert normalise(field(name), typed) == value


@given(every_field, st.text(st.characters(codec=None), max_size=60))
def test_normalising_twice_changes_nothing_more(one: Field, typed: str) -> None:
    once = normalise(one, typed)
    assert normalise(one, once) == once


@given(every_field, any_json.filter(lambda value: not isinstance(value, float)))
def test_whatever_is_normalised_can_be_stored(one: Field, typed: object) -> None:
    json.dumps(normalise(one, typed)).encode("utf-8")


def test_own_words_are_kept_letter_for_letter() -> None:
    said = "I don't WANT to go in again!!  Two   spaces, and “quotes”."
    assert normalise(field("about_me.most_important"), said) == said


def test_what_no_editor_gives_is_refused() -> None:
    with pytest.raises(TypeError):
        normalise(field("about_me.balance"), 7.5)


# What does not fit together within one entry

ENTRIES: list[tuple[str, dict[str, Value], str]] = [
    ("person", {"birth_date": "2026-12-01"}, "birth_date"),
    ("person", {"birth_date": "1900-01-01"}, "birth_date"),
    ("person", {"birth_date": "2010-01-01"}, "birth_date"),
    ("person", {"nhs_number": "9990000018", "nhs_number_missing_reason": "not_known"}, "nhs_number_missing_reason"),
    ("person", {"email": "anna at example"}, "email"),
    ("consent", {"share_with": ["gp"], "not_with": ["gp"]}, "not_with"),
    ("consent", {"to_record": "declined", "to_share": "given"}, "to_share"),
    ("cpr", {"decision": "not_for", "decided_at": "2026-10-12", "review_on": "2026-09"}, "review_on"),
    ("cpr", {"decision": "not_for", "no_review": True, "review_on": "2027-01-01"}, "no_review"),
    ("cpr", {"decision": "not_for", "decided_at": "2027-01-01"}, "decided_at"),
    ("cpr", {"decision": "not_for", "decided_time": "25:10"}, "decided_time"),
    ("cpr", {"decision": "not_for", "family_informed": ["nobody", "family_informed"]}, "family_informed"),
    ("admissions", {"date_in": "2026-10-12", "date_out": "2026-10-11"}, "date_out"),
    ("who_to_call", {"hours_from": "8 o'clock", "hours_to": "18:00"}, "hours_from"),
    ("who_to_call", {"hours_from": "08:00"}, "hours_to"),
    ("care_team", {"from_date": "2026-05", "until_date": "2026-04"}, "until_date"),
    ("death", {"died_on": "2026-12-01"}, "died_on"),
]


@pytest.mark.parametrize(("section", "values", "key"), ENTRIES, ids=repr)
def test_what_does_not_fit_together_is_mentioned_and_kept(section: str, values: dict[str, Value], key: str) -> None:
    problems = check_entry(built_in()[section], values, TODAY)
    assert [p.field_key for p in problems if p.severity is DOUBTFUL] == [key]
    assert not any(problem.unusable for problem in problems)


FITTING: list[tuple[str, dict[str, Value]]] = [
    ("person", {"birth_date": "1941-04-05", "email": "anna@example.org"}),
    ("person", {"birth_date": "1941"}),
    ("consent", {"share_with": ["gp"], "not_with": ["ambulance"]}),
    ("cpr", {"decision": "not_for", "decided_at": "2026-10", "review_on": "2026-10-20", "decided_time": "9.05"}),
    ("cpr", {"decision": "not_for", "no_review": True}),
    ("admissions", {"date_in": "2026-10-12", "date_out": "2026-10"}),
    ("who_to_call", {"hours_from": "08:00", "hours_to": "18.30"}),
    ("plan_control", {"review_date": "2027-02-01"}),
]


@pytest.mark.parametrize(("section", "values"), FITTING, ids=repr)
def test_what_fits_together_is_left_alone(section: str, values: dict[str, Value]) -> None:
    assert [p for p in check_entry(built_in()[section], values, TODAY) if p.severity is DOUBTFUL] == []


def test_dates_in_the_future_are_only_looked_at_when_today_is_known() -> None:
    assert check_entry(built_in()["death"], {"died_on": "2199-01-01"}) == ()
    assert len(check_entry(built_in()["death"], {"died_on": "2199-01-01"}, TODAY)) == 1


# What is wanted and empty


def wanted(section: str, values: dict[str, Value]) -> list[str]:
    return [p.field_key for p in check_entry(built_in()[section], values, TODAY) if p.severity is MISSING]


def test_a_decision_asks_for_what_belongs_to_it() -> None:
    assert wanted("cpr", {}) == ["decision"]
    assert wanted("cpr", {"decision": "no_decision"}) == []
    asked = wanted("cpr", {"decision": "not_for", "person_involved": "no"})
    assert "decided_at" in asked
    assert "person_not_involved_reason" in asked
    assert "form_location" in asked


def test_a_reason_stands_for_the_nhs_number() -> None:
    assert "nhs_number" in wanted("person", {})
    assert "nhs_number" not in wanted("person", {"nhs_number_missing_reason": "not_known"})


def test_not_wanting_to_say_is_an_answer() -> None:
    assert wanted("about_me", {}) == ["most_important"]
    assert wanted("about_me", {"most_important": Absence.DECLINED.value_to_store}) == []


def test_what_is_missing_never_stops_a_save() -> None:
    for section in built_in():
        assert not any(problem.unusable for problem in check_entry(section, {}, TODAY)), section.key


def test_an_unusable_value_is_not_reasoned_about() -> None:
    problems = check_entry(built_in()["cpr"], {"decision": "not_for", "decided_at": "soon", "review_on": "2026"}, TODAY)
    assert [p.field_key for p in problems if p.unusable] == ["decided_at"]
    assert [p.field_key for p in problems if p.severity is DOUBTFUL] == []


@pytest.mark.parametrize(
    ("section", "values", "field"),
    [
        ("frailty", {"scale": "efi", "efi": "27"}, "efi"),
        ("frailty", {"scale": "efi", "efi": "0.27"}, ""),
        ("frailty", {"scale": "efi", "efi": "1"}, ""),
        ("problems", {"onset": "2020", "ended_on": "2019"}, "ended_on"),
        ("problems", {"onset": "2020-06", "ended_on": "2020"}, ""),
        ("medicines", {"started_on": "2020-02-02", "ends_on": "2020-02-01"}, "ends_on"),
        (
            "fast_track",
            {"sent_at": "2026-11-12T10:00:00+00:00", "received_at": "2026-11-12T10:59:00+01:00"},
            "received_at",
        ),
        ("fast_track", {"sent_at": "2026-11-12T10:00:00+00:00", "received_at": "2026-11-12T11:00:00+01:00"}, ""),
    ],
)
def test_what_does_not_fit_together_in_illness_and_care(section: str, values: dict[str, Value], field: str) -> None:
    doubts = [p.field_key for p in check_entry(built_in()[section], values) if p.severity is Severity.DOUBTFUL]
    assert doubts == ([field] if field else [])
