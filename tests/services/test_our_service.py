"""What the organisation keeps: saved, found, brought in from CSV and FHIR and back, and how risks change."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from eolc_desktop.care_plan.plan import EntryState
from eolc_desktop.errors import ImportRefused, InvalidValue
from eolc_desktop.services import our_service, self_review
from eolc_desktop.services.session import Session
from tests.fixed_clock import FixedClock

SITTERS = {"name": "Night sitters", "kind": "nursing", "phone": "0113 496 0177", "area": "LS21", "refer": "Ring.",
           "hours": "Every night", "for_whom": "Anybody", "what": "Somebody sits.", "phone_night": "0113 496 0178",
           "website": "https://example.org"}  # fmt: skip


def test_what_is_saved_stands_with_who_and_when_and_can_be_taken_off(session: Session) -> None:
    plan = our_service.save(session, "services", "s1", SITTERS)
    item = plan.item("services", "phone", "s1")
    assert item is not None
    assert (item.value, item.recorded_by.name) == ("0113 496 0177", session.user.name)
    with pytest.raises(InvalidValue):
        our_service.set_state(session, "services", "s1", EntryState.WITHDRAWN, " ")
    assert our_service.set_state(session, "services", "s1", EntryState.WITHDRAWN, "Closed").entries("services") == ()
    assert len(our_service.read(session).all_entries("services")) == 1


def test_services_are_found_by_any_word(session: Session) -> None:
    our_service.save(session, "services", "s1", SITTERS)
    plan = our_service.save(session, "services", "s2", {"name": "Café for carers", "kind": "carers"})
    assert [e.id for e in our_service.found(plan, "night ls21")] == ["s1"]
    assert [e.id for e in our_service.found(plan, "cafe")] == ["s2"]
    assert len(our_service.found(plan, "")) == 2
    assert our_service.found(plan, "zzz") == ()


def test_fhir_goes_out_and_comes_back_the_same(session: Session, tmp_path: Path) -> None:
    our_service.save(session, "services", "s1", SITTERS)
    path = tmp_path / "services.json"
    assert our_service.save_fhir(session, path) == 1
    shown = our_service.preview(session, "services", path.read_bytes())
    assert (shown.new, shown.changed, shown.same) == ((), (), 1)
    bundle = json.loads(path.read_bytes())
    assert bundle["entry"][0]["resource"]["resourceType"] == "HealthcareService"
    with pytest.raises(ImportRefused):
        our_service.preview(session, "services", b'{"resourceType": "Patient"}')


def test_csv_goes_out_and_comes_back_and_says_what_it_leaves_out(session: Session, tmp_path: Path) -> None:
    our_service.save(session, "services", "s1", SITTERS | {"what": "=1+1"})
    path = tmp_path / "services.csv"
    our_service.save_csv(session, "services", path)
    assert "'=1+1" in path.read_text(encoding="utf-8-sig"), "no formula leaves"
    content = "Name;Telephone\nNight sitters;0113 496 0999\nNew one;0113 496 0100\n;1\n".encode("cp1252")
    shown = our_service.preview(session, "services", content)
    assert (len(shown.new), len(shown.changed), len(shown.left_out)) == (1, 1, 1)
    plan = our_service.bring_in(session, shown)
    assert plan.text("services", "phone", "s1") == "0113 496 0999"
    assert plan.text("services", "area", "s1") == "LS21", "what the file does not hold stays"
    with pytest.raises(ImportRefused):
        our_service.preview(session, "services", b"a,b\n1,2\n")


def test_a_risk_says_by_how_much_it_changed(session: Session, clock: FixedClock) -> None:
    our_service.save(session, "risks", "r1", {"what": "No cover", "impact": "4", "likelihood": "3"})
    clock.advance(days=30)
    our_service.save(session, "risks", "r1", {"likelihood": "2"})
    our_service.save(session, "risks", "r2", {"what": "New", "impact": "5", "likelihood": "5"})
    title, _columns, rows = self_review.read(session).parts[-1]
    assert title == "Risks"
    assert [(row[0], row[1], row[2]) for row in rows] == [("New", "25", "–"), ("No cover", "8", "Down 4")]
    assert "Down 4" in str(self_review.prepare_sheet(session).blocks)
