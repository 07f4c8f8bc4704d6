"""Sections that repeat: listing, adding, changing, confirming and withdrawing entries, and what belongs to them."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from eolc_desktop.care_plan.plan import EntryState
from eolc_desktop.services import plans
from eolc_desktop.views.person.entry_list import summary_lines
from tests.pages import Page, choices
from tests.plans import plan_with
from tests.views.person.conftest import Ward, go, page_of

ANNA = {"name": "Anna Smith", "relationship": "daughter", "phone": "07700 900456", "involvement": "all_decisions"}
SAVE = "Ctrl+Return"


def save(page: Page, told: str = "The person") -> None:
    if told:
        page.choose("Who told you?", told)
    page.key(SAVE)
    page.wait_until_says("Saved on this laptop 14:32.")


def settle(page: Page, qtbot: QtBot) -> None:
    """Wait until every row of the form in view is there."""
    entry = page_of(page).places.entry_page
    assert entry is not None
    qtbot.waitUntil(lambda: not entry.form.is_growing, timeout=5000)


def test_an_entry_is_added_by_key_and_named_in_the_list(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "contacts", qtbot)
    assert page.says("Nothing recorded yet.")
    page.press("Add a contact")
    assert page.focused_name() == "Name"
    page.keys("Anna Smith")
    page.type("Who they are to the person", "daughter")
    save(page)
    assert page.says("Anna Smith, daughter"), "the page still calls it new"
    entries = ward.plan(who).entries("contacts")
    assert [entry.text("name") for entry in entries] == ["Anna Smith"]
    page.press("Back to People who matter")
    assert page.focused_name() == "Change: Anna Smith, daughter"
    page.press("Change: Anna Smith, daughter")
    settle(page, qtbot)
    page.type("Telephone to try first", "07700 900456")
    save(page, "")
    assert len(ward.plan(who).entries("contacts")) == 1


def test_a_second_save_of_a_new_entry_changes_it_and_adds_no_other(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "next_steps", qtbot)
    page.press("Add a next step")
    page.keys("Ask about a night sitter")
    save(page)
    page.type("Who does it", "Jo Okafor")
    save(page, "")
    page.key("Esc")
    page.press("Add a next step")
    assert page.read("What happens next") == ""
    assert [entry.text("who") for entry in ward.plan(who).entries("next_steps")] == ["Jo Okafor"]


def test_esc_goes_back_to_the_list_and_loses_nothing(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person(contacts__anna=ANNA)
    page = ward.open(who)
    go(page, "contacts", qtbot)
    page.press("Change: Anna Smith, daughter")
    page.retype("Name", "Anna Reed")
    page.key("Esc")
    assert page.focused_name() == "Change: Anna Smith, daughter"
    assert not page.has("Save")
    page.press("Change: Anna Smith, daughter")
    assert page.read("Name") == "Anna Reed"
    assert page.says("Not saved yet.")


def test_an_entry_is_withdrawn_with_a_reason_and_can_stand_again(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person(contacts__anna=ANNA)
    page = ward.open(who)
    go(page, "contacts", qtbot)
    page.press("Change: Anna Smith, daughter")
    settle(page, qtbot)
    page.press("This no longer applies")
    assert page.focused_name() == "Why?"
    page.press("Mark as no longer so")
    assert page.says("Please say why in a few words.")
    page.type("Why?", "She has moved away")
    page.press("Mark as no longer so")
    page.wait_until_says("Marked as “no longer so” on this laptop 14:32.")
    entry = ward.plan(who).all_entries("contacts")[0]
    assert (entry.state, entry.reason) == (EntryState.WITHDRAWN, "She has moved away")
    assert page.says("No longer so. She has moved away")
    page.press("Back to People who matter")
    assert page.says("Nothing recorded yet.")
    assert not page.says("Anna Smith, daughter")
    page.press("Show 1 that no longer stands")
    assert page.says("No longer so. She has moved away")
    page.press("Open: Anna Smith, daughter")
    settle(page, qtbot)
    page.press("This applies again")
    page.type("Why?", "She is back")
    page.press("Let it stand again")
    qtbot.waitUntil(lambda: bool(ward.plan(who).entries("contacts")))


def test_what_was_marked_as_entered_in_error_can_stand_again(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person(contacts__anna=ANNA)
    page = ward.open(who)
    go(page, "contacts", qtbot)
    page.press("Change: Anna Smith, daughter")
    settle(page, qtbot)
    page.press("Entered in error")
    page.type("Why?", "Another person's daughter")
    page.press("Mark as entered in error")
    page.wait_until_says("Marked as “entered in error”")
    assert ward.plan(who).entries("contacts") == ()
    assert not page.field("Name").isEnabled(), "what does not stand can be changed"
    page.press("This applies again")
    page.type("Why?", "It was hers after all")
    page.press("Let it stand again")
    page.wait_until_says("Marked as “current”")
    assert ward.plan(who).entries("contacts")[0].text("name") == "Anna Smith"
    assert page.field("Name").isEnabled()


def test_one_action_confirms_an_entry_and_one_the_whole_list(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person(contacts__anna=ANNA, contacts__tom={"name": "Tom Smith"})
    page = ward.open(who)
    go(page, "contacts", qtbot)
    page.press("Still so: Tom Smith")
    page.wait_until_says("Confirmed as still so")
    anna, tom = ward.plan(who).entries("contacts")
    assert tom.items["name"].confirmed_at == ward.clock()
    assert anna.items["name"].confirmed_at is None
    ward.clock.advance(minutes=3)
    page.press("Everything here is still so: People who matter")
    page.wait_until_says("14:35")
    for entry in ward.plan(who).entries("contacts"):
        assert {item.confirmed_at for item in entry.items.values()} == {ward.clock()}
    changes = ward.on_store(lambda: plans.history_of(ward.session, who, "contacts"))
    assert len({change.save_id for change in changes}) == 3, "the whole list is not one save"


def test_a_long_list_takes_the_keyboard_before_it_is_whole_and_is_read_in_order_after(ward: Ward, qtbot: QtBot) -> None:
    names = [f"Anna {number:02}" for number in range(12)]
    who = ward.person(**{f"contacts__{number:02}": {**ANNA, "name": name} for number, name in enumerate(names)})
    page = ward.open(who)
    page_of(page).go_to("contacts")
    first, last = (f"Change: {name}, daughter" for name in (names[0], names[-1]))
    assert page.focused_name() == first
    assert page.has(first)
    assert not page.has(last), "what lies below the fold held up what is seen"
    qtbot.waitUntil(lambda: not page_of(page).places.is_growing, timeout=5000)
    assert page.focused_name() == first, "the list took the keyboard again"
    visited = [page.focused_name()]
    while visited[-1] != last and len(visited) < 3 * len(names):
        page.key("Tab")
        visited.append(page.focused_name())
    assert [said for said in visited if said.startswith("Change: ")] == [f"Change: {name}, daughter" for name in names]


def test_the_six_commitments_stand_with_their_whole_wording(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "commitments", qtbot)
    assert page.says("To support people approaching the end of their lives to:")
    for fixed in ward.session.catalogue["commitments"].fixed_entries:
        assert page.says(f"{fixed.id}. {fixed.title}")
        assert page.says(fixed.wording)
        assert page.has(f"Open: {fixed.title}")
    assert not page.has("Add")
    page.press("Open: Honest conversations")
    settle(page, qtbot)
    page.choose("How it stands", "Met")
    save(page)
    assert ward.plan(who).text("commitments", "state", "1") == "met"
    assert not page.has("This no longer applies"), "a fixed entry cannot be withdrawn"


def test_evidence_belongs_to_its_commitment_and_offers_its_kinds_only(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "commitments", qtbot)
    page.press("Open: Knowing who to contact")
    settle(page, qtbot)
    page.press("Add a piece of evidence")
    settle(page, qtbot)
    offered = choices(page, "Kind of evidence")
    assert "Copy of the care plan given" in offered
    assert "Last days of life discussed" not in offered
    page.type("Date", "3/11/2026")
    page.choose("Kind of evidence", "Copy of the care plan given")
    save(page)
    plan = ward.plan(who)
    assert [entry.parent for entry in plan.entries("commitment_evidence")] == ["6"]
    page.press("Back to Knowing who to contact")
    assert page.has("Change: 03-Nov-2026, Copy of the care plan given")
    page.press("Back to The six commitments")
    page.press("Open: Honest conversations")
    assert not page.says("Copy of the care plan given")


def test_a_draft_of_a_new_child_comes_back_where_it_belongs(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "commitments", qtbot)
    page.press("Open: Knowing who to contact")
    settle(page, qtbot)
    page.press("Add a piece of evidence")
    page.type("What was said or done", "Read the card back")
    ward.close(page)
    drafts = ward.on_store(lambda: plans.kept_drafts(ward.session, who))
    assert [draft.place for draft in drafts] == ["commitment_evidence/new/6"]
    page = ward.open(who)
    page.press("Continue writing in Evidence")
    settle(page, qtbot)
    assert page.read("What was said or done") == "Read the card back"
    save(page)
    assert [entry.parent for entry in ward.plan(who).entries("commitment_evidence")] == ["6"]


def test_a_link_offers_the_people_who_matter_as_they_are_now(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person(contacts__anna=ANNA, carer={"has_carer": "has"})
    page = ward.open(who)
    go(page, "carer", qtbot)
    page.choose("Who the carer is", "Anna Smith, daughter")
    save(page)
    assert ward.plan(who).text("carer", "carer") == "anna"
    go(page, "contacts", qtbot)
    page.press("Add a contact")
    page.keys("Tom Smith")
    save(page, "")
    go(page, "carer", qtbot)
    page.choose("Who the carer is", "Tom Smith")
    save(page, "")


def test_controls_of_one_label_are_told_apart_aloud(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = ward.open(who)
    go(page, "compact", qtbot)
    page.press("Add an occasion")
    settle(page, qtbot)
    page.type("3. Is it easy for you to reach your care team? In their own words", "I only have to ring")
    save(page)
    assert ward.plan(who).entries("compact")[0].text("q3_words") == "I only have to ring"


def test_of_several_telephone_numbers_each_is_named_and_what_the_program_keeps_for_itself_is_not_listed() -> None:
    sections = {
        "care_team": {
            "night": {"name": "Night service", "phone_day": "0113 496 0150", "phone_night": "0113 496 0151"},
            "nurse": {"name": "Petra Novak", "phone_day": "0113 496 0180"},
        },
        "documents": {
            "form": {"title": "ReSPECT form", "original": "Hall table", "sha256": "b0aff7203a9d", "size": "66760"}
        },
    }
    plan = plan_with({}, sections)
    night, nurse = plan.entries("care_team")
    assert summary_lines(plan, plan.catalogue["care_team"], night) == [
        "Telephone by day: 0113 496 0150",
        "Telephone at night and weekends: 0113 496 0151",
    ]
    assert summary_lines(plan, plan.catalogue["care_team"], nurse) == ["0113 496 0180"]
    (form,) = plan.entries("documents")
    assert summary_lines(plan, plan.catalogue["documents"], form) == ["Where the original is: Hall table"]
