"""One page of the register on a card: what it is, who has it, what has changed since, and what became of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.paper_copies import PaperCopy, ToReplace
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.services.paper_copies import changed_words
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.group import Group
from eolc_desktop.views.paper.words import NOT_SAID, made_words, state_words, title_of
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

_BECAME = (("replaced", "Replaced"), ("destroyed", "Destroyed"), ("lost", "Lost"))


class CopyCard(QFrame):
    """Shows a page. Its buttons stand in a group named after the page, so that each is told from those of the others.

    Signals:
        marked: the entry, and what became of it.
        holder_wanted: the entry of a page of which somebody wants to say who has it.
    """

    marked = Signal(str, str)
    holder_wanted = Signal(str)

    def __init__(self, copy: PaperCopy, recall: ToReplace | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.copy = copy
        wear(self, Look.CARD)
        group = Group(title_of(copy))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 12)
        outer.addWidget(group)
        self._column = QVBoxLayout(group)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addWidget(WrappedLabel(title_of(copy), Look.KEY_LINE))
        self._column.addWidget(WrappedLabel(made_words(copy), Look.SECONDARY))
        if became := state_words(copy):
            self._column.addWidget(WrappedLabel(became))
        else:
            self._column.addWidget(WrappedLabel(copy.whereabouts or NOT_SAID))
        if recall is not None:
            words = "To be replaced.\n" + "\n".join(changed_words(changed) for changed in recall.changed)
            warning = WrappedLabel(words, Look.WARNING)
            warning.setMargin(8)
            self._column.addWidget(warning)
        self._buttons = QWidget()
        row = FlowLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        if copy.is_out:
            who = self._button("Who has it, and where", self._on_holder)
            row.addWidget(who)
            self.setFocusProxy(who)
            for state, words in _BECAME:
                row.addWidget(self._button(words, self._on_mark, state))
        elif copy.state:
            again = self._button("Still in use after all", self._on_mark, "in_use")
            row.addWidget(again)
            self.setFocusProxy(again)
        self._column.addWidget(self._buttons)
        if not row.count():
            self._buttons.hide()

    def ask(self, form: QWidget) -> None:
        """Ask something about the page on its card."""
        self._buttons.hide()
        self._column.addWidget(form)
        form.show()
        form.setFocus(Qt.FocusReason.OtherFocusReason)

    def _button(self, words: str, pressed: object, state: str = "") -> QPushButton:
        button = QPushButton(words)
        button.setProperty("state", state)
        button.clicked.connect(pressed)
        return button

    @Slot()
    def _on_holder(self) -> None:
        self.holder_wanted.emit(self.copy.entry)

    @Slot()
    def _on_mark(self) -> None:
        if (button := self.sender()) is not None:
            self.marked.emit(self.copy.entry, str(button.property("state")))
