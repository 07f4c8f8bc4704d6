"""The screens of one person’s plan: its sections, a visit, what is being written, files and measures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QPushButton, QRadioButton, QWidget

from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.care_plan.plan import Edit, Plan, Source, Told
from eolc_desktop.care_plan.sections.ipos import TOPICS
from eolc_desktop.documents.attached import inspect
from eolc_desktop.services import attachments, people, plans, visits
from eolc_desktop.services.invented.stories import PEGGY
from eolc_desktop.services.plans import SaveResult
from eolc_desktop.services.visits import Visit
from eolc_desktop.views.attachments.viewer import AttachmentViewer
from eolc_desktop.views.own_forms.page import OwnFormsPage
from eolc_desktop.views.person.draft_offer import Place
from eolc_desktop.views.person.interruption import Interruption
from eolc_desktop.views.person.rail import (
    FILES,
    MEASURES,
    VISIT,
)
from eolc_desktop.views.person.stands_now import StandsNow
from eolc_desktop.views.places import Place as Place_
from eolc_desktop.views.shell import Shell
from tests.pictures import ROOT
from tests.screens.stage import Stage

Kind = TypeVar("Kind", QLineEdit, QPlainTextEdit)


def plan(section: str = "", person_id: str = PEGGY) -> Callable[[Stage], QWidget]:
    def play(stage: Stage) -> QWidget:
        return stage.person(person_id, section)[0]

    return play


def visit(step: str, newcomer: bool = False) -> Callable[[Stage], QWidget]:
    def play(stage: Stage) -> QWidget:
        person_id = stage.newcomer if newcomer else PEGGY
        stage.on_store(visits.keep, person_id, Visit(stage.clock(), step))
        shell = stage.person(person_id, VISIT)[0]
        stage.settle()
        return shell

    return play


def find_in_plan(stage: Stage) -> QWidget:
    shell, page = stage.person(PEGGY)
    page._on_find()
    stage.settle()
    stage.type("garden")
    return shell


def under_18(stage: Stage) -> QWidget:
    """Somebody who is added for this picture alone, so that no list of the others changes: it is taken last of all."""
    known: dict[str, Value] = {
        "family_name": "Reed", "given_names": "Thomas", "preferred_name": "Tom", "birth_date": "2012-03-12",
        "gender": "male", "nhs_number": "9990000085",
    }  # fmt: skip
    added = stage.on_store(people.add_person, known, Told(Source.PERSON))
    assert isinstance(added, people.Added)
    return stage.person(added.plan.person_id)[0]


def changed_meanwhile(stage: Stage) -> QWidget:
    """ "Still so" was pressed on what somebody else had just changed. Added for this picture alone, as above."""
    known: dict[str, Value] = {
        "family_name": "Lister", "given_names": "Grace", "title": "Mrs", "birth_date": "1944-05-02",
        "gender": "female", "nhs_number": "9990000093",
    }  # fmt: skip
    places: dict[str, Value] = {"preferred_care": "home", "preferred_death": "home"}
    added = stage.on_store(people.add_person, known, Told(Source.PERSON))
    assert isinstance(added, people.Added)
    saved = stage.on_store(plans.save_entry, added.plan, "places", MAIN, places, Told(Source.PERSON))
    assert isinstance(saved, SaveResult)
    shell, page = stage.person(added.plan.person_id, "places")
    stage.on_store(plans.save_entry, saved.plan, "places", MAIN, {"preferred_death": "hospice"}, Told(Source.FAMILY))
    still = next(b for b in page.findChildren(QPushButton) if b.accessibleName().startswith("Everything here is still"))
    still.click()
    stage.until(lambda: any(notice.isVisible() for notice in page.findChildren(StandsNow)))
    stage.use_pointer()
    stage.settle()
    return shell


def newcomer(stage: Stage) -> QWidget:
    return stage.person(stage.newcomer)[0]


def entry(section: str, place: int = 0) -> Callable[[Stage], QWidget]:
    def play(stage: Stage) -> QWidget:
        shell, page = stage.person(PEGGY, section)
        listed = page.places._sections[section]._list
        assert listed is not None
        assert page.plan is not None
        page.places.open_entry(Place(section, listed.entries.entries()[place].id), page.plan, page.around)
        stage.settle()
        return shell

    return play


def writing(stage: Stage) -> QWidget:
    shell, page = stage.person(PEGGY, "about_me")
    field(page, QPlainTextEdit).appendPlainText("And Radio 3 on low, at night.")
    stage.settle()
    return shell


def draft_waiting(stage: Stage) -> QWidget:
    stage.on_store(plans.keep_draft, PEGGY, "about_me/main", {"fears": "Going in again, and Anna driving at night."}, 5)
    return stage.person(PEGGY)[0]


def interruption(stage: Stage) -> QWidget:
    shell, page = stage.person(stage.newcomer, "cpr")
    against = next(button for button in page.findChildren(QRadioButton) if button.text() == "Do not attempt CPR")
    against.setFocus()
    QTest.keyClick(against, Qt.Key.Key_Space)
    stage.settle()
    page.writing.save()
    # The first time it asks who said so; saving again leaves that unsaid.
    page.writing.save()
    stage.until(lambda: any(shown.isVisible() for shown in page.findChildren(Interruption)))
    stage.settle()
    return shell


def field(page: QWidget, kind: type[Kind]) -> Kind:
    return next(field_ for field_ in page.findChildren(kind) if field_.isVisible() and not field_.isReadOnly())


def measures(stage: Stage) -> QWidget:
    taken: dict[str, list[dict[str, Value]]] = {
        "akps": [{"on": "2026-06-02", "score": "70"}, {"on": "2026-08-14", "score": "60"},
                 {"on": "2026-10-20", "score": "50"}, {"on": "2026-11-10", "score": "40", "by": "Jo Okafor"}],
        "phase": [{"on": "2026-08-14", "phase": "stable"}, {"on": "2026-11-10", "phase": "deteriorating"}],
        "ipos": [{"on": "2026-08-14", **{key: 1 for key, _topic in TOPICS}},
                 {"on": "2026-11-10", **{key: 2 for key, _topic in TOPICS}, "pain": 3}],
    }  # fmt: skip
    edits = [
        Edit(section, f"{section}{number}", key, value)
        for section, readings in taken.items()
        for number, reading in enumerate(readings)
        for key, value in reading.items()
    ]
    before = stage.on_store(plans.read_plan, stage.newcomer)
    if isinstance(before, Plan) and not before.entries("akps"):
        stage.on_store(plans.record, stage.newcomer, edits)
    return stage.person(stage.newcomer, MEASURES)[0]


def file_shown(stage: Stage) -> QWidget:
    data = (ROOT / "tests" / "data" / "signed-form.png").read_bytes()
    plan = stage.on_store(plans.read_plan, stage.newcomer)
    what = {"title": "CPR form on the fridge", "kind": "cpr_form", "original": "On the fridge door"}
    stage.on_store(attachments.attach, plan, what, data, inspect(data))
    shell, page = stage.person(stage.newcomer, FILES)
    stage.settle()
    show = next(b for b in page.findChildren(QPushButton) if b.accessibleName().startswith("Show: "))
    show.click()
    stage.until(lambda: any(v._picture.pixmap().width() > 0 for v in page.findChildren(AttachmentViewer)))
    stage.settle()
    return shell


def own_forms(stage: Stage) -> QWidget:
    shell = stage.shell()
    shell.places.go(Place_("own_forms"))
    stage.settle()
    return shell


def own_form_preview(stage: Stage) -> QWidget:
    shell = own_forms(stage)
    assert isinstance(shell, Shell)
    page = shell.places.currentWidget()
    assert isinstance(page, OwnFormsPage)
    page.read_file(ROOT / "tests" / "data" / "fhir" / "night-sitters-handover.json")
    stage.until(lambda: page._preview is not None)
    stage.settle()
    return shell
