"""Printing for many people, by keys: chosen, warned of, under way, stopped; the window never waits for it."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter

from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.services import paper_copies
from eolc_desktop.views.batch_printing.page import BatchPrintPage
from eolc_desktop.views.printing import paper
from tests.pages import Page
from tests.prepared_files import PreparedFiles
from tests.views.conftest import AHMED, LOOKS, PEGGY, Office, walked


def open_page(office: Office, width: int = 1366, height: int = 706) -> tuple[BatchPrintPage, Page]:
    shown = BatchPrintPage(office.desk)
    page = office.show(shown, width, height)
    shown.focus_first()
    return shown, page


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "plans"
    made.mkdir()
    return made


def test_everybodys_plan_goes_into_the_folder_and_the_register(
    office: Office, folder: Path, prepared_files: PreparedFiles
) -> None:
    ids = [office.person(PEGGY), office.person(AHMED)]
    _shown, page = open_page(office)
    page.wait_until_says("2 people. Nobody who has died is among them.")
    assert page.says("readable by anybody who can open it")
    assert page.says("is answered with no")
    prepared_files.paths.append(folder)
    page.press("Choose the folder and begin…")
    page.wait_until_says("2 copies were made, each entered in the register.", 60_000)
    assert len(list(folder.iterdir())) == 2
    for person_id in ids:
        register = office.on_store(partial(paper_copies.register_of, office.session, person_id))
        assert len(register.copies) == 1


def test_it_can_be_stopped_and_says_what_was_left(office: Office, folder: Path, prepared_files: PreparedFiles) -> None:
    office.crowd(12)
    shown, page = open_page(office)
    page.wait_until_says("12 people")
    prepared_files.paths.append(folder)
    page.press("Choose the folder and begin…")
    office.qtbot.waitUntil(lambda: shown._run is None or len(shown._run._outcomes) > 0, timeout=60_000)
    page.press("Stop")
    page.wait_until_says("were not begun", 60_000)
    made = len(list(folder.iterdir()))
    assert 0 < made < 12
    assert page.says(f"{made} {'copy was' if made == 1 else 'copies were'} made")


def test_a_failure_is_named_and_the_rest_goes_on(office: Office, folder: Path, prepared_files: PreparedFiles) -> None:
    office.person(PEGGY)
    office.person(AHMED)
    shown, page = open_page(office)
    page.wait_until_says("2 people")
    shown._rows = (shown._rows[0].__class__(**{k: getattr(shown._rows[0], k) for k in shown._rows[0].__slots__}
                                           | {"id": "nobody"}), shown._rows[1])  # fmt: skip
    prepared_files.paths.append(folder)
    page.press("Choose the folder and begin…")
    page.wait_until_says("1 copy was made", 60_000)
    assert page.says("These were not made:")
    assert page.says("This person is not on this laptop.")


def test_without_a_printer_paper_is_not_offered(office: Office) -> None:
    office.person()
    _shown, page = open_page(office)
    assert not page.field("Straight to a printer").isEnabled()


@pytest.mark.parametrize(("look", "percent", "size"), LOOKS)
def test_everything_can_be_heard_reached_and_read(
    office: Office, dress: Callable[[ThemeName, int], None], look: ThemeName, percent: int, size: tuple[int, int]
) -> None:
    dress(look, percent)
    office.person()
    _shown, page = open_page(office, *size)
    page.wait_until_says("1 person. Nobody")
    assert walked(page) == []


def test_straight_to_a_printer_each_is_in_the_register_and_no_file_is_written(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def into_nothing(printer: QPrinter, _name: str) -> None:
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(os.devnull)

    monkeypatch.setattr(paper, "printer_names", lambda: ["A printer"])
    monkeypatch.setattr(QPrinter, "setPrinterName", into_nothing)
    ids = [office.person(PEGGY), office.person(AHMED)]
    _shown, page = open_page(office)
    page.wait_until_says("2 people")
    page.choose("Where to", "Straight to a printer")
    assert not page.says("readable by anybody")
    page.press("Begin")
    page.wait_until_says("2 copies were made", 60_000)
    for person_id in ids:
        (copy,) = office.on_store(partial(paper_copies.register_of, office.session, person_id)).copies
        assert copy.how == "printed"


def test_a_printer_that_does_not_answer_is_said_for_each_and_noted(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "printer_names", lambda: ["A printer"])
    monkeypatch.setattr(QPainter, "begin", lambda *_: False)
    person_id = office.person(PEGGY)
    _shown, page = open_page(office)
    page.wait_until_says("1 person")
    page.choose("Where to", "Straight to a printer")
    page.press("Begin")
    page.wait_until_says("The printer did not answer.", 60_000)
    (copy,) = office.on_store(partial(paper_copies.register_of, office.session, person_id)).copies
    assert copy.how == "not_made"
