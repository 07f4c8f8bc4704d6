"""An organisation's own form: what of FHIR's Questionnaire it becomes, what is named instead, what is refused."""

from __future__ import annotations

import contextlib
import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.check import check_entry
from eolc_desktop.care_plan.fields import Field, Kind, OnFamilyCopy, Part, Section
from eolc_desktop.care_plan.plan import Entry, Item, Told
from eolc_desktop.care_plan.words import entry_title
from eolc_desktop.errors import ImportRefused
from eolc_desktop.fhir.own_form import OwnForm, put_away, read_form
from eolc_desktop.fhir.questionnaire import questionnaire
from eolc_desktop.fhir.questionnaire_response import read_response, response
from tests.authors import AT, NURSE
from tests.fhir.valid import assert_valid
from tests.plans import canary

HL7 = "http://hl7.org/fhir/StructureDefinition/"
SDC = "http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire-"
MOODS = {
    "resourceType": "ValueSet",
    "id": "mood",
    "status": "active",
    "compose": {
        "include": [
            {
                "system": "http://example.org/mood",
                "concept": [{"code": "calm", "display": "Calm"}, {"code": "restless", "display": "Restless"}],
            }
        ]
    },
}


def form(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {
        "resourceType": "Questionnaire",
        "url": "https://example.org/Questionnaire/night",
        "version": "1",
        "title": "Night sitter’s handover",
        "status": "active",
        "subjectType": ["Patient"],
        "contained": [MOODS],
        "item": list(items),
    } | more


def ask(name: str, kind: str, **more: Any) -> dict[str, Any]:
    return {"linkId": name, "type": kind, "text": f"Question {name}"} | more


def read(body: dict[str, Any], known: tuple[Section, ...] = ()) -> OwnForm:
    return read_form(json.dumps(body).encode(), known)


def only(made: OwnForm) -> Field:
    return made.sections[0].fields[0]


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("boolean", Kind.YES_NO), ("decimal", Kind.DECIMAL), ("integer", Kind.NUMBER), ("date", Kind.DATE),
        ("dateTime", Kind.DATE_TIME), ("time", Kind.TIME), ("string", Kind.TEXT), ("text", Kind.LONG_TEXT),
        ("url", Kind.TEXT), ("attachment", Kind.TEXT), ("reference", Kind.TEXT), ("quantity", Kind.DECIMAL),
    ],
)  # fmt: skip
def test_every_type_of_answer_becomes_a_kind(asked: str, kind: Kind) -> None:
    made = read(form(ask("a", asked)))
    assert only(made).kind is kind
    assert bool(made.departures) is (asked in ("url", "attachment", "reference"))


def test_groups_become_headings_and_what_repeats_a_section_of_its_own() -> None:
    made = read(
        form(
            ask("g", "group", text="The night", item=[
                ask("h", "group", text="Sleep", item=[ask("a", "integer")]),
                ask("v", "group", text="Visitors", repeats=True, item=[
                    ask("who", "string"),
                    ask("w", "group", text="Each time", repeats=True, item=[ask("when", "time")]),
                ]),
            ]),
            ask("notes", "string", repeats=True),
        )
    )  # fmt: skip
    night, visitors, times, notes = made.sections
    assert [(f.key, f.group) for f in night.fields] == [("a", "The night – Sleep")]
    assert (visitors.title, visitors.repeats, visitors.parent) == ("Visitors", True, night.key)
    assert (times.title, times.repeats, times.parent) == ("Each time", True, visitors.key)
    assert (notes.repeats, notes.parent, notes.entry_title) == (True, night.key, ("notes",))
    assert made.questions == 4


def test_it_stands_beside_the_built_in_sections_and_never_on_a_familys_copy_by_itself() -> None:
    made = read(form(ask("a", "string"), ask("g", "group", repeats=True, item=[ask("b", "string")])))
    catalogue = built_in().with_sections(made.sections)
    assert list(catalogue.in_part(Part.OWN_FORMS)) == list(made.sections)
    assert {f.family for s in made.sections for f in s.fields} == {OnFamilyCopy.NO}


def test_answers_to_choose_from_come_from_the_question_or_from_a_list_inside_the_file() -> None:
    own = ask("a", "choice", answerOption=[
        {"valueCoding": {"system": "http://snomed.info/sct", "code": "22253000", "display": "Pain"}},
        {"valueString": "Something else"}, {"valueInteger": 3}, {"valueDate": "2026-01-01"},
    ])  # fmt: skip
    made = read(form(own, ask("b", "choice", answerValueSet="#mood"), ask("c", "choice", repeats=True, answerOption=[
        {"valueString": "tea"}, {"valueString": "rest"}])))  # fmt: skip
    a, b, c = made.sections[0].fields
    assert [o.label for o in a.options] == ["Pain", "Something else", "3", "2026-01-01"]
    assert a.options[0].codes[0].code == "22253000"
    assert [o.label for o in b.options] == ["Calm", "Restless"]
    assert (a.kind, b.kind, c.kind) == (Kind.CHOICE, Kind.CHOICE, Kind.CHOICES)
    assert made.departures == ()


