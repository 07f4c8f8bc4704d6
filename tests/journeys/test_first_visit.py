"""A first visit in the real window by keys alone: left in the middle, come back to at the same place, and ended."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eolc_desktop.app.opening import begin_session
from eolc_desktop.care_plan.readiness import missing_for_sharing
from eolc_desktop.clock import system_clock
from eolc_desktop.desktop.theme import Theme
from eolc_desktop.paths import Profile
from eolc_desktop.services import people, sign_in, visits
from eolc_desktop.services.session import Session
from eolc_desktop.views.visit.page import VisitPage
from tests.journeys.laptop import PASSPHRASE, PATIENCE, Laptop, first_morning, plans_on
from tests.services.test_visits import IMPORTED

WORDS = "I want to hear the garden."
ANSWERS = {
    "What is the main illness?": "Motor neurone disease",
    "Who is the key worker, and who looks at this plan again?": "0113 496 0150",
    "Who is the GP?": "Dr B Mensah",
    "Which surgery?": "Bridge Street Surgery",
    "Whom do they ring for help, at any time?": "Hospice line",
    "On which number?": "0113 496 0199",
}
CHOSEN = {
    "Is there anything that makes it easier to read, hear or follow what we say?": "Asked: nothing special",
    "May we keep this plan, and share it with the people who care for them?": "Margaret agreed to both",
    "Where would they want to be at the end of their life?": "Own home",
    "Is there a decision about CPR?": "No CPR decision is known",
    "Does somebody close care for them?": "Has a carer",
    "Has anyone else written a plan with them?": "No other plans are known",
    "How do our six commitments stand?": "Not yet, all six: this is the beginning",
}


def add_peggy(profile: Profile) -> str:
    opened = sign_in.unlock(profile, PASSPHRASE)
    try:
        session: Session = begin_session(opened.store, opened.user_id, profile, system_clock)
        return people.add_person(session, IMPORTED).plan.person_id
    finally:
        opened.store.close()


def visiting(laptop: Laptop) -> VisitPage:
    laptop.wait(lambda: isinstance(laptop.person.places.own_page, VisitPage))
    page = laptop.person.places.own_page
    assert isinstance(page, VisitPage)
    laptop.wait(lambda: page.visit is not None)
    return page


@pytest.mark.timeout(240)
def test_a_first_visit_is_left_and_come_back_to_and_makes_the_plan_ready_to_share(
    qtbot: QtBot, qapp: QApplication, theme: Theme, profile: Profile
) -> None:
    first_morning(profile)
    who = add_peggy(profile)
    laptop = Laptop(qtbot, qapp, theme, profile)
    page = laptop.page
    try:
        laptop.unlock()
        page.key("Ctrl+F")
        page.keys("smith")
        page.wait_until_says("1 person matches.", milliseconds=PATIENCE)
        page.key("Return")
        page.wait_until_has("Begin a visit", milliseconds=PATIENCE)
        page.key("Ctrl+R")
        visiting(laptop)
        page.press("Step 5: What is still wanted")
        page.wait_until_has("What matters most to Margaret now?", milliseconds=PATIENCE)
        page.type("What matters most to Margaret now?", WORDS)
        assert missing_for_sharing(laptop.person.plan) != ()  # type: ignore[arg-type]
    finally:
        laptop.close()

    again = Laptop(qtbot, qapp, theme, profile)
    page = again.page
    try:
        again.unlock()
        page.wait_until_has("Continue with SMITH, Margaret Rose", milliseconds=PATIENCE)
        page.press("Continue with SMITH, Margaret Rose")
        page.wait_until_has("Go on with the visit", milliseconds=PATIENCE)
        page.press("Go on with the visit")
        visit = visiting(again).visit
        assert visit is not None
        assert visit.step == "missing"
        page.wait_until_has("What matters most to Margaret now?", milliseconds=PATIENCE)
        assert page.read("What matters most to Margaret now?") == WORDS
        for asked, words in ANSWERS.items():
            page.type(asked, words)
        for asked, answer in CHOSEN.items():
            page.choose(asked, answer)
        page.press("Save these answers")
        page.wait_until_says("Nothing is missing: the plan is ready to share.", milliseconds=PATIENCE)
        page.press("Continue")
        page.wait_until_has("Who was there", milliseconds=PATIENCE)
        page.type("Who was there", "Margaret and her daughter")
        page.press("Finish the visit")
        page.wait_until_has("Begin a visit", milliseconds=PATIENCE)
    finally:
        again.close()

    (plan,) = plans_on(profile)
    assert plan.person_id == who
    assert missing_for_sharing(plan) == ()
    assert plan.value("about_me", "most_important") == WORDS
    (entry,) = plan.entries(visits.LOG)
    assert entry.text("present") == "Margaret and her daughter"
    assert "What matters to them" in entry.text("discussed")
