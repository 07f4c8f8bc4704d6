"""What the page says about CPR, the law, allergies and identity, over every way in which it can be recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.fields import MAIN, Absence, Value
from eolc_desktop.care_plan.plan import Author, Entry, EntryState, Item, OpenConflict, Plan, PutAside, Source, Told
from eolc_desktop.views.person import banner_words
from eolc_desktop.views.person.banner_words import AllergyState
from eolc_desktop.views.person.cpr_words import NOTHING_RECORDED, UNRECOGNISED, Recommendation, cpr_line
from eolc_desktop.views.person.glance_cards import cards
from eolc_desktop.views.person.legal_words import advance_decision_words, attorneys_words
from tests.authors import AT, DOCTOR, NURSE
from tests.plans import item, plan_with

DECIDED: Mapping[str, Value] = {
    "decided_at": "2026-10-12",
    "decided_by_name": "Dr A Khan",
    "decided_by_role": "consultant",
    "form_location": "yellow folder on the hall table",
}
OPTIONS = {"not_for", "for", "no_decision"}


def cpr(**values: Value) -> Plan:
    return plan_with({"cpr": values})


@pytest.mark.parametrize(
    ("values", "headline"),
    [
        ({"decision": "not_for", **DECIDED}, "Do not attempt CPR – recorded 12-Oct-2026 by Dr A Khan, consultant"),
        ({"decision": "for", **DECIDED}, "CPR may be attempted – recorded 12-Oct-2026 by Dr A Khan, consultant"),
        ({"decision": "not_for"}, "Do not attempt CPR – when and by whom it was decided is not recorded"),
        (
            {"decision": "not_for", "decided_at": "2026-10"},
            "Do not attempt CPR – recorded Oct-2026; by whom is not recorded",
        ),
        (
            {"decision": "for", "decided_by_name": "Dr A Khan"},
            "CPR may be attempted – recorded by Dr A Khan; the date is not recorded",
        ),
        ({"decision": "no_decision"}, NOTHING_RECORDED),
        ({}, NOTHING_RECORDED),
        ({"decided_at": "2026-10-12"}, NOTHING_RECORDED),
        ({"decision": "comfort_first", **DECIDED}, UNRECOGNISED),
        ({"decision": "NOT_FOR"}, UNRECOGNISED),
        ({"decision": Absence.NOT_KNOWN.value_to_store}, NOTHING_RECORDED),
    ],
)
def test_the_line_says_what_is_recorded_and_no_more(values: Mapping[str, Value], headline: str) -> None:
    assert cpr_line(plan_with({"cpr": values})).headline == headline


@given(st.one_of(st.text(min_size=1), st.integers(), st.booleans(), st.lists(st.text(), min_size=1)))
def test_no_other_value_is_ever_taken_for_a_decision(value: Value) -> None:
    line = cpr_line(cpr(decision=value))
    if isinstance(value, str) and value in OPTIONS:
        assert line.recommendation is not Recommendation.UNRECOGNISED
    else:
        assert line.headline == UNRECOGNISED
        assert str(value) in line.details[0]


@pytest.mark.parametrize("state", [EntryState.WITHDRAWN, EntryState.ENTERED_IN_ERROR])
def test_a_decision_that_no_longer_stands_is_not_shown_as_one(state: EntryState) -> None:
    plan = cpr(decision="not_for", **DECIDED)
    gone = replace(plan.sections["cpr"][0], state=state)
    line = cpr_line(replace(plan, sections={"cpr": (gone,)}))
    assert line.headline == NOTHING_RECORDED
    assert "see History" in line.details[0]


def test_a_date_and_a_name_from_before_never_stand_beside_a_newer_decision() -> None:
    plan = cpr(decision="for", **DECIDED)
    entry = plan.sections["cpr"][0]
    changed = replace(entry.items["decision"], recorded_at=AT + timedelta(days=1))
    plan = replace(plan, sections={"cpr": (replace(entry, items={**entry.items, "decision": changed}),)})
    line = cpr_line(plan)
    assert line.headline == "CPR may be attempted – when and by whom it was decided is not recorded"
    assert "decision before this one: Decided on: 12-Oct-2026; Decided by: Dr A Khan" in line.spoken
    assert "recorded before this decision" in line.spoken
    confirmed = {
        key: replace(value, confirmed_at=AT + timedelta(days=2), confirmed_by=NURSE) if key in DECIDED else value
        for key, value in plan.sections["cpr"][0].items.items()
    }
    plan = replace(plan, sections={"cpr": (replace(entry, items=confirmed),)})
    assert cpr_line(plan).headline == "CPR may be attempted – recorded 12-Oct-2026 by Dr A Khan, consultant"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "no review date set"),
        ({"review_on": "2027-01-12"}, "to be reviewed 12-Jan-2027"),
        ({"review_on": "2026-11-11"}, "its review date, 11-Nov-2026, has passed"),
        ({"review_on": "2026-11-12"}, "to be reviewed 12-Nov-2026"),
        ({"review_on": "2026"}, "to be reviewed 2026"),
        ({"no_review": True}, "it stands until death, with no review date"),
    ],
)
def test_the_review_is_said_in_plain_words_and_the_decision_is_never_called_old(
    values: Mapping[str, Value], said: str
) -> None:
    line = cpr_line(cpr(decision="not_for", **DECIDED, **values))
    assert said in line.details[0]
    assert "out of date" not in line.spoken
    assert "expired" not in line.spoken


def test_the_last_confirmation_and_the_form_are_beneath_the_line() -> None:
    plan = cpr(decision="not_for", **DECIDED)
    entry = plan.sections["cpr"][0]
    confirmed = replace(entry.items["decision"], confirmed_at=AT, confirmed_by=DOCTOR)
    plan = replace(plan, sections={"cpr": (replace(entry, items={**entry.items, "decision": confirmed}),)})
    assert cpr_line(plan).details == (
        "Last confirmed 12-Nov-2026 by Dr A Khan; no review date set.",
        "Signed form: yellow folder on the hall table.",
    )
    without = cpr_line(cpr(decision="not_for", form_location=Absence.NOT_KNOWN.value_to_store))
    assert without.details[1] == "Signed form: not known where it is."


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "Advance decision to refuse treatment: not recorded"),
        ({"exists": "no"}, "Advance decision to refuse treatment: there is none"),
        ({"exists": Absence.NOT_KNOWN.value_to_store}, "Advance decision to refuse treatment: not known"),
        ({"exists": "perhaps"}, "Advance decision to refuse treatment: unrecognised entry – read the source"),
        (
            {"exists": "yes", "made_on": "2024-03", "refuses_life_sustaining": "yes", "location": "with the solicitor"},
            "Advance decision to refuse treatment: yes, dated Mar-2024; refuses life-sustaining treatment; "
            "original with the solicitor",
        ),
        (
            {"exists": "yes"},
            "Advance decision to refuse treatment: yes, date not recorded; whether it refuses life-sustaining "
            "treatment: not recorded; original not recorded where",
        ),
    ],
)
def test_the_advance_decision_in_a_line(values: Mapping[str, Value], said: str) -> None:
    assert advance_decision_words(plan_with({"advance_refusal": values})) == said


def test_the_attorneys_in_a_line() -> None:
    assert attorneys_words(plan_with({})) == "Attorney for health and welfare: none recorded"
    plan = plan_with(
        {},
        {
            "attorneys": {
                "a": {"name": "Anna Smith", "phone": "07700 900456", "authority": "with_life_sustaining"},
                "b": {"name": "Tom Smith", "kind": "replacement"},
            }
        },
    )
    assert attorneys_words(plan) == (
        "Attorney for health and welfare: Anna Smith 07700 900456, with authority over life-sustaining treatment; "
        "Tom Smith, replacement, authority over treatment not recorded"
    )


PENICILLIN = {"one": {"substance": {"text": "penicillin"}, "reaction": "rash"}}
REFUTED = {"one": {"substance": {"text": "penicillin"}, "certainty": "refuted"}}


@pytest.mark.parametrize(
    ("status", "entries", "state", "words"),
    [
        (None, {}, AllergyState.NOT_RECORDED, "Allergies not recorded"),
        ("not_recorded", {}, AllergyState.NOT_RECORDED, "Allergies not recorded"),
        ("none_known", {}, AllergyState.NONE_KNOWN, "No known allergies"),
        ("known", {}, AllergyState.KNOWN, "Known allergies: to what is not recorded"),
        ("known", PENICILLIN, AllergyState.KNOWN, "Known allergies: penicillin (rash)"),
        (None, PENICILLIN, AllergyState.KNOWN, "Known allergies: penicillin (rash)"),
        ("none_known", PENICILLIN, AllergyState.KNOWN, "Known allergies: penicillin (rash)"),
        ("unavailable", {}, AllergyState.UNAVAILABLE, "Allergies unavailable"),
        (
            "unavailable",
            PENICILLIN,
            AllergyState.KNOWN,
            "Known allergies: penicillin (rash); the full list was unavailable",
        ),
        ("something_newer", {}, AllergyState.UNAVAILABLE, "Allergies unavailable"),
        (None, REFUTED, AllergyState.NOT_RECORDED, "Allergies not recorded"),
        ("none_known", REFUTED, AllergyState.NONE_KNOWN, "No known allergies"),
        (Absence.NOT_KNOWN.value_to_store, {}, AllergyState.UNAVAILABLE, "Allergies unavailable"),
    ],
)
def test_allergies_are_in_exactly_one_of_four_states(
    status: Value, entries: Mapping[str, Mapping[str, Value]], state: AllergyState, words: str
) -> None:
    found = banner_words.allergies(plan_with({"allergies": {"status": status}}, {"allergy": entries}))
    assert found.state is state
    assert found.words == words


def person(**values: Value) -> Plan:
    return plan_with({"person": {"family_name": "Smith", **values}})


def facts(plan: Plan) -> dict[str, str]:
    return {fact.label: fact.value for fact in banner_words.identity(plan)}


@pytest.mark.parametrize(
    ("values", "label", "value"),
    [
        ({"birth_date": "1941-04-05"}, "Born", "05-Apr-1941 (85y)"),
        ({"birth_date": "1941"}, "Born", "1941 (about 85y)"),
        ({}, "Born", "Not recorded"),
        ({"birth_date": Absence.NOT_KNOWN.value_to_store}, "Born", "Not known"),
        ({"gender": "female"}, "Gender", "Female"),
        ({}, "Gender", "Not recorded"),
        ({"gender": Absence.DECLINED.value_to_store}, "Gender", "Not known"),
        ({"nhs_number": "9990000018"}, "NHS No.", "999\u00a0000\u00a00018 not verified"),
        ({"nhs_number": "9990000018", "nhs_number_status": "verified"}, "NHS No.", "999\u00a0000\u00a00018"),
        (
            {"nhs_number": "9990000018", "nhs_number_status": "not_traced"},
            "NHS No.",
            "999\u00a0000\u00a00018 not verified",
        ),
        ({}, "NHS No.", "Not recorded"),
    ],
)
def test_who_this_is_and_what_is_missing_in_words(values: Mapping[str, Value], label: str, value: str) -> None:
    found = facts(person(**values))
    assert list(found) == ["Born", "Gender", "NHS No."]
    assert found[label] == value
    assert "?" not in "".join(found.values())


def test_after_a_death_the_banner_says_when_and_at_which_age() -> None:
    plan = plan_with(
        {"person": {"family_name": "Smith", "birth_date": "1941-04-05"}, "death": {"died_on": "2026-11-10"}}
    )
    found = facts(plan)
    assert found["Born"] == "05-Apr-1941"
    assert found["Died"] == "10-Nov-2026"
    assert found["Age at Death"] == "85y"
    only_year = plan_with({"person": {"birth_date": "1941"}, "death": {"died_on": "2026"}})
    assert facts(only_year)["Age at Death"] == "Not known"


def test_a_confidential_address_is_not_in_the_banner() -> None:
    plan = person(address="14 Mill Lane", postcode="LS21 1AA", address_restricted=True)
    assert "Mill" not in banner_words.address(plan)
    assert banner_words.address(person(address="14 Mill Lane\nOtley", postcode="LS21 1AA")) == (
        "14 Mill Lane, Otley, LS21 1AA"
    )


def test_what_matters_stands_in_quotation_marks_and_an_absence_does_not() -> None:
    plan = plan_with({"about_me": {"most_important": "My own bed", "fears": Absence.DECLINED.value_to_store}})
    lines = [line.whole for line in cards(plan)[0].lines]
    assert lines == ["“My own bed”", "Wants to avoid: Asked, did not want to say"]
    assert cards(plan_with({}))[0].lines[0].words == "Not asked yet what matters most"


def test_after_a_death_the_cards_tell_what_was_and_ask_for_nothing() -> None:
    plan = plan_with({"death": {"died_on": "2026-11-10", "died_time": "03:20", "place": "home"}})
    titles = [card.title for card in cards(plan)]
    assert titles[:3] == ["The death", "What mattered to them", "Where they wanted to be"]
    assert not {"If they get worse", "What happens next", "Who to call first"} & set(titles)
    assert cards(plan)[0].lines[0].whole == "Died: 10-Nov-2026 at 03:20"


def test_a_telephone_number_never_breaks() -> None:
    plan = plan_with({}, {"contacts": {"a": {"name": "Anna", "phone": "07700 900456"}}})
    people = next(card for card in cards(plan) if card.section == "contacts")
    assert "07700\u00a0900456" in people.lines[0].whole


def test_a_card_that_shows_a_part_says_so() -> None:
    contacts = {f"c{n}": {"name": f"Friend {n}", "phone": f"0{n}"} for n in range(7)}
    people = next(card for card in cards(plan_with({}, {"contacts": contacts})) if card.section == "contacts")
    assert people.lines[-1].whole == "and 3 more"


def test_a_card_that_can_show_only_one_of_two_versions_says_conflict_first() -> None:
    plan = plan_with({"places": {"preferred_death": "own_home"}})
    aside = PutAside("places", MAIN, "preferred_death", None)
    shown = {
        card.section: card
        for card in cards(replace(plan, conflicts=(OpenConflict("c1", "Where the person wants to be", (aside,)),)))
    }
    assert shown["places"].lines[0].whole == "CONFLICT: two versions are recorded. Read both."
    assert len(shown["places"].lines) > 1, "what stands is still there"
    assert not any("CONFLICT" in line.whole for line in shown["about_me"].lines)


def test_every_card_leads_to_a_section_that_is_there() -> None:
    catalogue = built_in()
    for card in cards(plan_with({})):
        assert card.section in catalogue
        assert card.lines


def test_an_item_of_nobody_in_particular_is_still_put_into_words() -> None:
    nobody = Author("", "", "", "")
    entry = Entry(MAIN, "cpr", {"decision": Item("zz", "c", datetime(2026, 1, 2, tzinfo=UTC), nobody, Told())})
    plan = replace(plan_with({}), sections={"cpr": (entry,)})
    assert cpr_line(plan).details[0] == "The entry reads “zz”, entered 02-Jan-2026. Source not stated."
    assert item("x", source=Source.FAMILY).told.words == "Told by someone close to them"
