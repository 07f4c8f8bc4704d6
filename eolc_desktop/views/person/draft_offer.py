"""Offers what somebody was writing and did not save: to go on with, or to put aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import moment_words, time_words, today
from eolc_desktop.care_plan.fields import MAIN, Value
from eolc_desktop.care_plan.plan import Plan, Source, Told
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.record.drafts import Draft
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

NEW = "new"
"""Stands in a draft's place for an entry that has no id yet."""
BASES, TOLD = ".bases", ".told"
"""Keys of a draft that are no fields: the changes its author was looking at, and who told them."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a draft belongs: a section, one of its entries ("" for a new one), and the entry that one belongs to."""

    section: str
    entry: str = MAIN
    parent: str = ""

    @property
    def words(self) -> str:
        """The place as the draft keeps it: "cpr/main"."""
        return "/".join(part for part in (self.section, self.entry or NEW, self.parent) if part)

    @staticmethod
    def of(words: str) -> Place:
        """The place that `words` wrote."""
        section, _, rest = words.partition("/")
        entry, _, parent = rest.partition("/")
        return Place(section, "" if entry == NEW else entry or MAIN, parent)


@dataclass(frozen=True, slots=True)
class Typed:
    """What a draft keeps: what was typed by field, what its author was looking at, and who told them."""

    values: Mapping[str, Value]
    bases: Mapping[str, str]
    told: Told

    def kept(self) -> dict[str, Value]:
        """As the draft's values."""
        told = {"source": self.told.source.value, "detail": self.told.detail}
        return {**self.values, BASES: dict(self.bases), TOLD: told}

    @staticmethod
    def of(kept: Mapping[str, Value]) -> Typed:
        """What `kept` wrote."""
        bases, told = kept.get(BASES), kept.get(TOLD)
        words = told if isinstance(told, dict) else {}
        known = {source.value: source for source in Source}
        source = known.get(words.get("source", ""), Source.NOT_STATED)
        return Typed(
            {key: value for key, value in kept.items() if not key.startswith(".")},
            bases if isinstance(bases, dict) else {},
            Told(source, words.get("detail", "")),
        )


def when_kept(kept_at: datetime, now: datetime) -> str:
    """ "at 14:32" today, else "on 12-Nov-2026 14:32" """
    return f"at {time_words(kept_at)}" if today(kept_at) == today(now) else f"on {moment_words(kept_at)}"


class DraftOffer(QFrame):
    """One draft that waits.

    Signals:
        continued: the draft, to go on with.
        put_aside: the draft, not to be used.
    """

    continued = Signal(object)
    put_aside = Signal(object)

    def __init__(self, draft: Draft, plan: Plan, now: datetime, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.draft = draft
        wear(self, Look.INFORMATION)
        section = plan.catalogue[Place.of(draft.place).section]
        box = QVBoxLayout(self)
        when = when_kept(draft.kept_at, now)
        said = f"You were writing in “{section.title}” {when}. It is kept, and not yet in the plan."
        if draft.plan_version != plan.version:
            said += " The plan has changed since; where that concerns what you wrote, it will say so."
        box.addWidget(WrappedLabel(said))
        row = QWidget()
        flow = FlowLayout(row, across=12)
        self._continue = QPushButton("Continue")
        self._continue.setAccessibleName(f"Continue writing in {section.title}")
        aside = QPushButton("Put aside")
        aside.setAccessibleName(f"Put aside what was written in {section.title}")
        wear(aside, Look.QUIET)
        flow.addWidget(self._continue)
        flow.addWidget(aside)
        box.addWidget(row)
        self._continue.clicked.connect(self._on_continue)
        aside.clicked.connect(self._on_put_aside)

    def begin(self) -> None:
        """Take the keyboard."""
        self._continue.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_continue(self) -> None:
        self.continued.emit(self.draft)

    def _on_put_aside(self) -> None:
        self.put_aside.emit(self.draft)
