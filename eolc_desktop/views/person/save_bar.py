"""The bar at the foot of a plan: what is saved where, who told you, and the one button that saves."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from eolc_desktop.care_plan.plan import Told
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.showing import is_put_away, set_shown
from eolc_desktop.views.forms.source_chooser import SourceChooser
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

UNDO_SECONDS = 10
BEGIN_VISIT = "Begin a visit  (Ctrl+R)"
GO_ON_VISITING = "Go on with the visit  (Ctrl+R)"


class SaveBar(QFrame):
    """Says what is kept and offers to save. "Saved" stands here only after the store has said so.

    Signals:
        save_wanted, put_aside_wanted, undo_wanted, print_wanted, visit_wanted: a button was pressed.
        told_changed: who told was chosen.
        grown: controls were added.
    """

    save_wanted = Signal()
    put_aside_wanted = Signal()
    undo_wanted = Signal()
    print_wanted = Signal()
    visit_wanted = Signal()
    told_changed = Signal()
    grown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        wear(self, Look.STATUS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._kept = self._shared = ""
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 6, 16, 6)
        box.setSpacing(4)
        self._problem = WrappedLabel(look=Look.FIELD_ERROR, parent=self)
        set_shown(self._problem, False)
        box.addWidget(self._problem)
        self._source: SourceChooser | None = None
        row = QWidget(self)
        flow = FlowLayout(row, across=12)
        self._save = _button("Save  (Ctrl+Enter)", "Save", Look.PRIMARY, row)
        self._put_aside = _button("Put aside", "Put aside what I typed", Look.QUIET, row)
        self._undo = _button("Undo  (Ctrl+Z)", "Undo", None, row)
        self._print = _button("Print for the family", "Print for the family", None, row)
        self._visit = _button("", "", None, row)
        self._said = WrappedLabel(look=Look.SECONDARY, parent=row)
        for part in (self._save, self._put_aside, self._undo, self._visit, self._print, self._said):
            flow.addWidget(part)
        self._row = row
        self._flow = flow
        box.addWidget(row)
        self._save.clicked.connect(self.save_wanted)
        self._put_aside.clicked.connect(self.put_aside_wanted)
        self._undo.clicked.connect(self.undo_wanted)
        self._print.clicked.connect(self.print_wanted)
        self._visit.clicked.connect(self.visit_wanted)
        self._time = QTimer(self)
        self._time.setSingleShot(True)
        self._time.setInterval(UNDO_SECONDS * 1000)
        self._time.timeout.connect(self._on_time_over)
        self._writes = False
        self._short = False
        self.show_idle()

    @property
    def told(self) -> Told:
        """Who told, as chosen."""
        return self._source.told() if self._source is not None else Told()

    @property
    def can_undo(self) -> bool:
        """Whether the last thing done can be undone from here."""
        return not is_put_away(self._undo)

    def set_told(self, told: Told) -> None:
        """Take the source of a draft that is gone on with."""
        self._asked().set_told(told)

    def ask_who_told(self, words: str) -> None:
        """Ask in words, and put the keyboard on the question."""
        self._say(words, Look.FIELD_LABEL)
        announce(self, words)
        self._asked().ask()

    def set_short(self, short: bool) -> None:
        """On a low window the bar is one line: printing has its key, and what is kept was said aloud."""
        self._short = short
        self._offer()

    def show_visit(self, words: str) -> None:
        """Offer to begin a visit, or to go on with one; "" for neither."""
        self._visit.setText(words)
        self._visit.setAccessibleName(words.partition("  (")[0])
        wear(self._visit, Look.PRIMARY if words == GO_ON_VISITING else None)
        self._offer()

    def show_kept(self, words: str) -> None:
        """Say what is kept where: the ordinary words of this bar."""
        self._kept = words
        self._say_kept()

    def show_shared(self, words: str) -> None:
        """Say how the plan stands with the shared record, beside what is kept."""
        self._shared = words
        self._say_kept()

    def show_idle(self) -> None:
        """Nothing is being written."""
        self._writes = False
        self._offer()
        set_shown(self._undo, False)
        self.show_problem("")
        self._said.setText(self._words())

    def show_writing(self, words: str) -> None:
        """Something is being written and not saved yet."""
        self._writes = True
        self._time.stop()
        self._asked()
        self._offer()
        set_shown(self._undo, False)
        self._said.setText(words)

    def show_done(self, words: str, *, undo: bool) -> None:
        """Say what was done; for some seconds it can be undone."""
        if not self._writes:
            self.show_idle()
        self.show_problem("")
        self._said.setText(words)
        set_shown(self._undo, undo)
        announce(self, words)
        self._time.start()

    def show_problem(self, words: str) -> None:
        """Say what went wrong, in words; "" takes it away."""
        self._say(words, Look.FIELD_ERROR)
        if words:
            announce(self, words, is_urgent=True)

    def has_keyboard(self) -> bool:
        """Whether the keyboard is somewhere in the bar."""
        focused = QApplication.focusWidget()
        return focused is not None and self.isAncestorOf(focused)

    def clear(self) -> None:
        """The person is left: nothing here waits any more, and nothing is said of them."""
        self._time.stop()
        self._kept = self._shared = ""
        if self._source is not None:
            self._flow.removeWidget(self._source)
            self._source.hide()
            self._source.deleteLater()
            self._source = None
        set_shown(self, True)
        self.show_visit("")
        self.show_idle()

    def begin(self) -> None:
        """Take the keyboard: the button that saves, else the one to undo or to print."""
        for button in (self._save, self._undo, self._visit, self._print):
            if not is_put_away(button):
                button.setFocus()
                return

    def _say(self, words: str, look: Look) -> None:
        wear(self._problem, look)
        self._problem.setText(words)
        set_shown(self._problem, bool(words))

    def _asked(self) -> SourceChooser:
        # Made when something is first written: until then it would only hold up the opening of a plan.
        if self._source is None:
            self._source = SourceChooser(self._row)
            self._source.chosen.connect(self._on_told)
            self._flow.put_first(self._source)
            set_shown(self._source, True)
            self.grown.emit()
        return self._source

    def _offer(self) -> None:
        if self._source is not None:
            set_shown(self._source, self._writes)
        for part in (self._save, self._put_aside):
            set_shown(part, self._writes)
        under_way = self._visit.text() == GO_ON_VISITING
        set_shown(self._print, not self._writes and not self._short)
        set_shown(self._visit, bool(self._visit.text()) and not self._writes and (under_way or not self._short))
        set_shown(self._said, not self._writes or not self._short)

    def _on_told(self) -> None:
        self.show_problem("")
        self.told_changed.emit()

    def _on_time_over(self) -> None:
        if self.underMouse() or (self.has_keyboard() and self.can_undo):
            self._time.start()
            return
        set_shown(self._undo, False)
        self._say_kept()

    def _say_kept(self) -> None:
        if not self._writes and not self._time.isActive():
            self._said.setText(self._words())

    def _words(self) -> str:
        return f"{self._kept} {self._shared}".strip()


def _button(words: str, spoken: str, look: Look | None, parent: QWidget) -> QPushButton:
    button = QPushButton(words, parent)
    button.setAccessibleName(spoken)
    wear(button, look)
    return button
