"""A team meeting about twenty people in the real window, without a mouse: begun, gone through, ended, minutes kept."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eolc_desktop.app.opening import begin_session, make_record
from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.nhs_number import with_check_digit
from eolc_desktop.care_plan.plan import Edit
from eolc_desktop.clock import system_clock
from eolc_desktop.desktop.theme import Theme
from eolc_desktop.documents.raster import text_of
from eolc_desktop.paths import Profile
from eolc_desktop.record import journal
from eolc_desktop.record.rows import new_id
from eolc_desktop.views.widgets import ask
from tests.journeys.laptop import NURSE, PASSPHRASE, PATIENCE, Files, Laptop, plans_on

PEOPLE = 20


@pytest.fixture
def asking() -> Iterator[None]:
    before = ask.replace_asking(ask.Ask())
    yield
    ask.replace_asking(before)


def twenty(profile: Profile) -> None:
    profile.make_private()
    made = make_record(profile, NURSE, PASSPHRASE, system_clock)
    session = begin_session(made.store, made.user_id, profile, system_clock)
    numbers = (number for n in range(100, 10_000) if (number := with_check_digit(f"99900{n:04d}")))
    people = []
    for place in range(PEOPLE):
        values = {"family_name": f"Person {place:02d}", "given_names": "Ann", "birth_date": "1940-03-04"}
        edits = [Edit("person", MAIN, key, value) for key, value in (values | {"nhs_number": next(numbers)}).items()]
        people.append((new_id(), edits))
    with made.store.writing() as connection:
        journal.append_new_people(connection, session.pen(), people)
    made.store.close()


@pytest.mark.timeout(180)
def test_a_meeting_about_twenty_people_needs_no_mouse(
    qtbot: QtBot, qapp: QApplication, theme: Theme, profile: Profile, tmp_path: Path, asking: None
) -> None:
    twenty(profile)
    ask.replace_asking(Files(tmp_path, tmp_path))
    laptop = Laptop(qtbot, qapp, theme, profile)
    page = laptop.page
    try:
        laptop.unlock()
        page.key("Ctrl+4")
        page.wait_until_has("About whom", milliseconds=PATIENCE)
        page.choose("About whom", "New: added in the last 14 days")
        page.wait_until_says("About 20 people", milliseconds=PATIENCE)
        page.type("Who is there (optional)", "Dr A Khan, Jo Okafor")
        page.press("Begin the meeting")
        for number in range(1, PEOPLE + 1):
            page.wait_until_says(f"Person {number} of {PEOPLE}", milliseconds=PATIENCE)
            assert page.says(f"PERSON {number - 1:02d}, Ann")
            if number == 7:
                page.press("Not today: for another meeting")
                continue
            page.choose("Stage", "Amber – weeks")
            page.type("What is decided (optional)", f"Decision {number}")
            if number % 5 == 0:
                page.type("Task", f"Ask about nights {number}")
                page.type("Who does it", "Jo Okafor")
                page.type("By when", "14/12/2027")
                page.key("Return")
                page.wait_until_says(f"Ask about nights {number}: Jo Okafor, by 14-Dec-2027")
            page.key("Ctrl+Return")
        page.wait_until_says("0 people are left.", milliseconds=PATIENCE)
        page.retype("Next meeting (optional)", "10/01/2028")
        page.press("End the meeting")
        page.wait_until_says("It ended. Next meeting 10-Jan-2028.", milliseconds=PATIENCE)
        page.press("Save the minutes as a PDF…")
        laptop.wait((tmp_path / "minutes.pdf").exists)
    finally:
        laptop.close()
    words = " ".join(" ".join(text_of((tmp_path / "minutes.pdf").read_bytes())).split())
    assert "Dr A Khan, Jo Okafor" in words
    assert "Decision 20" in words
    assert "Ask about nights 5, Jo Okafor, by 14-Dec-2027" in words
    assert "Not talked about: for another meeting." in words
    found = {plan.text("person", "family_name"): plan for plan in plans_on(profile)}
    assert not found["Person 06"].entries("team_reviews")
    for number in (1, 5, 20):
        plan = found[f"Person {number - 1:02d}"]
        (met,) = plan.entries("team_reviews")
        assert (met.text("decided"), met.text("next_on")) == (f"Decision {number}", "2028-01-10")
        assert plan.text("plan_control", "rag") == "amber"
        assert len(plan.entries("tasks")) == (1 if number % 5 == 0 else 0)
