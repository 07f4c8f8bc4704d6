"""Every document: what should stand on it does, whole and once; what must not does not; and it says what it must."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.fields import Field, Kind, OnFamilyCopy, Section, Value
from eolc_desktop.care_plan.words import display
from eolc_desktop.documents import copies, sections
from eolc_desktop.documents.copies import ReadersChosen, Reason
from eolc_desktop.documents.kinds import DOCUMENTS, Document
from eolc_desktop.documents.making import make
from eolc_desktop.documents.raster import page_count, text_of
from eolc_desktop.documents.scope import Holder
from eolc_desktop.documents.translations import ENGLISH, WELSH, words_in
from eolc_desktop.services.print_needs import Chosen
from tests.documents.orders import ORDINARY, order_for, packed, run_on, with_changes
from tests.documents.reading import structure
from tests.plans import canary, full_plan

HOLDING = [document for document in DOCUMENTS.values() if document.holds_plan]
TYPED = (Kind.TEXT, Kind.LONG_TEXT, Kind.CODED)
IN_THE_HEADER = {"family_name", "given_names", "title", "birth_date", "nhs_number"}
SAID_AGAIN = {
    # Who said the words is named under each of them; a handover names twice who must not be told.
    ("person", "preferred_name"),
    ("contacts", "name"),
    ("contacts", "relationship"),
}
"""Words that may stand more than once, because something else points at them."""
NOT_RECORDED = {(s, k) for s, values in ORDINARY.items() for k, value in values.items() if value is None}
every_document = pytest.mark.parametrize("document", HOLDING, ids=lambda document: document.key)


def words_of(section: Section, field: Field) -> str:
    value = canary(section, field)
    return str(value["text"]) if isinstance(value, dict) else str(value)


def may_stand(section: Section, field: Field, document: Document) -> bool:
    """What the description of an item and the scope of a document say, put together anew from them."""
    scope = document.scope
    in_scope = scope.numbers is None or any(
        field.standard == number or field.standard.startswith(f"{number}.") for number in scope.numbers
    )
    never = any(field.standard == number or field.standard.startswith(f"{number}.") for number in scope.never)
    left = section.key in scope.without or f"{section.key}.{field.key}" in scope.without
    if not in_scope or never or left or field.off_paper or field.standard == "D-16.3":
        return False
    if section.key == "paper_copies" or (section.key == "person" and field.key in IN_THE_HEADER):
        return False
    if scope.holder is Holder.FAMILY:
        return field.family is OnFamilyCopy.YES
    return not (scope.holder is Holder.HOUSE and field.standard == "D-12.7")


def linked_titles() -> set[tuple[str, str]]:
    """The fields whose words name an entry: a field that points at one prints them again."""
    return {(section.key, key) for section in built_in() for key in section.entry_title}


def look(document: Document) -> None:
    """Read every item's word on a document, the longest first, for some begin with the whole of a shorter one."""
    order, _copy = order_for(full_plan(with_changes()), document.key)
    paper = packed(make(order))
    catalogue = built_in()
    typed = [(s, f) for s in catalogue for f in s.fields if f.kind in TYPED]
    for section, field in sorted(typed, key=lambda pair: len(words_of(*pair)), reverse=True):
        word = words_of(section, field)
        times = paper.count(word)
        paper = paper.replace(word, "·")
        name = f"{section.key}.{field.key} on {document.key}"
        if section.key == "person" and field.key in IN_THE_HEADER:
            continue
        if may_stand(section, field, document) and (section.key, field.key) not in NOT_RECORDED:
            assert times, f"{name} should be printed and is not"
            again = (section.key, field.key) in SAID_AGAIN | linked_titles()
            repeats = section.key in ("commitments",)  # one canary in six entries
            assert times == 1 or again or repeats, f"{name} is printed {times} times"
        elif (section.key, field.key) not in linked_titles() | SAID_AGAIN:
            assert not times, f"{name} must not be printed and is"


@every_document
def test_what_may_stand_does_whole_and_once_and_nothing_else(document: Document) -> None:
    look(document)


@pytest.mark.parametrize("key", ["family-plan", "whole-plan", "emergency", "handover", "home-sheet", "fast-track"])
def test_the_test_above_sees_a_leak(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies._Judge, "_reason", lambda *_: None)
    with pytest.raises(AssertionError, match="must not be printed"):
        look(DOCUMENTS[key])


