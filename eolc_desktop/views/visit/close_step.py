"""The last step: the entry that this visit leaves in the conversation log, and the copy that stays in the house."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from eolc_desktop.care_plan.fields import Value
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import UserError
from eolc_desktop.services import visits
from eolc_desktop.services.plans import SaveResult
from eolc_desktop.views.forms.choice_editors import ChoiceList
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.growing_text import GrowingText
from eolc_desktop.views.visit.step import Step, focus
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

PRESENT, DISCUSSED, NOT_DISCUSSED, WHERE = "present", "discussed", "not_discussed", "place"
ON_PAPER = "Print what the family keeps before you finish, or afterwards: nothing is lost either way."


class CloseStep(Step):
    """Takes who was there and what was talked about, ends the visit, and leads to paper."""

    name = "close"
    heading = "Before you go"

    def build(self) -> None:
        """Make the page."""
        self._is_filled = False
        self.say(
            "What this visit leaves in the list of conversations. Leave empty what you do not need.", Look.SECONDARY
        )
        described = self.plan.catalogue[visits.LOG]
        options = [(option.key, option.label) for option in described[WHERE].options if not option.retired]
        self.say(described[WHERE].label, Look.FIELD_LABEL)
        self._where = ChoiceList(described[WHERE].label, options, self)
        self._where.choose(self.visit.typed.get(WHERE, ""))
        self._where.group.buttonClicked.connect(self._on_where)
        self.box.addWidget(self._where)
        self._present = QLineEdit(self.visit.typed.get(PRESENT, ""), self)
        self._present.setMaxLength(600)
        self._add(described[PRESENT].label, self._present)
        self._present.textEdited.connect(self._on_present)
        self._discussed = GrowingText(3, self)
        self._add(described[DISCUSSED].label, self._discussed)
        self._not_discussed = GrowingText(2, self)
        self._not_discussed.setPlainText(self.visit.typed.get(NOT_DISCUSSED, ""))
        self._add(described[NOT_DISCUSSED].label, self._not_discussed)
        self._not_discussed.textChanged.connect(self._on_not_discussed)
        self.say(ON_PAPER, Look.SECONDARY)
        row = QWidget(self)
        flow = FlowLayout(row, across=12)
        self._finish = QPushButton("Finish the visit", row)
        wear(self._finish, Look.PRIMARY)
        self._finish.clicked.connect(self._on_finish)
        paper = QPushButton("Print for the family", row)
        paper.setAccessibleName("Print for the family before you go")
        paper.clicked.connect(self._on_print)
        self._drop = QPushButton("Begun by mistake: leave no entry", row)
        wear(self._drop, Look.QUIET)
        self._drop.clicked.connect(self._on_drop)
        for button in (self._finish, paper, self._drop):
            flow.addWidget(button)
        self.box.addWidget(row)
        if DISCUSSED in self.visit.typed:
            self._fill(self.visit.typed[DISCUSSED])
        else:
            self.desk.run("what this visit did", visits.done_so_far, self.plan, self.visit, done=self._fill)

    def begin(self) -> bool:
        """Take the keyboard."""
        return focus(self._present)

    def _add(self, label: str, editor: QWidget) -> None:
        words = WrappedLabel(label, Look.FIELD_LABEL, self)
        words.setBuddy(editor)
        editor.setAccessibleName(label)
        self.box.addWidget(words)
        self.box.addWidget(editor)

    @Slot(object)
    def _fill(self, words: str) -> None:
        # Filled in from what was recorded; only what the user changes from it is kept with the visit.
        self._is_filled = True
        self._discussed.setPlainText(words)
        self._discussed.textChanged.connect(self._on_discussed)

    @Slot()
    def _on_where(self) -> None:
        self.note(WHERE, str(self._where.chosen() or ""))

    @Slot()
    def _on_present(self) -> None:
        self.note(PRESENT, self._present.text())

    @Slot()
    def _on_discussed(self) -> None:
        self.note(DISCUSSED, self._discussed.toPlainText())

    @Slot()
    def _on_not_discussed(self) -> None:
        self.note(NOT_DISCUSSED, self._not_discussed.toPlainText())

    @Slot()
    def _on_finish(self) -> None:
        values: dict[str, Value] = {
            WHERE: str(self._where.chosen() or "") or None,
            PRESENT: self._present.text().strip() or None,
            NOT_DISCUSSED: self._not_discussed.toPlainText().strip() or None,
        }
        if self._is_filled:
            values[DISCUSSED] = self._discussed.toPlainText().strip() or None
        self._finish.setEnabled(False)
        self.desk.run(
            "finish a visit", visits.finish, self.plan, self.visit, values, done=self._on_done, failed=self._on_failed
        )

    @Slot(object)
    def _on_done(self, _result: SaveResult) -> None:
        self.finished.emit()

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self._finish.setEnabled(True)
        self.desk.told.emit(error)

    @Slot()
    def _on_print(self) -> None:
        self.desk.print_wanted.emit(self.plan.person_id, "")

    @Slot()
    def _on_drop(self) -> None:
        self.desk.run("put a visit aside", visits.put_aside, self.plan.person_id, done=self._on_dropped)

    @Slot(object)
    def _on_dropped(self, _nothing: object) -> None:
        self.finished.emit()
