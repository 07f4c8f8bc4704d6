"""Recording in a plan, confirming, withdrawing, undoing, and drafts: what a nurse does, on a real store."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import EntryState, Plan, Source, Told
from eolc_desktop.errors import ChangedElsewhere, InvalidValue, UserError
from eolc_desktop.record import audit
from eolc_desktop.services import confirming, people, plans
from eolc_desktop.services.session import Session
from tests.fixed_clock import FixedClock
from tests.sessions import DOCTOR_USER


@pytest.fixture
def plan(session: Session) -> Plan:
    return people.add_person(session, {"family_name": "Smith", "given_names": "Margaret Rose"}).plan


def as_doctor(session: Session) -> Session:
    return replace(session, user=DOCTOR_USER)


def test_a_name_is_enough_to_begin_a_record(session: Session) -> None:
    added = people.add_person(session, {"given_names": "Peggy"})
    assert added.plan.called == "Peggy"
    assert added.changes.touches(added.plan.person_id)


@pytest.mark.parametrize("values", [{}, {"birth_date": "1941-04-05"}, {"family_name": ""}])
def test_nobody_is_recorded_without_any_name(session: Session, values: dict[str, str]) -> None:
    with pytest.raises(InvalidValue, match="at least one name"):
        people.add_person(session, values)
    assert people.caseload(session).total == 0


def test_a_value_that_cannot_be_kept_is_refused_and_nothing_of_the_save_is_written(
    session: Session, plan: Plan
) -> None:
    values = {"preferred_name": "Peggy", "birth_date": "31 Juny"}
    with pytest.raises(InvalidValue) as refused:
        plans.save_entry(session, plan, "person", MAIN, values)
    assert refused.value.field_key == "birth_date"
    assert plans.read_plan(session, plan.person_id).text("person", "preferred_name") == ""


def test_only_what_differs_is_recorded_and_an_emptied_field_says_nothing(session: Session, plan: Plan) -> None:
    values = {"family_name": "Smith", "preferred_name": "Peggy", "title": ""}
    result = plans.save_entry(session, plan, "person", MAIN, values, Told(Source.PERSON))
    assert result.saved.touched == (("person", MAIN, "preferred_name"),)
    emptied = plans.save_entry(session, result.plan, "person", MAIN, {"preferred_name": "  ".strip()})
    assert emptied.plan.value("person", "preferred_name") is None
    told = [change.value for change in plans.history_of(session, plan.person_id, "person", MAIN, "preferred_name")]
    assert told == ["Peggy", None]


def test_a_save_over_what_its_author_did_not_see_is_refused_whole(session: Session, plan: Plan) -> None:
    plans.save_entry(as_doctor(session), plan, "cpr", MAIN, {"decision": "not_for"})
    with pytest.raises(ChangedElsewhere):
        plans.save_entry(session, plan, "cpr", MAIN, {"decision": "for", "form_location": "Kitchen drawer"})
    now = plans.read_plan(session, plan.person_id)
    assert (now.value("cpr", "decision"), now.value("cpr", "form_location")) == ("not_for", None)


def test_confirming_what_someone_has_just_changed_is_a_conflict(session: Session, plan: Plan) -> None:
    seen = plans.save_entry(session, plan, "cpr", MAIN, {"decision": "not_for"}).plan
    plans.save_entry(as_doctor(session), seen, "cpr", MAIN, {"decision": "for"})
    with pytest.raises(ChangedElsewhere):
        confirming.confirm(session, seen, "cpr")


@pytest.mark.hazard("H33")
def test_confirming_a_section_is_one_action_and_not_a_change(session: Session, plan: Plan, clock: FixedClock) -> None:
    seen = plans.save_entry(session, plan, "cpr", MAIN, {"decision": "not_for", "form_location": "Hall"}).plan
    clock.advance(days=9)
    after = confirming.confirm(session, seen, "cpr").plan
    assert after.version == seen.version
    for key in ("decision", "form_location"):
        item = after.item("cpr", key)
        assert item is not None
        assert item.confirmed_at == clock()
        assert item.recorded_at < clock()


def test_nothing_recorded_cannot_be_confirmed(session: Session, plan: Plan) -> None:
    with pytest.raises(UserError, match="nothing recorded here"):
        confirming.confirm(session, plan, "cpr")


def test_a_new_entry_gets_an_id_of_its_own_and_two_are_never_one(session: Session, plan: Plan) -> None:
    first = plans.save_entry(session, plan, "contacts", "", {"name": "Anna"})
    second = plans.save_entry(session, first.plan, "contacts", "", {"name": "Anna"})
    assert first.entry_id != second.entry_id
    assert [entry.text("name") for entry in second.plan.entries("contacts")] == ["Anna", "Anna"]


@pytest.mark.parametrize("state", [EntryState.WITHDRAWN, EntryState.ENTERED_IN_ERROR])
def test_an_entry_is_taken_out_with_a_reason_stays_in_history_and_can_stand_again(
    session: Session, plan: Plan, state: EntryState
) -> None:
    made = plans.save_entry(session, plan, "contacts", "", {"name": "Anna"})
    with pytest.raises(InvalidValue, match="say why"):
        plans.set_state(session, made.plan, "contacts", made.entry_id, state, "  ")
    gone = plans.set_state(session, made.plan, "contacts", made.entry_id, state, "Moved away")
    assert gone.plan.entries("contacts") == ()
    (entry,) = gone.plan.all_entries("contacts")
    assert (entry.state, entry.reason, entry.text("name")) == (state, "Moved away", "Anna")
    back = plans.set_state(session, gone.plan, "contacts", made.entry_id, EntryState.CURRENT, "A mistake")
    assert [entry.text("name") for entry in back.plan.entries("contacts")] == ["Anna"]


def test_undo_brings_back_what_stood_and_history_keeps_both(session: Session, plan: Plan) -> None:
    first = plans.save_entry(session, plan, "about_me", MAIN, {"most_important": "My own bed"})
    second = plans.save_entry(
        session, first.plan, "about_me", MAIN, {"most_important": "The garden", "strength": "My sister"}
    )
    assert second.plan.version == first.plan.version + 1
    undone = plans.undo_last(session, plan.person_id)
    assert undone.plan.value("about_me", "most_important") == "My own bed"
    assert undone.plan.value("about_me", "strength") is None
    said = [c.value for c in plans.history_of(session, plan.person_id, "about_me", MAIN, "most_important")]
    assert said == ["My own bed", "The garden", "My own bed"]


def test_undoing_a_new_entry_marks_it_as_entered_in_error(session: Session, plan: Plan) -> None:
    made = plans.save_entry(session, plan, "contacts", "", {"name": "Anna", "phone": "07700 900123"})
    undone = plans.undo_last(session, plan.person_id)
    assert undone.plan.entries("contacts") == ()
    (entry,) = undone.plan.all_entries("contacts")
    assert (entry.id, entry.state, entry.text("name")) == (made.entry_id, EntryState.ENTERED_IN_ERROR, "Anna")


def test_nobody_undoes_the_work_of_another(session: Session, plan: Plan) -> None:
    plans.save_entry(as_doctor(session), plan, "cpr", MAIN, {"decision": "not_for"})
    with pytest.raises(UserError, match="nothing of yours"):
        plans.undo_last(session, plan.person_id)


def test_history_says_who_when_from_what_to_what(session: Session, plan: Plan, clock: FixedClock) -> None:
    seen = plans.save_entry(session, plan, "places", MAIN, {"preferred_death": "home"}).plan
    clock.advance(days=2)
    plans.save_entry(as_doctor(session), seen, "places", MAIN, {"preferred_death": "hospice"})
    first, second = plans.history_of(session, plan.person_id, "places")
    assert (first.before, first.value, first.recorded_by.name) == (None, "home", "Jo Okafor")
    assert (second.before, second.value, second.recorded_by.name) == ("home", "hospice", "Dr A Khan")
    assert second.recorded_at == clock()


def test_a_draft_is_offered_to_its_author_on_that_person_only_and_goes_when_saved(session: Session, plan: Plan) -> None:
    other = people.add_person(session, {"family_name": "Khan"}).plan
    plans.keep_draft(session, plan.person_id, "about_me/main", {"most_important": "The gar"}, plan.version)
    plans.keep_draft(session, plan.person_id, "about_me/main", {"most_important": "The garden"}, plan.version)
    (kept,) = plans.kept_drafts(session, plan.person_id)
    assert (kept.values, kept.plan_version) == ({"most_important": "The garden"}, plan.version)
    assert plans.kept_drafts(session, other.person_id) == ()
    assert plans.kept_drafts(as_doctor(session)) == ()
    plans.save_entry(session, plan, "about_me", MAIN, {"most_important": "The garden"}, draft_place="about_me/main")
    assert plans.kept_drafts(session) == ()


def test_a_refused_save_keeps_the_draft(session: Session, plan: Plan) -> None:
    plans.keep_draft(session, plan.person_id, "person/main", {"birth_date": "31 Juny"}, plan.version)
    with pytest.raises(InvalidValue):
        plans.save_entry(session, plan, "person", MAIN, {"birth_date": "31 Juny"}, draft_place="person/main")
    assert len(plans.kept_drafts(session, plan.person_id)) == 1


def test_opening_a_plan_is_noted_and_reading_it_again_is_not(session: Session, plan: Plan) -> None:
    plans.open_plan(session, plan.person_id)
    plans.read_plan(session, plan.person_id)
    with session.store.reading() as connection:
        actions = [line.action for line in audit.lines(connection, plan.person_id)]
    assert actions == ["added", "opened"]


def test_somebody_who_is_not_here_is_said_not_to_be(session: Session) -> None:
    with pytest.raises(UserError, match="not on this laptop"):
        plans.open_plan(session, "nobody")


def test_a_typed_nhs_number_counts_as_not_traced_until_someone_traces_it(session: Session) -> None:
    plan = people.add_person(session, {"family_name": "Smith", "nhs_number": "9990000018"}).plan
    assert plan.value("person", "nhs_number_status") == "not_traced"
    emptied = plans.save_entry(session, plan, "person", MAIN, {"nhs_number": None}).plan
    assert emptied.value("person", "nhs_number_status") is None


def test_undoing_a_further_detail_of_an_entry_leaves_the_entry_standing(session: Session, plan: Plan) -> None:
    made = plans.save_entry(session, plan, "contacts", "", {"name": "Anna"})
    plans.save_entry(session, made.plan, "contacts", made.entry_id, {"phone": "07700 900123"})
    (anna,) = plans.undo_last(session, plan.person_id).plan.entries("contacts")
    assert (anna.text("name"), anna.value("phone")) == ("Anna", None)


@pytest.mark.parametrize("state", [EntryState.WITHDRAWN, EntryState.ENTERED_IN_ERROR])
def test_undoing_a_withdrawal_lets_the_entry_stand_again(session: Session, plan: Plan, state: EntryState) -> None:
    made = plans.save_entry(session, plan, "contacts", "", {"name": "Anna"})
    plans.set_state(session, made.plan, "contacts", made.entry_id, state, "Moved away")
    (anna,) = plans.undo_last(session, plan.person_id).plan.entries("contacts")
    assert anna.text("name") == "Anna"
