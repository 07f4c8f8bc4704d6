"""What the steps of a visit have in common."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.services.visits import Visit
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class Step(QWidget):
    """One step of a visit. It shows the plan, and takes what is typed on it.

    Signals:
        section_wanted: the key of a section, and the id of an entry ("" for the section itself, "new" for a new one).
        typed: something was typed on the step itself; `visit` holds it.
        finished: the visit is over.
        grown: controls were added or taken away.
    """

    heading = ""
    name = ""
    section_wanted = Signal(str, str)
    typed = Signal()
    finished = Signal()
    grown = Signal()

    def __init__(self, desk: Desk, plan: Plan, visit: Visit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.plan = plan
        self.visit = visit
        self.box = QVBoxLayout(self)
        self.box.setContentsMargins(0, 0, 0, 0)
        self.box.setSpacing(12)
        self.build()

    def build(self) -> None:
        """Make what does not change."""

    def take(self, plan: Plan) -> None:
        """Show a newer plan."""
        self.plan = plan

    def begin(self) -> bool:
        """Take the keyboard; False where there is nothing to do on the step itself."""
        return False

    # For those who make steps

    def say(self, words: str, look: Look | None = None) -> WrappedLabel:
        """Add a text."""
        label = WrappedLabel(words, look, self)
        self.box.addWidget(label)
        return label

    def card(self) -> tuple[QFrame, QVBoxLayout]:
        """A card, not added yet, and its layout."""
        frame = QFrame(self)
        wear(frame, Look.CARD)
        box = QVBoxLayout(frame)
        box.setContentsMargins(12, 8, 12, 8)
        box.setSpacing(4)
        return frame, box

    def way(self, words: str, spoken: str, section: str, entry: str = "", parent: QWidget | None = None) -> QPushButton:
        """A link that leads to a section, or to one of its entries."""
        button = QPushButton(words.replace("&", "&&"), parent or self)
        button.setAccessibleName(spoken)
        wear(button, Look.QUIET)
        button.setProperty("place", (section, entry))
        button.clicked.connect(self._on_way)
        return button

    def note(self, key: str, words: str) -> None:
        """Keep something that was typed on the step itself, in the visit."""
        self.visit = replace(self.visit, typed={**self.visit.typed, key: words})
        self.typed.emit()

    def _on_way(self) -> None:
        section, entry = self.sender().property("place")
        self.section_wanted.emit(section, entry)


def focus(widget: QWidget | None) -> bool:
    """Give the keyboard to a widget; False where there is none."""
    if widget is None:
        return False
    widget.setFocus(Qt.FocusReason.ShortcutFocusReason)
    return True
