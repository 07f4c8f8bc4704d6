"""The page between a few grave changes and their saving: what stands now, what will stand, and a way back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.plan import Edit, Plan, Told
from eolc_desktop.care_plan.words import display
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.views.forms.envelope_words import envelope_words, told_words
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.forms.showing import set_shown
from eolc_desktop.views.person.banner_words import spoken_identity
from eolc_desktop.views.person.scroll_page import ScrollPage
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

WITHDRAWN = ("withdrawn", "declined")


@dataclass(frozen=True, slots=True)
class GraveChange:
    """A change that is checked before it is saved: its title, what it means here, and the words of its button."""

    title: str
    means: str
    button: str
    field: str
    section: str


def grave_change(plan: Plan, edits: Sequence[Edit]) -> GraveChange | None:
    """The first of these edits that calls for a second look: a CPR decision, consent that ends, a death."""
    for edit in edits:
        match edit.section, edit.field:
            case "cpr", "decision":
                return GraveChange(
                    "You are about to record a CPR decision"
                    if plan.item("cpr", "decision") is None
                    else "You are about to change the CPR decision",
                    "It will be the first line that everyone sees who opens this plan. The signed form stays the "
                    "document that counts. Copies already printed do not change.",
                    "Save this decision",
                    "decision",
                    "cpr",
                )
            case "consent", ("to_share" | "to_record") if edit.value in WITHDRAWN:
                return GraveChange(
                    "You are about to record that consent is not given",
                    "Nothing will be deleted. Copies that others already have must be called back by someone.",
                    "Save this about consent",
                    edit.field,
                    "consent",
                )
            case "death", "died_on" if edit.value is not None:
                return GraveChange(
                    "You are about to record a death",
                    "The banner will say so wherever this plan is opened, and nothing will be asked for any more. "
                    "The plan stays as it is and can be read.",
                    "Record the death",
                    "died_on",
                    "death",
                )
    return None


class Interruption(ScrollPage):
    """Shows what stands now and what will stand, for whom, and on whose word.

    Signals:
        agreed: save it.
        refused: go back; nothing of what was typed is lost.
    """

    agreed = Signal()
    refused = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inside = QWidget()
        box = QVBoxLayout(inside)
        box.setContentsMargins(24, 24, 24, 24)
        box.setSpacing(16)
        self._title = WrappedLabel(look=Look.TITLE)
        self._who = WrappedLabel(look=Look.KEY_LINE)
        block = QFrame()
        wear(block, Look.WARNING)
        inner = QVBoxLayout(block)
        inner.setSpacing(8)
        self._now, self._then, self._told = WrappedLabel(), WrappedLabel(look=Look.KEY_LINE), WrappedLabel()
        self._left = WrappedLabel()
        for label in (self._now, self._then, self._told, self._left):
            inner.addWidget(label)
        self._means = WrappedLabel()
        buttons = QWidget()
        flow = FlowLayout(buttons, across=12)
        self._back = QPushButton("Go back")
        self._save = QPushButton()
        wear(self._save, Look.PRIMARY)
        flow.addWidget(self._back)
        flow.addWidget(self._save)
        for widget in (self._title, self._who, block, self._means, buttons):
            box.addWidget(widget)
        box.addStretch()
        self.setWidget(inside)
        self._back.clicked.connect(self.refused)
        self._save.clicked.connect(self.agreed)

    def show_change(self, plan: Plan, edits: Sequence[Edit], change: GraveChange, told: Told) -> None:
        """Show one change and take the keyboard, on the way back."""
        edit = next(e for e in edits if (e.section, e.field) == (change.section, change.field))
        field = plan.catalogue[change.section][change.field]
        item = plan.item(change.section, change.field)
        before = display(field, item.value if item else None)
        self._title.setText(change.title)
        self._who.setText(f"For {spoken_identity(plan)}")
        self._now.setText(f"Now: {before}." + (f" {envelope_words(item)}" if item else ""))
        self._then.setText(f"Then: {display(field, edit.value)}.")
        self._told.setText(told_words(told) or "Who told you has not been stated.")
        left = _left_as_it_was(plan, edits, change)
        self._left.setText(
            f"Still as recorded before: {left}. If that belongs to the earlier one, go back." if left else ""
        )
        set_shown(self._left, bool(left))
        self._means.setText(change.means)
        self._save.setText(change.button)
        announce(self, f"{change.title}. {self._then.text()}", is_urgent=True)

    def begin(self) -> None:
        """Take the keyboard, on the way back: nothing grave is one stray Enter away."""
        self._back.setFocus(Qt.FocusReason.ShortcutFocusReason)


def _left_as_it_was(plan: Plan, edits: Sequence[Edit], change: GraveChange) -> str:
    """What was recorded about a decision before and is not changed with it: its date, its maker, its review."""
    if change.section != "cpr":
        return ""
    changed = {edit.field for edit in edits}
    section = plan.catalogue["cpr"]
    left = [
        f"{section[key].label}: {plan.words('cpr', key)}"
        for key in ("decided_at", "decided_by_name", "decided_by_role", "review_on", "form_location")
        if key not in changed and plan.text("cpr", key)
    ]
    return "; ".join(left)
