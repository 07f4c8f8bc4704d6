"""Takes "still so": at once for what the user has read, and only after asking for what changed since they read it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QObject, Signal, Slot

from eolc_desktop.care_plan.fields import Authorship, is_empty
from eolc_desktop.care_plan.own_words import holds_statements
from eolc_desktop.care_plan.plan import Edit, Plan
from eolc_desktop.services.confirming import confirmations
from eolc_desktop.views.person.draft_offer import Typed
from eolc_desktop.views.person.entry_page import EntryPage
from eolc_desktop.views.person.places import Places
from eolc_desktop.views.person.recording import Recording
from eolc_desktop.views.person.save_bar import SaveBar
from eolc_desktop.views.person.since_read import SinceRead, since_read
from eolc_desktop.views.person.stands_now import StandsNow

ItemAt = tuple[str, str, str]
"""Section, entry and field; "" for the entry as a whole."""


@dataclass(frozen=True, slots=True)
class _Wish:
    """What is said to hold still: all of an entry, some fields of it, or (entry "") every entry of a section."""

    section: str
    entry: str
    keys: tuple[str, ...] = ()
    page: EntryPage | None = None

    def covers(self, place: ItemAt) -> bool:
        """Whether this speaks of an item, or of an entry as a whole."""
        section, entry, field = place
        return section == self.section and self.entry in ("", entry) and (not self.keys or field in (*self.keys, ""))


class Confirming(QObject):
    """Knows what the user has read on the page in view, whatever changes beneath it meanwhile.

    Someone else on this laptop, or the shared record, may change an item while its page is open, before "Still so" is
    pressed or after: nobody confirms what they have not read (decision 4). What stands now is said, with who recorded
    it, and asked about once more.

    Signals:
        back_wanted: a `Place` and what is to be written there again, not saved yet.
    """

    back_wanted = Signal(object, object)

    def __init__(self, bar: SaveBar, places: Places, recording: Recording, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = bar
        self._places = places
        self._recording = recording
        self._plan: Plan | None = None
        self._read: Plan | None = None
        self._known: frozenset[ItemAt] = frozenset()
        self._told: dict[ItemAt, str] = {}
        self._wish: _Wish | None = None
        self._asked: tuple[SinceRead, ...] = ()
        self._notice: StandsNow | None = None
        self._refused = False
        places.shown.connect(self._on_shown)
        places.confirm_wanted.connect(self._on_confirm_entries)
        recording.saved.connect(self._on_saved)
        recording.changed_elsewhere.connect(self._on_changed_elsewhere)

    def take(self, plan: Plan) -> None:
        """Work on a newer plan. What was refused, or is being asked about, is said as it stands now."""
        self._plan = plan
        self._read = self._read or plan
        if self._known:
            changed = since_read(self._read, plan)
            self._tell(one for one in changed if one.place in self._known)
            self._known = frozenset()
        if self._wish is not None and (self._refused or self._asked):
            self._refused = False
            if (changed := self._changed(self._wish)) and changed != self._asked:
                self._ask(self._wish, changed)

    def know(self, places: Iterable[ItemAt]) -> None:
        """The user recorded these items themselves: they know what stands there in the plan that is taken next."""
        self._known = frozenset(places)

    def confirm_page(self, page: EntryPage, keys: tuple[str, ...]) -> None:
        """Say that the named items of a form hold still, or all of them that are not being changed."""
        self._confirm(_Wish(page.place.section, page.entry_id, keys, page))

    @Slot(str, str)
    def _on_confirm_entries(self, section: str, entry_id: str) -> None:
        self._confirm(_Wish(section, entry_id))

    def _confirm(self, wish: _Wish) -> None:
        self._end()
        if changed := self._changed(wish):
            self._ask(wish, changed)
            return
        edits = self._edits(wish)
        if not edits:
            self._bar.show_done("There is nothing here to confirm as it stands.", undo=False)
            return
        self._wish = wish
        self._recording.confirm(edits)

    def _edits(self, wish: _Wish) -> list[Edit]:
        plan, told = self._plan, self._bar.told
        if plan is None:
            return []
        if wish.page is not None:
            stands = plan.entry(wish.section, wish.entry) is not None
            return wish.page.confirmations(told, wish.keys) if stands else []
        entries = [entry for entry in plan.entries(wish.section) if wish.entry in ("", entry.id)]
        return [edit for entry in entries for edit in confirmations(plan, entry, told)]

    def _changed(self, wish: _Wish) -> tuple[SinceRead, ...]:
        """What of a wish says something else than the user read, and has not been told yet. What is being written is
        not confirmed, and says beside itself that it changed meanwhile."""
        if self._read is None or self._plan is None:
            return ()
        written = wish.page.form.changed_values() if wish.page is not None else {}
        return tuple(
            one
            for one in since_read(self._read, self._plan, (wish.section,))
            if wish.covers(one.place)
            and one.difference.field not in written
            and self._told.get(one.place) != one.change_id
        )

    # Asking

    def _ask(self, wish: _Wish, changed: Sequence[SinceRead]) -> None:
        self._wish, self._asked = wish, tuple(changed)
        self._put_away()
        notice = StandsNow(
            self._asked,
            self._places,
            can_confirm=bool(self._edits(wish)) and not self._waits_for_somebody(wish),
            can_put_back=wish.page is not None and len(changed) == 1 and self._can_put_back(changed[0]),
        )
        notice.still_wanted.connect(self._on_still)
        notice.back_wanted.connect(self._on_back)
        notice.look_wanted.connect(self._on_look)
        notice.left.connect(self._on_left)
        self._notice = notice
        self._bar.show_problem("")
        self._places.put_on_top(notice)
        notice.begin()

    def _put_away(self) -> None:
        notice, self._notice = self._notice, None
        if notice is not None and shiboken6.isValid(notice):  # else it went with its page
            notice.hide()
            notice.deleteLater()
            self._places.grown.emit()

    def _waits_for_somebody(self, wish: _Wish) -> bool:
        """Whether two versions wait to be settled here: then neither is confirmed before."""
        aside = [one for conflict in self._plan.conflicts for one in conflict.aside] if self._plan is not None else []
        return any(wish.covers((one.section, one.entry, one.field)) for one in aside)

    def _can_put_back(self, one: SinceRead) -> bool:
        section, _entry, key = one.place
        if self._plan is None or not key or one.before is None or is_empty(one.before.value):
            return False
        field = self._plan.catalogue[section][key]
        shown = not (field.sensitive or field.read_only or field.authorship is Authorship.AUTOMATIC)
        return shown and not holds_statements(field)

    def _tell(self, changed: Iterable[SinceRead]) -> None:
        """The user knows of these. Where they know of all, the plan as it stands is what they have read."""
        self._told |= {one.place: one.change_id for one in changed}
        if self._read is not None and self._plan is not None:
            since = since_read(self._read, self._plan)
            if all(self._told.get(one.place) == one.change_id for one in since):
                self._read = self._plan
                self._told.clear()

    def _end(self) -> None:
        self._wish, self._refused = None, False
        self._asked = ()
        self._put_away()

    def _settle(self) -> _Wish | None:
        """What was asked about was read: the next "still so" speaks of what stands now."""
        self._tell(self._asked)
        wish = self._wish
        self._end()
        return wish

    @Slot()
    def _on_still(self) -> None:
        if (wish := self._settle()) is not None:
            self._go_back_to(wish)
            self._confirm(wish)

    @Slot()
    def _on_left(self) -> None:
        if (wish := self._settle()) is not None:
            self._go_back_to(wish)

    @Slot()
    def _on_back(self) -> None:
        (one, *_rest), wish = self._asked, self._settle()
        if wish is not None and wish.page is not None and one.before is not None:
            base = one.item.change_id if one.item is not None else ""
            key = one.difference.field
            self.back_wanted.emit(wish.page.place, Typed({key: one.before.value}, {key: base}, self._bar.told))

    @Slot(object)
    def _on_look(self, one: SinceRead) -> None:
        wish = self._settle()
        section, entry, key = one.place
        if wish is None:
            return
        if wish.page is not None:
            wish.page.form.begin_at(key)
        else:
            self._places.entry_wanted.emit(section, entry)
            if (page := self._places.entry_page) is not None and key:
                page.form.begin_at(key)

    def _go_back_to(self, wish: _Wish) -> None:
        if wish.page is not None:
            wish.page.form.begin_at(wish.keys[0] if wish.keys else "")
        else:
            self._places.begin()

    # How it went

    @Slot()
    def _on_shown(self) -> None:
        """Another page is in view, made from the plan as it stands."""
        self._read = self._plan
        self._told.clear()
        self._end()

    @Slot()
    def _on_saved(self) -> None:
        if not self._recording.has_more:
            self._end()

    @Slot(object)
    def _on_changed_elsewhere(self, page: EntryPage | None) -> None:
        self._refused = page is None and self._wish is not None
