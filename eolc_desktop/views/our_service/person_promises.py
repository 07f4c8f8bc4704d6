"""Promises kept, for one person: each as the team has it, as they say, and how both changed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import date_words, day_words, today
from eolc_desktop.care_plan.plan import Change, Entry, Op, Plan
from eolc_desktop.care_plan.promises import COMMITMENTS, QUESTIONS
from eolc_desktop.care_plan.words import display
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.services import plans
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.our_service.number_table import NumberTable
from eolc_desktop.views.person.own_page import OwnPage
from eolc_desktop.views.widgets.emptied import emptied
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

INTRO = "What the team says it kept, and what the person says of it, side by side and over time."
OCCASIONS = 4


class PersonPromisesPage(OwnPage):
    """The six commitments, then the seven questions at each occasion."""

    title = "Promises kept"

    def __init__(self, desk: Desk, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(desk, plan, parent=parent)
        self._changes: tuple[Change, ...] = ()
        self.column.addWidget(WrappedLabel(INTRO, Look.SECONDARY, self.inside))
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.column.addLayout(self._list)
        self.column.addStretch()
        self.take(plan)

    def take(self, plan: Plan) -> None:
        """Show a newer plan, with what was before it."""
        super().take(plan)
        self.desk.run("read promises", plans.history_of, plan.person_id, "commitments", done=self._on_history)

    def begin(self) -> None:
        """Take the keyboard: the first way to a section."""
        first = self.inside.findChild(QPushButton) if self.inside is not None else None
        (first or self).setFocus(Qt.FocusReason.ShortcutFocusReason)

    @Slot(object)
    def _on_history(self, changes: tuple[Change, ...]) -> None:
        self._changes = changes
        emptied(self._list)
        self._way("Change the commitments", "commitments")
        for commitment in COMMITMENTS:
            self._list.addWidget(self._card(commitment.id, f"{commitment.number}. {commitment.title}"))
        self._list.addWidget(WrappedLabel("The seven questions", Look.HEADING, self.inside))
        asked = sorted(self.plan.entries("compact"), key=lambda entry: entry.text("asked_on"))[-OCCASIONS:]
        if asked:
            self._list.addWidget(self._table(asked))
        else:
            self._list.addWidget(WrappedLabel("They have not been asked yet.", parent=self.inside))
        self._way("Ask the seven questions", "compact")
        self.grown.emit()

    def _way(self, words: str, place: str) -> None:
        button = self.link(words)
        button.setProperty("place", place)
        button.clicked.connect(self._on_way)
        self._list.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _card(self, entry_id: str, title: str) -> QWidget:
        card = QFrame(self.inside)
        wear(card, Look.CARD)
        box = QVBoxLayout(card)
        box.setContentsMargins(16, 8, 16, 8)
        box.setSpacing(4)
        box.addWidget(WrappedLabel(title, Look.FIELD_LABEL, card))
        words = self.plan.words
        box.addWidget(WrappedLabel(f"The team: {words('commitments', 'state', entry_id)}", parent=card))
        said = self.plan.text("commitments", "verdict_words", entry_id)
        verdict = words("commitments", "verdict", entry_id)
        box.addWidget(WrappedLabel(f"The person: {verdict}{f'. “{said}”' if said else ''}", parent=card))
        evidence = self.plan.entries("commitment_evidence", parent=entry_id)
        latest = max((entry.text("on") for entry in evidence), default="")
        shown = f", the latest {date_words(latest)}" if latest else ""
        box.addWidget(WrappedLabel(f"Evidence: {len(evidence) or 'none recorded'}{shown}.", parent=card))
        for line in self._over_time(entry_id):
            box.addWidget(WrappedLabel(line, Look.META, card))
        return card

    def _over_time(self, entry_id: str) -> list[str]:
        lines = []
        for key, name in (("state", "The team over time"), ("verdict", "The person over time")):
            field = self.plan.catalogue["commitments"][key]
            steps = [
                f"{display(field, change.value)} ({day_words(today(change.recorded_at))})"
                for change in self._changes
                if change.entry == entry_id and change.field == key and change.op is Op.SET
            ]
            if len(steps) > 1:
                lines.append(f"{name}: {'; '.join(steps)}.")
        return lines

    def _table(self, asked: list[Entry]) -> NumberTable:
        days = [date_words(entry.text("asked_on")) if entry.text("asked_on") else "No date" for entry in asked]
        table = NumberTable("The seven questions over time", ("Question", *days), parent=self.inside)
        section = self.plan.catalogue["compact"]
        table.show_rows(
            [
                (
                    f"{question.number}. {question.plain}",
                    *(display(section[question.key], entry.value(question.key)) for entry in asked),
                )
                for question in QUESTIONS
            ]
        )
        return table

    @Slot()
    def _on_way(self) -> None:
        self.place_wanted.emit(str(self.sender().property("place")))
