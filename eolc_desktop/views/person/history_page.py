"""The history of a plan in words: who changed what, when, from what to what, how they knew, and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.plan import Change, Plan
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.forms.choice_editors import MOST_LETTERS, Menu
from eolc_desktop.views.forms.history_words import SaveWords, saves_in_words
from eolc_desktop.views.person.reading_column import ReadingColumn
from eolc_desktop.views.person.scroll_page import ScrollPage
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

AT_ONCE = 40
"""Saves shown at first; more on request, so that a long history opens as fast as a short one."""


class HistoryPage(ScrollPage):
    """Lists the saves of a plan, newest first, for the whole plan or one section.

    Signals:
        history_wanted: the key of a section, or "" for the whole plan; answer with `show_changes`.
    """

    history_wanted = Signal(str)

    def __init__(self, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan = plan
        self._saves: list[SaveWords] = []
        self._shown = 0
        column = ReadingColumn(self.viewport())
        self.setWidget(column)
        column.box.addWidget(WrappedLabel("History", Look.TITLE))
        intro = "Everything that was ever recorded, the newest first. Nothing in it is changed or removed."
        column.box.addWidget(WrappedLabel(intro, Look.SECONDARY))
        self._menu = Menu()
        self._menu.addItem("The whole plan", "")
        for section in plan.catalogue:
            self._menu.addItem(section.title, section.key)
        self._menu.setMinimumContentsLength(MOST_LETTERS)
        self._menu.setMaximumWidth(self._menu.sizeHint().width())
        self._menu.activated.connect(self._on_section)
        row = LabelledRow("Show", self._menu, parent=column.box.parentWidget())
        row.setFocusProxy(None)  # type: ignore[arg-type]  # Tab would come back to it from wherever the row itself stands in the chain
        column.box.addWidget(row)
        self._count = WrappedLabel(look=Look.META)
        column.box.addWidget(self._count)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        column.box.addLayout(self._list)
        self._more = QPushButton("Show earlier changes")
        self._more.clicked.connect(self._on_more)
        self._more.hide()
        column.box.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        column.box.addStretch()

    @property
    def section(self) -> str:
        """The key of the section that is shown, or "" for the whole plan."""
        return str(self._menu.currentData() or "")

    def show_changes(self, plan: Plan, changes: Sequence[Change]) -> None:
        """Show these changes."""
        self._plan = plan
        self._saves = saves_in_words(plan.catalogue, changes, plan.links)
        while (item := self._list.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._shown = 0
        saves = len(self._saves)
        of = f" of “{self._menu.currentText()}”" if self.section else ""
        self._count.setText(f"{saves} {'save' if saves == 1 else 'saves'}{of}." if saves else "Nothing recorded yet.")
        self._on_more()

    def begin(self) -> None:
        """Take the keyboard."""
        self._menu.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_section(self) -> None:
        self.history_wanted.emit(self.section)

    def _on_more(self) -> None:
        for save in self._saves[self._shown : self._shown + AT_ONCE]:
            self._list.addWidget(_save_view(save, self.widget()))
        self._shown = min(len(self._saves), self._shown + AT_ONCE)
        self._more.setVisible(self._shown < len(self._saves))


def _save_view(save: SaveWords, inside: QWidget | None) -> QWidget:
    card = QFrame(inside)
    wear(card, Look.CARD)
    box = QVBoxLayout(card)
    box.setContentsMargins(12, 8, 12, 8)
    box.setSpacing(4)
    box.addWidget(WrappedLabel(save.heading, Look.FIELD_LABEL, card))
    if save.source:
        box.addWidget(WrappedLabel(f"{save.source}.", Look.META, card))
    # One label for all lines: a save may hold hundreds, and each label would cost a layout of its own.
    box.addWidget(WrappedLabel("\n".join(save.lines), parent=card))
    return card
