"""What others changed meanwhile, and the changes that are looked at twice before they are saved."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.services.session import Changes
from tests import accessibility
from tests.authors import DOCTOR
from tests.views.person.conftest import Ward, go, page_of
from tests.views.person.keeping import CPR, SAVE


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
    assert accessibility.faults(page.root) == []
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
    assert page.says("CPR may be attempted – when and by whom it was decided is not recorded")


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


@pytest.mark.hazard("H20")
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
