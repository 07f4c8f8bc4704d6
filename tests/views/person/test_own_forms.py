"""The organisation's own forms by keyboard: read, understood, taken in, filled in, offered no longer."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eolc_desktop.care_plan.fields import Part
from eolc_desktop.fhir.questionnaire import questionnaire
from eolc_desktop.fhir.questionnaire_response import read_response, response
from eolc_desktop.services import own_forms, plans
from eolc_desktop.views.own_forms.page import OwnFormsPage
from eolc_desktop.views.widgets import ask
from tests import accessibility
from tests.fhir.test_own_form import ask as asked
from tests.fhir.test_own_form import form
from tests.fhir.valid import assert_valid
from tests.pages import Page
from tests.plans import canary
from tests.views.importing.test_page import Chooses
from tests.views.person.conftest import Ward, go, page_of

NIGHT = form(
    asked("g", "group", text="The night", item=[
        asked("woken", "integer", text="Times woken", initial=[{"valueInteger": 0}]),
        asked("temp", "decimal", text="Temperature"),
        asked("settled", "time", text="Settled at"),
    ]),
    asked("total", "decimal", text="Total", extension=[{"url": "http://x/sdc-questionnaire-calculatedExpression"}]),
    asked("v", "group", text="Visitors", repeats=True, item=[asked("who", "string", text="Who came")]),
)  # fmt: skip


def opened(ward: Ward) -> tuple[Page, OwnFormsPage]:
    made = OwnFormsPage(ward.desk)
    return ward.open_window(made, 1366, 706), made


def choose(ward: Ward, page: Page, made: OwnFormsPage, path: Path) -> None:
    before = ask.replace_asking(Chooses(path))
    try:
        page.press("Choose a form…")
    finally:
        ask.replace_asking(before)
    ward.qtbot.waitUntil(lambda: made._preview is not None or bool(made.message.words()), timeout=10_000)


def test_a_form_is_read_taken_in_and_filled_in_like_any_section(ward: Ward, tmp_path: Path) -> None:
    path = tmp_path / "night.json"
    path.write_text(json.dumps(NIGHT), "utf-8")
    page, made = opened(ward)
    choose(ward, page, made, path)
    page.wait_until_says("the form works this out from other answers")
    page.wait_until_says("Temperature – a number")
    assert accessibility.faults(page.root) == []
    page.wait_until_has("Take it in")
    page.press("Take it in")
    ward.qtbot.waitUntil(lambda: "is now a section" in made.message.words(), timeout=10_000)
    ward.on_store(lambda: True)
    ward.qtbot.waitUntil(lambda: page.says("Version 1. 5 questions."), timeout=10_000)
    assert accessibility.faults(page.root) == []
    assert accessibility.unreached(page.root) == []

    person = ward.open(ward.person())
    key = next(s.key for s in ward.desk.session.catalogue if s.title == "Night sitter’s handover")
    go(person, key, ward.qtbot)
    person.wait_until_says("The night")
    assert accessibility.faults(person.root) == []
    person.press("Times woken: take the form’s suggestion, 0")
    person.type("Temperature", "36,5")
    person.type("Settled at", "11.30pm")
    person.choose("Who told you?", "Someone close to them")
    person.key("Ctrl+Return")
    person.wait_until_says("Saved on this laptop 14:32. Not shared.")
    ward.on_store(lambda: True)
    plan = page_of(person).plan
    assert plan is not None
    assert [plan.value(key, name) for name in ("woken", "temp", "settled")] == [0, "36.5", "23:30"]


def test_a_form_that_cannot_be_followed_is_refused_in_words(ward: Ward, tmp_path: Path) -> None:
    path = tmp_path / "form.json"
    path.write_text(json.dumps(form(asked("a", "string"), subjectType=["Device"])), "utf-8")
    page, made = opened(ward)
    choose(ward, page, made, path)
    assert "not about a person" in made.message.words()
    assert made._preview is None


def test_a_form_is_offered_no_longer_and_again(ward: Ward, tmp_path: Path) -> None:
    path = tmp_path / "night.json"
    path.write_text(json.dumps(NIGHT), "utf-8")
    page, made = opened(ward)
    choose(ward, page, made, path)
    page.wait_until_has("Do not take it in")
    page.press("Do not take it in")
    assert made._preview is None
    choose(ward, page, made, path)
    page.wait_until_has("Take it in")
    page.press("Take it in")
    ward.qtbot.waitUntil(lambda: page.has("Offer it no longer: Night sitter’s handover"), timeout=10_000)
    page.press("Offer it no longer: Night sitter’s handover")
    ward.qtbot.waitUntil(lambda: page.says("No longer offered"), timeout=10_000)
    page.wait_until_has("Offer it again: Night sitter’s handover")
    page.press("Offer it again: Night sitter’s handover")
    ward.qtbot.waitUntil(lambda: not page.says("No longer offered"), timeout=10_000)
    ward.on_store(lambda: True)


LONG = "How often was she turned in the night, by whom, and what did she say about it? " * 6
UNKIND = form(
    asked("long", "string", text=LONG),
    asked("long too", "choice", text=LONG, answerOption=[{"valueString": LONG[:200]}, {"valueString": "x"}]),
    asked("marks", "choice", text="R&D <b>& so</b> on", answerOption=[{"valueString": w} for w in ("A & B", "<i>C")]),
    asked("lines", "text", text="one\n\n\ttwo\r\nthree"),
    asked("rtl", "string", text="كم مرة استيقظت الليلة؟ 2.5 mg"),
    asked("many", "choice", answerOption=[{"valueString": f"Option number {number}"} for number in range(300)]),
    asked("1.1/2 (a)", "string", text="Name"),
    asked("1.1/2 (b)", "string", text="Name"),
    asked("x" * 300, "integer", text=""),
    asked("v", "group", text="Visitors", repeats=True, item=[asked("who", "string", text="Who came")]),
    asked("w", "string", text="Worries", repeats=True),
    title=LONG,
)  # fmt: skip


@pytest.mark.parametrize("size", [(1366, 706), (1024, 560)])
def test_a_form_that_spares_nobody_is_shown_whole_filled_in_and_travels(ward: Ward, size: tuple[int, int]) -> None:
    data = json.dumps(UNKIND).encode()
    catalogue = ward.on_store(lambda: own_forms.accept(ward.session, own_forms.preview(ward.session, data)))
    ward.desk.session = replace(ward.session, catalogue=catalogue)
    (section,) = (one for one in catalogue if one.part is Part.OWN_FORMS and not one.parent)
    who = ward.person(**{section.key: {f.key: canary(section, f) for f in section.fields}})
    page = ward.open(who, *size)
    go(page, section.key, ward.qtbot)
    assert accessibility.faults(page.root) == []
    ward.qtbot.waitUntil(lambda: accessibility.cut_off(page.root) == [], timeout=4000)
    assert page.says("R&D <b>& so</b> on"), "a form of somebody else's decides how it looks"
    page.press("Add a further answer to “Worries”")
    page.keys("The stairs")
    page.choose("Who told you?", "The person")
    page.key("Ctrl+Return")
    page.wait_until_says("Saved on this laptop")
    plan = ward.on_store(lambda: plans.read_plan(ward.desk.session, who))
    keys = [one.key for one in catalogue if one.part is Part.OWN_FORMS]
    assert sum(len(plan.entries(key)) for key in keys) == 2
    for key in keys:
        assert_valid(questionnaire(catalogue[key]))
        for entry in plan.entries(key):
            sent = response(catalogue[key], entry, {"reference": "Patient/1"})
            assert_valid(sent)
            back = read_response(sent, catalogue, ward.clock()).entry
            assert back is not None
            assert back.values == entry.values
