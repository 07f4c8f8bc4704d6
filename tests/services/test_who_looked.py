"""What a person can ask for: who has seen their record, and everything that is held about them."""

from __future__ import annotations

import io
import json
import os
import stat
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import EntryState, Plan
from eolc_desktop.errors import NotAllowed, PrintFailed
from eolc_desktop.record import attachments, audit
from eolc_desktop.services import audit_report, people, plans, printing, subject_access
from eolc_desktop.services.session import Session, Visit
from tests.documents.reading import lines_as_seen
from tests.fixed_clock import FixedClock
from tests.sessions import DOCTOR_USER


@pytest.fixture
def plan(session: Session) -> Plan:
    return people.add_person(session, {"family_name": "Smith", "given_names": "Margaret Rose"}).plan


def test_the_list_has_everybody_who_looked_wrote_and_printed(session: Session, plan: Plan, clock: FixedClock) -> None:
    who = plan.person_id
    for _ in range(3):
        plans.open_plan(session, who)
    clock.advance(days=1)
    plans.save_entry(session, plan, "about_me", MAIN, {"most_important": "My own bed"})
    prepared = printing.prepare(session, who, "family-plan")
    printing.note_made(session, prepared, "printed")
    clock.advance(days=1)
    with session.store.writing() as connection:
        connection.exec_driver_sql("INSERT INTO user VALUES ('v-1', 'Vi Sitor', 'auditor', 'ICB', 'now', NULL)")
    visitor = replace(session.user, id="v-1", name="Vi Sitor", roles=frozenset({"visitor"}))
    plans.open_plan(replace(session, user=visitor, visit=Visit("complaint of 3 November")), who)
    report = audit_report.who_has_seen(session, who)
    said = [(row.who.split(",")[0], row.what, row.why) for row in report.rows]
    assert said[0] == ("Vi Sitor", "Looked at the plan", "complaint of 3 November")
    assert ("Jo Okafor", "Looked at the plan, 3 times", "") in said
    assert ("Jo Okafor", "Printed: family-plan", "") in said
    assert any(what.startswith("Recorded in: ") and who == "Jo Okafor" for who, what, _why in said)
    assert report.people == 2
    text = audit_report.as_text(report)
    assert text.count("Vi Sitor") == 1
    assert "My own bed" not in text, "the list says that something was written, not what"


def test_nothing_that_was_noted_is_left_out(session: Session, plan: Plan) -> None:
    with session.store.writing() as connection:
        audit.note(connection, session.clock(), session.user.id, "did something new", plan.person_id)
    assert "Did something new" in [row.what for row in audit_report.who_has_seen(session, plan.person_id).rows]


def test_somebody_else_s_list_is_not_in_it(session: Session, plan: Plan) -> None:
    other = people.add_person(session, {"family_name": "Khan"}).plan.person_id
    plans.open_plan(replace(session, user=DOCTOR_USER), other)
    assert all("Khan" not in row.who for row in audit_report.who_has_seen(session, plan.person_id).rows)


def test_it_is_saved_as_a_pdf_and_that_is_noted(session: Session, plan: Plan, tmp_path: Path) -> None:
    plans.open_plan(session, plan.person_id)
    path = tmp_path / audit_report.FILE_NAME
    audit_report.save_report(session, plan.person_id, path)
    assert "Lookedattheplan" in "".join(lines_as_seen(path.read_bytes())).replace(" ", "")
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "Saved this list" in [row.what for row in audit_report.who_has_seen(session, plan.person_id).rows]
    with pytest.raises(PrintFailed):
        audit_report.save_report(session, plan.person_id, tmp_path / "no such folder" / "x.pdf")


def test_everything_held_is_in_the_file(session: Session, plan: Plan, tmp_path: Path) -> None:
    who = plan.person_id
    plan = plans.save_entry(session, plan, "about_me", MAIN, {"most_important": "My own bed"}).plan
    plan = plans.save_entry(session, plan, "about_me", MAIN, {"most_important": "The garden"}).plan
    plan = plans.save_entry(session, plan, "contacts", "anna", {"name": "Anna"}).plan
    plans.set_state(session, plan, "contacts", "anna", EntryState.ENTERED_IN_ERROR, "another family")
    plans.keep_draft(session, who, "cpr/main", {"decision": "for"}, plan.version)
    path = tmp_path / subject_access.FILE_NAME
    subject_access.save_everything(session, who, path)
    with zipfile.ZipFile(io.BytesIO(path.read_bytes())) as file:
        data = json.loads(file.read("record.json"))
        text = file.read("record.txt").decode()
        first = file.read("read-this-first.txt").decode()
    values = [change["value"] for change in data["changes"]]
    assert {"My own bed", "The garden", "Anna"} <= set(map(str, values)), "with what stood before"
    assert data["drafts"][0]["values"] == {"decision": "for"}
    contacts = next(section for section in data["sections"] if section["section"] == "contacts")
    assert contacts["entries"][0]["state"] == "entered_in_error"
    assert "The garden" in text
    assert "Entered in error: another family".lower() in text.lower()
    assert "before this is given" in first.lower()
    with session.store.reading() as connection:
        assert "exported" in [line.action for line in audit.lines(connection, who)]


def test_their_scans_and_photographs_are_in_the_file_too(session: Session, plan: Plan) -> None:
    """And one that is damaged keeps nobody from the rest."""
    with session.store.writing() as connection:
        whole = attachments.keep(connection, plan.person_id, b"%PDF-1.7 a form", "application/pdf", session.clock())
        damaged = attachments.keep(connection, plan.person_id, b"\xff\xd8\xff a photo", "image/jpeg", session.clock())
        connection.exec_driver_sql("UPDATE attachment_part SET bytes = x'00' WHERE sha256 = ?", (damaged,))
    with zipfile.ZipFile(io.BytesIO(subject_access.everything_about(session, plan.person_id))) as file:
        files = {one["sha256"]: one["name"] for one in json.loads(file.read("record.json"))["files"]}
        assert set(files) == {whole, damaged}
        assert files[whole].endswith(".pdf")
        assert file.read(files[whole]) == b"%PDF-1.7 a form"
        assert file.read(files[damaged]).decode(), "words say what became of it"


def test_a_visitor_takes_nothing_out(session: Session, plan: Plan, tmp_path: Path) -> None:
    visitor = replace(session, user=replace(session.user, roles=frozenset({"visitor"})), visit=Visit("a reason"))
    for service in (subject_access.save_everything, audit_report.save_report):
        with pytest.raises(NotAllowed):
            service(visitor, plan.person_id, tmp_path / "x")
    assert audit_report.who_has_seen(visitor, plan.person_id)
