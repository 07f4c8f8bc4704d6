"""The meeting of the team: begun, gone through one person at a time, and ended, without a pointer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from PySide6.QtCore import QTimer, Slot
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from eolc_desktop.care_plan.dates import date_words
from eolc_desktop.desktop.looks import Look, wear
from eolc_desktop.documents.kinds import ON_PAPER
from eolc_desktop.record.meetings import Meeting
from eolc_desktop.services import meetings
from eolc_desktop.services.meetings import Agenda, Before, Said
from eolc_desktop.services.plans import SaveResult
from eolc_desktop.services.session import Changes
from eolc_desktop.views.desk import Desk
from eolc_desktop.views.forms.flow import FlowLayout
from eolc_desktop.views.meeting.agenda import AgendaPart
from eolc_desktop.views.meeting.big_screen import BigScreen
from eolc_desktop.views.meeting.person import PersonPart
from eolc_desktop.views.meeting.start import StartPart
from eolc_desktop.views.person.page_actions import PageActions
from eolc_desktop.views.places import Place
from eolc_desktop.views.printing.sheets import Sheets
from eolc_desktop.views.widgets.announce import announce
from eolc_desktop.views.widgets.scrolling import scrolling
from eolc_desktop.views.widgets.wrapped_label import WrappedLabel

ABOUT = "about:"
"""Before the ids of those whom a new meeting is about, in the document of a `Place`."""


class MeetingPage(QWidget):
    """Three parts, one shown at a time: before the meeting, its agenda, and one person. What was said about a person is
    recorded when the page goes on from them, in whatever direction."""

    page_title = "Team meeting"

    def __init__(self, desk: Desk, people: Sequence[str] = (), parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._agenda: Agenda | None = None
        self._read: Before | None = None
        self._then = ""
        self._next_on = ""
        self._screen: BigScreen | None = None
        self._sheets = Sheets(desk, self)
        self._has_people = bool(people)
        self._build(people)
        actions = PageActions(self, has_custom_keys=desk.settings.has_custom_shortcuts)
        actions.add("Save, and go to the next person", self._on_next, "Ctrl+Return", "Ctrl+PgDown")
        actions.add("Save, and go to the person before", self._on_before, "Ctrl+PgUp")
        actions.add("Save, and go to the agenda", self._on_agenda_wanted, "Ctrl+Shift+G")
        actions.add("The big screen, on or off", self._on_screen, "Ctrl+Shift+B")
        self._ahead = QTimer(self)
        self._ahead.setSingleShot(True)
        self._ahead.timeout.connect(self._make_ahead)
        desk.run("meetings before", meetings.kept, done=self._on_kept)

    @classmethod
    def for_place(cls, desk: Desk, place: Place) -> MeetingPage:
        """The page for a place."""
        about = place.document.removeprefix(ABOUT) if place.document.startswith(ABOUT) else ""
        return cls(desk, [key for key in about.split(",") if key])

    @property
    def screen_shown(self) -> BigScreen | None:
        """The big screen while it is on."""
        return self._screen

    def leave(self) -> None:
        """Record what is being said, and take the big screen away."""
        if self._is_about_somebody() and self._person.is_changed:
            self._save("")
        if self._screen is not None:
            self._screen.close()

    def showEvent(self, event: QShowEvent) -> None:
        """Put in the part that is before a meeting, and make what a meeting needs next."""
        if self._stack.indexOf(self._start) < 0:
            # Not before the page stands in the window: the part that is current is dressed at once, and would be
            # dressed again each time that what is around it is put into something.
            self._stack.insertWidget(0, self._start)
        super().showEvent(event)
        self._ahead.start()

    def focus_first(self) -> None:
        """Give the keyboard to the part that is shown."""
        part = self._stack.currentWidget()
        if isinstance(part, StartPart | AgendaPart | PersonPart):
            part.focus_first()

    def _build(self, people: Sequence[str]) -> None:
        self._title = WrappedLabel("Team meeting", Look.TITLE)
        self._to_agenda = QPushButton("Agenda")
        self._to_agenda.clicked.connect(self._on_agenda_wanted)
        self._big = QPushButton("Big screen")
        self._big.setCheckable(True)
        self._big.clicked.connect(self._on_big)
        self._names = QCheckBox("Show names there")
        self._names.clicked.connect(self._show_on_screen)
        tools = FlowLayout(across=12)
        for widget in (self._to_agenda, self._big, self._names):
            tools.addWidget(widget)
            widget.hide()
        self._start = StartPart(self._desk, people)
        self._start.begun.connect(self._on_begun)
        self._start.opened.connect(self._on_opened)
        self._stack = QStackedWidget()
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(24, 12, 24, 12)
        column.setSpacing(10)
        column.addWidget(self._title)
        column.addLayout(tools)
        column.addWidget(self._stack, 1)
        scroll = scrolling(inside)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(scroll)
        wear(self, Look.PAGE)

    @cached_property
    def _list(self) -> AgendaPart:
        made = AgendaPart(self._desk)
        made.person_chosen.connect(self._go_to)
        made.ended.connect(self._on_ended)
        made.print_wanted.connect(self._on_print)
        made.save_wanted.connect(self._on_save_minutes)
        self._stack.addWidget(made)
        return made

    @cached_property
    def _person(self) -> PersonPart:
        made = PersonPart(self._desk)
        made.said.connect(self._on_said)
        made.put_off.connect(self._on_put_off)
        made.family_changed.connect(self._show_on_screen)
        self._stack.addWidget(made)
        return made

    @Slot()
    def _make_ahead(self) -> None:
        """Make the parts of a meeting one by one once the page has been painted, so that beginning waits for none."""
        if "_list" not in self.__dict__:
            self._list.hide()
            self._ahead.start()
        else:
            self._person.hide()

    def _is_about_somebody(self) -> bool:
        return isinstance(self._stack.currentWidget(), PersonPart)

    def _show(self, part: QWidget) -> None:
        self._stack.setCurrentWidget(part)
        is_person = self._is_about_somebody()
        self._to_agenda.setVisible(is_person)
        for widget in (self._big, self._names):
            widget.setVisible(part is not self._start)
        self._title.setVisible(not is_person)
        self.focus_first()

    # Before

    @Slot(object)
    def _on_kept(self, past: tuple[Meeting, ...]) -> None:
        self._start.show_past(past)
        going_on = next((one for one in past if not one.ended_at), None)
        if going_on is not None and not self._has_people and self._agenda is None:
            self._on_opened(going_on.id)

    @Slot(object, str, str, str)
    def _on_begun(self, people: Sequence[str], there: str, sorry: str, title: str) -> None:
        self._desk.run("begin a meeting", meetings.begin, people, there, sorry, title, done=self._on_first)

    @Slot(object)
    def _on_first(self, agenda: Agenda) -> None:
        self._keep(agenda)
        self._go_to(agenda.people[0].row.id)

    @Slot(str)
    def _on_opened(self, meeting_id: str) -> None:
        self._desk.run("open a meeting", meetings.agenda, meeting_id, done=self._on_agenda)

    # The agenda

    def _keep(self, agenda: Agenda) -> None:
        self._agenda = agenda
        title = f": {agenda.meeting.title}" if agenda.meeting.title else ""
        self._title.setText(f"Team meeting, {date_words(agenda.meeting.held_on)}{title}")
        self._desk.run("the next meeting", meetings.next_day, agenda.meeting.id, done=self._on_next_day)

    @Slot(object)
    def _on_next_day(self, day: str) -> None:
        self._next_on = day

    @Slot(object)
    def _on_agenda(self, agenda: Agenda) -> None:
        self._keep(agenda)
        self._list.show_agenda(agenda, self._next_on or agenda.meeting.next_on)
        self._show(self._list)
        announce(self, "The agenda")

    @Slot(str, str, str)
    def _on_ended(self, there: str, sorry: str, next_on: str) -> None:
        if self._agenda is not None:
            given = (self._agenda.meeting.id, there, sorry, next_on)
            self._desk.run("end a meeting", meetings.end, *given, done=self._on_end)

    @Slot(object)
    def _on_end(self, _changes: Changes) -> None:
        self._desk.told.emit("Kept on this computer. The minutes can be printed or saved now.")
        if self._agenda is not None:
            self._on_opened(self._agenda.meeting.id)

    @Slot()
    def _on_print(self) -> None:
        if self._agenda is not None:
            self._sheets.print(meetings.minutes, self._agenda.meeting.id)

    @Slot()
    def _on_save_minutes(self) -> None:
        if self._agenda is not None:
            self._sheets.save(meetings.minutes, ON_PAPER["minutes"].file_name, self._agenda.meeting.id)

    # One person

    @Slot(str)
    def _go_to(self, person_id: str) -> None:
        if self._agenda is not None:
            given = (self._agenda.meeting.id, person_id)
            self._desk.run("who is talked about", meetings.before, *given, done=self._on_before_read)

    @Slot(object)
    def _on_before_read(self, read: Before) -> None:
        self._read = read
        self._person.show_person(read)
        self._show(self._person)
        self._show_on_screen()
        announce(self, f"Person {read.number} of {read.of}")

    def _save(self, then: str) -> None:
        """Record what is said, and go to a person, to the agenda ("agenda"), or nowhere ("")."""
        if self._agenda is None or self._read is None or not self._person.take_task():
            return
        self._then = then
        given = (self._agenda.meeting.id, self._read.person.row.id, self._person.what_was_said())
        self._desk.run("record a meeting", meetings.record, *given, done=self._on_recorded)

    def _go_on(self, then: str) -> None:
        if not then or self._agenda is None:
            return
        if then == "agenda":
            self._on_opened(self._agenda.meeting.id)
        else:
            self._go_to(then)

    def _neighbour(self, by: int) -> str:
        """The id of the person after or before the one who is shown; "agenda" beyond the ends."""
        ids = [one.row.id for one in self._agenda.people] if self._agenda is not None else []
        at = ids.index(self._person.person_id) + by if self._person.person_id in ids else -1
        return ids[at] if 0 <= at < len(ids) else "agenda"

    @Slot(object)
    def _on_said(self, _said: Said) -> None:
        self._save(self._neighbour(1))

    @Slot(object)
    def _on_recorded(self, _result: SaveResult | None) -> None:
        self._go_on(self._then)

    @Slot()
    def _on_put_off(self) -> None:
        if self._agenda is not None and self._read is not None:
            self._then = self._neighbour(1)
            given = (self._agenda.meeting.id, self._read.person.row.id)
            self._desk.run("put somebody off", meetings.put_off, *given, done=self._on_recorded)

    @Slot()
    def _on_next(self) -> None:
        if self._is_about_somebody():
            self._person.save_and_go_on()

    @Slot()
    def _on_before(self) -> None:
        if self._is_about_somebody():
            self._leave_person(self._neighbour(-1))

    @Slot()
    def _on_agenda_wanted(self) -> None:
        if self._is_about_somebody():
            self._leave_person("agenda")

    def _leave_person(self, then: str) -> None:
        """Go away from a person: what changed is recorded, and nobody is noted as talked about by being passed."""
        if self._person.is_changed:
            self._save(then)
        else:
            self._go_on(then)

    # The big screen

    @Slot()
    def _on_screen(self) -> None:
        if self._agenda is not None:
            self._big.click()

    @Slot()
    def _on_big(self) -> None:
        if self._screen is not None:
            self._screen.close()
            return
        self._screen = BigScreen(self)
        self._screen.closed.connect(self._on_screen_closed)
        self._show_on_screen()
        self._screen.show_on_second_screen()
        self.activateWindow()

    @Slot()
    def _on_screen_closed(self) -> None:
        if self._screen is not None:
            self._screen.deleteLater()
            self._screen = None
        self._big.setChecked(False)

    @Slot()
    def _show_on_screen(self) -> None:
        if self._screen is not None and self._read is not None:
            family = self._person.family_is_here
            self._screen.show_person(self._read, names=self._names.isChecked(), family_is_here=family)
