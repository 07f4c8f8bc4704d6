"""A page that scrolls ends where its words end, however wide it is, and none of them is cut off."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.titled_page import TitledPage
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel
from tests import accessibility
from tests.views.conftest import Office

WORDS = "She would like to be at home with her cat, and to hear the band on Thursday if it plays in the park. " * 4


@pytest.mark.parametrize("width", [700, 1366, 1920])
@pytest.mark.parametrize("cards", [2, 12])
def test_it_scrolls_to_the_end_of_its_words_and_no_further(office: Office, width: int, cards: int) -> None:
    page = TitledPage(office.desk, "Many cards")
    for _number in range(cards):
        card = QFrame()
        wear(card, Look.CARD)
        QVBoxLayout(card).addWidget(WrappedLabel(WORDS))
        page.column.addWidget(card)
    office.show(page, width, 600)
    office.settle()
    (area,) = page.findChildren(QScrollArea)
    inside = area.widget()
    assert inside is not None
    high = page.column.totalHeightForWidth(inside.width())
    assert inside.height() == max(high, area.viewport().height())
    assert area.verticalScrollBar().maximum() == max(0, high - area.viewport().height())
    assert accessibility.cut_off(page) == []
