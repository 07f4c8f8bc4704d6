"""A caseload of three on the screen, and ways to read it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractItemView

from eolc_desktop.record.people import PersonRow
from eolc_desktop.views.caseload.page import CaseloadPage
from tests.pages import Page
from tests.views.conftest import AHMED, EWA, PEGGY, Office

FIND = "Find in the caseload by name, NHS number, postcode or date of birth"
TABLE = "People on this computer"


def names(page: Page) -> list[str]:
    view = page.field(TABLE)
    assert isinstance(view, QAbstractItemView)
    model = view.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def cells(page: Page, row: int) -> list[str]:
    view = page.field(TABLE)
    assert isinstance(view, QAbstractItemView)
    return [str(view.model().index(row, column).data()) for column in range(view.model().columnCount())]


@pytest.fixture
def caseload(office: Office) -> Page:
    office.person(PEGGY, cpr={"decision": "not_for_cpr"}, plan_control={"review_date": "2026-11-20"})
    office.person(AHMED)
    office.person(EWA)
    page = office.show(CaseloadPage(office.desk))
    page_of(page).focus_first()
    return page


def page_of(page: Page) -> CaseloadPage:
    assert isinstance(page.root, CaseloadPage)
    return page.root


def chosen_of(page: Page) -> list[str]:
    chosen: list[str] = []
    page_of(page).person_chosen.connect(lambda row: chosen.append(row.family_name))
    return chosen


def row_of(page: Page, place: int) -> PersonRow:
    row = page_of(page)._model.row_at(page_of(page)._model.index(place, 0))
    assert row is not None
    return row
