"""One person's Fast Track on a card: how the clock stands, what comes next, and the way there."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import today
from eolc_desktop.care_plan.fast_track_clock import headline, lines
from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.services.fast_track import Running, needs_letter
from eolc_desktop.services.roles import Right, may
from eolc_desktop.views import person_words
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.group import Group
from eolc_desktop.views.forms.showing import set_shown
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class TrackCard(QFrame):
    """Shows one person's Fast Track, and shows it anew where it stands when the hours have run on."""

    def __init__(self, desk: Desk, one: Running, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._person_id = one.row.id
        wear(self, Look.CARD)
        self._group = Group("")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 12, 16, 12)
        outer.addWidget(self._group)
        column = QVBoxLayout(self._group)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self._who = WrappedLabel("", Look.KEY_LINE)
        self._says = WrappedLabel("")
        self._open, self._pack, self._letter = (
            QPushButton(words) for words in ("Open and record", "Evidence pack…", "Letter to escalate…")
        )
        self._open.clicked.connect(self._on_open)
        self._pack.clicked.connect(self._on_pack)
        self._letter.clicked.connect(self._on_letter)
        buttons = FlowLayout(across=8)
        for button in (self._open, self._pack, self._letter):
            buttons.addWidget(button)
        for label in (self._who, self._says):
            column.addWidget(label)
        column.addLayout(buttons)
        self.show_track(one)

    def show_track(self, one: Running) -> None:
        """Show how it stands now."""
        name = person_words.name_words(one.row)
        self._group.setAccessibleName(f"Fast Track of {name}")
        self._who.setText(person_words.identity_line(one.row, today(self._desk.now())))
        self._says.setText("\n".join((headline(one.clock), *lines(one.clock))))
        self._open.setAccessibleName(f"Open the Fast Track of {name}")
        self._pack.setAccessibleName(f"Evidence pack: {name}")
        self._letter.setAccessibleName(f"Letter to escalate: {name}")
        may_print = may(self._desk.session, Right.PRINT)
        set_shown(self._pack, may_print)
        set_shown(self._letter, may_print and needs_letter(one))

    @Slot()
    def _on_open(self) -> None:
        self._desk.entry_wanted.emit(self._person_id, f"fast_track/{MAIN}")

    @Slot()
    def _on_pack(self) -> None:
        self._desk.print_wanted.emit(self._person_id, "fast-track")

    @Slot()
    def _on_letter(self) -> None:
        self._desk.print_wanted.emit(self._person_id, "fast-track-letter")
