"""The fifth step: what is still wanted, asked in the fewest inputs; none of it has to be answered."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan import short_form
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.readiness import missing_for_sharing
from eolc_desktop.care_plan.short_form import Known, ShortQuestion
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import UserError
from eolc_desktop.services import visits
from eolc_desktop.services.plans import SaveResult
from eolc_desktop.views.forms.choice_editors import ChoiceList, Menu
from eolc_desktop.views.forms.growing_text import GrowingText
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
            self._asked = asked
            self._ask()
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
        self.desk.told.emit(error)

    @Slot(object)
    def _on_known(self, known: Known) -> None:
        self._known = known
        self.take(self.plan)

    def _ask(self) -> None:
        emptied(self._list)
        self._first = None
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
