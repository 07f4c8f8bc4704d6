"""The page of a person: who it is, finding one's way by keyboard, the glance, and what leaving it does."""

from __future__ import annotations

import re

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.desktop.clipboard import PRIVATE
from eolc_desktop.desktop.settings import Settings
from eolc_desktop.record import audit
from eolc_desktop.services.session import Changes
from eolc_desktop.views.person.page import PersonPage
from eolc_desktop.views.person.rail import (
    AFTER_DEATH,
    FILES,
    FINDINGS,
    GLANCE,
    HISTORY,
    LAST_DAYS,
    MEASURES,
    NOTHING_YET,
    PROMISES,
    SERVICES,
)
from eolc_desktop.views.widgets.announce import listen, stop_listening
from tests import accessibility
from tests.pages import Page
from tests.pictures import take
from tests.views.person.conftest import Ward, go, page_of

CPR = {
    "decision": "not_for",
    "decided_at": "2026-10-12",
    "decided_by_name": "Dr A Khan",
    "decided_by_role": "consultant",
    "form_location": "yellow folder",
}


def place(page: Page) -> str:
    return page_of(page).places.place


def test_opening_says_who_this_is_and_is_noted_once(ward: Ward) -> None:
    who = ward.person(cpr=CPR)
    heard: list[str] = []
    listen(heard.append)
    page = ward.open(who)
    stop_listening(heard.append)
    told = next(words for words in heard if words.startswith("Now showing SMITH, Margaret Rose (Mrs)"))
    assert "Born 5 April 1941, 85 years old" in told
    assert "Do not attempt CPR – recorded 12-Oct-2026 by Dr A Khan, consultant" in told
    assert page_of(page).page_title == "At a glance"

    def opened() -> list[str]:
        with ward.session.store.reading() as connection:
            return [line.action for line in audit.lines(connection, who)]

    ward.desk.changed.emit(Changes(frozenset((who,))))
    ward.on_store(lambda: True)
    assert ward.on_store(opened) == ["opened"]


def test_a_person_who_is_not_there_is_said_in_words(ward: Ward, qtbot: QtBot) -> None:
    shown = PersonPage(ward.desk, "nobody")
    ward.pages.append(shown)
    page = ward.open_window(shown, 1366, 706)
    page.wait_until_says("This person is not on this laptop.")


def test_the_banner_says_all_of_it_in_order(ward: Ward) -> None:
    page = ward.open(ward.person())
    words = page.words()
    banner = ["SMITH, Margaret Rose (Mrs)", "Preferred name  Peggy", "Born", "Gender", "NHS No."]
    places = [words.index(part) for part in banner]
    assert places == sorted(places)
    assert page.says("Born 5 April 1941, 85 years old")
    assert page.says("NHS No. 999\u00a0000\u00a00018 not verified")
    shown = [word for word in words if word.startswith(("Address", "Phone", "Needs", "⚠"))]
    assert shown == ["Address  Not recorded", "Phone  Not recorded", "Needs  Not asked yet", "⚠ Allergies not recorded"]


def test_the_second_row_opens_and_closes(ward: Ward) -> None:
    page = ward.open(ward.person(person={"address": "14 Mill Lane", "phone": "01943 1", "email": "peggy@example.org"}))
    assert not page.says("peggy@example.org")
    page.press("Show more about who this is")
    assert page.says("Phone and e-mail  01943 1 · peggy@example.org")
    page.press("Show more about who this is")
    assert not page.says("peggy@example.org")


@pytest.mark.parametrize(("look", "percent"), [("light", 100), ("bright", 200)])
def test_a_banner_of_someone_who_has_died_differs_in_colour_and_pattern(
    ward: Ward, dress: object, look: str, percent: int
) -> None:
    dress(look, percent)  # type: ignore[operator]
    living = take(page_of(ward.open(ward.person())).banner)
    page = ward.open(ward.person(death={"died_on": "2026-11-10"}))
    assert page.says("Died 10 November 2026")
    assert page.says("Age at Death 85 years")
    died = take(page_of(page).banner)
    at = (died.width() - 30, 10)
    assert living.pixel(*at) != died.pixel(*at)
    row = {died.pixel(x, 10) for x in range(died.width() - 60, died.width() - 20)}
    assert len(row) > 1, "the ground has no pattern"
    assert len({living.pixel(x, 10) for x in range(living.width() - 60, living.width() - 20)}) == 1


