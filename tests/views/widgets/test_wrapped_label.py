"""Words on the screen: every letter of them, whatever the width and the size."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QImage
from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look
from eolc_desktop.desktop.theme import Theme
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel
from tests import accessibility
from tests.pages import OpenWindow
from tests.pictures import take

LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 3


def ink_rows(image: QImage) -> int:
    ground = image.pixel(0, 0)
    return sum(any(image.pixel(x, y) != ground for x in range(image.width())) for y in range(image.height()))


def lines(label: WrappedLabel) -> list[str]:
    layout, _ = label._laid_out(label.width())
    return [
        label.text()[line.textStart() : line.textStart() + line.textLength()]
        for line in (layout.lineAt(number) for number in range(layout.lineCount()))
    ]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), max_size=400), width=st.integers(60, 900))
def test_every_letter_is_in_a_line_that_fits(theme: Theme, words: str, width: int) -> None:
    label = WrappedLabel(words)
    label.resize(width, label.heightForWidth(width))
    layout, height = label._laid_out(label.width())
    assert "".join(lines(label)) == words
    assert height <= label.height()
    letter = label.fontMetrics().maxWidth() * 2
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        assert line.naturalTextWidth() <= max(width, letter) + 1


@pytest.mark.parametrize("whole", ["05-Nov-2026", "999 000 0018"])
def test_no_line_ends_within_a_date_or_an_nhs_number(theme: Theme, whole: str) -> None:
    label = WrappedLabel(f"Confirmed by Jo Okafor, district nurse, {whole} 14:35; then {whole}.")
    room = label.fontMetrics().horizontalAdvance(whole) + 4
    ends = set()
    for width in range(room, room * 5, 3):
        label.resize(width, label.heightForWidth(width))
        assert "".join(lines(label)).count(whole) == 2, "the words themselves are as they were"
        assert sum(line.count(whole) for line in lines(label)) == 2, (width, lines(label))
        ends.add(len(lines(label)))
    assert len(ends) > 2
    assert whole in label.text()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    words=st.lists(st.text(alphabet="ab Wi\n-\u05d0\u4e2d.", max_size=40)).map(" ".join),
    widths=st.lists(st.integers(20, 1500), min_size=1, max_size=4),
)
def test_the_height_that_is_asked_for_is_that_of_the_lines_painted(theme: Theme, words: str, widths: list[int]) -> None:
    """Also where no lines were laid out to tell it: a label that is too low would leave words out."""
    label = WrappedLabel(words)
    for width in (*widths, label.sizeHint().width()):
        assert label.heightForWidth(width) == label._laid_out(width)[1]


@pytest.mark.parametrize("percent", [100, 200])
def test_a_word_longer_than_the_line_is_broken_and_not_cut_off(page: OpenWindow, dress: object, percent: int) -> None:
    dress("light", percent)  # type: ignore[operator]
    window = QWidget()
    label = WrappedLabel(LONG)
    QVBoxLayout(window).addWidget(label)
    page(window, 300, 800)
    assert label.width() <= 300
    assert len(lines(label)) > 3
    assert accessibility.cut_off(window) == []


def test_qts_own_label_would_cut_it_off(page: OpenWindow) -> None:
    """Why there is a label of our own: the check above finds what Qt's does."""
    window = QWidget()
    own = QLabel(LONG)
    own.setWordWrap(True)
    own.setMinimumWidth(10)
    column = QVBoxLayout(window)
    column.addWidget(own)
    page(window, 300, 800)
    assert ink_rows(take(own)) <= own.fontMetrics().height(), "Qt's label has learned to break words"


def test_what_is_typed_is_never_markup(page: OpenWindow) -> None:
    window = QWidget()
    label = WrappedLabel("<b>bold</b> & <img src='x'>")
    QVBoxLayout(window).addWidget(label)
    opened = page(window, 600, 200)
    assert opened.words() == ["<b>bold</b> & <img src='x'>"]
    assert label.textFormat() == Qt.TextFormat.PlainText


def test_an_ampersand_is_an_ampersand(page: OpenWindow) -> None:
    window = QWidget()
    label, line = WrappedLabel("Bread & butter &c."), QLineEdit()
    label.setBuddy(line)
    column = QVBoxLayout(window)
    column.addWidget(label)
    column.addWidget(line)
    opened = page(window, 600, 200)
    assert label.text() == "Bread & butter &c."
    assert opened.words() == ["Bread & butter &c."]
    assert accessibility.spoken_name(QAccessible.queryAccessibleInterface(line)) == "Bread & butter &c."
    line.clearFocus()
    opened.key("Alt+C")
    assert not line.hasFocus(), "an ampersand in words made a shortcut"


def test_new_words_make_new_room(page: OpenWindow) -> None:
    window = QWidget()
    label = WrappedLabel("Short.")
    column = QVBoxLayout(window)
    column.addWidget(label)
    column.addStretch(1)
    opened = page(window, 300, 400)
    before = label.height()
    label.setText("Much longer words than before, that need more than the one line there was. " * 2)
    opened.qtbot.waitUntil(lambda: label.height() > before)
    assert accessibility.cut_off(window) == []


def test_lines_that_were_typed_stay_lines(theme: Theme) -> None:
    label = WrappedLabel("One\nTwo\n\nFour")
    label.resize(600, 200)
    assert len(lines(label)) == 4


def test_it_wears_a_look(page: OpenWindow) -> None:
    window = QWidget()
    label = WrappedLabel("Do not attempt CPR", Look.DO_NOT)
    QVBoxLayout(window).addWidget(label)
    page(window, 400, 200)
    image = take(label)
    assert image.pixelColor(2, 2).name() == "#212b32"
    assert accessibility.cut_off(window) == []


@pytest.mark.parametrize(
    ("alignment", "place"),
    [(Qt.AlignmentFlag.AlignTop, 0), (Qt.AlignmentFlag.AlignVCenter, 1), (Qt.AlignmentFlag.AlignBottom, 2)],
)
def test_words_stand_where_they_are_asked_to(
    theme: Theme, qtbot: object, alignment: Qt.AlignmentFlag, place: int
) -> None:
    label = WrappedLabel("Word")
    label.setAlignment(alignment)
    label.resize(200, 300)
    image = label.grab().toImage()
    ground = image.pixel(199, 150)
    rows = [y for y in range(300) if any(image.pixel(x, y) != ground for x in range(200))]
    third = (sum(rows) // len(rows)) // 100
    assert third == place
