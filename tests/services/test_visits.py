"""A visit: what changed since the last one, the place that outlives everything, the short form, the entry it leaves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eolc_desktop.care_plan import short_form
from eolc_desktop.care_plan.fields import MAIN, Need
from eolc_desktop.care_plan.plan import Plan, Source
from eolc_desktop.care_plan.readiness import is_ready, missing_for_sharing
from eolc_desktop.care_plan.short_form import Known
from eolc_desktop.services import confirming, people, plans, visits
from eolc_desktop.services.session import Session
from tests.fixed_clock import FixedClock
from tests.sessions import DOCTOR_USER

SURGERY = {"gp_name": "Dr B Mensah", "gp_practice": "Bridge Street Surgery"}
LINE = {"situation": "Pain", "first_call_name": "Hospice line", "first_call_phone": "0113 496 0199"}
IMPORTED = {
    "given_names": "Margaret Rose",
    "family_name": "Smith",
    "birth_date": "1941-04-05",
    "nhs_number": "9990000018",
    "address": "14 Mill Lane, Otley",
    "postcode": "LS21 3KM",
}
"""What comes with a person from a file, or is typed when they are added: no input of the visit."""
ANSWERS = {
    "matters": "My own bed, the window open.",
    "needs": "=none",
    "consent": "=both",
    "place": "=home",
    "cpr": "=no_decision",
    "diagnosis": "Motor neurone disease",
    "carer": "=has",
    "key_worker": "0113 496 0150",
    "surgery": "=surgery-0",
    "call": "=line-0",
    "other_plans": "=none_known",
    "commitments": "=not_yet",
}
MOST_INPUTS = 12
"""Data dictionary §9.3: so many inputs make a first visit's plan one that can be shared."""


@pytest.fixture
def plan(session: Session) -> Plan:
    return people.add_person(session, IMPORTED).plan


def as_doctor(session: Session) -> Session:
    return replace(session, user=DOCTOR_USER)


def others(session: Session, count: int, line: dict[str, str] | None = None) -> None:
    """Other people of the same team, with their surgery and their advice line."""
    for number in range(count):
        other = people.add_person(session, {"family_name": f"Other {number}"}).plan
        other = plans.save_entry(session, other, "key_people", MAIN, SURGERY).plan
        plans.save_entry(session, other, "who_to_call", "", line or LINE)


# The place


def test_a_visit_is_come_back_to_at_the_same_place_with_what_was_typed(session: Session, plan: Plan) -> None:
    begun = visits.begin(session, plan.person_id)
    assert begun.step == "since"
    kept = replace(begun, step="talk", at="about_me", typed={"matters": "My own b"})
    visits.keep(session, plan.person_id, kept)
    assert visits.begin(session, plan.person_id) == kept
    assert visits.under_way(as_doctor(session), plan.person_id) is None, "another user's visit is their own"
    assert plans.read_plan(session, plan.person_id).drafts_waiting == 0


def test_a_visit_begun_by_mistake_leaves_no_entry(session: Session, plan: Plan) -> None:
    visits.begin(session, plan.person_id)
    visits.put_aside(session, plan.person_id)
    assert visits.under_way(session, plan.person_id) is None
    assert plans.read_plan(session, plan.person_id).entries(visits.LOG) == ()


# What changed since


def test_the_first_visit_says_that_it_is_the_first(session: Session, plan: Plan) -> None:
    doctor = as_doctor(session)
    assert visits.since_last(doctor, plan.person_id, visits.begin(doctor, plan.person_id)).last is None


def test_what_others_changed_since_my_last_visit_is_told_with_who_said_so(
    session: Session, plan: Plan, clock: FixedClock
) -> None:
    first = visits.begin(session, plan.person_id)
    clock.advance(minutes=5)
    seen = visits.finish(session, plan, first, {"discussed": "The garden"}).plan
    clock.advance(days=4)
    plans.save_entry(as_doctor(session), seen, "places", MAIN, {"preferred_death": "hospice"})
    clock.advance(days=1)
    since = visits.since_last(session, plan.person_id, visits.begin(session, plan.person_id))
    (changed,) = since.changed
    assert changed.difference.section == "places"
    assert changed.item is not None
    assert changed.item.recorded_by.name == "Dr A Khan"


# The entry


