"""The fifth step: what is still wanted, asked in the fewest inputs; none of it has to be answered."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan import short_form
from eolc_desktop.care_plan.fields import is_empty
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.readiness import missing_for_sharing
from eolc_desktop.care_plan.short_form import Known, ShortQuestion
from eolc_desktop.care_plan.words import value_words
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import ChangedElsewhere, UserError
from eolc_desktop.services import plans, visits
from eolc_desktop.services.plans import SaveResult
from eolc_desktop.views.forms.choice_editors import ChoiceList, Menu
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.growing_text import GrowingText
from eolc_desktop.views.person.since_read import who_and_when
from eolc_desktop.views.visit.step import Step, focus
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.emptied import emptied
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

READY = "Nothing is missing: the plan is ready to share."
KINDLY = "There is no hurry, and none of it stops you from saving or sharing. Leave out whatever is not for today."
MOST_BUTTONS = 5
TEXT_LIMIT = 5000


class MissingStep(Step):
    """Asks what is still wanted, and lists what belongs on a page of its own."""

    name = "missing"
    heading = "What is still wanted"

    def build(self) -> None:
        """Make the page."""
        self._known: Known | None = None
        self._asked: tuple[ShortQuestion, ...] = ()
        self._said = self.say("", Look.FIELD_LABEL)
        self.say(KINDLY, Look.SECONDARY)
        self._meanwhile = QVBoxLayout()
        self._meanwhile.setSpacing(12)
        self.box.addLayout(self._meanwhile)
        self._list = QVBoxLayout()
        self._list.setSpacing(16)
        self.box.addLayout(self._list)
        self._save = QPushButton("Save these answers", self)
        wear(self._save, Look.PRIMARY)
        self._save.clicked.connect(self.save)
        self.box.addWidget(self._save, 0, Qt.AlignmentFlag.AlignLeft)
        self._others = QVBoxLayout()
        self._others.setSpacing(4)
        self.box.addLayout(self._others)
        self._first: QWidget | None = None
        self.desk.run("what this computer knows", visits.known_here, done=self._on_known)

    def take(self, plan: Plan) -> None:
        """Ask only what is still open; what is being answered stays."""
        super().take(plan)
        if self._known is None:
            return
        missing = missing_for_sharing(plan)
        asked = short_form.questions(plan, self._known)
        if asked != self._asked:
            focused = self.window().focusWidget()
            here, at = str(focused.property("question") or "") if focused else "", _cursor(focused)
            self._asked = asked
            self._ask()
            if here in self._editors:
                _go_on_at(self._editors[here], at)
        emptied(self._meanwhile)
        for question in short_form.every_question(plan, self._known):
            if question not in asked and (words := self.visit.typed.get(question.key, "").strip()):
                self._meanwhile.addWidget(self._answered_meanwhile(question, words))
        covered = {place for question in asked for place in question.covers}
        emptied(self._others)
        others = dict.fromkeys(m.section for m in missing if (m.section, m.field) not in covered)
        for section in others:
            title = plan.catalogue[section].title
            way = self.way(f"Go to: {title}", f"Still wanted: {title}", section)
            self._others.addWidget(way, 0, Qt.AlignmentFlag.AlignLeft)
        count = len(asked) + len(others)
        self._said.setText(
            READY if not missing else f"{count} {'thing is' if count == 1 else 'things are'} still wanted."
        )
        self._save.setVisible(bool(asked))
        self.grown.emit()

    def begin(self) -> bool:
        """Take the keyboard: the first question."""
        return focus(self._first)

    @Slot()
    def save(self) -> None:
        """Record what was answered."""
        if self._known is None:
            return
        answers = {q.key: words for q in self._asked if (words := self.visit.typed.get(q.key, "").strip())}
        if not answers:
            announce(self, "Nothing was answered yet, so nothing was saved.")
            self._said.setText("Nothing was answered yet, so nothing was saved.")
            return
        self._save.setEnabled(False)
        self.desk.run(
            "short form", visits.answer, self.plan, answers, self._known, done=self._on_saved, failed=self._on_failed
        )

    @Slot(object)
    def _on_saved(self, result: SaveResult) -> None:
        self._save.setEnabled(True)
        for question in self._asked:
            if self.visit.typed.get(question.key):
                self.note(question.key, "")
        self.take(result.plan)
        announce(self, f"Saved on this laptop. {self._said.text()}")
        self.begin()

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self._save.setEnabled(True)
        if isinstance(error, ChangedElsewhere):
            self.desk.run("read a plan again", plans.read_plan, self.plan.person_id, self.plan, done=self.take)
        self.desk.told.emit(error)

    @Slot(object)
    def _on_known(self, known: Known) -> None:
        self._known = known
        self.take(self.plan)

    def _answered_meanwhile(self, question: ShortQuestion, typed: str) -> QWidget:
        """What somebody recorded while this was being answered, beside what was typed here: neither is lost."""
        frame, box = self.card()
        box.addWidget(WrappedLabel(question.asks, Look.FIELD_LABEL, frame))
        box.addWidget(WrappedLabel(f"Recorded meanwhile: {_stands(self.plan, question)}", parent=frame))
        chosen = next((answer.words for answer in question.answers if typed == f"={answer.key}"), typed)
        box.addWidget(
            WrappedLabel(f"You had answered “{chosen}”. That is kept here, and not in the plan.", parent=frame)
        )
        row = QWidget(frame)
        flow = FlowLayout(row, across=12)
        title = self.plan.catalogue[question.section].title
        flow.addWidget(self.way(f"Go to: {title}", f"Compare in: {title}", question.section, "", row))
        drop = QPushButton("Let my answer go", row)
        drop.setAccessibleName(f"Let my answer go: {question.asks}")
        drop.setProperty("question", question.key)
        drop.clicked.connect(self._on_let_go)
        flow.addWidget(drop)
        box.addWidget(row)
        return frame

    @Slot()
    def _on_let_go(self) -> None:
        self.note(str(self.sender().property("question")), "")
        self.take(self.plan)
        self.begin()

    def _ask(self) -> None:
        emptied(self._list)
        self._first = None
        self._editors: dict[str, QWidget] = {}
        for question in self._asked:
            block = QWidget(self)
            box = QVBoxLayout(block)
            box.setContentsMargins(0, 0, 0, 0)
            box.setSpacing(4)
            label = WrappedLabel(question.asks, Look.FIELD_LABEL, block)
            box.addWidget(label)
            if question.help:
                box.addWidget(WrappedLabel(question.help, Look.SECONDARY, block))
            given = self.visit.typed.get(question.key, "")
            if question.into is not None:
                box.addWidget(self._text(question, given, block))
            if question.answers:
                box.addWidget(self._choices(question, given, block))
            more = self.way("More about this", f"More about: {question.asks}", question.section, "", block)
            box.addWidget(more, 0, Qt.AlignmentFlag.AlignLeft)
            self._list.addWidget(block)

    def _text(self, question: ShortQuestion, given: str, block: QWidget) -> QWidget:
        words = "" if given.startswith("=") else given
        editor: QLineEdit | GrowingText
        if question.key == "matters":
            editor = GrowingText(2, block)
            editor.setPlainText(words)
            editor.textChanged.connect(self._on_text)
        else:
            editor = QLineEdit(words, block)
            editor.setMaxLength(TEXT_LIMIT if question.key == "diagnosis" else 150)
            editor.textEdited.connect(self._on_text)
        editor.setAccessibleName(question.asks)
        editor.setAccessibleDescription(question.help)
        editor.setProperty("question", question.key)
        self._editors[question.key] = editor
        self._first = self._first or editor
        return editor

    def _choices(self, question: ShortQuestion, given: str, block: QWidget) -> QWidget:
        offered = [(f"={answer.key}", answer.words) for answer in question.answers]
        if len(offered) > MOST_BUTTONS:
            menu = Menu(block)
            menu.setAccessibleName(question.asks)
            menu.addItem("Not asked yet", "")
            for key, words in offered:
                menu.addItem(words, key)
            menu.setCurrentIndex(max(0, menu.findData(given)))
            menu.setProperty("question", question.key)
            menu.activated.connect(self._on_menu)
            self._first = self._first or menu
            return menu
        name = f"{question.asks} Answers" if question.into is not None else question.asks
        choices = ChoiceList(name, [*offered, ("", "Not today")], block)
        choices.choose(given if given.startswith("=") else "")
        choices.setProperty("question", question.key)
        choices.group.buttonClicked.connect(self._on_chosen)
        self._first = self._first or choices.first()
        return choices

    @Slot()
    def _on_text(self) -> None:
        editor = self.sender()
        words = editor.text() if isinstance(editor, QLineEdit) else editor.toPlainText()  # type: ignore[attr-defined]
        self.note(str(editor.property("question")), words)

    @Slot()
    def _on_menu(self) -> None:
        menu = self.sender()
        assert isinstance(menu, Menu)
        self.note(str(menu.property("question")), str(menu.currentData() or ""))

    def _on_chosen(self) -> None:
        choices = self.sender().parent()
        assert isinstance(choices, ChoiceList)
        key = str(choices.property("question"))
        chosen = str(choices.chosen() or "")
        if chosen or self.visit.typed.get(key, "").startswith("="):
            self.note(key, chosen)


def _cursor(widget: QWidget | None) -> int:
    if isinstance(widget, QLineEdit):
        return widget.cursorPosition()
    return widget.textCursor().position() if isinstance(widget, GrowingText) else 0


def _go_on_at(widget: QWidget, at: int) -> None:
    """Give the keyboard back to who was typing, where they were: a field that is gone to otherwise is chosen whole, and
    the next letter would take its place."""
    widget.setFocus(Qt.FocusReason.OtherFocusReason)
    if isinstance(widget, QLineEdit):
        widget.setCursorPosition(at)
    elif isinstance(widget, GrowingText):
        cursor = widget.textCursor()
        cursor.setPosition(min(at, len(widget.toPlainText())))
        widget.setTextCursor(cursor)


def _stands(plan: Plan, question: ShortQuestion) -> str:
    """What is recorded about a question now, with who recorded it and when."""
    for section, key in question.covers:
        for entry in plan.entries(section):
            item = entry.items.get(key)
            if item is not None and not is_empty(item.value):
                said = value_words(plan.catalogue[section][key], item.value, plan.links)
                return f"{said} ({who_and_when(item)})."
    return "it is on another page now."
