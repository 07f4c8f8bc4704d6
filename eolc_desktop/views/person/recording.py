"""Saving what was typed, confirming what holds, marking what does not, and taking the last save back."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal

from eolc_desktop.care_plan.check import Problem, Severity
from eolc_desktop.care_plan.dates import time_words
from eolc_desktop.care_plan.plan import Edit, EntryState, Plan, Source
from eolc_desktop.errors import ChangedElsewhere, InvalidValue, UserError
from eolc_desktop.services import plans
from eolc_desktop.services.plans import SaveResult
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.person.entry_page import EntryPage
from eolc_desktop.views.person.interruption import GraveChange, grave_change
from eolc_desktop.views.person.save_bar import SaveBar

WHERE_SAVED = "Saved on this laptop"


class Recording(QObject):
    """Does one write at a time for one person, and says how it went.

    Signals:
        saved: a `SaveResult`, and the `EntryPage` it came from (None for an undo or a confirmation).
        interrupted: the page, its edits and the `GraveChange` that calls for a second look.
        changed_elsewhere: the page whose save was refused; read the plan again and show it.
    """

    saved = Signal(object, object)
    interrupted = Signal(object, object, object)
    changed_elsewhere = Signal(object)

    def __init__(self, desk: Desk, person_id: str, bar: SaveBar, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._person_id = person_id
        self._bar = bar
        self._page: EntryPage | None = None
        self._busy = False
        self._verb = WHERE_SAVED
        self._can_undo = True
        self._asked = False
        self._waiting: list[Sequence[Edit]] = []

    @property
    def busy(self) -> bool:
        """Whether a write is under way."""
        return self._busy

    @property
    def has_more(self) -> bool:
        """Whether something that was said to hold still waits for its turn."""
        return bool(self._waiting)

    def save(self, page: EntryPage, plan: Plan) -> None:
        """Save a page, unless something on it cannot be kept, or it calls for a second look first."""
        told = self._bar.told
        problems = page.form.problems(told)
        page.form.show_problems(problems)
        if problems:
            self._tell_problems(problems)
            return
        edits = page.edits(told)
        if not edits:
            self._bar.show_done("Nothing has changed, so nothing was saved.", undo=False)
            return
        if told.source is Source.NOT_STATED and not self._asked:
            self._asked = True
            self._bar.ask_who_told("Who told you? Choose, or save again to leave it unsaid.")
            return
        change: GraveChange | None = grave_change(plan, edits)
        if change is not None:
            self.interrupted.emit(page, edits, change)
            return
        self.write(page, edits)

    def write(self, page: EntryPage | None, edits: Sequence[Edit], draft_place: str = "") -> None:
        """Write edits as one save. Nothing is said to be saved before the store has said so."""
        place = draft_place or (page.place.words if page is not None else "")
        self._begin(page, WHERE_SAVED, can_undo=True)
        self._run("record", plans.record, self._person_id, list(edits), place)

    def confirm(self, edits: Sequence[Edit]) -> None:
        """Say that items hold still. While something else is being written it waits: nothing that was said is lost."""
        if self._busy:
            self._waiting.append(edits)
            return
        self._begin(None, "Confirmed as still so, kept on this laptop", can_undo=False)
        self._run("confirm", plans.record, self._person_id, edits)

    def set_state(self, page: EntryPage, plan: Plan, state: EntryState, reason: str) -> None:
        """Mark an entry as withdrawn, entered in error or standing again: the way back stands beside it, with a reason
        of its own, so nothing is undone here."""
        self._begin(page, f"Marked as “{state.words.lower()}” on this laptop", can_undo=False)
        self._run("mark an entry", plans.set_state, plan, page.place.section, page.entry_id, state, reason)

    def take_back(self, page: EntryPage, plan: Plan, key: str, state: EntryState, reason: str) -> None:
        """Say that one item is no longer so, or was entered in error; history keeps it."""
        self._begin(None, f"Marked as “{state.words.lower()}” on this laptop", can_undo=True)
        place = (page.place.section, page.entry_id, key)
        self._run("take an item back", plans.take_back, plan, *place, state, reason)

    def undo(self) -> None:
        """Take this user's last save of this plan back; history keeps both."""
        self._begin(None, "Undone. What stood before stands again on this laptop", can_undo=False)
        self._run("undo", plans.undo_last, self._person_id)

    def _begin(self, page: EntryPage | None, verb: str, *, can_undo: bool) -> None:
        if self._busy:
            return  # what is under way is told of in its own words
        self._page, self._verb, self._can_undo = page, verb, can_undo

    def _run(self, name: str, service: object, *arguments: object) -> None:
        if self._busy:
            return
        self._busy = True
        self._desk.run(name, service, *arguments, done=self._on_done, failed=self._on_failed)  # type: ignore[arg-type]

    def _on_done(self, result: SaveResult) -> None:
        self._busy = False
        page, self._page = self._page, None
        self._asked = False
        self.saved.emit(result, page)
        words = f"{self._verb} {time_words(result.saved.at)}. {self._desk.sharing.after_saving()}"
        self._bar.show_done(words, undo=self._can_undo and bool(result.saved.touched))
        if self._waiting:
            self.confirm(self._waiting.pop(0))

    def _on_failed(self, error: UserError) -> None:
        self._busy = False
        self._waiting.clear()  # else "Confirmed" would stand where this says what went wrong
        page, self._page = self._page, None
        if isinstance(error, ChangedElsewhere):
            self._bar.show_problem(str(error))
            self.changed_elsewhere.emit(page)
        elif isinstance(error, InvalidValue) and page is not None and error.field_key in page.form.rows:
            problems = [Problem(error.field_key, error.happened, Severity.UNUSABLE)]
            page.form.show_problems(problems)
            self._tell_problems(problems)
        else:
            self._bar.show_problem(str(error))

    def _tell_problems(self, problems: Sequence[Problem]) -> None:
        count = "One answer needs" if len(problems) == 1 else f"{len(problems)} answers need"
        self._bar.show_problem(f"There is a problem. {count} a look before this can be saved. Nothing is lost.")
