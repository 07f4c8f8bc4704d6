"""Our service: the way to everything that is about the service as a whole."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.places import Place
from eolc_desktop.views.titled_page import TitledPage
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

WAYS = (
    ("What happened", (
        ("What it adds up to", "measures", "", "Where people died, what was kept and what was not."),
        ("Promises kept", "promises", "", "The six commitments and the seven questions: the team’s word and theirs."),
        ("What the bereaved tell us", "experience", "", "Your own form, with its answers counted."),
        ("Voices and carers", "across", "", "Concerns, disagreements, carers, children at home, and the bereaved."),
    )),
    ("Our area", (
        ("Services near here", "entries", "services", "Who offers what, for whom, where, when, and how to refer."),
        ("Areas and deprivation", "entries", "areas", "The postcodes you serve, for figures by deprivation."),
    )),
    ("Looking at ourselves", (
        ("The service looking at itself", "review", "", "Ambitions, foundations, questions and risks on one page."),
        ("Six ambitions", "entries", "ambitions", "How far the service has come with each."),
        ("Eight foundations", "entries", "foundations", "What the ambitions rest on."),
        ("Seven questions for the system", "entries", "system_questions", "The compact, asked of ourselves."),
        ("Risks", "entries", "risks", "What could go wrong, how much it would matter, what is done."),
    )),
    ("Data out", (
        ("Data out", "data_out", "", "The plans as CSV, JSON or FHIR; and extracts without names."),
    )),
)  # fmt: skip
"""The headings, and under each: the words of its ways, the kind of page, its document, and what is found there."""
BESIDE_A_LINK = 8
"""Pixels by which the words of a link stand in from its edge."""
LETTERS_FOR_TWO = 110
"""A narrower page has one column."""


class HubPage(TitledPage):
    """The ways, under headings."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(desk, "Our service", parent=parent)
        self.back.hide()
        self._buttons: list[QPushButton] = []
        self._row = row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(16)
        for cards in (WAYS[:2], WAYS[2:]):
            column = QVBoxLayout()
            column.setSpacing(16)
            for heading, ways in cards:
                column.addWidget(self._card(heading, ways))
            column.addStretch(1)
            row.addLayout(column, 1)
        self.column.addLayout(row)
        self.column.addStretch(1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """One column where two have no room."""
        super().resizeEvent(event)
        is_narrow = self.width() < self.fontMetrics().averageCharWidth() * LETTERS_FOR_TWO
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != way:
            self._row.setDirection(way)

    @classmethod
    def for_place(cls, desk: Desk, _place: Place) -> HubPage:
        """The page for a place."""
        return cls(desk)

    def focus_first(self) -> None:
        """Give the keyboard to the first way."""
        self._buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _card(self, heading: str, ways: tuple[tuple[str, str, str, str], ...]) -> QWidget:
        card = QFrame()
        wear(card, Look.CARD)
        box = QVBoxLayout(card)
        box.setContentsMargins(16, 12, 16, 12)
        box.setSpacing(2)
        box.addWidget(WrappedLabel(heading, Look.HEADING))
        for words, kind, document, found in ways:
            button = QPushButton(words)
            wear(button, Look.QUIET)
            button.setProperty("place", f"{kind}:{document}")
            button.clicked.connect(self._on_way)
            self._buttons.append(button)
            box.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
            about = WrappedLabel(found, Look.SECONDARY)
            about.setContentsMargins(BESIDE_A_LINK, 0, 0, 6)
            box.addWidget(about)
        box.addStretch(1)
        return card

    @Slot()
    def _on_way(self) -> None:
        kind, _, document = str(self.sender().property("place")).partition(":")
        self.desk.place_wanted.emit(Place(kind, document=document))
