"""What a person asks for about themselves holds what nobody has decided yet, too."""

from __future__ import annotations

import io
import json
import zipfile

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.record import drafts, users
from eolc_desktop.record import exchange as tables
from eolc_desktop.record.drafts import Draft
from eolc_desktop.record.exchange import Proposal
from eolc_desktop.services import subject_access
from eolc_desktop.services.session import Session
from tests.services.test_conflicts_are_told import margaret, put_aside
from tests.sessions import DOCTOR_USER

__all__ = ["margaret"]


def test_two_versions_proposals_and_what_others_have_begun_are_in_the_file(session: Session, margaret: str) -> None:
    put_aside(session, margaret, "cpr", MAIN, decision="for")
    at = session.clock()
    changes = (("cpr", MAIN, "decision", "for"),)
    with session.store.writing() as connection:
        users.add(connection, DOCTOR_USER, at)
        tables.put_proposal(
            connection, Proposal("p", margaret, "Flag/1", "The crew changed it.", at.isoformat(), "999", changes)
        )
        drafts.keep(connection, Draft(DOCTOR_USER.id, margaret, "about_me/main", {"matters_most": "Her cat"}, at, 1))
    with zipfile.ZipFile(io.BytesIO(subject_access.everything_about(session, margaret))) as file:
        held, read = json.loads(file.read("record.json")), file.read("record.txt").decode()
    (conflict,) = held["recorded_differently"]
    assert conflict["id"] == "c-cpr"
    assert "Dr A Khan" in json.dumps(conflict)
    (proposal,) = held["proposed_by_other_systems"]
    assert (proposal["words"], proposal["from"], proposal["accepted"]) == ("The crew changed it.", "999", None)
    assert {one["by"]: one["values"] for one in held["drafts"]} == {DOCTOR_USER.name: {"matters_most": "Her cat"}}
    assert "Recorded differently by two people" in read
    assert "Not settled yet." in read
    assert "The crew changed it. (not decided yet)" in read