@pytest.mark.parametrize("key", ["family-plan", "emergency", "handover", "home-sheet"])
def test_the_test_above_sees_a_loss(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    said = sections.recorded
    monkeypatch.setattr(sections, "recorded", lambda *given, **more: said(*given, **more)[:-1])
    monkeypatch.setattr("eolc_desktop.documents.family_plan.recorded", sections.recorded)
    with pytest.raises(AssertionError, match="is not"):
        look(DOCUMENTS[key])


@every_document
def test_every_choice_number_and_date_that_may_stand_is_said(document: Document) -> None:
    order, copy = order_for(full_plan(with_changes()), document.key)
    pdf = make(order)
    paper = packed(pdf) + run_on(pdf)
    for section, entry, key, item in copy.plan.recorded():
        field = section[key]
        if (section.key == "person" and key in IN_THE_HEADER) or field.kind in (*TYPED, Kind.LINK):
            continue
        if field.kind is Kind.YES_NO:
            said = field.name(document.audience)
        else:
            said = display(field, item.value, document.audience, copy.plan.links)
        assert re.sub(r"\s+", "", said) in paper, f"{section.key}.{key} ({entry.id}) on {document.key}: {said}"


@every_document
def test_a_key_safe_code_and_an_alert_stand_on_no_document(document: Document) -> None:
    order, copy = order_for(full_plan(with_changes()), document.key)
    paper = packed(make(order))
    assert "Zqhomeaccesskeysafecode" not in paper
    assert "Zqalertsalert" not in paper
    assert all(left.reason is not None for left in copy.left_out)


@every_document
def test_kept_back_stands_on_no_document(document: Document) -> None:
    for option in built_in()["kept_back"]["what"].options:
        section_key, _, field_key = option.key.partition(".")
        plan = full_plan(with_changes({"kept_back": {"what": [option.key]}}))
        order, _copy = order_for(plan, document.key)
        assert order.plan.item(section_key, field_key) is None if field_key else not order.plan.entries(section_key)


@pytest.mark.parametrize("key", [d.key for d in HOLDING if d.scope.holder is not Holder.PROFESSIONALS])
def test_somebody_who_must_not_be_told_stands_on_nothing_that_lies_in_the_house(key: str) -> None:
    plan = full_plan(with_changes({"contacts": {"involvement": "must_not_be_told"}}))
    order, _copy = order_for(plan, key)
    assert "Zqcontactsname" not in packed(make(order))


def test_a_handover_says_in_a_frame_who_must_not_be_told() -> None:
    plan = full_plan(with_changes({"contacts": {"involvement": "must_not_be_told"}}))
    order, _copy = order_for(plan, "handover")
    assert "Thepersonaskedthatthesecontactsaretoldnothing:Zqcontactsname" in packed(make(order))


# The emergency page


def emergency(*changes: dict[str, dict[str, Value]]) -> bytes:
    order, _copy = order_for(full_plan(with_changes(*changes)), "emergency")
    return make(order)


def test_the_decision_stands_in_the_top_third_of_the_emergency_page() -> None:
    first = text_of(emergency())[0]
    decision = built_in()["cpr"]["decision"].options[0].label
    assert 0 < first.index(decision) < len(first) / 3


def test_an_emergency_page_without_a_decision_says_so() -> None:
    assert "No CPR decision is recorded." in text_of(emergency({"cpr": {"decision": None}}))[0]


def test_a_decision_that_is_left_out_is_not_passed_over_in_silence() -> None:
    page = text_of(emergency({"contacts": {"aware_cpr": "not_aware"}}))[0]
    assert "What is recorded about CPR does not stand on this page" in re.sub(r"\s+", " ", page)
    assert "No CPR decision is recorded" not in page


def test_what_has_no_room_on_the_first_page_is_named_there_and_whole_on_the_next() -> None:
    long = "Window-open. " * 140
    pages = text_of(emergency({"escalation": {"words": long}, "communication_needs": {"how_i_communicate": long}}))
    assert len(pages) > 1
    flat = re.sub(r"\s+", " ", pages[0])
    assert "MORE ON THE NEXT PAGE:" in flat
    assert "Treatment and hospital" in flat.split("MORE ON THE NEXT PAGE:")[1]
    assert "Emergency page – continued" in re.sub(r"\s+", " ", pages[1])
    assert re.sub(r"\s+", "", "".join(pages)).count("Window-open.") == 280


def test_an_ordinary_emergency_page_is_one_page() -> None:
    short: dict[str, dict[str, Value]] = {
        s.key: {f.key: "Short" for f in s.fields if f.kind in (Kind.TEXT, Kind.LONG_TEXT)} for s in built_in()
    }
    for key in ("contacts", "attorneys", "who_to_call"):
        short[key]["name"] = "Anna Smith"
    short["respect"]["cpr_recommendation"] = "attempts_not_recommended"
    only = {"cpr", "escalation", "plan_control", "conveyance", "who_to_call", "contacts", "allergies", "allergy",
            "places", "person", "communication_needs", "anticipatory", "respect"}  # fmt: skip
    plan = full_plan(with_changes(short))
    plan = replace(plan, sections={key: value for key, value in plan.sections.items() if key in only})
    order, _copy = order_for(plan, "emergency")
    assert page_count(make(order)) == 1


# Marks in words


def test_what_may_be_out_of_date_is_marked_and_a_standing_decision_never_is() -> None:
    plan = full_plan(with_changes())
    later = replace(plan, as_of=plan.as_of + timedelta(days=400))
    for key in ("family-plan", "whole-plan", "emergency", "handover"):
        order, _copy = order_for(later, key, ReadersChosen(said_yes=frozenset()))
        paper = re.sub(r"\s+", " ", " ".join(text_of(make(order))))
        assert "This may be out of date: please check." in paper
        if key != "family-plan" and key != "whole-plan":
            assert re.search(r"[Ll]ast confirmed [^;.]*2026; (no review date set|review date)", paper)
        fresh, _copy = order_for(plan, key)
        assert "out of date" not in " ".join(text_of(make(fresh)))


def test_a_contradiction_is_said_across_the_pages_and_beside_what_contradicts() -> None:
    changes: dict[str, dict[str, Value]] = {
        "cpr": {"decision": "not_for"},
        "respect": {"exists": "yes", "cpr_recommendation": "attempt"},
    }
    options = {option.key for option in built_in()["respect"]["cpr_recommendation"].options}
    changes["respect"]["cpr_recommendation"] = next(key for key in sorted(options) if "not" not in key)
    order, _copy = order_for(full_plan(with_changes(changes)), "emergency")
    pages = text_of(make(order))
    assert all(
        "CONFLICT – things recorded on these pages contradict each other" in re.sub(r"\s+", " ", p) for p in pages
    )
    assert "CONFLICT with something else that is recorded." in re.sub(r"\s+", " ", " ".join(pages))
    family, _copy = order_for(full_plan(with_changes(changes)), "call-card")
    assert not any("CONFLICT" in page for page in text_of(make(family)))


@every_document
def test_somebody_who_has_died_is_spoken_of_as_such_on_every_page(document: Document) -> None:
    plan = full_plan(with_changes({"death": {"died_on": "2026-11-01"}}))
    order, copy = order_for(plan, document.key)
    pages = text_of(make(order))
    assert all("DIED" in page for page in pages)
    if document.scope.holder is Holder.FAMILY:
        for section in ("who_to_call", "next_steps", "next_contacts", "place_needs"):
            assert not copy.plan.entries(section)
    assert any(left.reason is Reason.OVER for left in copy.left_out) or document.scope.holder is Holder.PROFESSIONALS


@every_document
def test_a_draft_says_so_on_every_page(document: Document) -> None:
    order, _copy = order_for(full_plan(with_changes({"plan_control": {"status": "draft"}})), document.key)
    assert all("DRAFT" in page for page in text_of(make(order)))


@every_document
def test_every_page_says_whose_it_is_which_copy_and_which_page(document: Document) -> None:
    order, _copy = order_for(full_plan(with_changes()), document.key)
    text = "\n".join(text_of(make(order)))
    found = [(int(n), int(m)) for n, m in re.findall(r"Page (\d+) of (\d+)", text)]
    assert found == [(n, len(found)) for n in range(1, len(found) + 1)]
    for said in ("PATIENT, Margaret (Mrs)", "999 000 0018", "7K2M9Q", "Plan version 7"):
        assert text.count(said) >= len(found), said


# Languages


@pytest.mark.parametrize("document", [d for d in HOLDING if WELSH in d.languages], ids=lambda d: d.key)
def test_a_welsh_copy_holds_what_the_english_one_does_and_says_that_nobody_checked_it(document: Document) -> None:
    plan = full_plan(with_changes())
    english, _copy = order_for(plan, document.key)
    welsh, _copy = order_for(plan, document.key, chosen=Chosen(language=WELSH))
    words = words_in(WELSH)
    papers = packed(make(english)), packed(make(welsh))
    assert words("page.translation").replace(" ", "") in papers[1]
    assert re.sub(r"\s", "", words(document.title_key)) in papers[1]
    for section in built_in():
        for field in section.fields:
            if field.kind in TYPED:
                word = words_of(section, field)
                assert (word in papers[0]) is (word in papers[1]), word
    assert structure(make(welsh)).role == "Document"


def test_every_text_of_a_translation_stands_in_english_too_with_the_same_parts() -> None:
    english, welsh = words_in(ENGLISH), words_in(WELSH)
    assert english.checked
    assert not welsh.checked
    for key, text in welsh.texts.items():
        given = {"called"} if key.startswith("last_days.now_") else set()
        parts = [set(re.findall(r"\{(\w+)\}", each)) | given for each in (text, english.texts[key])]
        assert parts[0] == parts[1], key
    family = {key for key in english.texts if key.split(".")[0] not in (
        "emergency", "handover", "fast_track", "home_sheet", "capture", "lists", "minutes", "escalation")}  # fmt: skip
    assert family <= set(welsh.texts)


def test_the_labels_of_a_familys_papers_are_translated() -> None:
    welsh = words_in(WELSH)
    missing = [
        field.name(DOCUMENTS["whole-plan"].audience)
        for section in built_in()
        for field in section.fields
        if field.family is not OnFamilyCopy.NO and field.name(DOCUMENTS["whole-plan"].audience) not in welsh.labels
    ]
    assert missing == []
