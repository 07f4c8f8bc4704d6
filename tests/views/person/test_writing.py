"""Writing in a plan by keyboard: saving, undoing, drafts, differences, own words, second looks; nothing is lost."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from eolc_desktop.care_plan.catalogue import built_in
from eolc_desktop.care_plan.fields import MAIN, Authorship, Field, Part, Section
from eolc_desktop.care_plan.plan import Edit, Source, Told
from eolc_desktop.desktop.background import Background
from eolc_desktop.desktop.settings import Settings
from eolc_desktop.services import plans
from eolc_desktop.services.session import Changes
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.person.draft_keeping import MILLISECONDS
from eolc_desktop.views.widgets.announce import listen, stop_listening
from tests import accessibility
from tests.authors import DOCTOR
from tests.pages import Page
from tests.views.person.conftest import Ward, go, page_of

SAVE = "Ctrl+Return"
OWN = {"most_important": "My own bed."}
CPR = {
    "decision": "not_for",
    "decided_at": "2026-10-12",
    "decided_by_name": "Dr A Khan",
    "decided_by_role": "consultant",
}


def save(page: Page, ward: Ward, told: str = "The person") -> None:
    """Save by key and wait until the store has said that it is kept."""
    if told:
        page.choose("Who told you?", told)
    page.key(SAVE)
    page.wait_until_says("Saved on this laptop 14:32. Not shared.")
    ward.on_store(lambda: True)


def wait_for_draft(page: Page) -> None:
    page.wait_until_says("A draft is kept on this computer, 14:32.", 2000)


# Saving


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
    assert page.says("Kept on this computer 14:32. Not shared.")


# The person's own words


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


# Drafts


def test_what_is_typed_is_kept_within_a_second_and_is_not_the_plan(ward: Ward, qtbot: QtBot) -> None:
    assert MILLISECONDS < 1000
    who = ward.person()
    page = ward.open(who)
    go(page, "about_me", qtbot)
    page.type("What matters most now", "The garden")
    wait_for_draft(page)
    drafts = ward.on_store(lambda: plans.kept_drafts(ward.session, who))
    assert [draft.place for draft in drafts] == ["about_me/main"]
    assert drafts[0].values["most_important"] == "The garden"
    assert ward.plan(who).value("about_me", "most_important") is None
    assert page.says("Being written, not saved yet")


def test_a_draft_outlives_a_kill_and_is_offered_on_that_person_only(
    ward: Ward, qtbot: QtBot, background: Background
) -> None:
    who, other = ward.person(), ward.person()
    page = ward.open(who)
    go(page, "about_me", qtbot)
    page.type("What matters most now", "The garden")
    page.choose("Who told you?", "The person")
    wait_for_draft(page)
    # The program is killed: the page never hears `leave`, and another desk opens the same store.
    page_of(page).hide()
    ward.desk = Desk(ward.session, background, ward.desk.worker, Settings())
    again = ward.open(other)
    assert not again.says("You were writing")
    ward.close(again)
    again = ward.open(who)
    assert again.says("You were writing in “What matters to them” at 14:32.")
    assert again.focused_name() == "Continue writing in What matters to them"
    assert again.says("Not asked yet what matters most"), "the draft was taken for the plan"
    again.press("Continue writing in What matters to them")
    qtbot.waitUntil(lambda: again.has("What matters most now"))
    assert again.read("What matters most now") == "The garden"
    assert again.read("Who told you?") == "The person"
    again.key(SAVE)
    again.wait_until_says("Saved on this laptop")
    assert ward.plan(who).text("about_me", "most_important") == "The garden"
    assert ward.on_store(lambda: plans.kept_drafts(ward.session, who)) == ()
    assert not again.says("You were writing")
    ward.desk.deleteLater()


def test_leaving_keeps_at_once_what_was_typed_last(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "about_me", qtbot)
    page.type("What matters most now", "The garden")
    page_of(page).leave()
    drafts = ward.on_store(lambda: plans.kept_drafts(ward.session, who))
    assert drafts[0].values["most_important"] == "The garden"


def test_going_on_to_the_next_field_keeps_what_was_typed_in_this_one_at_once(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    page_of(page).writing._keeping._timer.setInterval(3_600_000)
    go(page, "about_me", qtbot)
    page.type("What matters most now", "The garden")
    assert ward.on_store(lambda: plans.kept_drafts(ward.session, who)) == ()
    page.key(Qt.Key.Key_Tab)
    drafts = ward.on_store(lambda: plans.kept_drafts(ward.session, who))
    assert drafts[0].values["most_important"] == "The garden"


def test_typing_that_is_taken_back_leaves_no_draft_and_no_trouble(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "about_me", qtbot)
    page.type("What matters most now", "x")
    wait_for_draft(page)
    page.key(Qt.Key.Key_Backspace)
    page_of(page).go_to("contacts")
    page_of(page).go_to("person")
    ward.on_store(lambda: True)
    page_of(page).writing._keeping.flush()
    assert ward.on_store(lambda: plans.kept_drafts(ward.session, who)) == ()
    assert not page.says("Being written")


def test_a_full_disk_is_said_and_what_was_typed_stays(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "about_me", qtbot)

    def fill_the_disk() -> bool:
        with ward.session.store.reading() as connection:
            pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        return True

    ward.on_store(fill_the_disk)
    page.reach("What matters most now")
    area = QApplication.focusWidget()
    assert isinstance(area, QPlainTextEdit)
    area.insertPlainText("The garden. " * 400)
    page.wait_until_says("could not be kept as a draft")
    page.choose("Who told you?", "The person")
    page.key(SAVE)
    page.wait_until_says("disk")
    assert not page.says("Saved on this laptop")
    assert page.read("What matters most now").startswith("The garden.")


def test_saving_works_from_inside_a_text(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "about_me", qtbot)
    page.type("What matters most now", "The garden\nand the birds")
    page.key(SAVE)
    page.key(SAVE)
    page.wait_until_says("Saved on this laptop")
    assert ward.plan(who).text("about_me", "most_important") == "The garden\nand the birds"


def test_a_waiting_draft_is_decided_about_before_anything_is_typed_over_it(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "about_me", qtbot)
    page.type("What matters most now", "The garden")
    ward.close(page)
    page = ward.open(who)
    go(page, "about_me", qtbot)
    assert not page.field("What matters most now").isEnabled()
    page.press("Put aside what was written in What matters to them")
    assert page.field("What matters most now").isEnabled()
    assert page.read("What matters most now") == ""
    ward.on_store(lambda: True)
    assert ward.on_store(lambda: plans.kept_drafts(ward.session, who)) == ()
    page.press("Undo")
    qtbot.waitUntil(lambda: page.read("What matters most now") == "The garden")


def test_a_draft_on_an_older_plan_says_what_changed_before_it_can_be_saved(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person(places={"preferred_death": "home"})
    page = ward.open(who)
    go(page, "places", qtbot)
    page.choose("Where they want to die: first choice", "Hospice")
    wait_for_draft(page)
    ward.close(page)
    base = ward.plan(who).item("places", "preferred_death")
    assert base is not None
    ward.write(who, [Edit("places", MAIN, "preferred_death", "hospital", base=base.change_id)], DOCTOR)
    page = ward.open(who)
    assert page.says("The plan has changed since")
    page.press("Continue writing in Preferred place of care and death")
    page.wait_until_says("Changed by Dr A Khan on 12-Nov-2026, while you were writing. It now says: Hospital")
    page.choose("Who told you?", "The person")
    page.key(SAVE)
    page.wait_until_says("This changed meanwhile. Say which of the two stands.")
    ward.on_store(lambda: True)
    assert ward.plan(who).text("places", "preferred_death") == "hospital"
    page.press("Keep mine: Where they want to die: first choice")
    page.key(SAVE)
    page.wait_until_says("Saved on this laptop")
    assert ward.plan(who).text("places", "preferred_death") == "hospice"


def test_what_is_put_aside_is_gone_from_the_form_and_comes_back_with_undo(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "person", qtbot)
    page.retype("Likes to be called", "Margie")
    wait_for_draft(page)
    page.press("Put aside what I typed")
    assert page.read("Likes to be called") == "Peggy"
    ward.on_store(lambda: True)
    assert ward.on_store(lambda: plans.kept_drafts(ward.session, who)) == ()
    page.press("Undo")
    assert page.read("Likes to be called") == "Margie"
    assert page.says("Not saved yet.")


def test_what_is_typed_stays_while_another_section_is_read(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "person", qtbot)
    page.retype("Likes to be called", "Margie")
    go(page, "contacts", qtbot)
    assert not page.has("Save")
    go(page, "person", qtbot)
    assert page.read("Likes to be called") == "Margie"
    assert page.says("Not saved yet.")


# Changed elsewhere


def test_a_change_from_elsewhere_is_shown_and_never_takes_away_what_is_being_typed(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "person", qtbot)
    page.retype("Likes to be called", "Margie")
    before = ward.plan(who)
    edits = [
        Edit("person", MAIN, key, value, base=before.item("person", key).change_id)  # type: ignore[union-attr]
        for key, value in (("preferred_name", "Maggie"), ("title", "Dr"))
    ]
    ward.write(who, edits, DOCTOR)
    ward.desk.changed.emit(Changes(frozenset((who,)), frozenset(("person",))))
    page.wait_until_says("Changed by Dr A Khan on 12-Nov-2026, while you were writing. It now says: Maggie")
    assert page.read("Likes to be called") == "Margie"
    assert page.read("Title") == "Dr"
    assert page.says("(Dr)")
    page.press("Use that: Likes to be called")
    assert page.read("Likes to be called") == "Maggie"
    assert not page.has("Save")


def test_a_save_over_something_unseen_is_refused_and_says_what_stands(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "person", qtbot)
    page.retype("Likes to be called", "Margie")
    base = ward.plan(who).item("person", "preferred_name")
    assert base is not None
    ward.write(who, [Edit("person", MAIN, "preferred_name", "Maggie", base=base.change_id)], DOCTOR)
    page.choose("Who told you?", "The person")
    page.key(SAVE)
    page.wait_until_says("This was changed after you last saw it.")
    page.wait_until_says("It now says: Maggie")
    assert page.read("Likes to be called") == "Margie"
    assert ward.plan(who).text("person", "preferred_name") == "Maggie"
    page.press("Keep mine: Likes to be called")
    page.key(SAVE)
    page.wait_until_says("Saved on this laptop")
    assert ward.plan(who).text("person", "preferred_name") == "Margie"


def test_a_change_of_somebody_else_s_plan_is_none_of_this_page_s_business(ward: Ward) -> None:
    who, other = ward.person(), ward.person()
    page = ward.open(who)
    plan = page_of(page).plan
    ward.desk.changed.emit(Changes(frozenset((other,))))
    ward.on_store(lambda: True)
    assert page_of(page).plan is plan


# Second looks


def test_a_cpr_decision_is_looked_at_twice_and_going_back_loses_nothing(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person(cpr=CPR)
    page = ward.open(who)
    go(page, "cpr", qtbot)
    page.choose("CPR recommendation", "CPR may be attempted")
    page.choose("Who told you?", "A document")
    page.key(SAVE)
    page.wait_until_says("You are about to change the CPR decision")
    assert page.says("Now: Do not attempt CPR.")
    assert page.says("Then: CPR may be attempted.")
    assert page.says("Still as recorded before: Decided on: 12-Oct-2026; Decided by: Dr A Khan")
    assert page.says("For SMITH, Margaret Rose (Mrs)")
    assert page.focused_name() == "Go back", "one more Enter would record it"
    assert accessibility.faults(page.root) == []
    page.press("Go back")
    ward.on_store(lambda: True)
    assert ward.plan(who).text("cpr", "decision") == "not_for"
    assert page.field("CPR may be attempted", "CPR recommendation").isChecked()  # type: ignore[attr-defined]
    page.key(SAVE)
    page.wait_until_says("You are about to change the CPR decision")
    page.press("Save this decision")
    page.wait_until_says("Saved on this laptop")
    assert ward.plan(who).text("cpr", "decision") == "for"
    assert page.says("For attempted CPR – when and by whom it was decided is not recorded")


@pytest.mark.parametrize(
    ("section", "field", "choice", "title", "button"),
    [
        (
            "consent",
            "Consent to share it",
            "Consent to sharing withdrawn",
            "You are about to record that consent is not given",
            "Save this about consent",
        ),
    ],
)
def test_withdrawn_consent_is_looked_at_twice(
    ward: Ward, qtbot: QtBot, section: str, field: str, choice: str, title: str, button: str
) -> None:
    who = ward.person(consent={"to_share": "given"})
    page = ward.open(who)
    go(page, section, qtbot)
    page.choose(field, choice)
    page.choose("Who told you?", "The person")
    page.key(SAVE)
    page.wait_until_says(title)
    page.press(button)
    page.wait_until_says("Saved on this laptop")
    assert ward.plan(who).text("consent", "to_share") == "withdrawn"


def test_a_death_is_looked_at_twice_and_then_the_banner_says_so(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "death", qtbot)
    page.type("Date of death", "10/11/2026")
    page.choose("Who told you?", "A clinician’s judgement")
    page.key(SAVE)
    page.wait_until_says("You are about to record a death")
    page.press("Record the death")
    page.wait_until_says("Age at Death")
    assert page.says("Died 10 November 2026")
    assert page.says("Age at Death 85 years")


def test_going_elsewhere_instead_of_answering_saves_nothing(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person(cpr=CPR)
    page = ward.open(who)
    go(page, "cpr", qtbot)
    page.choose("CPR recommendation", "CPR may be attempted")
    page.choose("Who told you?", "The person")
    page.key(SAVE)
    page.wait_until_says("You are about to change")
    page.key("Alt+1")
    page.wait_until_says("What matters to Peggy")
    ward.on_store(lambda: True)
    assert ward.plan(who).text("cpr", "decision") == "not_for"
    go(page, "cpr", qtbot)
    assert page.says("Not saved yet.")


# Confirming and hiding


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
