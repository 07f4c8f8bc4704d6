"""Find anything in this plan, by keyboard."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from tests import accessibility
from tests.views.person.conftest import Ward, page_of


def test_a_word_is_found_and_enter_opens_its_place(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person(
        about_me={"most_important": "My own bed", "strength": "The window open"},
        contacts__anna={"name": "Anna", "phone": "07700 900123"},
    )
    page = ward.open(who)
    page.key("Ctrl+Shift+F")
    page.wait_until_has("Find anything in this plan")
    assert page.focused_name() == "Find anything in this plan"
    page.keys("window")
    assert page.says("1 place.")
    assert accessibility.faults(page.root) == []
    page.key("Return")
    qtbot.waitUntil(lambda: page_of(page).places.place == "about_me", timeout=5000)
    page.key("Ctrl+Shift+F")
    page.keys("07700900")
    page.key("Return")
    qtbot.waitUntil(lambda: page_of(page).places.place == "contacts", timeout=5000)
    assert page_of(page).places.entry_page is not None
    page.wait_until_has("Name")
    assert page.read("Name") == "Anna"


def test_nothing_found_says_so_and_escape_gives_the_keyboard_back(ward: Ward) -> None:
    page = ward.open(ward.person())
    before = page.focused_name()
    page.key("Ctrl+Shift+F")
    page.keys("quixworth")
    assert page.says("“quixworth” stands nowhere in this plan on this computer.")
    page.key("Esc")
    assert page.focused_name() == before
