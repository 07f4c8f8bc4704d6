"""Everything that can be done in the window: in a menu, by a key of its own, in the palette and on the sheet."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QMenuBar

from eolc_desktop.desktop.settings import Settings
from eolc_desktop.views.palette import matches
from eolc_desktop.views.places import Place
from tests.views.conftest import PEGGY, Office
from tests.views.shells import deeds


def test_every_action_is_in_a_menu_named_and_can_be_found_in_the_palette(office: Office) -> None:
    shell, page = office.shell()
    bars = shell.findChildren(QMenuBar)
    in_menus = {action for bar in bars for menu in bar.actions() for action in menu.menu().actions()}  # type: ignore[attr-defined]
    for deed in deeds(shell):
        assert deed.words.strip()
        assert deed.action in in_menus, f"{deed.words} is in no menu"
    page.key("Ctrl+K")
    listed = page.field("Commands found")
    assert isinstance(listed, QListWidget)
    shown = [listed.item(row).text() for row in range(listed.count())]
    assert shown == [deed.words for deed in deeds(shell)]


@pytest.mark.parametrize("place", ["today", "caseload", "settings", "add_person", "person", "printing", "importing"])
def test_no_key_does_two_things_and_none_is_a_single_letter(office: Office, place: str) -> None:
    """Single letters steal the text of people who speak to their computer (WCAG 2.1.4)."""
    peggy = office.person(PEGGY)
    shell, _page = office.shell()
    shell.places.go(Place(place, peggy if place in ("person", "printing") else ""))
    office.settle()
    taken: dict[str, str] = {}
    for deed in deeds(shell):
        for key in deed.action.shortcuts():
            words = key.toString()
            assert words not in taken, f"{words} is for {deed.words} and for {taken[words]}"
            assert re.search(r"Ctrl|Alt|F\d|Esc", words), f"{words} of {deed.words} is a single key"
            assert not re.search(r"Ctrl\+Alt|AltGr|Alt\+F4", words)
            taken[words] = deed.words


def test_the_palette_does_what_is_typed_and_says_why_not(office: Office) -> None:
    shell, page = office.shell()
    page.key("Ctrl+K")
    page.keys("case")
    page.key(Qt.Key.Key_Return)
    assert shell.places.page_title == "Caseload"
    page.key("Ctrl+1")
    page.key("Ctrl+K")
    page.keys("print for this")
    listed = page.field("Commands found")
    assert isinstance(listed, QListWidget)
    spoken = listed.item(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Print for this person, Open a person’s plan first"
    page.key(Qt.Key.Key_Return)
    assert shell.places.page_title == "Today"


@pytest.mark.parametrize(
    ("typed", "found"),
    [("", True), ("add", True), ("person add", True), ("adp", True), ("zzz", False), ("nda", False)],
)
def test_a_command_is_found_by_the_beginnings_of_its_words_or_its_letters_in_order(typed: str, found: bool) -> None:
    assert matches("Add a person Person", typed) is found


def test_every_shortcut_is_on_the_sheet(office: Office) -> None:
    shell, page = office.shell()
    page.key("Ctrl+/")
    table = page.field("Shortcuts")
    assert isinstance(table, QAbstractItemView)
    model = table.model()
    sheet = {str(model.index(row, 0).data()): str(model.index(row, 1).data()) for row in range(model.rowCount())}
    assert sheet == {deed.words: deed.keys for deed in deeds(shell) if deed.keys}
    assert sheet["Find a person"] == "Ctrl+F or F3"


def test_our_own_shortcuts_can_be_switched_off_and_those_of_the_platform_stay(office: Office) -> None:
    shell, page = office.shell()
    shell.use_settings(Settings(has_custom_shortcuts=False))
    keys = {deed.words: deed.keys for deed in deeds(shell)}
    assert keys["Commands"] == ""
    assert keys["Find a person"] == "Ctrl+F or F3"
    page.key("Ctrl+2")
    assert shell.places.page_title == "Today"
    shell.use_settings(Settings())
    page.key("Ctrl+2")
    assert shell.places.page_title == "Caseload"


def test_a_key_that_the_page_uses_is_the_pages_while_it_is_shown(office: Office) -> None:
    peggy = office.person(PEGGY)
    shell, page = office.shell()
    page.key("Ctrl+2")
    page.keys("smi")
    office.settle()
    page.key("Ctrl+P")
    assert shell.places.place == Place("printing", peggy)
    shell.show_today()
    prints = [deed for deed in deeds(shell) if QKeySequence("Ctrl+P") in deed.action.shortcuts()]
    assert [deed.words for deed in prints] == ["Print for this person"]


def test_text_and_theme_are_changed_by_key(office: Office) -> None:
    shell, page = office.shell()
    seen: list[tuple[str, int]] = []

    def use(settings: Settings) -> None:
        seen.append((settings.theme, settings.text_percent))
        office.desk.settings = settings

    shell.settings_chosen.connect(use)
    for key in ("Ctrl++", "Ctrl++", "Ctrl+-", "Ctrl+B", "Ctrl+B", "Ctrl+0"):
        page.key(key)
    assert seen == [("light", 110), ("light", 125), ("light", 110), ("bright", 110), ("light", 110), ("light", 100)]


def test_f6_goes_round_the_parts_of_the_window(office: Office) -> None:
    office.person(PEGGY)
    shell, page = office.shell()
    page.key("Ctrl+2")
    office.settle()
    seen = []
    for _ in range(3):
        page.key("F6")
        seen.append(page.focused_name())
    assert "Caseload" in seen
    assert "Find in the caseload by name, NHS number, postcode or date of birth" in seen
    assert shell.places.page_title == "Caseload"


def test_help_is_about_the_page_that_is_shown(office: Office) -> None:
    _shell, page = office.shell()
    page.key("Ctrl+2")
    page.key("F1")
    assert page.says("Everybody on this laptop. Type to narrow the list")
    page.key(Qt.Key.Key_Escape)
    page.key("Ctrl+1")
    page.key("F1")
    assert page.says("Today shows what is likely to be wanted now")


def test_lock_and_quit_are_asked_for_by_key(office: Office) -> None:
    shell, page = office.shell()
    with office.qtbot.waitSignal(shell.lock_wanted):
        page.key("Ctrl+L")
    with office.qtbot.waitSignal(shell.quit_wanted):
        page.key("Ctrl+Q")
