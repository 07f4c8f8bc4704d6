"""What must not be on a family's copy is not: item by item, and by every rule that keeps something back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.fields import MAIN, Field, Kind, OnFamilyCopy, Section, Value
from eolc_desktop.care_plan.paper_copies import SECTION as PAPER_COPIES
from eolc_desktop.care_plan.plan import EntryState, Plan
from eolc_desktop.care_plan.rules.finding import ItemRef
from eolc_desktop.documents.copies import Copy, ReadersChosen, Reason, family_copy
from tests.plans import ONE, full_plan, plan_with

EVERY_ITEM = [(section, field) for section in built_in() for field in section.fields]
_DECIDING = {("kept_back", "what"), ("death", "died_on")}
RECORDED = [pair for pair in EVERY_ITEM if (pair[0].key, pair[1].key) not in _DECIDING]
"""What is kept back would hide other items, and so would a death: they have tests of their own."""
ALL_AWARE: dict[str, Value] = {"aware_diagnosis": "aware", "aware_prognosis": "aware", "aware_cpr": "aware"}
ORDINARY: dict[str, dict[str, Value]] = {
    "contacts": ALL_AWARE | {"involvement": "told_everything"},
    "kept_back": {"what": None},
    "person": {"address_restricted": False},
    "death": {"died_on": None},
}


def entry_of(section: Section) -> str:
    return section.fixed_entries[0].id if section.fixed_entries else (ONE if section.repeats else MAIN)


def stands(copy: Copy, section: Section, field: Field) -> bool:
    return copy.plan.item(section.key, field.key, entry_of(section)) is not None


def reasons(copy: Copy) -> Mapping[ItemRef, Reason]:
    return {left.item: left.reason for left in copy.left_out}


def plan(**changes: dict[str, Value]) -> Plan:
    return full_plan({key: ORDINARY.get(key, {}) | changes.get(key, {}) for key in {*ORDINARY, *changes}})


@pytest.mark.parametrize(("section", "field"), RECORDED, ids=lambda x: x.key)
def test_each_item_stands_exactly_when_its_description_lets_it(section: Section, field: Field) -> None:
    copy = family_copy(plan(), ReadersChosen())
    ref = ItemRef(section.key, field.key, entry_of(section))
    if section.key == PAPER_COPIES:  # about the plan, and no part of it
        assert ref not in reasons(copy)
        assert not stands(copy, section, field)
        return
    if field.off_paper:
        assert reasons(copy)[ref] is Reason.SENSITIVE
    elif field.family is OnFamilyCopy.NO:
        assert reasons(copy)[ref] is Reason.NOT_FOR_FAMILIES
    elif field.family is OnFamilyCopy.ASK:
        assert reasons(copy)[ref] is Reason.NOBODY_SAID_YES
    else:
        assert ref not in reasons(copy)
    assert stands(copy, section, field) is (ref not in reasons(copy))


@pytest.mark.parametrize(
    ("section", "field"), [pair for pair in EVERY_ITEM if pair[1].family is OnFamilyCopy.ASK], ids=lambda x: x.key
)
def test_an_item_that_is_asked_about_stands_only_when_somebody_said_yes_to_it(section: Section, field: Field) -> None:
    ref = ItemRef(section.key, field.key, entry_of(section))
    without = family_copy(plan(), ReadersChosen())
    assert any(ref in question.items for question in without.questions)
    assert stands(family_copy(plan(), ReadersChosen(said_yes=frozenset({ref}))), section, field)


@pytest.mark.parametrize(
    ("section", "field"), [pair for pair in EVERY_ITEM if pair[1].kind is Kind.LINK], ids=lambda x: x.key
)
def test_a_link_that_is_printed_names_nothing_that_is_kept_for_staff(section: Section, field: Field) -> None:
    """A link prints the name of the entry it points at, whatever that entry's own fields allow."""
    named = built_in()[field.links_to]
    if field.family is not OnFamilyCopy.NO:
        assert [key for key in named.entry_title if named[key].family is OnFamilyCopy.NO] == []


