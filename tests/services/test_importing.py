"""Bringing in a FHIR file on a real store: said before, never over what is here, never unseen."""

from __future__ import annotations

import pickle
import time
from pathlib import Path

import pytest
from sqlalchemy import select

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Source
from eolc_desktop.errors import InvalidValue
from eolc_desktop.fhir.importing import propose
from eolc_desktop.models.tables import current
from eolc_desktop.record import audit, plans
from eolc_desktop.services import importing, people
from eolc_desktop.services import plans as plan_services
from eolc_desktop.services.importing import PersonChoice, accept, preview
from eolc_desktop.services.session import Session
from tests.fhir.files import ON, SYNTHEA, bundle, data, everything, patient
from tests.fixed_clock import FixedClock
from tests.services.bringing_in import add_ewa, bring_in, rows, session

__all__ = ["session"]


# Coming in


def test_a_preview_changes_nothing_and_says_everything(session: Session) -> None:
    before = rows(session)
    shown = preview(session, "/home/jo/Downloads/ewa.json", data(everything()))
    assert rows(session) == before
    assert shown.file_name == "ewa.json"
    (one,) = shown.people
    assert (one.name, one.born, one.nhs_number) == ("NOWAK, Ewa Maria (Mrs)", "11-Jan-1938", "999\u00a0000\u00a00026")
    titles = [arrival.section_title for arrival in one.arrivals]
    order = [section.title for section in session.catalogue]
    assert titles == sorted(titles, key=order.index), "in the order of the plan"
    said = {label: words for arrival in one.arrivals for label, words in arrival.lines}
    assert said["Date of birth"] == "11-Jan-1938"
    assert said["How severe"] == "Moderate"
    assert [arrival.question[:20] for arrival in one.arrivals if arrival.question] == [
        "The file says: Do no",
        "The file says that t",
    ]
    assert "Visits and stays: 1 – visits are not part of a care plan" in one.left_out
    assert any(line.startswith("Diagnoses and problems: 1 (Hypertension) – ") for line in one.left_out)


def test_what_comes_in_is_recorded_with_where_it_came_from(session: Session) -> None:
    plan = bring_in(session, everything())
    item = plan.item("person", "family_name")
    assert item is not None
    assert item.value == "Nowak"
    assert (item.told.source, item.told.detail) == (Source.OTHER_SYSTEM, "FHIR file ewa.json")
    assert item.recorded_by.name == "Jo Okafor"
    assert item.recorded_at == session.clock()
    assert plan.value("allergies", "status") == "known"
    assert [entry.text("name") for entry in plan.entries("contacts")] == ["Anna Shah", "Piotr Nowak"]
    assert plan.version == 1
    assert people.caseload(session, "nowak").total == 1


def test_questions_mean_no_until_somebody_says_yes(session: Session) -> None:
    shown = preview(session, "ewa.json", data(everything()))
    result = accept(session, shown)
    plan = plan_services.read_plan(session, result.person_ids[0])
    assert plan.value("cpr", "decision") is None
    assert plan.value("death", "died_on") is None
    assert result.not_answered_yes == 2
    with session.store.reading() as connection:
        (noted,) = [line for line in audit.lines(connection) if line.action == "imported"]
    assert noted.detail == {"file_sha256": shown.proposed.sha256, "people": 1, "questions_not_answered_yes": 2}


def test_a_yes_brings_in_that_question_and_no_other(session: Session) -> None:
    shown = preview(session, "ewa.json", data(everything()))
    (one,) = shown.people
    (cpr,) = [arrival.key for arrival in one.arrivals if arrival.section_title == "CPR recommendation"]
    result = accept(session, shown, {one.place: PersonChoice(yes=frozenset((cpr,)))})
    plan = plan_services.read_plan(session, result.person_ids[0])
    assert plan.value("cpr", "decision") == "not_for"
    assert plan.text("cpr", "decided_by_name") == "Dr Aisha Khan"
    item = plan.item("cpr", "decision")
    assert item is not None
    assert item.told.source is Source.OTHER_SYSTEM
    assert plan.value("cpr", "person_involved") is None, "nothing is filled in for what the file does not say"
    assert plan.value("death", "died_on") is None


def test_no_nhs_number_is_asked_about_and_stops_nobody(session: Session) -> None:
    without = bundle(patient(identifier=None))
    shown = preview(session, "a.json", data(without))
    assert shown.people[0].asks_for_reason
    plan = bring_in(session, without)
    assert plan.value("person", "nhs_number_missing_reason") is None
    second = bundle(patient(identifier=None, name=[{"family": "Quist"}], birthDate="1950"))
    plan = bring_in(session, second, PersonChoice(no_number_because="not_known"))
    assert plan.value("person", "nhs_number_missing_reason") == "not_known"
    with pytest.raises(InvalidValue):
        bring_in(
            session, bundle(patient(name=[{"family": "Zell"}], identifier=None)), PersonChoice(no_number_because="x")
        )