def test_the_nhs_number_is_copied_on_request_and_does_not_stay(ward: Ward, qtbot: QtBot) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("something else")
    page = ward.open(ward.person())
    assert clipboard.text() == "something else"
    page.press("Copy NHS number")
    assert clipboard.text() == "9990000018"
    assert set(PRIVATE) <= set(clipboard.mimeData().formats()), "no history of the computer keeps it"
    keeper = page_of(page).banner._copy
    assert keeper._timer.interval() == 10_000
    keeper._timer.setInterval(1)
    keeper._timer.start()
    qtbot.waitUntil(lambda: clipboard.text() == "")
    keeper._timer.setInterval(10_000)
    page.press("Copy NHS number")
    clipboard.setText("copied meanwhile")
    keeper.clear()
    assert clipboard.text() == "copied meanwhile", "what somebody copied since was taken from them"
    page.press("Copy NHS number")
    ward.close(page)
    assert clipboard.text() == "", "the number outlives the plan it was copied from"


def test_the_cpr_line_is_always_there_with_the_law_beside_it(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    for words in (
        "No CPR decision recorded",
        "Advance decision to refuse treatment: not recorded",
        "Attorney for health and welfare: none recorded",
    ):
        assert page.says(words)
    ward.write(who, [Edit("cpr", MAIN, key, value) for key, value in CPR.items()])
    ward.desk.changed.emit(Changes(frozenset((who,))))
    page.wait_until_says("Do not attempt CPR – recorded 12-Oct-2026 by Dr A Khan, consultant")
    for section in ("cpr", "allergies", "attorneys", "advance_refusal"):
        go(page, section, qtbot)
        assert page.says("Do not attempt CPR"), section
        assert page.says("Attorney for health and welfare: none recorded"), section


def test_the_cpr_line_is_never_greyed_and_a_decision_against_is_the_one_strong_block(ward: Ward) -> None:
    for decision, look in (("not_for", "do_not"), ("for", "key_line")):
        page = ward.open(ward.person(cpr={**CPR, "decision": decision}))
        lines = page_of(page).places.glance._decisions._headlines.values()
        assert [line.property("look") for line in lines if line.isVisible() and line.isEnabled()] == [look]
        ward.close(page)


def test_alt_and_a_digit_lead_to_the_parts(ward: Ward) -> None:
    page = ward.open(ward.person())
    page.key("Alt+2")
    assert place(page) == "person"
    page.key("Alt+3")
    assert place(page) == "about_me"
    page.key("Ctrl+PgDown")
    assert place(page) == "goals"
    page.key("Alt+1")
    assert place(page) == GLANCE
    page.key("Alt+3")
    assert place(page) == "goals", "the part forgot where one was in it"
    page.key("Alt+0")
    assert place(page) == HISTORY


def test_ctrl_page_keys_go_through_every_section(ward: Ward) -> None:
    page = ward.open(ward.person())
    seen = [place(page)]
    for _ in range(120):
        page.key("Ctrl+PgDown")
        if place(page) == seen[-1]:
            break
        seen.append(place(page))
    # The register of paper copies is a page of its own, which nobody comes to by going through the sections; parental
    # responsibility is for children.
    elsewhere = ("paper_copies", "parental_responsibility")
    sections = [s.key for s in ward.session.catalogue if not s.parent and s.key not in elsewhere]
    own = [PROMISES, SERVICES, LAST_DAYS, AFTER_DEATH, MEASURES, FILES, FINDINGS, HISTORY]
    assert seen == [GLANCE, *sections, *own]
    page.key("Ctrl+PgUp")
    assert place(page) == FINDINGS


def test_the_rail_opens_one_part_at_a_time_and_enter_goes_there(ward: Ward) -> None:
    page = ward.open(ward.person())
    assert page.focused_name() == "Sections of the plan"
    page.key("Down")
    page.key("Return")
    page.key("Down")
    page.key("Return")
    assert place(page) == "person"
    assert page.focused_name() == "Title"
    rail = page_of(page).rail
    page.key("Alt+8")
    opened = [part.value for part, item in rail._parts.items() if item.isExpanded()]
    assert opened == ["people"]


def test_the_rail_says_only_where_nothing_is_recorded(ward: Ward) -> None:
    page = ward.open(ward.person())
    rail = page_of(page).rail

    def note(item: QTreeWidgetItem) -> str:
        return str(item.data(0, 258))

    assert note(rail._items["person"]) == ""
    assert note(rail._items["about_me"]) == NOTHING_YET
    said = " ".join(str(item.data(0, 11)) for item in rail._items.values())
    assert not re.search(r"\d+ of \d+|\d", said.replace("0 to 10", "")), "a section is no form to be filled to the end"


def test_keys_of_our_own_can_be_switched_off(ward: Ward) -> None:
    ward.desk.settings = Settings(has_custom_shortcuts=False)
    page = ward.open(ward.person())
    page.key("Alt+2")
    assert place(page) == GLANCE
    keys = {key.toString() for action in page_of(page).actions() for key in action.shortcuts()}
    assert keys == {"Ctrl+Return", "Ctrl+Enter", "Ctrl+Z", "Esc"}
    assert "Go to: What matters" in {action.text() for action in page_of(page).actions()}


def test_no_key_does_two_things(ward: Ward) -> None:
    page = ward.open(ward.person())
    keys = [key.toString() for action in page_of(page).actions() for key in action.shortcuts()]
    assert len(set(keys)) == len(keys)


def test_ctrl_arrows_go_from_item_to_item(ward: Ward, qtbot: QtBot) -> None:
    page = ward.open(ward.person())
    go(page, "person", qtbot)
    page.key("Ctrl+Down")
    assert page.focused_name() == "Given names"
    page.key("Ctrl+Down")
    page.key("Ctrl+Up")
    page.key("Ctrl+Up")
    assert page.focused_name() == "Title"


def test_the_panes_are_the_banner_the_sections_the_place_and_the_bar(ward: Ward) -> None:
    page = ward.open(ward.person())
    shown = page_of(page)
    panes = [pane for pane in shown.panes() if pane.isVisible()]
    assert panes == [shown.banner, shown.rail.parentWidget(), shown.places, shown.bar]


def test_a_card_leads_to_its_section(ward: Ward) -> None:
    page = ward.open(ward.person())
    page.press("What matters to Peggy")
    assert place(page) == "about_me"
    assert page.focused_name() == "What matters most now"


def test_the_glance_says_what_is_still_wanted_kindly_and_what_does_not_fit(ward: Ward) -> None:
    page = ward.open(ward.person(allergies={"status": "none_known"}, allergy__a={"substance": {"text": "latex"}}))
    page.wait_until_says("Before this plan is ready to share")
    assert page.says("There is no hurry, and none of it stops you from saving or sharing.")
    page.wait_until_says("Worth a second look")
    assert page.says("Known allergies: latex")
    assert not any("%" in words or "!" in words for words in page.words())


def test_after_a_death_nothing_is_asked_for_any_more(ward: Ward, qtbot: QtBot) -> None:
    page = ward.open(ward.person(death={"died_on": "2026-11-10"}))
    qtbot.waitUntil(lambda: not page_of(page).places.glance.is_growing)
    assert not page.says("Before this plan is ready to share")
    ward.on_store(lambda: True)
    assert not page.has("Begin a visit"), "a visit asks the living what still holds"


def test_what_is_saved_where_is_said_in_words(ward: Ward) -> None:
    page = ward.open(ward.person())
    assert page.says("Kept on this computer 03-Nov-2026 14:32.")


def test_history_tells_every_change_newest_first_and_by_section(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person(about_me={"most_important": "My own bed."})
    item = ward.plan(who).item("about_me", "most_important")
    assert item is not None
    ward.write(who, [Edit("about_me", MAIN, "most_important", "The garden.", base=item.change_id, reason="She rang")])
    page = ward.open(who)
    page.key("Alt+0")
    page.wait_until_says("2 saves.")
    page.wait_until_says("What matters most now: changed from “My own bed.” to “The garden.”. Reason: She rang.")
    headings = [word for word in page.words() if "Jo Okafor, district nurse" in word]
    assert headings == ["12-Nov-2026 14:32, Jo Okafor, district nurse", "03-Nov-2026 14:32, Jo Okafor, district nurse"]
    page.choose("Show", "Who they are")
    page.wait_until_says("1 save of “Who they are”.")
    assert not page.says("The garden.")


def test_printing_is_asked_of_the_desk(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    with qtbot.waitSignal(ward.desk.print_wanted) as asked:
        page.press("Print for the family")
    assert asked.args == [who, ""]


def test_a_narrow_page_has_its_sections_in_a_list(ward: Ward, dress: object) -> None:
    dress("light", 200)  # type: ignore[operator]
    page = ward.open(ward.person(), 1024, 600)
    assert not page.has("Sections of the plan")
    page.choose("Sections of the plan, as a list", "The carer")
    assert place(page) == "carer"


def test_a_low_window_keeps_who_this_is_and_the_allergies_in_full(ward: Ward, dress: object) -> None:
    dress("bright", 200)  # type: ignore[operator]
    page = ward.open(ward.person(allergies={"status": "none_known"}), 1024, 600)
    assert accessibility.cut_off(page_of(page).banner) == []
    assert page.says("No known allergies")
    assert not page.says("Address  Not recorded")
    assert page_of(page).places.height() > 120


def test_nothing_typed_as_markup_is_taken_for_it(ward: Ward, qtbot: QtBot) -> None:
    evil = "<img src='file:///etc/passwd'><b>x</b>"
    page = ward.open(
        ward.person(about_me={"most_important": evil}, person={"family_name": evil, "preferred_name": evil})
    )
    assert page.says(f"“{evil}”")
    assert page.says(evil.upper())
    go(page, "about_me", qtbot)
    assert page.says(f"“{evil}”")