def test_a_link_to_something_that_is_kept_back_is_kept_back_with_it() -> None:
    linked = plan_with(
        {"kept_back": {"what": ["needs"]}, "needs": {"need": {"text": "Zqneed"}}, "actions": {"need": ONE}}
    )
    assert family_copy(linked, ReadersChosen()).plan.item("actions", "need", ONE) is None


def test_yes_does_not_let_through_what_is_kept_for_staff() -> None:
    everything = frozenset(ItemRef(section.key, field.key, entry_of(section)) for section, field in EVERY_ITEM)
    copy = family_copy(plan(), ReadersChosen(said_yes=everything))
    for section, field in EVERY_ITEM:
        if field.family is OnFamilyCopy.NO or field.sensitive:
            assert not stands(copy, section, field)


def test_a_field_that_this_version_does_not_know_is_left_out() -> None:
    unknown = plan_with({"person": {"family_name": "Smith", "from_the_future": "canary"}})
    copy = family_copy(unknown, ReadersChosen())
    assert copy.plan.item("person", "from_the_future") is None
    assert copy.plan.item("person", "family_name") is not None


# K21: somebody who must not be told.

CONTACTS: dict[str, dict[str, Value]] = {
    "anna": {"name": "Anna Smith", "phone": "07700 900123", "involvement": "told_everything"},
    "carl": {"name": "Carl Smith", "phone": "07700 900456", "involvement": "must_not_be_told"},
}


def with_contacts(
    values: dict[str, dict[str, Value]], more: dict[str, dict[str, dict[str, Value]]] | None = None
) -> Plan:
    return plan_with(values, {"contacts": CONTACTS} | (more or {}))


def test_no_copy_is_made_for_somebody_who_must_not_be_told() -> None:
    copy = family_copy(with_contacts({"about_me": {"most_important": "x"}}), ReadersChosen(("anna", "carl")))
    assert "must not be told" in copy.refused
    assert dict(copy.plan.sections) == {}


def test_somebody_who_must_not_be_told_is_named_nowhere() -> None:
    people = with_contacts(
        {"carer": {"has_carer": "has", "carer": "carl"}},
        {
            "who_to_call": {
                "by-name": {"situation": "Pain", "first_call_name": "carl smith", "first_call_phone": "01943 496 0199"},
                "by-number": {"situation": "Fall", "first_call_name": "My son", "first_call_phone": "07700900456"},
                "fine": {"situation": "Night", "first_call_name": "Hospice", "first_call_phone": "01943 496 0100"},
            }
        },
    )
    copy = family_copy(people, ReadersChosen())
    assert [entry.id for entry in copy.plan.entries("contacts")] == ["anna"]
    assert [entry.id for entry in copy.plan.entries("who_to_call")] == ["fine"]
    assert copy.plan.item("carer", "carer") is None
    assert Reason.MUST_NOT_BE_TOLD in reasons(copy).values()


# K22: what the person keeps back.


@pytest.mark.parametrize("option", built_in()["kept_back"]["what"].options, ids=lambda option: option.key)
def test_what_is_kept_back_stands_on_no_copy_whatever_was_said_yes_to(option: object) -> None:
    name = option.key  # type: ignore[attr-defined]
    section_key, _, field_key = name.partition(".")
    section = built_in()[section_key]
    everything = frozenset(ItemRef(s.key, f.key, entry_of(s)) for s, f in EVERY_ITEM)
    copy = family_copy(plan(kept_back={"what": [name]}), ReadersChosen(said_yes=everything))
    hidden = [section[field_key]] if field_key else section.fields
    assert not any(stands(copy, section, field) for field in hidden)


def test_a_kept_back_wish_takes_its_second_choice_with_it() -> None:
    everything = frozenset(ItemRef(s.key, f.key, entry_of(s)) for s, f in EVERY_ITEM)
    copy = family_copy(plan(kept_back={"what": ["places.preferred_death"]}), ReadersChosen(said_yes=everything))
    left = {entry.id: set(entry.items) for entry in copy.plan.entries("places")}
    assert left.get(MAIN, set()) <= {f.key for f in built_in()["places"].fields if f.standard.startswith("D-11.1")}