@pytest.mark.parametrize("path", SYNTHEA, ids=lambda path: path.name[:8])
def test_real_files_of_another_tool_come_in_whole(session: Session, path: Path) -> None:
    whole = path.read_bytes()
    began = time.perf_counter()
    shown = preview(session, path.name, whole)
    took = time.perf_counter() - began
    assert took < 1.5, f"the preview took {took:.2f} s"
    result = accept(session, shown)
    plan = plan_services.read_plan(session, result.person_ids[0])
    assert plan.text("person", "family_name") in path.name
    assert {section.key for section, *_rest in plan.recorded()} == {"person"}
    with session.store.reading() as connection:
        held = connection.execute(select(current).where(current.c.person_id == plan.person_id)).all()
        replayed = plans.replayed(connection, plan.person_id)
    assert {(r.section, r.entry, r.field, r.value) for r in held} == {
        (r["section"], r["entry"], r["field"], r["value"]) for r in replayed
    }


def test_what_the_worker_process_made_is_taken_as_it_is(session: Session) -> None:
    proposed = pickle.loads(pickle.dumps(propose(data(everything()), ON)))
    assert preview(session, "ewa.json", proposed) == preview(session, "ewa.json", data(everything()))


def test_the_same_file_again_is_said(session: Session, clock: FixedClock) -> None:
    bring_in(session, everything())
    clock.advance(days=3)
    assert preview(session, "other.json", data(everything())).notes[0] == (
        "This same file was brought in before, on 12-Nov-2026 14:32."
    )
    other = preview(session, "other.json", data(bundle(patient()))).notes
    assert not any("brought in before" in note for note in other)


def test_a_test_number_is_said_outside_training(session: Session) -> None:
    assert any("999" in note for note in preview(session, "a.json", data(everything())).notes)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("C:\\Users\\jo\\Nowak.json", "Nowak.json"),
        ("/tmp/../etc/passwd", "passwd"),
        ("a\u202egpj.json", "a gpj.json"),
        ("x" * 300 + ".json", "x" * 40 + "…" + "x" * 35 + ".json"),
    ],
)
def test_only_the_files_own_name_is_kept(session: Session, given: str, kept: str) -> None:
    assert preview(session, given, data(bundle(patient()))).file_name == kept


def test_somebody_who_could_be_the_same_has_to_be_decided(session: Session) -> None:
    ewa = add_ewa(session, nhs_number="9990000026", phone="01943 000000")
    other = add_ewa(session, given_names="Ela", birth_date="1951-01-01")
    shown = preview(session, "ewa.json", data(everything()))
    (one,) = shown.people
    assert one.must_choose
    assert [(c.row.id, c.same_nhs_number) for c in one.candidates] == [(ewa, True), (other, False)]
    assert ("Home telephone", "01943 000000", "01943 496 0111") in [
        (d.where, d.here, d.in_file) for d in one.candidates[0].differences
    ]
    before = rows(session)
    with pytest.raises(InvalidValue, match="could be the same person"):
        accept(session, shown)
    with pytest.raises(InvalidValue):
        accept(session, shown, {one.place: PersonChoice(add_to="somebody-else")})
    assert rows(session) == before


def test_adding_to_somebody_fills_only_what_is_missing(session: Session) -> None:
    ewa = add_ewa(session, nhs_number="9990000026", phone="01943 000000")
    plan = bring_in(session, everything(), PersonChoice(add_to=ewa))
    assert plan.person_id == ewa
    assert plan.text("person", "phone") == "01943 000000"
    assert plan.text("person", "mobile") == "07700 900111"
    history = plan_services.history_of(session, ewa, "person", field="phone")
    assert len(history) == 1
    assert people.caseload(session).total == 1
    again = preview(session, "ewa.json", data(everything()))
    assert [a.question != "" for a in again.people[0].candidates[0].arrivals] == [True, True], (
        "only the questions are left"
    )


def test_a_value_that_was_cleared_here_is_filled_again_on_its_own_base(session: Session) -> None:
    ewa = add_ewa(session, mobile="07700 900999")
    plan = plan_services.read_plan(session, ewa)
    plan_services.save_entry(session, plan, "person", MAIN, {"mobile": None})
    after = bring_in(session, everything(), PersonChoice(add_to=ewa))
    assert after.text("person", "mobile") == "07700 900111"
    assert [line.value for line in plan_services.history_of(session, ewa, "person", field="mobile")] == [
        "07700 900999",
        None,
        "07700 900111",
    ]


def test_a_new_person_in_spite_of_a_likeness(session: Session) -> None:
    ewa = add_ewa(session)
    plan = bring_in(session, everything(), PersonChoice(add_to=""))
    assert plan.person_id != ewa
    assert people.caseload(session).total == 2


def test_the_likeliest_are_shown_and_the_rest_are_counted(session: Session) -> None:
    for number in range(11):
        add_ewa(session, given_names=f"Ewa {number}", birth_date="1950-01-01")
    ewa = add_ewa(session, nhs_number="9990000026", given_names="Zofia", family_name="Zdun")
    (one,) = preview(session, "ewa.json", data(everything())).people
    assert one.candidates[0].row.id == ewa
    assert len(one.candidates) == importing.MOST_CANDIDATES
    assert one.more_candidates == 12 - importing.MOST_CANDIDATES
