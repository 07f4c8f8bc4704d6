"""One card of the glance: a title that leads to its section, and a few lines of words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.forms.showing import set_shown
from eolc_desktop.views.person.glance_cards import Card
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class CardView(QFrame):
    """Shows a card.

    Signals:
        pressed: the key of the section it leads to.
        grown: controls were added or taken away.
    """

    pressed = Signal(str)
    grown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.card: Card | None = None
        wear(self, Look.CARD)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 4, 12, 8)
        box.setSpacing(2)
        self._title = QPushButton(self)
        wear(self._title, Look.QUIET)
        self._title.clicked.connect(self._on_pressed)
        box.addWidget(self._title, 0, Qt.AlignmentFlag.AlignLeft)
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(8, 0, 0, 0)
        self._lines.setSpacing(4)
        box.addLayout(self._lines)
        self._labels: list[WrappedLabel] = []
        self._all: QPushButton | None = None
        box.addStretch()
        self._foot = WrappedLabel(look=Look.META, parent=self)
        self._foot.setContentsMargins(8, 4, 0, 0)
        box.addWidget(self._foot)

    def show_card(self, card: Card) -> None:
        """Show another card, or the same with newer words."""
        if card == self.card:
            return
        self.card = card
        self._title.setText(card.title.replace("&", "&&"))
        self._fill(card.at_first)
        self._foot.setText(card.foot)
        set_shown(self._foot, bool(card.foot))

    def clear(self) -> None:
        """Show nothing: the next card may be another person's."""
        self.card = None
        self._title.setText("")
        self._foot.setText("")
        for label in self._labels:
            label.setText("")
        if self._all is not None:
            self._all.setAccessibleName("")

    def begin(self) -> None:
        """Take the keyboard."""
        self._title.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _fill(self, most: int) -> None:
        card = self.card
        if card is None:
            return
        lines = card.lines[:most]
        while len(self._labels) < len(lines):
            label = WrappedLabel(parent=self)
            self._lines.insertWidget(len(self._labels), label)
            self._labels.append(label)
        for place, label in enumerate(self._labels):
            line = lines[place] if place < len(lines) else None
            if line is not None:
                wear(label, Look.OWN_WORDS if line.own_words else None)
            label.setText(line.whole if line is not None else "")
            set_shown(label, line is not None)
        self._offer_all(len(card.lines), most)

    def _offer_all(self, lines: int, most: int) -> None:
        if lines > most and self._all is None:
            self._all = QPushButton(self)
            wear(self._all, Look.QUIET)
            self._all.clicked.connect(self._on_all)
            self._lines.addWidget(self._all, 0, Qt.AlignmentFlag.AlignLeft)
        if self._all is not None:
            self._all.setText(f"Show all {lines}")
            self._all.setAccessibleName(f"Show all {lines}: {self._title.text()}")
            set_shown(self._all, lines > most)

    def _on_all(self) -> None:
        if self.card is not None:
            self._fill(len(self.card.lines))
            self._title.setFocus(Qt.FocusReason.OtherFocusReason)
            self.grown.emit()

    def _on_pressed(self) -> None:
        if self.card is not None:
            self.pressed.emit(self.card.section)
