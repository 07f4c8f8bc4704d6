"""A plan that is not as it was written is neither sent nor added to, and everybody else is exchanged as before."""

from __future__ import annotations

from dataclasses import replace

import pytest

from eolc_desktop.models.opening import connect
from eolc_desktop.services import outbox, people, plans, sharing_status
from eolc_desktop.services.session import Doubt, Session
from eolc_desktop.sync.names import patient_key
from tests.services.exchanging import doctor, exchange, nurse, save, server
from tests.sync.simulator.server import Server

__all__ = ["doctor", "nurse", "server"]

pytestmark = pytest.mark.hazard("H30")

IN_DOUBT = "What is recorded here is not as it was written"


def begun(nurse: Session, name: str) -> str:
    person_id = people.add_person(nurse, {"family_name": name}).plan.person_id
    save(nurse, person_id, "consent", to_share="given")
    save(nurse, person_id, "cpr", decision="not_for")
    return person_id


def from_outside(session: Session, person_id: str, value: str) -> None:
    """Somebody changes the CPR decision in the file itself."""
    raw = connect(session.store.place)
    raw.execute("DROP TRIGGER IF EXISTS change_is_never_updated")
    for table in ("change", "current"):
        where = f"person_id = '{person_id}' AND section = 'cpr' AND field = 'decision'"
        raw.execute(f"UPDATE {table} SET value = '\"{value}\"' WHERE {where}")
    raw.close()


def test_what_was_changed_from_outside_is_not_sent_and_others_are(nurse: Session, server: Server) -> None:
    margaret, other = begun(nurse, "Smith"), begun(nurse, "Khan")
    from_outside(nurse, margaret, "for")
    shown = outbox.outbox(nurse, margaret)
    assert IN_DOUBT in shown.hold
    assert (shown.goes, shown.papers) == ((), ())
    exchange(nurse, server)
    assert server.current(patient_key(margaret)) is None
    assert server.current(patient_key(other)) is not None
    status = sharing_status.status(nurse)
    assert not status.all_shared
    assert f"1 person held here. {IN_DOUBT}" in " ".join(status.lines)
    assert IN_DOUBT in sharing_status.person_words(nurse, margaret)


def test_what_others_sent_is_not_added_to_it_until_it_is_settled(
    nurse: Session, doctor: Session, server: Server
) -> None:
    margaret = begun(nurse, "Smith")
    exchange(nurse, server)
    exchange(doctor, server)
    save(doctor, margaret, "about_me", most_important="the sea")
    exchange(doctor, server)
    from_outside(nurse, margaret, "for")
    versions = len(server.history[patient_key(margaret)])
    for _ in range(2):
        exchange(nurse, server)
        assert plans.read_plan(nurse, margaret).text("about_me", "most_important") == ""
        assert IN_DOUBT in " ".join(sharing_status.status(nurse).lines)
    assert len(server.history[patient_key(margaret)]) == versions

    from_outside(nurse, margaret, "not_for")
    again = replace(nurse, doubt=Doubt())  # the record is opened anew, after a backup was put back
    exchange(again, server)
    assert plans.read_plan(again, margaret).text("about_me", "most_important") == "the sea"
    assert sharing_status.status(again).all_shared


def test_nothing_at_all_is_sent_from_a_record_that_was_put_back(nurse: Session, server: Server) -> None:
    begun(nurse, "Smith")
    nurse.doubt.lines = ("An older copy of the record is in its place.",)
    exchange(nurse, server)
    assert not [key for key in server.history if not key.startswith("Questionnaire/")]
    assert IN_DOUBT in " ".join(sharing_status.status(nurse).lines)
