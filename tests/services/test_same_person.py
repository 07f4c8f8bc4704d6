"""Two records of one person: found, compared, joined with nothing lost, taken apart; wrong people taken away."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.care_plan.plan import Plan, Source, Told
from eolc_desktop.errors import ChangedElsewhere, InvalidValue, NotAllowed, UserError
from eolc_desktop.record import audit, chain
from eolc_desktop.services import people, plans, same_person
from eolc_desktop.services.same_person import Compared
from eolc_desktop.services.session import Session

pytestmark = pytest.mark.hazard("H34")
PEGGY: dict[str, Value] = {
    "family_name": "Smith",
    "given_names": "Margaret Rose",
    "birth_date": "1941-04-05",
    "nhs_number": "9990000018",
}


def begun(session: Session, values: dict[str, Value], **sections: dict[str, Value]) -> str:
    plan = people.add_person(session, values).plan
    for section, of_section in sections.items():
        key, _, entry = section.partition("__")
        plan = plans.save_entry(session, plan, key, entry or MAIN, of_section, Told(Source.PERSON)).plan
    return plan.person_id


@pytest.fixture
def two(session: Session) -> tuple[str, str]:
    """Peggy twice: once from a visit, once from another laptop's file, without her number and with another postcode."""
    one = begun(
        session,
        {**PEGGY, "postcode": "LS21 1AA"},
        about_me={"most_important": "My own bed"},
        contacts__anna={"name": "Anna Smith"},
    )
    other = begun(
        session,
        {**PEGGY, "nhs_number": None, "family_name": "Smyth", "postcode": "LS21 1AB", "preferred_name": "Peggy"},
        places={"preferred_death": "own_home"},
        contacts__john={"name": "John Smyth"},
    )
    return one, other


def plan_of(session: Session, person_id: str) -> Plan:
    return plans.read_plan(session, person_id)


def listed(session: Session) -> set[str]:
    return {row.id for row in people.caseload(session).rows}


def all_other(seen: Compared, take: bool = True) -> dict[tuple[str, str], bool]:
    return {one.place: take for one in seen.differences}


def test_they_are_found_and_nothing_is_joined_by_itself(session: Session, two: tuple[str, str]) -> None:
    begun(session, {"family_name": "Khan", "given_names": "Ahmed", "birth_date": "1941-04-05"})
    (found,) = same_person.suspicions(session)
    assert {found.one.id, found.other.id} == set(two)
    assert found.why == "They were born on the same day, and their names sound alike."
    assert listed(session) >= set(two)
    third = begun(session, {"family_name": "Jones", "nhs_number": "9990000018"})
    reasons = {frozenset((pair.one.id, pair.other.id)): pair.why for pair in same_person.suspicions(session)}
    assert reasons[frozenset((two[0], third))] == "They have the same NHS number."


def test_they_are_compared_in_words(session: Session, two: tuple[str, str]) -> None:
    seen = same_person.compare(session, *two)
    assert {(one.label, one.kept, one.other) for one in seen.differences} >= {("Family name", "Smith", "Smyth")}
    assert any("Preferred" in line or "place" in line for line in seen.added)
    assert seen.alike >= 2


def test_joined_nothing_is_lost_and_the_other_is_not_listed(session: Session, two: tuple[str, str]) -> None:
    keep, other = two
    seen = same_person.compare(session, keep, other)
    choices = all_other(seen, take=False) | {("person", "postcode"): True}
    same_person.join(session, seen, choices, "made on two laptops the same day")
    plan = plan_of(session, keep)
    assert plan.text("person", "family_name") == "Smith"
    assert plan.text("person", "postcode") == "LS21 1AB"
    assert plan.text("person", "preferred_name") == "Peggy"
    assert plan.text("places", "preferred_death") == "own_home"
    assert plan.text("about_me", "most_important") == "My own bed"
    assert {entry.items["name"].value for entry in plan.entries("contacts")} == {"Anna Smith", "John Smyth"}
    item = plan.item("places", "preferred_death")
    assert item is not None
    assert item.told.source is Source.PERSON, "who said it stays"
    assert listed(session) == {keep}
    assert same_person.suspicions(session) == ()
    assert plan_of(session, other).text("person", "family_name") == "Smyth", "the other record is as it was"
    with session.store.reading() as connection:
        assert chain.check_all(connection).ok
        assert "joined" in [line.action for line in audit.lines(connection, other)]


def test_every_difference_is_answered_by_a_person(session: Session, two: tuple[str, str]) -> None:
    seen = same_person.compare(session, *two)
    with pytest.raises(InvalidValue, match="Please say which holds"):
        same_person.join(session, seen, {}, "the same person")
    with pytest.raises(InvalidValue, match="Please say why"):
        same_person.join(session, seen, all_other(seen), "  ")
    assert listed(session) == set(two)


def test_a_record_that_moved_on_is_not_joined_unseen(session: Session, two: tuple[str, str]) -> None:
    seen = same_person.compare(session, *two)
    plans.save_entry(session, plan_of(session, two[1]), "about_me", MAIN, {"most_important": "The garden"})
    with pytest.raises(ChangedElsewhere):
        same_person.join(session, seen, all_other(seen), "the same person")
    assert listed(session) == set(two)


def test_a_joining_is_taken_apart_and_what_was_recorded_since_stays(session: Session, two: tuple[str, str]) -> None:
    keep, other = two
    before = plan_of(session, keep)
    seen = same_person.compare(session, keep, other)
    same_person.join(session, seen, all_other(seen), "the same person")
    since = plan_of(session, keep)
    plans.save_entry(session, since, "person", MAIN, {"preferred_name": "Maggie"})
    same_person.take_apart(session, other, "they are sisters")
    after = plan_of(session, keep)
    assert listed(session) == {keep, other}
    for place in (("person", "family_name"), ("person", "postcode"), ("places", "preferred_death")):
        assert after.value(*place) == before.value(*place)
    assert after.text("person", "preferred_name") == "Maggie", "recorded since, so it stays"
    assert {entry.items["name"].value for entry in after.entries("contacts")} == {"Anna Smith"}
    with pytest.raises(UserError):
        same_person.take_apart(session, other, "twice")


def test_a_nurse_does_not_bring_a_cpr_decision_over(session: Session, two: tuple[str, str]) -> None:
    keep, other = two
    plans.save_entry(session, plan_of(session, other), "cpr", MAIN, {"decision": "not_for"})
    coordinator = replace(session, user=replace(session.user, roles=frozenset({"coordinator"})))
    seen = same_person.compare(coordinator, keep, other)
    with pytest.raises(NotAllowed):
        same_person.join(coordinator, seen, all_other(seen), "the same person")
    assert listed(session) == {keep, other}


def test_who_came_in_by_mistake_is_taken_off_with_a_reason_and_can_come_back(
    session: Session, two: tuple[str, str]
) -> None:
    wrong = two[1]
    with pytest.raises(InvalidValue):
        same_person.remove(session, wrong, "")
    same_person.remove(session, wrong, "another team’s file")
    assert listed(session) == {two[0]}
    assert people.person_row(session, wrong) is not None, "their record can still be looked up"
    ((row, held),) = same_person.set_aside(session)
    assert (row.id, held.reason) == (wrong, "another team’s file")
    assert people.with_nhs_number(session, "9990000018")[0].id == two[0]
    same_person.put_back(session, wrong, "it was ours after all")
    assert listed(session) == set(two)
