"""One person of a meeting: what the team should know, what is said, and the tasks that are given, all by keyboard."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import DateNotUnderstood, date_words, parse_typed
from eolc_desktop.care_plan.to_do import due_words
from eolc_desktop.care_plan.value_sets import value_set
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.services.meetings import Before, Said, Task
from eolc_desktop.views import person_words
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.choice_editors import Menu
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.growing_text import GrowingText
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


def stage_words(label: str, *, family_is_here: bool) -> str:
    """The name of a stage; with family in the room only its colour, for the rest of it is a prognosis."""
    return label.split(" – ")[0] if family_is_here else label


class PersonPart(QWidget):
    """Shows one person at a time.

    Signals:
        said: a `Said`: it is to be recorded, and the next person shown.
        put_off: this person is for another meeting.
        family_changed: whether family are in the room.
    """

    said = Signal(object)
    put_off = Signal()
    family_changed = Signal(bool)

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._read: Before | None = None
        self._tasks: list[Task] = []
        self._build()

    @property
    def person_id(self) -> str:
        """Who is shown; "" for nobody."""
        return self._read.person.row.id if self._read is not None else ""

    def focus_first(self) -> None:
        """Give the keyboard to the stage."""
        self._stage.setFocus(Qt.FocusReason.OtherFocusReason)

    def _build(self) -> None:
        self._number = WrappedLabel("", Look.SECONDARY)
        self._who = WrappedLabel("", Look.TITLE)
        self._ids = WrappedLabel("", Look.KEY_LINE)
        self._family = QCheckBox("Family are in the room: no words about prognosis")
        self._family.clicked.connect(self._on_family)
        self._known = WrappedLabel("")
        self._open = WrappedLabel("")
        self._stage = Menu()
        self._discussed, self._decided = GrowingText(2), GrowingText(2)
        self._what, self._owner, self._due = QLineEdit(), QLineEdit(), QLineEdit()
        self._what.setMaxLength(500)
        self._owner.setMaxLength(150)
        self._due_row = LabelledRow("By when", self._due)
        self._add = QPushButton("Add this task")
        self._add.clicked.connect(self._on_add)
        for box in (self._what, self._owner, self._due):
            box.returnPressed.connect(self._on_add)
        self._given = WrappedLabel("")
        self._next = QPushButton("Save, and go to the next person")
        wear(self._next, Look.PRIMARY)
        self._next.clicked.connect(self._on_next)
        self._later = QPushButton("Not today: for another meeting")
        self._later.clicked.connect(self.put_off)
        left = QVBoxLayout()
        left.setSpacing(10)
        for widget in (
            LabelledRow("Stage", self._stage),
            LabelledRow("What is talked about", self._discussed, is_optional=True),
            LabelledRow("What is decided", self._decided, is_optional=True),
        ):
            left.addWidget(widget)
        task = QHBoxLayout()
        task.setSpacing(8)
        task.addWidget(LabelledRow("Task", self._what), 3)
        task.addWidget(LabelledRow("Who does it", self._owner), 2)
        task.addWidget(self._due_row, 1)
        left.addLayout(task)
        left.addWidget(self._given)
        row = FlowLayout(across=8)
        for button in (self._add, self._next, self._later):
            row.addWidget(button)
        left.addLayout(row)
        left.addStretch(1)
        right = QFrame()
        wear(right, Look.CARD)
        beside = QVBoxLayout(right)
        beside.setContentsMargins(16, 12, 16, 12)
        beside.setSpacing(10)
        for part in (self._known, WrappedLabel("To do", Look.HEADING), self._open):
            beside.addWidget(part)
        beside.addStretch(1)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addLayout(left, 3)
        body.addWidget(right, 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for line in (self._number, self._who, self._ids, self._family):
            column.addWidget(line)
        column.addLayout(body, 1)

    # Showing

    def show_person(self, read: Before) -> None:
        """Show somebody else, with what was said about them at this meeting already."""
        self._read = read
        self._tasks = []
        row = read.person.row
        self._number.setText(f"Person {read.number} of {read.of}")
        self._who.setText(person_words.name_words(row))
        born, number = person_words.born_words(row, read.as_of), person_words.nhs_words(row)
        called = f"Called {row.preferred_name}   " if row.preferred_name else ""
        self._ids.setText(f"{called}Born {born}   NHS No. {number}")
        self._discussed.setPlainText(read.said.discussed)
        self._decided.setPlainText(read.said.decided)
        self._clear_task()
        self._show_stage(read.said.stage)
        self._show_known()
        lines = [f"{one.what}\n{due_words(one, read.as_of)}, {one.owner or 'nobody named'}" for one in read.to_do]
        self._open.setText("\n\n".join(lines) or "Nothing waiting.")
        self._show_given()

    def _show_stage(self, chosen: str) -> None:
        self._stage.clear()
        self._stage.addItem("Not said", "")
        for option in value_set("stage"):
            self._stage.addItem(stage_words(option.label, family_is_here=self._family.isChecked()), option.key)
        self._stage.setCurrentIndex(max(0, self._stage.findData(chosen)))

    def _show_known(self) -> None:
        read = self._read
        if read is not None:
            is_private = not self._family.isChecked()
            prognosis = read.prognosis if is_private else ()
            # What was written at the last meeting is in the team's words, and may say how long.
            last = (read.last if is_private else read.last[:1]) or ("No meeting before is recorded.",)
            self._known.setText("\n".join((*last, "", *read.facts, *prognosis)))

    def _show_given(self) -> None:
        given = (*(self._read.given if self._read is not None else ()), *self._tasks)
        lines = [
            f"{task.what}: {task.owner or 'nobody named'}{f', by {date_words(task.due_on)}' if task.due_on else ''}"
            for task in given
        ]
        self._given.setText("\n".join(("Tasks given:", *lines)) if lines else "")
        self._given.setVisible(bool(lines))

    # What the user does

    @Slot()
    def _on_family(self) -> None:
        self._show_stage(str(self._stage.currentData() or ""))
        self._show_known()
        self.family_changed.emit(self._family.isChecked())

    @property
    def family_is_here(self) -> bool:
        """Whether words about prognosis are left out."""
        return self._family.isChecked()

    @Slot()
    def _on_add(self) -> None:
        if self.take_task():
            self._what.setFocus(Qt.FocusReason.OtherFocusReason)

    def take_task(self) -> bool:
        """Take the task that is being typed into those given. False when its day is not understood."""
        what = self._what.text().strip()
        if not what:
            return True
        typed = self._due.text().strip()
        try:
            due = parse_typed(typed) if typed else ""
        except DateNotUnderstood:
            self._due_row.show_problem("Please type a date, for example 14/12/2026.", is_announced=True)
            self._due.setFocus(Qt.FocusReason.OtherFocusReason)
            return False
        self._tasks.append(Task(what, self._owner.text().strip(), due))
        self._clear_task()
        self._show_given()
        announce(self, f"Task added: {what}")
        return True

    def _clear_task(self) -> None:
        for box in (self._what, self._owner, self._due):
            box.clear()
        self._due_row.show_problem("")

    def what_was_said(self) -> Said:
        """What is on the page."""
        return Said(
            str(self._stage.currentData() or ""),
            self._discussed.toPlainText(),
            self._decided.toPlainText(),
            tuple(self._tasks),
        )

    @property
    def is_changed(self) -> bool:
        """Whether anything is on the page that is not recorded."""
        return self._read is not None and (self.what_was_said() != self._read.said or bool(self._what.text().strip()))

    @Slot()
    def save_and_go_on(self) -> None:
        """Have what was said recorded, and the next person shown."""
        if self._read is not None and self.take_task():
            self.said.emit(self.what_was_said())

    @Slot()
    def _on_next(self) -> None:
        self.save_and_go_on()
