"""A conflict that nobody has settled is told wherever the plan is: on screen, among the findings, and on every page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sqlalchemy import Connection

from eolc_desktop.care_plan.conflicts import Conflict, other_version
from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.care_plan.merge import ClashItem
from eolc_desktop.care_plan.plan import Author
from eolc_desktop.care_plan.said import Said
from eolc_desktop.documents.copies import ReadersChosen
from eolc_desktop.documents.making import make
from eolc_desktop.record import conflicts as tables
from eolc_desktop.record.plans import plan_of
from eolc_desktop.services import people, plans, printing
from eolc_desktop.services.session import Session
from eolc_desktop.views.person.cpr_words import TWO_DECISIONS, cpr_line
from tests.documents.orders import packed

pytestmark = pytest.mark.hazard("H04")

OTHER = Author("doctor-1", "Dr A Khan", "GP", "Hill Road surgery")


def put_aside(session: Session, person_id: str, section: str, entry: str, **mine: Value) -> None:
    """Another version of some fields, as a merge leaves it: what stands is the shared one."""

    def write(connection: Connection) -> None:
        plan = plan_of(connection, session.catalogue, person_id, session.clock())
        items = []
        for key, value in mine.items():
            standing = plan.item(section, key, entry)
            like = standing or next(item for _s, _e, _k, item in plan.recorded())
            theirs = Said(standing) if standing is not None else None
            items.append(
                ClashItem((section, entry, key), None, Said(replace(like, value=value, recorded_by=OTHER)), theirs)
            )
        unit = ("group", "resuscitation") if section == "cpr" else ("entry", section, entry)
        tables.put_conflict(connection, Conflict(f"c-{section}", person_id, unit, tuple(items), session.clock(), OTHER))

    with session.store.writing() as connection:
        write(connection)


@pytest.fixture
def margaret(session: Session) -> str:
    added = people.add_person(session, {"family_name": "Smith", "given_names": "Margaret", "birth_date": "1941-04-05"})
    person_id = added.plan.person_id
    for section, values in {
        "cpr": {"decision": "not_for", "reason": "Frail heart"},
        "about_me": {"matters_most": "The garden"},
        "person": {"phone": "01274 496 0001"},
    }.items():
        plans.save_entry(session, plans.read_plan(session, person_id), section, MAIN, values)
    return person_id


def test_the_snapshot_holds_it_until_it_is_settled(session: Session, margaret: str) -> None:
    assert plans.read_plan(session, margaret).conflicts == ()
    put_aside(session, margaret, "cpr", MAIN, decision="for")
    plan = plans.read_plan(session, margaret)
    (conflict,) = plan.conflicts
    assert [one.item and one.item.value for one in plan.aside("cpr", "decision")] == ["for"]
    assert plan.text("cpr", "decision") == "not_for"
    assert other_version(plan, conflict).text("cpr", "decision") == "for"
    line = cpr_line(plan)
    assert line.headline == TWO_DECISIONS
    assert "Dr A Khan" in line.spoken
    assert "Jo Okafor" in line.spoken


@pytest.mark.parametrize("key", ["emergency", "handover", "family-plan", "whole-plan"])
def test_every_page_says_so_and_holds_both_versions(session: Session, margaret: str, key: str) -> None:
    put_aside(session, margaret, "cpr", MAIN, decision="for")
    said_yes = printing.prepare(session, margaret, key).copy.questions

    readers = ReadersChosen(said_yes=frozenset(ref for question in said_yes for ref in question.items))
    text = packed(make(printing.prepare(session, margaret, key, readers).order))
    assert "CONFLICT–twopeoplerecordeddifferentthings" in text
    assert "DrAKhan" in text
    assert "JoOkafor" in text


def test_what_only_the_other_version_says_stands_on_the_page_too(session: Session, margaret: str) -> None:
    put_aside(session, margaret, "person", MAIN, email="m@example.org")
    text = packed(make(printing.prepare(session, margaret, "handover").order))
    assert "m@example.org" in text
    assert "nothingrecorded" in text


def test_a_page_does_not_show_of_a_conflict_what_it_may_not_hold(session: Session, margaret: str) -> None:
    put_aside(session, margaret, "person", MAIN, phone="01274 496 0999")
    plans.save_entry(session, plans.read_plan(session, margaret), "kept_back", "", {"what": ["person.phone"]})
    order = printing.prepare(session, margaret, "handover").order
    assert order.beside.two_versions == ()
    assert order.plan.conflicts == ()
    assert "0999" not in packed(make(order))
    assert "CONFLICT" not in packed(make(order))
