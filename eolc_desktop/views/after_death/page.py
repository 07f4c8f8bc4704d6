"""After the death: where the certificate is, what is left to do, whether it happened as wished, and who is grieving."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.after_death import CERTIFICATION_WORDS, closing_steps, is_closed, wishes
from eolc_desktop.care_plan.dates import date_words
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.words import entry_title
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.services import after_death
from eolc_desktop.services.plans import SaveResult
from eolc_desktop.services.roles import Right, may
from eolc_desktop.views.after_death.step_rows import StepRow, WishRow
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.person.own_page import OwnPage
from eolc_desktop.views.person.rail import LAST_DAYS
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.emptied import emptied
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

ALIVE = (
    "No death is recorded. When one is, the banner says so wherever this plan is opened; reviews, visits and contacts "
    "are no longer asked for; and this page holds what is left to do."
)
LOOK_BACK = "Was each wish kept? Say so for what you know, with the reasons where it was not. Nobody is to blame here."
BEREAVED = "Those who are grieving, each with their own consent. The team’s concern is a judgement, not a score."
CLOSING = "Proposed from what the plan records. Marking a step records the day and your name."


class AfterDeathPage(OwnPage):
    """Everything that follows a death, from top to bottom in the order in which it is usually done."""

    title = "After the death: what to do"

    def __init__(self, desk: Desk, plan: Plan, parent: QWidget | None = None) -> None:
        super().__init__(desk, plan, parent)
        self._list = QVBoxLayout()
        self._list.setSpacing(10)
        self.column.addLayout(self._list)
        self.column.addStretch()
        self._may = may(desk.session, Right.RECORD)
        self._after = ""
        self._buttons: dict[str, QPushButton] = {}
        self.take(plan)

    def take(self, plan: Plan) -> None:
        """Show a newer plan; the keyboard stays where it was."""
        super().take(plan)
        holder = self.focusWidget()
        had = holder.accessibleName() if isinstance(holder, QPushButton) and self.isAncestorOf(holder) else ""
        place = self.verticalScrollBar().value()
        emptied(self._list)
        self._buttons = {}
        if plan.text("death", "died_on"):
            self._show_death(plan)
        else:
            self._say(ALIVE)
            self._link_row(("Record a death", "death"), ("The last days: the five priorities", LAST_DAYS))
        self.grown.emit()
        self.verticalScrollBar().setValue(place)
        wanted = self._buttons.get(self._after or had)
        self._after = ""
        if wanted is not None:
            wanted.setFocus(Qt.FocusReason.OtherFocusReason)

    def begin(self) -> None:
        """Take the keyboard: the first button."""
        first = next(iter(self._buttons.values()), None)
        (first or self).setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.verticalScrollBar().setValue(0)

    # The parts of the page

    def _show_death(self, plan: Plan) -> None:
        words = plan.words
        when = f"Died {date_words(plan.text('death', 'died_on'))}"
        at = plan.text("death", "died_time")
        where = plan.text("death", "place_name") or words("death", "place")
        self._say(f"{when}{f' at {at}' if at else ''}. Where: {where}.", Look.KEY_LINE)
        verified = plan.text("death", "verified_by")
        self._say(f"Verified by {verified}." if verified else "Who verified the death is not recorded.")
        self._link_row(("What is recorded of the death", "death"))
        self._heading("Medical examiner and coroner")
        self._say(f"How it stands: {words('certification', 'state')}.")
        self._say(CERTIFICATION_WORDS, Look.SECONDARY)
        self._link_row(("Record where the certificate is", "certification"))
        self._show_closing(plan)
        self._show_wishes(plan)
        self._show_bereaved(plan)

    def _show_closing(self, plan: Plan) -> None:
        self._heading("Closing the record")
        steps = closing_steps(plan)
        listed = [step for step in steps if step.entry is not None]
        proposed = [step for step in steps if step.entry is None and step.is_usual]
        open_ = sum(step.state == "to_do" for step in listed)
        if is_closed(plan):
            self._say("Everything on the list is done, and the record is closed.")
        elif listed:
            self._say(f"{open_ or 'Nothing'} to do of {len(listed)} on the list.")
        self._say(CLOSING, Look.SECONDARY)
        if proposed and self._may:
            many = f"Put the {len(proposed)} usual steps on the list" if len(proposed) > 1 else "Put it on the list"
            self._add_button(many, self._on_begin)
        for step in (*listed, *proposed):
            self._list.addWidget(self._adopt(StepRow(step, self._may, self.inside)))
        unusual = [step.words for step in steps if step.entry is None and not step.is_usual]
        if unusual:
            self._say("The plan gives no reason for these: " + "; ".join(unusual) + ".", Look.META)
        self._add_entry_button("Add something else to do", "closure")

    def _show_wishes(self, plan: Plan) -> None:
        self._heading("Did it happen?")
        self._say(LOOK_BACK, Look.SECONDARY)
        found = wishes(plan)
        if not found:
            self._say("The plan records no wish. What the family tells can still be looked back on.")
        for wish in found:
            self._list.addWidget(self._adopt(WishRow(plan, wish, self._may, self.inside)))
        self._add_entry_button("Look back on something else", "looking_back")

    def _show_bereaved(self, plan: Plan) -> None:
        self._heading("Bereavement")
        self._say(BEREAVED, Look.SECONDARY)
        section = plan.catalogue["bereavement"]
        for number, entry in enumerate(plan.entries("bereavement"), 1):
            name = entry_title(section, entry.id, entry.values, links=plan.links)
            due = f", on {date_words(entry.text('follow_up_on'))}" if entry.text("follow_up_on") else ""
            state = plan.words("bereavement", "state", entry.id)
            by = entry.text("follow_up_by") or "nobody named yet"
            card = QFrame(self.inside)
            wear(card, Look.CARD)
            box = QVBoxLayout(card)
            box.setContentsMargins(16, 8, 16, 8)
            box.addWidget(WrappedLabel(name, Look.FIELD_LABEL, card))
            box.addWidget(WrappedLabel(f"{state}. Follow-up by {by}{due}.", parent=card))
            button = self.link("Open", f"Open bereavement {number}: {name}")
            button.setProperty("place", f"bereavement/{entry.id}")
            button.clicked.connect(self._on_entry)
            self._keep(button)
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            self._list.addWidget(card)
        self._add_entry_button("Add somebody who is grieving", "bereavement")

    # Building

    def _say(self, words: str, look: Look | None = None) -> None:
        label = WrappedLabel(words, look, self.inside) if look else WrappedLabel(words, parent=self.inside)
        self._list.addWidget(label)

    def _heading(self, words: str) -> None:
        label = WrappedLabel(words, Look.HEADING, self.inside)
        label.setContentsMargins(0, 12, 0, 0)
        self._list.addWidget(label)

    def _keep(self, button: QPushButton) -> QPushButton:
        self._buttons[button.accessibleName() or button.text()] = button
        return button

    def _adopt(self, row: StepRow | WishRow) -> QWidget:
        row.marked.connect(self._on_marked)
        row.entry_wanted.connect(self.entry_wanted)
        for button in row.buttons:
            self._keep(button)
        return row

    def _link_row(self, *links: tuple[str, str]) -> None:
        line = QWidget(self.inside)
        flow = FlowLayout(line, across=8)
        for words, place in links:
            button = self._keep(self.link(words))
            button.setProperty("place", place)
            button.clicked.connect(self._on_place)
            flow.addWidget(button)
        self._list.addWidget(line)

    def _add_button(self, words: str, slot: Callable[[], None]) -> None:
        button = QPushButton(words, self.inside)
        button.clicked.connect(slot)
        self._keep(button)
        self._list.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    def _add_entry_button(self, words: str, section: str) -> None:
        if self._may:
            button = self._keep(self.link(words))
            button.setProperty("place", f"{section}/")
            button.clicked.connect(self._on_entry)
            self._list.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)

    # What the buttons do

    @Slot()
    def _on_place(self) -> None:
        self.place_wanted.emit(str(self.sender().property("place")))

    @Slot()
    def _on_entry(self) -> None:
        section, _, entry = str(self.sender().property("place")).partition("/")
        self.entry_wanted.emit(section, entry)

    @Slot()
    def _on_begin(self) -> None:
        self.desk.run("begin the closing list", after_death.begin_closing, self.plan, done=self._on_saved)

    @Slot(str)
    def _on_marked(self, answer: str) -> None:
        row = self.sender()
        self._after = row.next_name(answer) if isinstance(row, StepRow | WishRow) else ""
        if isinstance(row, StepRow):
            step = row.step
            entry = step.entry.id if step.entry is not None else ""
            self.desk.run(
                "mark a closing step", after_death.mark_step, self.plan, step.key, entry, answer, done=self._on_saved
            )
        elif isinstance(row, WishRow):
            self.desk.run(
                "look back on a wish", after_death.look_back, self.plan, row.wish, answer, done=self._on_looked
            )

    @Slot(object)
    def _on_saved(self, _result: SaveResult) -> None:
        announce(self, "Kept on this computer.")

    @Slot(object)
    def _on_looked(self, result: SaveResult) -> None:
        announce(self, "Kept on this computer.")
        section, entry = next((s, e) for s, e, _field in result.saved.touched if s == "looking_back")
        if result.plan.text(section, "kept", entry) in ("partly", "no"):
            # Why not is asked at once, in its form: a reason that is put off is a reason that is not given.
            self.entry_wanted.emit(section, entry)
