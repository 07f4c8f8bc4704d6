"""The pointer for the National Record Locator, from the page of a person to the file."""

from __future__ import annotations

import json
from pathlib import Path

from eolc_desktop.views.places import Place
from tests.fhir.sharing.valid import assert_valid
from tests.pages import Page
from tests.prepared_files import PreparedFiles
from tests.views.conftest import Office

ODS, ADDRESS = "ODS code of your organisation", "Address at which the document can be fetched"


def opened(office: Office, person_id: str) -> Page:
    shell, page = office.shell()
    shell.places.go(Place("export", person_id))
    office.settle()
    page.wait_until_has(ODS)
    return page


def test_a_pointer_is_saved_as_a_file(
    set_up: Office, peggy: str, prepared_files: PreparedFiles, tmp_path: Path
) -> None:
    office = set_up
    page = opened(office, peggy)
    page.press("Save the pointer as a file…")
    assert "Please type it." in page.description(ODS)
    page.type(ODS, "R-X")
    page.type(ADDRESS, "https://record.example.nhs.uk/fhir/Binary/1")
    file = tmp_path / "pointer.json"
    prepared_files.paths = [file, file]
    page.press("Save the pointer as a file…")
    office.qtbot.waitUntil(lambda: "This is not an ODS code." in page.description(ODS), timeout=20_000)
    assert not file.exists()
    page.retype(ODS, "rxx")
    page.press("Save the pointer as a file…")
    page.wait_until_says("The pointer was saved.", 20_000)
    pointer = json.loads(file.read_text("utf-8"))
    assert_valid(pointer)
    assert pointer["custodian"]["identifier"]["value"] == "RXX"
    assert "She wishes it" not in file.read_text("utf-8"), "it holds nothing of what the plan says"
    assert "exported" in office.audit_actions()


def test_without_consent_no_pointer_is_made(set_up: Office, prepared_files: PreparedFiles) -> None:
    office = set_up
    page = opened(office, office.person({"family_name": "Jones", "nhs_number": "9990000050"}))
    page.type(ODS, "RXX")
    page.type(ADDRESS, "https://record.example.nhs.uk/fhir/Binary/1")
    page.press("Save the pointer as a file…")
    page.wait_until_says("Consent to share is not recorded yet", 10_000)
    assert prepared_files.asked == []