@pytest.mark.parametrize("state", list(EntryState))
def test_a_withdrawn_wish_to_keep_back_no_longer_holds_anything_back(state: EntryState) -> None:
    kept = plan(kept_back={"what": ["about_me"]})
    (wish,) = kept.all_entries("kept_back")
    changed = replace(kept, sections={**kept.sections, "kept_back": (replace(wish, state=state),)})
    about_me = built_in()["about_me"]
    held_back = not stands(family_copy(changed, ReadersChosen()), about_me, about_me["most_important"])
    assert held_back is (state is EntryState.CURRENT)


# K23: a reader who is not aware.


@pytest.mark.parametrize("readers", [(), (ONE,)], ids=["nobody named", "named"])
def test_a_cpr_decision_does_not_reach_a_reader_who_is_not_aware_of_it(readers: tuple[str, ...]) -> None:
    cpr = built_in()["cpr"]
    yes = frozenset({ItemRef("cpr", "decision")})
    aware = family_copy(plan(), ReadersChosen(readers, yes))
    assert stands(aware, cpr, cpr["decision"])
    unaware = family_copy(plan(contacts={"aware_cpr": "not_aware"}), ReadersChosen(readers, yes))
    assert not stands(unaware, cpr, cpr["decision"])
    assert reasons(unaware)[ItemRef("cpr", "decision")] is Reason.NOT_AWARE


# H23: a restricted address.


def test_a_restricted_address_and_numbers_are_not_printed() -> None:
    person = built_in()["person"]
    copy = family_copy(plan(person={"address_restricted": True}), ReadersChosen())
    for key in ("address", "postcode", "phone", "mobile", "email"):
        assert not stands(copy, person, person[key]), key
    assert stands(copy, person, person["family_name"])


# Commitment 5: as much as the person wants, per contact.


@pytest.mark.parametrize(
    ("involvement", "own_words", "next_steps", "numbers"),
    [
        ("all_decisions", True, True, True),
        ("told_everything", True, True, True),
        ("outline", False, True, True),
        ("emergency_only", False, False, True),
    ],
)
def test_a_reader_gets_no_more_than_the_person_wants(
    involvement: str, own_words: bool, next_steps: bool, numbers: bool
) -> None:
    copy = family_copy(plan(contacts={"involvement": involvement}), ReadersChosen((ONE,)))
    assert (copy.plan.value("about_me", "most_important") is not None) is own_words
    assert (copy.plan.value("next_steps", "what", ONE) is not None) is next_steps
    assert (copy.plan.value("who_to_call", "first_call_phone", ONE) is not None) is numbers
    assert copy.plan.value("person", "family_name") is not None


def test_the_least_involved_of_several_readers_decides() -> None:
    readers = plan_with(
        {"about_me": {"most_important": "x"}},
        {"contacts": {"a": {"involvement": "told_everything"}, "b": {"involvement": "emergency_only"}}},
    )
    assert family_copy(readers, ReadersChosen(("a", "b"))).plan.value("about_me", "most_important") is None


@pytest.mark.hazard("H25")
def test_a_reader_who_is_no_longer_a_contact_is_asked_about() -> None:
    assert "choose again" in family_copy(plan(), ReadersChosen(("gone",))).refused


# Somebody who has died: nothing on a page asks for anything any more.


def test_what_asks_for_something_is_left_out_once_the_person_has_died() -> None:
    copy = family_copy(plan(death={"died_on": "2026-11-01"}), ReadersChosen())
    for section in ("who_to_call", "next_steps", "next_contacts", "place_needs"):
        assert copy.plan.entries(section) == ()
    assert copy.plan.item("plan_control", "review_date") is None
    assert copy.plan.item("about_me", "most_important") is not None
    assert Reason.OVER in reasons(copy).values()
