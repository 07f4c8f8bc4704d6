"""The coordinator's desk, as scenes play it: the caseload arranged, meetings, the register, the weekend check."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QAbstractItemView, QPushButton, QWidget

from eolc_desktop.services import caseload_table, caseload_views
from eolc_desktop.services.caseload_table import Arrangement
from eolc_desktop.services.invented.stories import PEGGY
from eolc_desktop.views.caseload.arrange import ArrangePanel
from eolc_desktop.views.places import Place
from tests.screens.stage import Stage


def caseload(stage: Stage) -> QWidget:
    """Everybody, as the list opens."""
    shell = stage.shell()
    shell.show_caseload()
    stage.settle()
    return shell


def caseload_search(stage: Stage) -> QWidget:
    """A name being typed."""
    shell = caseload(stage)
    stage.type("smi")
    return shell


def caseload_nobody(stage: Stage) -> QWidget:
    """A name that nobody has."""
    shell = caseload(stage)
    stage.type("quixworth")
    return shell


def caseload_view(stage: Stage) -> QWidget:
    """Those with a fast track running."""
    stage.on_store(caseload_views.keep_view, "fast_track")
    shell = caseload(stage)
    stage.on_store(caseload_views.keep_view, "")
    return shell


def _button(shell: QWidget, words: str) -> QPushButton:
    return next(button for button in shell.findChildren(QPushButton) if button.text() == words)


def caseload_grouped(stage: Stage) -> QWidget:
    """In groups by stage, sorted by review, with other columns, and two people picked."""
    grouped = Arrangement(("born", "nhs", "worker", "stage", "review", "met"), sort="review", group="stage")
    stage.on_store(caseload_table.keep, grouped)
    shell = caseload(stage)
    stage.on_store(caseload_table.keep, Arrangement())
    table = next(view for view in shell.findChildren(QAbstractItemView) if view.isVisible())
    for place in (1, 3):
        table.model().pick(place)  # type: ignore[attr-defined]
    stage.settle()
    return shell


def caseload_details(stage: Stage) -> QWidget:
    """Details of the highlighted person beside the list."""
    shell = caseload(stage)
    _button(shell, "Details").click()
    table = next(view for view in shell.findChildren(QAbstractItemView) if view.isVisible())
    table.setCurrentIndex(table.model().index(2, 0))
    stage.settle()
    return shell


def caseload_arranging(stage: Stage) -> QWidget:
    """The panel in which the list is arranged, narrowed by stage."""
    shell = caseload(stage)
    _button(shell, "Arrange…").click()
    panel = next(iter(shell.findChildren(ArrangePanel)))
    panel.arranged.emit(replace(Arrangement(), narrowed=(("stage", "red"),)))
    stage.settle()
    return shell


def meeting_start(stage: Stage) -> QWidget:
    """Before a meeting."""
    shell = stage.shell()
    shell.places.go(Place("meeting"))
    stage.settle()
    return shell


def _in_meeting(stage: Stage) -> QWidget:
    rows = stage.on_store(caseload_table.listed, caseload_table.Wanted(view="red_and_amber"), 0, 8)
    ids = [row.id for row in rows.page.rows]  # type: ignore[attr-defined]
    shell = stage.shell()
    shell.places.go(Place("meeting", document="about:" + ",".join(ids)))
    stage.settle()
    _button(shell, "Begin the meeting").click()
    stage.settle()
    return shell


def meeting_person(stage: Stage) -> QWidget:
    """One person of a meeting."""
    return _in_meeting(stage)


def meeting_agenda(stage: Stage) -> QWidget:
    """The agenda, and how a meeting ends."""
    shell = _in_meeting(stage)
    _button(shell, "Agenda").click()
    stage.settle()
    return shell


def _shown(kind: str, stage: Stage, person_id: str = "") -> QWidget:
    shell = stage.shell()
    shell.places.go(Place(kind, person_id))
    stage.settle()
    return shell


def register(stage: Stage) -> QWidget:
    """The palliative care register."""
    return _shown("register", stage)


def weekend(stage: Stage) -> QWidget:
    """The weekend check of the caseload."""
    return _shown("weekend", stage)


def home_ready(stage: Stage) -> QWidget:
    """One home, line by line."""
    return _shown("home_ready", stage, PEGGY)