def test_an_open_choice_takes_other_words_too() -> None:
    one = ask("a", "open-choice", answerOption=[{"valueString": "tea"}])
    made = read(form(one, one | {"linkId": "b", "text": "Question b", "repeats": True}))
    a, b, other = made.sections[0].fields
    assert (a.kind, b.kind, other.kind) == (Kind.CODED, Kind.CHOICES, Kind.TEXT)
    assert other.label == "Question b – other"


def when(name: str, operator: str, **answer: Any) -> dict[str, Any]:
    return {"question": name, "operator": operator} | answer


def test_a_question_is_shown_when_the_form_says() -> None:
    made = read(
        form(
            ask("mood", "choice", answerValueSet="#mood"),
            ask("times", "integer"),
            ask("any", "string", enableBehavior="any", enableWhen=[
                when("mood", "=", answerCoding={"code": "restless"}), when("times", ">=", answerInteger=3)]),
            ask("all", "string", enableBehavior="all", enableWhen=[
                when("mood", "!=", answerCoding={"code": "calm"}), when("times", "exists", answerBoolean=True)]),
            ask("g", "group", text="If woken", enableWhen=[when("times", ">", answerInteger=0)], item=[
                ask("inner", "string", enableWhen=[when("mood", "=", answerCoding={"code": "calm"})])]),
        )
    )  # fmt: skip
    section = made.sections[0]

    def shown(**values: Any) -> set[str]:
        return {field.key for field in section.visible(values)} - {"mood", "times"}

    assert made.departures == ()
    assert shown() == set()
    assert shown(mood="restless") == {"any"}
    assert shown(mood="restless", times=1) == {"any", "all"}
    assert shown(mood="calm", times=5) == {"any", "inner"}
    assert_valid(questionnaire(section))


def test_a_condition_that_cannot_be_followed_is_named_and_its_question_is_shown() -> None:
    made = read(
        form(
            ask("outer", "boolean"),
            ask("g", "group", text="Visits", repeats=True, item=[
                ask("inside", "string", enableWhen=[when("outer", "=", answerBoolean=True)])]),
            ask("gone", "string", enableWhen=[when("nobody", "=", answerBoolean=True)]),
            ask("x", "boolean", enableWhen=[when("y", "=", answerBoolean=True)]),
            ask("y", "boolean", enableWhen=[when("x", "=", answerBoolean=True)]),
        )
    )  # fmt: skip
    assert all(field.show_when is None for section in made.sections for field in section.fields)
    for name in ("inside", "gone", "x", "y"):
        assert any(f"“Question {name}” is always shown" in said for said in made.departures)


def test_limits_units_help_other_languages_and_suggestions_are_kept() -> None:
    translation = {
        "url": f"{HL7}translation",
        "extension": [{"url": "lang", "valueCode": "pl"}, {"url": "content", "valueString": "Ile razy?"}],
    }
    made = read(
        form(
            ask("d", "display", text="Ask the family too."),
            ask("a", "quantity", required=True, initial=[{"valueQuantity": {"value": 36.5, "unit": "°C"}}], extension=[
                {"url": f"{HL7}minValue", "valueDecimal": 30}, {"url": f"{HL7}maxValue", "valueInteger": 45}],
                _text={"extension": [translation]}),
            ask("b", "string", maxLength=40, readOnly=True, initial=[{"valueString": "Ward 3"}]),
        )
    )  # fmt: skip
    a, b = made.sections[0].fields
    assert (a.minimum, a.maximum, a.unit, a.help, a.suggested) == (30, 45, "°C", "Ask the family too.", "36.5")
    assert a.other_languages == (("pl", "Ile razy?"),)
    assert [p.says for p in check_entry(made.sections[0], {})] == ["Question a: Not recorded yet."]
    assert (b.max_length, b.read_only, b.suggested) == (40, True, "Ward 3")
    assert len([said for said in made.departures if "offered beside it" in said]) == 2


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        (ask("a", "decimal", extension=[{"url": f"{SDC}calculatedExpression"}]), "works this out"),
        (ask("a", "string", extension=[{"url": f"{SDC}initialExpression"}]), "fills this in from the record"),
        (ask("a", "string", extension=[{"url": f"{SDC}enableWhenExpression"}]), "only under a formula"),
        (ask("a", "string", extension=[{"url": f"{HL7}regex", "valueString": "x"}]), "pattern"),
        (ask("a", "string", extension=[{"url": "http://example.org/mystery"}]), "left out: mystery"),
        (ask("a", "choice", answerValueSet="https://example.org/vs"), "list kept elsewhere"),
        (ask("a", "choice", answerValueSet="#nothing"), "not in the file"),
        (ask("a", "choice"), "no answers to choose from"),
        (ask("a", "attachment"), "asks for a file"),
        (ask("a", "string", definition="http://example.org/sd#x"), "data definitions"),
        (ask("a", "integer", extension=[{"url": f"{HL7}questionnaire-itemControl"}]), "wishes to look"),
    ],
)
def test_what_the_form_asks_beyond_that_is_named(asked: dict[str, Any], says: str) -> None:
    assert any(says in said for said in read(form(asked)).departures)


