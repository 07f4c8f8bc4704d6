"""Every document that can be made, in one list: the chooser, the command line, the batch and the tests read it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from eolc_desktop.care_plan.fields import Audience
from eolc_desktop.documents import scope
from eolc_desktop.documents.blocks import Block
from eolc_desktop.documents.call_card import call_card
from eolc_desktop.documents.commitments import commitments_sheet
from eolc_desktop.documents.compact import compact_sheet
from eolc_desktop.documents.emergency import emergency_page
from eolc_desktop.documents.escalation_letter import escalation_letter
from eolc_desktop.documents.family_plan import family_plan, whole_plan
from eolc_desktop.documents.handover import SETTINGS, handover
from eolc_desktop.documents.last_days import last_days
from eolc_desktop.documents.lists import caseload_list, mdt_list
from eolc_desktop.documents.material import Material
from eolc_desktop.documents.minutes import minutes
from eolc_desktop.documents.scope import Holder, Scope
from eolc_desktop.documents.staff_sheets import capture_sheet, fast_track, home_sheet
from eolc_desktop.documents.style import A4, A4_ACROSS, A4_FULL, A6_CARD, WALLET_CARD, Sheet
from eolc_desktop.documents.translations import ENGLISH, WELSH

STANDARD_SIZE = 14
LARGE_SIZES = (16, 18, 22)
STAFF_SIZE = 12
SIZES_FOR_READERS = (STANDARD_SIZE, *LARGE_SIZES)
SIZES_FOR_STAFF = (STAFF_SIZE, STANDARD_SIZE, 16)


@dataclass(frozen=True, slots=True)
class Document:
    """A kind of document: its key for the command line, its name, whom it is for, and a name for a saved file.

    `sizes` are the sizes of print it may have, the usual one first; `fixed_size` says that the person's needs do not
    change it (a card, an emergency page). `refused_after_death` says why it is not made once the person has died.
    """

    key: str
    name: str
    purpose: str
    file_name: str
    scope: Scope
    blocks: Callable[[Material], list[Block]]
    sizes: tuple[int, ...] = SIZES_FOR_READERS
    fixed_size: bool = False
    sheet: Sheet = A4
    languages: tuple[str, ...] = (ENGLISH, WELSH)
    going_to: tuple[str, ...] = ()
    title_key: str = ""
    refused_after_death: str = ""
    holds_plan: bool = True
    drafts_matter: bool = True
    sources: bool = True
    dense: bool = False

    @property
    def audience(self) -> Audience:
        """Whose words and dates it uses."""
        return Audience.FAMILY if self.scope.holder is Holder.FAMILY else Audience.STAFF


@dataclass(frozen=True, slots=True)
class ListDocument:
    """A kind of list of several people."""

    key: str
    name: str
    purpose: str
    file_name: str
    blocks: Callable[[Any], list[Block]]
    sheet: Sheet = A4_ACROSS
    sizes: tuple[int, ...] = field(default=(STAFF_SIZE,))


_NO_EMERGENCY = "{called} has died. An emergency page is for the living."
_NO_CARD = "{called} has died. The card says whom to call for them."
_NO_FUNDING = "{called} has died. Fast Track funding is for care that is still to be given."

_ALL: Sequence[Document] = (
    Document("family-plan", "My plan for care", "For the person and their family, in few pages",
             "my-plan-for-care.pdf", scope.FAMILY_SHORT, family_plan, title_key="family.title"),
    Document("whole-plan", "My whole plan", "Everything the person and their family may read, at length",
             "my-whole-plan.pdf", scope.FAMILY_WHOLE, whole_plan, title_key="family.whole_title"),
    Document("emergency", "Emergency page", "For ambulance crews and out-of-hours doctors. Lies in the house",
             "emergency-page.pdf", scope.EMERGENCY, emergency_page, SIZES_FOR_STAFF, fixed_size=True,
             languages=(ENGLISH,), title_key="emergency.title", refused_after_death=_NO_EMERGENCY,
             sources=False, dense=True, sheet=A4_FULL),
    Document("call-card", "Who-to-call card", "For the fridge: postcard size (A6), to cut out of the sheet",
             "who-to-call.pdf", scope.CALL_CARD, call_card, (12, 14, 16), fixed_size=True, sheet=A6_CARD,
             title_key="calls.title", refused_after_death=_NO_CARD),
    Document("wallet-card", "Wallet card", "Whom to call, for a purse or wallet: cut out and fold once",
             "wallet-card.pdf", scope.CALL_CARD, call_card, (9, 11), fixed_size=True, sheet=WALLET_CARD,
             title_key="calls.title", refused_after_death=_NO_CARD),
    Document("commitments", "Our commitment to you", "The six promises, one by one",
             "our-commitment.pdf", scope.PROMISES, commitments_sheet, title_key="commitments.title"),
    Document("compact", "My agreement with my care team", "The seven questions",
             "my-agreement.pdf", scope.COMPACT, compact_sheet, title_key="compact.title"),
    Document("last-days", "The last days, and after", "For the family: what was planned, and what follows a death",
             "the-last-days.pdf", scope.LAST_DAYS, last_days, title_key="last_days.title"),
    Document("handover", "Professional handover", "The whole plan for another professional. Not for the house",
             "handover.pdf", scope.HANDOVER, handover, SIZES_FOR_STAFF, fixed_size=True, languages=(ENGLISH,),
             going_to=SETTINGS, title_key="handover.title", dense=True),
    Document("fast-track", "Fast Track evidence", "Goes with the Fast Track Pathway Tool to the integrated care board",
             "fast-track-evidence.pdf", scope.FAST_TRACK, fast_track, SIZES_FOR_STAFF, fixed_size=True,
             languages=(ENGLISH,), title_key="fast_track.title", refused_after_death=_NO_FUNDING, dense=True),
    Document("fast-track-letter", "Fast Track: letter to escalate",
             "To the integrated care board, when the 48 hours have run out or nobody confirms receipt",
             "fast-track-letter.pdf", scope.ESCALATION, escalation_letter, SIZES_FOR_STAFF, fixed_size=True,
             languages=(ENGLISH,), title_key="escalation.title", refused_after_death=_NO_FUNDING, sources=False),
    Document("home-sheet", "Just-in-case and home sheet", "Lies with the medicines in the house",
             "home-sheet.pdf", scope.HOME_SHEET, home_sheet, SIZES_FOR_STAFF, fixed_size=True, languages=(ENGLISH,),
             title_key="home_sheet.title", sources=False),
    Document("capture-sheet", "Blank capture sheet", "Empty, to write on in the house when the laptop stays shut",
             "capture-sheet.pdf", scope.NOTHING, capture_sheet, SIZES_FOR_STAFF, fixed_size=True,
             languages=(ENGLISH,), title_key="capture.title", holds_plan=False, drafts_matter=False),
)  # fmt: skip
DOCUMENTS: Mapping[str, Document] = {document.key: document for document in _ALL}

LISTS: Mapping[str, ListDocument] = {
    document.key: document
    for document in (
        ListDocument("caseload-list", "Caseload list", "The people shown, for the bag or the wall of a locked room",
                     "caseload.pdf", caseload_list),
        ListDocument("mdt-list", "Team meeting list", "The people of a meeting, with room for what is decided",
                     "team-meeting.pdf", mdt_list),
    )
}  # fmt: skip
"""The lists that anybody may be put on."""
ON_PAPER: Mapping[str, ListDocument] = {
    **LISTS,
    "minutes": ListDocument("minutes", "Minutes of a team meeting", "What was decided, by whom and by when, for staff",
                            "minutes.pdf", minutes, sheet=A4),
}  # fmt: skip
"""Everything on paper that is about several people."""
