"""Two records of one person: those that may be, compared in words, joined; and who is not listed, and why."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QWidget

from eolc_desktop.care_plan.dates import moment_words, today
from eolc_desktop.errors import UserError
from eolc_desktop.record.aside import Aside
from eolc_desktop.record.people import PersonRow
from eolc_desktop.services import same_person
from eolc_desktop.services.same_person import Compared, Difference, Suspicion
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.choice_editors import Menu
from eolc_desktop.views.person_words import identity_line, name_words
from eolc_desktop.views.places import Place
from eolc_desktop.views.titled_page import TitledPage
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.message_bar import Kind
from eolc_desktop.views.widgets.part import Part

NOT_CHOSEN = "Please choose"
LEAD = (
    "Joining takes nothing away: what only one record holds is added, you say which of two answers holds, and it can "
    "all be taken apart again. Nothing is ever joined by itself."
)


class SamePersonPage(TitledPage):
    """Shows the pairs; one pair is compared at a time. Nothing is joined before every difference was answered."""

    page_title = "Two records of one person"

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, lead=LEAD, parent=parent)
        self._seen: Compared | None = None
        self._choices: dict[tuple[str, str], Menu] = {}
        self._pairs, self._compared, self._aside = Part(), Part(), Part()
        self._reason = QLineEdit()
        self._reason.setMaxLength(300)
        self._reason_row = LabelledRow(
            "How you know, or why", self._reason, help_text="It is kept with what you do here."
        )
        for part in (self._pairs, self._compared, self._reason_row, self._aside):
            self.column.addWidget(part)
        self.column.addStretch(1)
        self._compared.hide()
        self._reason_row.hide()
        self.refresh()

    @classmethod
    def for_place(cls, desk: Desk, _place: Place) -> SamePersonPage:
        """The page as the window makes it."""
        return cls(desk)

    def refresh(self) -> None:
        """Look for pairs, and for who is not listed."""
        self.desk.run("who may be one person", same_person.suspicions, done=self._on_pairs, failed=self._on_failed)
        self.desk.run("who is not listed", same_person.set_aside, done=self._on_aside, failed=self._on_failed)

    @Slot(object)
    def _on_pairs(self, pairs: tuple[Suspicion, ...]) -> None:
        self._pairs.begin("Who may be one person")
        if not pairs:
            self._pairs.say(
                "Nobody: no two people here have one NHS number, or one date of birth and names that sound alike."
            )
        self._reason_row.setVisible(bool(pairs) or self._reason_row.isVisible())
        for place, pair in enumerate(pairs, 1):
            self._pairs.say(f"{place}. {self._who(pair.one)}\n{self._who(pair.other)}\n{pair.why}")
            self._pairs.press(f"Compare pair {place}", partial(self._compare, pair.one.id, pair.other.id))

    def _compare(self, keep: str, other: str) -> None:
        self.desk.run(
            "compare two records", same_person.compare, keep, other, done=self._on_compared, failed=self._on_failed
        )

    @Slot(object)
    def _on_compared(self, seen: Compared) -> None:
        self._seen = seen
        self._choices = {}
        self._compared.hide()  # until it is whole: what is put into a card that is shown comes a turn later
        self._compared.begin("Compared")
        self._compared.say(f"Kept: {self._who(seen.keep)}\nJoined into it: {self._who(seen.other)}")
        self._compared.say(
            f"{seen.alike} answers are alike. {len(seen.added)} things only the second record holds are added."
        )
        for difference in seen.differences:
            self._compared.add(self._choice(difference))
        self._compared.press("Keep the other one instead", partial(self._compare, seen.other.id, seen.keep.id))
        self._compared.press("Join these two records", self._join)
        self._compared.show()
        self.message.say("Compared below: say which answer holds wherever they differ, then join.")
        first = next(iter(self._choices.values()), None)
        (first or self._reason).setFocus(Qt.FocusReason.OtherFocusReason)

    def _choice(self, difference: Difference) -> QWidget:
        menu = Menu()
        # What is chosen from can be long: the list that opens shows all of it, and the page keeps its width.
        menu.setSizeAdjustPolicy(Menu.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        menu.setMinimumContentsLength(12)
        menu.addItem(NOT_CHOSEN, None)
        menu.addItem(f"Kept record: {difference.kept}", False)
        menu.addItem(f"Other record: {difference.other}", True)
        self._choices[difference.place] = menu
        return LabelledRow(f"{difference.section_title}: {difference.label}", menu)

    def _join(self) -> None:
        if self._seen is None:
            return
        answered = {
            place: bool(menu.currentData()) for place, menu in self._choices.items() if menu.currentData() is not None
        }
        given = (self._seen, answered, self._reason.text())
        self.desk.run("join two records", same_person.join, *given, done=self._on_joined, failed=self._on_failed)

    @Slot(object)
    def _on_joined(self, _changes: object) -> None:
        self._seen = None
        self._compared.hide()
        self._reason.clear()
        self.message.say("Joined. Nothing was lost, and it can be taken apart below.", Kind.SUCCESS)
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    @Slot(object)
    def _on_aside(self, held: tuple[tuple[PersonRow, Aside], ...]) -> None:
        self._aside.begin("Not listed")
        if not held:
            self._aside.say("Nobody.")
        self._reason_row.setVisible(bool(held) or self._reason_row.isVisible())
        for row, aside in held:
            what = "Joined into another record" if aside.why == "joined" else "Taken off the lists"
            self._aside.say(f"{self._who(row)}\n{what} on {moment_words(aside.at)}: {aside.reason}")
            if aside.why == "joined":
                self._aside.press(
                    f"Take apart: {name_words(row)}", partial(self._put_back, same_person.take_apart, row.id)
                )
            else:
                self._aside.press(f"Put back: {name_words(row)}", partial(self._put_back, same_person.put_back, row.id))

    def _put_back(self, service: Callable[..., object], person_id: str) -> None:
        self.desk.run("list again", service, person_id, self._reason.text(), done=self._on_back, failed=self._on_failed)

    @Slot(object)
    def _on_back(self, _changes: object) -> None:
        self._reason.clear()
        self.message.say("They are listed again.", Kind.SUCCESS)
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def _who(self, row: PersonRow) -> str:
        return identity_line(row, today(self.desk.now()))

    @Slot(object)
    def _on_failed(self, error: UserError) -> None:
        if getattr(error, "field_key", "") == "reason":
            self._reason_row.show_problem(error.happened, is_announced=True)
            self._reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.message.tell(error)
