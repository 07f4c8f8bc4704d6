"""Scans and photographs by keyboard: added, listed, shown, and refused in words."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from eolc_desktop.views.attachments.page import AttachmentsPage
from eolc_desktop.views.attachments.viewer import AttachmentViewer
from eolc_desktop.views.person.rail import FILES
from eolc_desktop.views.widgets import ask
from tests import accessibility
from tests.documents.test_attached import pdf
from tests.pages import Page
from tests.views.importing.test_page import Chooses
from tests.views.person.conftest import Ward, page_of


def opened(ward: Ward, person: str) -> tuple[Page, AttachmentsPage]:
    page = ward.open(person)
    page_of(page).go_to(FILES)
    found = page.root.findChild(AttachmentsPage)
    assert isinstance(found, AttachmentsPage)
    return page, found


def choose(ward: Ward, page: Page, path: Path) -> None:
    before = ask.replace_asking(Chooses(path))
    try:
        page.press("Add a scan or photograph…")
    finally:
        ask.replace_asking(before)


def test_a_form_is_scanned_in_found_in_the_list_and_shown_larger(ward: Ward, tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    path.write_bytes(pdf(2))
    page, _files = opened(ward, ward.person())
    assert accessibility.faults(page.root) == []
    choose(ward, page, path)
    page.wait_until_has("Keep it in the record", milliseconds=20_000)
    assert accessibility.faults(page.root) == []
    page.press("Keep it in the record")
    page.wait_until_says("a short title is needed")
    page.type("Title", "CPR form on the fridge")
    page.type("Where the original is", "On the fridge door")
    page.press("Keep it in the record")
    page.wait_until_has("Show: CPR form on the fridge", milliseconds=20_000)
    page.wait_until_says("CPR form on the fridge")
    page.wait_until_says("On the fridge door")
    assert accessibility.faults(page.root) == []

    page.press("Show: CPR form on the fridge")
    viewer = page.root.findChild(AttachmentViewer)
    assert isinstance(viewer, AttachmentViewer)
    ward.qtbot.waitUntil(lambda: not viewer._picture.pixmap().isNull(), timeout=20_000)
    page.wait_until_says("Page 1 of 2")
    assert accessibility.faults(page.root) == []
    QTest.keyClick(viewer.area, Qt.Key.Key_Plus)
    assert viewer.zoom > 1
    QTest.keyClick(viewer.area, Qt.Key.Key_0)
    assert viewer.zoom == 1
    page.press("Next page")
    page.wait_until_says("Page 2 of 2")
    ward.qtbot.waitUntil(lambda: not viewer.is_drawing, timeout=20_000)
    QTest.keyClick(viewer.area, Qt.Key.Key_Escape)
    assert viewer._data == b"", "the file is let go from memory"
    page.wait_until_says("CPR form on the fridge")
    ward.on_store(lambda: True)


@pytest.mark.parametrize(("held", "why"), [(b"MZ program", "not a picture"), (b"%PDF-1.7 cut", "damaged")])
def test_what_cannot_be_shown_is_refused_and_nothing_is_added(
    ward: Ward, tmp_path: Path, held: bytes, why: str
) -> None:
    path = tmp_path / "photo.jpg"
    path.write_bytes(held)
    page, files = opened(ward, ward.person())
    choose(ward, page, path)
    ward.qtbot.waitUntil(lambda: why in files._message.words(), timeout=20_000)
    assert files._new is None


def test_the_entry_behind_a_file_is_one_press_away(ward: Ward) -> None:
    person = ward.person(documents__one={"title": "Old letter", "sha256": "0" * 64})
    page, _files = opened(ward, person)
    page.wait_until_has("Details: Old letter", milliseconds=20_000)
    page.wait_until_says("The file itself is not on this laptop.")
    page.press("Details: Old letter")
    entry = page_of(page).places.entry_page
    assert entry is not None
    assert entry.entry_id == "one"
