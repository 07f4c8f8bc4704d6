"""Everything that goes to a server, as it goes: each Bundle, and each resource in it, is valid FHIR R4.

By two validators that find different faults: the models of `fhir.resources`, and HL7's own JSON schema.
"""

from __future__ import annotations

from collections import Counter

from eolc_desktop.care_plan.conflicts import Choice
from eolc_desktop.care_plan.plan import Edit, EntryState
from eolc_desktop.documents.attached import inspect
from eolc_desktop.record import journal
from eolc_desktop.services import attachments, conflicts, outbox, plans
from eolc_desktop.services.session import Session
from eolc_desktop.sync.effects import JSON
from tests.documents.test_attached import pdf
from tests.fhir.sharing.plans import shared_plan
from tests.fhir.sharing.valid import assert_valid
from tests.services.exchanging import doctor, exchange, nurse, save, server
from tests.sync.simulator.server import Server

__all__ = ["doctor", "nurse", "server"]  # fixtures

KINDS = {
    "AllergyIntolerance", "Appointment", "Binary", "CarePlan", "CareTeam", "Condition", "Consent", "DocumentReference",
    "Flag", "Goal", "List", "Observation", "Patient", "Provenance", "Questionnaire", "QuestionnaireResponse",
    "RelatedPerson", "Task",
}  # fmt: skip


def everything_recorded(session: Session) -> str:
    """Somebody of whom each item of each section says something, and who keeps nothing back."""
    whole = shared_plan()
    edits = [
        Edit(section.key, entry.id, key, "9990000018" if key == "nhs_number" else item.value)
        for section in session.catalogue
        for entry in whole.all_entries(section.key)
        for key, item in entry.items.items()
        if section.key not in ("kept_back", "documents")
    ]
    with session.store.writing() as connection:
        person_id = journal.add_person(connection, session.pen())
        journal.append(connection, session.pen(), person_id, edits)
    return person_id


def without_resource(entry: JSON) -> JSON:
    return {key: value for key, value in entry.items() if key != "resource"}


def test_whatever_goes_is_valid_fhir(nurse: Session, doctor: Session, server: Server) -> None:
    sent: Counter[str] = Counter()

    def goes(session: Session) -> None:
        for asked in exchange(session, server):
            if asked.body is None:
                continue
            entries = asked.body.get("entry", [])
            # The Bundle, and what is in it by itself: together, each resource would be tried against every kind.
            assert_valid({**asked.body, "entry": [without_resource(entry) for entry in entries]})
            for entry in entries:
                if resource := entry.get("resource"):
                    assert_valid(resource)
                    sent[resource["resourceType"]] += 1

    person_id = everything_recorded(nurse)
    assert outbox.outbox(nurse, person_id).hold == ""
    scan = pdf(2)
    attachments.attach(nurse, plans.read_plan(nurse, person_id), {"title": "CPR form"}, scan, inspect(scan))
    goes(nurse)
    assert set(sent) == KINDS
    exchange(doctor, server)
    save(doctor, person_id, "cpr", decision="for", reason="She wishes it")
    goes(doctor)
    save(nurse, person_id, "conveyance", to_hospital="avoid")
    goes(nurse)
    (conflict,) = conflicts.conflicts(nurse)
    goes(nurse)
    assert any("CONFLICT" in repr(held[-1]) or "conflict" in repr(held[-1]) for key, held in server.history.items()
               if key.startswith("Task/")), "an open conflict travels as a task"  # fmt: skip
    conflicts.settle(nurse, conflict, Choice.THEIRS, "I rang Dr Khan")
    (step, *_) = plans.read_plan(nurse, person_id).entries("next_steps")
    plan = plans.read_plan(nurse, person_id)
    plans.set_state(nurse, plan, "next_steps", step.id, EntryState.WITHDRAWN, "Has one already")
    goes(nurse)
    save(nurse, person_id, "consent", to_share="withdrawn")
    goes(nurse)
    assert sum(sent.values()) > 150
