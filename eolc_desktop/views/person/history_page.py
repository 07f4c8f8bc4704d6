"""The history of a plan in words: who changed what, when, from what to what, how they knew, and why."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.agreement import agreement_words
from eolc_desktop.care_plan.plan import Change, Plan
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.services import plans
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.choice_editors import MOST_LETTERS, Menu
from eolc_desktop.views.forms.history_words import SaveWords, saves_in_words
from eolc_desktop.views.person.own_page import OwnPage
from eolc_desktop.views.person.rail import COMPARE
from eolc_desktop.views.widgets.emptied import emptied
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

AT_ONCE = 40
"""Saves shown at first; more on request, so that a long history opens as fast as a short one."""


class HistoryPage(OwnPage):
    """Lists the saves of a plan, newest first, for the whole plan or one section."""

    title = "History"

    def __init__(self, desk: Desk, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(desk, plan, parent)
        self._saves: list[SaveWords] = []
        self._shown = 0
        intro = "Everything that was ever recorded, the newest first. Nothing in it is changed or removed."
        self.column.addWidget(WrappedLabel(intro, Look.SECONDARY))
        self._agreement = WrappedLabel()
        self.column.addWidget(self._agreement)
        compare = self.link("Compare two versions")
        compare.clicked.connect(self._on_compare)
        self.column.addWidget(compare, 0, Qt.AlignmentFlag.AlignLeft)
        self._menu = Menu()
        self._menu.addItem("The whole plan", "")
        for section in plan.catalogue:
            self._menu.addItem(section.title, section.key)
        self._menu.setMinimumContentsLength(MOST_LETTERS)
        self._menu.setMaximumWidth(self._menu.sizeHint().width())
        self._menu.activated.connect(self._read)
        row = LabelledRow("Show", self._menu, parent=self.inside)
        row.setFocusProxy(None)  # type: ignore[arg-type]  # Tab would come back to it from wherever the row itself stands in the chain
        self.column.addWidget(row)
        self._count = WrappedLabel(look=Look.META)
        self.column.addWidget(self._count)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.column.addLayout(self._list)
        self._more = QPushButton("Show earlier changes")
        self._more.clicked.connect(self._on_more)
        self._more.hide()
        self.column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addStretch()
        self.take(plan)

    def take(self, plan: Plan) -> None:
        """Read the history again: a newer plan has a longer one."""
        super().take(plan)
        self._agreement.setText(agreement_words(plan))
        self._read()

    def begin(self) -> None:
        """Take the keyboard."""
        self._menu.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot()
    def _read(self) -> None:
        section = str(self._menu.currentData() or "") or None
        self.desk.run("read the history of a plan", plans.history_of, self.plan.person_id, section, done=self._show)

    @Slot(object)
    def _show(self, changes: Sequence[Change]) -> None:
        self._saves = saves_in_words(self.plan.catalogue, changes, self.plan.links)
        emptied(self._list)
        self._shown = 0
        saves = len(self._saves)
        of = f" of “{self._menu.currentText()}”" if self._menu.currentData() else ""
        self._count.setText(f"{saves} {'save' if saves == 1 else 'saves'}{of}." if saves else "Nothing recorded yet.")
        self._on_more()
        self.grown.emit()

    @Slot()
    def _on_compare(self) -> None:
        self.place_wanted.emit(COMPARE)

    @Slot()
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
