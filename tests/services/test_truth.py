"""Truth over time: nothing that was recorded ever disappears, and nobody writes over the person's own words."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eolc_desktop.care_plan.fields import MAIN, Value, is_empty
from eolc_desktop.care_plan.freshness import old_items
from eolc_desktop.care_plan.own_words import NOT_A_CLINICIANS, NOT_TAKEN_AWAY
from eolc_desktop.care_plan.plan import EntryState, Op, Plan, Source, Told
from eolc_desktop.errors import ChangedElsewhere, InvalidValue, UserError
from eolc_desktop.services import confirming, freshness, people, plans
from eolc_desktop.services.session import Session
from tests.fixed_clock import FixedClock
from tests.sessions import DOCTOR_USER

WORDS = ("about_me", MAIN, "most_important")
BED, GARDEN = "My own bed, the window open.", "I want to hear the garden."
THEY_SAID = Told(Source.PERSON)


@pytest.fixture
def plan(session: Session) -> Plan:
    return people.add_person(session, {"family_name": "Smith", "given_names": "Margaret Rose"}).plan


def as_doctor(session: Session) -> Session:
    return replace(session, user=DOCTOR_USER)


def say(session: Session, plan: Plan, words: Value, told: Told = THEY_SAID) -> Plan:
    return plans.save_entry(session, plan, "about_me", MAIN, {"most_important": words}, told).plan


def said(session: Session, plan: Plan) -> list[tuple[Value, str]]:
    return [(c.value, c.recorded_by.name) for c in plans.history_of(session, plan.person_id, *WORDS)]


# The person's own words


def test_a_clinicians_judgement_never_stands_in_place_of_the_persons_words(session: Session, plan: Plan) -> None:
    seen = say(session, plan, BED)
    with pytest.raises(InvalidValue, match=NOT_A_CLINICIANS[:40]) as refused:
        say(as_doctor(session), seen, "Would prefer the hospice.", Told(Source.CLINICIAN))
    assert refused.value.field_key == "most_important"
    assert said(session, plan) == [(BED, "Jo Okafor")]


def test_a_newer_statement_stands_beside_the_older_with_its_own_date_and_source(
    session: Session, plan: Plan, clock: FixedClock
) -> None:
    seen = say(session, plan, BED)
    clock.advance(days=4)
    now = say(as_doctor(session), seen, GARDEN, Told(Source.FAMILY, "Anna"))
    assert now.value("about_me", "most_important") == GARDEN
    older, newer = plans.history_of(session, plan.person_id, *WORDS)
    assert (older.value, older.told, older.recorded_by.name) == (BED, THEY_SAID, "Jo Okafor")
    assert (newer.value, newer.told) == (GARDEN, Told(Source.FAMILY, "Anna"))
    assert newer.before == BED
    assert older.recorded_at < newer.recorded_at


def test_what_the_person_said_is_not_emptied_without_a_reason(session: Session, plan: Plan) -> None:
    seen = say(session, plan, BED)
    with pytest.raises(InvalidValue, match=NOT_TAKEN_AWAY[:30]):
        say(session, seen, None)
    gone = plans.take_back(session, seen, *WORDS, EntryState.ENTERED_IN_ERROR, "Said by the man next door")
    assert gone.plan.value("about_me", "most_important") is None
    last = plans.history_of(session, plan.person_id, *WORDS)[-1]
    assert (last.before, last.reason) == (BED, "Entered in error: Said by the man next door")


def test_an_answer_that_is_none_may_follow_what_was_said(session: Session, plan: Plan) -> None:
    seen = say(session, plan, BED)
    say(session, seen, {"absent": "declined"})
    assert said(session, plan) == [(BED, "Jo Okafor"), ({"absent": "declined"}, "Jo Okafor")]


def test_an_item_is_taken_back_with_a_reason_only_and_only_as_it_was_seen(session: Session, plan: Plan) -> None:
    seen = plans.save_entry(session, plan, "cpr", MAIN, {"form_location": "Hall table"}).plan
    with pytest.raises(InvalidValue, match="say why"):
        plans.take_back(session, seen, "cpr", MAIN, "form_location", EntryState.WITHDRAWN, " ")
    plans.save_entry(as_doctor(session), seen, "cpr", MAIN, {"form_location": "Kitchen drawer"})
    with pytest.raises(ChangedElsewhere):
        plans.take_back(session, seen, "cpr", MAIN, "form_location", EntryState.WITHDRAWN, "Moved")
    with pytest.raises(UserError, match="nothing recorded here"):
        plans.take_back(session, seen, "cpr", MAIN, "reason", EntryState.WITHDRAWN, "Moved")


# Confirming


def test_a_whole_section_and_several_are_confirmed_in_one_action_that_changes_nothing(
    session: Session, plan: Plan, clock: FixedClock
) -> None:
    first = plans.save_entry(session, plan, "contacts", "", {"name": "Anna", "phone": "07700 900123"}).plan
    second = plans.save_entry(session, first, "contacts", "", {"name": "Bea"}).plan
    seen = plans.save_entry(session, second, "places", MAIN, {"preferred_death": "home"}).plan
    clock.advance(days=100)
    assert {old.section.key for old in old_items(plans.read_plan(session, plan.person_id))} >= {"contacts", "places"}
    result = confirming.confirm_sections(session, seen, ["contacts", "places"], THEY_SAID)
    assert result.plan.version == seen.version
    assert len({c.save_id for c in plans.history_of(session, plan.person_id) if c.op is Op.CONFIRM}) == 1
    assert list(old_items(result.plan)) == []


def test_confirming_several_is_refused_whole_when_someone_has_just_changed_one(session: Session, plan: Plan) -> None:
    first = plans.save_entry(session, plan, "contacts", "", {"name": "Anna"}).plan
    seen = plans.save_entry(session, first, "places", MAIN, {"preferred_death": "home"}).plan
    plans.save_entry(as_doctor(session), seen, "places", MAIN, {"preferred_death": "hospice"})
    with pytest.raises(ChangedElsewhere):
        confirming.confirm_sections(session, seen, ["contacts", "places"])
    assert all(c.op is Op.SET for c in plans.history_of(session, plan.person_id))


# Limits


def test_limits_are_kept_and_go_with_every_snapshot(session: Session, plan: Plan, clock: FixedClock) -> None:
    seen = plans.save_entry(session, plan, "places", MAIN, {"preferred_death": "home"}).plan
    clock.advance(days=20)
    assert list(old_items(plans.read_plan(session, seen.person_id))) == []
    freshness.set_limit(session, "places", 14)
    assert [old.field for old in old_items(plans.read_plan(session, seen.person_id))] == ["preferred_death"]
    back = freshness.set_limit(session, "places", 90)
    assert plans.read_plan(session, seen.person_id).fresh_days == {}
    assert {line.section: line.days for line in back}["places"] == 90


@pytest.mark.parametrize("days", [0, -3, 731])
def test_a_limit_that_cannot_be_meant_is_refused(session: Session, days: int) -> None:
    with pytest.raises(InvalidValue):
        freshness.set_limit(session, "places", days)
    assert all(line.days == line.standard_days for line in freshness.limits(session))


# Whatever two people do, no value disappears from history


FIELDS = ("most_important", "fears", "strength")
STEP = st.tuples(
    st.booleans(),
    st.sampled_from(("say", "judge", "empty", "confirm", "undo", "take_back")),
    st.sampled_from(FIELDS),
    st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=12),
)


def test_no_value_ever_disappears_from_history_and_words_are_only_followed(session: Session) -> None:
    @given(steps=st.lists(STEP, max_size=14))
    @settings(max_examples=60, deadline=None)
    def walk(steps: list[tuple[bool, str, str, str]]) -> None:
        person_id = people.add_person(session, {"family_name": "Smith"}).plan.person_id
        ever: list[tuple[str, Value]] = []
        for by_doctor, what, field, words in steps:
            who = as_doctor(session) if by_doctor else session
            seen = plans.read_plan(session, person_id)
            before = seen.value("about_me", field)
            try:
                _do(who, seen, what, field, words)
            except UserError:
                continue
            now = plans.read_plan(session, person_id).value("about_me", field)
            assert what not in ("judge",), "a clinician's judgement was taken for the person's own words"
            assert what != "empty" or is_empty(before), "what the person said was emptied without a reason"
            if not is_empty(now):
                ever.append((field, now))
            kept = [(c.field, c.value) for c in plans.history_of(session, person_id, "about_me")]
            assert all(value in kept for value in ever)
            if not is_empty(before):
                assert (field, before) in kept

    walk()


def _do(session: Session, seen: Plan, what: str, field: str, words: str) -> None:
    place = ("about_me", MAIN, field)
    match what:
        case "say":
            plans.save_entry(session, seen, "about_me", MAIN, {field: words}, THEY_SAID)
        case "judge":
            if seen.value("about_me", field) == words:
                raise InvalidValue("nothing to write", "", "")
            plans.save_entry(session, seen, "about_me", MAIN, {field: words}, Told(Source.CLINICIAN))
        case "empty":
            plans.save_entry(session, seen, "about_me", MAIN, {field: None}, THEY_SAID)
        case "confirm":
            confirming.confirm(session, seen, "about_me")
        case "undo":
            plans.undo_last(session, seen.person_id)
        case "take_back":
            plans.take_back(session, seen, *place, EntryState.WITHDRAWN, words)


def test_an_entry_withdrawn_since_it_was_seen_is_neither_confirmed_nor_changed_and_one_seen_so_may_be(
    session: Session, plan: Plan
) -> None:
    seen = plans.save_entry(session, plan, "contacts", "anna", {"name": "Anna", "phone": "07700 900123"}).plan
    gone = plans.set_state(as_doctor(session), seen, "contacts", "anna", EntryState.WITHDRAWN, "Moved").plan
    with pytest.raises(ChangedElsewhere, match="Nothing was confirmed"):
        confirming.confirm(session, seen, "contacts", "anna")
    with pytest.raises(ChangedElsewhere, match="Nothing was written over"):
        plans.save_entry(session, seen, "contacts", "anna", {"phone": "07700 900456"})
    put_right = plans.save_entry(session, gone, "contacts", "anna", {"phone": "07700 900456"}).plan
    (anna,) = put_right.all_entries("contacts")
    assert (anna.text("phone"), anna.state) == ("07700 900456", EntryState.WITHDRAWN)