def test_limits_that_leave_no_number_are_named_and_not_checked() -> None:
    limits = [{"url": f"{HL7}minValue", "valueInteger": 10}, {"url": f"{HL7}maxValue", "valueInteger": 3}]
    made = read(form(ask("a", "integer", extension=limits)))
    assert any("no number lies within" in said for said in made.departures)
    assert check_entry(made.sections[0], {"a": 5}) == ()


def test_a_form_called_like_a_section_of_the_plan_says_that_it_is_none_of_it() -> None:
    made = read(form(ask("a", "string"), title="CPR Recommendation"))
    assert any("section of its own called “CPR Recommendation”" in said for said in made.departures)
    assert not any("section of its own" in said for said in read(form(ask("a", "string"))).departures)


def test_two_questions_that_repeat_are_added_to_by_names_of_their_own() -> None:
    visitors = ask("v", "group", text="GP visits", repeats=True, item=[ask("who", "string")])
    made = read(form(visitors, ask("w", "string", text="Worries", repeats=True)))
    assert [section.entry_name for section in made.sections[1:]] == [
        "further answer to “GP visits”",
        "further answer to “Worries”",
    ]
    assert entry_title(replace(made.sections[1], entry_title=()), "1", {}) == "Further answer to “GP visits”"


def test_a_hidden_question_is_named_and_not_asked() -> None:
    hidden = ask("a", "string", extension=[{"url": f"{HL7}questionnaire-hidden", "valueBoolean": True}])
    made = read(form(hidden, ask("b", "string")))
    assert [field.key for field in made.sections[0].fields] == ["b"]
    assert any("hidden question" in said for said in made.departures)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (form(), "no questions"),
        (form(ask("a", "string"), ask("a", "string")), "same name"),
        (form({"type": "string"}), "no name"),
        (form(ask("a", "question")), "another version"),
        (form(ask("a", "choice", option=[{"valueString": "x"}])), "another version"),
        (form(ask("a", "string", enableWhen=[{"question": "b", "hasAnswer": True}])), "STU3"),
        (form(ask("a", "slider")), "does not have"),
        (form(ask("a", "string"), subjectType=["Device"]), "not about a person"),
        (form(ask("a", "string"), status="entered-in-error"), "entered in error"),
        (form(ask("a", "string"), implicitRules="http://example.org"), "changes its meaning"),
        (form(ask("a", "string", modifierExtension=[{"url": "x"}])), "changes its meaning"),
        (form(ask("a", "display")), "asks nothing"),
        (form(*(ask(str(n), "string") for n in range(501))), "up to 500"),
        ({"resourceType": "Patient"}, "no form"),
        ({"resourceType": "Bundle", "type": "collection", "entry": [
            {"resource": form(ask("a", "string")) | {"id": "1"}}, {"resource": form(ask("a", "string")) | {"id": "2"}},
        ]}, "more than one form"),
    ],
)  # fmt: skip
def test_what_cannot_be_followed_safely_is_refused_with_its_reason(body: dict[str, Any], why: str) -> None:
    with pytest.raises(ImportRefused, match=why):
        read(body)


def test_xml_is_refused_with_what_to_ask_for() -> None:
    with pytest.raises(ImportRefused, match="JSON"):
        read_form(b"<Questionnaire xmlns='http://hl7.org/fhir'/>")


