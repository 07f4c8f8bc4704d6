"""Tables and lists of words and numbers: rows as high as their words in every theme, the widest column for the most."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtGui import QTextLayout, QTextOption
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QTableWidget

from eolc_desktop.desktop.settings import ThemeName
from eolc_desktop.views.our_service.across_page import AcrossPage
from eolc_desktop.views.our_service.number_table import ABOVE_AND_BELOW
from eolc_desktop.views.our_service.promises_page import PromisesPage
from eolc_desktop.views.places import Place
from eolc_desktop.views.widgets.item_room import room_for_words
from tests.pages import Page
from tests.views.conftest import PEGGY, Office

Dress = Callable[[ThemeName, int], None]
LONG = "My brother would come, he is two hours away. Until then the hospice at home team, day and night."


def lines_painted(view: QAbstractItemView, words: str, width: int) -> int:
    """In how many lines Qt paints the words of an item."""
    layout = QTextLayout(words, view.font())
    layout.setTextOption(QTextOption())
    layout.beginLayout()
    count = 0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(room_for_words(view, width))
        count += 1
    layout.endLayout()
    return count


def check_table(table: QTableWidget) -> None:
    spacing = table.fontMetrics().lineSpacing()
    for row in range(table.rowCount()):
        lines = [
            lines_painted(table, item.text(), table.columnWidth(column))
            for column in range(table.columnCount())
            if (item := table.item(row, column)) is not None
        ]
        assert table.rowHeight(row) >= max(lines) * spacing, "nothing is cut off"
        assert table.rowHeight(row) <= max(lines) * spacing + 2 * ABOVE_AND_BELOW + 2, "and nothing is left empty"
    assert (
        abs(sum(map(table.columnWidth, range(table.columnCount()))) - table.viewport().width()) <= table.columnCount()
    )


def registers(office: Office, width: int) -> Page:
    office.person(PEGGY, carer={"has_carer": "has", "strain": 8, "if_carer_ill": LONG, "night_cover": "none"})
    page = AcrossPage.for_place(office.desk, Place("across", document="carers"))
    return office.show(page, width, 706)


@pytest.mark.parametrize("width", [1366, 1920])
def test_rows_are_as_high_as_their_words_and_many_words_have_the_most_room(office: Office, width: int) -> None:
    table = registers(office, width).field("Carers’ needs")
    assert isinstance(table, QTableWidget)
    check_table(table)
    widths = [table.columnWidth(n) for n in range(table.columnCount())]
    assert widths.index(max(widths)) == table.columnCount() - 1
    assert max(widths) > 1.3 * table.viewport().width() / table.columnCount()


def test_another_theme_put_on_meanwhile_cuts_nothing_off(office: Office, dress: Dress) -> None:
    table = registers(office, 1366).field("Carers’ needs")
    assert isinstance(table, QTableWidget)
    looks: list[tuple[ThemeName, int]] = [("bright", 100), ("dark", 150), ("light", 200), ("light", 100)]
    for theme, percent in looks:
        dress(theme, percent)
        office.settle()
        check_table(table)


def test_figures_in_a_list_are_as_high_as_their_words(office: Office, dress: Dress) -> None:
    office.person(PEGGY, commitments={})
    figures = office.show(PromisesPage(office.desk), 1366, 706).field("Promises")
    assert isinstance(figures, QListWidget)
    themes: list[ThemeName] = ["light", "bright"]
    for theme in themes:
        dress(theme, 100)
        office.settle()
        spacing, width = figures.fontMetrics().lineSpacing(), figures.viewport().width() - 2 * figures.spacing()
        assert figures.count() == 13
        for row in range(figures.count()):
            item = figures.item(row)
            lines = sum(lines_painted(figures, words, width) for words in item.text().split("\n"))
            assert lines * spacing <= item.sizeHint().height() < (lines + 2) * spacing
