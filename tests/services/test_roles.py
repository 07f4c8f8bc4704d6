"""Who may do what: decided before a service begins, for every service there is, and signed where a decision is made."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eolc_desktop import services
from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.errors import NotAllowed
from eolc_desktop.record import audit
from eolc_desktop.services import confirming, people, plans, roles, sign_in
from eolc_desktop.services.roles import Right, Role, SignatureWanted
from eolc_desktop.services.session import SIGNATURE_HOLDS, Session, Signature, Visit
from tests.fixed_clock import FixedClock

NOT_SERVICES = {
    "eolc_desktop.services.roles",  # what decides, and is asked by the services
    "eolc_desktop.services.session",
    "eolc_desktop.services.sign_in",  # before anybody is signed in
    "eolc_desktop.services.this_computer",
}
SESSION = {"Session", "session.Session"}


def every_service() -> Iterator[tuple[str, Callable[..., Any]]]:
    """Every public function of a module of services that is given a session first. The makers of invented people write
    only into a record that is marked as made up, and ask for that themselves."""
    for module in pkgutil.walk_packages(services.__path__, "eolc_desktop.services."):
        if module.name in NOT_SERVICES or ".invented" in module.name:
            continue
        loaded = importlib.import_module(module.name)
        for name, function in vars(loaded).items():
            if name.startswith("_") or not inspect.isfunction(function) or function.__module__ != module.name:
                continue
            parameters = list(inspect.signature(function).parameters.values())
            if parameters and parameters[0].annotation in SESSION:
                yield f"{module.name.rsplit('.', 1)[1]}.{name}", function


SERVICES = dict(every_service())


def as_role(session: Session, *held: Role) -> Session:
    return replace(session, user=replace(session.user, roles=frozenset(held)), visit=Visit("asked by the family"))


def test_there_are_services_to_look_at() -> None:
    assert len(SERVICES) > 30
    assert {"plans.record", "printing.save_copy", "importing.accept"} <= set(SERVICES)


@pytest.mark.parametrize("name", SERVICES)
def test_every_service_says_what_it_needs_and_refuses_who_may_not(session: Session, name: str) -> None:
    service = SERVICES[name]
    right = getattr(service, "right", None)
    assert isinstance(right, Right), f"{name} is given a session and is not guarded: put @needs(Right.…) above it"
    for role in Role:
        if right not in roles.RIGHTS[role]:
            with pytest.raises(NotAllowed):
                service(as_role(session, role))  # before it looks at what else it was given
    closed = replace(session, user=replace(session.user, closed=True))
    with pytest.raises(NotAllowed):
        service(closed)
    with pytest.raises(NotAllowed):
        service(replace(session, user=replace(session.user, roles=frozenset())))


WRITERS = {"record", "save_entry", "confirm", "set_state", "undo_last", "keep_draft", "add_person", "accept"}


def test_a_visitor_can_do_nothing_but_read(session: Session) -> None:
    visitor = as_role(session, Role.VISITOR)
    allowed = {name for name, service in SERVICES.items() if roles.may(visitor, service.right)}  # type: ignore[attr-defined]
    assert not {name for name in allowed if name.split(".")[1] in WRITERS or name.startswith("printing.")}
    for right in set(Right) - {Right.BE_HERE, Right.READ}:
        assert not roles.may(visitor, right)


def test_a_visitor_reads_only_after_saying_why(session: Session) -> None:
    visitor = replace(as_role(session, Role.VISITOR), visit=Visit())
    with pytest.raises(roles.ReasonWanted):
        people.caseload(visitor)
    visitor.visit.reason = "complaint of 3 November"
    people.caseload(visitor)


@given(st.frozensets(st.sampled_from(Role)), st.sampled_from(Role))
def test_another_role_never_takes_anything_away(held: frozenset[Role], more: Role) -> None:
    assert roles.rights_of(held) <= roles.rights_of(held | {more})
    assert roles.rights_of(held) == frozenset().union(*(roles.RIGHTS[role] for role in held))


def test_who_works_alone_may_do_everything() -> None:
    assert roles.rights_of(sign_in.FIRST_USER) == set(Right)


def test_a_role_from_a_newer_version_gives_nothing() -> None:
    assert roles.rights_of({"surgeon", "administrator "}) == set()


# Decisions


@pytest.fixture
def plan(session: Session) -> Plan:
    return people.add_person(session, {"family_name": "Smith", "given_names": "Margaret Rose"}).plan


CPR: dict[str, Value] = {"decision": "not_for", "decided_at": "2026-11-02"}


def actions(session: Session) -> list[str]:
    with session.store.reading() as connection:
        return [line.action for line in audit.lines(connection)]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CLINICIAN}))
def test_only_a_clinician_records_a_cpr_decision(session: Session, plan: Plan, role: Role) -> None:
    with pytest.raises(NotAllowed):
        plans.save_entry(as_role(session, role), plan, "cpr", MAIN, CPR)
    assert plans.read_plan(session, plan.person_id).entries("cpr") == ()


def test_every_carer_says_that_no_decision_is_known_but_not_in_place_of_one(session: Session, plan: Plan) -> None:
    nurse = as_role(session, Role.NURSE)
    none: dict[str, Value] = {"decision": "no_decision"}
    said = plans.save_entry(nurse, plan, "cpr", MAIN, none).plan
    assert said.value("cpr", "decision") == "no_decision"
    decided = plans.save_entry(session, said, "cpr", MAIN, CPR).plan
    with pytest.raises(NotAllowed):
        plans.save_entry(nurse, decided, "cpr", MAIN, none)


def test_every_carer_confirms_one_that_stands_and_records_the_rest(session: Session, plan: Plan) -> None:
    plan = plans.save_entry(session, plan, "cpr", MAIN, CPR).plan
    nurse = as_role(session, Role.NURSE)
    confirmed = confirming.confirm(nurse, plan, "cpr")
    assert {field for _section, _entry, field in confirmed.saved.touched} == set(CPR)
    plans.save_entry(nurse, confirmed.plan, "about_me", MAIN, {"most_important": "My own bed"})


def test_a_cpr_decision_is_signed_for_each_save(session: Session, plan: Plan, clock: FixedClock) -> None:
    unsigned = replace(session, signature=Signature())
    with pytest.raises(SignatureWanted):
        plans.save_entry(unsigned, plan, "cpr", MAIN, CPR)
    unsigned.signature.given_at = clock()
    plan = plans.save_entry(unsigned, plan, "cpr", MAIN, CPR).plan
    with pytest.raises(SignatureWanted):
        plans.save_entry(unsigned, plan, "cpr", MAIN, {"decision": "for"})
    plans.save_entry(unsigned, plan, "about_me", MAIN, {"most_important": "My own bed"})


def test_a_signature_does_not_last(session: Session, plan: Plan, clock: FixedClock) -> None:
    unsigned = replace(session, signature=Signature())
    for seconds in (SIGNATURE_HOLDS.total_seconds() + 1, -5):
        unsigned.signature.given_at = clock()
        clock.advance(seconds=seconds)
        with pytest.raises(SignatureWanted):
            plans.save_entry(unsigned, plan, "cpr", MAIN, CPR)
