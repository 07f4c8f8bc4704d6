"""The page on which records are deleted when their time is over: chosen one by one, signed, and written down."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from eolc_desktop.models import keys
from eolc_desktop.models.keys import KeySlots
from eolc_desktop.services import people
from eolc_desktop.views.safety.retention_page import RetentionPage
from tests.pages import Page
from tests.views.conftest import AHMED, LOOKS, MARY, PEGGY, Office, walked


@pytest.fixture
def died(office: Office) -> None:
    office.person(PEGGY, death={"died_on": "2011-03-01"})
    office.person(MARY, death={"died_on": "2020-03-01"})
    office.person(AHMED)


def shown(office: Office, *size: int) -> Page:
    made = RetentionPage(office.desk)
    page = office.show(made, *(size or (1366, 706)))
    made.focus_first()
    page.wait_until_says("What was deleted before")
    return page


def asked(office: Office, page: Page) -> Page:
    def is_asked() -> bool:
        dialog, focused = QApplication.activeModalWidget(), QApplication.focusWidget()
        return dialog is not None and focused is not None and focused.window() is dialog

    office.qtbot.waitUntil(is_asked, timeout=5000)
    return page.dialog()


def test_only_whose_time_is_over_is_offered_and_nobody_is_ticked(office: Office, died: None) -> None:
    page = shown(office)
    page.wait_until_says("1 person, by the rule of 8 years after the death.")
    name = "SMITH, Margaret Rose (Mrs), NHS No. 999\u00a0000\u00a00018, died 01-Mar-2011"
    assert page.read(name) == "not ticked"
    page.press("Delete the records that are ticked…")
    page.wait_until_says("Please tick whose record is to be deleted.")
    page.retype("Whole years after the death that a record is kept", "0")
    page.press("Save the rule")
    page.wait_until_says("Please give whole years from 1 to 99.")
    page.retype("Whole years after the death that a record is kept", "5")
    page.press("Save the rule")
    page.wait_until_says("2 people: 5 years after the death.")


def test_it_is_asked_signed_and_written_down(office: Office, died: None, monkeypatch: pytest.MonkeyPatch) -> None:
    # There are no key slots in this record: that the passphrase is proved is shown in tests/services/test_retention.py.
    monkeypatch.setattr(keys, "unlock_with_passphrase", lambda *_: None)
    monkeypatch.setattr(KeySlots, "load", lambda *_, **__: None)
    page = shown(office)
    page.wait_until_says("1 person, by the rule")
    page.tick("SMITH, Margaret Rose (Mrs), NHS No. 999\u00a0000\u00a00018, died 01-Mar-2011")
    page.press("Delete the records that are ticked…")
    page.wait_until_says("Please type your passphrase.")
    page.type("Your own passphrase, to delete them", "four dry words")
    page.press("Delete the records that are ticked…")
    asked(office, page).press("Keep them")
    page.root.window().activateWindow()
    office.qtbot.waitUntil(lambda: QApplication.activeWindow() is page.root.window(), timeout=5000)
    page.field("Back").setFocus()
    assert office.on_store(lambda: people.caseload(office.session).total) == 3
    page.press("Delete the records that are ticked…")
    asked(office, page).press("Delete 1 record for good")
    page.wait_until_says("Deleted, and written down in the log.")
    page.wait_until_says("by the rule “8 years after the death”")
    page.wait_until_says("Nobody: nobody here died more than 8 years ago.")
    assert office.on_store(lambda: people.caseload(office.session).total) == 2


@pytest.mark.parametrize(("theme_name", "percent", "size"), LOOKS)
def test_it_can_be_walked(
    office: Office, died: None, dress: object, theme_name: str, percent: int, size: tuple[int, int]
) -> None:
    dress(theme_name, percent)  # type: ignore[operator]
    page = shown(office, *size)
    page.wait_until_says("1 person, by the rule")
    assert walked(page) == []
