"""What is being written is kept within a second, offered again on that person only, never laid over a newer plan."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from pytestqt.qtbot import QtBot

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.desktop.background import Background
from eolc_desktop.desktop.settings import Settings
from eolc_desktop.services import plans
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.person.draft_keeping import MILLISECONDS
from tests import accessibility
from tests.authors import DOCTOR
from tests.views.person.conftest import Ward, go, page_of
from tests.views.person.keeping import SAVE, wait_for_draft


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
    assert accessibility.faults(page.root) == []
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
