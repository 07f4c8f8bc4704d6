"""What would leave this laptop about one person, word for word, and what stays here and why: before it leaves."""

from __future__ import annotations

from itertools import groupby

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from eolc_desktop.desktop.looks import Look
from eolc_desktop.services import outbox, shared_record_facts
from eolc_desktop.services.outbox import Outbox
from eolc_desktop.services.session import Changes
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.places import Place
from eolc_desktop.views.sharing.detail_page import DetailPage
from eolc_desktop.views.widgets.part import Part

NOT_CALLED_BACK = "An earlier version is in the shared record and cannot be called back from here."
CONFIRMED = "Confirmed; what is said has not changed."
CONSENT = "The answer on “Consent to share it” decides, at the moment of sending."


class OutboxPage(DetailPage):
    """Reads again after every change and every exchange, so that what it shows is what would leave now."""

    page_title = "What leaves, and what stays here"

    def __init__(self, desk: Desk, person_id: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, person_id, CONSENT, parent)
        self._goes, self._stays = Part("What would be sent now"), Part("What stays on this laptop")
        self.column.addWidget(self._goes)
        self.column.addWidget(self._stays)
        self.column.addStretch(1)
        self._to = ""
        desk.changed.connect(self._on_changed)
        desk.sharing.ended.connect(self.refresh)
        desk.run("where it would go", shared_record_facts.address, done=self._on_address)
        self.refresh()

    @classmethod
    def for_place(cls, desk: Desk, place: Place) -> OutboxPage:
        """The page for a place."""
        return cls(desk, place.person_id)

    @Slot()
    def refresh(self, _ended: object = None) -> None:
        """Read again what would leave."""
        self.desk.run("read the outbox", outbox.outbox, self.person_id, done=self._on_read, failed=self.tell)

    @Slot(object)
    def _on_address(self, address: str) -> None:
        self._to = address
        self.refresh()

    @Slot(object)
    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(self.person_id) and not changes.drafts_only:
            self.refresh()

    @Slot(object)
    def _on_read(self, read: Outbox) -> None:
        goes, stays = self._goes, self._stays
        goes.begin("What would be sent now")
        if self._to:
            goes.say(f"To everybody who may read the shared record at {self._to}.", Look.SECONDARY)
        if read.trouble:
            goes.say(f"{read.trouble} Nothing of it was lost.", Look.ERROR)
            goes.press("Try to send it again", self._try_again)
        elif read.papers_trouble:
            rest = "" if read.goes else " The plan itself is shared."
            goes.say(f"A scan or the PDF did not go. {read.papers_trouble}{rest}", Look.WARNING)
            goes.press("Try to send it again", self._try_again)
        if read.hold:
            goes.say(read.hold, Look.WARNING)
        if read.papers:
            goes.item("Beside the plan", "\n".join(read.papers))
        for (_section, _entry, heading), lines in groupby(read.goes, key=lambda line: (*line.place[:2], line.heading)):
            goes.rows(heading, [(line.name, line.words, CONFIRMED if line.confirms else "") for line in lines])
        for title in read.conflicts:
            goes.item("CONFLICT", f"Both versions of: {title}", "So that anybody in the team can settle it.")
        if not read.goes and not read.conflicts and not read.papers:
            goes.say(
                "Nothing." if read.hold else "Nothing: the shared record has everything of this plan that may leave."
            )
        elif not read.hold and self.desk.sharing.is_set_up:
            goes.press("Share now", self.desk.sharing.share_now, Look.PRIMARY)
        stays.begin("What stays on this laptop")
        for words in read.look_for:
            stays.say(
                f"To be kept back, in their words: “{words}”. The program cannot find this by itself: look.",
                Look.WARNING,
            )
        for kept in read.stays:
            stays.item(kept.label, kept.reason, NOT_CALLED_BACK if kept.shared_before else "")
        if not read.stays:
            stays.say("Nothing is kept back." if not read.hold else "Everything, for the reason above.")

    def _try_again(self) -> None:
        self.desk.run("send again", outbox.try_again, self.person_id, done=self._on_again, failed=self.tell)

    @Slot(object)
    def _on_again(self, _nothing: object) -> None:
        self.done("It is sent again at the next exchange.")
        self.desk.sharing.look()
        self.refresh()
