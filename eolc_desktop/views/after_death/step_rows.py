"""One step of the closing list, and one wish that is looked back on: what it is, how it stands, and its answers."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.after_death import ClosingStep, Wish, preference_achieved
from eolc_desktop.care_plan.dates import date_words
from eolc_desktop.care_plan.fields import Audience
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.words import asking, display
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

PLACES_SAY = {
    "yes": "The two places recorded are the same.",
    "no": "The two places recorded are not the same.",
}


class MarkedRow(QFrame):
    """A card with its words and its answers.

    Signals:
        marked: the answer that was chosen.
        entry_wanted: the section and the entry to open.
    """

    marked = Signal(str)
    entry_wanted = Signal(str, str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.name = name
        self.buttons: list[QPushButton] = []
        wear(self, Look.CARD)
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(16, 8, 16, 8)
        self.box.setSpacing(4)
        self.box.addWidget(WrappedLabel(name, Look.FIELD_LABEL, self))

    def next_name(self, _answer: str) -> str:
        """The name of the button that has the keyboard once the answer is kept."""
        return f"Details: {self.name}"

    def say(self, words: str, look: Look | None = None) -> None:
        """Add a line."""
        self.box.addWidget(WrappedLabel(words, look, self) if look else WrappedLabel(words, parent=self))

    def add_answers(self, answers: tuple[tuple[str, str], ...], section: str, entry: str) -> None:
        """Add a line of answers, and the way to the entry where there is one."""
        line = QWidget(self)
        flow = FlowLayout(line, across=8)
        for key, words in answers:
            button = QPushButton(words, line)
            button.setAccessibleName(f"{words}: {self.name}")
            button.setProperty("answer", key)
            button.clicked.connect(self._on_answer)
            self.buttons.append(button)
            flow.addWidget(button)
        if entry:
            details = QPushButton("Details", line)
            wear(details, Look.QUIET)
            details.setAccessibleName(f"Details: {self.name}")
            details.setProperty("place", f"{section}/{entry}")
            details.clicked.connect(self._on_details)
            self.buttons.append(details)
            flow.addWidget(details)
        if flow.count():
            self.box.addWidget(line)
        else:
            line.deleteLater()

    @Slot()
    def _on_answer(self) -> None:
        self.marked.emit(str(self.sender().property("answer")))

    @Slot()
    def _on_details(self) -> None:
        section, _, entry = str(self.sender().property("place")).partition("/")
        self.entry_wanted.emit(section, entry)


class StepRow(MarkedRow):
    """One step of the closing list."""

    def __init__(self, step: ClosingStep, may_record: bool, parent: QWidget | None = None) -> None:
        super().__init__(step.words, parent)
        self.step = step
        self.say(self._state_words(), None)
        if step.why and step.state in ("", "to_do"):
            self.say(step.why, Look.META)
        done, not_needed, again = ("done", "Done"), ("not_needed", "Not needed"), ("to_do", "To do after all")
        answers = (again,) if step.state in ("done", "not_needed") else (done, not_needed)
        self.add_answers(answers if may_record else (), "closure", step.entry.id if step.entry else "")

    def _state_words(self) -> str:
        step = self.step
        if step.entry is None:
            return "Proposed, not on the list yet"
        owner = step.entry.text("owner")
        match step.state:
            case "done":
                on, by = step.entry.text("done_on"), step.entry.text("done_by")
                witness = step.entry.text("witness")
                words = "Done" + (f" {date_words(on)}" if on else "") + (f" by {by}" if by else "")
                return words + (f"; witness: {witness}" if witness else "")
            case "not_needed":
                return "Not needed"
        return f"To do: {owner}" if owner else "To do: nobody is named"


class WishRow(MarkedRow):
    """One wish, what was wished, and what was said of it."""

    def __init__(self, plan: Plan, wish: Wish, may_record: bool, parent: QWidget | None = None) -> None:
        super().__init__(wish.name, parent)
        self.wish = wish
        if wish.wished:
            self.say(f"Wished: {wish.wished}")
        if wish.key == "place_of_death":
            place = plan.text("death", "place_name") or plan.words("death", "place")
            self.say(f"Died: {place}")
        section = plan.catalogue["looking_back"]
        if wish.entry is not None:
            self.say(f"Kept? {display(section['kept'], wish.entry.value('kept'), Audience.STAFF)}", Look.KEY_LINE)
            reasons = wish.entry.value("reasons")
            if reasons:
                self.say(f"Why not: {display(section['reasons'], reasons)}")
            for key in ("words", "learning"):
                if said := wish.entry.text(key):
                    self.say(f"{asking(section[key].label)} {said}")
        elif wish.key == "place_of_death" and (says := PLACES_SAY.get(preference_achieved(plan))):
            self.say(says, Look.META)
        answers = tuple((o.key, o.label) for o in section["kept"].options if o.key != wish.kept)
        answers = answers if wish.entry is None else ()
        self.add_answers(answers if may_record else (), "looking_back", wish.entry.id if wish.entry else "")
