"""One section of the plan: its form, or its list of entries with a page for each."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from eolc_desktop.care_plan.fields import MAIN, Section
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.care_plan.promises import COMMITMENTS_LEAD
from eolc_desktop.desktop.looks import Look
from eolc_desktop.views.forms.editor import Surroundings
from eolc_desktop.views.forms.showing import set_shown
from eolc_desktop.views.person.draft_offer import Place
from eolc_desktop.views.person.entry_list import EntryList
from eolc_desktop.views.person.entry_page import EntryPage
from eolc_desktop.views.person.reading_column import ReadingColumn
from eolc_desktop.views.person.scroll_page import ScrollPage
from eolc_desktop.views.person.section_head import head_of
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel


class SectionPage(QWidget):
    """Shows a section. Entries open on a page of their own, and what is being written on one stays when another opens.

    Signals:
        page_opened: an `EntryPage` was made; connect to it.
        page_shown: another page of this section is in view.
        grown: controls were added to a page.
        place_wanted: the key of another section that a button leads to.
        confirm_wanted: section and id of an entry that holds still ("" for every one that stands).
    """

    page_opened = Signal(object)
    page_shown = Signal()
    grown = Signal()
    place_wanted = Signal(str)
    confirm_wanted = Signal(str, str)

    def __init__(self, section: Section, plan: Plan, around: Surroundings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.section = section
        self._plan = plan
        self._around = around
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        self._stack = QStackedWidget(self)
        box.addWidget(self._stack, 1)
        self._list: _ListPage | None = None
        self._before: dict[EntryPage, QWidget] = {}

    def open_first(self) -> None:
        """Make the first page: the list of entries, or the form of the only one. Call it once signals are connected."""
        if self.section.repeats or self.section.fixed_entries:
            self._list = _ListPage(self.section, self._stack)
            self._list.entries.entry_wanted.connect(self._on_entry_wanted)
            self._list.entries.confirm_wanted.connect(self._on_confirm_one)
            self._list.entries.grown.connect(self.grown)
            self._list.all_confirmed.connect(self._on_confirm_all)
            if self._list.head is not None:
                self._list.head.place_wanted.connect(self.place_wanted)
            self._list.show_plan(self._plan)
            self._stack.addWidget(self._list)
        else:
            self.open_entry(Place(self.section.key, MAIN))

    # Its pages

    @property
    def entry_page(self) -> EntryPage | None:
        """The form in view, or None while the list is."""
        page = self._stack.currentWidget()
        return page if isinstance(page, EntryPage) else None

    @property
    def in_view(self) -> QWidget | None:
        """The list or the form in view."""
        return self._stack.currentWidget()

    @property
    def is_growing(self) -> bool:
        """Whether parts of the list or the form in view are still being made."""
        if (page := self.entry_page) is not None:
            return page.is_growing
        return self._list is not None and self._list.entries.is_growing

    def entry_pages(self) -> list[EntryPage]:
        """Every form that is open here, the first opened first."""
        pages = (self._stack.widget(place) for place in range(self._stack.count()))
        return [page for page in pages if isinstance(page, EntryPage)]

    def is_changed(self) -> bool:
        """Whether anything typed here is not saved."""
        return any(page.form.is_changed() for page in self.entry_pages())

    def open_entry(self, place: Place) -> EntryPage:
        """Show the form of an entry, made now unless it is open already."""
        for page in self.entry_pages():
            if page.place == place:
                self._show(page)
                return page
        page = EntryPage(self._plan, self._around, place, self._came_from(), self._stack)
        page.back_wanted.connect(self.go_back)
        page.child_wanted.connect(self._on_child_wanted)
        page.place_wanted.connect(self.place_wanted)
        page.child_confirm_wanted.connect(self.confirm_wanted)
        page.grown.connect(self.grown)
        here = self._stack.currentWidget()
        if here is not None:
            self._before[page] = here
        self._stack.addWidget(page)
        self.page_opened.emit(page)
        self._show(page)
        return page

    def go_back(self) -> None:
        """Back to the page before; what is being written on this one stays open behind it."""
        page = self.entry_page
        if page is None or self._stack.count() < 2:
            return
        before = self._before.get(page) or self._stack.widget(0)
        if before is not None:
            self._stack.setCurrentWidget(before)
        if not page.form.is_changed():
            self._before.pop(page, None)
            self._stack.removeWidget(page)
            page.deleteLater()
        if isinstance(before, _ListPage):
            before.entries.begin(page.entry_id)
        elif isinstance(before, EntryPage):
            before.begin()
        self.page_shown.emit()

    def take(self, plan: Plan, around: Surroundings, own: EntryPage | None = None) -> None:
        """Take a newer plan; `own` is the page whose save it comes from."""
        self._plan, self._around = plan, around
        if self._list is not None:
            self._list.show_plan(plan)
            self.grown.emit()
        for page in self.entry_pages():
            page.take(plan, around, own=page is own)

    def begin(self) -> None:
        """Take the keyboard."""
        if (page := self.entry_page) is not None:
            page.begin()
        elif self._list is not None:
            self._list.entries.begin()

    def _came_from(self) -> str:
        here = self._stack.currentWidget()
        if isinstance(here, EntryPage):
            fixed = here.section.fixed(here.entry_id)
            return fixed.title if fixed else here.section.title
        return self.section.title if here is not None else ""

    def _show(self, page: EntryPage) -> None:
        self._stack.setCurrentWidget(page)
        self.page_shown.emit()

    def _on_entry_wanted(self, entry_id: str) -> None:
        self.open_entry(Place(self.section.key, entry_id)).begin()

    def _on_child_wanted(self, place: Place) -> None:
        self.open_entry(place).begin()

    def _on_confirm_one(self, entry_id: str) -> None:
        self.confirm_wanted.emit(self.section.key, entry_id)

    def _on_confirm_all(self) -> None:
        self.confirm_wanted.emit(self.section.key, "")


class _ListPage(ScrollPage):
    """The list of entries with its title."""

    all_confirmed = Signal()

    def __init__(self, section: Section, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = ReadingColumn(self.viewport())
        self.setWidget(column)
        inside = column.box.parentWidget()
        self._strip = column.add_strip(section)
        column.box.addWidget(WrappedLabel(section.title, Look.TITLE, inside))
        intro = COMMITMENTS_LEAD if section.key == "commitments" else section.intro
        if intro:
            column.box.addWidget(WrappedLabel(intro, Look.SECONDARY, inside))
        self.head = head_of(section.key, inside)
        if self.head is not None:
            column.box.addWidget(self.head)
        self._still = QPushButton("Everything here is still so", inside)
        self._still.setAccessibleName(f"Everything here is still so: {section.title}")
        self._still.clicked.connect(self.all_confirmed)
        column.add_links(self._still)
        self.entries = EntryList(section, parent=inside)
        column.box.addWidget(self.entries)
        column.box.addStretch()

    def show_plan(self, plan: Plan) -> None:
        """Show the entries of a plan."""
        self.entries.show_plan(plan)
        if self._strip is not None:
            self._strip.show_plan(plan)
        if self.head is not None:
            self.head.show_plan(plan)
        set_shown(self._still, any(entry.items for entry in self.entries.entries()))
