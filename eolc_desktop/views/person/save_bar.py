"""The bar at the foot of a plan: what is saved where, who told you, and the one button that saves."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from eolc_desktop.care_plan.plan import Told
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.source_chooser import SourceChooser
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

UNDO_SECONDS = 10


class SaveBar(QFrame):
    """Says what is kept and offers to save. "Saved" stands here only after the store has said so.

    Signals:
        save_wanted, put_aside_wanted, undo_wanted, print_wanted: a button was pressed.
        told_changed: who told was chosen.
    """

    save_wanted = Signal()
    put_aside_wanted = Signal()
    undo_wanted = Signal()
    print_wanted = Signal()
    told_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        wear(self, Look.STATUS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._kept = ""
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 6, 16, 6)
        box.setSpacing(4)
        self._problem = WrappedLabel(look=Look.FIELD_ERROR)
        self._problem.hide()
        box.addWidget(self._problem)
        row = QWidget()
        flow = FlowLayout(row, across=12)
        self._source = SourceChooser()
        self._save = _button("Save  (Ctrl+Enter)", "Save", Look.PRIMARY)
        self._put_aside = _button("Put aside", "Put aside what I typed", Look.QUIET)
        self._undo = _button("Undo  (Ctrl+Z)", "Undo", None)
        self._print = _button("Print for the family", "Print for the family", None)
        self._said = WrappedLabel(look=Look.SECONDARY)
        for part in (self._source, self._save, self._put_aside, self._undo, self._print, self._said):
            flow.addWidget(part)
        box.addWidget(row)
        self._save.clicked.connect(self.save_wanted)
        self._put_aside.clicked.connect(self.put_aside_wanted)
        self._undo.clicked.connect(self.undo_wanted)
        self._print.clicked.connect(self.print_wanted)
        self._source.chosen.connect(self._on_told)
        self._time = QTimer(self)
        self._time.setSingleShot(True)
        self._time.setInterval(UNDO_SECONDS * 1000)
        self._time.timeout.connect(self._on_time_over)
        self._writes = False
        self.show_idle()

    @property
    def told(self) -> Told:
        """Who told, as chosen."""
        return self._source.told()

    @property
    def can_undo(self) -> bool:
        """Whether the last thing done can be undone from here."""
        return not self._undo.isHidden()

    def set_told(self, told: Told) -> None:
        """Take the source of a draft that is gone on with."""
        self._source.set_told(told)

    def ask_who_told(self) -> None:
        """Put the keyboard on the question."""
        self._source.ask()

    def show_kept(self, words: str) -> None:
        """Say what is kept where: the ordinary words of this bar."""
        self._kept = words
        if self._undo.isHidden():
            self._said.setText(words)

    def show_idle(self) -> None:
        """Nothing is being written."""
        self._writes = False
        for part in (self._source, self._save, self._put_aside):
            part.hide()
        self._print.show()
        self._undo.hide()
        self.show_problem("")
        self._said.setText(self._kept)

    def show_writing(self, words: str) -> None:
        """Something is being written and not saved yet."""
        self._writes = True
        self._time.stop()
        for part in (self._source, self._save, self._put_aside):
            part.show()
        self._print.hide()
        self._undo.hide()
        self._said.setText(words)

    def show_done(self, words: str, *, undo: bool) -> None:
        """Say what was done; for some seconds it can be undone."""
        if not self._writes:
            self.show_idle()
        self.show_problem("")
        self._said.setText(words)
        self._undo.setVisible(undo)
        announce(self, words)
        self._time.start()

    def show_problem(self, words: str) -> None:
        """Say what went wrong, in words; "" takes it away."""
        self._problem.setText(words)
        self._problem.setVisible(bool(words))
        if words:
            announce(self, words, is_urgent=True)

    def stop(self) -> None:
        """The page is left: nothing here waits any more."""
        self._time.stop()

    def begin(self) -> None:
        """Take the keyboard: the button that saves, else the one to undo or to print."""
        for button in (self._save, self._undo, self._print):
            if not button.isHidden():
                button.setFocus()
                return

    def _on_told(self) -> None:
        self.show_problem("")
        self.told_changed.emit()

    def _on_time_over(self) -> None:
        focused = QApplication.focusWidget()
        if self.underMouse() or (focused is not None and self.isAncestorOf(focused) and self.can_undo):
            self._time.start()
            return
        self._undo.hide()
        if not self._writes:
            self._said.setText(self._kept)


def _button(words: str, spoken: str, look: Look | None) -> QPushButton:
    button = QPushButton(words)
    button.setAccessibleName(spoken)
    wear(button, look)
    return button
