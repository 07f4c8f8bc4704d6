"""A death, by keyboard in the real window: recorded with a second look, closed step by step, and “did it happen?”."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eolc_desktop.app.opening import begin_session
from eolc_desktop.care_plan.dates import today
from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Edit, Source, Told
from eolc_desktop.clock import system_clock
from eolc_desktop.desktop.theme import Theme
from eolc_desktop.paths import Profile
from eolc_desktop.services import people, plans, sign_in, tasks
from tests.journeys.laptop import PASSPHRASE, PATIENCE, Laptop, first_morning, plans_on

PEGGY = {
    "family_name": "Smith", "given_names": "Margaret", "birth_date": "1941-04-05", "nhs_number": "9990000018",
}  # fmt: skip
RECORDED = {
    "places": {"preferred_death": "home"},
    "anticipatory": {"state": "box_issued", "where_kept": "the dresser"},
    "plan_control": {"review_date": "2030-01-01", "status": "agreed"},
}


def peggy_is_known(profile: Profile) -> None:
    opened = sign_in.unlock(profile, PASSPHRASE)
    try:
        session = begin_session(opened.store, opened.user_id, profile, system_clock)
        session.signature.lasts = True
        added = people.add_person(session, PEGGY, Told(Source.PERSON))
        edits = [Edit(s, MAIN, key, value) for s, values in RECORDED.items() for key, value in values.items()]
        contact = {"on": today(system_clock()).isoformat(), "with_whom": "Jo Okafor"}
        edits += [Edit("next_contacts", "n1", key, value) for key, value in contact.items()]
        plans.record(session, added.plan.person_id, edits)
        assert {task.to_do.section for task in tasks.tasks(session).tasks} == {"plan_control", "next_contacts"}
    finally:
        opened.store.close()


def what_is_asked_for(profile: Profile) -> set[str]:
    opened = sign_in.unlock(profile, PASSPHRASE)
    try:
        session = begin_session(opened.store, opened.user_id, profile, system_clock)
        return {task.to_do.section for task in tasks.tasks(session).tasks}
    finally:
        opened.store.close()


@pytest.mark.timeout(120)
def test_a_death_to_closure_and_did_it_happen(qtbot: QtBot, qapp: QApplication, theme: Theme, profile: Profile) -> None:
    first_morning(profile)
    peggy_is_known(profile)
    laptop = Laptop(qtbot, qapp, theme, profile)
    page = laptop.page
    try:
        laptop.unlock()
        page.key("Ctrl+F")
        page.keys("smith")
        laptop.wait(lambda: page.says("SMITH"))
        page.key("Return")
        page.wait_until_says("No CPR decision recorded", milliseconds=PATIENCE)
        page.key("Alt+9")
        page.wait_until_has("Date of death", milliseconds=PATIENCE)
        page.type("Date of death", today(system_clock()).strftime("%d/%m/%Y"))
        page.choose("Where they died", "Hospital")
        page.choose("Who told you?", "Someone close to them")
        page.key("Ctrl+Return")
        page.wait_until_has("Record the death", milliseconds=PATIENCE)
        page.press("Record the death")
        page.wait_until_says("Saved on this laptop", milliseconds=PATIENCE)
        assert page.says("Age at Death")

        laptop.section("After the death: what to do")
        page.press("Put the 7 usual steps on the list")
        page.wait_until_says("7 to do of 7 on the list.", milliseconds=PATIENCE)
        steps = [
            "Just-in-case medicines removed or destroyed", "GP practice told", "Out of hours and 111 told",
            "Ambulance service told", "Visits and appointments of this team cancelled", "Family contacted",
            "Record closed",
        ]  # fmt: skip
        for left, step in enumerate(steps, 1):
            page.press(f"{'Not needed' if 'Ambulance' in step else 'Done'}: {step}")
            remaining = 7 - left
            page.wait_until_says(
                f"{remaining} to do of 7 on the list." if remaining else "Everything on the list is done",
                milliseconds=PATIENCE,
            )
        page.press("No: Where they wanted to die")
        page.wait_until_has("No bed was free", milliseconds=PATIENCE)
        page.choose("Why not", "A symptom that could not be eased there")
        laptop.save()
    finally:
        laptop.close()

    (plan,) = plans_on(profile)
    closing = {entry.text("what"): entry.text("state") for entry in plan.entries("closure")}
    assert closing.pop("ambulance_told") == "not_needed"
    assert set(closing.values()) == {"done"}
    assert plan.text("plan_control", "status") == "closed"
    (looked,) = plan.entries("looking_back")
    assert looked.value("reasons") == ["symptom"]
    assert plan.text("death", "preferred_achieved") == "no"
    assert what_is_asked_for(profile) == set(), "reviews, visits and contacts are asked for no more"
