"""One item of a form: its label and help, its editor, and under it who said it and when."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.check import normalise
from eolc_desktop.care_plan.fields import Authorship, Field, Value, absence_of, is_empty
from eolc_desktop.care_plan.freshness import age_words
from eolc_desktop.care_plan.own_words import holds_statements
from eolc_desktop.care_plan.plan import Change, EntryState, Item
from eolc_desktop.care_plan.words import display
from eolc_desktop.desktop.looks import Look, dress_again
from eolc_desktop.desktop.style_sheet import PROBLEM_PROPERTY
from eolc_desktop.views.forms.beside_field import head_of, quiet_button, suggestion_of
from eolc_desktop.views.forms.editor import Editor, Surroundings
from eolc_desktop.views.forms.editors import editor_for
from eolc_desktop.views.forms.envelope_words import envelope_words
from eolc_desktop.views.forms.history_words import history_lines
from eolc_desktop.views.forms.item_history import ItemHistory
from eolc_desktop.views.forms.moved_notice import MovedNotice
from eolc_desktop.views.forms.showing import bring_into_view, is_put_away, set_shown
from eolc_desktop.views.forms.statement import Statement
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class FieldRow(QFrame):
    """Shows one item and takes what is typed about it.

    Signals:
        changed: something was typed or chosen.
        grown: controls were added.
        confirm_wanted: the item is said to hold still.
        history_wanted: its history was asked for; answer with `show_history`.
        state_wanted: it is no longer so, or was entered in error: its key, an `EntryState` and the reason.
    """

    changed = Signal()
    grown = Signal()
    confirm_wanted = Signal(str)
    history_wanted = Signal(str)
    state_wanted = Signal(str, object, str)

    def __init__(
        self,
        field: Field,
        item: Item | None,
        around: Surroundings,
        called: str,
        parent: QWidget | None = None,
        section: str = "",
    ) -> None:
        super().__init__(parent)
        self.field = field
        self._section = section
        self.called = called
        self.base = item
        self._around = around
        self._theirs: Item | None = None
        self._moved = False
        self._shown: Value = None
        self._words = ""
        self._editor: Editor | None = None
        self._statement: Statement | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(4)
        self._heading, self._label = head_of(field, self._box, self)
        self._prompt: WrappedLabel | None = None
        self._block: MovedNotice | None = None
        self._doubt: WrappedLabel | None = None
        self._problem: WrappedLabel | None = None
        self._reveal: QPushButton | None = None
        self._begin: QPushButton | None = None
        self._foot: QFrame | None = None
        self._history: ItemHistory | None = None
        self._suggestion = suggestion_of(field, called, self._on_suggested, self)
        self._show(item)

    # What was typed

    def is_changed(self) -> bool:
        """Whether what stands in the editor differs from what was recorded when it was last shown."""
        editor = self._editor
        if editor is None or editor.typed() == self._shown:
            return False
        return bool(editor.problem()) or self._tidied(editor) != (None if self._statement else self._recorded())

    def value(self) -> Value:
        """The value that would be recorded: the one typed, tidied as all input is, else the one that stands."""
        if self._editor is None or not self.is_changed():
            return self._recorded()
        return self._tidied(self._editor)

    def typed(self) -> Value:
        """What a draft keeps of this item."""
        return self._editor.typed() if self._editor is not None else None

    def problem(self) -> str:
        """Why what was typed cannot be recorded, or ""."""
        return self._editor.problem() if self._editor is not None and self.is_changed() else ""

    def has_moved(self) -> bool:
        """Whether the item changed elsewhere and nobody has said yet which of the two stands."""
        return self._moved

    def resume(self, typed: Value, base: str) -> None:
        """Put what a draft kept into the editor. `base` is the change its author was looking at: when the item has
        moved on since, that is said beside it before anything can be saved."""
        self._open_editor()
        if self._editor is not None:
            self._editor.set_value(typed)
        if self.is_changed() and base != (self.base.change_id if self.base else ""):
            self._tell_moved(self.base)

    def take(self, item: Item | None, around: Surroundings, *, own: bool = False) -> None:
        """Take the item as a newer plan has it; what is being typed stays. `own`: this user's own save did it."""
        self._around = around
        if self._editor is not None:
            self._editor.look_around(around)
        same = (item.change_id if item else "") == (self.base.change_id if self.base else "")
        if not self.is_changed():
            if item != self.base:
                self._show(item)
        elif same:
            self.base = item
            self._fill_foot()
        elif self._editor is not None and self._tidied(self._editor) == (item.value if item else None):
            self._show(item)
        elif own:
            self.base = item
            self._fill_foot()
        else:
            self._tell_moved(item)

    def put_aside(self) -> None:
        """Take away what was typed: what is recorded stands again."""
        if self.is_changed() or self._moved:
            self._show(self._theirs if self._moved else self.base)

    # What is said about it

    def show_problem(self, words: str) -> None:
        """Say beside the item what is wrong; "" takes it away."""
        if self._problem is None:
            if not words:
                return
            self._problem = WrappedLabel(look=Look.FIELD_ERROR, parent=self)
            self._box.insertWidget(self._place_above_editor(), self._problem)
        self._problem.setText(f"Please check: {words}" if words else "")
        set_shown(self._problem, bool(words))
        if self._editor is not None:
            target = self._editor.focus_target()
            target.setProperty(PROBLEM_PROPERTY, bool(words))
            dress_again(target)
        self._describe(words)

    def show_doubt(self, words: str) -> None:
        """Say what may be worth a second look; it stops nobody. "" takes it away."""
        if self._doubt is None:
            if not words:
                return
            self._doubt = WrappedLabel(look=Look.FIELD_LABEL, parent=self)
            self._box.insertWidget(self._place_above_editor(), self._doubt)
        self._doubt.setText(f"Worth a second look: {words}")
        set_shown(self._doubt, bool(words))

    def show_earlier(self, changes: Sequence[Change]) -> None:
        """Put the person's earlier words beneath those that stand."""
        if self._statement is not None:
            self._statement.show_earlier(changes)

    def show_history(self, changes: Sequence[Change]) -> None:
        """Answer what was asked for: the history of this item."""
        if self._history is None:
            self._history = ItemHistory(self.called, self)
            self._history.state_wanted.connect(self._on_state_wanted)
            self._box.addWidget(self._history)
        lines = history_lines(self.field, changes, self._around.plan.links, hidden=self.field.sensitive)
        ours = self.field.authorship is Authorship.AUTOMATIC
        self._history.show_lines(lines, stands=not ours and not is_empty(self._recorded()))
        set_shown(self._history, True)
        self.grown.emit()

    def lead(self, leads: bool) -> None:
        """Show the heading over this row, where it is the first of those that stand under it."""
        if self._heading is not None:
            set_shown(self._heading, leads)

    def begin(self) -> None:
        """Take the keyboard, and come into view."""
        bring_into_view(self)
        if self._editor is not None:
            self._editor.focus_target().setFocus(Qt.FocusReason.ShortcutFocusReason)
        else:
            for button in (self._reveal, self._begin):
                if button is not None and not is_put_away(button):
                    button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def has_keyboard(self) -> bool:
        """Whether the keyboard is somewhere in this row."""
        focus = self.window().focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    # Building

    def _recorded(self) -> Value:
        return self.base.value if self.base else None

    def _tidied(self, editor: Editor) -> Value:
        value = editor.value()
        return value if absence_of(value) else normalise(self.field, value)

    def _offer(self, shown: bool) -> None:
        if self._suggestion is not None:
            set_shown(self._suggestion, shown)
        if shown and self._prompt is None and self.field.prompt:
            self._prompt = WrappedLabel(f"You could ask: {self.field.prompt}", Look.SECONDARY, self)
            self._box.insertWidget(self._place_above_editor(), self._prompt)
        if self._prompt is not None:
            set_shown(self._prompt, shown)

    def _show(self, item: Item | None) -> None:
        self.base = item
        self._settle()
        if self._history is not None:
            set_shown(self._history, False)
        value = self._recorded()
        if holds_statements(self.field) and not is_empty(value):
            self._show_statement(value)
        elif self.field.authorship is Authorship.AUTOMATIC or self.field.read_only:
            self._show_words(self.field.suggested if value is None else value)
        elif self.field.sensitive and not is_empty(value) and self._editor is None:
            self._hide_value()
        else:
            self._open_at(value)
        self._fill_foot()
        self._offer(is_empty(value) and self._editor is not None)
        self._describe("")

    def _show_statement(self, value: Value) -> None:
        if self._statement is None:
            self._statement = Statement(self.field, self.called, self)
            self._box.insertWidget(self._place_above_editor(), self._statement)
            self._begin = self._link("Add what they say now", "Add what they say now", self._on_begin)
        self._statement.show_words(value)
        if self._editor is not None:
            self._editor.set_value(None)
            self._shown = self._editor.typed()
            set_shown(self._editor, False)
        if self._begin is not None:
            set_shown(self._begin, True)

    def _show_words(self, value: Value) -> None:
        if not self._words:
            self._words_label = WrappedLabel(parent=self)
            self._box.addWidget(self._words_label)
        self._words = display(self.field, value, links=self._around.plan.links)
        self._words_label.setText(self._words)

    def _hide_value(self) -> None:
        if self._reveal is None:
            self._reveal = QPushButton("Hidden. Show it", self)
            self._reveal.setAccessibleName(f"{self.called}: hidden. Show it")
            self._reveal.clicked.connect(self._on_reveal)
            self._box.addWidget(self._reveal, 0, Qt.AlignmentFlag.AlignLeft)
        set_shown(self._reveal, True)

    def _open_editor(self) -> None:
        if self._reveal is not None:
            set_shown(self._reveal, False)
        if self._begin is not None:
            set_shown(self._begin, False)
        if self._editor is None:
            self._editor = editor_for(self.field, self._around, self.called, self)
            self._editor.changed.connect(self._on_changed)
            place = self._box.indexOf(self._foot) if self._foot is not None else self._box.count()
            self._box.insertWidget(place, self._editor)
            self._shown = self._editor.typed()
            self._label.setBuddy(self._editor.focus_target())
        set_shown(self._editor, True)
        self._describe("")

    def _open_at(self, value: Value) -> None:
        self._open_editor()
        assert self._editor is not None
        self._editor.set_value(value)
        self._shown = self._editor.typed()

    def _place_above_editor(self) -> int:
        for widget in (self._editor, self._foot):
            if widget is not None:
                return self._box.indexOf(widget)
        return self._box.count()

    def _fill_foot(self) -> None:
        if self.base is None or not self._around.plan.person_id:  # what is about nobody has no foot
            if self._foot is not None:
                set_shown(self._foot, False)
            return
        if self._foot is None:
            self._foot = QFrame(self)
            line = QHBoxLayout(self._foot)
            line.setContentsMargins(0, 0, 0, 0)
            line.setSpacing(4)
            self._envelope = WrappedLabel(look=Look.META, parent=self._foot)
            self._still = self._link("Still so", "Still so", self._on_confirm)
            line.addWidget(self._envelope, 1)
            if self._begin is not None:
                line.addWidget(self._begin)
            line.addWidget(self._still)
            line.addWidget(self._link("History", "History of", self._on_history_wanted))
            self._box.addWidget(self._foot)
        age = age_words(self._around.plan, self._section, self.field.key, self.base)
        self._envelope.setText(" ".join(part for part in (envelope_words(self.base), age) if part))
        set_shown(self._still, not is_empty(self.base.value) and self.field.authorship is not Authorship.AUTOMATIC)
        set_shown(self._foot, True)

    def _link(self, words: str, spoken: str, pressed: object) -> QPushButton:
        return quiet_button(
            words, f"{spoken}: {self.called}" if spoken == words else f"{spoken} {self.called}", pressed, self
        )

    def _describe(self, problem: str) -> None:
        if self._editor is not None:
            parts = (problem, self.field.help, self.field.prompt)
            self._editor.describe(" ".join(part for part in parts if part))

    # Changed elsewhere

    def _tell_moved(self, item: Item | None) -> None:
        self._theirs = item
        self._moved = True
        if self._block is None:
            self._block = MovedNotice(self.called, self)
            self._block.theirs_wanted.connect(self._on_use_theirs)
            self._block.mine_wanted.connect(self._on_keep_mine)
            self._box.insertWidget(self._place_above_editor(), self._block)
        self._block.say(self.field, item, self._around.plan.links)
        set_shown(self._block, True)
        self.grown.emit()

    def _settle(self) -> None:
        self._moved = False
        self._theirs = None
        if self._block is not None:
            set_shown(self._block, False)

    def _on_use_theirs(self) -> None:
        self._show(self._theirs)
        self.begin()
        self.changed.emit()

    def _on_keep_mine(self) -> None:
        self.base = self._theirs
        self._settle()
        self._fill_foot()
        self.begin()
        self.changed.emit()

    # What the person at the keyboard does

    def _on_suggested(self) -> None:
        if self._editor is not None:
            self._editor.set_value(self.field.suggested)
            self._on_changed()
            self.begin()

    def _on_changed(self) -> None:
        if self._problem is not None:
            self.show_problem("")
        self.show_doubt("")
        self.changed.emit()

    def _on_begin(self) -> None:
        self._open_editor()
        self._offer(True)
        self.grown.emit()
        self.begin()

    def _on_reveal(self) -> None:
        self._open_at(self._recorded())
        self.grown.emit()
        self.begin()

    def _on_confirm(self) -> None:
        self.confirm_wanted.emit(self.field.key)

    def _on_state_wanted(self, state: EntryState, reason: str) -> None:
        self.state_wanted.emit(self.field.key, state, reason)

    def _on_history_wanted(self) -> None:
        if self._history is not None and self._history.isVisible():
            set_shown(self._history, False)
            return
        self.history_wanted.emit(self.field.key)
