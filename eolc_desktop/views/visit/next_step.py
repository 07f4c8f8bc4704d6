"""The fourth step: what happens next, and when we are next in touch."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.desktop.looks import Look
from eolc_desktop.views.visit.step import Step, focus
from eolc_desktop.views.visit.still_step import lines_of
from eolc_desktop.views.widgets.emptied import emptied
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

OVER = ("done", "not_needed", "took_place", "cancelled")
KINDS = (
    ("next_steps", "What happens next", "Add what happens next", "No next step is recorded."),
    ("next_contacts", "When we are next in touch", "Add when you are next in touch", "No next contact is recorded."),
)


class NextStep(Step):
    """Shows the open next steps and contacts, and offers another."""

    name = "next"
    heading = "What happens next"

    def build(self) -> None:
        """Make the page."""
        self.say("Before you go, the person knows what happens next and when you are next in touch.", Look.SECONDARY)
        self._list = QVBoxLayout()
        self._list.setSpacing(12)
        self.box.addLayout(self._list)
        self.take(self.plan)

    def take(self, plan: Plan) -> None:
        """Show what is open."""
        super().take(plan)
        emptied(self._list)
        for key, title, add, nothing in KINDS:
            frame, box = self.card()
            box.addWidget(WrappedLabel(title, Look.FIELD_LABEL, frame))
            section = plan.catalogue[key]
            standing = [entry for entry in plan.entries(key) if entry.value("state") not in OVER]
            lines = dict(zip((entry.id for entry in plan.entries(key)), lines_of(plan, section), strict=True))
            if not standing:
                box.addWidget(WrappedLabel(nothing, parent=frame))
            for number, entry in enumerate(standing, 1):
                box.addWidget(WrappedLabel(lines[entry.id], parent=frame))
                way = self.way("Change", f"Change: {section.entry_name} {number}", key, entry.id, frame)
                box.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
            box.addWidget(self.way(add, add, key, "new", frame), 0, Qt.AlignmentFlag.AlignLeft)
            self._list.addWidget(frame)
        self.grown.emit()

    def begin(self) -> bool:
        """Take the keyboard."""
        return focus(self.findChild(QPushButton))
