"""A whole exchange of two laptops over a real HAPI FHIR: nothing lost, nothing decided alone, no secret told."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import random
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.nhs_number import is_valid
from eolc_desktop.clock import system_clock
from eolc_desktop.documents.attached import Inspected
from eolc_desktop.fhir.questionnaire import questionnaire
from eolc_desktop.fhir.sharing.projecting import name_of
from eolc_desktop.services import attachments
from eolc_desktop.sync import all_changes, how_far
from eolc_desktop.sync.http import Http
from eolc_desktop.sync.names import paper_key
from eolc_desktop.sync.ports import ServerAbilities
from eolc_desktop.sync.probe import body_of
from eolc_desktop.sync.projecting import ids_of
from eolc_desktop.sync.receiving import MANIFESTS, types_of
from eolc_desktop.sync.server import Request, server_at
from eolc_desktop.sync.store_ledger import StoreLedger
from tests.documents.test_attached import pdf
from tests.fhir.sharing.valid import assert_valid
from tests.servers.hapi import Hapi
from tests.servers.laptops import Laptop, laptop
from tests.sessions import DOCTOR_USER, NURSE_USER

pytestmark = [pytest.mark.xdist_group("hapi"), pytest.mark.timeout(900)]

PERSON = {"family_name": "Ogden", "given_names": "Peggy", "birth_date": "1938-04-02"}
HAPI_ABILITIES = ServerAbilities(begins_at_0=True, etags_in_transactions=True, lists_changes="_history")
SECRET = "Zqsecretfear"


@pytest.fixture
def two(hapi: Hapi, tmp_path: Path) -> Iterator[tuple[Laptop, Laptop]]:
    with ExitStack() as stack:
        yield (
            stack.enter_context(laptop(tmp_path / "a", system_clock, NURSE_USER, hapi.address, HAPI_ABILITIES)),
            stack.enter_context(laptop(tmp_path / "b", system_clock, DOCTOR_USER, hapi.address, HAPI_ABILITIES)),
        )


def number_nobody_has() -> str:
    """An invented NHS number; two people with one number would rightly be held back until somebody looked."""
    return next(n for _ in iter(int, 1) if is_valid(n := f"999{random.randrange(10**7):07d}"))


def begun(nurse: Laptop) -> str:
    """A person with consent, a CPR decision, an allergy and something kept back, recorded offline."""
    person_id = nurse.add(PERSON | {"nhs_number": number_nobody_has()})
    nurse.save(person_id, "consent", {"to_share": "given"})
    nurse.save(person_id, "cpr", {"decision": "not_for", "decided_at": "2026-03-12"})
    nurse.save(person_id, "allergy", {"substance": {"text": "Penicillin"}}, "")
    nurse.save(person_id, "about_me", {"fears": SECRET, "most_important": "my garden"})
    nurse.save(person_id, "kept_back", {"what": ["about_me.fears"]}, "")
    return person_id


class OtherSystem:
    """An ambulance system that reads and writes the same server with plain FHIR."""

    def __init__(self, address: str) -> None:
        self._address = address

    def read(self, key: str) -> dict[str, Any]:
        with Http(server_at(self._address)) as http:
            return body_of(http.send(Request("GET", key)))

    def write(self, resource: dict[str, Any]) -> None:
        key = f"{resource['resourceType']}/{resource['id']}"
        with Http(server_at(self._address)) as http:
            version = str(resource["meta"]["versionId"])
            assert http.send(Request("PUT", key, json.dumps(resource).encode(), if_match=version)).ok

    def everything_about(self, person_id: str) -> list[dict[str, Any]]:
        with Http(server_at(self._address)) as http:
            url = f"Patient/{ids_of(person_id)()}"
            kinds = ("Flag", "Consent", "Condition", "AllergyIntolerance", "CarePlan", "QuestionnaireResponse", "List")
            found = [body_of(http.send(Request("GET", url)))]
            for kind in kinds:
                answer = http.send(Request("POST", f"{kind}/_search", form={"patient": url}, fresh=True))
                found += [entry["resource"] for entry in body_of(answer).get("entry", [])]
        return found


def test_a_plan_goes_there_and_comes_back_and_the_other_way(two: tuple[Laptop, Laptop], hapi: Hapi) -> None:
    nurse, doctor = two
    person_id = begun(nurse)
    assert nurse.sync().stopped is None
    assert nurse.standing(person_id).waiting_since == ""
    assert doctor.sync().stopped is None
    plan = doctor.plan(person_id)
    assert plan.text("cpr", "decision") == "not_for"
    assert plan.text("about_me", "most_important") == "my garden"
    assert plan.item("cpr", "decision").recorded_by.name == NURSE_USER.name  # type: ignore[union-attr]

    doctor.save(person_id, "places", {"preferred_death": "hospice"})
    assert doctor.sync().stopped is None
    assert nurse.sync().stopped is None
    assert nurse.plan(person_id).text("places", "preferred_death") == "hospice"

    sent = OtherSystem(hapi.address).everything_about(person_id)
    assert {"Patient", "Flag", "Consent", "AllergyIntolerance", "CarePlan", "QuestionnaireResponse", "List"} <= {
        r["resourceType"] for r in sent
    }
    assert SECRET not in json.dumps(sent)
    assert plan.value("about_me", "fears") is None
    for resource in sent:
        assert_valid({k: v for k, v in resource.items() if k != "text"})

    assert nurse.sync().stopped is None
    assert nurse.requests <= 2, "with nothing to do, a sync is one or two requests"


def test_what_changed_comes_in_one_list(two: tuple[Laptop, Laptop]) -> None:
    nurse, doctor = two
    for each in two:
        each.setup = replace(each.setup, overlap=timedelta(seconds=2))  # what other tests wrote makes no long list
    person_id = begun(nurse)
    for each in (nurse, doctor, nurse, doctor):
        assert each.sync().stopped is None
    nurse.save(person_id, "places", {"preferred_death": "hospice"})
    assert nurse.sync().stopped is None
    assert asks_for_one_list(doctor)
    assert doctor.sync().stopped is None
    assert doctor.plan(person_id).text("places", "preferred_death") == "hospice"
    assert asks_for_one_list(doctor), "it did, so that it is asked for again"


def asks_for_one_list(nurse: Laptop) -> bool:
    """Whether the next exchange begins with the list of everything that changed."""
    with nurse.session.store.writing() as connection:
        ledger = StoreLedger(connection, nurse.session.pen())
        since = how_far.start(ledger, nurse.setup, MANIFESTS)
        return bool(all_changes.start(ledger, nurse.setup, types_of(nurse.setup), since))


def test_the_pdf_and_a_scan_go_there_and_the_scan_comes_whole_to_another_laptop(
    two: tuple[Laptop, Laptop], hapi: Hapi
) -> None:
    nurse, doctor = two
    person_id = begun(nurse)
    scan = pdf(2) + random.Random(1).randbytes(3 * 1024 * 1024)  # what follows a PDF is part of the file
    what = {"title": "CPR form on the fridge"}
    inspected = Inspected("application/pdf", len(scan), 2)
    attachments.attach(nurse.session, nurse.plan(person_id), what, scan, inspected)
    assert nurse.sync().stopped is None
    other = OtherSystem(hapi.address)
    reference = other.read(paper_key(person_id))
    assert_valid({k: v for k, v in reference.items() if k != "text"})
    paper = base64.b64decode(other.read(reference["content"][0]["attachment"]["url"])["data"])
    words = "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)
    assert "my garden" in words
    assert SECRET not in words
    asked = other.read(f"Questionnaire/{questionnaire(built_in()['cpr'])['id']}")
    assert asked["url"].endswith("cpr")

    assert doctor.sync().stopped is None
    sha256 = hashlib.sha256(scan).hexdigest()
    assert attachments.read_file(doctor.session, person_id, sha256) == scan
    assert doctor.sync().stopped is None
    assert nurse.sync().stopped is None
    assert (nurse.sync().stopped, nurse.requests) == (None, 1)
    nurse.save(person_id, "about_me", {"most_important": "the sea"})
    assert nurse.sync().stopped is None
    assert other.read(paper_key(person_id))["status"] == "current"
    assert other.read(paper_key(person_id))["meta"]["versionId"] == "3", "no longer current in between"


def test_two_decisions_about_cpr_stay_both_until_a_person_chooses(two: tuple[Laptop, Laptop]) -> None:
    nurse, doctor = two
    person_id = begun(nurse)
    nurse.sync()
    doctor.sync()
    nurse.save(person_id, "cpr", {"reason": "as she wished"})
    doctor.save(person_id, "cpr", {"decision": "for"})
    doctor.sync()
    assert nurse.sync().stopped is None
    (conflict,) = nurse.conflicts(person_id)
    assert {item.place[2] for item in conflict.items} >= {"reason"} or {i.place[2] for i in conflict.items}
    doctor.sync()
    assert [c.id for c in doctor.conflicts(person_id)] == [conflict.id], "an open conflict travels"


def test_an_ambulance_crew_changes_the_cpr_flag_and_nothing_happens_by_itself(
    two: tuple[Laptop, Laptop], hapi: Hapi
) -> None:
    nurse, _doctor = two
    person_id = begun(nurse)
    nurse.sync()
    ambulance = OtherSystem(hapi.address)
    flag = ambulance.read(f"Flag/{ids_of(person_id)('flag', 'cpr')}")
    assert name_of(flag) == "flag/cpr"
    flag["code"] = {"coding": [{"system": "http://snomed.info/sct", "code": "450475007"}]}
    flag["extension"].append({"url": "https://ambulance.example/crew", "valueString": "A12"})
    ambulance.write(flag)
    assert nurse.sync().stopped is None
    (proposal,) = nurse.proposals(person_id)
    assert ("cpr", "main", "decision", "for") in proposal.changes
    assert nurse.plan(person_id).text("cpr", "decision") == "not_for"
    nurse.save(person_id, "places", {"preferred_death": "home"})
    nurse.sync()
    there = ambulance.read(f"Flag/{flag['id']}")
    assert there["code"]["coding"][0]["code"] == "450475007", "undecided, it is left alone"
    assert len(nurse.proposals(person_id)) == 1


def test_withdrawn_consent_leaves_and_nothing_else_does(two: tuple[Laptop, Laptop], hapi: Hapi) -> None:
    nurse, _doctor = two
    person_id = begun(nurse)
    nurse.sync()
    nurse.save(person_id, "consent", {"to_share": "withdrawn"})
    nurse.save(person_id, "about_me", {"most_important": "Zqafterwards"})
    nurse.sync()
    sent = OtherSystem(hapi.address).everything_about(person_id)
    (consent,) = [r for r in sent if r["resourceType"] == "Consent"]
    assert consent["status"] == "inactive"
    assert "Zqafterwards" not in json.dumps(sent)


def test_a_server_that_is_killed_loses_nothing(two: tuple[Laptop, Laptop], hapi: Hapi) -> None:
    nurse, doctor = two
    person_id = begun(nurse)
    nurse.sync()
    nurse.save(person_id, "places", {"preferred_death": "home"})
    hapi.kill()
    stopped = nurse.sync().stopped
    assert stopped is not None
    assert "reach" in stopped.reason or "broke" in stopped.reason
    assert nurse.standing(person_id).waiting_since
    nurse.save(person_id, "about_me", {"strength": "her sister"})
    hapi.start()
    assert nurse.sync().stopped is None
    assert nurse.standing(person_id).waiting_since == ""
    doctor.sync()
    plan = doctor.plan(person_id)
    assert (plan.text("places", "preferred_death"), plan.text("about_me", "strength")) == ("home", "her sister")
