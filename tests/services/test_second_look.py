"""What the rules are told from outside the plan: other records on this laptop, other systems, the shared record."""

from __future__ import annotations

from dataclasses import replace

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.record import exchange as tables
from eolc_desktop.record.exchange import ChangeSet, Proposal
from eolc_desktop.services import people, plans
from eolc_desktop.services.second_look import findings_of
from eolc_desktop.services.session import Session
from tests.services.test_sharing import doctor, exchange, margaret, nurse, save, server
from tests.sync.simulator.server import Server

__all__ = ["doctor", "margaret", "nurse", "server"]

AT = "2026-11-12T10:00:00+00:00"


def says(session: Session, person_id: str, rule: str) -> list[str]:
    found = findings_of(session, plans.read_plan(session, person_id))
    return [finding.says for finding in found if finding.rule == rule]


def test_two_records_that_may_be_one_person_are_found(session: Session) -> None:
    born = {"family_name": "Hartley", "given_names": "Peggy", "birth_date": "1938-04-02", "nhs_number": "9990000018"}
    first = people.add_person(session, born).plan.person_id
    assert says(session, first, "K26") == []
    second = people.add_person(session, born | {"family_name": "Hartly", "nhs_number": "9990000026"}).plan.person_id
    other = people.add_person(session, born | {"family_name": "Okafor", "nhs_number": "9990000034"}).plan.person_id
    assert "Hartly, Peggy" in says(session, first, "K26")[0]
    assert "Hartley, Peggy" in says(session, second, "K26")[0]
    assert says(session, other, "K26") == []


def test_a_cpr_decision_that_another_system_holds_is_put_beside_ours_until_somebody_decides(
    nurse: Session, margaret: str
) -> None:
    assert says(nurse, margaret, "K07") == []
    changes = (("cpr", MAIN, "decision", "not_for"), ("cpr", MAIN, "decided_at", "2026-11-01"))
    offered = Proposal("p1", margaret, "Flag/x", "The crew changed it.", AT, "Yorkshire Ambulance Service", changes)
    with nurse.store.writing() as connection:
        tables.put_proposal(connection, offered)
    (found,) = says(nurse, margaret, "K07")
    assert "Yorkshire Ambulance Service" in found
    with nurse.store.writing() as connection:
        tables.put_proposal(connection, replace(offered, accepted=False))
    assert says(nurse, margaret, "K07") == []


def test_what_waits_when_consent_is_withdrawn_is_said(nurse: Session, margaret: str) -> None:
    save(nurse, margaret, "consent", to_share="withdrawn")
    assert says(nurse, margaret, "K20") == []
    with nurse.store.writing() as connection:
        tables.put_change_set(connection, ChangeSet("c1", margaret, "sent"))
    assert "1 change is waiting to be shared" in says(nurse, margaret, "K20")[0]


def test_what_two_people_changed_is_shown_with_both_sides(
    nurse: Session, doctor: Session, server: Server, margaret: str
) -> None:
    exchange(nurse, server)
    exchange(doctor, server)
    save(nurse, margaret, "cpr", decision="not_for", reason="It would not work")
    save(doctor, margaret, "cpr", decision="for", reason="She asked for it again")
    exchange(nurse, server)
    exchange(doctor, server)
    found = says(doctor, margaret, "K30")
    assert any("She asked for it again" in line or "It would not work" in line for line in found), found
