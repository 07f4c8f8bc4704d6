"""Nobody confirms what they have not read: what somebody else changed while a page was open is said and asked about."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event

import pytest
from pytestqt.qtbot import QtBot

from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.care_plan.plan import ENTRY_ITSELF, Edit, EntryState, Item
from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.record import journal
from eolc_desktop.record.journal import Pen
from eolc_desktop.services.session import Changes
from eolc_desktop.views.widgets.announce import listen, stop_listening
from tests import accessibility
from tests.authors import DOCTOR, NURSE
from tests.pages import Page
from tests.views.person.conftest import Ward, go

PLACES: dict[str, Value] = {"preferred_death": "home", "preferred_care": "home"}
DEATH = "Where they want to die: first choice"
REFUSED = "This changed after you read it, so nothing is confirmed yet."
NOW_HOSPICE = f"“{DEATH}” said Own home; it now says Hospice (Dr A Khan, consultant, 12-Nov-2026 14:32)."
Dress = Callable[[ThemeName, int], None]
Meanwhile = Callable[[Ward, str, list[Edit]], None]


def unseen(ward: Ward, who: str, edits: list[Edit]) -> None:
    """Somebody else writes, and this window has not heard of it when "Still so" is pressed."""
    ward.write(who, edits, DOCTOR)


def beneath(ward: Ward, who: str, edits: list[Edit]) -> None:
    """Somebody else writes, and the page in view already shows it, with nothing to draw the eye there."""
    ward.write(who, edits, DOCTOR)
    ward.desk.changed.emit(Changes(frozenset((who,))))
    ward.on_store(lambda: True)
    ward.on_store(lambda: True)


BOTH_WAYS = pytest.mark.parametrize("meanwhile", [unseen, beneath])


def change(ward: Ward, who: str, section: str, key: str, value: Value, entry: str = MAIN) -> Edit:
    item = ward.plan(who).item(section, key, entry)
    return Edit(section, entry, key, value, base=item.change_id if item else "")


def item(ward: Ward, who: str, section: str, key: str, entry: str = MAIN) -> Item:
    found = ward.plan(who).item(section, key, entry)
    assert found is not None
    return found


def settled(ward: Ward) -> None:
    for _ in range(3):
        ward.on_store(lambda: True)


def name_of(page: Page, begin: str) -> str:
    """The spoken name of the one control that begins so."""
    (name,) = {n.name for n in accessibility.tree(page.root) if n.is_control and n.name.startswith(begin)}
    return name


@BOTH_WAYS
def test_what_was_just_changed_is_not_confirmed_but_said_and_asked_about(
    ward: Ward, qtbot: QtBot, meanwhile: Meanwhile
) -> None:
    who = ward.person(places=PLACES)
    page = ward.open(who)
    go(page, "places", qtbot)
    meanwhile(ward, who, [change(ward, who, "places", "preferred_death", "hospice")])
    page.press(f"Still so: {DEATH}")
    page.wait_until_says(REFUSED)
    assert page.says(NOW_HOSPICE)
    assert item(ward, who, "places", "preferred_death").confirmed_at is None, "what nobody read was confirmed"
    assert page.focused_name() == "Leave it for now: nothing is confirmed", "one more Enter would confirm it"
    assert accessibility.faults(page.root) == []
    page.press(f"Still so, as it says now: {DEATH}")
    page.wait_until_says("Confirmed as still so")
    assert not page.says(REFUSED)
    stands = item(ward, who, "places", "preferred_death")
    assert (stands.value, stands.recorded_by, stands.confirmed_by) == ("hospice", DOCTOR, NURSE)


@BOTH_WAYS
def test_a_whole_section_is_confirmed_only_once_what_changed_in_it_was_read(
    ward: Ward, qtbot: QtBot, meanwhile: Meanwhile
) -> None:
    who = ward.person(places=PLACES)
    page = ward.open(who)
    go(page, "places", qtbot)
    meanwhile(ward, who, [change(ward, who, "places", "preferred_death", "hospice")])
    everything = "Everything here is still so: Preferred place of care and death"
    page.press(everything)
    page.wait_until_says(NOW_HOSPICE)
    items = ward.plan(who).entries("places")[0].items
    assert all(one.confirmed_at is None for one in items.values()), "half of the section was confirmed"
    page.press("Leave it for now: nothing is confirmed")
    settled(ward)
    assert not page.says(REFUSED)
    assert all(one.confirmed_at is None for one in ward.plan(who).entries("places")[0].items.values())
    page.press(everything)
    page.wait_until_says("Confirmed as still so")
    assert all(one.confirmed_by == NURSE for one in ward.plan(who).entries("places")[0].items.values())


def test_what_stood_before_is_written_again_where_the_nurse_heard_it_still_holds(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person(places=PLACES)
    page = ward.open(who)
    go(page, "places", qtbot)
    unseen(ward, who, [change(ward, who, "places", "preferred_death", "hospice")])
    page.press(f"Still so: {DEATH}")
    page.wait_until_says(REFUSED)
    page.press(f"Write again what it said: {DEATH}")
    assert page.says("Not saved yet.")
    assert not page.says(REFUSED)
    page.choose("Who told you?", "The person")
    page.key("Ctrl+Return")
    page.wait_until_says("Saved on this laptop")
    assert item(ward, who, "places", "preferred_death").value == "home"
    page.press(f"History of {DEATH}")
    page.wait_until_says("Dr A Khan, consultant: changed from Own home to Hospice.")
    assert page.says("Jo Okafor, district nurse: changed from Hospice to Own home. Told by the person.")


def test_an_item_that_was_taken_away_meanwhile_can_only_be_written_again(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person(cpr={"decision": "not_for", "form_location": "Hall table"})
    page = ward.open(who)
    go(page, "cpr", qtbot)
    called = "Where the original form is in the house"
    unseen(ward, who, [change(ward, who, "cpr", "form_location", None)])
    page.press(f"Still so: {called}")
    page.wait_until_says("said Hall table; that was taken away (Dr A Khan, consultant, 12-Nov-2026 14:32).")
    assert not page.has(f"Still so, as it says now: {called}")
    page.press(f"Write again what it said: {called}")
    assert page.read(called) == "Hall table"


@BOTH_WAYS
def test_an_entry_that_was_withdrawn_meanwhile_is_not_confirmed(ward: Ward, qtbot: QtBot, meanwhile: Meanwhile) -> None:
    who = ward.person(
        contacts__anna={"name": "Anna Smith", "phone": "07700 900123"}, contacts__bea={"name": "Bea Hill"}
    )
    page = ward.open(who)
    go(page, "contacts", qtbot)
    still = "Still so: Anna Smith" if meanwhile is unseen else name_of(page, "Everything here is still so")
    gone = Edit("contacts", "anna", ENTRY_ITSELF, EntryState.WITHDRAWN.value, reason="Moved to Spain")
    meanwhile(ward, who, [gone])
    page.press(still)
    page.wait_until_says("“Anna Smith” is now marked “no longer so” (Moved to Spain).")
    anna, bea = ward.plan(who).all_entries("contacts")
    assert all(one.confirmed_at is None for entry in (anna, bea) for one in entry.items.values())
    page.press("Leave it for now: nothing is confirmed")
    page.press("Still so: Bea Hill")
    page.wait_until_says("Confirmed as still so")


def test_what_is_typed_into_an_entry_that_was_withdrawn_meanwhile_waits_until_it_stands_again(
    ward: Ward, qtbot: QtBot
) -> None:
    who = ward.person(contacts__anna={"name": "Anna Smith", "phone": "07700 900123"})
    page = ward.open(who)
    go(page, "contacts", qtbot)
    page.press("Change: Anna Smith")
    page.retype("Name", "Anna Jones")
    ward.write(who, [Edit("contacts", "anna", ENTRY_ITSELF, EntryState.WITHDRAWN.value, reason="Moved")], DOCTOR)
    page.choose("Who told you?", "The person")
    page.key("Ctrl+Return")
    page.wait_until_says("Somebody said meanwhile that this does not stand any more.")
    page.wait_until_says("No longer so. Moved")
    (anna,) = ward.plan(who).all_entries("contacts")
    assert anna.text("name") == "Anna Smith", "it was written where nobody would read it"
    page.press("This applies again")
    page.keys("She is back")
    page.key("Return")
    page.wait_until_says("Marked as “current” on this laptop")
    assert page.read("Name") == "Anna Jones"
    page.key("Ctrl+Return")
    page.wait_until_says("Saved on this laptop")
    assert item(ward, who, "contacts", "name", "anna").value == "Anna Jones"


def test_what_the_nurse_changed_herself_is_hers_to_confirm_at_once(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "person", qtbot)
    page.retype("Likes to be called", "Margie")
    page.choose("Who told you?", "The person")
    page.key("Ctrl+Return")
    page.wait_until_says("Saved on this laptop")
    page.press("Still so: Likes to be called")
    page.wait_until_says("Confirmed as still so")
    assert not page.says(REFUSED)
    beneath(ward, who, [change(ward, who, "person", "preferred_name", "Maggie")])
    page.press("Still so: Likes to be called")
    page.wait_until_says("“Likes to be called” said “Margie”; it now says “Maggie” (Dr A Khan")


def test_what_is_being_written_is_not_asked_about_when_the_rest_is_confirmed(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "person", qtbot)
    page.retype("Likes to be called", "Margie")
    beneath(ward, who, [change(ward, who, "person", "preferred_name", "Maggie")])
    page.wait_until_says("It now says: Maggie")
    page.press("Everything here is still so: Who they are")
    page.wait_until_says("Confirmed as still so")
    assert not page.says(REFUSED)
    assert item(ward, who, "person", "preferred_name").confirmed_at is None
    assert item(ward, who, "person", "title").confirmed_at is not None


def test_the_second_of_two_said_in_a_row_is_asked_about_where_it_changed(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "person", qtbot)
    theirs = change(ward, who, "person", "preferred_name", "Maggie")
    slow = Event()

    def somebody_else() -> None:
        slow.wait(10)
        with ward.session.store.writing() as connection:
            journal.append(connection, Pen(DOCTOR, ward.clock(), "laptop-1"), who, [theirs])

    ward.background.run("a slow disk, and somebody else", somebody_else)
    page.press("Still so: Title")
    page.press("Still so: Likes to be called")
    slow.set()
    page.wait_until_says("“Likes to be called” said “Peggy”; it now says “Maggie”")
    assert item(ward, who, "person", "title").confirmed_at is not None


def test_another_page_shows_what_stands_so_what_changed_before_it_is_not_asked_about(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person(places=PLACES)
    page = ward.open(who)
    go(page, "places", qtbot)
    beneath(ward, who, [change(ward, who, "places", "preferred_death", "hospice")])
    go(page, "person", qtbot)
    go(page, "places", qtbot)
    page.press(f"Still so: {DEATH}")
    page.wait_until_says("Confirmed as still so")
    assert not page.says(REFUSED)


def test_what_is_asked_about_follows_what_stands_and_goes_with_the_page(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person(places=PLACES)
    page = ward.open(who)
    go(page, "places", qtbot)
    unseen(ward, who, [change(ward, who, "places", "preferred_death", "hospice")])
    page.press(f"Still so: {DEATH}")
    page.wait_until_says(NOW_HOSPICE)
    beneath(ward, who, [change(ward, who, "places", "preferred_death", "nursing_home")])
    page.wait_until_says("said Own home; it now says Nursing home")
    assert not page.says(NOW_HOSPICE)
    go(page, "person", qtbot)
    assert not page.says(REFUSED)


@pytest.mark.parametrize(("look", "percent", "size"), [("dark", 200, (1024, 600)), ("bright", 100, (1366, 706))])
def test_what_is_asked_is_read_whole_at_any_size_and_worked_by_key(
    ward: Ward, qtbot: QtBot, dress: Dress, look: ThemeName, percent: int, size: tuple[int, int]
) -> None:
    dress(look, percent)
    who = ward.person(places=PLACES)
    page = ward.open(who, *size)
    go(page, "places", qtbot)
    edits = [change(ward, who, "places", key, "hospice") for key in PLACES]
    unseen(ward, who, edits)
    page.press("Everything here is still so: Preferred place of care and death")
    page.wait_until_says(NOW_HOSPICE)
    assert accessibility.faults(page.root) == []
    assert accessibility.unreached(page.root) == []
    qtbot.waitUntil(lambda: accessibility.cut_off(page.root) == [], timeout=3000)
    page.press("Look at: Where they want to be cared for now")
    assert page.focused_name() == "Where they want to be cared for now"
    assert not page.says(REFUSED)


def test_two_said_one_right_after_the_other_are_both_kept(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "person", qtbot)
    slow = Event()
    ward.background.run("a slow disk", lambda: slow.wait(10))
    page.press("Still so: Likes to be called")
    page.press("Still so: Title")
    slow.set()
    qtbot.waitUntil(lambda: item(ward, who, "person", "title").confirmed_at is not None, timeout=5000)
    assert item(ward, who, "person", "preferred_name").confirmed_at is not None


def test_a_save_under_way_is_told_as_a_save_whatever_else_is_pressed(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "person", qtbot)
    page.retype("Likes to be called", "Margie")
    page.choose("Who told you?", "The person")
    heard: list[str] = []
    listen(heard.append)
    slow = Event()
    ward.background.run("a slow disk", lambda: slow.wait(10))
    page.key("Ctrl+Return")
    page.press("Still so: Title")
    slow.set()
    page.wait_until_says("Confirmed as still so")
    stop_listening(heard.append)
    said = [words.split(" ")[0] for words in heard if words.startswith(("Saved", "Confirmed"))]
    assert said == ["Saved", "Confirmed"]
    assert page.read("Likes to be called") == "Margie"
