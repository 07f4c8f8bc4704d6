"""One entry of a section on a page of its own: its form, what belongs to it, and whether it stands."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout, QWidget

from eolc_desktop.care_plan.fields import MAIN, Section
from eolc_desktop.care_plan.plan import Edit, Entry, EntryState, Plan, Told
from eolc_desktop.care_plan.promises import COMMITMENTS
from eolc_desktop.care_plan.words import entry_title
from eolc_desktop.desktop.looks import Look
from eolc_desktop.record.drafts import Draft
from eolc_desktop.record.rows import new_id
from eolc_desktop.services.confirming import confirmations
from eolc_desktop.views.forms.editor import Surroundings
from eolc_desktop.views.forms.section_form import SectionForm, entry_of
from eolc_desktop.views.forms.showing import set_shown
from eolc_desktop.views.forms.state_panel import StatePanel
from eolc_desktop.views.person.draft_offer import DraftOffer, Place, Typed
from eolc_desktop.views.person.entry_list import EntryList
from eolc_desktop.views.person.reading_column import ReadingColumn
from eolc_desktop.views.person.scroll_page import ScrollPage
from eolc_desktop.views.person.section_head import head_of
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


def described_for(section: Section, parent_entry: str) -> Section:
    """The section as it is offered within an entry: evidence for a commitment offers the kinds that belong to it."""
    if section.key != "commitment_evidence":
        return section
    belonging = {option.key for c in COMMITMENTS if c.id == parent_entry for option in c.evidence}
    if not belonging:
        return section
    fields = []
    for field in section.fields:
        if field.key == "code":
            options = tuple(replace(o, retired=o.retired or o.key not in belonging) for o in field.options)
            fields.append(replace(field, options=options))
        else:
            fields.append(field)
    return replace(section, fields=tuple(fields))


class EntryPage(ScrollPage):
    """The form of one entry.

    Signals:
        edited: something was typed.
        grown: controls were added.
        back_wanted: to the list it came from.
        child_wanted: a `Place` that belongs to this entry.
        state_wanted: an `EntryState` and the reason.
        confirm_wanted: the keys of items that hold still.
        history_wanted: the key of an item.
        item_state_wanted: the key of an item that no longer stands, an `EntryState` and the reason.
        place_wanted: the key of a section that a button leads to.
        draft_continued, draft_put_aside: what was decided about the draft that waits here.
    """

    edited = Signal()
    grown = Signal()
    back_wanted = Signal()
    child_wanted = Signal(object)
    child_confirm_wanted = Signal(str, str)
    state_wanted = Signal(object, str)
    confirm_wanted = Signal(object)
    history_wanted = Signal(str)
    item_state_wanted = Signal(str, object, str)
    place_wanted = Signal(str)
    draft_continued = Signal(object)
    draft_put_aside = Signal(object)

    def __init__(
        self, plan: Plan, around: Surroundings, place: Place, came_from: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.place = place
        self.entry_id = place.entry or new_id()
        self.section = described_for(plan.catalogue[place.section], place.parent)
        self._column = ReadingColumn(self.viewport())
        self._box = self._column.box
        self.setWidget(self._column)
        inside = self._column.box.parentWidget()
        self._strip = self._column.add_strip(self.section)
        self._offer: DraftOffer | None = None
        self._lists: list[EntryList] = []
        self._plan = plan
        if came_from:
            self._back = QPushButton(f"‹ Back to {came_from}", inside)
            self._back.setAccessibleName(f"Back to {came_from}")
            self._back.clicked.connect(self.back_wanted)
            self._column.add_links(self._back)
        self._title = WrappedLabel(look=Look.TITLE, parent=inside)
        self._box.addWidget(self._title)
        self._intro = WrappedLabel(look=Look.SECONDARY, parent=inside)
        self._box.addWidget(self._intro)
        self._head = head_of(place.section, inside) if not self.section.repeats else None
        if self._head is not None:
            self._head.place_wanted.connect(self.place_wanted)
            self._box.addWidget(self._head)
        self._state_words = WrappedLabel(look=Look.FIELD_LABEL, parent=inside)
        self._box.addWidget(self._state_words)
        self._still = QPushButton("Everything here is still so", inside)
        self._still.clicked.connect(self._on_confirm_all)
        self._column.add_links(self._still)
        self.form = SectionForm(self.section, around, self._entry(), parent=inside)
        self.form.edited.connect(self.edited)
        self.form.grown.connect(self.grown)
        self.form.confirm_wanted.connect(self._on_confirm_item)
        self.form.history_wanted.connect(self.history_wanted)
        self.form.state_wanted.connect(self.item_state_wanted)
        self._box.addWidget(self.form)
        self._add_children(plan, inside)
        self._states: StatePanel | None = None
        if self.section.repeats:
            self._states = StatePanel(inside)
            self._states.chosen.connect(self.state_wanted)
            self._box.addWidget(self._states)
        self._box.addStretch()
        self._show_entry()

    # What was typed

    @property
    def is_new(self) -> bool:
        """Whether nothing of this entry is recorded yet."""
        return self._entry() is None

    @property
    def is_growing(self) -> bool:
        """Whether rows, or entries that belong to this one, are still being made."""
        return self.form.is_growing or any(child.is_growing for child in self._lists)

    def edits(self, told: Told) -> list[Edit]:
        """What is to be recorded."""
        entry = self._entry()
        return self.form.edits(self.entry_id, told, self.place.parent or (entry.parent if entry else ""))

    def confirmations(self, told: Told, keys: tuple[str, ...] = ()) -> list[Edit]:
        """That items hold still: the named ones, or every recorded one that is not being changed."""
        entry = self._entry()
        if entry is None:
            return []
        changed = self.form.changed_values()
        return [edit for edit in confirmations(self._plan, entry, told, keys) if edit.field not in changed]

    def typed(self, told: Told) -> Typed:
        """What a draft keeps."""
        return Typed(self.form.draft(), self.form.bases(), told)

    def take(self, plan: Plan, around: Surroundings, *, own: bool = False) -> None:
        """Take a newer plan; what is being typed stays."""
        self._plan = plan
        if own and not self.place.entry and not self.is_new:
            self.place = replace(self.place, entry=self.entry_id)
        focused = self.form.row_with_keyboard()
        self.form.take(self._entry(), around, own=own)
        if focused and not self.form.row_with_keyboard():
            self.form.rows[focused].begin()
        for child in self._lists:
            child.show_plan(plan)
        self._show_entry()
        self.grown.emit()

    # The draft that waits

    def offer(self, draft: Draft, around: Surroundings) -> None:
        """Offer a draft. Until it is gone on with or put aside nothing is typed here, so that neither is lost."""
        self._offer = DraftOffer(draft, self._plan, around.now)
        self._offer.continued.connect(self.draft_continued)
        self._offer.put_aside.connect(self.draft_put_aside)
        self._box.insertWidget(self._box.indexOf(self.form), self._offer)
        self.form.setEnabled(False)

    def settle_offer(self) -> None:
        """The draft was decided about."""
        if self._offer is not None:
            self._offer.hide()
            self._offer.deleteLater()
            self._offer = None
        self._show_entry()

    def resume(self, typed: Typed) -> None:
        """Put a draft into the form."""
        self.settle_offer()
        self.form.resume(typed.values, typed.bases)
        self.grown.emit()

    # The keyboard

    def begin(self) -> None:
        """Take the keyboard: the draft that waits, else the first item."""
        if self._offer is not None:
            self._offer.begin()
        else:
            self.form.begin()

    # Building

    def _entry(self) -> Entry | None:
        return entry_of(self._plan, self.place.section, self.entry_id)

    def _add_children(self, plan: Plan, inside: QWidget | None) -> None:
        for child in plan.catalogue.children_of(self.section.key):
            frame = QFrame(inside)
            box = QVBoxLayout(frame)
            box.setContentsMargins(0, 12, 0, 0)
            box.addWidget(WrappedLabel(child.title, Look.HEADING, frame))
            if child.intro:
                box.addWidget(WrappedLabel(child.intro, Look.SECONDARY, frame))
            entries = EntryList(child, self.entry_id, frame)
            entries.entry_wanted.connect(self._on_child_wanted)
            entries.confirm_wanted.connect(self._on_child_confirm)
            entries.grown.connect(self.grown)
            entries.show_plan(plan)
            box.addWidget(entries)
            self._lists.append(entries)
            self._box.addWidget(frame)

    def _show_entry(self) -> None:
        entry = self._entry()
        if self._strip is not None:
            self._strip.show_plan(self._plan)
        fixed = self.section.fixed(self.entry_id)
        if self.entry_id == MAIN:
            title, intro = self.section.title, self.section.intro
        elif fixed:
            title, intro = f"{fixed.id}. {fixed.title}", f"“{fixed.wording}”"
        elif entry is None:
            title, intro = f"New {self.section.entry_name}" if self.section.entry_name else "New", ""
        else:
            title, intro = entry_title(self.section, entry.id, entry.values, links=self._plan.links), ""
        self._title.setText(title)
        self._intro.setText(intro)
        if self._head is not None:
            self._head.show_plan(self._plan)
        set_shown(self._intro, bool(intro))
        state = entry.state if entry else EntryState.CURRENT
        reason = f". {entry.reason}" if entry and entry.reason else ""
        self._state_words.setText("" if state is EntryState.CURRENT else f"{state.words}{reason}")
        set_shown(self._state_words, state is not EntryState.CURRENT)
        set_shown(self._still, entry is not None and bool(entry.items) and state is EntryState.CURRENT)
        self._still.setAccessibleName(f"Everything here is still so: {title}")
        if self._states is not None:
            set_shown(self._states, entry is not None)
            self._states.show_state(state)
        # What no longer stands is read, not changed: it has to stand again first.
        self.form.setEnabled(state is EntryState.CURRENT and self._offer is None)

    def _on_confirm_item(self, key: str) -> None:
        self.confirm_wanted.emit((key,))

    def _on_confirm_all(self) -> None:
        self.confirm_wanted.emit(())

    def _on_child_wanted(self, entry_id: str) -> None:
        child = self.sender()
        if isinstance(child, EntryList):
            self.child_wanted.emit(Place(child.section.key, entry_id, self.entry_id))

    def _on_child_confirm(self, entry_id: str) -> None:
        child = self.sender()
        if isinstance(child, EntryList):
            self.child_confirm_wanted.emit(child.section.key, entry_id)
