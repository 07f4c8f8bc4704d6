"""Another laptop: people taken there on a stick, and brought from there, where there is no network to share over."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look
from eolc_desktop.views.carrying.bringing_card import BringingCard
from eolc_desktop.views.carrying.taking_card import AddressCard, TakingCard
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.places import Place
from eolc_desktop.views.widgets.scrolling import scrolling
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

WIDEST = 900


class CarryingPage(QWidget):
    """Three cards: this laptop's address, taking people to another one, bringing people from one.

    Signals:
        closed: go back.
    """

    closed = Signal()
    page_title = "Another laptop"

    def __init__(self, desk: Desk, person_id: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._back = QPushButton("Back")
        self._back.clicked.connect(self.closed)
        self._taking = TakingCard(desk, person_id)
        self._bringing = BringingCard(desk)
        inside = QWidget()
        inside.setMaximumWidth(WIDEST)
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(12)
        column.addWidget(WrappedLabel("To and from another laptop", Look.TITLE))
        column.addWidget(
            WrappedLabel(
                "For when there is no network: people travel in an encrypted file on a stick, which only the laptop it "
                "is made for can open. There they are merged as by the shared record: nothing is written over, and "
                "where two people recorded different things somebody is asked.",
                Look.SECONDARY,
            )
        )
        row = FlowLayout(across=8)
        row.addWidget(self._back)
        column.addLayout(row)
        for card in (self._taking, self._bringing, AddressCard(desk)):
            column.addWidget(card)
        column.addStretch(1)
        scroll = scrolling(inside)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scroll)

    @classmethod
    def for_place(cls, desk: Desk, place: Place) -> CarryingPage:
        """The page as the window makes it."""
        return cls(desk, place.person_id)

    def focus_first(self) -> None:
        """Give the keyboard to the way back."""
        self._back.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Leave no half file, and put away who is in a file that was looked into."""
        self._taking.give_up()
        self._bringing.forget()
