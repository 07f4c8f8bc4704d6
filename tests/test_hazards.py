"""The hazard log and the tests agree: no proof that is not there, no stale document, no hazard that nobody knows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests import hazards
from tests.prove.test_controls import TAKEN_OUT, without

ROOT = Path(__file__).resolve().parent.parent


def test_the_document_is_as_it_is_made() -> None:
    assert hazards.WRITTEN.read_text(encoding="utf-8") == hazards.document(), "run `make safety`"


def test_every_proof_is_there() -> None:
    assert hazards.missing_proofs() == []


def test_every_hazard_has_its_number_and_none_is_left_out() -> None:
    assert [hazard.id for hazard in hazards.hazards()] == [f"H{number:02d}" for number in range(1, 41)]


def test_what_is_proved_names_its_controls_and_what_is_not_is_said_to_be_open() -> None:
    for hazard in hazards.hazards():
        assert bool(hazard.controls) == bool(hazard.proofs), hazard.id
        if not hazard.proofs:
            assert hazard.before == hazard.after, f"{hazard.id}: nothing was done, so nothing is less likely"
            assert f"- {hazard.id}: " in hazards.document().split("## Open")[1]


def test_every_marker_in_a_test_is_a_hazard_of_the_log() -> None:
    known = {hazard.id for hazard in hazards.hazards()}
    for path in (ROOT / "tests").rglob("test_*.py"):
        for line in re.findall(r"mark\.hazard\(([^)]*)\)", path.read_text(encoding="utf-8")):
            assert set(re.findall(r"H\d\d", line)) <= known, path.name


def test_a_proof_carries_the_marker(request: pytest.FixtureRequest) -> None:
    """`pytest -m hazard` runs the proofs: conftest marks them by the log."""
    assert hazards.hazards_of("tests/record/test_chain.py::test_what_was_saved_by_the_program_fits") == ("H30",)
    assert hazards.hazards_of("tests/test_hazards.py::test_every_proof_is_there") == ()


def test_every_control_can_still_be_taken_out() -> None:
    """`make prove` takes each out and sees its proof fail; that it would find what to take out is seen here."""
    changed = []
    for one in TAKEN_OUT:
        try:
            without((ROOT / "eolc_desktop" / one["file"]).read_text(encoding="utf-8"), one)
        except AssertionError as error:
            changed.append(f"{one['control']}: {error}")
    assert changed == []


def test_a_proof_that_went_away_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    one = hazards.hazards()[0]
    gone = hazards.Hazard(one.id, one.title, one.harm, one.before, one.after, one.controls, ("tests/gone.py::x",), "")
    monkeypatch.setattr(hazards, "hazards", lambda: (gone,))
    assert hazards.missing_proofs() == ["H01: tests/gone.py::x"]
