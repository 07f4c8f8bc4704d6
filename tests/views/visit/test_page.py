"""The visit by keyboard alone: six steps, left and come back to, and ended with an entry."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.services import visits
from eolc_desktop.views.person.rail import GLANCE, VISIT
from eolc_desktop.views.visit.page import VisitPage
from tests import accessibility
from tests.pages import Page
from tests.views.person.conftest import Ward, page_of, ward
from tests.views.person.keeping import SAVE

__all__ = ["ward"]
BEGIN, GO_ON = "Begin a visit", "Go on with the visit"
Dress = Callable[[ThemeName, int], None]


def visiting(page: Page) -> VisitPage:
    shown = page_of(page).places.own_page
    assert isinstance(shown, VisitPage)
    return shown


def at_step(page: Page, name: str, qtbot: QtBot, ward: Ward) -> None:
    def there() -> bool:
        shown = page_of(page).places.own_page
        return isinstance(shown, VisitPage) and shown.visit is not None and shown.visit.step == name

    qtbot.waitUntil(there, timeout=5000)
    for _ in range(3):
        ward.on_store(lambda: True)


def wait_for_keyboard(page: Page, name: str, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: page.focused_name() == name, timeout=5000)


def test_a_visit_by_keyboard_from_begin_to_its_entry(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person(places={"preferred_death": "home"}, allergies={"status": "none_known"})
    page = ward.open(who)
    page.wait_until_has(BEGIN)
    page.key("Ctrl+R")
    at_step(page, "since", qtbot, ward)
    page.wait_until_says("Nothing has changed since")
    page.key("Ctrl+PgDown")
    at_step(page, "still_so", qtbot, ward)
    version = ward.plan(who).version
    names = [n.name for n in accessibility.tree(page.root) if n.name.startswith("Still so: ")]
    for name in names:
        wait_for_keyboard(page, name, qtbot)
        page.key("Space")
    page.wait_until_says("Nothing is left to read out.")
    assert ward.plan(who).version == version, "confirming is not an edit"
    page.press("Continue")
    at_step(page, "talk", qtbot, ward)
    page.press("Talk about: What matters to them")
    qtbot.waitUntil(lambda: page_of(page).places.place == "about_me")
    page.wait_until_has("What matters most now")
    page.type("What matters most now", "The garden")
    page.choose("Who told you?", "The person")
    page.key(SAVE)
    page.wait_until_says("Saved on this laptop")
    page.wait_until_has(GO_ON)
    page.press(GO_ON)
    at_step(page, "talk", qtbot, ward)
    page.press("Step 6: Before you go")
    at_step(page, "close", qtbot, ward)
    page.type("Who was there", "Peggy and Anna")
    page.press("Finish the visit")
    qtbot.waitUntil(lambda: page_of(page).places.place == GLANCE, timeout=5000)
    (entry,) = ward.plan(who).entries(visits.LOG)
    assert entry.text("present") == "Peggy and Anna"
    assert "What matters to them" in entry.text("discussed")
    page.wait_until_has(BEGIN)


def test_leaving_at_any_point_loses_nothing_and_comes_back_to_the_same_place(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    page.key("Ctrl+R")
    at_step(page, "since", qtbot, ward)
    page.press("Step 5: What is still wanted")
    at_step(page, "missing", qtbot, ward)
    page.wait_until_has("What is the main illness?")
    page.type("What is the main illness?", "Motor neurone")
    ward.close(page)
    again = ward.open(who)
    again.wait_until_has(GO_ON)
    again.press(GO_ON)
    at_step(again, "missing", qtbot, ward)
    again.wait_until_has("What is the main illness?")
    assert again.read("What is the main illness?") == "Motor neurone"
    again.press("Step 3: Talk")
    at_step(again, "talk", qtbot, ward)
    again.press("Talk about: Preferred place of care and death")
    qtbot.waitUntil(lambda: page_of(again).places.place == "places")
    ward.close(again)
    third = ward.open(who)
    third.wait_until_has(GO_ON)
    third.key("Ctrl+R")
    qtbot.waitUntil(lambda: page_of(third).places.place == "places", timeout=5000)
    third.wait_until_has(GO_ON)
    third.key("F7")
    at_step(third, "talk", qtbot, ward)


def test_the_short_form_is_answered_by_key_and_asks_only_what_is_open(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    page.key("Ctrl+R")
    at_step(page, "since", qtbot, ward)
    page.press("Step 5: What is still wanted")
    at_step(page, "missing", qtbot, ward)
    page.wait_until_has("What is the main illness?")
    page.type("What is the main illness?", "Motor neurone disease")
    page.choose("Is there a decision about CPR?", "No CPR decision is known")
    page.press("Save these answers")
    qtbot.waitUntil(lambda: not page.has("What is the main illness?"), timeout=5000)
    plan = ward.plan(who)
    assert plan.value("diagnosis", "primary") == {"text": "Motor neurone disease"}
    assert plan.value("cpr", "decision") == "no_decision"
    assert not page.says("Is there a decision about CPR?")
    assert page.has("Still wanted: Who they are")


@pytest.mark.parametrize(("look", "percent", "size"), [("light", 100, (1366, 706)), ("dark", 200, (1024, 600))])
def test_every_step_can_be_read_aloud_and_worked_by_key(
    ward: Ward, qtbot: QtBot, dress: Dress, look: ThemeName, percent: int, size: tuple[int, int]
) -> None:
    dress(look, percent)
    who = ward.person(places={"preferred_death": "home"})
    page = ward.open(who, *size)
    page_of(page).go_to(VISIT)
    for number, name in enumerate(visits.STEPS):
        at_step(page, name, qtbot, ward)
        assert accessibility.faults(page.root) == [], name
        assert accessibility.unreached(page.root) == [], name
        qtbot.waitUntil(lambda: accessibility.cut_off(page.root) == [], timeout=3000)
        if number < len(visits.STEPS) - 1:
            visiting(page).step_by(1)
