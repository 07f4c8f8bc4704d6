"""What is asked about a file before it is kept: what it is, its title, and where the original is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.fields import Section, Value, is_empty
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.documents.attached import Inspected
from eolc_desktop.views.forms.editor import Editor, Surroundings
from eolc_desktop.views.forms.editors import editor_for
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

ASKED = ("title", "kind", "dated", "original")


class NewFile(QFrame):
    """The form for a file that was chosen.

    Signals:
        keep_wanted: its answers by field are to be kept with the file.
        dropped: the file is not to be added.
    """

    keep_wanted = Signal(object)
    dropped = Signal()

    def __init__(
        self, section: Section, around: Surroundings, inspected: Inspected, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        wear(self, Look.CARD)
        column = QVBoxLayout(self)
        column.setSpacing(8)
        column.addWidget(WrappedLabel("Add this file", Look.HEADING, self))
        column.addWidget(WrappedLabel(f"{inspected.words}. It can be shown.", Look.SECONDARY, self))
        self._editors: dict[str, Editor] = {}
        for key in ASKED:
            field = section[key]
            label = WrappedLabel(field.label, Look.FIELD_LABEL, self)
            editor = editor_for(field, around, field.label, self)
            label.setBuddy(editor.focus_target())
            column.addWidget(label)
            column.addWidget(editor)
            self._editors[key] = editor
        self._problem = WrappedLabel("", Look.FIELD_ERROR, self)
        self._problem.setVisible(False)
        column.addWidget(self._problem)
        row = QWidget(self)
        flow = FlowLayout(row)
        keep = QPushButton("Keep it in the record", row)
        wear(keep, Look.PRIMARY)
        keep.clicked.connect(self._on_keep)
        drop = QPushButton("Do not add it", row)
        drop.clicked.connect(self.dropped)
        flow.addWidget(keep)
        flow.addWidget(drop)
        column.addWidget(row)

    def begin(self) -> None:
        """Take the keyboard: the title."""
        self._editors["title"].focus_target().setFocus(Qt.FocusReason.OtherFocusReason)

    def say(self, words: str) -> None:
        """Say what is wrong."""
        self._problem.setText(f"Please check: {words}" if words else "")
        self._problem.setVisible(bool(words))

    @Slot()
    def _on_keep(self) -> None:
        for editor in self._editors.values():
            if problem := editor.problem():
                self.say(problem)
                editor.focus_target().setFocus(Qt.FocusReason.OtherFocusReason)
                return
        values: dict[str, Value] = {key: editor.value() for key, editor in self._editors.items()}
        if is_empty(values["title"]):
            self.say("a short title is needed, so that it can be found again.")
            self.begin()
            return
        self.say("")
        self.keep_wanted.emit(values)
