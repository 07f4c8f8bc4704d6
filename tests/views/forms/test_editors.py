"""Every kind of field has an editor that gives back what it was given, takes what people type, and loses nothing."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from eolc_desktop.care_plan.check import normalise
from eolc_desktop.care_plan.fields import Absence, Authorship, Code, Field, Kind, Option, Value
from eolc_desktop.views.forms.choice_editors import ChoiceEditor, ChoicesEditor
from eolc_desktop.views.forms.date_editors import understood
from eolc_desktop.views.forms.editor import Editor, Surroundings
from eolc_desktop.views.forms.editors import EDITORS, editor_for
from eolc_desktop.views.forms.typed_editors import CodedEditor, LineEditor, NhsNumberEditor, TextEditor
from tests import accessibility
from tests.authors import AT
from tests.pages import OpenWindow, Page
from tests.plans import plan_with

COLOURS = (Option("red", "Red"), Option("green", "Green"), Option("old", "Sepia", retired=True))
ALL = tuple(Absence)
CONTACTS = {"contacts": {"anna": {"name": "Anna Smith"}, "tom": {"name": "Tom Smith"}}}


def field(kind: Kind, **more: object) -> Field:
    described: dict[str, object] = {
        "key": "item",
        "label": "The item",
        "standard": "T-1",
        "authorship": Authorship.FACT,
        "kind": kind,
        "may_be": ALL,
        "options": COLOURS if kind in (Kind.CHOICE, Kind.CHOICES) else (),
        "links_to": "contacts" if kind is Kind.LINK else "",
    }
    return Field(**(described | more))  # type: ignore[arg-type]


AROUND = Surroundings(plan_with({}, CONTACTS), AT)


class Bench(QWidget):
    """A window with one editor."""

    def __init__(self, described: Field) -> None:
        super().__init__()
        self.editor: Editor = editor_for(described, AROUND, parent=self)
        self.heard = 0
        self.editor.changed.connect(self.hear)
        QVBoxLayout(self).addWidget(self.editor)

    def hear(self) -> None:
        """Count what the editor tells."""
        self.heard += 1


def opened(page: OpenWindow, described: Field) -> tuple[Page, Editor, Bench]:
    window = Bench(described)
    return page(window, 700, 500), window.editor, window


SAMPLES: list[tuple[Kind, Value]] = [
    (Kind.TEXT, "Leave the key with Tom & Anna"),
    (Kind.LONG_TEXT, "First line\nsecond line"),
    (Kind.CHOICE, "green"),
    (Kind.CHOICE, "old"),
    (Kind.CHOICE, "from_the_future"),
    (Kind.CHOICES, ["red", "green"]),
    (Kind.CHOICES, ["green", "from_the_future"]),
    (Kind.YES_NO, True),
    (Kind.YES_NO, False),
    (Kind.DATE, "1941-04-05"),
    (Kind.DATE, "1941-04"),
    (Kind.DATE, "1941"),
    (Kind.DATE_TIME, "2026-11-12T14:32+00:00"),
    (Kind.DATE_TIME, "2026-07-01T09:05+01:00"),
    (Kind.NUMBER, 0),
    (Kind.NUMBER, 7),
    (Kind.DECIMAL, "36.50"),
    (Kind.TIME, "14:30"),
    (Kind.PHONE, "01943 496 0123"),
    (Kind.NHS_NUMBER, "9990000018"),
    (Kind.CODED, {"text": "penicillin", "system": "http://snomed.info/sct", "code": "764146007"}),
    (Kind.CODED, {"text": "a plant in the garden"}),
    (Kind.LINK, "anna"),
    (Kind.LINK, "somebody-gone"),
]


def test_every_kind_has_an_editor_and_a_sample() -> None:
    assert set(EDITORS) == set(Kind)
    assert {kind for kind, _value in SAMPLES} == set(Kind)


@pytest.mark.parametrize(("kind", "value"), [*SAMPLES, *((kind, None) for kind in Kind)])
def test_what_is_recorded_comes_back_unchanged_and_unheard(page: OpenWindow, kind: Kind, value: Value) -> None:
    _page, editor, window = opened(page, field(kind))
    editor.set_value(value)
    assert editor.value() == value
    assert editor.problem() == ""
    typed = editor.typed()
    editor.set_value(None)
    assert editor.value() is None
    editor.set_value(typed)
    assert editor.value() == value, "what a draft kept does not come back as what was typed"
    assert window.heard == 0


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("absence", list(Absence))
def test_no_answer_is_an_answer_in_every_kind(page: OpenWindow, kind: Kind, absence: Absence) -> None:
    _page, editor, _window = opened(page, field(kind))
    editor.set_value(absence.value_to_store)
    assert editor.value() == absence.value_to_store
    editor.set_value(None)
    assert editor.value() is None


@pytest.mark.parametrize("kind", list(Kind))
def test_every_editor_can_be_read_aloud_and_come_to_by_key(page: OpenWindow, kind: Kind) -> None:
    shown, editor, _window = opened(page, field(kind))
    editor.set_value(next(value for known, value in SAMPLES if known is kind))
    assert accessibility.faults(shown.root) == []
    editor.focus_target().setFocus()
    assert accessibility.unreached(shown.root) == []
    assert accessibility.cut_off(shown.root) == []


def test_typed_words_are_set_aside_by_an_absence_and_come_back(page: OpenWindow) -> None:
    shown, editor, window = opened(page, field(Kind.LONG_TEXT))
    shown.type("The item", "Do not ask")
    shown.tick("The item: Asked, did not want to say")
    assert editor.value() == {"absent": "declined"}
    assert shown.read("The item") == ""
    shown.tick("The item: Asked, did not want to say", ticked=False)
    assert editor.value() == "Do not ask"
    shown.tick("The item: Not known")
    shown.tick("The item: Does not apply")
    assert editor.value() == {"absent": "does_not_apply"}
    shown.type("The item", "x")
    assert editor.value() == "x"
    assert window.heard > 4


@pytest.mark.parametrize(
    ("typed", "value", "words"),
    [
        ("5/4/1941", "1941-04-05", "Saturday 5 April 1941"),
        ("5 april 1941", "1941-04-05", "Saturday 5 April 1941"),
        ("april 1941", "1941-04", "April 1941, no day given"),
        ("1941", "1941", "The year 1941, no month or day given"),
        ("today", "2026-11-12", "Thursday 12 November 2026, today"),
        ("Yesterday", "2026-11-11", "Wednesday 11 November 2026, yesterday"),
        ("tomorrow", "2026-11-13", "Friday 13 November 2026, tomorrow"),
    ],
)
def test_a_date_is_typed_as_people_type_it_and_said_back_in_words(
    page: OpenWindow, typed: str, value: str, words: str
) -> None:
    shown, editor, _window = opened(page, field(Kind.DATE))
    shown.type("The item", typed)
    assert shown.says(words)
    assert editor.value() == value
    assert editor.problem() == ""


@pytest.mark.parametrize("typed", ["31/2/2026", "5/4/41", "12/13/2026", "soon"])
def test_a_date_that_is_not_certain_is_refused_in_a_sentence_and_kept_as_typed(page: OpenWindow, typed: str) -> None:
    shown, editor, _window = opened(page, field(Kind.DATE))
    shown.type("The item", typed)
    assert editor.problem().endswith(".")
    assert editor.typed() == typed
    assert shown.read("The item") == typed


@pytest.mark.parametrize(
    ("day", "time", "value"),
    [
        ("12/11/2026", "14:32", "2026-11-12T14:32+00:00"),
        ("1/7/2026", "9.05am", "2026-07-01T09:05+01:00"),
        ("today", "2pm", "2026-11-12T14:00+00:00"),
        ("today", "12am", "2026-11-12T00:00+00:00"),
    ],
)
def test_a_moment_is_a_day_and_a_time_in_england(page: OpenWindow, day: str, time: str, value: str) -> None:
    shown, editor, _window = opened(page, field(Kind.DATE_TIME))
    shown.type("The item", day)
    assert editor.problem()
    shown.type("The item: time", time)
    assert editor.problem() == ""
    assert editor.value() == value


def test_an_nhs_number_falls_into_groups_while_it_is_typed(page: OpenWindow) -> None:
    shown, editor, _window = opened(page, field(Kind.NHS_NUMBER))
    assert isinstance(editor, NhsNumberEditor)
    shown.type("The item", "9990000018")
    assert shown.read("The item") == "999 000 0018"
    assert editor.value() == "9990000018"
    assert shown.says("kept for tests")
    shown.retype("The item", "999-000-0019")
    assert "mistyped" in editor.problem()
    assert editor.typed() == "999 000 0019"


@pytest.mark.parametrize(("typed", "fits"), [("0", True), ("10", True), ("11", False), ("-1", False), ("five", False)])
def test_a_number_keeps_to_its_limits(page: OpenWindow, typed: str, fits: bool) -> None:
    shown, editor, _window = opened(page, field(Kind.NUMBER, minimum=0, maximum=10))
    shown.type("The item", typed)
    assert (editor.problem() == "") is fits
    assert editor.typed() == (int(typed) if typed != "five" else "five")


def test_a_code_stays_with_exactly_its_words(page: OpenWindow) -> None:
    shown, editor, _window = opened(page, field(Kind.CODED))
    assert isinstance(editor, CodedEditor)
    editor.set_value({"text": "penicillin", "system": "s", "code": "764146007"})
    assert shown.says("Code 764146007")
    shown.type("The item", "s")
    assert editor.value() == {"text": "penicillins"}
    assert shown.says("left out")


def test_words_chosen_from_the_list_bring_their_code(page: OpenWindow) -> None:
    options = (Option("pen", "Penicillin", (Code("764146007"),)),)
    shown, editor, _window = opened(page, field(Kind.CODED, options=options))
    shown.type("The item", "Penicillin")
    assert editor.value() == {"text": "Penicillin", "system": "http://snomed.info/sct", "code": "764146007"}


def test_a_text_that_is_too_long_is_kept_whole_and_said_to_be(page: OpenWindow) -> None:
    for kind in (Kind.TEXT, Kind.LONG_TEXT):
        _shown, editor, _window = opened(page, field(kind, max_length=10))
        assert isinstance(editor, LineEditor | TextEditor)
        target = editor.focus_target()
        QTest.keyClicks(target, "a" * 12)
        assert "12 characters; up to 10" in editor.problem()
        assert editor.typed() == "a" * 12


def test_digits_and_arrows_choose_in_a_list_that_is_one_stop_for_tab(page: OpenWindow, qtbot: QtBot) -> None:
    shown, editor, _window = opened(page, field(Kind.CHOICE))
    assert isinstance(editor, ChoiceEditor)
    editor.focus_target().setFocus()
    shown.key(Qt.Key.Key_2)
    assert editor.value() == "green"
    shown.key(Qt.Key.Key_Left)
    assert editor.value() == "red"
    shown.key(Qt.Key.Key_Down)
    assert editor.value() == "green"
    shown.choose("The item", "Not recorded")
    assert editor.value() is None
    order = accessibility.tab_order(shown.root)
    assert len(order) == 1


def test_a_long_list_opens_on_request_and_the_wheel_never_changes_it(page: OpenWindow) -> None:
    options = tuple(Option(f"k{n}", f"Choice {n}") for n in range(14))
    shown, editor, _window = opened(page, field(Kind.CHOICE, options=options))
    shown.choose("The item", "Choice 3")
    assert editor.value() == "k3"
    box = shown.field("The item")
    assert isinstance(box, QComboBox)
    point = QPointF(box.rect().center())
    wheel = QWheelEvent(
        point,
        QPointF(box.mapToGlobal(box.rect().center())),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, wheel)
    assert editor.value() == "k3"


def test_an_answer_from_elsewhere_is_shown_as_it_came(page: OpenWindow) -> None:
    shown, editor, _window = opened(page, field(Kind.CHOICE))
    editor.set_value("from_the_future")
    shown.wait_until_says("from_the_future (unrecognised: read the source)")
    shown, editor, _window = opened(page, field(Kind.CHOICES))
    assert isinstance(editor, ChoicesEditor)
    editor.set_value(["red", "from_the_future"])
    shown.tick("Green", group="The item")
    assert editor.value() == ["red", "green", "from_the_future"]


def test_a_text_area_grows_with_what_is_written(page: OpenWindow, qtbot: QtBot) -> None:
    _shown, editor, _window = opened(page, field(Kind.LONG_TEXT, may_be=()))
    assert isinstance(editor, TextEditor)
    before = editor.area.height()
    editor.set_value("\n".join(f"line {n}" for n in range(9)))
    qtbot.waitUntil(lambda: editor.area.height() > before)
    qtbot.waitUntil(lambda: editor.area.verticalScrollBar().maximum() == 0)


@pytest.mark.usefixtures("theme")
@given(st.text(max_size=80))
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_nothing_typed_in_a_date_is_ever_lost_or_guessed(qtbot: QtBot, text: str) -> None:
    editor = editor_for(field(Kind.DATE), AROUND)
    qtbot.addWidget(editor)
    editor.set_value(text)
    if not editor.problem() and editor.value() is not None:
        stored = editor.value()
        assert isinstance(stored, str)
        assert understood(stored, AROUND.today)


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [
        (Kind.DECIMAL, "36,5", "36.5"),
        (Kind.DECIMAL, "-2", "-2"),
        (Kind.TIME, "2.30pm", "14:30"),
        (Kind.TIME, "9 am", "09:00"),
        (Kind.TIME, "0005", "00:05"),
    ],
)
def test_numbers_and_times_are_read_as_people_type_them(page: OpenWindow, kind: Kind, typed: str, value: str) -> None:
    shown, editor, _window = opened(page, field(kind))
    shown.type("The item", typed)
    assert editor.problem() == ""
    assert normalise(editor.field, editor.value()) == value


@pytest.mark.parametrize(
    ("kind", "typed"),
    [(Kind.DECIMAL, "a lot"), (Kind.DECIMAL, "1,234,5"), (Kind.DECIMAL, "NaN"), (Kind.TIME, "25:00"), (Kind.TIME, "9")],
)
def test_what_is_no_number_and_no_time_is_said(page: OpenWindow, kind: Kind, typed: str) -> None:
    shown, editor, _window = opened(page, field(kind))
    shown.type("The item", typed)
    assert editor.problem()


def test_a_number_keeps_to_the_limits_of_its_form(page: OpenWindow) -> None:
    shown, editor, _window = opened(page, field(Kind.DECIMAL, minimum=30, maximum=45, unit="°C"))
    shown.type("The item", "46")
    assert "from 30 to 45" in editor.problem()
