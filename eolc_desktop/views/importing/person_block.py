"""One person of a FHIR file on the screen: what comes in, what is to be decided, what does not come in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from eolc_desktop.care_plan.fields import Option
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.services.importing import Arrival, Candidate, PersonChoice, PersonPreview
from eolc_desktop.views.forms.choice_editors import ChoiceList, Menu
from eolc_desktop.views.person_words import identity_line
from eolc_desktop.views.widgets.emptied import emptied
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

_NEW = "new"
_LEAVE = "leave"
_YES, _NO = "yes", "no"
WHO = "Who is this?"
NOT_SAID = "Not said"


class PersonBlock(QFrame):
    """Shows one person of the file and holds what was decided about them."""

    def __init__(self, shown: PersonPreview, reasons: Sequence[Option], today: date, is_one_of_several: bool) -> None:
        super().__init__()
        wear(self, Look.CARD)
        self.shown = shown
        self._is_one_of_several = is_one_of_several
        self._questions: dict[str, ChoiceList] = {}
        self._who: ChoiceList | None = None
        self._reason: Menu | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(20, 16, 20, 16)
        self._column.setSpacing(10)
        self._say(shown.name, Look.NAME)
        self._say(f"Born {shown.born}   ·   NHS No. {shown.nhs_number}")
        if shown.notes:
            self._column.addWidget(notes_block(shown.notes))
        if shown.candidates or is_one_of_several:
            self._ask_who(today)
        self._ask_questions()
        if shown.asks_for_reason:
            self._ask_for_reason(reasons)
        self._coming_in = QVBoxLayout()
        self._coming_in.setSpacing(10)
        self._column.addLayout(self._coming_in)
        if shown.left_out:
            self._say("Does not come in", Look.HEADING)
            self._say("\n".join(f"•  {line}" for line in shown.left_out))
        self._show_arrivals()

    # What was decided

    def choice(self) -> PersonChoice:
        """What was decided so far."""
        chosen = str(self._who.chosen() or "") if self._who else _NEW
        add_to = {_NEW: "", "": None, _LEAVE: ""}.get(chosen, chosen)
        reason = self._reason.currentData() if self._reason is not None else ""
        return PersonChoice(
            add_to=add_to,
            yes=frozenset(key for key, asked in self._questions.items() if asked.chosen() == _YES),
            no_number_because=str(reason or "") if add_to == "" else "",
            leave=chosen == _LEAVE,
        )

    def ask_for_what_is_missing(self) -> str:
        """Go to the first question that has no answer yet and return what to say about it; "" when all is decided."""
        choice = self.choice()
        if choice.leave:
            return ""
        if self._who is not None and self._who.chosen() is None:
            self._who.first().setFocus()
            return "Please say first whether this is a new person, or somebody who is here already."
        offered = {arrival.key for arrival in self._offered() if arrival.question}
        for key, asked in self._questions.items():
            if key in offered and asked.chosen() is None:
                asked.first().setFocus()
                return "Please answer this question first. “No” is an answer too."
        return ""

    # What is shown

    def _say(self, words: str, look: Look | None = None) -> WrappedLabel:
        label = WrappedLabel(words, look)
        self._column.addWidget(label)
        return label

    def _ask_who(self, today: date) -> None:
        if self.shown.candidates:
            same = any(candidate.same_nhs_number for candidate in self.shown.candidates)
            self._say(
                "Somebody with this NHS number is here already. Is it the same person?"
                if same
                else "Could this be somebody who is here already?",
                Look.HEADING,
            )
        choices = [
            (candidate.row.id, f"Add to {identity_line(candidate.row, today)}{_same(candidate)}")
            for candidate in self.shown.candidates
        ]
        choices.append((_NEW, "A new person"))
        if self._is_one_of_several:
            choices.append((_LEAVE, "Leave this person out"))
        self._who = ChoiceList(f"{WHO} {self.shown.name}, born {self.shown.born}", choices)
        self._column.addWidget(self._who)
        if self.shown.more_candidates:
            self._say(
                f"{self.shown.more_candidates:,} more people here have a name like this one. If you think of somebody "
                "else, find them in the caseload first.",
                Look.SECONDARY,
            )
        if not self.shown.candidates:
            self._who.choose(_NEW)
        self._who.group.idClicked.connect(self._on_who)

    def _ask_questions(self) -> None:
        asked = [arrival for arrival in self.shown.arrivals if arrival.question]
        if asked:
            self._say("To decide", Look.HEADING)
        for arrival in asked:
            group = QFrame()
            wear(group, Look.INFORMATION)
            column = QVBoxLayout(group)
            column.setContentsMargins(12, 10, 12, 10)
            column.addWidget(WrappedLabel(arrival.question, Look.FIELD_LABEL))
            for note in arrival.notes:
                column.addWidget(WrappedLabel(note, Look.SECONDARY))
            choices = ChoiceList(arrival.question, [(_YES, "Yes, bring it in"), (_NO, "No, leave it out")])
            column.addWidget(choices)
            self._questions[arrival.key] = choices
            self._column.addWidget(group)

    def _ask_for_reason(self, reasons: Sequence[Option]) -> None:
        self._reason = Menu()
        self._reason.addItem(NOT_SAID, "")
        for option in reasons:
            self._reason.addItem(option.label, option.key)
        row = LabelledRow(
            f"Why there is no NHS number for {self.shown.name}",
            self._reason,
            help_text="The file gives none. You can leave this, and look for the number later.",
            is_optional=True,
        )
        self._column.addWidget(row)

    def _offered(self) -> tuple[Arrival, ...]:
        candidate = self._candidate()
        return candidate.arrivals if candidate is not None else self.shown.arrivals

    def _candidate(self) -> Candidate | None:
        add_to = self.choice().add_to
        return next((c for c in self.shown.candidates if add_to and c.row.id == add_to), None)

    def _show_arrivals(self) -> None:
        emptied(self._coming_in)
        choice = self.choice()
        candidate = self._candidate()
        offered = () if choice.leave else self._offered()
        undecided = choice.add_to is None
        where = "as a new person" if undecided else "what is missing here" if candidate is not None else ""
        self._add_line(f"Comes in: {where}" if where else "Comes in", Look.HEADING)
        plain = [arrival for arrival in offered if not arrival.question]
        if not plain:
            self._add_line("Nothing." if choice.leave else "Nothing that is not here already.")
        for arrival in plain:
            self._coming_in.addWidget(_ArrivalLines(arrival))
        if candidate is not None and candidate.differences:
            self._add_line("Different here: what is here stays as it is", Look.HEADING)
            lines = [
                f"•  {d.where}: here “{_in_line(d.here)}”, in the file “{_in_line(d.in_file)}”"
                for d in candidate.differences
            ]
            self._add_line("\n".join(lines))
        keys = {arrival.key for arrival in offered if arrival.question}
        for key, asked in self._questions.items():
            frame = asked.parentWidget()
            if frame is not None:
                frame.setEnabled(key in keys)
        if self._reason is not None:
            self._reason.setEnabled(choice.add_to == "" and not choice.leave)

    def _add_line(self, words: str, look: Look | None = None) -> None:
        self._coming_in.addWidget(WrappedLabel(words, look))

    @Slot()
    def _on_who(self) -> None:
        self._show_arrivals()


class _ArrivalLines(QWidget):
    """One entry that comes in: its section, its name, and its values in words."""

    def __init__(self, arrival: Arrival) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        heading = f"{arrival.section_title}: {arrival.title}" if arrival.title else arrival.section_title
        column.addWidget(WrappedLabel(heading, Look.FIELD_LABEL))
        in_title = arrival.title.split(", ")
        said = [f"{label}: {_in_line(words)}" for label, words in arrival.lines if words not in in_title]
        if said:
            column.addWidget(WrappedLabel("\n".join(said)))
        for note in arrival.notes:
            column.addWidget(WrappedLabel(note, Look.SECONDARY))


def notes_block(notes: Sequence[str]) -> QFrame:
    """Notes that have to be read before anything is brought in."""
    block = QFrame()
    wear(block, Look.WARNING)
    column = QVBoxLayout(block)
    column.setContentsMargins(12, 8, 12, 8)
    column.setSpacing(6)
    for note in notes:
        column.addWidget(WrappedLabel(note))
    return block


def _in_line(words: str) -> str:
    return ", ".join(words.split("\n"))


def _same(candidate: Candidate) -> str:
    return " · the same NHS number" if candidate.same_nhs_number else ""
