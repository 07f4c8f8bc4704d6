"""Taking a person out as a FHIR file: whole, valid, read back by this program, and without what is to stay."""

from __future__ import annotations

import json
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.documents.making import make
from eolc_desktop.documents.raster import text_of
from eolc_desktop.errors import InvalidValue, NotAllowed, PrintFailed
from eolc_desktop.fhir.nrl_pointer import Publishing
from eolc_desktop.fhir.questionnaire_response import read_response
from eolc_desktop.fhir.reading import read
from eolc_desktop.paths import Profile
from eolc_desktop.record import audit
from eolc_desktop.services import exporting, people, plans
from eolc_desktop.services.session import Session
from tests.authors import AT
from tests.fhir.sharing.valid import assert_valid
from tests.fixed_clock import FixedClock
from tests.sessions import begin

SECRET = "Zqsecretfear"
PUBLISHING = Publishing("rxx", "https://record.example.nhs.uk/documents/1")


@pytest.fixture
def session(profile: Profile, clock: FixedClock) -> Iterator[Session]:
    made = begin(profile, clock)
    yield replace(made, made_up=True)  # made-up people: their numbers begin with 999
    made.store.close()


@pytest.fixture
def person_id(session: Session) -> str:
    plan = people.add_person(
        session,
        {"family_name": "Ogden", "given_names": "Peggy", "birth_date": "1938-04-02", "nhs_number": "9990000018"},
    ).plan
    for section, values in (
        ("consent", {"to_share": "given"}),
        ("cpr", {"decision": "not_for"}),
        ("about_me", {"fears": SECRET, "most_important": "my garden"}),
    ):
        plan = plans.save_entry(session, plan, section, MAIN, values).plan
    plan = plans.save_entry(session, plan, "kept_back", "", {"what": ["about_me.fears"]}).plan
    return plan.person_id


def test_the_document_is_valid_and_holds_the_plan(session: Session, person_id: str, tmp_path: Path) -> None:
    exported = exporting.prepare(session, person_id)
    file = tmp_path / exporting.FILE_NAME
    exporting.save_document(session, exported, make(exported.order), file)
    whole = json.loads(file.read_text("utf-8"))
    assert_valid(whole)
    kinds = [entry["resource"]["resourceType"] for entry in whole["entry"]]
    assert kinds[0] == "Composition"
    assert {
        "Patient",
        "Flag",
        "Consent",
        "CarePlan",
        "Provenance",
        "Questionnaire",
        "DocumentReference",
        "Binary",
    } <= set(kinds)
    addresses = [entry["fullUrl"] for entry in whole["entry"]]
    assert len(set(addresses)) == len(addresses)
    answered = [e["resource"] for e in whole["entry"] if e["resource"]["resourceType"] == "QuestionnaireResponse"]
    back = {r.entry.section: r.entry for r in (read_response(one, session.catalogue, AT) for one in answered)}
    assert back["about_me"].values == {"most_important": "my garden"}
    assert back["cpr"].items["decision"].recorded_by.name == session.user.name
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_what_is_kept_back_is_not_in_the_file_and_is_said_to_stay(
    session: Session, person_id: str, tmp_path: Path
) -> None:
    exported = exporting.prepare(session, person_id)
    assert any("kept back" in words for words in exported.stays)
    assert SECRET not in "".join(exported.stays)
    file = tmp_path / "x.json"
    pdf = make(exported.order)
    exporting.save_document(session, exported, pdf, file)
    text = file.read_text("utf-8")
    assert SECRET not in text
    page = " ".join(" ".join(text_of(pdf)).split())
    assert "my garden" in page
    assert SECRET not in page, "the page in the file holds what stays here"
    assert "Kept back" not in text
    assert "my garden" in text


@pytest.mark.parametrize("answer", ["declined", "withdrawn", None])
def test_nothing_leaves_without_consent(session: Session, person_id: str, answer: str | None) -> None:
    plans.save_entry(session, plans.read_plan(session, person_id), "consent", MAIN, {"to_share": answer})
    with pytest.raises(NotAllowed):
        exporting.prepare(session, person_id)


def test_the_export_is_noted_before_it_is_written(session: Session, person_id: str, tmp_path: Path) -> None:
    exported = exporting.prepare(session, person_id)
    with pytest.raises(PrintFailed, match="could not be saved"):
        exporting.save_document(session, exported, b"%PDF-", tmp_path / "missing" / "x.json")
    with session.store.reading() as connection:
        actions = [line.action for line in audit.lines(connection, person_id)]
    assert actions[-2:] == ["exported", "export failed"]


def test_the_program_reads_its_own_document(session: Session, person_id: str, tmp_path: Path) -> None:
    exported = exporting.prepare(session, person_id)
    file = tmp_path / "x.json"
    exporting.save_document(session, exported, b"%PDF-", file)
    assert read(file.read_bytes()).what == "a FHIR document"


def test_the_pointer_says_where_and_whose(session: Session, person_id: str, tmp_path: Path) -> None:
    exported = exporting.prepare(session, person_id)
    file = tmp_path / exporting.POINTER_FILE_NAME
    exporting.save_pointer(session, exported, b"%PDF-", file, PUBLISHING)
    pointer = json.loads(file.read_text("utf-8"))
    assert_valid(pointer)
    assert pointer["id"].startswith("RXX-")
    assert pointer["subject"]["identifier"]["value"] == "9990000018"
    assert pointer["type"]["coding"][0]["code"] == "736373009"
    assert pointer["content"][0]["attachment"]["url"] == PUBLISHING.address
    assert pointer["content"][0]["attachment"]["size"] == 5


@pytest.mark.parametrize(
    "publishing",
    [Publishing("", PUBLISHING.address), Publishing("RXX", "http://x.example"), Publishing("R X", "https://x")],
)
def test_a_pointer_that_points_nowhere_is_not_made(
    session: Session, person_id: str, tmp_path: Path, publishing: Publishing
) -> None:
    exported = exporting.prepare(session, person_id)
    with pytest.raises(InvalidValue):
        exporting.save_pointer(session, exported, b"%PDF-", tmp_path / "x.json", publishing)
    assert list(tmp_path.glob("*.json")) == []
