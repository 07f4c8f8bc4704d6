"""Questions: answered by keyboard, safe by default, and never waited for."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QObject, QSettings, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from eolc_desktop.desktop.looks import Look
from eolc_desktop.views.widgets import ask
from eolc_desktop.views.widgets.ask import Answer, Ask, FileKind, Question
from tests import accessibility
from tests.pages import OpenWindow, Page
from tests.prepared_files import PreparedFiles

DEATH = Question(
    "Record a death",
    "Has this person died?",
    (Answer("no", "Not now"), Answer("yes", "Record the death", Look.DESTRUCTIVE)),
    "Reminders stop, and the banner changes.",
)
PDF = [FileKind("PDF documents", ("pdf",))]


class Hears(QObject):
    def __init__(self) -> None:
        super().__init__()
        self.answers: list[object] = []

    def hear(self, answer: object) -> None:
        self.answers.append(answer)


@pytest.fixture
def opened(page: OpenWindow) -> Page:
    window = QWidget()
    line = QLineEdit()
    line.setAccessibleName("Note")
    QVBoxLayout(window).addWidget(line)
    return page(window, 900, 400)


@pytest.fixture
def hears() -> Hears:
    return Hears()


def asked(opened: Page, hears: Hears, question: Question = DEATH) -> Page:
    dialog = ask.question(opened.root, question, hears.hear)
    opened.qtbot.waitUntil(lambda: QApplication.activeWindow() is dialog)
    return opened.dialog()


def test_asking_does_not_wait_and_the_answer_comes(opened: Page, hears: Hears) -> None:
    dialog = asked(opened, hears)
    assert hears.answers == []
    dialog.press("Record the death")
    assert hears.answers == ["yes"]
    opened.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def test_enter_and_escape_give_the_safe_answer(opened: Page, hears: Hears) -> None:
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Escape):
        dialog = asked(opened, hears)
        assert dialog.focused_name() == "Not now"
        dialog.key(key)
        opened.qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert hears.answers == ["no", "no"]


def test_closing_the_window_under_it_answers_once(opened: Page, hears: Hears) -> None:
    asked(opened, hears)
    dialog = QApplication.activeModalWidget()
    assert dialog is not None
    dialog.close()
    opened.root.close()
    QCoreApplication.processEvents()
    assert hears.answers == ["no"]


def test_a_screen_reader_reads_the_question(opened: Page, hears: Hears) -> None:
    dialog = asked(opened, hears)
    assert accessibility.faults(dialog.root) == []
    assert accessibility.unreached(dialog.root) == []
    assert dialog.root.accessibleName() == "Has this person died? Reminders stop, and the banner changes."
    dialog.key(Qt.Key.Key_Escape)


@pytest.mark.parametrize("percent", [100, 200])
def test_long_answers_stand_below_each_other_and_are_whole(
    opened: Page, hears: Hears, dress: Callable[..., None], percent: int
) -> None:
    dress("light", percent)
    dialog = asked(
        opened,
        hears,
        Question(
            "Two decisions",
            "Two different decisions about cardiopulmonary resuscitation are recorded. Which one stands?",
            (
                Answer("later", "Decide later, and keep showing both"),
                Answer("theirs", "Use the one from the shared record"),
                Answer("ours", "Use the one on this laptop"),
            ),
        ),
    )
    assert accessibility.cut_off(dialog.root) == []
    lefts = {dialog.field(name).x() for name in ("Decide later, and keep showing both", "Use the one on this laptop")}
    assert len(lefts) == 1
    dialog.key(Qt.Key.Key_Escape)


def test_a_file_to_open_is_told(opened: Page, hears: Hears, prepared_files: PreparedFiles) -> None:
    prepared_files.paths = [Path("/a/bundle.json"), None]
    ask.file_to_open(opened.root, "Bring in a file", [FileKind("FHIR", ("json",))], hears.hear)
    ask.file_to_open(opened.root, "Bring in a file", [FileKind("FHIR", ("json",))], hears.hear)
    assert hears.answers == [Path("/a/bundle.json")]


def test_a_place_to_save_is_told(opened: Page, hears: Hears, prepared_files: PreparedFiles) -> None:
    prepared_files.paths = [Path("/a/plan.pdf")]
    ask.file_to_save(opened.root, "Save the PDF", PDF, "plan.pdf", hears.hear)
    assert prepared_files.asked == [("Save the PDF", "plan.pdf")]
    assert hears.answers == [Path("/a/plan.pdf")]


def test_a_file_nobody_prepared_fails_the_test(opened: Page, hears: Hears) -> None:
    with pytest.raises(AssertionError, match="no path was prepared"):
        ask.file_to_open(opened.root, "Bring in a file", PDF, hears.hear)


def test_the_systems_file_window_tells_its_choice_and_keeps_no_folder(
    opened: Page, hears: Hears, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = tmp_path / "ZQXCANARY"
    folder.mkdir()
    (folder / "a.pdf").write_bytes(b"%PDF")
    asking = Ask()
    asking.file_to_open(opened.root, "Bring in a file", PDF, hears.hear)
    dialog = opened.root.findChild(QFileDialog)
    assert dialog is not None
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setDirectory(str(folder))
    dialog.selectFile(str(folder / "a.pdf"))
    with qtbot.waitSignal(dialog.destroyed):
        dialog.accept()
    assert hears.answers == [folder / "a.pdf"]
    qtbot.waitUntil(lambda: QSettings(QSettings.Scope.UserScope, "QtProject").value("FileDialog/history") is None)
    kept = Path(QSettings(QSettings.Scope.UserScope, "QtProject").fileName())
    assert not kept.exists() or "ZQXCANARY" not in kept.read_text(encoding="utf-8")


def test_qt_would_keep_the_folder(opened: Page, tmp_path: Path, qtbot: QtBot) -> None:
    """Why the folders are forgotten: without it Qt writes them down."""
    folder = tmp_path / "ZQXCANARY"
    folder.mkdir()
    dialog = QFileDialog(opened.root)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setDirectory(str(folder))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()
    settings = QSettings(QSettings.Scope.UserScope, "QtProject")
    assert "ZQXCANARY" in str([settings.value(key) for key in settings.allKeys()])
    settings.remove("FileDialog")
    settings.sync()
