"""The third step: what to talk about, in any order, with words a nurse might use and can always ignore."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from eolc_desktop.care_plan.dates import day_words, today
from eolc_desktop.care_plan.fields import Section, is_empty
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.desktop.looks import Look
from eolc_desktop.views.visit.step import Step, focus
from eolc_desktop.views.widgets.emptied import emptied
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

TOPICS = ("about_me", "commitments", "compact", "places", "goals", "understanding", "carer", "after_death_wishes")
MOST_PROMPTS = 2


class TalkStep(Step):
    """Lists the subjects with where each stands."""

    name = "talk"
    heading = "Talk"

    def build(self) -> None:
        """Make the page."""
        self.say(
            "In any order, and only what they want to talk about today. “Asked, did not want to say” is an answer.",
            Look.SECONDARY,
        )
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.box.addLayout(self._list)
        self.take(self.plan)

    def take(self, plan: Plan) -> None:
        """Show where each subject stands."""
        super().take(plan)
        emptied(self._list)
        for key in TOPICS:
            if key in plan.catalogue:
                self._add(plan.catalogue[key])
        self.grown.emit()

    def begin(self) -> bool:
        """Take the keyboard."""
        return focus(self.findChild(QPushButton))

    def _add(self, section: Section) -> None:
        frame, box = self.card()
        entry = "new" if section.key == "compact" else ""
        way = self.way(section.title, f"Talk about: {section.title}", section.key, entry, frame)
        box.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
        box.addWidget(WrappedLabel(_state(self.plan, section), Look.META, frame))
        prompts = [field.prompt for field in section.fields if field.prompt and not field.retired][:MOST_PROMPTS]
        if prompts:
            box.addWidget(WrappedLabel(f"You could ask: {' '.join(prompts)}", Look.SECONDARY, frame))
        self._list.addWidget(frame)


def _state(plan: Plan, section: Section) -> str:
    items = [i for entry in plan.entries(section.key) for i in entry.items.values() if not is_empty(i.value)]
    if not items:
        return "Nothing recorded yet."
    latest = max(items, key=lambda item: item.last_known_at)
    by = latest.confirmed_by or latest.recorded_by
    return f"Last spoken of {day_words(today(latest.last_known_at))}, {by.name or 'author not known'}."
