"""The main job, end to end: import, record a visit by keys alone, print, close, kill, open again: all there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from eolc_desktop.care_plan.promises import QUESTIONS
from eolc_desktop.desktop.theme import Theme
from eolc_desktop.documents.raster import text_of
from eolc_desktop.paths import Profile, resources
from eolc_desktop.views.widgets import ask
from tests.journeys import killed
from tests.journeys.laptop import PATIENCE, Files, Laptop, first_morning, plans_on

BUNDLES = sorted((resources() / "sample" / "synthea").glob("*.json"))
WORDS = "I want to stay in my own bed, with the window open."
COPIES = {"My plan for care": "my-plan-for-care.pdf", "Our commitment to you": "our-commitment.pdf"}


@pytest.fixture
def asking() -> Iterator[None]:
    before = ask.replace_asking(ask.Ask())
    yield
    ask.replace_asking(before)


@pytest.mark.timeout(180)
@pytest.mark.parametrize("bundle", BUNDLES, ids=lambda path: path.name.split("_")[0])
def test_a_whole_visit_by_keyboard_alone(
    bundle: Path, qtbot: QtBot, qapp: QApplication, theme: Theme, profile: Profile, tmp_path: Path, asking: None
) -> None:
    first_morning(profile)
    ask.replace_asking(Files(bundle, tmp_path))
    laptop = Laptop(qtbot, qapp, theme, profile)
    page = laptop.page
    try:
        laptop.unlock()
        laptop.command("Import people")
        page.wait_until_has("Choose a file…")
        page.press("Choose a file…")
        page.wait_until_has("Bring in", milliseconds=PATIENCE)
        page.press("Bring in")
        page.wait_until_says("No CPR decision recorded", milliseconds=PATIENCE)
        given_names = bundle.name.split("_")[0]
        assert page.says(given_names)

        laptop.section("What matters to them")
        page.type("What matters most now", WORDS)
        laptop.save()
        laptop.section("The six commitments")
        page.press("Open: Honest conversations")
        page.choose("How it stands", "Met")
        laptop.save()
        laptop.section("The seven questions")
        page.press("Add an occasion")
        page.wait_until_has(f"1. {QUESTIONS[0].plain} In their own words", milliseconds=PATIENCE)
        page.choose(f"1. {QUESTIONS[0].plain}", "Yes")
        page.type(f"1. {QUESTIONS[0].plain} In their own words", "Somebody always comes.")
        laptop.save()

        page.key("Ctrl+P")
        for document, file in COPIES.items():
            page.wait_until_has("Save as PDF…", milliseconds=PATIENCE)
            laptop.wait(lambda: page.field("Save as PDF…").isEnabled())
            page.choose("What to print", document)
            laptop.wait(lambda: page.field("Save as PDF…").isEnabled())
            page.press("Save as PDF…")
            laptop.wait((tmp_path / file).exists)
            page.wait_until_has("Not now", milliseconds=PATIENCE)
            page.press("Not now")
            page.wait_until_has(document, milliseconds=PATIENCE)
    finally:
        laptop.close()

    (plan,) = plans_on(profile)
    assert plan.value("about_me", "most_important") == WORDS
    assert plan.value("commitments", "state", "1") == "met"
    (occasion,) = plan.entries("compact")
    assert (occasion.value("q1"), occasion.value("q1_words")) == ("yes", "Somebody always comes.")
    paper = " ".join("".join(text_of((tmp_path / "my-plan-for-care.pdf").read_bytes())).split())
    assert "with the window open" in paper
    assert given_names in paper

    again = Laptop(qtbot, qapp, theme, profile)
    try:
        again.unlock()
        again.wait(lambda: again.page.says(given_names))
    finally:
        again.close()


@pytest.mark.timeout(180)
def test_what_was_saved_and_what_was_being_typed_outlive_a_kill(
    qtbot: QtBot, qapp: QApplication, theme: Theme, profile: Profile, tmp_path: Path
) -> None:
    first_morning(profile)
    child = subprocess.run(
        [sys.executable, "-m", killed.__name__, str(profile.folder), str(BUNDLES[0]), str(tmp_path)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert child.returncode == -signal.SIGKILL, child.stderr.decode()[-2000:]
    assert b"kept" in child.stdout
    (plan,) = plans_on(profile)
    assert plan.value("about_me", "most_important") == killed.SAVED
    assert plan.value("about_me", "strength") is None
    laptop = Laptop(qtbot, qapp, theme, profile)
    try:
        laptop.unlock()
        laptop.wait(lambda: laptop.page.says("Continue where you left off") or laptop.page.says("not saved"))
        laptop.program.desk.person_wanted.emit(plan.person_id)  # type: ignore[union-attr]
        laptop.page.wait_until_has("Continue writing in What matters to them", milliseconds=PATIENCE)
        laptop.page.press("Continue writing in What matters to them")
        laptop.wait(lambda: killed.TYPED in laptop.page.read("What gives them strength"))
    finally:
        laptop.close()
