"""Another laptop: people taken there on a stick, and brought from there, where there is no network to share over."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from eolc_desktop.views.carrying.bringing_card import BringingCard
from eolc_desktop.views.carrying.taking_card import AddressCard, TakingCard
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.places import Place
from eolc_desktop.views.titled_page import TitledPage

WIDEST = 900
LEAD = (
    "For when there is no network: people travel in an encrypted file on a stick, which only the laptop it is made for "
    "can open. There they are merged as by the shared record: nothing is written over, and where two people recorded "
    "different things somebody is asked."
)


class CarryingPage(TitledPage):
    """Three cards: this laptop's address, taking people to another one, bringing people from one."""

    page_title = "To and from another laptop"
    widest = WIDEST

    def __init__(self, desk: Desk, person_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(desk, lead=LEAD, parent=parent)
        self._taking = TakingCard(desk, person_id)
        self._bringing = BringingCard(desk)
        for card in (self._taking, self._bringing, AddressCard(desk)):
            self.column.addWidget(card)
        self.column.addStretch(1)

    @classmethod
    def for_place(cls, desk: Desk, place: Place) -> CarryingPage:
        """The page as the window makes it."""
        return cls(desk, place.person_id)

    def leave(self) -> None:
        """Leave no half file, and put away who is in a file that was looked into."""
        self._taking.give_up()
        self._bringing.forget()
