"""The versions of a plan: as many as its number says, each read back as it was, any two compared in words."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import EntryState, Plan
from eolc_desktop.errors import UserError
from eolc_desktop.record import past
from eolc_desktop.services import confirming, people, plans, versions
from eolc_desktop.services.session import Session
from tests.fixed_clock import FixedClock


@pytest.fixture
def plan(session: Session) -> Plan:
    return people.add_person(session, {"family_name": "Smith", "given_names": "Margaret Rose"}).plan


def at(session: Session, person_id: str, number: int) -> Plan:
    with session.store.reading() as connection:
        found = past.versions(connection, person_id)
        return past.plan_at(connection, session.catalogue, person_id, found[number - 1])


def test_two_versions_are_compared_in_words_whichever_is_named_first(session: Session, plan: Plan) -> None:
    one = plans.save_entry(session, plan, "about_me", MAIN, {"most_important": "My own bed"}).plan
    two = plans.save_entry(session, one, "about_me", MAIN, {"most_important": "The garden"}).plan
    found = versions.compare(session, plan.person_id, two.version, one.version)
    (difference,) = found.differences
    assert difference.says == "What matters most now: changed from “My own bed” to “The garden”"
    assert (found.earlier.version.number, found.later.version.number) == (one.version, two.version)
    with pytest.raises(UserError, match="no such version"):
        versions.compare(session, plan.person_id, 1, 99)


def test_confirming_makes_no_version_and_belongs_to_the_one_that_stood(
    session: Session, plan: Plan, clock: FixedClock
) -> None:
    one = plans.save_entry(session, plan, "places", MAIN, {"preferred_death": "home"}).plan
    clock.advance(days=3)
    confirming.confirm(session, one, "places")
    clock.advance(days=3)
    now = plans.read_plan(session, one.person_id)
    two = plans.save_entry(session, now, "places", MAIN, {"preferred_care": "home"}).plan
    assert [line.version.number for line in versions.versions_of(session, plan.person_id)] == [1, 2, 3]
    item = at(session, plan.person_id, one.version).item("places", "preferred_death")
    assert item is not None
    assert item.confirmed_at is not None
    assert versions.compare(session, plan.person_id, 1, two.version).confirmed == 0


def test_a_version_says_who_agreed_to_it_and_the_next_one_does_not(session: Session, plan: Plan) -> None:
    values = {"agreed": "yes", "agreed_with": "Peggy"}
    agreed = plans.save_entry(session, plan, "plan_control", MAIN, values).plan
    plans.save_entry(session, agreed, "places", MAIN, {"preferred_death": "home"})
    first, second, third = versions.versions_of(session, plan.person_id)
    assert (first.agreement, third.agreement) == ("", "")
    assert "with Peggy" in second.agreement
    confirming.confirm(session, plans.read_plan(session, plan.person_id), "plan_control")
    *_, third = versions.versions_of(session, plan.person_id)
    assert "with Peggy" in third.agreement, "agreement that was confirmed belongs to the version that stood then"


STEP = st.tuples(
    st.sampled_from(("fears", "strength", "contact", "withdraw", "confirm", "undo")), st.sampled_from("abc")
)


def test_every_version_comes_back_as_it_was_seen_then(session: Session) -> None:
    @given(st.lists(STEP, max_size=8))
    @settings(max_examples=25, deadline=None)
    def walk(steps: list[tuple[str, str]]) -> None:
        seen = people.add_person(session, {"family_name": "Smith"}).plan
        then: dict[int, dict[str, object]] = {seen.version: _values(seen)}
        for what, word in steps:
            try:
                seen = _do(session, seen, what, word)
            except UserError:
                continue
            then[seen.version] = _values(seen)
        listed = versions.versions_of(session, seen.person_id)
        assert len(listed) == seen.version
        for number, values in then.items():
            assert _values(at(session, seen.person_id, number)) == values

    walk()


def _do(session: Session, seen: Plan, what: str, word: str) -> Plan:
    match what:
        case "contact":
            return plans.save_entry(session, seen, "contacts", "", {"name": word}).plan
        case "withdraw":
            for entry in seen.entries("contacts"):
                state = EntryState.WITHDRAWN
                return plans.set_state(session, seen, "contacts", entry.id, state, word).plan
            return seen
        case "confirm":
            return confirming.confirm(session, seen, "about_me").plan
        case "undo":
            return plans.undo_last(session, seen.person_id).plan
    return plans.save_entry(session, seen, "about_me", MAIN, {what: word}).plan


def _values(plan: Plan) -> dict[str, object]:
    return {
        f"{section}/{entry.id}": (entry.values, entry.state, entry.reason)
        for section, entries in plan.sections.items()
        for entry in entries
    }
