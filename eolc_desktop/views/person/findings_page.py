"""What in this record does not fit together: each finding with where every value came from and who can settle it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from textwrap import shorten

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.rules import Finding, ItemRef, Severity
from eolc_desktop.care_plan.words import entry_title
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.services.second_look import findings_of
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.person.own_page import OwnPage
from eolc_desktop.views.widgets.emptied import emptied
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

INTRO = (
    "The program looks whether what is recorded fits together. It never decides: each line says where the values came "
    "from and who can say which holds. None of it stops you from saving."
)
NOTHING = "Everything that is recorded fits together, as far as the program can see."
LETTERS_OF_ENTRY = 28
BLOCKS = "This has to be settled before the plan is shared."


class FindingsPage(OwnPage):
    """Lists the findings, the gravest first, with a way to every place they speak of."""

    title = "Worth a second look"

    def __init__(self, desk: Desk, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(desk, plan, parent)
        self.column.addWidget(WrappedLabel(INTRO, Look.SECONDARY, self.inside))
        self._said = WrappedLabel("", parent=self.inside)
        self.column.addWidget(self._said)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.column.addLayout(self._list)
        self.column.addStretch()
        self.take(plan)

    def take(self, plan: Plan) -> None:
        """Look again."""
        super().take(plan)
        self.desk.run("look what does not fit", findings_of, plan, done=self._show)

    def begin(self) -> None:
        """Take the keyboard: the first way to a place."""
        self.verticalScrollBar().setValue(0)
        first = self.inside.findChild(QPushButton) if self.inside is not None else None
        if first is not None:
            first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(object)
    def _show(self, found: Sequence[Finding]) -> None:
        had_keyboard = self.isAncestorOf(self.window().focusWidget() or self.window())
        emptied(self._list)
        count = len(found)
        self._said.setText(NOTHING if not found else f"{count} {'thing' if count == 1 else 'things'} to look at.")
        for number, finding in enumerate(found, 1):
            self._list.addWidget(self._card(number, finding))
        self.grown.emit()
        if had_keyboard:
            self.begin()

    def _card(self, number: int, finding: Finding) -> QWidget:
        card = QFrame(self.inside)
        wear(card, Look.CARD)
        box = QVBoxLayout(card)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(4)
        if finding.severity is Severity.BLOCKS:
            box.addWidget(WrappedLabel(BLOCKS, Look.FIELD_LABEL, card))
        box.addWidget(WrappedLabel(finding.says, parent=card))
        if finding.who_can_settle:
            box.addWidget(WrappedLabel(f"Who can say: {finding.who_can_settle}.", Look.SECONDARY, card))
        ways = QWidget(card)
        flow = FlowLayout(ways, across=8)
        for place, words, spoken in _places(self.plan, finding.items):
            button = QPushButton(words.replace("&", "&&"), ways)
            button.setAccessibleName(f"{spoken} ({number})")
            wear(button, Look.QUIET)
            button.setProperty("place", place)
            button.clicked.connect(self._on_way)
            flow.addWidget(button)
        box.addWidget(ways)
        return card

    @Slot()
    def _on_way(self) -> None:
        section, entry = self.sender().property("place")
        if entry:
            self.entry_wanted.emit(section, entry)
        else:
            self.place_wanted.emit(section)


def _places(plan: Plan, items: Sequence[ItemRef]) -> list[tuple[tuple[str, str], str, str]]:
    """The places that a finding speaks of, each once, with the words on its button and the words spoken.

    A button is as wide as its words and cannot wrap: it names the section, and an entry only to tell two apart.
    """
    found: dict[tuple[str, str], str] = {}
    for ref in items:
        if ref.section not in plan.catalogue:
            continue
        section = plan.catalogue[ref.section]
        standing = plan.entry(ref.section, ref.entry)
        entry = ref.entry if standing is not None or section.fixed(ref.entry) else ""
        name = ""
        if entry and entry != MAIN:
            name = entry_title(section, entry, standing.values if standing else {}, links=plan.links)
        found.setdefault((ref.section, "" if entry == MAIN else entry), name)
    of_section = Counter(section for section, _entry in found)
    ways = []
    for (key, entry), name in found.items():
        words = f"Go to: {plan.catalogue[key].title}"
        spoken = f"{words}, {name}" if name else words
        if name and of_section[key] > 1:
            words = f"{words}, {shorten(name, LETTERS_OF_ENTRY, placeholder='…')}"
        ways.append(((key, entry), words, spoken))
    return ways
