"""The cards at the head of a section that is more than a form."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.person.head_words import HEADS, Block
from eolc_desktop.views.widgets.emptied import emptied
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class SectionHead(QWidget):
    """Shows a section as a whole, read from what is recorded in it and beside it.

    Signals:
        place_wanted: the key of a section that a button leads to.
    """

    place_wanted = Signal(str)

    def __init__(self, section: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._section = section
        self._blocks: tuple[Block, ...] | None = None
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(12)

    def show_plan(self, plan: Plan) -> None:
        """Show a plan."""
        blocks = HEADS[self._section](plan)
        if blocks == self._blocks:
            return
        self._blocks = blocks
        emptied(self._box)
        for number, block in enumerate(blocks, 1):
            self._box.addWidget(self._card(plan, block, number))
        self.setVisible(bool(blocks))

    def _card(self, plan: Plan, block: Block, number: int) -> QWidget:
        card = QFrame(self)
        wear(card, Look.CARD)
        box = QVBoxLayout(card)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(4)
        box.addWidget(WrappedLabel(block.title, Look.FIELD_LABEL, card))
        if block.key_line:
            box.addWidget(WrappedLabel(block.key_line, Look.KEY_LINE, card))
        if block.lines:
            box.addWidget(WrappedLabel("\n".join(block.lines), parent=card))
        ways = [key for key in block.ways if key in plan.catalogue and key != self._section]
        if ways:
            row = QWidget(card)
            flow = FlowLayout(row, across=8)
            for key in ways:
                title = plan.catalogue[key].title
                button = QPushButton(f"Go to: {title}".replace("&", "&&"), row)
                button.setAccessibleName(f"Go to: {title} ({number})")
                wear(button, Look.QUIET)
                button.setProperty("place", key)
                button.clicked.connect(self._on_way)
                flow.addWidget(button)
            box.addWidget(row)
        return card

    @Slot()
    def _on_way(self) -> None:
        self.place_wanted.emit(str(self.sender().property("place")))


def head_of(section: str, parent: QWidget | None = None) -> SectionHead | None:
    """The head of a section, or None where the section is only its form or list."""
    return SectionHead(section, parent) if section in HEADS else None
