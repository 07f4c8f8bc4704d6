"""The one place where the program asks: a question with buttons, or which file. Nothing ever waits for the answer.

A question lies over its window and tells the answer to a method when it comes; locking can close it at any moment.
Tests answer questions as a user does, and replace only the choosing of files, which is the system's own window.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, QSettings, Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QDialog, QFileDialog, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

LONGEST_IN_A_LINE = 26
"""Letters on a button beyond which the buttons stand below each other."""

LETTERS_WIDE = 60


@dataclass(frozen=True, slots=True)
class Answer:
    """A button of a question: what it means to the program, and its words, which name the action, not "Yes"."""

    key: str
    words: str
    look: Look | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. The first answer is the safe one: it has the focus, and Escape gives it."""

    title: str
    words: str
    answers: tuple[Answer, ...]
    detail: str = ""


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file to choose from: its name in words and the endings, such as ("json", "xml")."""

    words: str
    endings: tuple[str, ...]


BACKUP_FILES = (FileKind("Backup", ("db",)),)


class QuestionDialog(QDialog):
    """Shows a question over its window."""

    def __init__(self, question: Question, answered: Callable[[str], object], parent: QWidget) -> None:
        super().__init__(parent)
        self._question = question
        self._answered = answered
        self.setWindowTitle(question.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        wear(self, Look.PAGE)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(WrappedLabel(question.words, Look.HEADING))
        if question.detail:
            column.addWidget(WrappedLabel(question.detail))
        column.addLayout(self._row_of_buttons())
        letters = self.fontMetrics().averageCharWidth() * LETTERS_WIDE
        width = min(letters, parent.window().width())
        self.resize(width, column.totalHeightForWidth(width))  # a long detail needs every line it has
        self.setAccessibleName(f"{question.words} {question.detail}".strip())

    def answer(self, key: str) -> None:
        """Close with this answer and tell it."""
        self._tell(key)
        self.accept()

    def reject(self) -> None:
        """Take Escape, and the closing of the window, for the safe answer."""
        self._tell(self._question.answers[0].key)
        super().reject()

    def _tell(self, key: str) -> None:
        answered, self._answered = self._answered, _nobody
        answered(key)

    def _row_of_buttons(self) -> QBoxLayout:
        is_long = any(len(answer.words) > LONGEST_IN_A_LINE for answer in self._question.answers)
        direction = QBoxLayout.Direction.TopToBottom if is_long else QBoxLayout.Direction.LeftToRight
        row = QBoxLayout(direction)
        row.setSpacing(8)
        for place, answer in enumerate(self._question.answers):
            button = QPushButton(answer.words)
            button.setProperty("answer", answer.key)
            button.setAutoDefault(place == 0)
            button.setDefault(place == 0)
            button.clicked.connect(self._on_clicked)
            if answer.look is not None:
                wear(button, answer.look)
            row.addWidget(button)
            if place == 0:
                button.setFocus()
        row.addStretch(1)
        return row

    @Slot()
    def _on_clicked(self) -> None:
        button = self.sender()
        if button is not None:
            self.answer(str(button.property("answer")))


class Ask:
    """Asks the user at the screen."""

    def question(self, parent: QWidget, question: Question, answered: Callable[[str], object]) -> QuestionDialog:
        """Ask, and tell `answered` the key of the answer."""
        dialog = QuestionDialog(question, answered, parent)
        dialog.open()
        return dialog

    def file_to_open(
        self, parent: QWidget, title: str, kinds: Sequence[FileKind], chosen: Callable[[Path], object]
    ) -> None:
        """Have a file chosen that is there, and tell `chosen` its path; nothing is told when none is chosen."""
        dialog = QFileDialog(parent, title)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        self._open(dialog, kinds, chosen)

    def file_to_save(
        self, parent: QWidget, title: str, kinds: Sequence[FileKind], suggested: str, chosen: Callable[[Path], object]
    ) -> None:
        """Have a place to save in chosen, beginning with the name suggested, and tell `chosen` its path.

        A name suggested never holds a person's name: it stays in lists of recent files.
        """
        dialog = QFileDialog(parent, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(suggested)
        if kinds:
            dialog.setDefaultSuffix(kinds[0].endings[0])
        self._open(dialog, kinds, chosen)

    def folder(self, parent: QWidget, title: str, chosen: Callable[[Path], object]) -> None:
        """Have a folder chosen that is there, and tell `chosen` its path; nothing is told when none is chosen."""
        dialog = QFileDialog(parent, title)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        self._open(dialog, (), chosen)

    def _open(self, dialog: QFileDialog, kinds: Sequence[FileKind], chosen: Callable[[Path], object]) -> None:
        if kinds:
            dialog.setNameFilters([f"{kind.words} ({' '.join(f'*.{end}' for end in kind.endings)})" for kind in kinds])
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(_Told(chosen, dialog).tell)
        dialog.destroyed.connect(_Forgets(dialog.parent()).forget)
        dialog.open()


class _Forgets(QObject):
    """Clears what Qt wrote down about a file window, once that has gone."""

    @Slot()
    def forget(self) -> None:
        # Qt keeps the folders a file dialog was in, in plain text; a folder can be called after a person.
        settings = QSettings(QSettings.Scope.UserScope, "QtProject")
        settings.remove("FileDialog")
        settings.sync()
        self.deleteLater()


class _Told(QObject):
    """Turns the path that Qt tells into ours."""

    def __init__(self, chosen: Callable[[Path], object], parent: QObject) -> None:
        super().__init__(parent)
        self._chosen = chosen

    @Slot(str)
    def tell(self, path: str) -> None:
        self._chosen(Path(path))


def _nobody(_key: str) -> None:
    """Hear an answer that was told already."""


_asking = Ask()


def replace_asking(asking: Ask) -> Ask:
    """Have something else ask from now on (a test, the demo), and return what asked before."""
    global _asking
    before, _asking = _asking, asking
    return before


def question(parent: QWidget, asked: Question, answered: Callable[[str], object]) -> QuestionDialog:
    """Ask over the window of `parent`, and tell `answered` the key of the answer."""
    return _asking.question(parent, asked, answered)


def file_to_open(parent: QWidget, title: str, kinds: Sequence[FileKind], chosen: Callable[[Path], object]) -> None:
    """Have a file chosen, and tell `chosen` its path."""
    _asking.file_to_open(parent, title, kinds, chosen)


def file_to_save(
    parent: QWidget, title: str, kinds: Sequence[FileKind], suggested: str, chosen: Callable[[Path], object]
) -> None:
    """Have a place to save in chosen, and tell `chosen` its path."""
    _asking.file_to_save(parent, title, kinds, suggested, chosen)


def folder(parent: QWidget, title: str, chosen: Callable[[Path], object]) -> None:
    """Have a folder chosen, and tell `chosen` its path."""
    _asking.folder(parent, title, chosen)
