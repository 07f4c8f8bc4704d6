"""Bringing in a FHIR file on a real store: said before, all of it or nothing, never over what is here, never unseen."""

from __future__ import annotations

import json
import pickle
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Op, Plan, Source
from eolc_desktop.errors import ChangedElsewhere, ImportRefused, InvalidValue, StoreFull
from eolc_desktop.fhir.importing import propose
from eolc_desktop.models.tables import audit as audit_table
from eolc_desktop.models.tables import change, current, metadata, person
from eolc_desktop.paths import Profile
from eolc_desktop.record import audit, journal, plans
from eolc_desktop.services import importing, people
from eolc_desktop.services import plans as plan_services
from eolc_desktop.services.importing import PersonChoice, accept, preview
from eolc_desktop.services.session import Session
from tests.fhir.files import NHS, ON, SYNTHEA, allergy, bundle, cpr_flag, data, everything, patient
from tests.fixed_clock import FixedClock
from tests.services.opened import opened_session


@pytest.fixture
def session(profile: Profile, clock: FixedClock) -> Iterator[Session]:
    with opened_session(profile, clock) as opened:
        yield opened


def rows(session: Session) -> dict[str, int]:
    """How many rows each table holds: what tells "nothing was written" from "nothing is shown"."""
    with session.store.reading() as connection:
        return {
            table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in metadata.sorted_tables
        }


def bring_in(session: Session, whole: Any, choice: PersonChoice | None = None, name: str = "ewa.json") -> Plan:
    """Bring in a file with one person in it."""
    shown = preview(session, name, data(whole))
    choices = {shown.people[0].place: choice} if choice else None
    result = accept(session, shown, choices)
    return plan_services.read_plan(session, result.person_ids[0])


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


# Somebody who is here


def add_ewa(session: Session, **values: Any) -> str:
    details = {"family_name": "Nowak", "given_names": "Ewa Maria", "birth_date": "1938-01-11"} | values
    return people.add_person(session, details).plan.person_id


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


# All of it or nothing


def two_people() -> Any:
    second = patient(id="patient-2", identifier=[{"system": NHS, "value": "9990000034"}], name=[{"family": "Shah"}])
    return bundle(patient(), second, allergy(patient={"reference": "Patient/patient-2"}))


def test_several_people_come_in_together(session: Session) -> None:
    shown = preview(session, "two.json", data(two_people()))
    assert [one.name for one in shown.people] == ["NOWAK, Ewa Maria (Mrs)", "SHAH"]
    result = accept(session, shown)
    assert len(result.person_ids) == 2
    assert result.changes.people == frozenset(result.person_ids) == result.added


def test_one_of_several_can_be_left_out(session: Session) -> None:
    shown = preview(session, "two.json", data(two_people()))
    result = accept(session, shown, {shown.people[0].place: PersonChoice(leave=True)})
    assert [row.family_name for row in people.caseload(session).rows] == ["Shah"]
    assert len(result.person_ids) == 1
    nobody = accept(session, preview(session, "a.json", data(bundle(patient()))), {1: PersonChoice(leave=True)})
    assert nobody.person_ids == ()


def test_a_likeness_of_the_second_stops_the_first_too(session: Session) -> None:
    people.add_person(session, {"family_name": "Shah", "birth_date": "1938-01-11"})
    before = rows(session)
    shown = preview(session, "two.json", data(two_people()))
    with pytest.raises(InvalidValue):
        accept(session, shown)
    assert rows(session) == before


@pytest.mark.parametrize("failing", ["append_new_people", "note"])
def test_a_fault_on_the_way_leaves_nothing(session: Session, monkeypatch: pytest.MonkeyPatch, failing: str) -> None:
    """The disk is full at the second of two writes: what the first wrote is undone with it."""
    ewa = add_ewa(session)
    shown = preview(session, "two.json", data(two_people()))
    before, version = rows(session), plan_services.read_plan(session, ewa).version
    real = getattr(journal if failing == "append_new_people" else audit, failing)

    def full(*arguments: Any, **named: Any) -> None:
        real(*arguments, **named)
        raise StoreFull("The disk is full.", "Nothing was written.", "Make room.")

    monkeypatch.setattr(journal if failing == "append_new_people" else audit, failing, full)
    with pytest.raises(StoreFull):
        accept(session, shown, {shown.people[0].place: PersonChoice(add_to=ewa)})
    assert rows(session) == before
    assert plan_services.read_plan(session, ewa).version == version


