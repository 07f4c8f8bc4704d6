"""Saving by keyboard, undoing, confirming, and the person's own words: nothing typed is lost."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.fields import MAIN, Authorship, Field, Part, Section
from eolc_desktop.care_plan.plan import Source, Told
from eolc_desktop.services import plans
from eolc_desktop.views.widgets.announce import listen, stop_listening
from tests import accessibility
from tests.views.person.conftest import Ward, go, page_of
from tests.views.person.keeping import OWN, SAVE, save


def test_a_typed_word_is_saved_by_key_and_said_to_be_only_then(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "person", qtbot)
    page.retype("Likes to be called", "Margie")
    assert page.says("Not saved yet.")
    assert not page.says("Saved on this laptop")
    save(page, ward)
    item = ward.plan(who).item("person", "preferred_name")
    assert item is not None
    assert item.value == "Margie"
    assert item.told == Told(Source.PERSON)
    assert page.says("Preferred name  Margie"), "the banner still has the old name"
    assert page.says("Told by the person, 12-Nov-2026, Jo Okafor.")
    assert page.focused_name() == "Likes to be called", "the keyboard was taken away by saving"


def test_who_told_you_is_asked_once_and_can_be_left_unsaid(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "person", qtbot)
    page.retype("Title", "Ms")
    page.key(SAVE)
    page.wait_until_says("Who told you? Choose, or save again to leave it unsaid.")
    assert page.focused_name() == "Who told you?"
    assert accessibility.faults(page.root) == []
    page.key(SAVE)
    page.wait_until_says("Saved on this laptop")
    item = ward.plan(who).item("person", "title")
    assert item is not None
    assert item.told == Told()
    page.retype("Title", "Mrs")
    page.choose("Who told you?", "Someone close to them")
    page.type("Who told you? Who?", "Anna, daughter")
    page.key(SAVE)
    page.wait_until_says("Told by someone close to them: Anna, daughter, 12-Nov-2026, Jo Okafor.")
    page.retype("Title", "Miss")
    page.key(SAVE)
    page.wait_until_says("Saved on this laptop")
    item = ward.plan(who).item("person", "title")
    assert item is not None
    assert item.told == Told(Source.FAMILY, "Anna, daughter"), "the source is asked once a visit"


def test_what_cannot_be_kept_is_said_beside_it_and_nothing_is_lost(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    heard: list[str] = []
    listen(heard.append)
    go(page, "person", qtbot)
    page.retype("Likes to be called", "Margie")
    page.retype("NHS number", "999 000 0019")
    page.choose("Who told you?", "The person")
    page.key(SAVE)
    page.wait_until_says("There is a problem. One answer needs a look")
    assert page.says("Please check: These digits do not fit together")
    assert "fit together" in page.description("NHS number")
    assert page.focused_name() == "NHS number"
    assert any(words.startswith("There is a problem") for words in heard)
    stop_listening(heard.append)
    assert ward.plan(who).text("person", "preferred_name") == "Peggy", "half of it was saved"
    assert page.read("NHS number") == "999 000 0019"
    page.retype("NHS number", "999 000 0026")
    assert not page.says("Please check: These digits")
    page.key(SAVE)
    page.wait_until_says("Saved on this laptop")
    plan = ward.plan(who)
    assert (plan.text("person", "nhs_number"), plan.text("person", "preferred_name")) == ("9990000026", "Margie")


def test_what_may_be_worth_a_second_look_is_saved_and_then_said(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "person", qtbot)
    page.type("Home telephone", "twelve")
    save(page, ward)
    page.wait_until_says("Worth a second look: This does not look like a telephone number.")
    assert ward.plan(who).text("person", "phone") == "twelve"
    page.retype("Home telephone", "01943 496 0123")
    assert not page.says("Worth a second look: This")


def test_undo_puts_back_what_stood_and_keeps_both_in_history(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "person", qtbot)
    page.retype("Likes to be called", "Margie")
    save(page, ward)
    page.reach("Show more about who this is")
    page.key("Ctrl+Z")
    page.wait_until_says("Undone. What stood before stands again on this laptop 14:32.")
    assert page.read("Likes to be called") == "Peggy"
    assert ward.plan(who).text("person", "preferred_name") == "Peggy"
    changes = ward.on_store(lambda: plans.history_of(ward.session, who, "person", MAIN, "preferred_name"))
    assert [change.value for change in changes] == ["Peggy", "Margie", "Peggy"]


def test_undo_inside_a_text_is_the_text_s_own(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "person", qtbot)
    page.retype("Likes to be called", "Margie")
    save(page, ward)
    page.reach("Likes to be called")
    page.key("Ctrl+Z")
    ward.on_store(lambda: True)
    assert ward.plan(who).text("person", "preferred_name") == "Margie"


def test_undo_is_not_offered_for_ever(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "person", qtbot)
    page.retype("Likes to be called", "Margie")
    save(page, ward)
    bar = page_of(page).bar
    bar._time.setInterval(1)
    bar._time.start()
    qtbot.waitUntil(lambda: not bar.can_undo)
    page.reach("Show more about who this is")
    page.key("Ctrl+Z")
    ward.on_store(lambda: True)
    assert ward.plan(who).text("person", "preferred_name") == "Margie"
    assert page.says("Kept on this computer 14:32.")


def test_a_new_statement_stands_beside_the_old_one(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person(about_me=OWN)
    page = ward.open(who)
    go(page, "about_me", qtbot)
    assert page.says("“My own bed.”")
    assert not page.has("What matters most now"), "the person's words can be typed over"
    page.press("Add what they say now: What matters most now")
    assert page.focused_name() == "What matters most now"
    page.keys("And the window open.")
    save(page, ward)
    page.wait_until_says("“And the window open.”")
    page.wait_until_says("Before, 03-Nov-2026, told by the person: “My own bed.”")


def test_a_clinician_s_judgement_never_takes_the_place_of_the_person_s_words(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person(about_me=OWN)
    page = ward.open(who)
    go(page, "about_me", qtbot)
    page.press("Add what they say now: What matters most now")
    page.keys("She wants hospital")
    page.choose("Who told you?", "A clinician’s judgement")
    page.key(SAVE)
    page.wait_until_says("These are the person's own words or choices")
    ward.on_store(lambda: True)
    assert ward.plan(who).text("about_me", "most_important") == "My own bed."
    assert page.read("What matters most now") == "She wants hospital"


def test_one_key_says_that_an_item_still_holds(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "person", qtbot)
    page.press("Still so: Likes to be called")
    page.wait_until_says("Confirmed as still so, kept on this laptop 14:32. Not shared.")
    item = ward.plan(who).item("person", "preferred_name")
    assert item is not None
    assert item.confirmed_at == ward.clock()
    assert page.says("Told by the person, 03-Nov-2026, Jo Okafor. Confirmed 12-Nov-2026.")
    page.reach("Title")
    page.key("Ctrl+Shift+Return")
    ward.on_store(lambda: True)
    assert ward.plan(who).item("person", "title").confirmed_at is not None  # type: ignore[union-attr]


def test_one_action_says_that_a_whole_section_still_holds_except_what_is_being_changed(
    ward: Ward, qtbot: QtBot
) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "person", qtbot)
    page.retype("Likes to be called", "Margie")
    page.press("Everything here is still so: Who they are")
    page.wait_until_says("Confirmed as still so")
    items = ward.plan(who).entries("person")[0].items
    assert {key for key, item in items.items() if item.confirmed_at is None} == {"preferred_name"}
    assert page.read("Likes to be called") == "Margie"


KEY_SAFE = Section(
    key="access",
    title="Getting in",
    part=Part.PERSON,
    fields=(
        Field(key="code", label="Key safe code", standard="D-12.7", authorship=Authorship.FACT, sensitive=True),
        Field(key="where", label="Where the key safe is", standard="D-12.7", authorship=Authorship.FACT),
    ),
)


def test_a_sensitive_value_is_hidden_until_it_is_asked_for(ward: Ward, qtbot: QtBot) -> None:
    object.__setattr__(ward.session, "catalogue", built_in().with_sections([KEY_SAFE]))
    who = ward.person(access={"code": "C1945Y", "where": "behind the bins"})
    page = ward.open(who)
    go(page, "access", qtbot)
    assert not page.says("C1945Y")
    assert not page.has("Key safe code")
    page.press("Key safe code: hidden. Show it")
    assert page.read("Key safe code") == "C1945Y"
    assert page.focused_name() == "Key safe code"
    go(page, "person", qtbot)
    go(page, "access", qtbot)
    assert not page.has("Key safe code"), "it is hidden again once the section was left"
    page.press("History of Key safe code")
    page.wait_until_says("recorded: a value that is kept hidden")
    go(page, "history", qtbot)
    page.wait_until_says("Key safe code: recorded: a value that is kept hidden")
    assert not page.says("C1945Y")


def test_the_history_of_an_item_is_there_on_request(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "person", qtbot)
    page.retype("Likes to be called", "Margie")
    save(page, ward)
    page.press("History of Likes to be called")
    page.wait_until_says(
        "12-Nov-2026 14:32, Jo Okafor, district nurse: changed from “Peggy” to “Margie”. Told by the person."
    )
    page.press("History of Likes to be called")
    assert not page.says("changed from “Peggy”")


def test_a_field_that_depends_on_another_comes_and_goes_and_keeps_what_it_holds(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "person", qtbot)
    assert not page.has("Lives with")
    page.choose("Lives alone", "No")
    page.type("Lives with", "Her husband Tom")
    page.choose("Lives alone", "Yes")
    assert page.read("Lives with") == "Her husband Tom"
    page.reach("Lives with")
    page.key(Qt.Key.Key_Tab)
    assert page.focused_name() != "Lives alone", "Tab does not follow the reading order"
    assert QApplication.focusWidget() is not None
