"""The caseload on a wide screen: what is spare is of use, and no word is ever cut off."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QImage, QPainter
from PySide6.QtWidgets import QTableView

from eolc_desktop.views.caseload.page import CaseloadPage
from eolc_desktop.views.caseload.table import _WRAPPED, _height
from tests.views.conftest import PEGGY, Office

TABLE = "People on this computer"
LONG = "The home of a relative or friend"


def test_the_rest_of_the_row_stands_near_the_name_and_places_need_not_wrap(office: Office) -> None:
    office.person(PEGGY, places={"preferred_death": "family_home"})
    view = office.show(CaseloadPage(office.desk), 1920, 1000).field(TABLE)
    assert isinstance(view, QTableView)
    model = view.model()
    columns = {str(model.headerData(n, Qt.Orientation.Horizontal)): n for n in range(model.columnCount())}
    widths = {heading: view.columnWidth(column) for heading, column in columns.items()}
    assert widths["Name"] <= view.fontMetrics().averageCharWidth() * 53
    assert abs(sum(widths.values()) - view.viewport().width()) <= 2, "nothing is cut off, nothing is left"
    words = str(model.index(0, columns["Preferred place"]).data())
    assert words == LONG
    assert view.fontMetrics().horizontalAdvance(words) < widths["Preferred place"] - 16


@pytest.mark.parametrize("spare", range(-3, 9))
def test_words_that_just_fit_have_room_for_the_lines_that_are_painted(qapp: object, spare: int) -> None:
    font = QFont("Noto Sans", 11)
    metrics = QFontMetrics(font)
    room = metrics.horizontalAdvance(LONG) + spare
    image = QImage(600, 200, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setFont(font)
    painted = painter.drawText(QRect(0, 0, room, 200), _WRAPPED, LONG).height()
    painter.end()
    assert round(_height(LONG, room, metrics) / metrics.lineSpacing()) == round(painted / metrics.lineSpacing())