def test_what_changed_since_the_preview_is_looked_at_again(session: Session) -> None:
    ewa = add_ewa(session)
    shown = preview(session, "ewa.json", data(everything()))
    plan = plan_services.read_plan(session, ewa)
    plan_services.save_entry(session, plan, "person", MAIN, {"mobile": "07700 900998"})
    before = rows(session)
    with pytest.raises(ChangedElsewhere):
        accept(session, shown, {shown.people[0].place: PersonChoice(add_to=ewa)})
    assert rows(session) == before


def test_pressing_twice_brings_in_once(session: Session) -> None:
    shown = preview(session, "ewa.json", data(everything()))
    accept(session, shown)
    with pytest.raises(ChangedElsewhere):
        accept(session, shown)
    assert people.caseload(session).total == 1


def test_a_file_cut_off_anywhere_brings_in_nothing(session: Session) -> None:
    """Threat T7: every part of a valid file gives nothing; the whole gives all."""
    whole = data(everything())
    before = rows(session)
    for place in range(len(whole)):
        with pytest.raises(ImportRefused):
            preview(session, "ewa.json", whole[:place])
    smallest = min(SYNTHEA, key=lambda path: path.stat().st_size).read_bytes().rstrip()
    for place in {*range(50), *range(len(smallest) - 50, len(smallest)), *range(0, len(smallest), 997)}:
        with pytest.raises(ImportRefused):
            preview(session, "floyd.json", smallest[:place])
    assert rows(session) == before
    accept(session, preview(session, "ewa.json", whole))
    assert people.caseload(session).total == 1


MADE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.sampled_from(["name", "telecom", "address", "gender", "birthDate", "communication", "contact", "meta"]),
    MADE,
    st.text(max_size=60),
    st.text(max_size=400),
)
def test_whatever_can_be_previewed_can_be_brought_in(
    session: Session, element: str, value: Any, family: str, substance: str
) -> None:
    """Never a crash, never a part: the journal holds exactly what the preview said."""
    made = patient(**{"name": [{"family": family, "given": ["Ewa"]}], element: value})
    whole = json.dumps(bundle(made, allergy({"text": substance}), cpr_flag())).encode()
    try:
        shown = preview(session, "made.json", whole)
    except ImportRefused:
        return
    (one,) = shown.people
    result = accept(session, shown, {one.place: PersonChoice(add_to="")})
    plan = plan_services.read_plan(session, result.person_ids[0])
    said = {(a.section_title, label, words) for a in one.arrivals if not a.question for label, words in a.lines}
    recorded = {
        (section.title, section[key].label, plan.words(section.key, key, entry.id))
        for section, entry, key, _item in plan.recorded()
    }
    assert recorded == said


def test_the_audit_and_the_log_of_an_import_hold_no_names(session: Session, caplog: pytest.LogCaptureFixture) -> None:
    bring_in(session, everything(), name="Ewa_Nowak.json")
    with session.store.reading() as connection:
        told = " ".join(str(line) for line in connection.execute(select(audit_table)).all())
        told += " ".join(str(tuple(line)) for line in _facts(connection))
    for name in ("Nowak", "Ewa", "9990000026", "999 000 0026"):
        assert name not in told
        assert name not in caplog.text


def _facts(connection: Connection) -> list[Any]:
    return list(connection.execute(select(metadata.tables["fact"])).all())


def test_every_line_of_an_import_is_one_save(session: Session) -> None:
    plan = bring_in(session, everything())
    with session.store.reading() as connection:
        saves = connection.execute(
            select(change.c.save_id, change.c.op).where(change.c.person_id == plan.person_id)
        ).all()
        assert connection.execute(select(func.count()).select_from(person)).scalar_one() == 1
    assert len({row.save_id for row in saves}) == 1
    assert {row.op for row in saves} == {Op.SET.value}


def test_an_import_can_be_undone_like_any_save(session: Session) -> None:
    ewa = add_ewa(session)
    plan = bring_in(session, bundle(patient(), allergy()), PersonChoice(add_to=ewa))
    assert plan.entries("allergy")
    after = plan_services.undo_last(session, ewa).plan
    assert not after.entries("allergy")
    assert after.value("allergies", "status") is None
    assert after.value("person", "mobile") is None
    assert after.text("person", "family_name") == "Nowak"