def test_a_form_in_the_shape_of_uk_core_is_taken_in() -> None:
    """The shape of UK Core's mock plan: groups, a repeating group, a list of conditions kept elsewhere, a date."""
    made = read(
        form(
            ask("Q1", "group", enableBehavior="any", item=[
                ask("Q1.1", "group", repeats=True, enableBehavior="any", item=[
                    ask("Q1.1g", "choice", required=True, answerValueSet="https://example.org/ValueSet/conditions",
                        extension=[{"url": f"{HL7}questionnaire-itemControl"}])]),
                ask("Q1.2", "string", enableBehavior="any", required=True)]),
            ask("Q2", "group", item=[ask("Q2g", "date", code=[
                {"system": "http://snomed.info/sct", "code": "887031000000108", "display": "Consent"}])]),
            status="draft", experimental=True,
        )
    )  # fmt: skip
    assert [s.repeats for s in made.sections] == [False, True]
    assert made.sections[0].fields[1].codes[0].code == "887031000000108"
    assert len(made.departures) == 4


def test_a_new_version_loses_no_old_answer() -> None:
    options = [{"valueString": "tea"}, {"valueString": "rest"}]
    first = read(form(ask("a", "integer"), ask("b", "choice", answerOption=options), ask("c", "string"),
                      ask("g", "group", repeats=True, item=[ask("d", "string")])))  # fmt: skip
    second = read(
        form(ask("a", "string"), ask("b", "choice", answerOption=options[:1]), version="2", title="New title"),
        first.sections,
    )
    night, gone = second.sections
    assert second.key == first.key
    assert [(f.key, f.kind, f.retired) for f in night.fields] == [
        ("a_text", Kind.TEXT, False),
        ("b", Kind.CHOICE, False),
        ("a", Kind.NUMBER, True),
        ("c", Kind.TEXT, True),
    ]
    assert [(o.label, o.retired) for o in night["b"].options] == [("tea", False), ("rest", True)]
    assert [f.retired for f in gone.fields] == [True]
    assert {f.key for f in night.visible({"a": 3, "c": "words"})} >= {"a", "c"}
    third = read(form(ask("a", "integer"), version="3"), second.sections)
    assert not third.sections[0]["a"].retired, "a question asked again is asked under its old key"


def test_a_form_that_is_put_away_asks_nothing_and_keeps_its_words() -> None:
    kept = put_away(read(form(ask("a", "string"))).sections)
    assert list(kept[0].visible({})) == []
    assert [f.label for f in kept[0].visible({"a": "x"})] == ["Question a"]


def test_its_answers_travel_like_those_of_any_section() -> None:
    made = read(
        form(
            *(ask(kind.lower().replace("-", "_"), kind, answerOption=[{"valueString": "tea"}])
              if "choice" in kind else ask(kind.lower(), kind)
              for kind in ("boolean", "decimal", "integer", "date", "dateTime", "time", "string", "text", "choice",
                           "open-choice", "quantity")),
        )
    )  # fmt: skip
    section = made.sections[0]
    assert_valid(questionnaire(section))
    values = {field.key: Item(canary(section, field), "c", AT, NURSE, Told()) for field in section.fields}
    entry = Entry("main", section.key, values)
    sent = response(section, entry, {"reference": "Patient/1"})
    assert_valid(sent)
    assert read_response(sent, built_in().with_sections(made.sections), AT).entry == entry
    unknown_here = read_response(sent, built_in(), AT).entry
    assert unknown_here == replace(entry), "a laptop without the form keeps the answers whole"


junk: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | st.text(max_size=8) | st.sampled_from(["#mood", "a"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["url", "valueCoding", "code", "system", "display", "question", "operator", "answerCoding",
                         "valueInteger", "extension", "linkId", "type", "concept", "valueQuantity", "unit"]),
        inner, max_size=4),
    max_leaves=8,
)  # fmt: skip
hostile_items = st.dictionaries(
    st.sampled_from([
        "text", "_text", "prefix", "code", "enableWhen", "enableBehavior", "required", "repeats", "readOnly",
        "maxLength", "answerValueSet", "answerOption", "initial", "item", "extension", "definition",
    ]),
    junk,
    max_size=6,
)  # fmt: skip


about_the_form = st.dictionaries(
    st.sampled_from(["title", "name", "url", "version", "status", "contained", "extension", "subjectType"]), junk
)
kinds = st.sampled_from(["string", "choice", "group", "quantity", "open-choice", "date", "integer", "display"])


@settings(max_examples=150, deadline=None)
@given(st.lists(hostile_items, min_size=1, max_size=3), about_the_form, kinds)
def test_no_form_crashes_the_program(items: list[dict[str, Any]], more: dict[str, Any], kind: str) -> None:
    body = form(*({"linkId": f"i{n}", "type": kind} | item for n, item in enumerate(items))) | more
    with contextlib.suppress(ImportRefused):
        made = read_form(json.dumps(body).encode())
        for section in built_in().with_sections(made.sections):
            json.dumps(questionnaire(section))
            check_entry(section, {})
