"""The coordinator's desk, as scenes play it: the caseload arranged, meetings, the register, the weekend check."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QAbstractItemView, QPushButton, QWidget

from eolc_desktop.services import caseload_table
from eolc_desktop.services.caseload_table import Arrangement
from eolc_desktop.views.caseload.arrange import ArrangePanel
from tests.screens.stage import Stage


def _caseload(stage: Stage) -> QWidget:
    shell = stage.shell()
    shell.show_caseload()
    stage.settle()
    return shell


def _button(shell: QWidget, words: str) -> QPushButton:
    return next(button for button in shell.findChildren(QPushButton) if button.text() == words)


def caseload_grouped(stage: Stage) -> QWidget:
    """In groups by stage, sorted by review, with other columns, and two people picked."""
    grouped = Arrangement(("born", "nhs", "worker", "stage", "review", "met"), sort="review", group="stage")
    stage.on_store(caseload_table.keep, grouped)
    shell = _caseload(stage)
    stage.on_store(caseload_table.keep, Arrangement())
    table = next(view for view in shell.findChildren(QAbstractItemView) if view.isVisible())
    for place in (1, 3):
        table.model().pick(place)  # type: ignore[attr-defined]
    stage.settle()
    return shell


def caseload_details(stage: Stage) -> QWidget:
    """Details of the highlighted person beside the list."""
    shell = _caseload(stage)
    _button(shell, "Details").click()
    table = next(view for view in shell.findChildren(QAbstractItemView) if view.isVisible())
    table.setCurrentIndex(table.model().index(2, 0))
    stage.settle()
    return shell


def caseload_arranging(stage: Stage) -> QWidget:
    """The panel in which the list is arranged, narrowed by stage."""
    shell = _caseload(stage)
    _button(shell, "Arrange…").click()
    panel = next(iter(shell.findChildren(ArrangePanel)))
    panel.arranged.emit(replace(Arrangement(), narrowed=(("stage", "red"),)))
    stage.settle()
    return shell
