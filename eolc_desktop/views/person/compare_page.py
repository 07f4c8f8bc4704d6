"""Any two versions of the plan in words: what was added, changed and taken away between them, and what was agreed."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import moment_words
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.services import versions
from eolc_desktop.services.versions import Comparison, VersionLine
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.choice_editors import Menu
from eolc_desktop.views.person.own_page import OwnPage
from eolc_desktop.views.person.rail import HISTORY
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.emptied import emptied
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

NOT_AGREED = "Nothing was recorded about agreement while this version stood."


class ComparePage(OwnPage):
    """Lists the versions in two menus and says what differs between the two that are chosen."""

    title = "Versions of this plan"

    def __init__(self, desk: Desk, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(desk, plan, parent)
        self._lines: tuple[VersionLine, ...] = ()
        back = self.link("‹ Back to History", "Back to History")
        back.clicked.connect(self._on_back)
        self.column.insertWidget(0, back, 0, Qt.AlignmentFlag.AlignLeft)
        intro = "Each save that changed something made a version. Choose two to read what changed between them."
        self.column.addWidget(WrappedLabel(intro, Look.SECONDARY, self.inside))
        self._one, self._other = Menu(), Menu()
        for words, menu in (("From", self._one), ("To", self._other)):
            menu.setMinimumContentsLength(60)
            menu.activated.connect(self._compare)
            row = LabelledRow(f"{words} version", menu, parent=self.inside)
            row.setFocusProxy(None)  # type: ignore[arg-type]  # Tab would come back to it from wherever the row itself stands in the chain
            self.column.addWidget(row)
        self._said = WrappedLabel("Reading the versions…", Look.FIELD_LABEL, self.inside)
        self.column.addWidget(self._said)
        self._agreements = WrappedLabel("", parent=self.inside)
        self.column.addWidget(self._agreements)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.column.addLayout(self._list)
        self.column.addStretch()
        self.take(plan)

    def take(self, plan: Plan) -> None:
        """Read the versions again."""
        super().take(plan)
        self.desk.run("read the versions of a plan", versions.versions_of, plan.person_id, done=self._on_versions)

    def begin(self) -> None:
        """Take the keyboard."""
        self._one.setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(object)
    def _on_versions(self, lines: Sequence[VersionLine]) -> None:
        chosen = (self._one.currentData(), self._other.currentData())
        self._lines = tuple(lines)
        for menu in (self._one, self._other):
            menu.clear()
            for line in reversed(self._lines):
                menu.addItem(_name(line), line.version.number)
        if not self._lines:
            self._said.setText("Nothing recorded yet.")
            return
        newest = self._lines[-1].version.number
        for menu, wanted in ((self._one, chosen[0] or max(1, newest - 1)), (self._other, chosen[1] or newest)):
            menu.setCurrentIndex(max(0, menu.findData(wanted)))
        self._compare()

    @Slot()
    def _compare(self) -> None:
        one, other = self._one.currentData(), self._other.currentData()
        if one is not None and other is not None:
            self.desk.run("compare versions", versions.compare, self.plan.person_id, one, other, done=self._show)

    @Slot(object)
    def _show(self, found: Comparison) -> None:
        earlier, later = found.earlier.version, found.later.version
        count = len(found.differences)
        if earlier.number == later.number:
            said = "This is one and the same version. Choose another to compare it with."
        else:
            things = "Nothing differs" if not count else f"{count} {'thing differs' if count == 1 else 'things differ'}"
            said = f"{things} between version {earlier.number} and version {later.number}."
            if found.confirmed:
                items = "1 item was" if found.confirmed == 1 else f"{found.confirmed} items were"
                said += f" {items} confirmed as still so."
        self._said.setText(said)
        of_both = (found.earlier, found.later) if earlier.number != later.number else (found.earlier,)
        self._agreements.setText(
            "\n".join(f"Version {line.version.number}: {line.agreement or NOT_AGREED}" for line in of_both)
        )
        emptied(self._list)
        for where, group in groupby(found.differences, key=lambda difference: difference.where):
            differing = list(group)
            card = QFrame(self.inside)
            wear(card, Look.CARD)
            box = QVBoxLayout(card)
            box.setContentsMargins(12, 8, 12, 8)
            box.setSpacing(4)
            box.addWidget(WrappedLabel(where, Look.FIELD_LABEL, card))
            box.addWidget(WrappedLabel("\n".join(_capital(d.says) for d in differing), parent=card))
            open_it = QPushButton("Open it", card)
            open_it.setAccessibleName(f"Open: {where}")
            wear(open_it, Look.QUIET)
            open_it.setProperty("place", (differing[0].section, differing[0].entry))
            open_it.clicked.connect(self._on_open)
            box.addWidget(open_it, 0, Qt.AlignmentFlag.AlignLeft)
            self._list.addWidget(card)
        announce(self, said)
        self.grown.emit()

    @Slot()
    def _on_open(self) -> None:
        section, entry = self.sender().property("place")
        self.entry_wanted.emit(section, entry)

    @Slot()
    def _on_back(self) -> None:
        self.place_wanted.emit(HISTORY)


def _name(line: VersionLine) -> str:
    version = line.version
    agreed = " · agreement recorded" if line.agreement else ""
    return f"{version.number} · {moment_words(version.at)} · {version.by.name}{agreed}"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
