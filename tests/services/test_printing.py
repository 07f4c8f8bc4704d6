"""What comes out on paper: everything that should, whole, and nothing that must not; noted before it leaves."""

from __future__ import annotations

import re
import stat
from dataclasses import replace
from pathlib import Path

import pytest

from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.care_plan.plan import Edit, Plan
from eolc_desktop.care_plan.rules.finding import ItemRef
from eolc_desktop.documents import copies
from eolc_desktop.documents.copies import ReadersChosen
from eolc_desktop.documents.kinds import DOCUMENTS
from eolc_desktop.documents.making import make
from eolc_desktop.documents.raster import text_of
from eolc_desktop.errors import PrintFailed
from eolc_desktop.record import audit, journal
from eolc_desktop.services import printing
from eolc_desktop.services.session import Session
from tests.fixed_clock import FixedClock
from tests.plans import full_plan

ALL_AWARE: dict[str, Value] = {"aware_diagnosis": "aware", "aware_prognosis": "aware", "aware_cpr": "aware"}
ORDINARY: dict[str, dict[str, Value]] = {
    "contacts": ALL_AWARE | {"involvement": "told_everything"},
    "kept_back": {"what": None, "what_words": None},
    "person": {"address_restricted": False},
    "plan_control": {"status": "agreed"},
    "death": {"died_on": None},
}


def put(session: Session, plan: Plan) -> str:
    """Record a whole plan made in memory."""
    edits = [
        Edit(section.key, entry.id, key, item.value, parent=entry.parent, told=item.told)
        for section, entry, key, item in plan.recorded()
    ]
    with session.store.writing() as connection:
        person_id = journal.add_person(connection, session.pen())
        journal.append(connection, session.pen(), person_id, edits)
    return person_id


@pytest.fixture
def person_id(session: Session) -> str:
    return put(session, full_plan(ORDINARY))


def printed(session: Session, person_id: str, document: str, readers: ReadersChosen | None = None) -> str:
    prepared = printing.prepare(session, person_id, document, readers)
    return re.sub(r"[\s­]+", "", "".join(text_of(make(prepared.order))))


def test_what_somebody_said_yes_to_is_printed(session: Session, person_id: str) -> None:
    word = "Zqaboutmefears"
    assert word not in printed(session, person_id, "family-plan")
    yes = ReadersChosen(said_yes=frozenset({ItemRef("about_me", "fears")}))
    assert word in printed(session, person_id, "family-plan", yes)


def test_a_filter_with_a_fault_prints_nothing(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    hidden = {**ORDINARY, "contacts": {**ORDINARY["contacts"], "involvement": "must_not_be_told"}}
    person_id = put(session, full_plan(hidden))
    assert printing.prepare(session, person_id, "family-plan")
    monkeypatch.setattr(copies._Judge, "_concerns_hidden", lambda *_: False)
    with pytest.raises(PrintFailed, match="must not see"):
        printing.prepare(session, person_id, "family-plan")


def test_what_is_kept_back_in_words_has_to_be_looked_for(session: Session) -> None:
    person_id = put(session, full_plan({**ORDINARY, "kept_back": {"what": None, "what_words": "The letter"}}))
    prepared = printing.prepare(session, person_id, "family-plan")
    assert any("cannot find by itself" in words for words in prepared.to_look_for)


@pytest.mark.parametrize(
    ("needs", "size", "points"),
    [
        (None, None, 14),
        (["large_print"], None, 16),
        (None, 17, 18),
        (["large_print"], 22, 22),
        (None, 40, 22),
        (None, 12, 14),
    ],
)
def test_the_size_of_print_follows_the_persons_needs(
    session: Session, needs: list[str] | None, size: int | None, points: int
) -> None:
    changes: dict[str, dict[str, Value]] = {**ORDINARY, "communication_needs": {"needs": needs, "print_size": size}}
    prepared = printing.prepare(session, put(session, full_plan(changes)), "family-plan")
    assert prepared.order.style.base_points == points
    assert bool(prepared.size_reason) is (points > 14)


@pytest.mark.parametrize(
    ("section", "values", "words"),
    [
        ("plan_control", {"status": "draft"}, "DRAFT"),
        ("plan_control", {"status": None}, "DRAFT"),
        ("death", {"died_on": "2026-11-01"}, "DIED 1 November 2026"),
    ],
)
def test_what_every_page_must_say_it_says(session: Session, section: str, values: dict[str, Value], words: str) -> None:
    agreed = printing.prepare(session, put(session, full_plan(ORDINARY)), "family-plan")
    assert agreed.order.identity.warnings == ()
    prepared = printing.prepare(session, put(session, full_plan({**ORDINARY, section: values})), "family-plan")
    assert any(words in warning for warning in prepared.order.identity.warnings)


def test_made_up_people_are_said_to_be(session: Session, person_id: str) -> None:
    prepared = printing.prepare(replace(session, made_up=True), person_id, "family-plan")
    assert any("MADE-UP" in warning for warning in prepared.order.identity.warnings)


def test_a_print_is_noted_with_its_version_and_code_and_no_value(session: Session, person_id: str) -> None:
    prepared = printing.prepare(session, person_id, "family-plan")
    printing.note_made(session, prepared, "printed", "c1")
    with session.store.reading() as connection:
        line = audit.lines(connection, person_id)[-1]
    assert line.action == "printed"
    assert line.detail["check_code"] == prepared.order.identity.check_code
    assert line.detail["version"] == prepared.order.plan.version == 1
    assert "Zq" not in str(line.detail)


def test_codes_differ_and_can_be_read_out(session: Session, person_id: str) -> None:
    codes = {printing.prepare(session, person_id, "family-plan").order.identity.check_code for _ in range(20)}
    assert len(codes) == 20
    assert all(re.fullmatch("[0-9A-HJKMNP-TV-Z]{6}", code) for code in codes)


def test_one_snapshot_is_printed_whatever_is_recorded_meanwhile(
    session: Session, person_id: str, clock: FixedClock
) -> None:
    prepared = printing.prepare(session, person_id, "family-plan")
    with session.store.writing() as connection:
        _value, base = journal.current_value(connection, person_id, "about_me", MAIN, "most_important")
        edit = Edit("about_me", MAIN, "most_important", "Something newer", base=base)
        journal.append(connection, session.pen(), person_id, [edit])
    assert "newer" not in "".join(text_of(make(prepared.order)))


def test_a_saved_copy_is_for_its_owner_alone_and_a_failed_one_leaves_nothing(
    session: Session, person_id: str, tmp_path: Path
) -> None:
    prepared = printing.prepare(session, person_id, "family-plan")
    place = tmp_path / prepared.document.file_name
    printing.save_copy(session, prepared, b"%PDF-", place)
    assert place.read_bytes() == b"%PDF-"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    with pytest.raises(PrintFailed, match="could not be saved"):
        printing.save_copy(session, prepared, b"%PDF-", tmp_path / "no such folder" / "x.pdf")
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []


def test_no_file_name_holds_a_persons_name(session: Session, person_id: str) -> None:
    for key in DOCUMENTS:
        name = printing.prepare(session, person_id, key).document.file_name
        assert "zq" not in name.lower()


def test_an_unknown_document_is_refused_in_words(session: Session, person_id: str) -> None:
    with pytest.raises(PrintFailed, match="no document called"):
        printing.prepare(session, person_id, "nonsense")
