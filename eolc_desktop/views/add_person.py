"""Adding a person: the details that identify them, and a look at who is already here and could be the same."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from enum import Enum

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.check import Problem, Severity
from eolc_desktop.care_plan.fields import Value, is_empty
from eolc_desktop.care_plan.plan import Plan, Told
from eolc_desktop.desktop.background import Work
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import UserError
from eolc_desktop.record.drafts import Draft
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import people, plans
from eolc_desktop.services.people import Added
from eolc_desktop.services.today import NOBODY
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.editor import Surroundings
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.section_form import SectionForm
from eolc_desktop.views.people_list import PeopleList, PersonLine
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.message_bar import Kind, MessageBar
from eolc_desktop.views.widgets.scrolling import scrolling
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

ASKED = (
    "family_name",
    "given_names",
    "title",
    "preferred_name",
    "birth_date",
    "nhs_number",
    "nhs_number_missing_reason",
    "gender",
    "address",
    "postcode",
    "phone",
    "mobile",
)
"""What is asked here; the rest of the section follows in the plan."""
PLACE = "person/new"
WIDEST_LETTERS = 84
DRAFT_AFTER = 1000
"""Milliseconds after the last key until a draft is kept."""


class _Asked(Enum):
    """What has been asked before saving, so that nothing is asked twice."""

    NUMBER = "number"
    LOOK_ALIKES = "look_alikes"


class AddPersonPage(QWidget):
    """Takes a new person's details. What is missing never stops anyone; who looks alike is shown first.

    Signals:
        person_added: the new person's id.
        person_chosen: a `PersonRow` who is here already and is the one that was meant.
        closed: the page was left without adding anybody.
    """

    person_added = Signal(str)
    person_chosen = Signal(object)
    closed = Signal()
    page_title = "Add a person"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._asked: set[_Asked] = set()
        self._work: Work | None = None
        self._is_kept = True
        self._draft_timer = QTimer(self)
        self._draft_timer.setSingleShot(True)
        self._draft_timer.setInterval(DRAFT_AFTER)
        self._draft_timer.timeout.connect(self._keep_draft)
        section = desk.session.catalogue["person"]
        self._section = replace(section, fields=tuple(section[key] for key in ASKED if key in section))
        nobody = Plan(NOBODY, desk.session.catalogue, {}, 0, desk.now())
        self._form = SectionForm(self._section, Surroundings(nobody, desk.now()))
        self._form.edited.connect(self._on_edited)
        self._build()
        desk.run("draft of a new person", plans.kept_drafts, NOBODY, done=self._on_drafts)

    def leave(self) -> None:
        """Keep what was typed."""
        if self._draft_timer.isActive():
            self._draft_timer.stop()
            self._keep_draft()

    def focus_first(self) -> None:
        """Give the keyboard to the first field."""
        self._form.begin()

    # The page

    def _build(self) -> None:
        self._message = MessageBar()
        self._save = QPushButton("Add this person")
        wear(self._save, Look.PRIMARY)
        self._save.clicked.connect(self._on_save)
        self._cancel = QPushButton("Do not add anybody")
        self._cancel.clicked.connect(self._on_cancel)
        self._state = WrappedLabel("", Look.META)
        foot = QHBoxLayout()
        foot.setContentsMargins(24, 8, 24, 12)
        foot.setSpacing(8)
        foot.addWidget(self._save)
        foot.addWidget(self._cancel)
        foot.addWidget(self._state, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 16)
        column.setSpacing(16)
        column.addWidget(WrappedLabel("Add a person", Look.TITLE))
        column.addWidget(WrappedLabel(self._section.intro, Look.SECONDARY))
        column.addWidget(self._look_alike_block())
        column.addWidget(self._form)
        column.addStretch(1)
        self._holder = inside
        across = QWidget()
        row = QHBoxLayout(across)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(inside)
        row.addStretch(1)
        self._scroll = scrolling(across)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self._message)
        page.addWidget(self._scroll, 1)
        page.addLayout(foot)

    def _look_alike_block(self) -> QWidget:
        self._alike = QFrame()
        wear(self._alike, Look.WARNING)
        self._alike_words = WrappedLabel("", Look.HEADING)
        self._alike_list = PeopleList("People here who could be the same", self._desk.now)
        self._alike_list.chosen.connect(self.person_chosen)
        self._add_anyway = QPushButton("None of these: add as a new person")
        self._add_anyway.clicked.connect(self._on_add_anyway)
        back = QPushButton("Look at the details again")
        back.clicked.connect(self._on_look_again)
        buttons = FlowLayout(across=8)
        buttons.addWidget(self._add_anyway)
        buttons.addWidget(back)
        column = QVBoxLayout(self._alike)
        column.setContentsMargins(20, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._alike_words)
        column.addWidget(
            WrappedLabel("Choose the person if one of these is meant: their plan opens, nothing is added.")
        )
        column.addWidget(self._alike_list)
        column.addLayout(buttons)
        self._alike.hide()
        return self._alike

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the fields short enough to read."""
        super().resizeEvent(event)
        self._holder.setFixedWidth(min(self.width() - 48, self.fontMetrics().averageCharWidth() * WIDEST_LETTERS))

    # Saving

    def _values(self) -> dict[str, Value]:
        return {key: value for key, value in self._form.values().items() if not is_empty(value)}

    @Slot()
    def _on_save(self) -> None:
        if self._work is not None:
            return
        problems = self._form.problems(Told())
        values = self._values()
        if is_empty(values.get("family_name")) and is_empty(values.get("given_names")):
            problems.append(Problem("family_name", "Please give at least one name.", Severity.UNUSABLE))
        self._form.show_problems(problems)
        if problems:
            announce(self, problems[0].says, is_urgent=True)
            return
        if self._asks_for_number(values):
            return
        self._save.setEnabled(False)
        self._work = self._desk.run(
            "look for similar people", people.look_alikes, values, done=self._on_look_alikes, failed=self._on_failed
        )

    def _asks_for_number(self, values: dict[str, Value]) -> bool:
        """Ask once why there is no NHS number; a second press of the button goes on without."""
        known = not is_empty(values.get("nhs_number")) or not is_empty(values.get("nhs_number_missing_reason"))
        if known or _Asked.NUMBER in self._asked:
            return False
        self._asked.add(_Asked.NUMBER)
        self._message.say(
            "There is no NHS number yet. If you know why, please say so below. You can also add the person as they "
            "are: press “Add this person” again.",
            Kind.INFORMATION,
        )
        self._form.rows["nhs_number_missing_reason"].begin()
        self._scroll.ensureWidgetVisible(self._form.rows["nhs_number_missing_reason"])
        return True

    @Slot(object)
    def _on_look_alikes(self, found: Sequence[PersonRow]) -> None:
        self._work = None
        self._save.setEnabled(True)
        if not found or _Asked.LOOK_ALIKES in self._asked:
            self._add()
            return
        number = self._values().get("nhs_number")
        has_number = any(row.nhs_number == number for row in found if number)
        self._alike_words.setText(
            "Somebody with this NHS number is already here. Is it the same person?"
            if has_number
            else "Is this one of the people who are already here?"
        )
        self._alike_list.show_lines(
            [PersonLine(row, "The same NHS number" if number and row.nhs_number == number else "") for row in found]
        )
        self._alike.show()
        # The question takes the place of the form: until it is answered there is nothing else to do here.
        self._form.hide()
        self._save.hide()
        self._scroll.verticalScrollBar().setValue(0)
        self._alike_list.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, self._alike_words.text(), is_urgent=True)

    @Slot()
    def _on_add_anyway(self) -> None:
        self._asked.add(_Asked.LOOK_ALIKES)
        self._show_form()
        self._add()

    @Slot()
    def _on_look_again(self) -> None:
        self._show_form()
        self._form.begin()

    def _show_form(self) -> None:
        self._alike.hide()
        self._form.show()
        self._save.show()

    def _add(self) -> None:
        if self._work is not None:
            return
        self._draft_timer.stop()
        self._save.setEnabled(False)
        self._work = self._desk.run(
            "add a person", people.add_person, self._values(), done=self._on_added, failed=self._on_failed
        )

    @Slot(object)
    def _on_added(self, added: Added) -> None:
        self._work = None
        self._draft_timer.stop()
        self._desk.run("forget a draft", plans.forget_draft, NOBODY, PLACE)
        self.person_added.emit(added.plan.person_id)

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self._work = None
        self._save.setEnabled(True)
        self._message.tell(error)
        key = getattr(error, "field_key", "")
        if key:
            self._form.show_problems([Problem(key, error.happened, Severity.UNUSABLE)])

    @Slot()
    def _on_cancel(self) -> None:
        self._draft_timer.stop()
        self._desk.run("forget a draft", plans.forget_draft, NOBODY, PLACE)
        self.closed.emit()

    # Drafts

    @Slot()
    def _on_edited(self) -> None:
        # Other details may look like somebody else: what was asked about the ones before is asked again.
        self._asked.discard(_Asked.LOOK_ALIKES)
        self._draft_timer.start()

    @Slot()
    def _keep_draft(self) -> None:
        self._desk.run("keep a draft", plans.keep_draft, NOBODY, PLACE, self._form.draft(), 0, done=self._on_kept)

    @Slot(object)
    def _on_kept(self, _nothing: object) -> None:
        self._state.setText("What you type is kept on this computer until you add the person.")

    @Slot(object)
    def _on_drafts(self, kept: Sequence[Draft]) -> None:
        draft = next((draft for draft in kept if draft.place == PLACE), None)
        if draft is not None and not self._form.is_changed():
            self._form.resume(draft.values, {})
            self._message.say("This is what you had typed before. Nothing has been added yet.")
