"""What is still wanted, asked in the house while somebody else answers some of it elsewhere."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.services.session import Changes
from tests import accessibility
from tests.authors import DOCTOR
from tests.pages import Page
from tests.views.person.conftest import Ward, ward
from tests.views.visit.test_page import at_step

__all__ = ["ward"]
ILLNESS = "What is the main illness?"
THEIRS = Edit("diagnosis", MAIN, "primary", {"text": "Motor neurone disease"})
KEPT = "You had answered “Motor neurone”. That is kept here, and not in the plan."


def asking(ward: Ward, who: str, qtbot: QtBot) -> Page:
    page = ward.open(who)
    page.key("Ctrl+R")
    at_step(page, "since", qtbot, ward)
    page.press("Step 5: What is still wanted")
    at_step(page, "missing", qtbot, ward)
    page.wait_until_has(ILLNESS)
    page.type(ILLNESS, "Motor neurone")
    return page


@pytest.mark.parametrize("heard", [False, True], ids=["unseen", "beneath her hands"])
def test_an_answer_that_somebody_else_gave_meanwhile_stands_beside_what_was_typed(
    ward: Ward, qtbot: QtBot, heard: bool
) -> None:
    who = ward.person()
    page = asking(ward, who, qtbot)
    ward.write(who, [THEIRS], DOCTOR)
    if heard:
        ward.desk.changed.emit(Changes(frozenset((who,))))
    else:
        page.press("Save these answers")
    page.wait_until_says("Recorded meanwhile: Motor neurone disease (Dr A Khan, consultant, 12-Nov-2026 14:32).")
    assert page.says(KEPT)
    assert accessibility.faults(page.root) == []
    assert accessibility.unreached(page.root) == []
    assert ward.plan(who).value("diagnosis", "primary") == {"text": "Motor neurone disease"}
    ward.close(page)
    again = ward.open(who)
    again.wait_until_has("Go on with the visit")
    again.press("Go on with the visit")
    at_step(again, "missing", qtbot, ward)
    again.wait_until_says(KEPT)
    again.press(f"Let my answer go: {ILLNESS}")
    assert not again.says(KEPT)


def test_who_is_typing_goes_on_typing_when_another_question_is_answered_elsewhere(ward: Ward, qtbot: QtBot) -> None:
    who = ward.person()
    page = asking(ward, who, qtbot)
    ward.write(who, [Edit("cpr", MAIN, "decision", "no_decision")], DOCTOR)
    ward.desk.changed.emit(Changes(frozenset((who,))))
    qtbot.waitUntil(lambda: not page.says("Is there a decision about CPR?"), timeout=5000)
    page.keys(" disease")
    assert page.read(ILLNESS) == "Motor neurone disease"
