"""The sections as data: what they point at exists, every field is classified, and the words suit who reads them."""

from __future__ import annotations

import re

import pytest

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.fields import (
    Audience,
    Authorship,
    Kind,
    Merge,
    Need,
    OnFamilyCopy,
    Part,
    Section,
    When,
)
from eolc_desktop.care_plan.item_classes import COHERENCE_GROUPS
from eolc_desktop.care_plan.promises import COMMITMENTS, QUESTIONS
from eolc_desktop.care_plan.value_sets import value_set

SECTIONS = [pytest.param(s, id=s.key) for s in built_in()]

SECTION_KEYS = {
    Part.PERSON: [
        "person", "other_addresses", "other_ways", "circumstances", "communication_needs", "adjustments", "consent",
        "kept_back", "plan_control", "team_reviews", "admissions",
    ],
    Part.WHAT_MATTERS: ["about_me", "goals", "places", "place_needs", "after_death_wishes"],
    Part.PROMISES: [
        "commitments", "commitment_evidence", "compact", "next_steps", "next_contacts", "conversations", "tasks",
        "speak_up", "disagreements",
    ],
    Part.DECISIONS: [
        "cpr", "allergies", "allergy", "respect", "escalation", "conveyance", "advance_refusal", "attorneys",
        "other_legal", "parental_responsibility", "capacity", "alerts",
    ],
    Part.ILLNESS: [
        "diagnosis", "problems", "devices", "understanding", "register", "prognosis", "akps", "phase", "frailty",
        "dying", "ipos", "anticipatory", "medicine_stock", "pharmacy", "medicines_summary", "medicines",
        "stopped_medicines",
    ],
    Part.CARE: [
        "strengths", "needs", "actions", "goal_steps", "contingency", "fast_track", "money", "other_plans",
        "plan_list", "last_days", "expected_death", "equipment", "home_access", "documents",
    ],
    Part.PEOPLE: [
        "contacts", "carer", "key_people", "care_team", "who_to_call", "call_card", "household",
        "paper_copies",
    ],
    Part.AFTER_DEATH: ["death", "looking_back", "certification", "closure", "bereavement"],
    Part.OWN_FORMS: [],
}  # fmt: skip

MERGE_OF = {
    Authorship.VOICE: {Merge.ASK},
    Authorship.DECISION: {Merge.ASK},
    Authorship.LEGAL: {Merge.ASK},
    Authorship.FACT: {Merge.ONE_SIDED, Merge.APPEND},
    Authorship.AUTOMATIC: {Merge.ONE_SIDED},
}

# Decision 4. What is in a group changes and conflicts as one; a field that slips out of its group could be merged
# with a contradiction of itself.
GROUP_OF = {
    "cpr": "cpr_and_escalation",
    "respect": "cpr_and_escalation",
    "escalation": "cpr_and_escalation",
    "conveyance": "cpr_and_escalation",
    "advance_refusal": "cpr_and_escalation",
    "places": "places",
    "allergies": "allergies",
    "allergy": "allergies",
    "consent": "capacity_attorney_consent",
    "attorneys": "capacity_attorney_consent",
    "parental_responsibility": "capacity_attorney_consent",
    "capacity": "capacity_attorney_consent",
    "anticipatory": "medicines_in_house",
    "medicine_stock": "medicines_in_house",
    "pharmacy": "medicines_in_house",
    "alerts": "safeguarding",
    "expected_death.not_999": "cpr_and_escalation",
}


@pytest.mark.parametrize("part", list(Part))
def test_the_sections_stand_where_they_belong(part: Part) -> None:
    assert [section.key for section in built_in().in_part(part)] == SECTION_KEYS[part]


@pytest.mark.parametrize("section", SECTIONS)
def test_a_section_holds_together(section: Section) -> None:
    keys = [field.key for field in section.fields]
    assert len(keys) == len(set(keys))
    assert all(re.fullmatch(r"[a-z][a-z0-9_]*", key) for key in [section.key, *keys])
    assert all(key in section for key in section.entry_title)
    assert bool(section.entry_name) is section.repeats
    assert not (section.repeats and section.fixed_entries)
    assert not section.parent or section.parent in built_in()
    assert not section.repeats or section.entry_title, "an entry in a list needs a name"


@pytest.mark.parametrize("section", SECTIONS)
def test_a_field_is_classified(section: Section) -> None:
    for field in section.fields:
        group = GROUP_OF.get(f"{section.key}.{field.key}", GROUP_OF.get(section.key, ""))
        if section.key == "other_legal" and field.authorship is Authorship.LEGAL:
            group = "capacity_attorney_consent"
        assert field.merge in MERGE_OF[field.authorship], field.key
        assert field.coherence_group == group, field.key
        assert not group or group in COHERENCE_GROUPS


@pytest.mark.parametrize("section", SECTIONS)
def test_a_field_can_be_edited_as_its_kind(section: Section) -> None:
    for field in section.fields:
        assert (field.kind in (Kind.CHOICE, Kind.CHOICES)) is bool(field.options), field.key
        assert (field.kind is Kind.NUMBER) is (field.minimum is not None and field.maximum is not None), field.key
        assert (field.kind is Kind.LINK) is bool(field.links_to), field.key
        assert not field.links_to or field.links_to in built_in(), field.key
        assert field.need is not Need.CONDITION or field.show_when is not None, field.key


