"""Exporting from the person's page: warned, asked where, written, and nothing when the safe answer is given."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.fhir.questionnaire_response import read_response
from eolc_desktop.services import exporting
from tests import accessibility
from tests.fhir.valid import assert_valid
from tests.pages import Page
from tests.prepared_files import PreparedFiles
from tests.views.person.conftest import Ward, go, page_of


def begun(ward: Ward, page: Page) -> Page:
    """The question that comes when the export is chosen in the menu."""
    (action,) = [a for a in page_of(page).actions() if a.text() == "Export as a FHIR file"]
    action.trigger()
    ward.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None, timeout=10_000)
    return page.dialog()


def shared(ward: Ward) -> Page:
    """The page of a made-up person who agreed to sharing and keeps something back."""
    who = ward.person(
        consent={"to_share": "given"},
        about_me={"fears": "Zqsecret", "most_important": "Music"},
        kept_back__one={"what": ["about_me.fears"]},
    )
    ward.desk.session = replace(ward.session, made_up=True)
    return ward.open(who)


def test_a_plan_is_exported_after_a_warning(ward: Ward, prepared_files: PreparedFiles, tmp_path: Path) -> None:
    told: list[object] = []
    ward.desk.told.connect(told.append)
    page = shared(ward)
    dialog = begun(ward, page)
    assert accessibility.faults(dialog.root) == []
    assert accessibility.cut_off(dialog.root) == []
    words = " ".join(dialog.words()) if not isinstance(dialog.words(), str) else dialog.words()
    assert "It is not encrypted" in words
    assert "The person asked for this to be kept back" in words
    assert "Zqsecret" not in words
    file = tmp_path / exporting.FILE_NAME
    prepared_files.paths = [file]
    dialog.press("Choose where to save")
    ward.qtbot.waitUntil(lambda: bool(told), timeout=60_000)
    assert told == ["The plan was exported. The file is not encrypted: delete it when it is no longer needed."]
    assert json.loads(file.read_text("utf-8"))["type"] == "document"
    assert prepared_files.asked == [("Export as a FHIR file", exporting.FILE_NAME)]


def test_a_section_is_exported_alone_as_a_form_that_reads_back_as_it_stands(
    ward: Ward, prepared_files: PreparedFiles, tmp_path: Path
) -> None:
    told: list[object] = []
    ward.desk.told.connect(told.append)
    page = shared(ward)
    go(page, "about_me", ward.qtbot)
    dialog = begun(ward, page)
    file = tmp_path / exporting.SECTION_FILE_NAME
    prepared_files.paths = [file]
    dialog.press("Only “What matters to them”…")
    ward.qtbot.waitUntil(lambda: bool(told), timeout=60_000)
    bundle = json.loads(file.read_text("utf-8"))
    form, answers = (entry["resource"] for entry in bundle["entry"])
    assert (form["resourceType"], answers["resourceType"]) == ("Questionnaire", "QuestionnaireResponse")
    assert answers["questionnaire"].partition("|")[0] == form["url"]
    assert_valid(form)
    assert_valid(answers)
    assert "Zqsecret" not in file.read_text("utf-8")
    assert read_response(answers, built_in(), ward.desk.now()).entry.values == {"most_important": "Music"}


def test_the_safe_answer_writes_nothing(ward: Ward, prepared_files: PreparedFiles) -> None:
    dialog = begun(ward, shared(ward))
    assert dialog.focused_name() == "Do not export"
    dialog.press("Do not export")
    assert prepared_files.asked == []


def test_without_consent_the_reason_is_told_and_nothing_asked(ward: Ward) -> None:
    told: list[object] = []
    ward.desk.told.connect(told.append)
    ward.desk.session = replace(ward.session, made_up=True)
    page = ward.open(ward.person(consent={"to_share": "declined"}))
    (action,) = [a for a in page_of(page).actions() if a.text() == "Export as a FHIR file"]
    action.trigger()
    ward.qtbot.waitUntil(lambda: bool(told), timeout=10_000)
    assert "did not agree to sharing" in str(told[0])
