"""From the first key typed on a form to what is saved: drafts, second looks, undo, and histories on request."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal, Slot

from eolc_desktop.care_plan.dates import time_words
from eolc_desktop.care_plan.plan import Change, Edit, EntryState, Plan, Source
from eolc_desktop.desktop.after_paint import AfterPaint
from eolc_desktop.errors import UserError
from eolc_desktop.record.drafts import Draft
from eolc_desktop.services import plans
from eolc_desktop.services.plans import SaveResult
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.editor import Surroundings
from eolc_desktop.views.forms.section_form import SectionForm
from eolc_desktop.views.person.confirming import Confirming
from eolc_desktop.views.person.draft_keeping import DraftKeeping
from eolc_desktop.views.person.draft_offer import DraftOffer, Place, Typed
from eolc_desktop.views.person.entry_page import EntryPage
from eolc_desktop.views.person.interruption import GraveChange
from eolc_desktop.views.person.places import Places
from eolc_desktop.views.person.recording import Recording
from eolc_desktop.views.person.save_bar import SaveBar

NOT_SAVED = "Not saved yet."


class Writing(QObject):
    """Joins the forms of one person with the bar that saves and the store that keeps.

    Signals:
        recorded: a newer `Plan`, and the `EntryPage` whose save it comes from, or None.
        reread_wanted: the plan may have changed; read it again.
        notes_changed: which sections are being written has changed.
    """

    recorded = Signal(object, object)
    reread_wanted = Signal()
    notes_changed = Signal()

    def __init__(self, desk: Desk, person_id: str, bar: SaveBar, places: Places, parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._person_id = person_id
        self._bar = bar
        self._places = places
        self._plan: Plan | None = None
        self._drafts: dict[str, Draft] = {}
        self._offers: dict[str, DraftOffer] = {}
        self._pending: tuple[EntryPage, Sequence[Edit]] | None = None
        self._aside: tuple[Place, Typed] | None = None
        self._refused: EntryPage | None = None
        self._recording = Recording(desk, person_id, bar, self)
        self._confirming = Confirming(bar, places, self._recording, self)
        self._keeping = DraftKeeping(desk, person_id, bar, self)
        places.entry_opened.connect(self._on_entry_opened)
        places.agreed.connect(self._on_agreed)
        places.refused.connect(self._on_refused)
        bar.save_wanted.connect(self.save)
        bar.undo_wanted.connect(self.undo)
        bar.put_aside_wanted.connect(self._on_put_aside)
        bar.told_changed.connect(self._on_told)
        self._confirming.back_wanted.connect(self._resume)
        self._recording.saved.connect(self._on_saved)
        self._recording.interrupted.connect(self._on_interrupted)
        self._recording.changed_elsewhere.connect(self._on_changed_elsewhere)
        self._keeping.kept.connect(self._on_kept)
        self._keeping.failed.connect(self._on_not_kept)

    # What the page tells

    def take(self, plan: Plan) -> None:
        """Work on this plan from now on."""
        self._plan = plan
        self._confirming.take(plan)
        if self._refused is not None:
            page, self._refused = self._refused, None
            page.form.show_problems(page.form.problems(self._bar.told))

    def offer(self, drafts: Sequence[Draft]) -> None:
        """Offer what was being written when this person was last left: at a glance, and where it belongs."""
        if self._plan is None:
            return
        for draft in drafts:
            self._drafts[draft.place] = draft
            self._keeping.know(draft.place)
            offer = DraftOffer(draft, self._plan, self._desk.now())
            offer.continued.connect(self.go_on_with)
            offer.put_aside.connect(self._on_draft_put_aside)
            self._offers[draft.place] = offer
            self._places.glance.put_above(offer)

    @property
    def first_offer(self) -> DraftOffer | None:
        """The draft to go on with first, if any waits."""
        return next(iter(self._offers.values()), None)

    def show_state(self) -> None:
        """Let the bar speak of the form in view."""
        page = self._places.entry_page
        if page is not None and page.form.is_changed():
            self._bar.show_writing(NOT_SAVED)
        elif not self._bar.can_undo:
            self._bar.show_idle()

    def leave(self) -> None:
        """Keep what waits, now."""
        self._keeping.flush()

    # What the user asks for

    def save(self) -> None:
        """Save the form in view."""
        page = self._places.entry_page
        if page is not None and self._plan is not None and not self._recording.busy and self._pending is None:
            self._keeping.flush()
            self._recording.save(page, self._plan)

    def undo(self) -> None:
        """Take back what was done last, while that is offered."""
        if not self._bar.can_undo:
            return
        if self._aside is not None:
            (place, typed), self._aside = self._aside, None
            self._bar.show_idle()
            self._resume(place, typed)
        else:
            self._recording.undo()

    def confirm_item(self) -> None:
        """Say that the item with the keyboard still holds."""
        page = self._places.entry_page
        if page is not None and (key := page.form.row_with_keyboard()):
            self._confirming.confirm_page(page, (key,))

    def go_on_with(self, draft: Draft) -> None:
        """Put a draft back where it belongs. It is not in the plan until it is saved."""
        self._forget_offer(draft.place)
        self._resume(Place.of(draft.place), Typed.of(draft.values))

    # Forms

    def _on_entry_opened(self, page: EntryPage) -> None:
        page.edited.connect(self._on_edited)
        page.state_wanted.connect(self._on_state_wanted)
        page.confirm_wanted.connect(self._on_confirm_wanted)
        page.history_wanted.connect(self._on_item_history)
        page.item_state_wanted.connect(self._on_item_state)
        page.draft_continued.connect(self.go_on_with)
        page.draft_put_aside.connect(self._on_draft_put_aside)
        draft = self._drafts.get(page.place.words)
        if draft is not None and self._plan is not None:
            page.offer(draft, Surroundings(self._plan, self._desk.now()))
        self._read_earlier_words(page)

    def _read_earlier_words(self, page: EntryPage) -> None:
        if page.form.holds_statements:
            asked = _EarlierWords(page.form, self._desk, (self._person_id, page.place.section, page.entry_id))
            painted = AfterPaint(asked)  # not before: the store's thread would hold the paint up
            painted.due.connect(asked.ask)
            painted.begin()

    def _on_edited(self) -> None:
        page = self.sender()
        if isinstance(page, EntryPage) and self._plan is not None:
            self._keeping.note(page, self._plan.version)
            self._bar.show_problem("")
            if page.form.is_changed():
                self._bar.show_writing(NOT_SAVED)
            else:
                self._bar.show_idle()
            self.notes_changed.emit()

    def _on_told(self) -> None:
        page = self._places.entry_page
        if page is not None and page.form.is_changed() and self._plan is not None:
            self._keeping.note(page, self._plan.version)

    def _on_confirm_wanted(self, keys: tuple[str, ...]) -> None:
        page = self.sender()
        if isinstance(page, EntryPage):
            self._confirming.confirm_page(page, keys)

    def _on_state_wanted(self, state: EntryState, reason: str) -> None:
        page = self.sender()
        if isinstance(page, EntryPage) and self._plan is not None:
            self._recording.set_state(page, self._plan, state, reason)

    def _on_item_state(self, key: str, state: EntryState, reason: str) -> None:
        page = self.sender()
        if isinstance(page, EntryPage) and self._plan is not None:
            self._recording.take_back(page, self._plan, key, state, reason)

    def _on_item_history(self, key: str) -> None:
        page = self.sender()
        if isinstance(page, EntryPage):
            asked = _HistoryOfItem(page.form, key)
            place = (page.place.section, page.entry_id, key)
            self._desk.run("read the history of an item", plans.history_of, self._person_id, *place, done=asked.tell)

    # How it went

    def _on_saved(self, result: SaveResult, page: EntryPage | None) -> None:
        if page is not None:
            self._keeping.settle(page)
            self._drafts.pop(page.place.words, None)
            self._forget_offer(page.place.words)
        self._aside = None
        self._confirming.know(result.saved.touched)
        in_bar = self._bar.has_keyboard()
        self.recorded.emit(result.plan, page)
        if page is not None:
            page.form.show_doubts()
            self._read_earlier_words(page)
        self.show_state()
        if in_bar:
            self._back_to_the_form()
        self.notes_changed.emit()

    def _back_to_the_form(self) -> None:
        # The button that was pressed goes away: the keyboard goes back to where it was needed, not to wherever is next.
        page = self._places.entry_page
        if page is not None:
            page.form.go_on()
        else:
            self._places.begin()

    def _on_interrupted(self, page: EntryPage, edits: Sequence[Edit], change: GraveChange) -> None:
        if self._plan is not None:
            self._pending = (page, edits)
            self._bar.hide()
            self._places.interrupt(self._plan, edits, change, self._bar.told)

    def _on_agreed(self) -> None:
        self._end_interruption(agreed=True)

    def _on_refused(self) -> None:
        self._end_interruption(agreed=False)

    def end_interruption(self) -> None:
        """The user went elsewhere instead of answering: nothing is saved, and nothing typed is lost."""
        self._pending = None
        self._bar.show()

    def _end_interruption(self, *, agreed: bool) -> None:
        pending, self._pending = self._pending, None
        self._bar.show()
        self._places.resume()
        if pending is None:
            return
        page, edits = pending
        page.form.begin_at(edits[0].field)
        if agreed:
            self._recording.write(page, edits)

    def _on_changed_elsewhere(self, page: EntryPage | None) -> None:
        self._refused = page
        self.reread_wanted.emit()

    def _on_kept(self) -> None:
        page = self._places.entry_page
        if page is not None and page.form.is_changed():
            self._bar.show_writing(f"{NOT_SAVED} A draft is kept on this computer, {time_words(self._desk.now())}.")

    def _on_not_kept(self, error: UserError) -> None:
        self._bar.show_problem(f"What you are typing could not be kept as a draft. {error}")

    # Drafts

    def _on_put_aside(self) -> None:
        page = self._places.entry_page
        if page is None or self._plan is None:
            return
        self._aside = (page.place, page.typed(self._bar.told))
        page.form.put_aside()
        self._keeping.settle(page)
        self._keeping.forget(page.place.words)
        self._bar.show_idle()
        self._bar.show_done("Put aside. Nothing in the plan was changed.", undo=True)
        self._back_to_the_form()
        self.notes_changed.emit()

    def _on_draft_put_aside(self, draft: Draft) -> None:
        self._forget_offer(draft.place)
        self._keeping.forget(draft.place)
        self._aside = (Place.of(draft.place), Typed.of(draft.values))
        page = self._places.entry_page
        if page is not None and page.place.words == draft.place:
            page.settle_offer()
            page.begin()
        self._bar.show_done("Put aside. Nothing in the plan was changed.", undo=True)

    def _resume(self, place: Place, typed: Typed) -> None:
        if self._plan is None:
            return
        around = Surroundings(self._plan, self._desk.now())
        page = self._places.open_entry(place, self._plan, around)
        page.resume(typed)
        if typed.told.source is not Source.NOT_STATED:
            self._bar.set_told(typed.told)
        self._keeping.note(page, self._plan.version)
        self.show_state()
        self.notes_changed.emit()
        keys = list(typed.values)
        if keys:
            page.form.begin_at(keys[-1])

    def _forget_offer(self, place: str) -> None:
        self._drafts.pop(place, None)
        if (offer := self._offers.pop(place, None)) is not None:
            offer.hide()
            offer.deleteLater()
        for page in self._places.entry_pages():
            if page.place.words == place:
                page.settle_offer()


class _HistoryOfItem(QObject):
    """Waits for the history of one item of a form; it goes with the form."""

    def __init__(self, form: SectionForm, key: str) -> None:
        super().__init__(form)
        self._form = form
        self._key = key

    def tell(self, changes: Sequence[Change]) -> None:
        """Show what came."""
        self._form.show_history(self._key, changes)
        self.deleteLater()


class _EarlierWords(QObject):
    """Waits for what was said before in the entry of a form; it goes with the form."""

    def __init__(self, form: SectionForm, desk: Desk, place: tuple[str, str, str]) -> None:
        super().__init__(form)
        self._form = form
        self._desk = desk
        self._place = place

    @Slot()
    def ask(self) -> None:
        """Ask the store."""
        self._desk.run("read earlier words", plans.history_of, *self._place, done=self.tell)

    def tell(self, changes: Sequence[Change]) -> None:
        """Show what came."""
        self._form.show_earlier(changes)
        self.deleteLater()
