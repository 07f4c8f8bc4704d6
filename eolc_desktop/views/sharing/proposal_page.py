"""One change by another system: what stands here, what it says, and the answer of a named person."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from eolc_desktop.care_plan.dates import moment_words
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import InvalidValue, UserError
from eolc_desktop.services import inbox
from eolc_desktop.services.inbox import Proposed
from eolc_desktop.services.roles import Right, may
from eolc_desktop.services.session import Session
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.places import Place
from eolc_desktop.views.sharing.detail_page import DetailPage
from eolc_desktop.views.widgets.labelled_row import LabelledRow
from eolc_desktop.views.widgets.part import Part

INTRO = (
    "Another system changed something in the shared record. The plan here is as it was. Accepting records the change "
    "under your name, with the other system as its source; declining has what the plan says sent again."
)
NOTHING = "None of what was changed can be recorded here by itself. Accepting notes that it was seen."


class ProposalPage(DetailPage):
    """Shows one proposal about one person."""

    page_title = "From another system"

    def __init__(self, desk: Desk, person_id: str, proposal_id: str, parent: QWidget | None = None) -> None:
        super().__init__(desk, person_id, INTRO, parent)
        self._id = proposal_id
        self._shown: Proposed | None = None
        self._about, self._answer = Part(), Part("Your answer")
        self.column.addWidget(self._about)
        self.column.addWidget(self._answer)
        self.column.addStretch(1)
        self._reason = QLineEdit()
        self._reason.setMaxLength(300)
        self._reason_row = LabelledRow("Why", self._reason, help_text="A short reason. It stays with the decision.")
        self._answer.add(self._reason_row)
        buttons = QWidget()
        row = FlowLayout(buttons, across=8)
        accept, decline = QPushButton("Accept and record it"), QPushButton("Decline")
        wear(accept, Look.PRIMARY)
        accept.clicked.connect(self._on_accept)
        decline.clicked.connect(self._on_decline)
        for button in (accept, decline):
            row.addWidget(button)
        self._answer.add(buttons)
        self._answer.hide()
        self.refresh()

    @classmethod
    def for_place(cls, desk: Desk, place: Place) -> ProposalPage:
        """The page for a place."""
        return cls(desk, place.person_id, place.document)

    def refresh(self) -> None:
        """Read the proposal, and what stands beside it now."""
        self.desk.run("read a proposal", _read, self._id, done=self._on_read, failed=self.tell)

    @Slot(object)
    def _on_read(self, shown: Proposed | None) -> None:
        self._shown = shown
        self._answer.setVisible(shown is not None and may(self.desk.session, Right.RECORD))
        if shown is None:
            self._about.begin("This has been decided.")
            return
        proposal = shown.proposal
        self._about.begin(proposal.who or "Another system, which does not give its name")
        self._about.say(f"Found {moment_words(_moment(proposal.found_at))}.", Look.SECONDARY)
        self._about.say(proposal.words)
        for line in shown.lines:
            ours = f"{line.ours} ({line.ours_by})" if line.ours_by else line.ours
            self._about.item(line.label, f"Proposed: {line.theirs}", f"In the plan here: {ours}")
        if not shown.lines:
            self._about.say(NOTHING, Look.WARNING)

    @Slot()
    def _on_accept(self) -> None:
        self._decide(accept=True)

    @Slot()
    def _on_decline(self) -> None:
        self._decide(accept=False)

    def _decide(self, *, accept: bool) -> None:
        if self._shown is not None:
            given = (self._shown, accept, self._reason.text())
            self.desk.run("decide on a proposal", _decide, *given, done=self._on_decided, failed=self._on_refused)

    @Slot(object)
    def _on_decided(self, _changes: object) -> None:
        self.done("Kept on this computer, with your reason. It goes to the shared record at the next exchange.")
        self.focus_first()
        self.refresh()

    @Slot(object)
    def _on_refused(self, error: UserError) -> None:
        if isinstance(error, InvalidValue) and error.field_key == "reason":
            self._reason_row.show_problem(error.happened, is_announced=True)
            self._reason.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.tell(error)


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _read(session: Session, proposal_id: str) -> Proposed | None:
    """The proposal, None once it was decided. Runs on the store thread."""
    return next((one for one in inbox.to_decide(session) if one.proposal.id == proposal_id), None)


def _decide(session: Session, shown: Proposed, accept: bool, reason: str) -> object:
    return inbox.decide(session, shown.proposal, accept=accept, reason=reason, seen=shown.seen)
