"""The first step: what changed since this user's last visit, with who said so, and when."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from eolc_desktop.care_plan.dates import moment_words
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.desktop.looks import Look
from eolc_desktop.services import visits
from eolc_desktop.services.visits import Changed, Since
from eolc_desktop.views.forms.envelope_words import told_words
from eolc_desktop.views.visit.step import Step, focus
from eolc_desktop.views.widgets.emptied import emptied
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

FIRST_VISIT = "This is the first time you visit here: everything in the plan is new to you."


class SinceStep(Step):
    """Lists what differs from what stood when this user was last here."""

    name = "since"
    heading = "Since your last visit"

    def build(self) -> None:
        """Make the page and read what changed."""
        self._said = self.say("Reading what changed…", Look.FIELD_LABEL)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.box.addLayout(self._list)
        self.take(self.plan)

    def take(self, plan: Plan) -> None:
        """Read again."""
        super().take(plan)
        self.desk.run(
            "what changed since the last visit", visits.since_last, plan.person_id, self.visit, done=self._show
        )

    def begin(self) -> bool:
        """Take the keyboard."""
        return focus(self.findChild(QPushButton))

    @Slot(object)
    def _show(self, since: Since) -> None:
        emptied(self._list)
        if since.last is None:
            self._said.setText(FIRST_VISIT)
        elif not since.changed:
            self._said.setText(f"Nothing has changed since {moment_words(since.last)}.")
        else:
            count = len(since.changed)
            things = "1 thing" if count == 1 else f"{count} things"
            self._said.setText(f"{things} changed since {moment_words(since.last)}.")
        for where, group in groupby(since.changed, key=lambda changed: changed.difference.where):
            found = list(group)
            frame, box = self.card()
            box.addWidget(WrappedLabel(where, Look.FIELD_LABEL, frame))
            for changed in found:
                box.addWidget(WrappedLabel(_capital(changed.difference.says), parent=frame))
                if words := _by(changed):
                    box.addWidget(WrappedLabel(words, Look.META, frame))
            first = found[0].difference
            way = self.way("Open it", f"Open: {where}", first.section, first.entry, frame)
            box.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
            self._list.addWidget(frame)
        self.grown.emit()


def _by(changed: Changed) -> str:
    item = changed.item
    if item is None:
        return ""
    said = [moment_words(item.recorded_at), item.recorded_by.words, told_words(item.told)]
    return f"{'; '.join(part for part in said if part)}."


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
