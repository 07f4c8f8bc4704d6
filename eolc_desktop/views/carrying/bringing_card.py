"""The card by which people come from another laptop: who is in a file, then all of them merged."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from eolc_desktop.care_plan.dates import date_words, moment_words
from eolc_desktop.care_plan.nhs_number import nhs_number_words
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import UserError
from eolc_desktop.services import carrying
from eolc_desktop.services.carrying import Arriving, Preview, TakenOver
from eolc_desktop.views import person_words
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.settings_cards import Card
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.ask import FileKind, file_to_open
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

FILES = (FileKind("Files for another laptop", ("eolc",)), FileKind("All files", ("*",)))
MOST_SHOWN = 200
"""People of a file who are shown one by one; a whole caseload is told by its number."""


class BringingCard(Card):
    """Shows who is in a file before anything is taken over."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__("Bring people from another laptop", desk, parent)
        self._shown: Preview | None = None
        self._from = WrappedLabel("")
        self._people = WrappedLabel("")
        self._choose = QPushButton("Choose a file…")
        self._choose.clicked.connect(self._on_choose)
        self._take = QPushButton("Take them over")
        wear(self._take, Look.PRIMARY)
        self._take.clicked.connect(self._on_take)
        self._no = QPushButton("Take nobody over")
        self._no.clicked.connect(self._on_no)
        self.add(
            WrappedLabel(
                "You will see who is in the file first. Taking the same file over twice changes nothing.",
                Look.SECONDARY,
            ),
            self._from,
            self._people,
            self.outcome,
        )
        self.add_buttons(self._choose, self._take, self._no)
        self.forget()

    def forget(self) -> None:
        """Put away who is in a file."""
        self._shown = None
        for label in (self._from, self._people):
            label.setText("")
            label.hide()
        if self._take.hasFocus() or self._no.hasFocus():
            self._choose.setFocus(Qt.FocusReason.OtherFocusReason)
        self._take.hide()
        self._no.hide()

    @Slot()
    def _on_choose(self) -> None:
        file_to_open(self, "Choose a file from another laptop", FILES, self._on_file)

    def _on_file(self, path: Path) -> None:
        self.forget()
        self.say("Opening the file…", Look.INFORMATION)
        self.desk.run("look into a file", carrying.look_into, path, done=self._on_shown, failed=self.tell)

    @Slot(object)
    def _on_shown(self, shown: Preview) -> None:
        self._shown = shown
        self.say("")
        can = sum(not person.why_not for person in shown.people)
        known = (
            "You have met this laptop before."
            if shown.is_met
            else "This laptop has not been met before: ask whoever sent the file for the check words of their laptop."
        )
        self._from.setText(
            f"Made by {shown.made_by or 'somebody not named'} on {moment_words(shown.made_at)}, on the laptop with the "
            f"check words {shown.sender.check_words}. {known}"
        )
        lines = [line for person in shown.people[:MOST_SHOWN] for line in _lines(person)]
        if len(shown.people) > MOST_SHOWN:
            lines.append(f"and {person_words.more_words(len(shown.people) - MOST_SHOWN)}")
        self._people.setText("\n".join(lines))
        for label in (self._from, self._people):
            label.show()
        self._take.setText("Take this person over" if can == 1 else f"Take {can} people over")
        self._take.setVisible(can > 0)
        self._no.show()
        (self._take if can else self._no).setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, f"{len(shown.people)} people are in the file.")

    @Slot()
    def _on_no(self) -> None:
        self.forget()
        self.say("Nothing was taken over.", Look.INFORMATION)

    @Slot()
    def _on_take(self) -> None:
        if self._shown is not None:
            shown = self._shown
            self.forget()
            self.say("Merging what the file says…", Look.INFORMATION)
            self.desk.run("take people over", carrying.take_over, shown, done=self._on_taken, failed=self._on_failed)

    @Slot(object)
    def _on_taken(self, taken: TakenOver) -> None:
        if not (taken.new_people or taken.changed_people or taken.conflicts):
            self.say("There is nothing new in it: everything it says is known here.", Look.INFORMATION)
            return
        words = f"New on this laptop: {taken.new_people}. With something new: {taken.changed_people}."
        if taken.conflicts:
            one = "1 conflict waits" if taken.conflicts == 1 else f"{taken.conflicts} conflicts wait"
            words += (
                f" {one} for somebody to decide: two people recorded different things. Both are kept, and the plan "
                "says so until it is decided."
            )
        self.say(words, Look.WARNING if taken.conflicts else Look.SUCCESS)

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        self.tell(error)


def _lines(person: Arriving) -> list[str]:
    parts = [person.name]
    if person.born:
        parts.append(f"born {date_words(person.born)}")
    if person.nhs_number:
        parts.append(f"NHS No. {nhs_number_words(person.nhs_number)}")
    lines = [", ".join(parts) + ("" if person.is_new or person.why_not else " – here already, to be merged")]
    return lines + [f"    {words}" for words in (person.why_not, person.note) if words]
