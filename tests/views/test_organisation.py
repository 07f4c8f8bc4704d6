"""What the organisation has set is seen where the choice would be, and cannot be chosen away."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QPushButton

from eolc_desktop.desktop.settings import Settings, ThemeName
from eolc_desktop.policy import NO_POLICY, Policy
from eolc_desktop.services.organisation import PRINT_ONLY
from eolc_desktop.views.batch_printing.page import BatchPrintPage
from eolc_desktop.views.printing.page import PrintPage
from eolc_desktop.views.safety.organisation_card import TITLE
from eolc_desktop.views.settings_page import SettingsPage
from tests.views.conftest import LOOKS, Office, walked

MINUTES = "Lock when nobody has used the program for"
HELD = Policy(
    is_set=True,
    decided=frozenset(("longest_idle_minutes", "may_save_pdfs", "documents", "backup_folder", "server")),
    server="https://record.example.nhs.uk/fhir",
    longest_idle_minutes=4,
    documents=frozenset(("handover", "emergency")),
    may_save_pdfs=False,
    backup_folder="/srv/backups",
    notices=("The organisation’s policy names “colour”, which this version does not know.",),
)


def held_by(office: Office, policy: Policy = HELD) -> None:
    office.desk.session = replace(office.session, policy=policy)


def shown(page: object, words: str) -> bool:
    buttons = page.root.findChildren(QPushButton)  # type: ignore[attr-defined]
    return any(button.text() == words and button.isVisible() for button in buttons)


@pytest.mark.parametrize(("theme_name", "percent", "size"), LOOKS)
def test_settings_say_what_is_set(
    office: Office, dress: object, theme_name: ThemeName, percent: int, size: tuple[int, int]
) -> None:
    dress(theme_name, percent)  # type: ignore[operator]
    held_by(office)
    page = office.show(SettingsPage(office.desk), *size)
    office.settle()
    assert page.says(TITLE)
    assert page.says("Documents are printed, not saved as files.")
    assert page.says("colour")
    assert page.says("At most 4 minutes. Set by your organisation.")
    walked(page)


def test_where_nothing_is_set_nothing_is_said(office: Office) -> None:
    held_by(office, NO_POLICY)
    page = office.show(SettingsPage(office.desk))
    office.settle()
    assert not page.says(TITLE)


def test_more_minutes_than_allowed_are_neither_offered_nor_shown(office: Office) -> None:
    held_by(office)
    widget = SettingsPage(office.desk)
    page = office.show(widget)
    widget.show_settings(Settings(idle_minutes=15))
    assert page.read(MINUTES) == "4 minutes"
    offered = [widget._minutes.itemData(place) for place in range(widget._minutes.count())]
    assert offered == [1, 2, 3, 4]


def test_the_second_place_is_read_and_not_typed(office: Office) -> None:
    held_by(office)
    widget = SettingsPage(office.desk)
    office.show(widget)
    office.settle()
    assert widget._second._folder.text() == "/srv/backups"
    assert widget._second._folder.isReadOnly()
    assert not widget._second._save.isVisible()


def test_the_print_page_offers_what_is_allowed_and_no_saving(office: Office) -> None:
    who = office.person()
    held_by(office)
    widget = PrintPage(office.desk, who)
    page = office.show(widget)
    office.qtbot.waitUntil(lambda: widget._shown is not None, timeout=30_000)
    office.settle()
    assert list(widget._choices._kinds) == ["emergency", "handover"]
    assert page.says(PRINT_ONLY)
    assert not shown(page, "Save as PDF…")
    assert not shown(page, "Save a form to fill in…")
    assert shown(page, "Print")


def test_many_people_are_printed_and_not_saved(office: Office) -> None:
    held_by(office)
    widget = BatchPrintPage(office.desk)
    office.show(widget)
    office.settle()
    assert not widget._where.buttons["folder"].isEnabled()
