"""The visit as a page of the plan: six steps, any of which can be left out, gone back to, or left for another day."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from eolc_desktop.care_plan.dates import moment_words
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.services import visits
from eolc_desktop.services.visits import STEPS, Visit
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.person.own_page import OwnPage
from eolc_desktop.views.person.rail import GLANCE
from eolc_desktop.views.visit.close_step import CloseStep
from eolc_desktop.views.visit.missing_step import MissingStep
from eolc_desktop.views.visit.next_step import NextStep
from eolc_desktop.views.visit.since_step import SinceStep
from eolc_desktop.views.visit.step import Step
from eolc_desktop.views.visit.still_step import StillStep
from eolc_desktop.views.visit.talk_step import TalkStep
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

KEPT_AFTER_MS = 800
"""What is typed on a step is kept this soon after the last key."""
STEP_CLASSES: dict[str, type[Step]] = {
    made.name: made for made in (SinceStep, StillStep, TalkStep, NextStep, MissingStep, CloseStep)
}


class VisitPage(OwnPage):
    """Leads through a visit. Where the user is, and what they typed, is kept encrypted at every step."""

    title = "Visit"

    def __init__(self, desk: Desk, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(desk, plan, parent)
        self.visit: Visit | None = None
        self._step: Step | None = None
        self._began = WrappedLabel("", Look.META, self.inside)
        self.column.addWidget(self._began)
        self._place = self.column.count()
        self._make_ways()
        self._make_steps()
        self.column.addStretch()
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(KEPT_AFTER_MS)
        self._keeping.timeout.connect(self._keep)
        self._wants_keyboard = False
        desk.run("begin a visit", visits.begin, plan.person_id, done=self._on_begun)

    def take(self, plan: Plan) -> None:
        """Show a newer plan."""
        super().take(plan)
        if self._step is not None:
            self._step.take(plan)

    def begin(self) -> None:
        """Take the keyboard: what the step asks for, else the way on."""
        self._wants_keyboard = self._step is None
        if self._step is not None and not self._step.begin():
            self._on.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def leave(self) -> None:
        """Keep what was typed, now."""
        if self._keeping.isActive():
            self._keeping.stop()
            self._keep()

    def step_by(self, by: int) -> None:
        """Go to the next step (1) or the one before (-1)."""
        if self.visit is not None:
            place = STEPS.index(self.visit.step) + by
            if 0 <= place < len(STEPS):
                self._go(STEPS[place])

    # Building

    def _make_steps(self) -> None:
        self.column.addWidget(
            WrappedLabel("All steps, in any order (Ctrl+PgDown goes to the next)", Look.META, self.inside)
        )
        row = QWidget(self.inside)
        flow = FlowLayout(row, across=4)
        self._steps = QButtonGroup(self)
        self._steps.setExclusive(False)  # else Tab would come to one of them only
        for number, name in enumerate(STEPS):
            button = QPushButton(f"{number + 1} {STEP_CLASSES[name].heading}", row)
            button.setAccessibleName(f"Step {number + 1}: {STEP_CLASSES[name].heading}")
            wear(button, Look.QUIET)
            self._steps.addButton(button, number)
            flow.addWidget(button)
        self._steps.idClicked.connect(self._on_step)
        self.column.addWidget(row)

    def _make_ways(self) -> None:
        row = QWidget(self.inside)
        flow = FlowLayout(row, across=12)
        self._back = QPushButton("‹ Step before", row)
        self._back.setAccessibleName("Step before")
        self._back.clicked.connect(self._on_back)
        self._on = QPushButton("Continue", row)
        wear(self._on, Look.PRIMARY)
        self._on.clicked.connect(self._on_on)
        later = QPushButton("Leave it for now", row)
        later.setAccessibleName("Leave the visit for now: nothing is lost")
        wear(later, Look.QUIET)
        later.clicked.connect(self._on_later)
        for button in (self._on, self._back, later):
            flow.addWidget(button)
        self.column.addWidget(row)

    def _show_step(self) -> None:
        visit = self.visit
        if visit is None:
            return
        if self._step is not None:
            self._step.hide()
            self._step.deleteLater()
        step = STEP_CLASSES[visit.step](self.desk, self.plan, visit, self.inside)
        step.section_wanted.connect(self._on_section_wanted)
        step.typed.connect(self._on_typed)
        step.finished.connect(self._on_finished)
        step.grown.connect(self._on_grown)
        self._step = step
        self.column.insertWidget(self._place, step)
        step.show()
        number = STEPS.index(visit.step)
        for other in self._steps.buttons():
            other.setEnabled(other is not self._steps.button(number))
        self.heading.setText(step.heading)
        self._back.setEnabled(number > 0)
        self._on.setVisible(number < len(STEPS) - 1)
        where = f"Visit, step {number + 1} of {len(STEPS)}"
        self._began.setText(f"{where} · begun {moment_words(visit.began)}, kept on this computer at every step")
        self.verticalScrollBar().setValue(0)
        self.grown.emit()
        announce(self, f"{where}: {step.heading}")

    # Going about

    def _go(self, step: str) -> None:
        if self.visit is not None:
            self._keeping.stop()
            self.visit = visits.at_step(self.visit, step)
            self._keep()
            self._show_step()
            self.begin()

    @Slot(object)
    def _on_begun(self, visit: Visit) -> None:
        self.visit = visits.at_step(visit, visit.step)
        if visit.at:
            self._keep()  # back from a section: the step itself is the place now
        self._show_step()
        if self._wants_keyboard:
            self.begin()

    @Slot(int)
    def _on_step(self, number: int) -> None:
        self._go(STEPS[number])

    @Slot()
    def _on_back(self) -> None:
        self.step_by(-1)

    @Slot()
    def _on_on(self) -> None:
        self.step_by(1)

    @Slot()
    def _on_later(self) -> None:
        self.leave()
        self.place_wanted.emit(GLANCE)

    @Slot()
    def _on_grown(self) -> None:
        self.grown.emit()
        # What a step reads arrives after it is shown: the keyboard waits for it on the way on.
        if self._step is not None and self.window().focusWidget() is self._on and self._step.name != "close":
            self._step.begin()

    @Slot(str, str)
    def _on_section_wanted(self, section: str, entry: str) -> None:
        if self.visit is None:
            return
        self._keeping.stop()
        self.visit = visits.at_step(self.visit, self.visit.step, section)
        self._keep()
        if entry:
            self.entry_wanted.emit(section, "" if entry == "new" else entry)
        else:
            self.place_wanted.emit(section)

    @Slot()
    def _on_typed(self) -> None:
        if self._step is not None:
            self.visit = self._step.visit
            self._keeping.start()

    @Slot()
    def _on_finished(self) -> None:
        self._keeping.stop()
        self.visit = None
        self.desk.told.emit("The visit is over, and what was recorded is kept on this computer.")
        self.place_wanted.emit(GLANCE)

    @Slot()
    def _keep(self) -> None:
        if self.visit is not None:
            self.desk.run("keep a visit", visits.keep, self.plan.person_id, self.visit)
