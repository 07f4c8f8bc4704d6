"""What goes on for the one person whose plan is open: reading, writing, how it is shared, a visit, an export."""

from __future__ import annotations

from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.desktop.after_paint import AfterPaint
from eolc_desktop.errors import UserError
from eolc_desktop.services import visits
from eolc_desktop.services.session import Changes
from eolc_desktop.services.visits import Visit
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.person import reading
from eolc_desktop.views.person.places import Places
from eolc_desktop.views.person.reading import Opened
from eolc_desktop.views.person.save_bar import SaveBar
from eolc_desktop.views.person.shared_words import SharedWords
from eolc_desktop.views.person.writing import Writing

if TYPE_CHECKING:
    from eolc_desktop.views.person.exporting import Exporting


class OpenPlan(QObject):
    """Begins when a person is opened and ends when they are left, at once: the page stays for the next person, and what
    was asked of the store about one of them is never told on the page of another (hazard H01).

    `plan` is what was read last, None until it was read; `visit` the one under way.

    Signals:
        opened: an `Opened`, once.
        not_opened: the `UserError` why not.
        read_again: an `Opened`, after every change.
        visit_known: the `Visit` under way, or None.
    """

    opened = Signal(object)
    not_opened = Signal(object)
    read_again = Signal(object)
    visit_known = Signal(object)

    def __init__(self, desk: Desk, person_id: str, bar: SaveBar, places: Places, parent: QObject) -> None:
        super().__init__(parent)
        self.person_id = person_id
        self.plan: Plan | None = None
        self.visit: Visit | None = None
        self._desk = desk
        self._bar = bar
        self._places = places
        self._shared: SharedWords | None = None
        self._exporting: Exporting | None = None
        self._visit_due, self._shared_due = AfterPaint(self), AfterPaint(self)
        self._visit_due.due.connect(self._read_visit)
        self._shared_due.due.connect(self._ask_how_shared)
        desk.run("open a plan", reading.opened, person_id, done=self._on_opened, failed=self._on_not_opened)
        self.writing = Writing(desk, person_id, bar, places, self)
        desk.changed.connect(self._on_changed)

    def end(self) -> None:
        """Keep what is being written, and hear no more of this person."""
        self.writing.leave()
        shiboken6.delete(self)  # not later: an answer may be on its way already

    def take(self, plan: Plan) -> None:
        """Go on from a newer plan. Raises ValueError for another person's: the page never shows it."""
        if plan.person_id != self.person_id:
            message = "a plan came to the page of another person"
            raise ValueError(message)
        self.plan = plan

    def read(self) -> None:
        """Read the plan again, from what is known of it."""
        self._desk.run("read a plan again", reading.read_again, self.person_id, self.plan, done=self._on_read_again)

    def ask_visit(self) -> None:
        """Ask whether a visit is under way, once what is shown was painted: the store’s thread would hold it up."""
        self._visit_due.begin()

    def export(self) -> None:
        """Export the plan, or the section that is shown."""
        from eolc_desktop.views.person.exporting import Exporting  # noqa: PLC0415  with all that speaks FHIR

        if self._exporting is None:
            self._exporting = Exporting(self._desk, self.person_id, self._places, lambda: self._places.place, self)
        self._exporting.begin()

    @Slot(object)
    def _on_opened(self, opened: Opened) -> None:
        self._shared_due.begin()  # once the plan, which is what is waited for, was painted
        self.opened.emit(opened)

    @Slot()
    def _ask_how_shared(self) -> None:
        self._shared = SharedWords(self._desk, self.person_id, self._bar, self)

    @Slot()
    def _read_visit(self) -> None:
        self._desk.run("a visit under way", visits.under_way, self.person_id, done=self._on_visit_known)

    @Slot(object)
    def _on_not_opened(self, error: UserError) -> None:
        self.not_opened.emit(error)

    @Slot(object)
    def _on_read_again(self, opened: Opened) -> None:
        self.read_again.emit(opened)

    @Slot(object)
    def _on_visit_known(self, visit: Visit | None) -> None:
        self.visit = visit
        self.visit_known.emit(visit)

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if self.plan is not None and changes.touches(self.person_id) and not changes.drafts_only:
            self.read()
