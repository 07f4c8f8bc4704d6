"""The places of a plan that can be shown: made when they are gone to, and kept while something on them is not saved."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.plan import Edit, Plan, Told
from eolc_desktop.desktop.building import building
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.editor import Surroundings
from eolc_desktop.views.forms.showing import bring_into_view, set_shown
from eolc_desktop.views.person.draft_offer import Place
from eolc_desktop.views.person.entry_page import EntryPage
from eolc_desktop.views.person.glance_page import GlancePage
from eolc_desktop.views.person.interruption import GraveChange, Interruption
from eolc_desktop.views.person.own_page import OwnPage
from eolc_desktop.views.person.own_pages import OWN_PAGES
from eolc_desktop.views.person.rail import GLANCE
from eolc_desktop.views.person.reading_column import ReadingColumn
from eolc_desktop.views.person.scroll_page import ScrollPage
from eolc_desktop.views.person.section_page import SectionPage


class Places(QStackedWidget):
    """Shows one place at a time.

    Signals:
        entry_opened: an `EntryPage` was made; connect to it.
        shown: another page is in view.
        place_wanted: the key of a section, or of another page, that a card or a button leads to.
        entry_wanted: the key of a section and the id of one of its entries that a button leads to.
        confirm_wanted: section and id of an entry that holds still ("" for every one that stands).
        grown: controls were added to the page in view.
        agreed, refused: how the second look ended.
    """

    entry_opened = Signal(object)
    shown = Signal()
    place_wanted = Signal(str)
    entry_wanted = Signal(str, str)
    confirm_wanted = Signal(str, str)
    grown = Signal()
    agreed = Signal()
    refused = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.own_page: OwnPage | None = None
        self.place = GLANCE
        self.glance = GlancePage(self)
        self._interruption: Interruption | None = None
        self._sections: dict[str, SectionPage] = {}
        self.addWidget(self.glance)
        self.glance.section_wanted.connect(self.place_wanted)
        self.glance.grown.connect(self.grown)

    @property
    def entry_page(self) -> EntryPage | None:
        """The form that is shown, or None."""
        page = self._sections.get(self.place)
        return page.entry_page if page is not None else None

    @property
    def is_growing(self) -> bool:
        """Whether parts of the section in view are still being made."""
        page = self._sections.get(self.place)
        return page is not None and page.is_growing

    @property
    def shown_page(self) -> QWidget:
        """Whatever is in view."""
        page = self.currentWidget() or self.glance
        inner = page.in_view if isinstance(page, SectionPage) else None
        return inner or page

    def entry_pages(self) -> list[EntryPage]:
        """Every form that is open."""
        return [entry for page in self._sections.values() for entry in page.entry_pages()]

    def unsaved(self) -> set[str]:
        """The keys of the sections in which something typed is not saved."""
        return {key for key, page in self._sections.items() if page.is_changed()}

    def go_to(self, place: str, plan: Plan, around: Surroundings) -> None:
        """Show a place, made now unless something unsaved kept it."""
        self.place = place
        with building(self):
            if place == GLANCE:
                self.setCurrentWidget(self.glance)
            elif place in OWN_PAGES:
                self._show_own(place, plan)
            else:
                self._section(place, plan, around)
            self._let_go()
            self.shown.emit()

    def open_entry(self, place: Place, plan: Plan, around: Surroundings) -> EntryPage:
        """Show the form of an entry, on the page of the section it belongs to."""
        root = plan.catalogue[place.section].parent or place.section
        self.go_to(root, plan, around)
        page = self._sections[root]
        if root != place.section:
            page.open_entry(Place(root, place.parent or MAIN))
        return page.open_entry(place)

    def step_visit(self, by: int) -> None:
        """Go to the next step of the visit that is shown, or with -1 to the one before."""
        step = getattr(self.own_page, "step_by", None)
        if step is not None:
            step(by)

    def leave(self) -> None:
        """Keep what was typed on a page that is no form, now."""
        if self.own_page is not None:
            self.own_page.leave()

    def clear(self) -> None:
        """Show nothing of anybody: every page goes but the glance, which is emptied."""
        self.place = GLANCE
        self.glance.clear()
        self.setCurrentWidget(self.glance)
        self._let_own_go()
        for page in (*self._sections.values(), self._interruption):
            if page is not None:
                self.removeWidget(page)
                page.hide()
                page.deleteLater()
        self._sections.clear()
        self._interruption = None

    def interrupt(self, plan: Plan, edits: Sequence[Edit], change: GraveChange, told: Told) -> None:
        """Show the page that asks for a second look."""
        if self._interruption is None:
            self._interruption = Interruption(self)
            self._interruption.agreed.connect(self.agreed)
            self._interruption.refused.connect(self.refused)
            self.addWidget(self._interruption)
        self._interruption.show_change(plan, edits, change, told)
        self.setCurrentWidget(self._interruption)
        self._interruption.begin()

    def resume(self) -> None:
        """Back from the second look to the form."""
        page = self._sections.get(self.place)
        if page is not None:
            self.setCurrentWidget(page)

    def take(self, plan: Plan, around: Surroundings, own: EntryPage | None = None) -> None:
        """Take a newer plan; what is being typed stays."""
        for page in self._sections.values():
            page.take(plan, around, own)
        if self.own_page is not None:
            self.own_page.take(plan)

    def put_on_top(self, notice: QWidget) -> None:
        """Put a notice at the top of the page in view, in the column that is read."""
        page = self.shown_page
        column = page.widget() if isinstance(page, ScrollPage) else None
        if isinstance(column, ReadingColumn):
            column.box.insertWidget(0, notice)
            set_shown(notice, True)
            self.grown.emit()
            bring_into_view(notice)

    def begin(self) -> None:
        """Take the keyboard."""
        page = self.currentWidget()
        if isinstance(page, GlancePage | SectionPage | OwnPage | Interruption):
            page.begin()

    def go_back(self) -> bool:
        """From an entry back to its list; False where there is no list to go back to."""
        page = self._sections.get(self.place)
        if page is None or page.entry_page is None:
            return False
        before = page.entry_page
        page.go_back()
        return page.entry_page is not before

    def _section(self, key: str, plan: Plan, around: Surroundings) -> None:
        page = self._sections.get(key)
        if page is None:
            page = SectionPage(plan.catalogue[key], plan, around, self)
            page.page_opened.connect(self.entry_opened)
            page.page_shown.connect(self._on_page_shown)
            page.grown.connect(self.grown)
            page.place_wanted.connect(self.place_wanted)
            page.confirm_wanted.connect(self.confirm_wanted)
            self._sections[key] = page
            self.addWidget(page)
            page.open_first()
        self.setCurrentWidget(page)

    def _show_own(self, place: str, plan: Plan) -> None:
        made = OWN_PAGES[place].load()
        if not isinstance(self.own_page, made):
            self._let_own_go()
            self.own_page = made(self._desk, plan, self)
            self.own_page.place_wanted.connect(self.place_wanted)
            self.own_page.entry_wanted.connect(self.entry_wanted)
            self.own_page.grown.connect(self.grown)
            self.addWidget(self.own_page)
        self.setCurrentWidget(self.own_page)

    def _let_own_go(self) -> None:
        if self.own_page is not None:
            self.own_page.leave()
            self.removeWidget(self.own_page)
            self.own_page.deleteLater()
            self.own_page = None

    def _let_go(self) -> None:
        for key, page in list(self._sections.items()):
            if key != self.place and not page.is_changed():
                del self._sections[key]
                self.removeWidget(page)
                page.deleteLater()
        if self.place not in OWN_PAGES:
            self._let_own_go()

    def _on_page_shown(self) -> None:
        if self.sender() is self.currentWidget():
            self.shown.emit()
