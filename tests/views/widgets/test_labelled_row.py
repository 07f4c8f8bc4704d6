"""A row of a form: what is seen and what is read out come from one place."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from eolc_desktop.desktop.tokens import LIGHT
from eolc_desktop.views.widgets.announce import listen, stop_listening
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from tests import accessibility
from tests.pages import OpenWindow
from tests.pictures import take


def form(*rows: QWidget) -> QWidget:
    window = QWidget()
    column = QVBoxLayout(window)
    for row in rows:
        column.addWidget(row)
    column.addStretch(1)
    return window


def area() -> QPlainTextEdit:
    made = QPlainTextEdit()
    made.setTabChangesFocus(True)
    return made


@pytest.mark.parametrize("make", [QLineEdit, QComboBox, area])
def test_the_label_is_the_spoken_name_of_any_field(page: OpenWindow, make: type[QWidget]) -> None:
    field = make()
    opened = page(form(LabelledRow("Clinician who decided", field, help_text="Name and role.")))
    assert opened.field("Clinician who decided") is field
    assert opened.description("Clinician who decided") == "Name and role."
    assert accessibility.faults(opened.root) == []


def test_a_label_with_an_ampersand_is_read_as_it_is(page: OpenWindow) -> None:
    opened = page(form(LabelledRow("Food & drink", QLineEdit())))
    assert opened.has("Food & drink")
    assert opened.words() == ["Food & drink"]


def test_optional_is_said_in_words(page: OpenWindow) -> None:
    opened = page(form(LabelledRow("Middle name", QLineEdit(), is_optional=True)))
    assert opened.has("Middle name (optional)")


def test_a_problem_is_seen_and_read_with_the_field_and_goes_again(page: OpenWindow) -> None:
    field = QLineEdit("31/02/2026")
    row = LabelledRow("Date", field, help_text="For example 12-Oct-2026.")
    opened = page(form(row))
    heard: list[str] = []
    listen(heard.append)
    row.show_problem("There is no 31 February.", is_announced=True)
    stop_listening(heard.append)
    assert heard == ["Date: There is no 31 February."]
    assert opened.says("There is no 31 February.")
    assert opened.description("Date") == "There is no 31 February. For example 12-Oct-2026."
    assert take(field).pixelColor(field.width() // 2, 0).name() == LIGHT.error_text
    row.show_problem("")
    assert not opened.says("31 February")
    assert opened.description("Date") == "For example 12-Oct-2026."
    assert take(field).pixelColor(field.width() // 2, 0).name() == LIGHT.control_border


def test_help_can_change(page: OpenWindow) -> None:
    row = LabelledRow("NHS number", QLineEdit())
    opened = page(form(row))
    assert opened.description("NHS number") == ""
    row.say_help("Ten digits.")
    assert opened.description("NHS number") == "Ten digits."
    assert opened.says("Ten digits.")


def test_the_row_hands_the_focus_to_its_field(page: OpenWindow) -> None:
    first, second = LabelledRow("One", QLineEdit()), LabelledRow("Two", QLineEdit())
    page(form(first, second))
    second.setFocus()
    assert second.field.hasFocus()


@pytest.mark.parametrize("percent", [100, 200])
@pytest.mark.parametrize("width", [300, 700])
def test_nothing_is_cut_off(page: OpenWindow, dress: object, percent: int, width: int) -> None:
    dress("light", percent)  # type: ignore[operator]
    row = LabelledRow(
        "Who made the decision about cardiopulmonary resuscitation, and in which capacity",
        QLineEdit(),
        help_text="As it stands on the form that is kept in the house, with the name of the organisation.",
    )
    row.show_problem("Give a name. If it is not known, say so below.")
    opened = page(form(row), width, 700)
    assert accessibility.cut_off(opened.root) == []
    assert opened.root.width() == width
