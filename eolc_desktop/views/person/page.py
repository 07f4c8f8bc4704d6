"""One person's page: the banner, the sections at the left, the place that is shown, and the bar that saves."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QDialog, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import moment_words, time_words, today
from eolc_desktop.care_plan.fields import MAIN
from eolc_desktop.care_plan.paper_copies import SECTION as PAPER_COPIES
from eolc_desktop.care_plan.plan import Plan
from eolc_desktop.desktop.building import building
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.errors import UserError
from eolc_desktop.services import roles
from eolc_desktop.services.roles import Right
from eolc_desktop.services.search import Hit
from eolc_desktop.services.visits import Visit
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.editor import Surroundings
from eolc_desktop.views.forms.showing import set_shown
from eolc_desktop.views.person import reading
from eolc_desktop.views.person.banner import PersonBanner
from eolc_desktop.views.person.banner_words import has_died, spoken_identity
from eolc_desktop.views.person.cpr_words import cpr_line
from eolc_desktop.views.person.draft_offer import Place
from eolc_desktop.views.person.entry_page import EntryPage
from eolc_desktop.views.person.find_pane import FindInPlan
from eolc_desktop.views.person.open_plan import OpenPlan
from eolc_desktop.views.person.own_pages import OWN_PAGES
from eolc_desktop.views.person.page_actions import PageActions
from eolc_desktop.views.person.page_body import PageBody
from eolc_desktop.views.person.places import Places
from eolc_desktop.views.person.rail import BEING_WRITTEN, CONFLICT, GLANCE, NOTHING_YET, VISIT, SectionRail
from eolc_desktop.views.person.reading import Opened
from eolc_desktop.views.person.save_bar import BEGIN_VISIT, GO_ON_VISITING, SaveBar
from eolc_desktop.views.person.writing import Writing
from eolc_desktop.views.places import Place as WindowPlace
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

OPENING = "Opening the plan…"


class PersonPage(QWidget):
    """Shows one person's plan and takes what is recorded about them.

    It is made once and filled for one person after another, as making it takes longer than filling it: `show_person`
    opens a plan, `leave` ends with that person and empties every part, so that nobody's plan is shown beside another's
    (hazard H01). What goes on for the person who is open is in `open_plan`.

    Signals:
        page_title_changed: the name of the place that is shown; it never holds a person's name.
    """

    page_title_changed = Signal(str)

    def __init__(self, desk: Desk, person_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.page_title = "Plan"
        self.open_plan: OpenPlan | None = None
        self._catalogue = desk.session.catalogue
        self._find: FindInPlan | None = None
        self._at = ""
        self.rail = SectionRail(self._catalogue, self)
        self.banner = PersonBanner(desk, self)
        self.places = Places(desk, self)
        self.bar = SaveBar(self)
        self._build()
        self._connect()
        self._actions = PageActions(self, has_custom_keys=desk.settings.has_custom_shortcuts)
        self._add_actions()
        self.show_person(person_id)

    # Whose plan it is

    def show_person(self, person_id: str) -> bool:
        """Open a person's plan; nobody else's may be open. False where the page cannot serve any more, as there are
        other sections now than it was made for."""
        if self.desk.session.catalogue is not self._catalogue:
            return False
        self._actions.use_custom_keys(self.desk.settings.has_custom_shortcuts)
        self.open_plan = opened = OpenPlan(self.desk, person_id, self.bar, self.places, self)
        opened.opened.connect(self._on_opened)
        opened.not_opened.connect(self._on_not_opened)
        opened.read_again.connect(self._take)
        opened.visit_known.connect(self._on_visit_known)
        opened.writing.recorded.connect(self._show_plan)
        opened.writing.reread_wanted.connect(opened.read)
        opened.writing.notes_changed.connect(self._show_notes)
        return True

    @property
    def person_id(self) -> str:
        """Whose plan is open; "" for nobody's."""
        return self.open_plan.person_id if self.open_plan is not None else ""

    @property
    def plan(self) -> Plan | None:
        """The plan that is shown, None until it was read."""
        return self.open_plan.plan if self.open_plan is not None else None

    @property
    def writing(self) -> Writing:
        """What is being written. Only while somebody's plan is open."""
        assert self.open_plan is not None
        return self.open_plan.writing

    def leave(self) -> None:
        """The person is left, or the program locks: what is being written is kept, and nothing of them stays here."""
        if self.open_plan is None:
            return
        self.places.leave()
        opened, self.open_plan = self.open_plan, None
        opened.end()
        set_shown(self._body, False)
        self._wait.setText(OPENING)
        set_shown(self._wait, True)
        for above in (self._find, *self.findChildren(QDialog)):
            if above is not None:
                above.hide()
                above.deleteLater()
        self._find = None
        self._at = ""
        self.page_title = "Plan"
        self.setAccessibleName("")
        self.places.clear()
        self.banner.clear()
        self.bar.clear()
        self.rail.clear_notes()

    def open_at(self, place: str) -> None:
        """Show a place of the plan, "section/entry", in place of the glance once the plan has been read."""
        self._at = place

    def panes(self) -> list[QWidget]:
        """The parts of the page that F6 goes through, in reading order."""
        return self._body.panes()

    def focus_first(self) -> None:
        """Take the keyboard when the page is shown: the draft that waits, else the sections."""
        if self.plan is None:
            self.setFocus(Qt.FocusReason.OtherFocusReason)
        elif (offer := self.writing.first_offer) is not None:
            offer.begin()
        else:
            self._body.begin()

    # Building

    def _build(self) -> None:
        wear(self, Look.PAGE)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._wait = WrappedLabel(OPENING, Look.KEY_LINE)
        self._wait.setMargin(24)
        self._body = PageBody(self.banner, self.rail, self.places, self.bar, self)
        column.addWidget(self._wait)
        column.addWidget(self._body, 1)
        set_shown(self._body, False)

    def _connect(self) -> None:
        self.rail.place_chosen.connect(self._on_place_chosen)
        self._body.place_chosen.connect(self.show_place)
        self.places.place_wanted.connect(self.go_to)
        self.places.shown.connect(self._on_shown)
        self.places.entry_wanted.connect(self._on_entry_wanted)
        self.bar.print_wanted.connect(self._on_print)
        self.bar.visit_wanted.connect(self._on_visit)
        self.places.grown.connect(self._tidy)
        self.bar.grown.connect(self._tidy)

    def _add_actions(self) -> None:
        add = self._actions.add
        add("Save", self._on_save, "Ctrl+Return", "Ctrl+Enter", is_custom=False)
        add("Undo the last save", self._on_undo, "Ctrl+Z", is_custom=False)
        add("Still so (this item)", self._on_confirm_item, "Ctrl+Shift+Return")
        add("Visit: begin, or go on", self._on_visit, "Ctrl+R", "F7")
        add("Find in this plan", self._on_find, "Ctrl+Shift+F")
        add("Next section", partial(self._step, 1), "Ctrl+PgDown")
        add("Section before", partial(self._step, -1), "Ctrl+PgUp")
        add("Next item", partial(self._step_item, 1), "Ctrl+Down")
        add("Item before", partial(self._step_item, -1), "Ctrl+Up")
        add("Back to the list", self._back, "Esc", is_custom=False)
        add("Copy NHS number", self.banner.copy_number)
        add("Print for the family", self._on_print)
        add("Everything to do for this person", partial(self._elsewhere, "person_tasks"))
        add("What leaves of this plan, and what stays here", partial(self._elsewhere, "outbox"))
        add("Export as a FHIR file", self._on_export)
        add("Pointer for the National Record Locator", partial(self._elsewhere, "export"))
        add("Paper copies of this person", partial(self._elsewhere, "paper_register"))
        self._actions.add_places(self._on_digit, self.rail.numbered())

    # Reading

    @property
    def around(self) -> Surroundings:
        """What editors may have to know. Only called once a plan is open."""
        assert self.plan is not None
        return Surroundings(self.plan, self.desk.now())

    def _on_opened(self, opened: Opened) -> None:
        with building(self):
            self._show(opened)  # filled before it is shown: laid out once, and never seen half empty
            self.show_place(GLANCE)
            self._arrange()
            set_shown(self._wait, False)
            set_shown(self._body, True)
        self.writing.offer(opened.drafts)
        self.setAccessibleName(spoken_identity(opened.plan))
        announce(self, f"Now showing {spoken_identity(opened.plan)}. {cpr_line(opened.plan).spoken}")
        section, _, entry_id = self._at.partition("/")
        if section in opened.plan.catalogue:
            if entry_id == MAIN:
                self.go_to(section)
            else:
                self._on_entry_wanted(section, entry_id)
            return
        focused = QApplication.focusWidget()
        if self.isVisible() and (focused is None or focused is self or self.isAncestorOf(focused)):
            self.focus_first()

    def _on_not_opened(self, error: UserError) -> None:
        self._wait.setText(str(error))
        announce(self, str(error), is_urgent=True)

    def _take(self, opened: Opened) -> None:
        self._show(opened)
        self._tidy()

    def _show(self, opened: Opened) -> None:
        self._show_plan(opened.plan)
        self.places.glance.show_plan(opened.plan, reading.notes(opened.plan, opened.found))

    def _show_plan(self, plan: Plan, own: EntryPage | None = None) -> None:
        assert self.open_plan is not None
        self.open_plan.take(plan)
        self.banner.show_plan(plan)
        self.places.take(plan, self.around, own)
        self.bar.show_kept(self._kept())
        self.writing.take(plan)
        if self._find is not None:
            self._find.show_plan(plan)
        self._show_notes()

    def _kept(self) -> str:
        at = self.plan.last_change_at if self.plan else None
        if at is None:
            return "Nothing recorded yet."
        is_today = today(at) == today(self.desk.now())
        return f"Kept on this computer {time_words(at) if is_today else moment_words(at)}."

    def _show_notes(self) -> None:
        plan = self.plan
        if plan is None:
            return
        notes = {section.key: NOTHING_YET for section in plan.catalogue if not plan.all_entries(section.key)}
        notes |= dict.fromkeys(self.places.unsaved(), BEING_WRITTEN)
        notes |= {one.section: CONFLICT for conflict in plan.conflicts for one in conflict.aside}
        self.rail.show_notes(notes, plan)
        self._body.follow_rail()

    # Going about

    def go_to(self, place: str) -> None:
        """Show a place, GLANCE, HISTORY or the key of a section, and give it the keyboard."""
        self.show_place(place)
        self.places.begin()

    def _on_entry_wanted(self, section: str, entry_id: str) -> None:
        if self.plan is None:
            return
        found = next((entry for entry in self.plan.all_entries(section) if entry.id == entry_id), None)
        self.writing.end_interruption()
        place = Place(section, entry_id, found.parent if found else "")
        self.places.open_entry(place, self.plan, self.around).begin()

    def show_place(self, place: str) -> None:
        """Show a place and leave the keyboard where it is."""
        if place == PAPER_COPIES:
            self._elsewhere("paper_register")
        elif self.plan is not None:
            self.writing.end_interruption()
            self.places.go_to(place, self.plan, self.around)

    def _on_shown(self) -> None:
        place = self.places.place
        name = OWN_PAGES[place].title if place in OWN_PAGES else dict(self.rail.places()).get(place, "Plan")
        self._body.show_place(place, name)
        if name != self.page_title:
            self.page_title = name
            self.page_title_changed.emit(name)
            announce(self, name)
        self._show_notes()
        self._tidy()
        if self.open_plan is not None:
            self.writing.show_state()
            self.open_plan.ask_visit()

    def _on_visit_known(self, visit: Visit | None) -> None:
        offered = GO_ON_VISITING if visit else "" if self.plan is None or has_died(self.plan) else BEGIN_VISIT
        can = self.places.place != VISIT and roles.may(self.desk.session, Right.RECORD)
        self.bar.show_visit(offered if can else "")

    def _on_visit(self) -> None:
        """Back to where the visit was left: the section that was open within it, else its step."""
        visit = self.open_plan.visit if self.open_plan is not None else None
        at = visit.at if visit is not None else ""
        self.go_to(at if at and at != self.places.place and self.places.place == GLANCE else VISIT)

    def _tidy(self) -> None:
        self._body.put_tab_in_order()

    def _on_place_chosen(self, place: str, by_key: bool) -> None:
        if by_key:
            self.go_to(place)
        else:
            self.show_place(place)

    def _on_digit(self, number: int) -> None:
        if place := self.rail.place_at(number):
            self.go_to(place)

    def _on_export(self) -> None:
        if self.open_plan is not None:
            self.open_plan.export()

    def _on_save(self) -> None:
        if self.open_plan is not None:
            self.writing.save()

    def _on_undo(self) -> None:
        if self.open_plan is not None:
            self.writing.undo()

    def _on_confirm_item(self) -> None:
        if self.open_plan is not None:
            self.writing.confirm_item()

    def _step(self, by: int, _checked: bool = False) -> None:
        if self.places.place == VISIT:
            self.places.step_visit(by)
            return
        place = self.rail.beside(self.places.place, by)
        if place == PAPER_COPIES:  # a page of its own, which nobody who only goes through the sections wants
            place = self.rail.beside(place, by)
        if place:
            self.go_to(place)

    def _step_item(self, by: int, _checked: bool = False) -> None:
        if (page := self.places.entry_page) is not None:
            page.form.step(by)

    def _back(self) -> None:
        if self._find is not None and self._find.isVisible():
            self._find.close_pane()
        else:
            self.places.go_back()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow page has its sections in a list above."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        if self.plan is not None:
            self._body.arrange(self.width(), self.height(), self.page_title)

    # On request

    def _elsewhere(self, kind: str, _checked: bool = False) -> None:
        self.desk.place_wanted.emit(WindowPlace(kind, self.person_id))

    def _on_find(self) -> None:
        if self.plan is None:
            return
        if self._find is None:
            self._find = FindInPlan(self, self.banner)
            self._find.chosen.connect(self._on_found)
        self._find.show_plan(self.plan)
        self._find.open()

    def _on_found(self, hit: Hit) -> None:
        self._on_entry_wanted(hit.section, hit.entry)
        if (page := self.places.entry_page) is not None:
            page.form.begin_at(hit.field)

    def _on_print(self) -> None:
        self.desk.print_wanted.emit(self.person_id, "")