def test_a_finished_visit_becomes_an_entry_of_the_log_and_is_over(
    session: Session, plan: Plan, clock: FixedClock
) -> None:
    clock.advance(minutes=10)
    visit = visits.begin(session, plan.person_id)
    clock.advance(minutes=20)
    seen = plans.save_entry(session, plan, "about_me", MAIN, {"most_important": "The garden"}).plan
    seen = confirming.confirm(session, seen, "person").plan
    done = visits.done_so_far(session, seen, visit)
    assert done == "Recorded: What matters to them.\nConfirmed as still so: Who they are."
    finished = visits.finish(session, seen, visit, {"present": "Peggy, Anna", "discussed": done}).plan
    (entry,) = finished.entries(visits.LOG)
    assert (entry.text("on"), entry.text("at")) == ("2026-11-12", "14:42")
    assert entry.text("by") == "Jo Okafor, district nurse"
    assert entry.text("discussed") == done
    assert visits.under_way(session, plan.person_id) is None


# The short form


def test_a_first_visit_makes_a_plan_ready_to_share_in_twelve_inputs(session: Session) -> None:
    others(session, 2)
    plan = people.add_person(session, IMPORTED).plan
    known = visits.known_here(session)
    asked = short_form.questions(plan, known)
    assert {question.key for question in asked} == set(ANSWERS)
    assert len(asked) <= MOST_INPUTS
    result = visits.answer(session, plan, ANSWERS, known)
    assert missing_for_sharing(result.plan) == ()
    assert is_ready(result.plan)
    assert short_form.questions(result.plan, known) == ()
    assert result.plan.version == plan.version + 1, "the short form is one save"


def test_on_a_laptop_that_knows_no_surgery_and_no_line_it_takes_two_more(session: Session, plan: Plan) -> None:
    known = visits.known_here(session)
    asked = short_form.questions(plan, known)
    typed = {"gp": "Dr B Mensah", "practice": "Bridge Street", "call_name": "Hospice", "call_phone": "0113 496 0199"}
    answers = {key: words for key, words in ANSWERS.items() if key not in ("surgery", "call")} | typed
    assert {question.key for question in asked} == set(answers)
    assert len(asked) == MOST_INPUTS + 2
    assert is_ready(visits.answer(session, plan, answers, known).plan)


def test_everything_that_sharing_asks_for_is_covered_but_who_the_person_is(session: Session, plan: Plan) -> None:
    covered = {place for q in short_form.questions(plan, Known("Jo", "nurse")) for place in q.covers}
    wanted = {(s.key, f.key) for s in plan.catalogue for f in s.fields if f.need is Need.READY and s.key != "person"}
    assert wanted - covered == {("who_to_call", "situation")}


def test_nothing_that_is_recorded_is_asked_again_or_written_over(session: Session, plan: Plan) -> None:
    known = visits.known_here(session)
    seen = plans.save_entry(session, plan, "key_people", MAIN, {"key_worker_name": "Sam Lister"}).plan
    seen = plans.save_entry(session, seen, "cpr", MAIN, {"decision": "not_for"}).plan
    assert "cpr" not in {question.key for question in short_form.questions(seen, known)}
    result = visits.answer(session, seen, ANSWERS, known).plan
    assert result.text("key_people", "key_worker_name") == "Sam Lister"
    assert result.value("cpr", "decision") == "not_for"


@pytest.mark.hazard("H33")
def test_their_own_words_come_from_the_person_and_nothing_else_claims_to(session: Session, plan: Plan) -> None:
    result = visits.answer(session, plan, ANSWERS, visits.known_here(session)).plan
    words, carer = result.item("about_me", "most_important"), result.item("carer", "has_carer")
    assert words is not None
    assert carer is not None
    assert (words.told.source, carer.told.source) == (Source.PERSON, Source.NOT_STATED)


@pytest.mark.hazard("H33")
def test_a_number_that_only_one_family_has_is_offered_to_nobody_else(session: Session) -> None:
    others(session, 1, {"situation": "Night", "first_call_name": "Anna", "first_call_phone": "07700 900123"})
    known = visits.known_here(session)
    assert known.lines == ()
    assert known.surgeries == ()
    others(session, 2)
    known = visits.known_here(session)
    assert known.lines == (("Hospice line", "0113 496 0199"),)
    assert known.surgeries == (("Dr B Mensah", "Bridge Street Surgery"),)
