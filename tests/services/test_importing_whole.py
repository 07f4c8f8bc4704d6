"""Bringing in a FHIR file is all of it or nothing, whatever happens on the way, and can be undone."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, func, select

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Op
from eolc_desktop.errors import ChangedElsewhere, ImportRefused, InvalidValue, StoreFull
from eolc_desktop.models.tables import audit as audit_table
from eolc_desktop.models.tables import change, metadata, person
from eolc_desktop.record import audit, journal
from eolc_desktop.services import people
from eolc_desktop.services import plans as plan_services
from eolc_desktop.services.importing import PersonChoice, accept, preview
from eolc_desktop.services.session import Session
from tests.fhir.files import NHS, SYNTHEA, allergy, bundle, cpr_flag, data, everything, patient
from tests.services.bringing_in import add_ewa, bring_in, rows, session

__all__ = ["session"]


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
