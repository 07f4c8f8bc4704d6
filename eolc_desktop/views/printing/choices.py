"""The choices beside the preview: which document, who will read it, how large, what somebody says yes to."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.rules.finding import ItemRef
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.documents.copies import LeftOut, Question, ReadersChosen, left_out_in_words
from eolc_desktop.documents.kinds import Document
from eolc_desktop.documents.style import PrintStyle
from eolc_desktop.documents.translations import words_in
from eolc_desktop.services.print_needs import Chosen
from eolc_desktop.views.forms.choice_buttons import Tick
from eolc_desktop.views.forms.choice_editors import ChoiceList
from eolc_desktop.views.forms.group import Group
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

SIZE_WORDS = {
    9: "Card (9 point)",
    11: "Card, larger (11 point)",
    12: "Small, for staff (12 point)",
    14: "Standard print (14 point)",
    16: "Large print (16 point)",
    18: "Large print (18 point)",
    22: "Very large print (22 point)",
}
SETTING_WORDS = {
    "": "Not a move",
    "home": "Home",
    "hospital": "Hospital",
    "hospice": "Hospice",
    "care_home": "Care home",
    "prison": "Prison",
}

LONGEST_QUOTED = 160
"""Letters of what stands in an item that is asked about; the whole is in the plan, and in the preview after a yes."""
WHAT = "What to print"
READERS = "Who will read this copy, besides the person"
GOING_TO = "Where the person is going"
LANGUAGE = "Language of the fixed words"
QUESTIONS = "Asked every time: shall this be on the page?"
AT_A_STEP = 3
"""Questions that are put at once: each takes some milliseconds to make and lay out."""


class PrintChoices(QWidget):
    """What is to be printed and for whom.

    Signals:
        changed: any choice changed; the preview should be made anew.
    """

    changed = Signal()

    def __init__(self, documents: Sequence[Document], chosen: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._filling = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(6)
        self._kinds = {document.key: document for document in documents}
        self._heading(WHAT)
        self._documents = ChoiceList(WHAT, [(document.key, document.name) for document in documents])
        self._documents.choose(chosen)
        self._documents.group.idClicked.connect(self._on_document)
        self._column.addWidget(self._documents)
        self._purpose = WrappedLabel(self._kinds[chosen].purpose, Look.SECONDARY)
        self._column.addWidget(self._purpose)
        self._going_heading = self._heading(GOING_TO)
        self._going = self._chooser(GOING_TO, self._on_going)
        self._heading("Size of print")
        self._size = self._chooser("Size of print", self._on_size)
        self._size_reason = WrappedLabel("")
        wear(self._size_reason, Look.SECONDARY)
        self._column.addWidget(self._size_reason)
        self._language_heading = self._heading(LANGUAGE)
        self._language = self._chooser(LANGUAGE, self._on_language)
        self._contrast = self._tick("Everything in bold black (high contrast)", "High contrast", self._on_contrast)
        self._easy = self._tick("Easy-to-read layout", "Easy-to-read layout", self._on_easy)
        self._chosen = Chosen()
        self._offer()
        self._readers_heading = self._heading(READERS)
        self._readers: dict[str, Tick] = {}
        self._readers_box = self._box(READERS)
        self._questions_heading = self._heading(QUESTIONS)
        self._questions: dict[frozenset[ItemRef], Tick] = {}
        self._questions_box = self._box(QUESTIONS)
        self._to_look_for = WrappedLabel("", Look.WARNING)
        self._to_look_for.setVisible(False)
        self._column.addWidget(self._to_look_for)
        self._heading("Left out of this copy")
        self._left_out = WrappedLabel("")
        self._column.addWidget(self._left_out)
        self._column.addStretch(1)

    # What was chosen

    def document(self) -> str:
        """The key of the document."""
        return str(self._documents.chosen())

    def readers(self) -> ReadersChosen:
        """Who will read the copy and what was said yes to."""
        return ReadersChosen(
            tuple(key for key, box in self._readers.items() if box.isChecked()),
            frozenset(ref for refs, box in self._questions.items() if box.isChecked() for ref in refs),
        )

    def chosen(self) -> Chosen:
        """How it is to be printed; what nobody chose follows the person's needs."""
        return self._chosen

    # What the services say

    def show_people(self, plan: Plan) -> None:
        """Offer the person's contacts as readers; who must not be told is named as such and cannot be chosen."""
        self._filling = True
        for contact in plan.entries("contacts"):
            if contact.id in self._readers:
                continue
            name = contact.text("name") or "A contact without a name"
            hidden = contact.value("involvement") == "must_not_be_told"
            words = f"{name} – must not be told" if hidden else name
            box = Tick(", ".join(part for part in (words, contact.text("relationship")) if part))
            box.setAccessibleName(f"Reader: {name}")
            box.setEnabled(not hidden)
            box.toggled.connect(self._on_changed)
            self._readers[contact.id] = box
            self._add_to(self._readers_box, box)
        self._readers_heading.setVisible(bool(self._readers))
        self._filling = False

    def show_style(self, style: PrintStyle, reason: str) -> None:
        """Show the print in use, and why it is not the usual one."""
        self._filling = True
        self._size.setCurrentIndex(max(0, self._size.findData(int(style.base_points))))
        self._language.setCurrentIndex(max(0, self._language.findData(style.language)))
        self._contrast.setChecked(style.high_contrast)
        self._easy.setChecked(style.easy)
        self._size_reason.setText(reason[:1].upper() + reason[1:])
        self._size_reason.setVisible(bool(reason))
        self._filling = False

    def show_questions(self, questions: Sequence[Question]) -> Generator[None]:
        """Ask about each thing that needs a yes, a few at each step. What was said yes to stays ticked; what is new is
        added beneath."""
        for place, question in enumerate(questions):
            if place % AT_A_STEP == AT_A_STEP - 1:
                yield
            if question.items not in self._questions:
                words = " ".join(question.words.split())
                short = words if len(words) <= LONGEST_QUOTED else f"{words[: LONGEST_QUOTED - 1]}…"
                box = Tick(f"{question.label}. {short}")
                box.setAccessibleName(f"Print {question.label}")
                box.toggled.connect(self._on_changed)
                self._questions[question.items] = box
                self._add_to(self._questions_box, box)
        self._filling = True
        asked = {question.items for question in questions}
        for items, box in self._questions.items():
            box.setVisible(items in asked or box.isChecked())
        self._questions_heading.setVisible(any(not box.isHidden() for box in self._questions.values()))
        self._filling = False

    def show_left_out(self, left_out: Sequence[LeftOut], to_look_for: Sequence[str]) -> None:
        """Say what is not on the copy and why, grouped by reason, and what has to be looked for by eye."""
        self._to_look_for.setText("\n".join(to_look_for))
        self._to_look_for.setVisible(bool(to_look_for))
        parts = [f"{reason}:\n{_listed(lines)}" for reason, lines in left_out_in_words(left_out)]
        self._left_out.setText("\n\n".join(parts) or "Nothing that is recorded was left out.")

    # Inside

    def _heading(self, words: str) -> QLabel:
        label = WrappedLabel(words)
        wear(label, Look.HEADING)
        self._column.addWidget(label)
        return label

    def _box(self, called: str) -> Group:
        frame = Group(called)
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(frame)
        return frame

    def _add_to(self, frame: Group, widget: QWidget) -> None:
        layout = frame.layout()
        if layout is not None:
            layout.addWidget(widget)

    @Slot()
    def _on_changed(self) -> None:
        if not self._filling:
            self.changed.emit()

    def _chooser(self, called: str, slot: object) -> QComboBox:
        chooser = QComboBox()
        chooser.setAccessibleName(called)
        chooser.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        chooser.setMinimumContentsLength(12)
        chooser.activated.connect(slot)
        self._column.addWidget(chooser)
        return chooser

    def _tick(self, words: str, called: str, slot: object) -> Tick:
        tick = Tick(words)
        tick.setAccessibleName(called)
        tick.toggled.connect(slot)
        self._column.addWidget(tick)
        return tick

    def _offer(self) -> None:
        """Offer the sizes, languages and settings that the chosen document can have."""
        kind = self._kinds[self.document()]
        self._purpose.setText(kind.purpose)
        _fill(self._size, [(SIZE_WORDS[points], points) for points in kind.sizes])
        _fill(self._language, [(_language_words(tag), tag) for tag in kind.languages])
        _fill(self._going, [(SETTING_WORDS[key], key) for key in kind.going_to])
        for widget in (self._language, self._language_heading):
            widget.setVisible(len(kind.languages) > 1)
        for widget in (self._going, self._going_heading):
            widget.setVisible(bool(kind.going_to))
        self._easy.setVisible(not kind.fixed_size)

    @Slot(int)
    def _on_document(self, _place: int) -> None:
        self._chosen = Chosen()
        self._offer()
        self._on_changed()

    def _choose(self, **what: object) -> None:
        if not self._filling:
            self._chosen = replace(self._chosen, **what)  # type: ignore[arg-type]
            self.changed.emit()

    @Slot(int)
    def _on_size(self, index: int) -> None:
        self._choose(points=int(self._size.itemData(index)))

    @Slot(int)
    def _on_language(self, index: int) -> None:
        self._choose(language=str(self._language.itemData(index)))

    @Slot(int)
    def _on_going(self, index: int) -> None:
        self._choose(going_to=str(self._going.itemData(index)))

    @Slot(bool)
    def _on_contrast(self, checked: bool) -> None:
        self._choose(high_contrast=checked)

    @Slot(bool)
    def _on_easy(self, checked: bool) -> None:
        self._choose(easy=checked)


def _fill(chooser: QComboBox, offers: Sequence[tuple[str, object]]) -> None:
    chooser.clear()
    for words, data in offers:
        chooser.addItem(words, data)


def _language_words(tag: str) -> str:
    words = words_in(tag)
    return words.called if words.checked else f"{words.called} – not yet checked by a translator"


def _listed(labels: Sequence[str]) -> str:
    return "\n".join(f"•  {label}" for label in labels)