@pytest.mark.parametrize("section", SECTIONS)
def test_a_field_is_shown_by_an_answer_that_can_be_given(section: Section) -> None:
    for field in section.fields:
        if field.show_when is None:
            continue
        assert isinstance(field.show_when, When), "the simple condition, which reads as a sentence"
        other = section[field.show_when.field]
        assert other.key != field.key
        for value in field.show_when.is_in:
            possible = value in (True, False) if other.kind is Kind.YES_NO else other.option(str(value)) is not None
            assert possible, f"{field.key} waits for {other.key} to be {value}"
        assert field.need is not Need.READY, f"{field.key} would be asked for while it is hidden"


@pytest.mark.parametrize("section", SECTIONS)
def test_words_are_plain(section: Section) -> None:
    for field in section.fields:
        for words in (field.label, field.family_label, *(option.label for option in field.options)):
            assert words == words.strip()
            assert not words.endswith((":", ".")), words
        # The help of a question of the compact is its wording as it was written, however long.
        assert len(field.help) <= 120 or section.key == "compact", field.key
        assert not field.prompt or "?" in field.prompt, field.key
        assert "treat as" not in f"{field.label} {field.help} {field.prompt}".lower()


@pytest.mark.parametrize("section", SECTIONS)
def test_a_family_copy_does_not_speak_of_the_person_as_somebody_else(section: Section) -> None:
    """On the family's page the plan is the person's own: "What matters most to me", never "to them"."""
    if section.key == "contacts":
        return  # among the contacts "they" is the contact
    printed = [field for field in section.fields if field.family is not OnFamilyCopy.NO]
    assert section.family_title or not printed, "a section that is printed needs a title in the person's voice"
    words = [field.name(Audience.FAMILY) for field in printed if section.key != "compact"]
    words += [option.words(Audience.FAMILY) for field in printed for option in field.options]
    of_somebody_else = re.compile(r"\b(they|their|theirs|the person)\b")
    told = {"Closed: the person has died"}
    assert [one for one in words if of_somebody_else.search(one.casefold()) and one not in told] == []


def test_how_long_items_stay_fresh_is_k32() -> None:
    limits = {f"{s.key}.{f.key}": f.age_limit_days for s in built_in() for f in s.fields if f.age_limit_days}
    assert limits == {
        "cpr.decision": 90,
        "places.preferred_care": 90,
        "places.preferred_death": 90,
        "places.second_choice": 90,
        "contacts.phone": 60,
        "attorneys.phone": 60,
        "parental_responsibility.phone": 60,
        "key_people.key_worker_phone": 60,
        "care_team.phone_day": 60,
        "who_to_call.first_call_phone": 60,
        "who_to_call.if_no_answer_phone": 60,
        "anticipatory.state": 14,
        "anticipatory.where_kept": 14,
        "medicines_summary.status": 14,
    }


def test_allergies_have_exactly_the_four_states_of_the_banner() -> None:
    assert [option.label for option in built_in()["allergies"]["status"].options] == [
        "Known allergies",
        "No known allergies",
        "Allergies not recorded",
        "Allergies unavailable",
    ]
    assert built_in()["allergies"]["status"].may_be == ()


def test_what_can_be_kept_back_can_be_found() -> None:
    """Each choice is a section or one of its fields: a key that no copy knows would keep nothing back."""
    for option in value_set("kept_back_item"):
        section, _, field = option.key.partition(".")
        assert section in built_in(), option.key
        assert not field or field in built_in()[section], option.key


def test_whatever_may_stand_on_a_family_s_copy_in_the_person_s_voice_can_be_kept_back() -> None:
    choices = {option.key for option in value_set("kept_back_item")}
    left = [
        f"{s.key}.{f.key}"
        for s in built_in()
        for f in s.fields
        if f.family is OnFamilyCopy.ASK and s.key not in choices and f"{s.key}.{f.key}" not in choices
    ]
    assert left == []


def test_the_six_commitments_are_the_published_ones() -> None:
    section = built_in()["commitments"]
    assert [entry.id for entry in section.fixed_entries] == ["1", "2", "3", "4", "5", "6"]
    assert [entry.wording for entry in section.fixed_entries] == [
        "have honest discussions with care professionals about their needs and preferences",
        "make informed choices about their care",
        "develop and document a personalised care plan",
        "discuss their personalised care plans with care professionals",
        "involve their family, carers and those important to them in all aspects of their care as much as they want",
        "know who to contact for help and advice at any time",
    ]
    assert built_in()["commitment_evidence"].parent == "commitments"
    assert all(commitment.evidence for commitment in COMMITMENTS)


def test_the_seven_questions_keep_their_wording_beside_the_plain_one() -> None:
    compact = built_in()["compact"]
    for question in QUESTIONS:
        field = compact[question.key]
        assert field.help == question.wording or len(question.wording) > len(field.help)
        assert question.plain in field.label
        assert "caregiver" not in field.label.lower()
        assert compact[f"{question.key}_words"].authorship is Authorship.VOICE
        assert compact[f"{question.key}_mirror"].family is OnFamilyCopy.NO
    assert [key for key, _words in QUESTIONS[1].parts] == ["q2_well", "q2_ill", "q2_team"]
