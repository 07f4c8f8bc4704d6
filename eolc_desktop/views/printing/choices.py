"""The choices beside the preview: which document, who will read it, how large, what somebody says yes to."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.rules.finding import ItemRef
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.documents.copies import LeftOut, Question, ReadersChosen, left_out_in_words
from eolc_desktop.documents.making import Document
from eolc_desktop.views.forms.choice_buttons import Tick
from eolc_desktop.views.forms.choice_editors import ChoiceList
from eolc_desktop.views.forms.group import Group
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

SIZES = ((14, "Standard print (14 point)"), (16, "Large print (16 point)"), (18, "Large print (18 point)"),
         (22, "Very large print (22 point)"))  # fmt: skip

LONGEST_QUOTED = 160
"""Letters of what stands in an item that is asked about; the whole is in the plan, and in the preview after a yes."""
WHAT = "What to print"
READERS = "Who will read this copy, besides the person"
QUESTIONS = "Asked every time: shall this be on the page?"


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
        self._purposes = {document.key: document.purpose for document in documents}
        self._heading(WHAT)
        self._documents = ChoiceList(WHAT, [(document.key, document.name) for document in documents])
        self._documents.choose(chosen)
        self._documents.group.idClicked.connect(self._on_document)
        self._column.addWidget(self._documents)
        self._purpose = WrappedLabel(self._purposes[chosen], Look.SECONDARY)
        self._column.addWidget(self._purpose)
        self._heading("Size of print")
        self._size = QComboBox()
        self._size.setAccessibleName("Size of print")
        self._size.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self._size.setMinimumContentsLength(12)
        for points, words in SIZES:
            self._size.addItem(words, points)
        self._size.activated.connect(self._on_size)
        self._size_chosen: int | None = None
        self._size_reason = WrappedLabel("")
        wear(self._size_reason, Look.SECONDARY)
        self._column.addWidget(self._size)
        self._column.addWidget(self._size_reason)
        self._contrast = Tick("Everything in bold black (high contrast)")
        self._contrast.setAccessibleName("High contrast")
        self._contrast.toggled.connect(self._on_changed)
        self._column.addWidget(self._contrast)
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

    def points(self) -> int | None:
        """The size of print that was chosen, or None to follow the person's needs."""
        return self._size_chosen

    def high_contrast(self) -> bool:
        """Whether everything is to be printed heavy and black."""
        return self._contrast.isChecked()

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

    def show_size(self, points: int, reason: str) -> None:
        """Show the size in use, and why it is not the usual one."""
        self._size.setCurrentIndex(max(0, self._size.findData(points)))
        self._size_reason.setText(reason[:1].upper() + reason[1:])
        self._size_reason.setVisible(bool(reason))

    def show_questions(self, questions: Sequence[Question]) -> None:
        """Ask about each thing that needs a yes. What was said yes to stays ticked; what is new is added beneath."""
        self._filling = True
        for question in questions:
            if question.items not in self._questions:
                words = " ".join(question.words.split())
                short = words if len(words) <= LONGEST_QUOTED else f"{words[: LONGEST_QUOTED - 1]}…"
                box = Tick(f"{question.label}. {short}")
                box.setAccessibleName(f"Print {question.label}")
                box.toggled.connect(self._on_changed)
                self._questions[question.items] = box
                self._add_to(self._questions_box, box)
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

    @Slot(int)
    def _on_document(self, _place: int) -> None:
        self._purpose.setText(self._purposes[self.document()])
        self._on_changed()

    @Slot(int)
    def _on_size(self, index: int) -> None:
        self._size_chosen = int(self._size.itemData(index))
        self.changed.emit()


def _listed(labels: Sequence[str]) -> str:
    return "\n".join(f"•  {label}" for label in labels)
