"""Where the user is: one page at a time, the way back, and never more than one person's page (hazard H01)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from eolc_desktop.desktop.event_watch import EventWatch
from eolc_desktop.desktop.theme import lay_lists_anew
from eolc_desktop.views.widgets.lay_out import lay_out

MOST_BACK = 50
KEPT = frozenset(("today", "caseload", "tasks", "sharing", "settings"))
"""Kinds of page that stay as they were left. A page that can `show_person` stays too, emptied, for the next person.
Every other page is made anew and closed when it is left."""


@dataclass(frozen=True, slots=True)
class Place:
    """A kind of page, and for whom. `document` is what of theirs: a document to print, or the place in their plan that
    is opened, as "section/entry"."""

    kind: str
    person_id: str = ""
    document: str = ""

    @property
    def in_rail(self) -> str:
        """The place of the rail it belongs to."""
        return {
            "person": "caseload",
            "seen": "caseload",
            "same_person": "caseload",
            "carrying": "caseload",
            "retention": "settings",
            "new_key": "settings",
            "printing": "caseload",
            "add_person": "caseload",
            "paper_register": "paper",
            "person_tasks": "tasks",
            "fast_track": "tasks",
            "register": "caseload",
            "weekend": "caseload",
            "home_ready": "caseload",
            "written_back": "paper",
            "batch_printing": "paper",
            **dict.fromkeys(
                ("measures", "behind", "promises", "across", "entries", "review", "data_out", "experience"),
                "our_service",
            ),
            "outbox": "sharing",
            "conflict": "sharing",
            "proposal": "sharing",
            "leaving": "sharing",
            "export": "caseload",
        }.get(self.kind, self.kind)


class Places(QStackedWidget):
    """Shows the page of a place. The page that is left keeps its drafts first.

    A page may have `leave()`, called before it is left; `focus_first()`, called when it is shown; `open_at(document)`,
    called when the place names more than whose page it is; `page_title`; and a signal `closed`, upon which the place
    before is shown again. A page with `show_person(id)`, whose `leave()` takes all of a person away from it, serves one
    person after another, until it answers False.

    Signals:
        about_to_leave: another page is about to be shown.
        shown: the `Place` that is shown now.
    """

    about_to_leave = Signal()
    shown = Signal(object)

    def __init__(self, make: Callable[[Place], QWidget], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._kept: dict[str, QWidget] = {}
        self._for_people: dict[str, Any] = {}
        self._back: list[Place] = []
        self.place = Place("")
        self._nothing = QWidget()
        """What is shown between two pages; else a page that stays would be shown for a moment, and read itself anew."""
        self.addWidget(self._nothing)

    @property
    def page(self) -> QWidget | None:
        """The page that is shown."""
        return self.currentWidget()

    @property
    def can_go_back(self) -> bool:
        """Whether there is a place before."""
        return bool(self._back)

    @property
    def page_title(self) -> str:
        """What kind of page is shown; never a person's name."""
        return str(getattr(self.currentWidget(), "page_title", ""))

    def get_ready(self, kind: str) -> None:
        """Make a page that stays before it is gone to, and lay it out unseen."""
        if kind not in self._kept:
            page = self._page_made(Place(kind))
            page.hide()
            page.resize(self.size())
            lay_out(page)

    def shows_person(self, person_id: str) -> bool:
        """Whether this person's plan is shown."""
        return self.place.kind == "person" and self.place.person_id == person_id

    def kept_page(self, kind: str) -> QWidget | None:
        """A page that stays, if it was shown before."""
        return self._kept.get(kind)

    def go(self, place: Place) -> None:
        """Show a place, from which `go_back` leads to the one that is shown now."""
        if place == self.place:
            self.focus_page()
        else:
            if self.place.kind:
                self._back = [*self._back, self.place][-MOST_BACK:]
            self._show(place)

    @Slot()
    def go_back(self) -> None:
        """Show the place before; Today when there is none."""
        self._show(self._back.pop() if self._back else Place("today"))

    def leave(self) -> None:
        """Let the page keep what is being written."""
        leave = getattr(self.currentWidget(), "leave", None)
        if leave is not None:
            leave()

    def focus_page(self) -> None:
        """Give the keyboard to the page."""
        page = self.currentWidget()
        begin = getattr(page, "focus_first", None)
        if begin is not None:
            begin()
        elif page is not None and not page.isAncestorOf(QApplication.focusWidget() or self):
            page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, place: Place) -> None:
        self.about_to_leave.emit()
        self.setUpdatesEnabled(False)
        try:
            self._close_page()
            self.place = place
            self._put_up(place)
        finally:
            self.setUpdatesEnabled(True)
        self.shown.emit(place)
        self.focus_page()

    def _put_up(self, place: Place) -> None:
        """Show the page of a place. Nobody watches the events of one that is made: there are thousands of them."""
        app = QApplication.instance()
        if place.kind in self._kept or place.kind in self._for_people or not isinstance(app, QApplication):
            self.setCurrentWidget(self._page_for(place))
            return
        with EventWatch.of(app).resting():
            page = self._page_for(place)
            self.setCurrentWidget(page)
        lay_lists_anew(page)

    def _close_page(self) -> None:
        self.leave()
        page = self.currentWidget()
        if page is not None and page not in (self._nothing, *self._kept.values(), *self._for_people.values()):
            # It is taken away before the next one is made: at no time are there pages of two people.
            self.setCurrentWidget(self._nothing)
            self._drop(page)

    def _page_for(self, place: Place) -> QWidget:
        if place.kind in self._kept:
            return self._kept[place.kind]
        page = self._page_again(place) or self._page_made(place)
        if place.document and (open_at := getattr(page, "open_at", None)) is not None:
            open_at(place.document)
        return page

    def _page_again(self, place: Place) -> QWidget | None:
        page = self._for_people.get(place.kind)
        if page is None or page.show_person(place.person_id):
            return page
        del self._for_people[place.kind]
        self._drop(page)
        return None

    def _page_made(self, place: Place) -> QWidget:
        page = self._make(place)
        if place.kind in KEPT:
            self._kept[place.kind] = page
        elif hasattr(page, "show_person"):
            self._for_people[place.kind] = page
        closed = getattr(page, "closed", None)
        if closed is not None:
            closed.connect(self.go_back)
        self.addWidget(page)
        return page

    def _drop(self, page: QWidget) -> None:
        self.removeWidget(page)
        page.hide()
        page.deleteLater()
